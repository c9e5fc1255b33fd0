// Finding one's orders: whoever doesn't hold the phone learns nothing, not even whether there are orders.
import { KO, codeFor, errors, listen, newPerson, newPhone, one, otherCode, quickSale } from "./helpers";
import { expect, test, type Shop } from "./shop";
import type { Browser, Page } from "@playwright/test";

/** All that a stranger can see of a lookup up to a wrong code: status, headers, words, markup; the phone and the times taken out. */
async function seen(browser: Browser, shop: Shop, phone: string, nth: number) {
  const context = await browser.newContext({ baseURL: shop.url, locale: "ko-KR" });
  const page = await context.newPage();
  const answers: unknown[] = [];
  const plain = (text: string) =>
    text
      .replaceAll(phone, "PHONE")
      .replaceAll(`${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`, "PHONE")
      .replace(/"(code_until|resend_after|now)":("[^"]*"|\d+)/g, '"$1":TIME')
      .replace(/\d{1,2}:\d{2}/g, "CLOCK");
  page.on("response", async (response) => {
    if (!response.url().includes("/fn/lookup/")) return;
    const { date: _, ...headers } = response.headers();
    answers.push({ status: response.status(), headers: Object.keys(headers).sort(), body: plain(await response.text()) });
  });
  await page.goto("/orders");
  await page.getByLabel(KO.phone).fill(phone);
  await page.getByRole("button", { name: KO.send }).click();
  await expect(page.getByLabel(KO.code)).toBeVisible();
  const sent = plain(await page.getByRole("main").innerText());
  const code = await codeFor(page.request, `${shop.sandbox}/phone`, phone, nth);
  await page.getByLabel(KO.code).fill(otherCode(code));
  await page.getByRole("button", { name: "주문 찾기" }).click();
  await expect(errors(page)).toContainText("인증번호가 달라요");
  const wrong = plain(await page.getByRole("main").innerText());
  await expect.poll(() => answers.length).toBe(2);
  return { page, code, told: { answers, sent, wrong } };
}

async function prove(page: Page, code: string): Promise<void> {
  await page.getByLabel(KO.code).fill(code);
  await page.getByRole("button", { name: "주문 찾기" }).click();
  await expect(page.getByRole("heading", { name: "주문 목록" })).toBeVisible();
}

test("a phone with orders and one without are answered alike until the code is right", async ({ browser, page, shop }) => {
  const person = newPerson();
  const order = await quickSale(page.request, shop, one().text, person);
  const known = await seen(browser, shop, person.phone, 2);
  const unknown = await seen(browser, shop, newPhone(), 1);
  expect(known.told).toEqual(unknown.told);
  expect(JSON.stringify(known.told)).not.toContain(order);

  const ear = listen(known.page);
  await prove(known.page, known.code);
  await expect(known.page.getByRole("link", { name: new RegExp(order) })).toBeVisible();
  await known.page.getByRole("link", { name: new RegExp(order) }).click();
  await expect(known.page).toHaveURL(new RegExp(order));
  await expect(known.page.getByText(KO.paid).first()).toBeVisible({ timeout: 30_000 });
  ear.check();

  await prove(unknown.page, unknown.code);
  await expect(unknown.page.getByText("이 번호로 접수한 주문이 없어요")).toBeVisible();
  await expect(unknown.page.getByRole("link", { name: /PD-/ })).toHaveCount(0);
  await known.page.context().close();
  await unknown.page.context().close();
});

test("an order's address alone opens nothing", async ({ browser, page, shop }) => {
  const order = await quickSale(page.request, shop, one().text);
  const context = await browser.newContext({ baseURL: shop.url, locale: "ko-KR" });
  const stranger = await context.newPage();
  const body = async (code: string) => {
    const answer = await stranger.goto(`/orders/${code}`);
    return [answer!.status(), (await stranger.getByRole("main").innerText()).replaceAll(code, "CODE")];
  };
  expect(await body(order)).toEqual(await body(order.replace(/.$/, order.endsWith("2") ? "3" : "2")));
  const post = (action: string) => context.request.post(`/fn/order/${action}`, { headers: { accept: "application/json", origin: shop.url }, form: { code: order } });
  for (const action of ["view", "cancel", "resend"]) expect((await post(action)).status(), action).toBe(404);
  expect((await context.request.get(`/orders/${order}/events`)).status()).toBe(404);
  await context.close();
});
