// What the specs share: a customer's data, the way through a sale, the sandbox's phone, and an ear for everything the
// browser complains about.
import AxeBuilder from "@axe-core/playwright";
import { expect, type APIRequestContext, type Locator, type Page, type Response } from "@playwright/test";
import { plant } from "./shop";

let serial = 0;

/** Digits that no other test of this run has used. */
export function digits(count: number): string {
  serial += 1;
  const seed = `${Date.now() % 10_000_000}${process.pid % 1000}${serial}${Math.floor(Math.random() * 1e9)}`;
  return seed.padEnd(count, "7").slice(-count);
}

/** A phone number of this test alone. Its ending means no trouble in the sandbox. */
export function newPhone(): string {
  return plant("phone", `010${digits(6)}${10 + (serial % 80)}`);
}

const SYLLABLES = [..."가나다라마바사아자차카타파하고노도로모보소오조초코토포호규누두루무부수우주추쿠투푸후"];

/** A name of this test alone. */
export function newName(): string {
  const syllable = () => SYLLABLES[Number(digits(4)) % SYLLABLES.length];
  return plant("name", `독고${syllable()}${syllable()}${syllable()}`);
}

/** An account of 카카오뱅크 of this test alone. Its ending means no trouble in the sandbox. */
export function newAccount(ending = "123"): string {
  return plant("account", `3333${digits(6)}${ending}`);
}

export type Person = { name: string; phone: string; account: string };

/** A customer of this test alone. */
export function newPerson(known: Partial<Person> = {}): Person {
  return { name: known.name ?? newName(), phone: known.phone ?? newPhone(), account: known.account ?? newAccount() };
}

/** In groups of four, the way people write them. */
export function grouped(pin: string, sign = "-"): string {
  return pin.match(/.{1,4}/g)!.join(sign);
}

let sold = 0;

/**
 * Two digits that come back after fifty vouchers of this worker at the earliest: the partners' journals tell of a number
 * by its last four only, and two of those are given.
 */
function twoDigits(): string {
  sold += 1;
  return String((Number(process.env.TEST_PARALLEL_INDEX ?? 0) % 2) * 50 + (sold % 50)).padStart(2, "0");
}

/** A number of 컬쳐랜드; its last four digits decide what the sandbox's issuer says (server/sandbox/README.md). */
export function cultureland(ending?: string): string {
  return plant("number", `4180${digits(8)}${ending ?? `${twoDigits()}11`}`);
}

/** Fresh vouchers of three brands in one message, the way KakaoTalk hands it on. Endings that mean trouble are avoided. */
export function message(): { text: string; pins: string[] } {
  const first = cultureland();
  const book = plant("number", `2${digits(13)}22`);
  const munhwa = plant("number", `36${digits(14)}33`);
  const text = [
    "[김하늘] [오후 3:21] 컬쳐랜드 상품권 50,000원",
    grouped(first),
    "유효기간 2031년 3월 17일, 문의 1588-0000",
    "",
    "북앤라이프 도서문화상품권 3만원권",
    `${grouped(book)} 비밀번호 7890`,
    "",
    "문화상품권 10,000원권",
    `${munhwa.slice(0, 4)}-${munhwa.slice(4, 8)}-${munhwa.slice(8, 12)}-${munhwa.slice(12)}`,
    "😀 감사합니다",
  ].join("\n");
  return { text, pins: [first, book, munhwa] };
}

/** One voucher of 컬쳐랜드, 50,000 won. */
export function one(ending?: string): { text: string; pin: string } {
  const pin = cultureland(ending);
  return { text: `컬쳐랜드 50,000원 ${grouped(pin)}`, pin };
}

/** Collects whatever the browser reports as wrong but what a test expects; `check` at the end of a test. */
export function listen(page: Page, expected?: RegExp): { check: () => void } {
  const heard: string[] = [];
  page.on("console", (line) => {
    const wrong = line.type() === "error" || line.type() === "warning";
    if (wrong && !expected?.test(line.text())) heard.push(`${line.type()}: ${line.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`exception: ${error.message}`));
  return { check: () => expect(heard, "the browser has nothing to complain about").toEqual([]) };
}

/** Nothing for axe to complain about, and nothing to scroll sideways. `rules` looks only for these. */
export async function accessible(page: Page, where: string, rules?: string[]): Promise<void> {
  const axe = new AxeBuilder({ page });
  const result = await (rules ? axe.withRules(rules) : axe).analyze();
  const found = result.violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.target.join(" ")).join(", ")}`);
  expect.soft(found, `${where} is accessible`).toEqual([]);
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect.soft(wide, `${where} has no sideways scrolling`).toBeLessThanOrEqual(0);
}

/** Looks at a page in both lights. The dark one differs in nothing but colours. */
export async function inBothLights(page: Page, where: string): Promise<void> {
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  await accessible(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await accessible(page, `${where}, dark`, ["color-contrast", "link-in-text-block"]);
}

/** A page's status and the headers that guard it; each of its scripts has the answer's nonce, nothing is styled in place. */
export async function guarded(answer: Response | null, where: string, status = 200): Promise<void> {
  expect(answer?.status(), where).toBe(status);
  const headers = await answer!.allHeaders();
  const policy = headers["content-security-policy"];
  expect(policy, where).toMatch(/script-src 'nonce-[\w-]{16,}' 'strict-dynamic'/);
  expect(policy, where).toContain("frame-ancestors 'none'");
  expect(headers, where).toMatchObject({ "x-content-type-options": "nosniff", "referrer-policy": "same-origin", "cache-control": "no-store" });
  const html = await answer!.text();
  const nonce = policy.match(/'nonce-([^']+)'/)![1];
  for (const tag of html.match(/<script\b[^>]*>/g) ?? []) expect(tag, where).toContain(`nonce="${nonce}"`);
  expect(html, where).not.toMatch(/ style="/);
}

/** Presses Tab until the control has the keyboard; every stop on the way must show that it is there. */
export async function tabTo(page: Page, control: Locator, most = 60): Promise<void> {
  await expect(control).toBeVisible();
  for (let presses = 0; presses < most; presses += 1) {
    await page.keyboard.press("Tab");
    const shown = await page.evaluate(() => {
      const seen = (element: Element | null | undefined) => {
        if (!element) return false;
        const style = getComputedStyle(element);
        return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
      };
      const at = document.activeElement;
      if (!at || at === document.body) return "";
      // The ring of a hidden radio button is drawn around its label, the paste box's around its card.
      const ring = [at, at.closest("label"), at.closest(".hero-card")].some(seen);
      return ring ? "" : `${at.tagName} ${at.id || at.textContent?.trim().slice(0, 30)}`;
    });
    expect(shown, "the focus is visible").toBe("");
    if (await control.evaluate((element) => element === document.activeElement)) return;
  }
  throw new Error(`Tab did not reach ${control}`);
}

/** What vouchers come to, as a sale of its own is quoted. */
export async function quoted(request: APIRequestContext, shop: Place, texts: string[]): Promise<number> {
  await post(request, shop, "sell/paste", [["text", texts.join("\n")]]);
  const view = await post(request, shop, "sell/quote", []);
  return Number((view.quote as { net: number | string }).net);
}

/** Where the sandbox's phone is, as the banner says. */
export async function phoneUrl(page: Page): Promise<string> {
  const href = await page.locator('a[href*="/phone"]').first().getAttribute("href");
  expect(href, "the sandbox banner links to the phone").toBeTruthy();
  return href!;
}

/** The newest code sent to a phone, once `nth` codes have arrived there. */
export async function codeFor(request: APIRequestContext, phoneBase: string, phone: string, nth = 1): Promise<string> {
  const url = new URL(phoneBase);
  let code = "";
  await expect
    .poll(
      async () => {
        const answer = await request.get(`${url.origin}/phone.json?to=${phone}`);
        const text = await answer.text();
        const found = [...text.matchAll(/(?:인증번호|code):? (\d{6})/gi)].map((match) => match[1]);
        code = (found.length >= nth && found[0]) || "";
        return code;
      },
      { timeout: 15_000, intervals: [50, 100, 200], message: `a code arrives at ${phone}` },
    )
    .toMatch(/^\d{6}$/);
  return plant("code", code);
}

/** Another code of six digits than this one. */
export function otherCode(code: string, by = 1): string {
  return String((Number(code) + by) % 1_000_000).padStart(6, "0");
}

/** Won out of a text: "받을 금액 81,234원" → 81234. */
export function won(text: string): number {
  const amount = text.match(/₩\s*([\d,]+)|([\d,]+)\s*원/);
  return amount ? Number((amount[1] ?? amount[2]).replaceAll(",", "")) : Number.NaN;
}

/** The amount in the bar at the foot, as a number. */
export async function barAmount(page: Page): Promise<number> {
  return won(await page.locator(".bar").innerText());
}

/** The amount at the top of the order's page. */
export async function orderAmount(page: Page): Promise<number> {
  return won(await page.locator(".order-head .sum").innerText());
}

/** The controls' names, in the reader's language. */
export const KO = {
  paste: "받은 문자를 그대로 붙여넣으세요",
  find: "번호 찾기",
  toQuote: "견적 보기",
  toYou: "이 금액으로 계속",
  name: "이름",
  phone: "휴대폰 번호",
  send: "인증번호 받기",
  resend: "다시 받기",
  code: "인증번호 6자리",
  check: "확인",
  bank: "은행",
  bankName: "카카오뱅크",
  account: "계좌번호",
  accountCheck: "계좌 확인하기",
  consents: "동의해 주세요",
  required: /\[필수\]/,
  toConfirm: "동의하고 계속",
  submit: "판매 접수하기",
  paid: "입금했어요",
  findOrders: "주문 찾기",
  orders: "주문 목록",
  inquiry: "무엇을 도와드릴까요?",
  sendInquiry: "문의 보내기",
  inquirySent: "문의를 받았어요",
};
export const EN: typeof KO = {
  paste: "Paste the message just as you received it",
  find: "Find numbers",
  toQuote: "See the quote",
  toYou: "Continue",
  name: "Name",
  phone: "Mobile number",
  send: "Send code",
  resend: "Send again",
  code: "6-digit code",
  check: "Confirm",
  bank: "Bank",
  bankName: "KakaoBank",
  account: "Account number",
  accountCheck: "Check the account",
  consents: "Your consent",
  required: /\[Required\]/,
  toConfirm: "Agree and continue",
  submit: "Submit",
  paid: "has been paid",
  findOrders: "Find orders",
  orders: "Your orders",
  inquiry: "How can we help?",
  sendInquiry: "Send",
  inquirySent: "We’ve got your message",
};

/** The vouchers in the sale. */
export function rows(page: Page): Locator {
  return page.locator("details.voucher");
}

/** What is wrong, above the form. */
export function errors(page: Page): Locator {
  return page.locator("#errors");
}

export async function paste(page: Page, text: string, w = KO): Promise<void> {
  await page.goto("/sell");
  await page.getByLabel(w.paste).fill(text);
  await page.getByRole("button", { name: w.find }).click();
}

export async function toQuote(page: Page, w = KO): Promise<void> {
  await page.getByRole("button", { name: w.toQuote }).click();
  await expect(page).toHaveURL(/\/sell\/quote$/);
}

export async function toYou(page: Page, w = KO): Promise<void> {
  await page.getByRole("link", { name: w.toYou }).click();
  await expect(page).toHaveURL(/\/sell\/you/);
}

/** Name and phone typed, the code asked for. */
export async function askCode(page: Page, name: string, phone: string, w = KO): Promise<void> {
  await page.getByLabel(w.name, { exact: true }).fill(name);
  await page.getByLabel(w.phone).fill(phone);
  await page.getByRole("button", { name: w.send }).click();
  await expect(page.getByLabel(w.code)).toBeVisible();
}

export async function typeCode(page: Page, code: string, w = KO): Promise<void> {
  await page.getByLabel(w.code).fill(code);
  await page.getByRole("button", { name: w.check, exact: true }).click();
}

export async function prove(page: Page, name: string, phone: string, phoneBase: string, w = KO): Promise<void> {
  await askCode(page, name, phone, w);
  await typeCode(page, await codeFor(page.request, phoneBase, phone), w);
}

export async function chooseBank(page: Page, w = KO): Promise<void> {
  await page.getByLabel(w.bank, { exact: true }).fill(w.bankName);
}

export async function payee(page: Page, account: string, w = KO): Promise<void> {
  await chooseBank(page, w);
  await page.getByLabel(w.account).fill(account);
  await page.getByRole("button", { name: w.accountCheck }).click();
  await expect(page.getByRole("heading", { name: w.consents })).toBeVisible();
}

export async function consents(page: Page, w = KO): Promise<void> {
  for (const box of await page.getByRole("checkbox", { name: w.required }).all()) await box.check();
  await page.getByRole("button", { name: w.toConfirm }).click();
  await expect(page).toHaveURL(/\/sell\/confirm$/);
}

/// The page's controls answer in the browser; before that a form is posted as a plain one.
export async function awake(page: Page): Promise<void> {
  await expect(page.locator("html[data-awake]")).toBeAttached();
}

export async function submit(page: Page, w = KO): Promise<void> {
  await page.getByRole("button", { name: w.submit }).click();
  await expect(page).toHaveURL(/\/orders\/PD-/, { timeout: 15_000 });
}

/** The places of a sale, in the order they are met. */
export type Stop = "vouchers" | "quote" | "phone" | "code" | "account" | "consents" | "confirm";

/** From the pasted text to the last look, stopping wherever the caller wants to. */
export async function toConfirm(
  page: Page,
  text: string,
  person: Person,
  { stop = async () => {}, w = KO }: { stop?: (place: Stop) => Promise<void>; w?: typeof KO } = {},
): Promise<void> {
  await page.goto("/sell");
  const phoneBase = await phoneUrl(page);
  await paste(page, text, w);
  await expect(rows(page).first()).toBeVisible();
  await stop("vouchers");
  await toQuote(page, w);
  await stop("quote");
  await toYou(page, w);
  await stop("phone");
  await askCode(page, person.name, person.phone, w);
  await stop("code");
  await typeCode(page, await codeFor(page.request, phoneBase, person.phone), w);
  await expect(page.getByLabel(w.account)).toBeVisible();
  await stop("account");
  await payee(page, person.account, w);
  await stop("consents");
  await consents(page, w);
  await stop("confirm");
}

/** The whole sale; answers with the order's code. */
export async function sell(page: Page, text: string, person: Person = newPerson(), w = KO): Promise<string> {
  await toConfirm(page, text, person, { w });
  await submit(page, w);
  return new URL(page.url()).pathname.split("/").pop()!;
}

type Place = { url: string; sandbox: string };

/**
 * The same forms without a page: everything up to the last look, under the cookies of `request`. Answers the key of the
 * submit. `nth`: how many codes the phone has got by then.
 */
export async function quickConfirm(request: APIRequestContext, shop: Place, text: string, person: Person, nth = 1): Promise<string> {
  await post(request, shop, "sell/paste", [["text", text]]);
  await post(request, shop, "sell/quote", []);
  await post(request, shop, "sell/send_code", [["name", person.name], ["phone", person.phone]]);
  await post(request, shop, "sell/check_code", [["code", await codeFor(request, `${shop.sandbox}/phone`, person.phone, nth)]]);
  await post(request, shop, "sell/payee", [["bank_code", "090"], ["account", person.account], ["holder", person.name]]);
  const given = ["consent_terms", "consent_privacy", "consent_own_voucher"];
  const view = await post(request, shop, "sell/consents", given.map((kind) => ["granted[]", `${kind}:1`]));
  return view.submit_key as string;
}

/** The whole sale without a page. With `page.request` the page may then open the order, whose code this answers. */
export async function quickSale(request: APIRequestContext, shop: Place, text: string, person: Person = newPerson(), nth = 1): Promise<string> {
  const key = await quickConfirm(request, shop, text, person, nth);
  const view = await post(request, shop, "sell/submit", [["submit_key", key]]);
  expect(view.order_code).toMatch(/^PD-/);
  return view.order_code as string;
}

/** Sends a form as an island does and takes the view that comes back, which must have nothing to complain about. */
export async function post(request: APIRequestContext, shop: Place, action: string, fields: string[][]): Promise<Record<string, unknown>> {
  const answer = await request.post(`${shop.url}/fn/${action}`, {
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded", origin: shop.url },
    data: new URLSearchParams(fields).toString(),
  });
  const text = await answer.text();
  expect(answer.status(), `${action}: ${text.slice(0, 300)}`).toBe(200);
  const view = JSON.parse(text);
  expect(view.errors, action).toEqual([]);
  return view;
}

/** The codes of the orders a phone finds in the lookup, in a browser of its own. */
export async function ordersOf(page: Page, phone: string, nth: number): Promise<string[]> {
  const other = await page.context().browser()!.newContext({ baseURL: new URL(page.url()).origin, locale: "ko-KR" });
  const visitor = await other.newPage();
  await visitor.goto("/orders");
  const phoneBase = await phoneUrl(visitor);
  await visitor.getByLabel(KO.phone).fill(phone);
  await visitor.getByRole("button", { name: KO.send }).click();
  await expect(visitor.getByLabel(KO.code)).toBeVisible();
  await visitor.getByLabel(KO.code).fill(await codeFor(visitor.request, phoneBase, phone, nth));
  await visitor.getByRole("button", { name: "주문 찾기" }).click();
  await expect(visitor.getByRole("heading", { name: "주문 목록" })).toBeVisible();
  const hrefs = await visitor.getByRole("link").evaluateAll((links) => links.map((link) => link.getAttribute("href") ?? ""));
  await other.close();
  return hrefs.filter((href) => href.startsWith("/orders/PD-")).map((href) => href.split("/").pop()!);
}
