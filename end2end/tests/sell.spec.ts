// From the pasted message to the money, with and without JavaScript.
import { expect, test } from "@playwright/test";
import { codeFor, consents, listen, message, newAccount, newName, newPerson, newPhone, paste, payee, phoneUrl, prove, sell } from "./helpers";

test("a pasted message becomes money in the account", async ({ page }) => {
  const ear = listen(page);
  const { text, pins } = message();
  await sell(page, text);
  await expect(page.getByText("입금했어요").first()).toBeVisible({ timeout: 30_000 });
  const html = await page.content();
  for (const pin of pins) expect(html).not.toContain(pin);
  ear.check();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the same forms lead to the same order", async ({ page }) => {
    await sell(page, message().text);
    await expect(async () => {
      await page.reload();
      await expect(page.getByText("입금했어요").first()).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 30_000 });
  });

  test("a wrong field says so in its place and keeps what was typed", async ({ page }) => {
    await paste(page, message().text);
    await page.getByRole("button", { name: "견적 보기" }).click();
    await page.getByRole("link", { name: "이 금액으로 계속" }).click();
    await page.getByLabel("이름").fill("홍길동");
    await page.getByLabel("휴대폰 번호").fill("02-123-4567");
    await page.getByRole("button", { name: "인증번호 받기" }).click();
    await expect(page.getByLabel("휴대폰 번호")).toHaveValue("02-123-4567");
    await expect(page.getByLabel("휴대폰 번호")).toHaveAttribute("aria-invalid", "true");
    await expect(page.getByLabel("이름")).toHaveValue("홍길동");
  });
});

test("a draft survives a reload, the back button and a second tab", async ({ page, context }) => {
  await paste(page, message().text);
  await expect(page.locator("details.voucher")).toHaveCount(3);
  await page.reload();
  await expect(page.locator("details.voucher")).toHaveCount(3);
  await page.getByRole("button", { name: "견적 보기" }).click();
  await expect(page).toHaveURL(/\/sell\/quote$/);
  await page.goBack();
  await expect(page.locator("details.voucher")).toHaveCount(3);
  const second = await context.newPage();
  await second.goto("/sell");
  await expect(second.locator("details.voucher")).toHaveCount(3);
});

test("text without a voucher says what was looked for", async ({ page }) => {
  await paste(page, "안녕하세요. 내일 3시에 만나요. 계좌는 국민 123456-12-123456 입니다.");
  await expect(page.locator("details.voucher")).toHaveCount(0);
  await expect(page.locator(".banner").first()).toBeVisible();
});

test("the same voucher twice in a paste is one row", async ({ page }) => {
  const { text } = message();
  await paste(page, `${text}\n\n${text}`);
  await expect(page.locator("details.voucher")).toHaveCount(3);
});

test("a submitted voucher can't be submitted again", async ({ page, browser }) => {
  const { text } = message();
  await sell(page, text);
  const other = await browser.newContext({ locale: "ko-KR" });
  const again = await other.newPage();
  await again.goto("/");
  const phoneBase = await phoneUrl(again);
  await paste(again, text.replaceAll("-", " "));
  await again.getByRole("button", { name: "견적 보기" }).click();
  await again.getByRole("link", { name: "이 금액으로 계속" }).click();
  await prove(again, newName(), newPhone(), phoneBase);
  await payee(again, newAccount());
  await consents(again);
  await again.getByRole("button", { name: "판매 접수하기" }).click();
  await expect(again.getByText(/이미/).first()).toBeVisible();
  expect(again.url()).not.toContain("/orders/PD-");
  await other.close();
});

test("another browser sees nothing of an order, and the phone's owner finds it", async ({ page, browser }) => {
  const phone = newPhone();
  await sell(page, message().text, newPerson({ phone }));
  const address = page.url();
  const other = await browser.newContext({ locale: "ko-KR" });
  const stranger = await other.newPage();
  expect((await stranger.goto(address))!.status()).toBe(404);
  await stranger.goto("/");
  const phoneBase = await phoneUrl(stranger);
  await stranger.goto("/orders");
  await stranger.getByLabel("휴대폰 번호").fill(phone);
  await stranger.getByRole("button", { name: "인증번호 받기" }).click();
  await expect(stranger.getByLabel("인증번호 6자리")).toBeVisible();
  const code = await codeFor(stranger.request, phoneBase, phone, 2);
  await stranger.getByLabel("인증번호 6자리").fill(code);
  await stranger.getByRole("button", { name: /주문 찾기|확인/ }).click();
  await stranger.locator('a[href^="/orders/PD-"]').first().click();
  await expect(stranger).toHaveURL(/\/orders\/PD-/);
  await other.close();
});
