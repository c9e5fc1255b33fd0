// The manual desk: what comes shows by itself, one person has it, and it is keyed from the keyboard.
import { PHONE, byHand, colleague, fitsPhone, signIn, sold } from "./desk";
import { accessible, inBothLights, listen } from "./helpers";
import { expect, test } from "./shop";

/** The smallest picture there is. */
const PICTURE = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==",
  "base64",
);

test("a voucher that comes, and who takes it, shows on a list that stands open", async ({ page, browser, shop }) => {
  await signIn(page, "operator");
  await page.goto("/desk/manual");
  await page.evaluate(() => Object.assign(window, { stays: true }));
  const code = await sold(browser, shop, byHand());
  const row = page.locator("tr", { hasText: code });
  await expect(row).toBeVisible({ timeout: 15_000 });
  await expect(page.locator('.rail-count[data-count="/desk/manual"]')).toBeVisible();
  const { context, page: other } = await colleague(browser, shop, "owner");
  await other.goto("/desk/manual");
  await other.locator("tr", { hasText: code }).getByRole("button", { name: "맡기" }).click();
  await expect(other.getByText("맡았어요")).toBeVisible();
  await expect(row).toContainText("오너", { timeout: 15_000 });
  await expect(row.getByRole("button", { name: "맡기" })).toHaveCount(0);
  expect(await page.evaluate(() => "stays" in window)).toBe(true);
  await context.close();
});

test("two take the same voucher: one has it, the other reads who", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand());
  await signIn(page, "operator");
  const { context, page: other } = await colleague(browser, shop, "owner");
  // Without the live list, so that both still see the button.
  for (const each of [page, other]) {
    await each.route("**/desk/events", (route) => route.abort());
    await expect(async () => {
      await each.goto("/desk/manual");
      await expect(each.locator("tr", { hasText: code })).toBeVisible({ timeout: 500 });
    }).toPass();
  }
  await page.locator("tr", { hasText: code }).getByRole("button", { name: "맡기" }).click();
  await expect(page.getByText("맡았어요")).toBeVisible();
  await other.locator("tr", { hasText: code }).getByRole("button", { name: "맡기" }).click();
  await expect(other.locator(".banner").first()).toContainText("오퍼레이터");
  await context.close();
});

test("the result is keyed from the keyboard, with its proof", async ({ page, browser, shop }) => {
  const ear = listen(page);
  const code = await sold(browser, shop, byHand());
  await signIn(page, "operator");
  await page.goto("/desk/manual");
  await page.locator("tr", { hasText: code }).getByRole("button", { name: "맡기" }).click();
  await expect(page.getByText("맡고 있어요")).toBeVisible();
  // Who has it does the keying: without a proof it is refused at the place of the file.
  await page.keyboard.press("2");
  const used = page.getByRole("radio", { name: /이미 사용됨/ });
  await expect(used).toBeChecked();
  await expect(used).toBeFocused();
  await page.getByRole("button", { name: "결과 저장" }).click();
  await expect(page.locator("#file-error")).toBeVisible();
  await expect(used).toBeChecked();
  await inBothLights(page, "a voucher being keyed, refused");
  await page.getByLabel("파일").setInputFiles({ name: "issuer.png", mimeType: "image/png", buffer: PICTURE });
  await page.getByRole("button", { name: "올리기" }).click();
  await expect(page.getByText("증빙을 올렸어요")).toBeVisible();
  await page.keyboard.press("3");
  await page.keyboard.press("2");
  await expect(used).toBeChecked();
  await page.getByRole("button", { name: "결과 저장" }).click();
  await expect(page.getByText("결과를 넣었어요")).toBeVisible();
  await page.goto(`/desk/orders/${code}`);
  await expect(page.locator("tbody tr").first()).toContainText("거절");
  await expect(page.locator("#story")).toContainText("이미 사용됨");
  ear.check();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one is taken, taken longer, and given back", async ({ page, browser, shop }) => {
    const code = await sold(browser, shop, byHand());
    await signIn(page, "operator");
    await expect(async () => {
      await page.goto("/desk/manual");
      await expect(page.locator("tr", { hasText: code })).toBeVisible({ timeout: 500 });
    }).toPass();
    await page.locator("tr", { hasText: code }).getByRole("button", { name: "맡기" }).click();
    await expect(page).toHaveURL(/\/desk\/manual\/itm_/);
    await page.getByRole("button", { name: "15분 더" }).click();
    await expect(page.getByText("맡고 있어요")).toBeVisible();
    await page.getByRole("button", { name: "내려놓기" }).click();
    await expect(page.getByText("내려놓았어요")).toBeVisible();
    await expect(page.locator("tr", { hasText: code }).getByRole("button", { name: "맡기" })).toBeVisible();
  });
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("the work page has room for everything that is keyed", async ({ page, browser, shop }) => {
    const code = await sold(browser, shop, byHand());
    await signIn(page, "operator");
    await page.goto("/desk/manual");
    await fitsPhone(page, "the manual desk");
    await page.locator("tr", { hasText: code }).getByRole("button", { name: "맡기" }).tap();
    await expect(page.getByText("맡고 있어요")).toBeVisible();
    await fitsPhone(page, "a voucher being keyed");
    await accessible(page, "a voucher being keyed, on a phone");
    await page.getByRole("button", { name: "내려놓기" }).tap();
    await expect(page.getByText("내려놓았어요")).toBeVisible();
  });
});
