// Every route: status, headers, a silent console, no accessibility violation, light and dark.
import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "@playwright/test";
import { listen } from "./helpers";

const pages = ["/", "/sell", "/orders", "/notices", "/faq", "/guide", "/terms", "/privacy", "/inquiry"];

for (const path of pages) {
  test(`${path} answers 200 with the security headers`, async ({ request }) => {
    const answer = await request.get(path);
    expect(answer.status()).toBe(200);
    const headers = answer.headers();
    expect(headers["content-security-policy"]).toMatch(/script-src 'nonce-[\w-]{16,}' 'strict-dynamic'/);
    expect(headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(headers["x-content-type-options"]).toBe("nosniff");
    expect(headers["referrer-policy"]).toBe("same-origin");
    expect(headers["cache-control"]).toBe("no-store");
    const html = await answer.text();
    const nonce = headers["content-security-policy"].match(/'nonce-([^']+)'/)![1];
    for (const tag of html.match(/<script\b[^>]*>/g) ?? []) {
      expect(tag).toContain(`nonce="${nonce}"`);
    }
    expect(html).not.toMatch(/ style="/);
  });

  for (const colorScheme of ["light", "dark"] as const) {
    test(`${path} is silent and accessible, ${colorScheme}`, async ({ page }) => {
      const ear = listen(page);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      await page.goto(path);
      await page.waitForLoadState("networkidle");
      const result = await new AxeBuilder({ page }).analyze();
      expect(result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`)).toEqual([]);
      const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(wide, "no sideways scrolling").toBeLessThanOrEqual(0);
      ear.check();
    });
  }
}

test("a page that isn't there is a 404 with a way home", async ({ page, request }) => {
  expect((await request.get("/no-such-page")).status()).toBe(404);
  expect((await request.get("/orders/PD-0000-0000")).status()).toBe(404);
  expect((await request.get("/notices/no-such-notice")).status()).toBe(404);
  await page.goto("/no-such-page");
  await expect(page.getByRole("link", { name: /첫 화면/ }).first()).toBeVisible();
});

test("the nonce differs with every answer, also of a kept page", async ({ request }) => {
  const nonce = async () => (await request.get("/")).headers()["content-security-policy"].match(/'nonce-([^']+)'/)![1];
  expect(new Set([await nonce(), await nonce(), await nonce()]).size).toBe(3);
});

test("English is one touch away and stays", async ({ page }) => {
  await page.goto("/?lang=en");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
  await page.goto("/faq");
  await expect(page.locator("html")).toHaveAttribute("lang", "en");
});

test("a form sent from another site is refused", async ({ request }) => {
  const answer = await request.post("/fn/sell/paste", {
    form: { text: "x" },
    headers: { "sec-fetch-site": "cross-site", origin: "https://evil.example" },
  });
  expect(answer.status()).toBe(403);
});

test("the keyboard alone reaches the paste box and the button", async ({ page, isMobile }) => {
  test.skip(isMobile, "a phone has no Tab key");
  await page.goto("/");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText(/본문|바로가기|건너뛰/);
  for (let presses = 0; presses < 30; presses += 1) {
    await page.keyboard.press("Tab");
    if (await page.locator("textarea:focus").count()) break;
  }
  await expect(page.locator("textarea:focus")).toHaveCount(1);
});
