// Before everything: the product answers and its sandbox is there. Its end (see playwright.config.ts) is canaries.spec.ts.
import { expect, test } from "@playwright/test";
import { phoneUrl } from "./helpers";

test("the product and its sandbox answer", async ({ page }) => {
  await page.goto("/");
  const phone = await page.request.get(await phoneUrl(page));
  expect(phone.status()).toBe(200);
});
