// Input nobody hopes for: too long, too many, not bought any more, odd letters. Each says what is wrong, where it is
// wrong, and keeps what was typed.
import { KO, askCode, chooseBank, codeFor, cultureland, errors, grouped, listen, newAccount, newPhone, one, paste, phoneUrl, rows, toQuote, toYou, typeCode } from "./helpers";
import { expect, test } from "./shop";

test("a paste over the limit says so at the box and keeps the text", async ({ page }) => {
  const ear = listen(page);
  const text = `${"hello again, ".repeat(6_000)}${one().text}`;
  await paste(page, text);
  await expect(errors(page)).toContainText("내용이 너무 길어요");
  await expect(rows(page)).toHaveCount(0);
  const box = page.getByLabel(KO.paste);
  await expect.soft(box, "the text is kept").toHaveValue(text);
  await expect.soft(box, "the box is marked").toHaveAttribute("aria-invalid", "true");
  await expect.soft(box, "the box says why").toHaveAccessibleDescription(/너무 길어요/);
  ear.check();
});

test("a long Korean paste under the limit is read to its end", async ({ page }) => {
  const ear = listen(page);
  // 19,000 letters, 57 KB: less than the 64 KB that are promised and than the box itself takes.
  await paste(page, `${"안녕하세요오늘도".repeat(2_375)}\n${one().text}`);
  await expect(rows(page)).toHaveCount(1);
  ear.check();
});

test("a Korean paste far over the limit says that it is too long", async ({ page }) => {
  await paste(page, "안녕하세요오늘도".repeat(5_000));
  await expect(page.getByRole("alert")).toContainText("내용이 너무 길어요");
});

test("what the paste box takes from the clipboard is never cut without a word", async ({ page }) => {
  const { text } = one();
  await page.goto("/sell");
  await page.getByLabel(KO.paste).focus();
  // As a person pastes it: through the keyboard, under the box's own limit.
  await page.keyboard.insertText(`${"지난 대화를 통째로 붙여넣었어요.\n".repeat(1_300)}${text}`);
  await page.getByRole("button", { name: KO.find }).click();
  await expect(rows(page).or(page.getByText(/너무 길어요|끝까지 읽지 못했어요/)).first()).toBeVisible();
});

test("101 vouchers in one paste are 100 rows and a word about the last one", async ({ page }) => {
  const ear = listen(page);
  const text = Array.from({ length: 101 }, () => `컬쳐랜드 1만원 ${grouped(cultureland())}`).join("\n");
  await paste(page, text);
  await expect(rows(page)).toHaveCount(100);
  await expect(page.getByText("1장은 넣지 못했어요")).toBeVisible();
  await toQuote(page);
  await expect(page.getByRole("row")).toHaveCount(101);
  ear.check();
});

test("a brand that is no longer bought is seen, explained and left out", async ({ page }) => {
  const ear = listen(page);
  await page.goto("/");
  await expect(page.locator("#brands")).toContainText("해피머니");
  await expect(page.locator("#brands").getByRole("listitem").filter({ hasText: "해피머니" })).toContainText("매입 종료");
  const happy = cultureland().replace(/^4180/, "7700");
  await paste(page, `해피머니 상품권 50,000원 ${grouped(happy)} 발행일 20240101\n${one().text}`);
  await expect(rows(page)).toHaveCount(2);
  const row = rows(page).filter({ hasText: "해피머니" });
  await expect(row.getByText(/이제 매입하지 않아요/).first()).toBeVisible();
  await expect(page.getByRole("navigation", { name: "브랜드를 골라 주세요" }).getByRole("link", { name: /해피머니/ })).toHaveCount(0);
  await toQuote(page);
  await expect(page.getByRole("table").getByText("해피머니")).toHaveCount(0);
  await expect(page.getByRole("rowheader").filter({ hasText: "컬쳐랜드" })).toHaveCount(1);
  ear.check();
});

test("a sale of nothing but stopped vouchers stays at its first step and says why", async ({ page }) => {
  const happy = cultureland().replace(/^4180/, "7700");
  await paste(page, `해피머니 상품권 50,000원 ${grouped(happy)} 발행일 20240101`);
  await expect(rows(page)).toHaveCount(1);
  await page.getByRole("button", { name: KO.toQuote }).click();
  await expect(errors(page)).toBeVisible();
  await expect(page).toHaveURL(/\/sell$/);
});

test("a name with a picture in it is refused where it was typed", async ({ page }) => {
  const ear = listen(page);
  await paste(page, one().text);
  await toQuote(page);
  await toYou(page);
  await page.getByLabel(KO.name, { exact: true }).fill("홍길동😀");
  await page.getByLabel(KO.phone).fill(newPhone());
  await page.getByRole("button", { name: KO.send }).click();
  const name = page.getByLabel(KO.name, { exact: true });
  await expect(name).toHaveAttribute("aria-invalid", "true");
  await expect(name).toHaveAccessibleDescription(/쓸 수 없는 글자/);
  await expect(name).toHaveValue("홍길동😀");
  ear.check();
});

test("a holder with a picture in it is refused in its place, a decomposed Korean name is taken", async ({ page }) => {
  const ear = listen(page);
  const phone = newPhone();
  await page.goto("/");
  const phoneBase = await phoneUrl(page);
  await paste(page, one().text);
  await toQuote(page);
  await toYou(page);
  await askCode(page, "홍길동".normalize("NFD"), phone);
  await typeCode(page, await codeFor(page.request, phoneBase, phone));
  await chooseBank(page);
  const account = newAccount();
  await page.getByLabel(KO.account).fill(account);
  await page.getByLabel("예금주").fill("홍길동🎁");
  await page.getByRole("button", { name: KO.accountCheck }).click();
  const holder = page.getByLabel("예금주");
  await expect(holder).toHaveAttribute("aria-invalid", "true");
  await expect(holder).toHaveValue("홍길동🎁");
  await expect(page.getByLabel(KO.account)).toHaveValue(account);
  await expect(page.getByLabel(KO.bank, { exact: true })).toHaveValue(KO.bankName);
  await holder.fill("홍길동");
  await page.getByRole("button", { name: KO.accountCheck }).click();
  await expect(page.getByRole("heading", { name: KO.consents })).toBeVisible();
  ear.check();
});

test("a syllable still being put together is not sent, the finished one is", async ({ page, context }) => {
  const ear = listen(page);
  const { text } = one();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().endsWith("/fn/sell/glance")) asked.push(new URLSearchParams(request.postData() ?? "").get("text") ?? "");
  });
  await page.goto("/");
  const box = page.getByLabel("받은 문자를 그대로 붙여넣으세요");
  await expect(box).toBeVisible();
  await box.focus();
  const ime = await context.newCDPSession(page);
  await page.keyboard.insertText(text);
  for (const part of ["ㄱ", "가", "감"]) {
    await ime.send("Input.imeSetComposition", { text: part, selectionStart: 1, selectionEnd: 1 });
  }
  await ime.send("Input.insertText", { text: "감" });
  await expect(box).toHaveValue(`${text}감`);
  await expect.poll(() => asked.at(-1)).toBe(`${text}감`);
  await expect(page.locator(".found-row").first()).toBeVisible();
  expect(asked.filter((text) => text.endsWith("ㄱ") || text.endsWith("가"))).toEqual([]);
  ear.check();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("each field of the account says what is wrong and keeps what was typed", async ({ page }) => {
    const phone = newPhone();
    await page.goto("/");
    const phoneBase = await phoneUrl(page);
    await paste(page, one().text);
    await toQuote(page);
    await toYou(page);
    await askCode(page, "독고하늘", phone);
    await typeCode(page, await codeFor(page.request, phoneBase, phone));
    await page.getByLabel(KO.account).fill("12가34");
    await page.getByLabel("예금주").fill("독고하늘");
    await page.getByRole("button", { name: KO.accountCheck }).click();
    await expect(page.getByLabel(KO.bank, { exact: true })).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel(KO.account)).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel(KO.account)).toHaveValue("12가34");
    await expect(page.getByLabel(KO.account)).toHaveAccessibleDescription(/‘가’가 들어 있어요/);
    await chooseBank(page);
    await page.getByLabel(KO.account).fill(newAccount());
    await page.getByRole("button", { name: KO.accountCheck }).click();
    await page.getByRole("button", { name: KO.toConfirm }).click();
    const terms = page.getByRole("checkbox", { name: KO.required }).first();
    await expect(terms).toHaveAttribute("aria-invalid", "true");
    await expect(page).toHaveURL(/\/sell\/you/);
  });

  test("a paste over the limit and a paste of nothing say so", async ({ page }) => {
    await paste(page, "hello again, ".repeat(6_000));
    await expect(errors(page)).toContainText("내용이 너무 길어요");
    await paste(page, "   ");
    await expect(errors(page)).toContainText("붙여넣은 내용이 없어요");
  });

  test("a Korean paste far over the limit stays in the shop and says so", async ({ page }) => {
    await paste(page, "안녕하세요오늘도".repeat(5_000));
    await expect(errors(page)).toContainText("내용이 너무 길어요");
    await expect(page.getByRole("navigation", { name: "진행 단계" })).toBeVisible();
  });

  test("101 vouchers are 100 rows and a word", async ({ page }) => {
    await paste(page, Array.from({ length: 101 }, () => `컬쳐랜드 1만원 ${grouped(cultureland())}`).join("\n"));
    await expect(rows(page)).toHaveCount(100);
    await expect(page.getByText("1장은 넣지 못했어요")).toBeVisible();
  });
});

test("a number out of a brand's pattern says so at its row, and mending it clears the word", async ({ page }) => {
  const ear = listen(page);
  const { pin } = one();
  await page.goto("/sell?brand=cultureland");
  await page.locator("#add-form").getByLabel(/번호|PIN/).fill(pin.slice(0, 14));
  await page.locator("#add-form").getByText("50,000원", { exact: true }).click();
  await page.getByRole("button", { name: "상품권 더하기" }).click();
  await expect(rows(page)).toHaveCount(1);
  const field = rows(page).getByLabel(/번호|PIN/).first();
  await expect(field).toHaveAttribute("aria-invalid", "true");
  await expect(field).toHaveAccessibleDescription(/14자리/);
  await page.getByRole("button", { name: KO.toQuote }).click();
  await expect(errors(page)).toContainText("고칠 것이 있는 상품권이 1장");
  await field.fill(pin);
  await rows(page).getByRole("button", { name: "저장" }).click();
  await expect(rows(page).getByText("준비됨")).toBeVisible();
  await toQuote(page);
  ear.check();
});

test("no page of a customer takes a file", async ({ page }) => {
  for (const path of ["/", "/sell", "/sell?brand=cultureland", "/orders", "/inquiry"]) {
    await page.goto(path);
    await expect(page.locator('input[type="file"]'), path).toHaveCount(0);
  }
});
