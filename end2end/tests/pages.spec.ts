// The pages and states that routes.spec.ts and steps.spec.ts don't meet: the style guide, notices, failures, the lookup's
// stops, the inquiry, the calculator; what a file may do; the order's page without its stream; and all of it by keyboard.
import { EN, KO, accessible, codeFor, cultureland, errors, grouped, guarded, inBothLights, listen, newName, newPerson, newPhone, one, quickSale, quoted, rows, tabTo, won } from "./helpers";
import { expect, test } from "./shop";
import type { Page } from "@playwright/test";
import { writeFileSync } from "node:fs";

/** The browser's own word about a page that is no 200. */
const refused = /^Failed to load resource: the server responded with a status of (404|422|500)/;

/** A notice there is. */
async function notice(page: Page): Promise<string> {
  await page.goto("/notices");
  return (await page.locator('main a[href^="/notices/"]').first().getAttribute("href"))!;
}

/** Nothing but English where the shop speaks. */
async function inEnglish(page: Page, where: string): Promise<void> {
  await expect(page.locator("html"), where).toHaveAttribute("lang", "en");
  expect.soft(await page.getByRole("main").innerText(), where).not.toMatch(/[가-힣]{2,}/);
}

test("the style guide is a page that isn't there", async ({ page }) => {
  await guarded(await page.goto("/styleguide"), "/styleguide", 404);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("찾는 화면이 없어요");
});

test.describe("in development", () => {
  test.use({ settings: { SITE_DEVELOPMENT: "true" } });

  test("the style guide is silent and accessible", async ({ page }) => {
    const ear = listen(page);
    await guarded(await page.goto("/styleguide"), "/styleguide");
    await expect(page.getByRole("heading", { name: "디자인 견본" })).toBeVisible();
    await page.waitForLoadState("networkidle");
    await inBothLights(page, "/styleguide");
    ear.check();
  });
});

test("a notice is guarded, silent and accessible", async ({ page }) => {
  const ear = listen(page);
  const path = await notice(page);
  await guarded(await page.goto(path), path);
  await inBothLights(page, path);
  ear.check();
});

test("a page that isn't there is guarded, silent and accessible, in both languages", async ({ page }) => {
  const ear = listen(page, refused);
  for (const lang of ["ko", "en"]) {
    await page.goto(`/?lang=${lang}`);
    for (const path of ["/no-such-page", "/notices/no-such-notice", "/orders/PD-0000-0000"]) {
      await guarded(await page.goto(path), path, 404);
      if (lang === "en") await inEnglish(page, path);
    }
    await inBothLights(page, `404, ${lang}`);
  }
  ear.check();
});

test.describe("when the database fails", () => {
  test.use({ settings: {} });

  test("a page that can't be made says so, has a number to tell, and comes back", async ({ page, request, shop }) => {
    const ear = listen(page, refused);
    // This address is made anew at each visit; the others are kept for a while.
    const landing = (status: number) => expect.poll(async () => (await request.get("/?count=2")).status()).toBe(status);
    shop.sql("alter table announcements rename to announcements_away");
    await landing(500);
    for (const lang of ["en", "ko"]) {
      await guarded(await page.goto(`/faq?lang=${lang}`), "/faq", 500);
      await expect(page.getByRole("main")).toContainText(lang === "ko" ? /알려 주세요: [0-9a-f]{8}/ : /contact us: [0-9a-f]{8}/);
      if (lang === "en") await inEnglish(page, "500");
      await inBothLights(page, `500, ${lang}`);
    }
    shop.sql("alter table announcements_away rename to announcements");
    await landing(200);
    await page.getByRole("link", { name: "다시 시도" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("자주 묻는 질문");
    ear.check();
  });
});

test("every page speaks English, silent and accessible", async ({ page }) => {
  test.slow();
  const ear = listen(page);
  const path = await notice(page);
  await page.goto("/?lang=en");
  for (const place of ["/", "/sell", "/sell?brand=cultureland", "/orders", "/notices", path, "/faq", "/guide", "/terms", "/privacy", "/inquiry"]) {
    await guarded(await page.goto(place), place);
    await inEnglish(page, place);
    await accessible(page, `${place}, English`);
  }
  ear.check();
});

for (const lang of ["ko", "en"] as const) {
  const w = lang === "ko" ? KO : EN;

  test(`the lookup's code and list are guarded, silent and accessible, ${lang}`, async ({ page, shop, playwright }) => {
    const ear = listen(page);
    const person = newPerson();
    const seller = await playwright.request.newContext();
    const order = await quickSale(seller, shop, one().text, person);
    await seller.dispose();
    await page.goto(`/orders?lang=${lang}`);
    await page.getByLabel(w.phone).fill(person.phone);
    await page.getByRole("button", { name: w.send }).click();
    await expect(page.getByLabel(w.code)).toBeVisible();
    await inBothLights(page, "the code");
    await guarded(await page.reload(), "the code");
    await page.getByLabel(w.code).fill(await codeFor(page.request, `${shop.sandbox}/phone`, person.phone, 2));
    await page.getByRole("button", { name: w.findOrders }).click();
    await expect(page.getByRole("heading", { name: w.orders, exact: true })).toBeVisible();
    await expect(page.getByRole("link", { name: new RegExp(order) })).toBeVisible();
    await inBothLights(page, "the list");
    if (lang === "en") await inEnglish(page, "the list");
    await guarded(await page.reload(), "the list");
    ear.check();
  });

  test(`what the landing found is silent and accessible, ${lang}`, async ({ page }) => {
    const ear = listen(page);
    await page.goto(`/?lang=${lang}`);
    await page.getByLabel(w.paste).fill(`${one().text}\n해피머니 5만원 7700-1234-5678-9012 발행일 20240101\n컬쳐랜드 1234`);
    await expect(page.locator(".found-row").first()).toBeVisible();
    expect(won(await page.locator(".hero-sum").innerText())).toBeGreaterThan(0);
    await inBothLights(page, "found");
    ear.check();
  });
}

test("an inquiry that was refused keeps its words, one that was sent says so, guarded and accessible", async ({ page, shop }) => {
  const ear = listen(page);
  const [name, phone] = [newName(), newPhone()];
  const sent = () => Number(shop.sql("select count(*) from inquiries"));
  const before = sent();
  await page.goto("/inquiry");
  await page.getByLabel(KO.name, { exact: true }).fill(name);
  await page.getByLabel(KO.phone).fill("02-123-4567");
  await page.getByLabel(KO.inquiry).fill("짧아요");
  await page.getByRole("button", { name: KO.sendInquiry }).click();
  await expect(errors(page)).toBeVisible();
  await expect(page.getByLabel(KO.name, { exact: true })).toHaveValue(name);
  await expect(page.getByLabel(KO.phone)).toHaveValue("02-123-4567");
  await expect(page.getByLabel(KO.phone)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel(KO.inquiry)).toHaveValue("짧아요");
  await expect(page.getByLabel(KO.inquiry)).toHaveAccessibleDescription(/\S/);
  await inBothLights(page, "an inquiry refused");
  expect(sent()).toBe(before);
  await page.getByLabel(KO.phone).fill(phone);
  await page.getByLabel(KO.inquiry).fill("입금이 언제 되는지 궁금해요.");
  const answer = page.waitForResponse((response) => response.url().endsWith("/inquiry") && response.request().method() === "GET");
  await page.getByRole("button", { name: KO.sendInquiry }).click();
  await guarded(await answer, "an inquiry sent");
  await expect(page.getByRole("status").filter({ hasText: KO.inquirySent })).toBeVisible();
  await inBothLights(page, "an inquiry sent");
  expect(sent()).toBe(before + 1);
  await page.reload();
  await expect(page.getByLabel(KO.inquiry), "nothing of it is left for who comes next").toHaveValue("");
  expect(sent()).toBe(before + 1);
  ear.check();
});

test("the calculator reckons at once, as the server and the quote do", async ({ page, browser, shop }) => {
  const ear = listen(page);
  const other = await browser.newContext({ baseURL: shop.url, locale: "ko-KR", javaScriptEnabled: false });
  const plain = await other.newPage();
  const calc = page.locator("#calc");
  const shown = async (where: Page) => won(await where.locator("#calc .sum").innerText());
  await page.goto("/");
  const sums = [];
  for (const [brand, face, count] of [["cultureland", 50_000, 3], ["cultureland", 10_000, 3], ["booknlife", 30_000, 7]] as const) {
    await calc.getByRole("combobox").selectOption(brand);
    await calc.getByText(`${face.toLocaleString("en-US")}원`, { exact: true }).click();
    await calc.getByRole("spinbutton").fill(String(count - 1));
    await calc.getByRole("button", { name: "한 장 늘리기" }).click();
    await plain.goto(`/?brand=${brand}&face=${face}&count=${count}`);
    const server = await shown(plain);
    await expect.poll(() => shown(page), `${brand} ${face} × ${count}`).toBe(server);
    sums.push(server);
  }
  expect(new Set(sums).size).toBe(3);
  expect(await quoted(other.request, shop, [one().text, one().text, one().text])).toBe(sums[0]);
  await other.close();
  ear.check();
});

test("a file sent to the paste's address is refused and nothing of it is kept", async ({ page, shop }) => {
  const { text, pin } = one();
  const kept = () => shop.sql("select count(*) from sell_drafts");
  const before = kept();
  await page.goto("/sell");
  const form = page.locator("form", { has: page.getByLabel(KO.paste) });
  await form.evaluate((element: HTMLFormElement) => {
    element.enctype = "multipart/form-data";
    element.append(Object.assign(document.createElement("input"), { type: "file", name: "file", id: "smuggled" }));
    // Past the script that would send the text alone.
    element.addEventListener("submit", (event) => event.stopPropagation());
  });
  await page.locator("#smuggled").setInputFiles({ name: "vouchers.txt", mimeType: "text/plain", buffer: Buffer.from(text) });
  await page.getByLabel(KO.paste).fill(text);
  const answer = page.waitForResponse("**/fn/sell/paste");
  await page.getByRole("button", { name: KO.find }).click();
  expect((await answer).request().headers()["content-type"]).toContain("multipart/form-data");
  expect((await answer).status()).toBe(415);
  await expect(page.getByRole("heading", { name: "파일은 받을 수 없어요." })).toBeVisible();
  expect(await page.content()).not.toContain(grouped(pin));
  expect(kept()).toBe(before);
  await page.goto("/sell");
  await expect(rows(page)).toHaveCount(0);
});

test("a file dropped on the paste box is not read, sent or opened", async ({ page, context }, info) => {
  const ear = listen(page);
  const posts: string[] = [];
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  const file = info.outputPath("vouchers.txt");
  writeFileSync(file, one().text);
  await page.goto("/");
  const box = page.getByLabel(KO.paste);
  await box.focus();
  await page.waitForLoadState("networkidle");
  const dropped = box.evaluate((area) => new Promise<number>((done) => area.addEventListener("drop", (event) => done((event as DragEvent).dataTransfer!.files.length))));
  const { x, y, width, height } = (await box.boundingBox())!;
  const devtools = await context.newCDPSession(page);
  const data = { items: [], files: [file], dragOperationsMask: 1 };
  for (const type of ["dragEnter", "dragOver", "drop"] as const) {
    await devtools.send("Input.dispatchDragEvent", { type, x: x + width / 2, y: y + height / 2, data });
  }
  expect(await dropped).toBe(1);
  // The box still takes what is typed, and asks about nothing else.
  const { text } = one();
  await page.keyboard.insertText(text);
  await expect(page.locator(".found-row").first()).toBeVisible();
  await expect(box).toHaveValue(text);
  expect(posts).toEqual([`${new URL(page.url()).origin}/fn/sell/glance`]);
  expect(new URL(page.url()).pathname).toBe("/");
  ear.check();
});

// Refused, the browser gives a stream up; cut, it tries again for ever.
for (const [how, noise] of [["refused", /status of 503/], ["cut", /ERR_FAILED/]] as const) {
  test.describe(`with the order's stream ${how}`, () => {
    test.use({ settings: { ISSUERS_TIMEOUT_MS: "20000" } });

    test("the order's page asks by itself and reaches its end", async ({ page, shop }) => {
      const ear = listen(page, noise);
      const asked: string[] = [];
      page.on("request", (request) => request.url().endsWith("/fn/order/view") && asked.push(request.url()));
      await page.route("**/orders/*/events", (route) => (how === "cut" ? route.abort() : route.fulfill({ status: 503, body: "no place" })));
      const { text, pin } = one();
      await shop.faults([{ party: "issuer", operation: "inquiry", match: { pin }, fault: "slow", delay_ms: 30 }]);
      const code = await quickSale(page.request, shop, text);
      await page.goto(`/orders/${code}`);
      await expect(page.locator('[aria-current="step"]')).toBeVisible();
      await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 40_000 });
      expect(asked.length).toBeGreaterThan(0);
      ear.check();
    });
  });
}

test.describe("before the page is awake", () => {
  // The module's download waits until it is let go.
  const asleep = async (page: Page) => {
    let go = () => {};
    const gate = new Promise<void>((open) => (go = open));
    await page.route("**/*.wasm", async (route) => {
      await gate;
      await route.continue();
    });
    return go;
  };

  test("what is typed and chosen on the first page counts once it wakes", async ({ page }) => {
    const go = await asleep(page);
    await page.goto("/");
    await page.getByLabel(KO.paste).fill(one().text);
    await page.locator("#calc-count").fill("7");
    go();
    await expect(page.locator(".hero-sum .amount").first()).toBeVisible();
    await expect(page.locator("#calc-count")).toHaveValue("7");
  });

  test("a speed chosen on the quote is saved once it wakes", async ({ page, shop }) => {
    await quoted(page.request, shop, [one().text]);
    const go = await asleep(page);
    await page.goto("/sell/quote");
    const other = page.locator('input[name="speed"]:not(:checked)');
    const value = await other.getAttribute("value");
    await page.locator(`label:has(input[name="speed"][value="${value}"])`).click();
    const saved = page.waitForResponse((answer) => answer.request().method() === "POST" && answer.url().includes("/fn/sell/"));
    go();
    expect((await saved).ok()).toBe(true);
    await page.reload();
    await expect(page.locator(`input[name="speed"][value="${value}"]`)).toBeChecked();
  });
});

test("a number typed by hand is judged before it is sent, by the brand's own form", async ({ page }) => {
  const posts: string[] = [];
  await page.goto("/sell?brand=cultureland");
  page.on("request", (request) => request.method() === "POST" && posts.push(request.url()));
  const form = page.locator("#add-form");
  await form.getByLabel(/번호|PIN/).fill("2051");
  await form.getByLabel(/번호|PIN/).blur();
  await expect(form.getByRole("status")).toContainText("형식이 맞지 않아요");
  await form.getByLabel(/번호|PIN/).fill(one().pin);
  await form.getByLabel(/번호|PIN/).blur();
  await expect(form.getByRole("status")).toHaveText("");
  expect(posts).toEqual([]);
});

test.describe("by keyboard alone", () => {
  test("orders are found and one is opened", async ({ page, shop, playwright }) => {
    const ear = listen(page);
    const person = newPerson();
    const seller = await playwright.request.newContext();
    const order = await quickSale(seller, shop, one().text, person);
    await seller.dispose();
    await page.goto("/orders");
    await tabTo(page, page.getByLabel(KO.phone));
    await page.keyboard.type(person.phone);
    await page.keyboard.press("Enter");
    await expect(page.getByLabel(KO.code)).toBeFocused();
    await page.keyboard.type(await codeFor(page.request, `${shop.sandbox}/phone`, person.phone, 2));
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { name: KO.orders })).toBeFocused();
    await tabTo(page, page.getByRole("link", { name: new RegExp(order) }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(new RegExp(`${order}$`));
    await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
    ear.check();
  });

  test("what was refused is mended and quoted again", async ({ page, shop }) => {
    const ear = listen(page);
    const code = await quickSale(page.request, shop, one("9902").text);
    await page.goto(`/orders/${code}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("매입한 상품권이 없어요", { timeout: 30_000 });
    await tabTo(page, page.getByRole("button", { name: "안 된 상품권 고쳐서 다시 보내기" }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/sell$/);
    await tabTo(page, rows(page).locator("summary"));
    await page.keyboard.press("Enter");
    await tabTo(page, rows(page).getByLabel(/번호|PIN/).first());
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type(cultureland("1014"));
    await page.keyboard.press("Enter");
    await expect(rows(page).getByText("준비됨")).toBeVisible();
    await tabTo(page, page.getByRole("button", { name: KO.toQuote }));
    await page.keyboard.press("Enter");
    await expect(page).toHaveURL(/\/sell\/quote$/);
    ear.check();
  });

  test("an inquiry is sent", async ({ page }) => {
    const ear = listen(page);
    await page.goto("/inquiry");
    await tabTo(page, page.getByLabel(KO.name, { exact: true }));
    await page.keyboard.type(newName());
    await page.keyboard.press("Tab");
    await expect(page.getByLabel(KO.phone)).toBeFocused();
    await page.keyboard.type(newPhone());
    await page.keyboard.press("Tab");
    await expect(page.getByLabel(KO.inquiry)).toBeFocused();
    await page.keyboard.type("입금이 언제 되는지 궁금해요.");
    // The trap for robots is no stop.
    await page.keyboard.press("Tab");
    await expect(page.getByRole("button", { name: KO.sendInquiry })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(page.getByText(KO.inquirySent)).toBeVisible();
    ear.check();
  });

  test("the calculator is set", async ({ page, shop, playwright }) => {
    const ear = listen(page);
    await page.goto("/");
    const calc = page.locator("#calc");
    const shown = async () => won(await calc.locator(".sum").innerText());
    await tabTo(page, calc.getByRole("combobox"), 100);
    const first = await calc.getByRole("combobox").inputValue();
    await page.keyboard.press("ArrowDown");
    await expect(calc.getByRole("combobox")).not.toHaveValue(first);
    await page.keyboard.press("ArrowUp");
    await expect(calc.getByRole("combobox")).toHaveValue("cultureland");
    await page.keyboard.press("Tab");
    await expect(calc.getByRole("radio", { name: "50,000원" })).toBeFocused();
    await page.keyboard.press("ArrowUp");
    await expect(calc.getByRole("radio", { name: "50,000원" })).not.toBeChecked();
    await page.keyboard.press("ArrowDown");
    await expect(calc.getByRole("radio", { name: "50,000원" })).toBeChecked();
    await tabTo(page, calc.getByRole("spinbutton"));
    await page.keyboard.press("ArrowUp");
    await tabTo(page, calc.getByRole("button", { name: "한 장 늘리기" }));
    await page.keyboard.press("Enter");
    const request = await playwright.request.newContext();
    const three = await quoted(request, shop, [one().text, one().text, one().text]);
    await request.dispose();
    await expect.poll(shown).toBe(three);
    ear.check();
  });

  test.describe("before checking has begun", () => {
    // One pair of hands, held by another customer's voucher whose issuer doesn't answer.
    test.use({ settings: { WORK_VERIFY: "1", ISSUERS_TIMEOUT_MS: "15000" } });

    test("an order is cancelled", async ({ page, shop, playwright }) => {
      const ear = listen(page);
      const blocker = one();
      await shop.faults([{ party: "issuer", operation: "inquiry", match: { pin: blocker.pin }, fault: "hang", count: 1 }]);
      const stranger = await playwright.request.newContext();
      await quickSale(stranger, shop, blocker.text);
      await stranger.dispose();
      await expect.poll(async () => (await shop.journal("issuer")).length).toBe(1);
      const code = await quickSale(page.request, shop, one().text);
      await page.goto(`/orders/${code}`);
      await tabTo(page, page.locator("summary", { hasText: "주문 취소" }));
      await page.keyboard.press("Enter");
      await tabTo(page, page.getByRole("button", { name: "네, 취소할게요" }));
      await page.keyboard.press("Enter");
      await expect(page.getByRole("heading", { level: 1 })).toHaveText("주문을 취소했어요");
      await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
      ear.check();
    });
  });
});
