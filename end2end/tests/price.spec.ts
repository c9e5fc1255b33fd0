// The price is made again at submit: what changed is shown and asked about, and nothing the browser sends counts.
import { KO, barAmount, errors, listen, newPerson, one, orderAmount, paste, quickConfirm, rows, submit, toQuote } from "./helpers";
import { expect, test } from "./shop";

test.describe("when the rate moves", () => {
  test.use({ settings: {} });

  test("the difference is shown and asked about before anything is sold", async ({ page, shop }) => {
    const ear = listen(page);
    await quickConfirm(page.request, shop, one().text, newPerson());
    await page.goto("/sell/confirm");
    const before = await barAmount(page);
    shop.newRate("cultureland", 7000);
    await page.getByRole("button", { name: KO.submit }).click();
    await expect(errors(page)).toContainText(/견적이 [\d,]+원에서 [\d,]+원으로 바뀌었어요/);
    await expect(errors(page)).toContainText(before.toLocaleString("en-US"));
    expect(page.url()).not.toContain("/orders/PD-");
    const now = await barAmount(page);
    expect(now).toBeLessThan(before);
    expect(shop.sql("select count(*) from orders")).toBe("0");
    await submit(page);
    await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
    expect(await orderAmount(page)).toBe(now);
    ear.check();
  });

  test("the quote's step says what a new quote changed", async ({ page, shop }) => {
    await paste(page, one().text);
    await toQuote(page);
    const before = await barAmount(page);
    shop.newRate("cultureland", 7500);
    await page.goto("/sell");
    await toQuote(page);
    await expect(page.getByRole("alert")).toContainText("시세가 바뀌어");
    await expect(page.getByRole("alert")).toContainText(before.toLocaleString("en-US"));
    expect(await barAmount(page)).toBeLessThan(before);
  });
});

test.describe("when the quote runs out", () => {
  test.use({ settings: { SHOP_QUOTE_VALID_S: "3" } });

  test("the quote's step says so and makes a new one when asked", async ({ page }) => {
    await paste(page, one().text);
    await toQuote(page);
    const amount = await barAmount(page);
    await expect(page.getByText("견적 시간이 지났어요")).toBeVisible();
    await page.getByRole("button", { name: "견적 다시 받기" }).click();
    await expect(page.getByRole("link", { name: KO.toYou })).toBeVisible();
    expect(await barAmount(page)).toBe(amount);
  });

  test("an expired quote at another rate asks, at the same rate it goes on", async ({ page, shop }) => {
    await quickConfirm(page.request, shop, one().text, newPerson());
    await page.goto("/sell/confirm");
    const before = await barAmount(page);
    shop.newRate("cultureland", 7000);
    await expect.poll(() => shop.sql(`select count(*) from quotes where valid_until > ${Date.now() * 1000}`)).toBe("0");
    await page.getByRole("button", { name: KO.submit }).click();
    await expect(errors(page)).toContainText("바뀌었어요");
    const now = await barAmount(page);
    expect(now).toBeLessThan(before);
    await expect.poll(() => shop.sql(`select count(*) from quotes where valid_until > ${Date.now() * 1000}`)).toBe("0");
    await submit(page);
    await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
    expect(await orderAmount(page)).toBe(now);
  });
});

test("an amount, a rate or a fee sent by the browser changes nothing", async ({ page, shop }) => {
  await quickConfirm(page.request, shop, one().text, newPerson());
  await page.goto("/sell/confirm");
  const quoted = await barAmount(page);
  await page.locator("#submit-form").evaluate((form) => {
    for (const [name, value] of [["net", "999999"], ["amount", "999999"], ["rate_bp", "10000"], ["fee", "0"], ["quote[net]", "999999"], ["total_payable", "999999"]]) {
      const field = Object.assign(document.createElement("input"), { type: "hidden", name, value });
      form.append(field);
    }
  });
  await submit(page);
  await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  expect(await orderAmount(page)).toBe(quoted);
});

test("a voucher taken out after the quote is not paid for", async ({ page, context }) => {
  await paste(page, `${one().text}\n${one().text}`);
  await expect(rows(page)).toHaveCount(2);
  await toQuote(page);
  const both = await barAmount(page);
  const second = await context.newPage();
  await second.goto("/sell");
  await rows(second).first().locator("summary").click();
  await second.getByRole("button", { name: /^빼기/ }).first().click();
  await expect(rows(second)).toHaveCount(1);
  await page.reload();
  await expect(page.getByText("지금 시세로 계산할게요.")).toBeVisible();
  await page.getByRole("button", { name: "견적 다시 받기" }).click();
  await expect(page.getByRole("link", { name: KO.toYou })).toBeVisible();
  expect(await barAmount(page)).toBeLessThan(both);
});
