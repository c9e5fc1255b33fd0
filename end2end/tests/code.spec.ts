// The code by SMS: five tries, three minutes, one a minute, once.
import { KO, askCode, codeFor, errors, listen, newName, newPhone, one, otherCode, post, typeCode } from "./helpers";
import { expect, test, type Shop } from "./shop";
import type { Page } from "@playwright/test";

test.use({ settings: {} });

async function atPhone(page: Page, shop: Shop): Promise<void> {
  await post(page.request, shop, "sell/paste", [["text", one().text]]);
  await post(page.request, shop, "sell/quote", []);
  await page.goto("/sell/you");
}

test("five wrong codes are counted down, the right one comes too late, a new one is asked for", async ({ page, shop }) => {
  const ear = listen(page);
  const [name, phone] = [newName(), newPhone()];
  await atPhone(page, shop);
  await askCode(page, name, phone);
  const code = await codeFor(page.request, `${shop.sandbox}/phone`, phone);
  for (const left of [4, 3, 2, 1]) {
    await typeCode(page, otherCode(code, left));
    await expect(errors(page)).toContainText(`${left}번 더 입력할 수 있어요`);
    await expect(page.getByLabel(KO.code)).toHaveAttribute("aria-invalid", "true");
  }
  await typeCode(page, otherCode(code, 7));
  await expect(errors(page)).toContainText("다섯 번 모두 달랐어요");
  await expect(page.getByLabel(KO.phone)).toHaveValue(`${phone.slice(0, 3)}-${phone.slice(3, 7)}-${phone.slice(7)}`);
  await expect(page.getByLabel(KO.name, { exact: true })).toHaveValue(name);
  // The right code of a spent challenge opens nothing.
  const late = await page.request.post("/fn/sell/check_code", {
    headers: { accept: "application/json", origin: shop.url },
    form: { code },
  });
  expect((await late.json()).you.phone_proved).toBe(false);
  await page.getByRole("button", { name: KO.send }).click();
  await expect(page.getByLabel(KO.code)).toBeVisible();
  await typeCode(page, await codeFor(page.request, `${shop.sandbox}/phone`, phone, 2));
  await expect(page.getByLabel(KO.account)).toBeVisible();
  ear.check();
});

test("tries are counted over guesses sent at once", async ({ page, shop }) => {
  const phone = newPhone();
  await atPhone(page, shop);
  await askCode(page, newName(), phone);
  const code = await codeFor(page.request, `${shop.sandbox}/phone`, phone);
  const headers = { accept: "application/json", origin: shop.url };
  const guesses = Array.from({ length: 12 }, (_, by) => otherCode(code, by + 1));
  await Promise.all(guesses.map((guess) => page.request.post("/fn/sell/check_code", { headers, form: { code: guess } })));
  // Some of them met each other at the sale and were told to try again; whatever reached the code was counted.
  const counted = Number(shop.sql("select tries from otp_challenges"));
  expect(counted).toBeGreaterThan(0);
  for (const guess of guesses.slice(0, 6)) await page.request.post("/fn/sell/check_code", { headers, form: { code: guess } });
  expect(shop.sql("select state, tries from otp_challenges")).toBe("failed|5");
  const late = await page.request.post("/fn/sell/check_code", { headers, form: { code } });
  expect((await late.json()).you.phone_proved).toBe(false);
});

test("a code whose time is over says so, and a new one works", async ({ page, shop }) => {
  const ear = listen(page);
  const phone = newPhone();
  await page.clock.install();
  await atPhone(page, shop);
  await askCode(page, newName(), phone);
  const code = await codeFor(page.request, `${shop.sandbox}/phone`, phone);
  await expect(page.getByRole("timer")).toHaveText(/남은 시간 0[23]:/);
  shop.ageCodes(181);
  await page.clock.fastForward("03:01");
  await expect(page.getByRole("timer")).toHaveText("남은 시간 00:00");
  await typeCode(page, code);
  await expect(errors(page)).toContainText("인증번호를 쓸 수 있는 시간이 지났어요");
  await page.getByRole("button", { name: KO.send }).click();
  await expect(page.getByLabel(KO.code)).toBeVisible();
  await typeCode(page, await codeFor(page.request, `${shop.sandbox}/phone`, phone, 2));
  await expect(page.getByLabel(KO.account)).toBeVisible();
  ear.check();
});

test("another code may be asked for after a minute, and only the newest opens", async ({ page, shop }) => {
  const ear = listen(page);
  const phone = newPhone();
  await page.clock.install();
  await atPhone(page, shop);
  await askCode(page, newName(), phone);
  const first = await codeFor(page.request, `${shop.sandbox}/phone`, phone);
  const again = page.getByRole("button", { name: KO.resend });
  await expect(again).toBeDisabled();
  // A hasty browser clock doesn't hurry the server.
  await page.clock.fastForward("01:01");
  await expect(again).toBeEnabled();
  await again.click();
  await expect(errors(page)).toContainText(/초 뒤에 다시 받을 수 있어요/);
  shop.ageCodes(61);
  await page.clock.fastForward("01:01");
  await again.click();
  const second = await codeFor(page.request, `${shop.sandbox}/phone`, phone, 2);
  await expect(errors(page)).toHaveCount(0);
  await typeCode(page, first);
  await expect(errors(page)).toContainText("인증번호가 달라요");
  await typeCode(page, second);
  await expect(page.getByLabel(KO.account)).toBeVisible();
  ear.check();
});

test("a changed phone must be proved anew, and its code is not the first phone's", async ({ page, shop }) => {
  const [phone, other] = [newPhone(), newPhone()];
  await atPhone(page, shop);
  await askCode(page, newName(), phone);
  const code = await codeFor(page.request, `${shop.sandbox}/phone`, phone);
  await typeCode(page, code);
  await expect(page.getByLabel(KO.account)).toBeVisible();
  await page.locator('a[href*="edit=phone"]').click();
  await page.getByLabel(KO.phone).fill(other);
  await page.getByRole("button", { name: KO.send }).click();
  await expect(page.getByLabel(KO.code)).toBeVisible();
  const next = await codeFor(page.request, `${shop.sandbox}/phone`, other);
  if (next !== code) {
    await typeCode(page, code);
    await expect(errors(page)).toContainText("인증번호가 달라요");
  }
  await typeCode(page, next);
  await expect(page.getByLabel(KO.account)).toBeVisible();
});
