// Without JavaScript every form still does its work and says what is wrong in its place.
import { KO, barAmount, codeFor, cultureland, errors, grouped, newName, newPerson, newPhone, one, otherCode, quickConfirm, quickSale, quoted, rows, submit, toQuote, won } from "./helpers";
import { expect, test } from "./shop";
import type { Page } from "@playwright/test";

test.use({ javaScriptEnabled: false });

async function askLookup(page: Page, phone: string): Promise<void> {
  await page.goto("/orders");
  await page.getByLabel(KO.phone).fill(phone);
  await page.getByRole("button", { name: KO.send }).click();
  await expect(page.getByLabel(KO.code)).toBeVisible();
}

async function tellCode(page: Page, code: string): Promise<void> {
  await page.getByLabel(KO.code).fill(code);
  await page.getByRole("button", { name: KO.findOrders }).click();
}

test("orders are found by phone and code, opened, and shut again", async ({ page, shop, playwright }) => {
  const person = newPerson();
  const seller = await playwright.request.newContext();
  const order = await quickSale(seller, shop, one().text, person);
  await seller.dispose();
  await askLookup(page, person.phone);
  expect((await page.request.get(`/orders/${order}`)).status()).toBe(404);
  await tellCode(page, await codeFor(page.request, `${shop.sandbox}/phone`, person.phone, 2));
  await expect(page.getByRole("heading", { name: KO.orders })).toBeVisible();
  await page.getByRole("link", { name: new RegExp(order) }).click();
  await expect(page).toHaveURL(new RegExp(`${order}$`));
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(KO.paid).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 30_000 });
  await page.goto("/orders");
  await page.getByRole("button", { name: "조회 끝내기" }).click();
  await expect(page.getByLabel(KO.phone)).toHaveValue("");
  expect((await page.request.get(`/orders/${order}`)).status()).toBe(404);
});

test("a wrong code and one whose time is over say so, and a new one opens", async ({ page, shop }) => {
  const phone = newPhone();
  await askLookup(page, phone);
  const code = await codeFor(page.request, `${shop.sandbox}/phone`, phone);
  await tellCode(page, otherCode(code));
  await expect(errors(page)).toContainText("인증번호가 달라요");
  await expect(errors(page)).toContainText("4번 더 입력할 수 있어요");
  await expect(page.getByLabel(KO.code)).toHaveAttribute("aria-invalid", "true");
  shop.ageCodes(181);
  await tellCode(page, code);
  await expect(errors(page)).toContainText("인증번호를 쓸 수 있는 시간이 지났어요");
  await expect(page.getByRole("heading", { name: KO.orders })).toHaveCount(0);
  await expect(page.getByLabel(KO.phone)).toHaveValue(/010/);
  await page.getByRole("button", { name: /인증번호 받기|다시 받기/ }).click();
  await tellCode(page, await codeFor(page.request, `${shop.sandbox}/phone`, phone, 2));
  await expect(page.getByText("이 번호로 접수한 주문이 없어요")).toBeVisible();
});

test("the landing's box leads to the vouchers found in it", async ({ page }) => {
  const { text, pin } = one();
  await page.goto("/");
  await expect(page.getByText("판매하기를 누르면 금액을 보여 드려요")).toBeVisible();
  await page.getByLabel(KO.paste).fill(text);
  await page.getByRole("button", { name: "판매하기" }).click();
  await expect(page).toHaveURL(/\/sell$/);
  await expect(rows(page)).toHaveCount(1);
  await rows(page).locator("summary").click();
  await expect(rows(page).getByLabel(/번호|PIN/).first()).toHaveValue(grouped(pin));
  expect(await barAmount(page)).toBe(50_000);
});

test("the calculator asks the page and keeps what was chosen", async ({ page, request, shop }) => {
  const calc = page.locator("#calc");
  const shown = async () => won(await calc.locator(".sum").innerText());
  await page.goto("/");
  await calc.getByRole("combobox").selectOption("cultureland");
  await calc.getByText("50,000원", { exact: true }).click();
  await calc.getByRole("spinbutton").fill("3");
  await calc.getByRole("button", { name: "계산하기" }).click();
  await expect(page).toHaveURL(/[?&]count=3\b.*#calc$/);
  expect(await shown()).toBe(await quoted(request, shop, [one().text, one().text, one().text]));
  const three = await shown();
  // Another brand has other faces: the one chosen before gives way to one there is.
  await calc.getByRole("combobox").selectOption("booknlife");
  await calc.getByRole("button", { name: "계산하기" }).click();
  await expect(calc.getByRole("combobox")).toHaveValue("booknlife");
  await expect(calc.getByRole("spinbutton")).toHaveValue("3");
  await expect(calc.getByRole("radio", { checked: true })).toHaveCount(1);
  expect(await shown()).toBeGreaterThan(0);
  expect(await shown()).not.toBe(three);
});

test("a brand that is no longer bought is explained, and alone it leads nowhere", async ({ page }) => {
  await page.goto("/sell");
  await page.getByLabel(KO.paste).fill(`해피머니 상품권 50,000원 ${grouped(cultureland().replace(/^4180/, "7700"))} 발행일 20240101`);
  await page.getByRole("button", { name: KO.find }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(rows(page).getByText(/이제 매입하지 않아요/).first()).toBeVisible();
  await page.getByRole("button", { name: KO.toQuote }).click();
  await expect(errors(page)).toBeVisible();
  await expect(page).toHaveURL(/\/sell$/);
});

test("an inquiry keeps what was typed until it can be sent, and is sent once", async ({ page, shop }) => {
  const sent = () => Number(shop.sql("select count(*) from inquiries"));
  const before = sent();
  const name = newName();
  await page.goto("/inquiry");
  await page.getByLabel(KO.name, { exact: true }).fill(name);
  await page.getByLabel(KO.phone).fill("02-123-4567");
  await page.getByLabel(KO.inquiry).fill("입금이 언제 되는지\n궁금해요.");
  await page.getByRole("button", { name: KO.sendInquiry }).click();
  await expect(errors(page).getByRole("link")).toHaveCount(1);
  await expect(page.getByLabel(KO.phone)).toHaveAttribute("aria-invalid", "true");
  await expect(page.getByLabel(KO.phone)).toHaveValue("02-123-4567");
  await expect(page.getByLabel(KO.name, { exact: true })).toHaveValue(name);
  await expect(page.getByLabel(KO.inquiry)).toHaveValue("입금이 언제 되는지\n궁금해요.");
  expect(sent()).toBe(before);
  await page.getByLabel(KO.phone).fill(newPhone());
  await page.getByRole("button", { name: KO.sendInquiry }).click();
  await expect(page.getByText(KO.inquirySent)).toBeVisible();
  await page.reload();
  await expect(page.getByLabel(KO.inquiry)).toHaveValue("");
  expect(sent()).toBe(before + 1);
});

test.describe("when the quote runs out", () => {
  test.use({ settings: { SHOP_QUOTE_VALID_S: "3" } });

  test("its step says so, and makes a new one when asked", async ({ page, shop }) => {
    await page.goto("/sell");
    await page.getByLabel(KO.paste).fill(one().text);
    await page.getByRole("button", { name: KO.find }).click();
    await toQuote(page);
    const amount = await barAmount(page);
    await expect(page.getByRole("link", { name: KO.toYou })).toBeVisible();
    await expect.poll(() => shop.sql(`select count(*) from quotes where valid_until > ${Date.now() * 1000}`)).toBe("0");
    await page.reload();
    await expect(page.getByText("견적 시간이 지났어요")).toBeVisible();
    await expect(page.getByRole("link", { name: KO.toYou })).toHaveCount(0);
    await page.getByRole("button", { name: "견적 다시 받기" }).click();
    await expect(page.getByRole("link", { name: KO.toYou })).toBeVisible();
    expect(await barAmount(page)).toBe(amount);
  });

  test("submitting at another rate shows both amounts and asks again", async ({ page, shop }) => {
    await quickConfirm(page.request, shop, one().text, newPerson());
    await page.goto("/sell/confirm");
    const before = await barAmount(page);
    shop.newRate("cultureland", 7000);
    await expect.poll(() => shop.sql(`select count(*) from quotes where valid_until > ${Date.now() * 1000}`)).toBe("0");
    await page.getByRole("button", { name: KO.submit }).click();
    await expect(errors(page)).toContainText(/견적이 [\d,]+원에서 [\d,]+원으로 바뀌었어요/);
    await expect(errors(page)).toContainText(before.toLocaleString("en-US"));
    expect(await barAmount(page)).toBeLessThan(before);
    expect(shop.sql("select count(*) from orders")).toBe("0");
    await submit(page);
    expect(shop.sql("select count(*) from orders")).toBe("1");
  });
});
