// The order's page: what was refused, what is unknown, what can still be taken back.
import { KO, barAmount, grouped, cultureland, listen, message, newAccount, newPerson, one, orderAmount, quickSale, rows } from "./helpers";
import { expect, test } from "./shop";
import type { Page } from "@playwright/test";

/** A voucher's line. */
const item = (page: Page, pin: string) =>
  page.getByRole("listitem").filter({ hasText: pin.slice(-2) }).filter({ hasText: "컬쳐랜드" });

/** The order as a program sees it. */
async function view(page: Page, url: string, code: string): Promise<Record<string, unknown>> {
  const answer = await page.request.post(`${url}/fn/order/view`, { headers: { accept: "application/json", origin: url }, form: { code } });
  return answer.json();
}

test("good vouchers are paid, refused ones say why and can be mended and sent again", async ({ page, shop }) => {
  const ear = listen(page);
  const [good, used, wrong] = [cultureland("1013"), cultureland("9901"), cultureland("9902")];
  const text = [good, used, wrong].map((pin) => `컬쳐랜드 50,000원 ${grouped(pin)}`).join("\n");
  const code = await quickSale(page.request, shop, text);
  await page.goto(`/orders/${code}`);
  await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  await expect(item(page, used)).toContainText("사용됨");
  await expect(item(page, used)).toContainText("이미 사용된 상품권");
  await expect(item(page, wrong)).toContainText("번호오류");
  await expect(item(page, good)).toContainText("입금완료");
  const paid = await orderAmount(page);
  expect(paid).toBeGreaterThan(0);
  expect(paid).toBeLessThan(50_000);
  await page.getByRole("button", { name: "안 된 상품권 고쳐서 다시 보내기" }).click();
  await expect(page).toHaveURL(/\/sell$/);
  await expect(rows(page)).toHaveCount(1);
  const number = rows(page).getByLabel(/번호|PIN/).first();
  await rows(page).locator("summary").click();
  await number.fill(cultureland("1014"));
  await rows(page).getByRole("button", { name: "저장" }).click();
  await expect(rows(page).getByText("준비됨")).toBeVisible();
  expect(await barAmount(page)).toBe(50_000);
  ear.check();
});

test("an order of nothing but refused vouchers says so and pays nothing", async ({ page, shop }) => {
  const ear = listen(page);
  const code = await quickSale(page.request, shop, one("9901").text);
  await page.goto(`/orders/${code}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("매입한 상품권이 없어요", { timeout: 30_000 });
  await expect(page.getByText(KO.paid)).toHaveCount(0);
  ear.check();
});

test.describe("while the issuer is slow", () => {
  test.use({ settings: { ISSUERS_TIMEOUT_MS: "20000" } });

  test("the page says it is checking, offers no cancelling, survives reloads and gets there", async ({ page, shop }) => {
    const ear = listen(page);
    const { text, pin } = one();
    await shop.faults([{ party: "issuer", operation: "inquiry", match: { pin }, fault: "slow", delay_ms: 30 }]);
    const code = await quickSale(page.request, shop, text);
    await page.goto(`/orders/${code}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("1장 중 0장을 확인했어요");
    await expect(page.locator('[aria-current="step"]')).toContainText("검증중");
    await expect(page.getByText("주문 취소")).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("region", { name: "상품권별 결과" })).toContainText("컬쳐랜드");
    await expect(page.getByText("주문 취소")).toHaveCount(0);
    // From here on by itself, without a reload.
    await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
    await expect(page.locator('[aria-current="step"]')).toHaveCount(0);
    ear.check();
  });
});

test("a silent issuer is 확인 필요 with the time of the next look, then the voucher is bought once", async ({ page, shop }) => {
  const ear = listen(page);
  const { text, pin } = one();
  const since = Date.now() * 1000;
  await shop.faults([{ party: "issuer", operation: "redeem", match: { pin }, fault: "timeout_after", count: 1 }]);
  const code = await quickSale(page.request, shop, text);
  await page.goto(`/orders/${code}`);
  await expect(item(page, pin)).toContainText("확인필요", { timeout: 20_000 });
  await expect(page.getByText(/다음 확인 .*\d{1,2}:\d{2}/)).toBeVisible();
  await expect(page.getByText(/\d{1,2}:\d{2}에 다시 확인해요/)).toBeVisible();
  await page.reload();
  await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  await expect(page.getByText(/다음 확인/)).toHaveCount(0);
  const lines = (await shop.journal("issuer")).filter((line) => Number(line.at) > since && line.pin_last4 === pin.slice(-4) && line.decision === "redeemed");
  expect(lines).toHaveLength(1);
  ear.check();
});

test("a silent bank is 확인 필요 with the time of the next look, then paid once", async ({ page, shop }) => {
  const ear = listen(page);
  const account = newAccount("904");
  const code = await quickSale(page.request, shop, one().text, newPerson({ account }));
  await page.goto(`/orders/${code}`);
  await expect(page.getByText(/다음 확인 .*\d{1,2}:\d{2}/)).toBeVisible({ timeout: 20_000 });
  await expect(page.locator('[aria-current="step"]')).toContainText("확인필요");
  await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  const receivers = (await shop.journal("bank")).filter((line) => line.operation === "receive_inquiry").map((line) => line.account_hash);
  const paid = (await shop.journal("bank")).filter((line) => line.decision === "paid" && line.account_hash === receivers.at(-1));
  expect(paid).toHaveLength(1);
  ear.check();
});

test("a bank that refuses the account leaves the order waiting for a person, in plain words", async ({ page, shop }) => {
  const code = await quickSale(page.request, shop, one().text, newPerson({ account: newAccount("905") }));
  await page.goto(`/orders/${code}`);
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("확인할 것이 있어 잠시 멈췄어요", { timeout: 30_000 });
  await expect(page.getByText("담당자가 확인하고 있어요")).toBeVisible();
  await expect(page.getByText(KO.paid)).toHaveCount(0);
});

test.describe("before checking has begun", () => {
  // One pair of hands, held by another customer's voucher whose issuer doesn't answer.
  test.use({ settings: { WORK_VERIFY: "1", ISSUERS_TIMEOUT_MS: "15000" } });

  test("an order can be taken back, and its vouchers sold again", async ({ page, shop, playwright }) => {
    const ear = listen(page);
    const blocker = one();
    await shop.faults([{ party: "issuer", operation: "inquiry", match: { pin: blocker.pin }, fault: "hang", count: 1 }]);
    const stranger = await playwright.request.newContext();
    await quickSale(stranger, shop, blocker.text);
    await expect.poll(async () => (await shop.journal("issuer")).length).toBe(1);
    const { text } = one();
    const code = await quickSale(page.request, shop, text);
    await page.goto(`/orders/${code}`);
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("상품권 1장을 접수했어요");
    await page.getByText("주문 취소").click();
    await page.getByRole("button", { name: "네, 취소할게요" }).click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("주문을 취소했어요");
    await expect(page.getByText("주문 취소")).toHaveCount(0);
    await page.reload();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText("주문을 취소했어요");
    const again = await quickSale(page.request, shop, text);
    expect(again).not.toBe(code);
    expect((await shop.journal("issuer")).filter((line) => line.decision === "redeemed")).toHaveLength(0);
    await stranger.dispose();
    ear.check();
  });
});

test.describe("a page that didn't hear of it", () => {
  test.use({ settings: { WORK_VERIFY: "1", ISSUERS_TIMEOUT_MS: "3000" }, javaScriptEnabled: false });

  test("cancelling after checking has begun says it is too late", async ({ page, shop, playwright }) => {
    const blocker = one();
    await shop.faults([{ party: "issuer", operation: "inquiry", match: { pin: blocker.pin }, fault: "hang", count: 1 }]);
    const stranger = await playwright.request.newContext();
    await quickSale(stranger, shop, blocker.text);
    await expect.poll(async () => (await shop.journal("issuer")).length).toBe(1);
    const code = await quickSale(page.request, shop, message().text);
    await page.goto(`/orders/${code}`);
    await page.getByText("주문 취소").click();
    await expect.poll(async () => (await view(page, shop.url, code)).can_cancel, { timeout: 15_000 }).toBe(false);
    await page.getByRole("button", { name: "네, 취소할게요" }).click();
    await expect(page.getByRole("alert")).toBeVisible();
    await expect(page.getByRole("heading", { level: 1 })).not.toHaveText("주문을 취소했어요");
    await stranger.dispose();
  });
});
