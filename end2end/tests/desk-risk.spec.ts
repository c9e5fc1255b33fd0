// The risk desk: an order that was held is looked at and let go; who is blocked; rules that are tried first.
import { asked, colleague, signIn, sold } from "./desk";
import { accessible, inBothLights, listen, newAccount, newPerson, newPhone, one } from "./helpers";
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
  await dialog.getByRole("button", { name: "보류 해제" }).click();
  await expect(page.getByText("보류를 풀었어요").first()).toBeVisible();
  await page.goto("/desk/risk");
  await expect(page.getByRole("link", { name: code })).toHaveCount(0);
  ear.check();
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
