// The shop's numbers at the desk: changed by an owner, refused at the field, only looked at by an auditor.
import { signIn } from "./desk";
import { inBothLights, listen } from "./helpers";
import { expect, test } from "./shop";

test("an owner changes how long a quote holds; what can't be is told at the field", async ({ page }) => {
  const ear = listen(page);
  await signIn(page, "owner");
  await page.goto("/desk/settings");
  await expect(page.getByRole("heading", { name: "설정", level: 1 })).toBeVisible();
  const row = page.getByRole("row", { name: /견적 유효 시간/ });
  await expect(row).toContainText("10분");
  await inBothLights(page, "settings");
  await row.locator("summary", { hasText: "바꾸기" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByRole("textbox", { name: /새 값/ }).fill("100");
  await dialog.getByLabel("이유").fill("연휴라서 여유를 줘요");
  await dialog.getByRole("button", { name: "바꾸기" }).click();
  await expect(page.getByText("3에서 60 사이의 숫자를 적어 주세요.").first()).toBeVisible();
  await page.getByRole("dialog").getByRole("textbox", { name: /새 값/ }).fill("12");
  await page.getByRole("dialog").getByRole("button", { name: "바꾸기" }).click();
  await expect(page.getByText("바꿨어요")).toBeVisible();
  await expect(page.getByRole("row", { name: /견적 유효 시간/ })).toContainText("12분");
  await page.setViewportSize({ width: 360, height: 780 });
  await inBothLights(page, "settings on a phone");
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth);
  expect(wide).toBe(false);
  ear.check();
});

test("an auditor looks and can't act", async ({ page }) => {
  await signIn(page, "auditor");
  await page.goto("/desk/settings");
  await expect(page.getByText("자동 입금")).toBeVisible();
  await expect(page.locator("form[action^='/desk/fn/settings/']")).toHaveCount(0);
});
