// The whole sale without a mouse: Tab, Enter, Space, the arrows of a choice, and typing. Where the keyboard is, is seen.
import { KO, codeFor, cultureland, grouped, listen, newPerson } from "./helpers";
import { expect, test } from "./shop";
import type { Locator, Page } from "@playwright/test";

/** Presses Tab until the control has the keyboard; every stop on the way must show that it is there. */
async function tabTo(page: Page, control: Locator, most = 60): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const seen = (element: Element | null | undefined) => {
        if (!element) return false;
        const style = getComputedStyle(element);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
      };
      const at = document.activeElement;
      if (!at || at === document.body) return "";
      // The ring of a hidden radio button is drawn around its label, the paste box's around its card.
      const ring = [at, at.closest("label"), at.closest(".hero-card")].some(seen);
      return ring ? "" : `${at.tagName} ${at.id || at.textContent?.trim().slice(0, 30)}`;
    });
    expect(shown, "the focus is visible").toBe("");
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab did not reach ${control}`);
}

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
