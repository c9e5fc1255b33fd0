// Keys at the desk: what is shown, the guide, and that beginning needs something to do.
import { signIn } from "./desk";
import { inBothLights, listen } from "./helpers";
import { expect, test } from "./shop";

test("an owner sees both keys and how to rotate; without an older key there is nothing to begin", async ({ page }) => {
  const ear = listen(page);
  await signIn(page, "owner");
  await page.goto("/desk/keys");
  await expect(page.getByRole("heading", { name: "암호화 키", level: 1 })).toBeVisible();
  await expect(page.getByText("암호화 1번")).toBeVisible();
  await expect(page.getByText("조회 1번")).toBeVisible();
  await expect(page.getByText("교체한 적이 없어요")).toBeVisible();
  await expect(page.getByText("교체 시작", { exact: true })).toHaveCount(0);
  await expect(page.getByText("pindesk keys add --data --lookup")).toBeVisible();
  await inBothLights(page, "keys");
  await page.setViewportSize({ width: 360, height: 780 });
  await inBothLights(page, "keys on a phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
  ear.check();
});

test("an auditor looks and can't act; an operator has no such page", async ({ page, browser, shop }) => {
  await signIn(page, "auditor");
  await page.goto("/desk/keys");
  await expect(page.getByText("암호화 1번")).toBeVisible();
  await expect(page.locator("form[action^='/desk/fn/keys/']")).toHaveCount(0);
  const context = await browser.newContext({ baseURL: shop.url, locale: "ko-KR" });
  const operator = await context.newPage();
  await signIn(operator, "operator");
  expect((await operator.goto("/desk/keys"))?.status()).toBe(404);
  await context.close();
});
