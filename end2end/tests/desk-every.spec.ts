// Every desk there is: reached by the palette, fit for a phone, readable by everybody, and nothing the browser complains
// about. What they look like in the dark is looked at where their flows are.
import { asked, byHand, fitsPhone, PHONE, signIn, sold } from "./desk";
import { accessible, listen, newAccount, newName, newPerson, newPhone, one, post } from "./helpers";
import { expect, test } from "./shop";

/** Pages the rail doesn't name. */
const WITHIN = [
  "/desk/me",
  "/desk/step-up",
  "/desk/brands/new",
  "/desk/brands/teencash",
  "/desk/rates/cultureland",
  "/desk/content/new",
  "/desk/documents/terms",
  "/desk/risk/rules/1",
];

/** What the palette leads to. */
const LED = ["/desk", "/desk/orders", "/desk/manual", "/desk/risk", "/desk/risk/blocks", "/desk/risk/rules", "/desk/inquiries"];

test("the palette leads to every desk, and every desk can be read by everybody", async ({ page, browser, shop }) => {
  test.setTimeout(240_000);
  const ear = listen(page);
  const code = await sold(browser, shop, byHand());
  const held = await sold(browser, shop, one().text, newPerson({ account: newAccount("901") }));
  await signIn(page, "owner");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "빠른 이동" });
  const hrefs = await palette.getByRole("option").evaluateAll((options) => options.map((option) => (option as HTMLElement).dataset.href!));
  for (const path of LED) expect(hrefs).toContain(path);
  const rail = await page.locator(".rail-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  for (const path of rail) expect(hrefs, "the palette knows what the rail knows").toContain(path);
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  for (const path of [...hrefs, ...WITHIN, `/desk/orders/${code}`, `/desk/risk/cases/${held}`]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await accessible(page, path);
  }
  ear.check();
});

/** Lists whose rows are walked, and what is opened from them. */
const LISTS = [
  "/desk/orders?all=1",
  "/desk/manual",
  "/desk/exports",
  "/desk/risk",
  "/desk/risk/blocks",
  "/desk/risk/rules",
  "/desk/inquiries",
  "/desk/brands",
  "/desk/rates",
  "/desk/content",
  "/desk/documents",
  "/desk/privacy",
  "/desk/audit",
  "/desk/users",
  "/desk/keys",
  "/desk/settings",
  "/desk/jobs",
  "/desk/me",
];

test("rows of every list are walked by keyboard: j, k, enter, x, / and Escape", async ({ page, browser, shop }) => {
  test.setTimeout(240_000);
  // Rows that come by themselves meanwhile would move the ground under the keys.
  await page.route("**/desk/events", (route) => route.abort());
  const ear = listen(page, /ERR_FAILED/);
  const code = await sold(browser, shop, byHand());
  await sold(browser, shop, one().text, newPerson({ account: newAccount("901") }));
  await post(page.request, shop, "inquiry/send", [["name", newName()], ["phone", newPhone()], ["body", "입금이 언제 되는지 궁금해요."]]);
  await signIn(page, "owner");
  await page.goto("/desk/risk/blocks");
  await page.getByLabel("번호 또는 주소").fill(newPhone());
  await page.getByLabel("종료일").first().fill("2031-01-31");
  await page.getByLabel("이유").first().fill("신고가 들어온 번호");
  await page.getByRole("button", { name: "차단하기" }).click();
  await page.goto("/desk/orders?all=1");
  const file = await asked(page, "파일로 내보내기");
  await file.getByLabel("이유").fill("월말 대조");
  await file.getByRole("button", { name: "만들기" }).click();
  await expect(page).toHaveURL(/\/desk\/exports$/);
  // Whoever reads a customer's page is on the month's list.
  await page.goto(`/desk/orders/${code}`);
  for (const path of [...LISTS, `/desk/orders/${code}`]) {
    await page.goto(path);
    const rows = page.locator("[data-rows] tbody tr");
    const count = await rows.count();
    expect(count, `${path} has rows`).toBeGreaterThan(0);
    const left = await page.locator(".table:not([data-rows]) tbody :is(a.row-link, button, summary)").count();
    expect(left, `${path}: nothing to press in a table the keys don't walk`).toBe(0);
    const stands = (at: number) => expect(rows.nth(at), `${path}: row ${at}`).toHaveAttribute("data-here", "");
    await page.keyboard.press("k");
    await stands(0);
    if (count > 1) {
      await page.keyboard.press("j");
      await stands(1);
      await expect(page.locator("tr[data-here]")).toHaveCount(1);
      await page.keyboard.press("k");
      await stands(0);
    }
    await page.keyboard.press("/");
    const search = page.locator("[data-search]");
    if (await search.count()) await expect(search.first()).toBeFocused();
    else await expect(page.locator("dialog[open]")).toHaveCount(1);
    await page.keyboard.press("Escape");
    await expect(page.locator("dialog[open]")).toHaveCount(0);
    await stands(0);
    const box = rows.nth(0).locator("input[data-pick]");
    await page.keyboard.press("x");
    if (await box.count()) await expect(box).toBeChecked();
    const link = rows.nth(0).locator("a.row-link");
    const href = (await link.count()) ? await link.first().getAttribute("href") : null;
    if (href?.endsWith("/file")) {
      const coming = page.waitForEvent("download");
      await page.keyboard.press("Enter");
      await coming;
    } else if (href) {
      await page.keyboard.press("Enter");
      await expect(page, `${path} opens its first row`).toHaveURL(new URL(href, shop.url).href);
    } else {
      await expect(page).toHaveURL(new RegExp(`${path.replace(/[?]/g, "\\?")}$`));
    }
  }
  ear.check();
});

test("no page of the shop names a file of the desk", async ({ page, shop }) => {
  const names = /\/desk\.[0-9a-f]+\.(js|css)|\/desk\/events/;
  expect(await (await page.request.get("/desk/sign-in")).text(), "the desk's own pages do").toMatch(names);
  const shown = await (await page.request.get("/")).text();
  const within = [...shown.matchAll(/href="(\/[a-z][^"#?]*)/g)].map((found) => found[1]).filter((path) => !/\.[a-z0-9]+$/.test(path));
  const known = ["/", "/sell", "/sell/quote", "/sell/you", "/sell/confirm", "/orders", "/orders/PD-0000-0000", "/faq", "/notices", "/guide", "/inquiry", "/terms", "/privacy", "/nowhere"];
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const path of new Set([...known, ...within])) {
    const answer = await page.request.get(path);
    expect(await answer.text(), path).not.toMatch(names);
    expect(JSON.stringify(answer.headers()), path).not.toMatch(names);
    await page.goto(`${shop.url}${path}`, { waitUntil: "load" });
  }
  expect(asked.filter((path) => /^\/(pkg\/)?desk/.test(path))).toEqual([]);
});

test("with text at 200 % every desk scrolls up and down only, and nothing is cut off", async ({ page, browser, shop }) => {
  test.setTimeout(240_000);
  const code = await sold(browser, shop, byHand());
  const held = await sold(browser, shop, one().text, newPerson({ account: newAccount("901") }));
  await signIn(page, "owner");
  await page.setViewportSize({ width: 1366, height: 768 });
  const rail = await page.locator(".rail-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  for (const path of [...rail, ...WITHIN, "/desk/fees", "/desk/risk/blocks", "/desk/risk/rules", `/desk/orders/${code}`, `/desk/risk/cases/${held}`, "/desk/nowhere"]) {
    await page.goto(path);
    await page.evaluate(() => document.documentElement.style.setProperty("font-size", "200%"));
    const found = await page.evaluate(() => {
      const root = document.documentElement;
      const told = (each: Element) => `${each.tagName.toLowerCase()}.${each.className}: ${each.textContent?.trim().slice(0, 30)}`;
      const shown = [...document.querySelectorAll<HTMLElement>("body *")].filter(
        // What is for the ear only is cut off on purpose; a table may be moved under its own frame, and says in full what
        // it shortens elsewhere.
        (each) => each.checkVisibility() && !each.closest(".unseen, .table-wrap, svg, dialog:not([open])") && each.textContent?.trim(),
      );
      const cut = shown.filter((each) => {
        const style = getComputedStyle(each);
        const wide = /hidden|clip/.test(style.overflowX) && each.scrollWidth > each.clientWidth + 1;
        const tall = /hidden|clip/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 1;
        return each.clientWidth > 1 && (wide || tall);
      });
      const beyond = shown.filter((each) => {
        const box = each.getBoundingClientRect();
        return box.width > 1 && (box.right > root.clientWidth + 1 || box.left < -1);
      });
      const sideways = shown.filter((each) => /auto|scroll/.test(getComputedStyle(each).overflowX) && each.scrollWidth > each.clientWidth + 1);
      return { wide: root.scrollWidth - root.clientWidth, cut: cut.map(told), beyond: beyond.map(told), sideways: sideways.map(told) };
    });
    expect.soft(found, path).toEqual({ wide: 0, cut: [], beyond: [], sideways: [] });
  }
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("no desk scrolls sideways, and everything can be touched", async ({ page, browser, shop }) => {
    test.setTimeout(180_000);
    const code = await sold(browser, shop, byHand());
    const held = await sold(browser, shop, one().text, newPerson({ account: newAccount("901") }));
    await signIn(page, "owner");
    const paths = await page.locator(".rail-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(paths.length).toBeGreaterThan(12);
    for (const path of [...paths, ...WITHIN, "/desk/fees", "/desk/risk/blocks", "/desk/risk/rules", `/desk/orders/${code}`, `/desk/risk/cases/${held}`]) {
      await page.goto(path);
      await fitsPhone(page, path);
    }
    // The rail is a menu here, and a dialog has room.
    await page.goto(`/desk/orders/${code}`);
    await page.getByText("메뉴", { exact: true }).click();
    await expect(page.getByRole("link", { name: "수동 검증", exact: true }).first()).toBeVisible();
    await asked(page, "보류");
    await fitsPhone(page, "the hold's dialog");
    await accessible(page, "the hold's dialog on a phone");
  });
});

test("a person without a role's right sees neither its desk nor its button", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand());
  await signIn(page, "auditor");
  await expect(page.getByRole("link", { name: "수동 검증" })).toHaveCount(0);
  await page.goto(`/desk/orders/${code}`);
  await expect(page.getByRole("heading", { name: code })).toBeVisible();
  await expect(page.locator("summary", { hasText: /^(보류|거절|보기)$/ })).toHaveCount(0);
  expect((await page.goto("/desk/manual"))?.status()).toBe(404);
});
