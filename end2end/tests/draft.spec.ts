// One sale in several tabs, sent twice, walked back and reloaded: nothing lost, nothing twice.
import { KO, askCode, awake, codeFor, consents, listen, message, newPerson, one, ordersOf, payee, phoneUrl, post, quickConfirm, rows, submit, toConfirm, toQuote, typeCode } from "./helpers";
import { expect, test } from "./shop";

test("two tabs change one sale and neither change is lost", async ({ page, context, shop }) => {
  const ear = listen(page);
  await post(page.request, shop, "sell/paste", [["text", message().text]]);
  await page.goto("/sell");
  await expect(rows(page)).toHaveCount(3);
  const second = await context.newPage();
  const other = listen(second);
  await second.goto("/sell");
  await expect(rows(second)).toHaveCount(3);

  await rows(page).first().locator("summary").click();
  await page.getByRole("button", { name: "빼기 (1번째 상품권)" }).click();
  await expect(rows(page)).toHaveCount(2);
  // The second tab still shows three; what it adds comes to the two that are left.
  await expect(rows(second)).toHaveCount(3);
  await second.getByLabel(KO.paste).fill(one().text);
  await second.getByRole("button", { name: KO.find }).click();
  await expect(rows(second)).toHaveCount(3);
  await expect(rows(second).first()).toContainText("북앤라이프");
  await page.reload();
  await expect(rows(page)).toHaveCount(3);
  ear.check();
  other.check();
});

test("a row taken out in another tab is told of, not brought back", async ({ page, context, shop }) => {
  await post(page.request, shop, "sell/paste", [["text", message().text]]);
  await page.goto("/sell");
  const second = await context.newPage();
  await second.goto("/sell");
  await rows(page).first().locator("summary").click();
  await page.getByRole("button", { name: "빼기 (1번째 상품권)" }).click();
  await expect(rows(page)).toHaveCount(2);
  await rows(second).first().locator("summary").click();
  await rows(second).first().getByRole("button", { name: "저장" }).click();
  await expect(second.getByText("이미 빠진 상품권이에요")).toBeVisible();
  await expect(rows(second)).toHaveCount(2);
});

test("a double click on submit makes one order", async ({ page, shop }) => {
  const ear = listen(page);
  const person = newPerson();
  const { text, pin } = one();
  const since = Date.now() * 1000;
  await quickConfirm(page.request, shop, text, person);
  await page.goto("/sell/confirm");
  await page.getByRole("button", { name: KO.submit }).dblclick();
  await expect(page).toHaveURL(/\/orders\/PD-/, { timeout: 15_000 });
  await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  expect(await ordersOf(page, person.phone, 2)).toHaveLength(1);
  const redeemed = (await shop.journal("issuer")).filter((line) => Number(line.at) > since && line.operation === "redeem" && line.pin_last4 === pin.slice(-4));
  expect(redeemed.filter((line) => line.decision === "redeemed")).toHaveLength(1);
  ear.check();
});

test("submitted in both tabs at once it is one order, and both tabs lead to it", async ({ page, context, shop }) => {
  const person = newPerson();
  await quickConfirm(page.request, shop, one().text, person);
  await page.goto("/sell/confirm");
  const second = await context.newPage();
  await second.goto("/sell/confirm");
  await expect(second.getByRole("button", { name: KO.submit })).toBeVisible();
  await Promise.all([page.getByRole("button", { name: KO.submit }).click(), second.getByRole("button", { name: KO.submit }).click()]);
  await expect(page).toHaveURL(/\/orders\/PD-/, { timeout: 15_000 });
  await expect(second).toHaveURL(page.url(), { timeout: 15_000 });
  expect(await ordersOf(page, person.phone, 2)).toHaveLength(1);
});

test("submitted in one tab, then in the other: the same order", async ({ page, context, shop }) => {
  await quickConfirm(page.request, shop, one().text, newPerson());
  await page.goto("/sell/confirm");
  const second = await context.newPage();
  await second.goto("/sell/confirm");
  await submit(page);
  await submit(second);
  expect(second.url()).toBe(page.url());
});

test("back after submit offers nothing again", async ({ page, shop }) => {
  const ear = listen(page);
  await quickConfirm(page.request, shop, one().text, newPerson());
  await page.goto("/sell");
  await toQuote(page);
  await page.goto("/sell/confirm");
  await submit(page);
  const order = page.url();
  await page.goBack();
  // The last look of a sale that is an order leads to the order.
  await expect(page).toHaveURL(order);
  await page.goto("/sell");
  await expect(rows(page)).toHaveCount(0);
  await expect(page.getByRole("button", { name: KO.toQuote })).toBeDisabled();
  await page.goto("/sell/quote");
  await expect(page.getByRole("button", { name: KO.submit })).toHaveCount(0);
  ear.check();
});

test("a reload at every stop loses nothing", async ({ page }) => {
  const ear = listen(page);
  const person = newPerson();
  await toConfirm(page, message().text, person, {
    stop: async (place) => {
      const path = new URL(page.url()).pathname;
      await page.reload();
      expect(new URL(page.url()).pathname, place).toBe(path);
      if (place === "vouchers") await expect(rows(page)).toHaveCount(3);
      if (place === "quote") await expect(page.getByRole("link", { name: KO.toYou })).toBeVisible();
      if (place === "code") {
        await expect(page.getByLabel(KO.name, { exact: true })).toHaveValue(person.name);
        await expect(page.getByLabel(KO.code)).toBeVisible();
      }
      if (place === "account") await expect(page.getByLabel("예금주")).toHaveValue(person.name);
      if (place === "consents") await expect(page.getByRole("heading", { name: KO.consents })).toBeVisible();
    },
  });
  await expect(page.getByRole("button", { name: KO.submit })).toBeVisible();
  await submit(page);
  const order = page.url();
  await page.reload();
  expect(page.url()).toBe(order);
  await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  ear.check();
});

test("a submit whose answer never comes is the same order after a reload", async ({ page, shop }) => {
  const person = newPerson();
  await quickConfirm(page.request, shop, one().text, person);
  await page.goto("/sell/confirm");
  await awake(page);
  let done = false;
  await page.route("**/fn/sell/submit", async (route) => {
    await route.fetch();
    done = true;
    await route.abort("connectionreset");
  });
  await page.getByRole("button", { name: KO.submit }).click();
  await expect.poll(() => done).toBe(true);
  await expect(page.getByRole("alert")).toContainText("연결이 끊겼어요");
  await page.unroute("**/fn/sell/submit");
  // Pressed again without a reload it would be the same order too; here the page is asked for anew.
  await page.reload();
  await expect(page).toHaveURL(/\/orders\/PD-/);
  expect(await ordersOf(page, person.phone, 2)).toHaveLength(1);
});

test("a submit whose answer never comes may be pressed again", async ({ page, shop }) => {
  const person = newPerson();
  await quickConfirm(page.request, shop, one().text, person);
  await page.goto("/sell/confirm");
  await awake(page);
  await page.route("**/fn/sell/submit", async (route) => {
    await route.fetch();
    await route.abort("connectionreset");
  }, { times: 1 });
  await page.getByRole("button", { name: KO.submit }).click();
  await expect(page.getByRole("alert")).toContainText("연결이 끊겼어요");
  await submit(page);
  expect(await ordersOf(page, person.phone, 2)).toHaveLength(1);
});

test("a step not reached yet leads to the one that is", async ({ page, shop }) => {
  await post(page.request, shop, "sell/paste", [["text", one().text]]);
  for (const path of ["/sell/quote", "/sell/you", "/sell/confirm"]) {
    await page.goto(path);
    await expect(page).toHaveURL(/\/sell\/quote$/);
  }
  await post(page.request, shop, "sell/quote", []);
  await page.goto("/sell/confirm");
  await expect(page).toHaveURL(/\/sell\/you$/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("two tabs, a reload and a second submit are the same order", async ({ page, context }) => {
    const person = newPerson();
    await page.goto("/sell");
    const phoneBase = await phoneUrl(page);
    await page.getByLabel(KO.paste).fill(one().text);
    await page.getByRole("button", { name: KO.find }).click();
    await toQuote(page);
    await page.getByRole("link", { name: KO.toYou }).click();
    await askCode(page, person.name, person.phone);
    await page.reload();
    await typeCode(page, await codeFor(page.request, phoneBase, person.phone));
    await payee(page, person.account);
    await consents(page);
    const second = await context.newPage();
    await second.goto("/sell/confirm");
    await submit(page);
    await submit(second);
    expect(second.url()).toBe(page.url());
    await page.goBack();
    await page.reload();
    await expect(page.getByRole("button", { name: KO.submit })).toHaveCount(0);
  });
});
