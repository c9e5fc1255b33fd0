// The whole sale without a mouse: Tab, Enter, Space, the arrows of a choice, and typing. Where the keyboard is, is seen.
import { KO, codeFor, cultureland, grouped, listen, newPerson, tabTo } from "./helpers";
import { expect, test } from "./shop";

test("the keyboard alone sells a voucher", async ({ page, shop, isMobile }) => {
  test.skip(isMobile, "a phone has no Tab key");
  const ear = listen(page);
  const person = newPerson();
  await page.goto("/");
  await tabTo(page, page.getByLabel(KO.paste));
  await page.keyboard.type(`컬쳐랜드 50,000원`);
  await page.keyboard.press("Enter");
  await page.keyboard.type(grouped(cultureland()));
  await expect(page.locator(".found-row").first()).toBeVisible();
  await tabTo(page, page.getByRole("button", { name: "판매하기" }));
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(/\/sell$/);
  await tabTo(page, page.getByRole("button", { name: KO.toQuote }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sell\/quote$/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(page, page.getByRole("radio", { name: /바로 받기/ }));
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("radio", { name: /다음 영업일/ })).toBeChecked();
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("radio", { name: /바로 받기/ })).toBeChecked();
  await tabTo(page, page.getByRole("link", { name: KO.toYou }));
  await page.keyboard.press("Enter");

  await expect(page).toHaveURL(/\/sell\/you/);
  await expect(page.getByRole("heading", { level: 1 })).toBeFocused();
  await tabTo(page, page.getByLabel(KO.name, { exact: true }));
  await page.keyboard.type(person.name);
  await tabTo(page, page.getByLabel(KO.phone));
  await page.keyboard.type(person.phone);
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(KO.code)).toBeFocused();
  await page.keyboard.type(await codeFor(page.request, `${shop.sandbox}/phone`, person.phone));
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "어디로 입금할까요?" })).toBeFocused();
  await tabTo(page, page.getByLabel(KO.bank, { exact: true }));
  await page.keyboard.type(KO.bankName);
  await tabTo(page, page.getByLabel(KO.account));
  await page.keyboard.type(person.account);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: KO.consents })).toBeFocused();
  for (const box of await page.getByRole("checkbox", { name: KO.required }).all()) {
    await tabTo(page, box);
    await page.keyboard.press("Space");
    await expect(box).toBeChecked();
  }
  await tabTo(page, page.getByRole("button", { name: KO.toConfirm }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/sell\/confirm$/);
  await tabTo(page, page.getByRole("button", { name: KO.submit }));
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/orders\/PD-/, { timeout: 15_000 });
  await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  ear.check();
});

test("a refused form takes the keyboard to what is wrong, and on to its field", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no Tab key");
  const ear = listen(page);
  await page.goto("/orders");
  await tabTo(page, page.getByLabel(KO.phone));
  await page.keyboard.type("02-123-4567");
  await page.keyboard.press("Enter");
  await expect(page.locator("#errors")).toBeFocused();
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await expect(page.getByLabel(KO.phone)).toBeFocused();
  await expect(page.getByLabel(KO.phone)).toHaveValue("02-123-4567");
  ear.check();
});
