// What the desk's specs share: the sandbox's accounts, signing in, and a second person beside the first.
import { expect, type Browser, type BrowserContext, type Locator, type Page } from "@playwright/test";
import { digits, grouped, newPerson, quickSale } from "./helpers";
import { plant, type Shop } from "./shop";

/** The sandbox's accounts, one per role. */
export type Login = "owner" | "operator" | "maker" | "approver" | "marketer" | "campaigner" | "content" | "auditor";
export const PASSWORD = "pindesk-sandbox";

/** Through the form, as a person does. */
export async function signIn(page: Page, login: string, password = PASSWORD): Promise<void> {
  await page.goto("/desk/sign-in");
  await page.getByLabel("아이디").fill(login);
  await page.getByLabel("비밀번호", { exact: true }).fill(password);
  await page.getByRole("button", { name: "로그인" }).click();
  await expect(page).not.toHaveURL(/sign-in$/);
}

/** Somebody else at another browser, signed in. */
export async function colleague(browser: Browser, shop: Shop, login: Login): Promise<{ context: BrowserContext; page: Page }> {
  const context = await browser.newContext({ baseURL: shop.url, locale: "ko-KR", timezoneId: "Asia/Seoul" });
  const page = await context.newPage();
  await signIn(page, login);
  return { context, page };
}

/** A phone's screen under a thumb; for `test.use` or a context of one's own. */
export const PHONE = { viewport: { width: 360, height: 740 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };

/** The page doesn't scroll sideways, and what is pressed or typed into is as tall as a thumb needs. */
export async function fitsPhone(page: Page, where: string): Promise<void> {
  const found = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    const pressed = "a.btn, button, summary, .filter-chip, .rail-link, select, textarea, input:not([type=hidden], [type=checkbox], [type=radio])";
    const small = [...document.querySelectorAll<HTMLElement>(pressed)]
      .filter((each) => each.checkVisibility() && !each.closest("dialog:not([open])"))
      .map((each) => ({ each, height: each.getBoundingClientRect().height }))
      .filter(({ height }) => height > 0 && height < 39.5)
      .map(({ each, height }) => `${each.tagName}.${each.className} ${Math.round(height)}px: ${each.textContent?.trim().slice(0, 20)}`);
    // In a frame of its own something may be pushed out without the page growing wider.
    const out = [...document.querySelectorAll<HTMLElement>(pressed)]
      .filter((each) => each.checkVisibility() && !each.closest("dialog:not([open])"))
      .filter((each) => {
        const [box, frame] = [each.getBoundingClientRect(), each.closest(".table-wrap, .desk-page, body")!.getBoundingClientRect()];
        return box.width > 0 && (box.left < frame.left - 1 || box.right > frame.right + 1);
      })
      .map((each) => `${each.tagName}.${each.className}: ${each.textContent?.trim().slice(0, 20)}`);
    return { wide, small, out };
  });
  expect.soft(found.wide, `${where} has no sideways scrolling`).toBeLessThanOrEqual(0);
  expect.soft(found.small, `${where} can be used with a thumb`).toEqual([]);
  expect.soft(found.out, `${where} has nothing pushed out of its frame`).toEqual([]);
}

/** A dialog that asks before something is done: opened by its button, told apart by its question. */
export async function asked(page: Page, opener: string): Promise<Locator> {
  await page.locator("summary", { hasText: new RegExp(`^${opener}$`) }).first().click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toBeVisible();
  return dialog;
}

/** A voucher that only a person can check. */
export function byHand(won = "100,000원"): string {
  const pin = plant("number", `2345${digits(8)}1111`);
  return `현대백화점상품권 ${won} ${grouped(pin)} 보안코드 4821`;
}

/** Sells as a customer in a browser of their own and answers the order's code. */
export async function sold(browser: Browser, shop: Shop, text: string, person = newPerson()): Promise<string> {
  const context = await browser.newContext({ baseURL: shop.url, locale: "ko-KR" });
  const code = await quickSale(context.request, shop, text, person);
  await context.close();
  return code;
}
