// The risk desk: an order that was held is looked at and let go; who is blocked; rules that are tried first.
import { asked, colleague, signIn, sold } from "./desk";
import { accessible, inBothLights, listen, newAccount, newPerson, newPhone, one, quickSale } from "./helpers";
import { expect, test } from "./shop";

test("an order of somebody else's account is held, looked at with what it is linked to, and let go", async ({ page, browser, shop }) => {
  const ear = listen(page);
  const person = newPerson({ account: newAccount("901") });
  await signIn(page, "operator");
  await page.goto("/desk/risk");
  const code = await sold(browser, shop, one().text, person);
  // By itself: the queue stands open.
  await expect(page.getByRole("link", { name: code })).toBeVisible({ timeout: 15_000 });
  await page.keyboard.press("j");
  await expect(page.locator("tr[data-here]")).toHaveCount(1);
  await page.getByRole("link", { name: code }).click();
  await expect(page.getByRole("heading", { name: new RegExp(code) })).toBeVisible();
  await expect(page.locator("body")).not.toContainText(person.account);
  await inBothLights(page, "a case");
  const dialog = await asked(page, "보류 해제");
  await expect(dialog).toContainText(code);
  await expect(dialog).toContainText(/[\d,]+원/);
  // Nothing is chosen beforehand: what is recorded was done by a person.
  await dialog.getByRole("button", { name: "보류 해제" }).click();
  const again = page.getByRole("dialog");
  await expect(again.getByText("이유를 골라 주세요.")).toBeVisible();
  await again.getByLabel("이유").selectOption("called_back");
  await again.getByRole("button", { name: "보류 해제" }).click();
  await expect(page.getByText("보류를 풀었어요").first()).toBeVisible();
  await page.goto("/desk/risk");
  await expect(page.getByRole("link", { name: code })).toHaveCount(0);
  ear.check();
});

test("a case shows the orders that share its phone, its account and its device, and a block repeats whose it is", async ({ page, browser, shop }) => {
  const person = newPerson({ account: newAccount("901") });
  const customer = await browser.newContext({ baseURL: shop.url, locale: "ko-KR" });
  const first = await quickSale(customer.request, shop, one().text, person);
  shop.ageCodes(120);
  const second = await quickSale(customer.request, shop, one().text, person, 2);
  await customer.close();
  const stranger = await sold(browser, shop, one().text);
  await signIn(page, "operator");
  await page.goto(`/desk/risk/cases/${second}`);
  const shared = (what: string) => page.locator("section.panel", { has: page.getByRole("heading", { name: `같은 ${what}`, exact: true }) });
  for (const what of ["휴대폰", "계좌", "기기"]) {
    await expect(shared(what).getByRole("link", { name: first }), what).toBeVisible();
    await expect(shared(what).getByRole("link", { name: stranger }), what).toHaveCount(0);
  }
  // Another browser of this machine: the same address is no link, and nobody is named in the clear.
  await expect(page.locator("body")).not.toContainText(person.account);
  await shared("휴대폰").locator("summary").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(`${person.phone.slice(0, 3)}-${person.phone.slice(3, 7)}-****`);
  await expect(dialog).toContainText(second);
  await expect(dialog).toContainText(/[\d,]+원/);
  await accessible(page, "a block's dialog");
});

test("every number of the rules says what it counts", async ({ page }) => {
  await signIn(page, "operator");
  for (const [lang, unit] of [["ko", /\((원|점|건|0~23시|상품권 장수|번호 개수|계좌 개수)\)|^점수$/], ["en", /\((won|points|count|hour, 0–23|vouchers|phones|accounts)\)|^Points$/]] as const) {
    await page.goto(`/desk/risk/rules?lang=${lang}`);
    const labels = await page.locator("form[action='/desk/fn/risk/draft'] .field:has(input[inputmode=numeric]) > label").allInnerTexts();
    expect(labels.length).toBeGreaterThan(20);
    for (const label of labels) expect(label).toMatch(unit);
  }
});

test("rules are drafted, tried on the last thirty days, and put to work by somebody else", async ({ page, browser, shop }) => {
  await sold(browser, shop, one().text);
  await signIn(page, "operator");
  await page.goto("/desk/risk/rules");
  await page.getByLabel("검토 점수").fill("45");
  await page.getByLabel("이유").fill("검토를 조금 더 넓게");
  await page.getByRole("button", { name: "초안 저장" }).click();
  await expect(page).toHaveURL(/\/desk\/risk\/rules\/\d+$/);
  await expect(page.getByText("최근 30일에 적용했다면")).toBeVisible();
  await expect(page.getByText(/주문 \d+건/).first()).toBeVisible();
  await expect(page.locator("summary", { hasText: "적용하기" })).toHaveCount(0);
  await accessible(page, "a draft of rules");
  const { context, page: owner } = await colleague(browser, shop, "owner");
  await owner.goto(page.url());
  const dialog = await asked(owner, "적용하기");
  await dialog.getByRole("button", { name: "적용하기" }).click();
  await expect(owner.getByText("규칙을 적용했어요")).toBeVisible();
  await context.close();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a phone is blocked, its mistakes told at their field, and the block lifted", async ({ page }) => {
    const phone = newPhone();
    await signIn(page, "operator");
    await page.goto("/desk/risk/blocks");
    await page.getByLabel("번호 또는 주소").fill("12");
    await page.getByLabel("종료일").first().fill("2031-01-31");
    await page.getByLabel("이유").first().fill("신고가 들어온 번호");
    await page.getByRole("button", { name: "차단하기" }).click();
    await expect(page.locator("#value-error")).toBeVisible();
    await expect(page.getByLabel("번호 또는 주소")).toHaveValue("12");
    await page.getByLabel("번호 또는 주소").fill(phone);
    await page.getByRole("button", { name: "차단하기" }).click();
    await expect(page.getByText("차단했어요")).toBeVisible();
    await expect(page.locator("body")).not.toContainText(phone);
    const row = page.locator("tbody tr").first();
    await expect(row).toContainText("차단 중");
    await row.locator("summary", { hasText: "해제" }).click();
    await row.getByLabel("이유").first().fill("잘못 넣은 번호");
    await row.getByRole("button", { name: "해제" }).click();
    await expect(page.getByText("차단을 해제했어요")).toBeVisible();
  });
});
