// What the desk's specs share: the sandbox's accounts, signing in, and a second person beside the first.
import { expect, type Browser, type BrowserContext, type Page } from "@playwright/test";
import type { Shop } from "./shop";

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
