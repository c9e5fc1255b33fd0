// Every desk there is: reached by the palette, fit for a phone, readable by everybody, and nothing the browser complains
// about. What they look like in the dark is looked at where their flows are.
import { asked, byHand, fitsPhone, PHONE, signIn, sold } from "./desk";
import { accessible, listen, newAccount, newPerson, one } from "./helpers";
import { expect, test } from "./shop";

/** Pages the rail doesn't name. */
const WITHIN = [
  "/desk/me",
  "/desk/step-up",
  "/desk/brands/new",
  "/desk/brands/teencash",
  "/desk/rates/cultureland",
  "/desk/content/new",
  "/desk/documents/terms",
  "/desk/risk/rules/1",
];

/** What the palette leads to. */
const LED = ["/desk", "/desk/orders", "/desk/manual", "/desk/risk", "/desk/risk/blocks", "/desk/risk/rules", "/desk/inquiries"];

test("the palette leads to every desk, and every desk can be read by everybody", async ({ page, browser, shop }) => {
  test.setTimeout(240_000);
  const ear = listen(page);
  const code = await sold(browser, shop, byHand());
  const held = await sold(browser, shop, one().text, newPerson({ account: newAccount("901") }));
  await signIn(page, "owner");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "빠른 이동" });
  const hrefs = await palette.getByRole("option").evaluateAll((options) => options.map((option) => (option as HTMLElement).dataset.href!));
  for (const path of LED) expect(hrefs).toContain(path);
  const rail = await page.locator(".rail-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
  for (const path of rail) expect(hrefs, "the palette knows what the rail knows").toContain(path);
  await page.keyboard.press("Escape");
  await expect(palette).toBeHidden();
  for (const path of [...hrefs, ...WITHIN, `/desk/orders/${code}`, `/desk/risk/cases/${held}`]) {
    const answer = await page.goto(path);
    expect(answer?.status(), path).toBe(200);
    await accessible(page, path);
  }
  ear.check();
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("no desk scrolls sideways, and everything can be touched", async ({ page, browser, shop }) => {
    test.setTimeout(180_000);
    const code = await sold(browser, shop, byHand());
    const held = await sold(browser, shop, one().text, newPerson({ account: newAccount("901") }));
    await signIn(page, "owner");
    const paths = await page.locator(".rail-link").evaluateAll((links) => links.map((link) => link.getAttribute("href")!));
    expect(paths.length).toBeGreaterThan(12);
    for (const path of [...paths, ...WITHIN, "/desk/fees", "/desk/risk/blocks", "/desk/risk/rules", `/desk/orders/${code}`, `/desk/risk/cases/${held}`]) {
      await page.goto(path);
      await fitsPhone(page, path);
    }
    // The rail is a menu here, and a dialog has room.
    await page.goto(`/desk/orders/${code}`);
    await page.getByText("메뉴", { exact: true }).click();
    await expect(page.getByRole("link", { name: "수동 검증", exact: true }).first()).toBeVisible();
    await asked(page, "보류");
    await fitsPhone(page, "the hold's dialog");
    await accessible(page, "the hold's dialog on a phone");
  });
});

test("a person without a role's right sees neither its desk nor its button", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand());
  await signIn(page, "auditor");
  await expect(page.getByRole("link", { name: "수동 검증" })).toHaveCount(0);
  await page.goto(`/desk/orders/${code}`);
  await expect(page.getByRole("heading", { name: code })).toBeVisible();
  await expect(page.locator("summary", { hasText: /^(보류|거절|보기)$/ })).toHaveCount(0);
  expect((await page.goto("/desk/manual"))?.status()).toBe(404);
});
