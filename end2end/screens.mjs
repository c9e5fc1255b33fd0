// Pictures of every customer page and every desk in the states that matter: phone and laptop, light and dark, and the
// main ones in English, into the folder named as the first argument. Run by `make screens`, which starts the product on fresh data.
// A second argument pictures only what begins with it.
import { execFileSync } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";
import { desks } from "./screens-desk.mjs";

const base = process.env.PINDESK_E2E_URL;
const [out, only = ""] = process.argv.slice(2);
if (!base || !out) throw new Error("start this with `make screens`");
mkdirSync(out, { recursive: true });

/** A browser of its own for every visitor: one that has pictured two hundred pages is no longer steady. */
const launch = () =>
  chromium.launch({
    executablePath: process.env.PINDESK_CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--hide-scrollbars", "--lang=ko-KR"],
  });
const sizes = [
  { name: "360", viewport: { width: 360, height: 740 } },
  { name: "1366", viewport: { width: 1366, height: 768 } },
];
const looks = sizes.flatMap((size) => ["light", "dark"].map((scheme) => ({ size, scheme })));
const sandbox = (await (await fetch(base)).text()).match(/href="(https?:\/\/[^"]+)\/phone"/)?.[1];
if (!sandbox) throw new Error("the page has no way to the sandbox's phone");

// --- customers and their vouchers ----------------------------------------------------------------
let serial = Date.now() % 10_000_000;
const tail = () => String((serial += 1)).padStart(8, "0");
const grouped = (pin) => pin.match(/.{1,4}/g).join("-");
/** 컬쳐랜드; the last four digits decide what the sandbox's issuer says (server/sandbox/README.md). */
const culture = (ending = "1011") => grouped(`4180${tail()}${ending}`);
/** An ending that means no trouble in the sandbox. */
const newPhone = () => `0107${tail().slice(-5)}11`;
const culturelands = (...endings) => endings.map((ending) => `컬쳐랜드 50,000원 ${culture(ending)}`).join("\n");

function message() {
  return [
    `[김하늘] [오후 3:21] 컬쳐랜드 상품권 50,000원\n${culture()}`,
    `북앤라이프 도서문화상품권 3만원권\n${grouped(`212200${tail()}22`)} 비밀번호 7890`,
    `문화상품권 10,000원권\n${grouped(`36${tail()}22779911`)}`,
  ].join("\n\n");
}

/** The newest code at a phone, once `nth` have arrived. */
async function codeFor(phone, nth = 1) {
  for (let tries = 0; tries < 80; tries += 1) {
    const text = await (await fetch(`${sandbox}/phone.json?to=${phone}`)).text();
    const codes = [...text.matchAll(/(?:인증번호|code) (\d{6})/g)].map((found) => found[1]);
    if (codes.length >= nth) return codes[0];
    await new Promise((done) => setTimeout(done, 250));
  }
  throw new Error(`no code for ${phone}`);
}

async function faults(rules) {
  const answer = await fetch(`${sandbox}/faults`, { method: "PUT", body: JSON.stringify(rules) });
  if (!answer.ok) throw new Error(`faults: ${await answer.text()}`);
}

// --- the sale without a page, for the states only its end shows --------------------------------------
async function post(request, action, fields) {
  const answer = await request.post(`${base}/fn/${action}`, {
    headers: { accept: "application/json", "content-type": "application/x-www-form-urlencoded", origin: base },
    data: new URLSearchParams(fields).toString(),
  });
  const text = await answer.text();
  if (!answer.ok()) throw new Error(`${action}: ${answer.status()} ${text.slice(0, 200)}`);
  const view = JSON.parse(text);
  if (view.errors?.length) throw new Error(`${action}: ${JSON.stringify(view.errors)}`);
  return view;
}

async function quickSale(request, text, { phone = newPhone(), nth = 1, account = `3333${tail()}1` } = {}) {
  await post(request, "sell/paste", [["text", text]]);
  await post(request, "sell/quote", []);
  await post(request, "sell/send_code", [["name", "홍길동"], ["phone", phone]]);
  await post(request, "sell/check_code", [["code", await codeFor(phone, nth)]]);
  await post(request, "sell/payee", [["bank_code", "090"], ["account", account], ["holder", "홍길동"]]);
  const given = ["consent_terms", "consent_privacy", "consent_own_voucher"];
  const { submit_key } = await post(request, "sell/consents", given.map((kind) => ["granted[]", `${kind}:1`]));
  return (await post(request, "sell/submit", [["submit_key", submit_key]])).order_code;
}

async function until(what, look, ms = 60_000) {
  const end = Date.now() + ms;
  while (Date.now() < end) {
    if (await look()) return;
    await new Promise((done) => setTimeout(done, 300));
  }
  throw new Error(`it never came to: ${what}`);
}

// --- pictures ---------------------------------------------------------------------------------------
const KO = {
  suffix: "", locale: "ko-KR", paste: "받은 문자를 그대로 붙여넣으세요", find: "번호 찾기", toQuote: "견적 보기",
  toYou: "이 금액으로 계속", name: "이름", phone: "휴대폰 번호", send: "인증번호 받기", code: "인증번호 6자리", check: "확인",
  bank: "은행", bankName: "카카오뱅크", account: "계좌번호", accountCheck: "계좌 확인하기", toConfirm: "동의하고 계속",
  submit: "판매 접수하기", again: "견적 다시 받기", lookup: "주문 찾기", inquiry: "무엇을 도와드릴까요?", sendInquiry: "문의 보내기",
};
const EN = {
  suffix: "-en", locale: "en-US", paste: "Paste the message just as you received it", find: "Find numbers",
  toQuote: "See the quote", toYou: "Continue", name: "Name", phone: "Mobile number", send: "Send code", code: "6-digit code",
  check: "Confirm", bank: "Bank", bankName: "KakaoBank", account: "Account number", accountCheck: "Check the account",
  toConfirm: "Agree and continue", submit: "Submit",
};

async function booth({ size, scheme }, w = KO, storageState = undefined) {
  const browser = await launch();
  const context = await browser.newContext({
    viewport: size.viewport, colorScheme: scheme, locale: w.locale, timezoneId: "Asia/Seoul", reducedMotion: "reduce", storageState,
  });
  const page = await context.newPage();
  // `live`: the page keeps a stream open, so the network never rests.
  // `most`: no taller than this many pixels, for lists that go on and on.
  const shot = async (name, { full = true, live = false, most = Infinity } = {}) => {
    if (!name.startsWith(only)) return;
    if (!live) await page.waitForLoadState("networkidle").catch(() => {});
    await page.waitForFunction(() => sessionStorage.typeface);
    await page.evaluate(() => document.fonts.ready);
    if (full) {
      // As tall as the page: what sticks to the foot of the screen then stands at the foot of the picture.
      await page.evaluate(() => scrollTo(0, 0));
      const height = await page.evaluate(() => document.documentElement.scrollHeight);
      await page.setViewportSize({ width: size.viewport.width, height: Math.min(most, Math.max(height, size.viewport.height)) });
    }
    await page.waitForTimeout(250);
    await page.screenshot({ path: join(out, `${name}${w.suffix}-${size.name}-${scheme}.png`), animations: "disabled" });
    await page.setViewportSize(size.viewport);
  };
  const go = (path) => page.goto(base + path);
  const press = (name, role = "button") => page.getByRole(role, { name, exact: true }).click();
  return { page, shot, go, press, close: () => browser.close() };
}

/** Landing, the four steps, the order while it is busy and when it is paid. */
async function sale(look, w = KO) {
  const { page, shot, go, press, close } = await booth(look, w);
  await go("/");
  await shot("landing");
  await page.locator("textarea").first().fill(message());
  await page.locator(".found-row").first().waitFor();
  await shot("landing-pasted", { full: false });

  await go("/sell");
  await shot("sell-empty");
  if (w === KO) {
    await page.getByLabel(w.paste).fill("안녕하세요. 내일 3시에 만나요.");
    await press(w.find);
    await page.locator(".banner").first().waitFor();
    await shot("sell-nothing-found");
    await page.getByLabel(w.paste).fill(`컬쳐랜드 ${culture()}`);
    await press(w.find);
    await page.locator("details.voucher").first().waitFor();
    await page.getByLabel(w.paste).fill(`컬쳐랜드 4180-1234-5678-90\n구글 기프트카드 1234 5678\n${culturelands("1011")}\n해피머니 50,000원 ${grouped(`9${tail()}1234567`)} 발행일 20240101`);
    await press(w.find);
    await page.locator("details.voucher").nth(2).waitFor();
    await shot("sell-problems");
    for (let left = await page.locator("details.voucher").count(); left > 0; left -= 1) {
      const row = page.locator("details.voucher").first();
      if (!(await row.evaluate((details) => details.open))) await row.locator("summary").click();
      await row.getByRole("button", { name: /^빼기/ }).click();
      await until("a row less", async () => (await page.locator("details.voucher").count()) < left);
    }
  }
  await page.getByLabel(w.paste).fill(message());
  await press(w.find);
  await page.locator("details.voucher").nth(2).waitFor();
  await shot("sell-vouchers");
  await press(w.toQuote);
  await page.waitForURL(/quote$/);
  await shot("sell-quote");
  await press(w.toYou, "link");
  await page.waitForURL(/you/);
  await page.getByLabel(w.name, { exact: true }).fill("홍길동");
  if (w === KO) {
    await page.getByLabel(w.phone).fill("02-123-4567");
    await press(w.send);
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await shot("sell-you-error");
  }
  const phone = newPhone();
  await page.getByLabel(w.phone).fill(phone);
  await press(w.send);
  await page.getByLabel(w.code).waitFor();
  await shot("sell-you-code");
  await page.getByLabel(w.code).fill(await codeFor(phone));
  await press(w.check);
  await page.getByLabel(w.bank, { exact: true }).waitFor();
  await shot("sell-you-account");
  await page.getByLabel(w.bank, { exact: true }).fill(w.bankName);
  // One account under several phones would be held by the risk rules; the last digits decide what the bank says.
  await page.getByLabel(w.account).fill(`3333${tail().slice(-4)}45678`);
  await press(w.accountCheck);
  await page.locator('[id="consent_terms"]').waitFor();
  await shot("sell-you-consents");
  for (const kind of ["consent_terms", "consent_privacy", "consent_own_voucher"]) await page.locator(`[id="${kind}"]`).check();
  await press(w.toConfirm);
  await page.waitForURL(/confirm$/);
  await shot("sell-confirm");
  // The issuer takes its time, so that there is something to wait for.
  await faults([{ party: "issuer", operation: "inquiry", fault: "slow", delay_ms: 15 }]);
  await press(w.submit);
  await page.waitForURL(/orders\/PD-/);
  await page.locator(".line-step.is-current").first().waitFor();
  await shot("order-busy", { live: true });
  await page.locator(".line-step.is-done").nth(5).waitFor({ timeout: 60_000 });
  await faults([]);
  await shot("order-paid", { live: true });
  await close();
}

/** What is written, and what can't be found. */
async function pages(look) {
  const { page, shot, go, press, close } = await booth(look);
  for (const name of ["notices", "faq", "guide", "terms", "privacy", "inquiry"]) {
    await go(`/${name}`);
    await shot(name, { full: !["terms", "privacy"].includes(name) });
  }
  await go("/notices");
  await page.locator("#main li a").first().click();
  await shot("notice");
  await go("/nowhere");
  await shot("not-found");
  await go("/inquiry");
  await page.getByLabel(KO.name, { exact: true }).fill("홍길동");
  await page.getByLabel(KO.phone).fill(newPhone());
  await page.getByLabel(KO.inquiry).fill("입금이 언제 되는지 궁금해요.");
  await press(KO.sendInquiry);
  await page.getByRole("status").first().waitFor();
  await shot("inquiry-sent");

  await go("/orders");
  await shot("lookup");
  const phone = newPhone();
  await page.getByLabel(KO.phone).fill(phone);
  await press(KO.send);
  await page.getByLabel(KO.code).waitFor();
  await shot("lookup-code");
  await page.getByLabel(KO.code).fill(await codeFor(phone));
  await press(KO.lookup);
  await page.locator("#list-title").waitFor();
  await shot("lookup-empty");
  await close();
}

/** A quote whose time has passed: the page's clock goes on by eleven minutes. */
async function expired(look) {
  const { page, shot, go, press, close } = await booth(look);
  await page.clock.install();
  await go("/sell");
  await page.getByLabel(KO.paste).fill(culturelands("1011"));
  await press(KO.find);
  await page.locator("details.voucher").first().waitFor();
  await press(KO.toQuote);
  await page.waitForURL(/quote$/);
  await page.clock.fastForward(11 * 60_000);
  await page.getByRole("button", { name: KO.again }).waitFor();
  await shot("sell-quote-expired");
  await close();
}

/** Orders that don't end well, made once; their browser's cookies open them. */
async function troubles() {
  const browser = await launch();
  const context = await browser.newContext({ locale: "ko-KR", timezoneId: "Asia/Seoul" });
  const { request } = context;
  const phone = newPhone();
  const view = (code) => post(request, "order/view", [["code", code]]);
  const orders = {};
  orders.rejected = await quickSale(request, culturelands("9901", "9902", "9904"), { phone });
  orders.held = await quickSale(request, culturelands("1011"), { phone, nth: 2, account: `3333${tail().slice(-6)}905` });
  orders.unknown = await quickSale(request, culturelands("1011", "9907", "9901"), { phone, nth: 3 });
  // Every hand that verifies is kept waiting, so that the next order can still be cancelled.
  await faults([{ party: "issuer", operation: "inquiry", match: { pin: "*7777" }, fault: "hang" }]);
  const stranger = await browser.newContext({ locale: "ko-KR" });
  await quickSale(stranger.request, culturelands(...Array(16).fill("7777")));
  orders.cancelled = await quickSale(request, message(), { phone, nth: 4 });
  await post(request, "order/cancel", [["code", orders.cancelled]]);
  await faults([]);
  await until("nothing bought", async () => (await view(orders.rejected)).finished);
  await until("held", async () => (await view(orders.held)).steps.some((step) => step.state === "stopped"));
  await until("unknown", async () => (await view(orders.unknown)).steps.some((step) => step.state === "unknown"));
  await post(request, "lookup/send_code", [["phone", phone]]);
  await post(request, "lookup/check_code", [["code", await codeFor(phone, 5)]]);
  const cookies = await context.storageState();
  await browser.close();
  for (const look of looks) {
    const { shot, go, close } = await booth(look, KO, cookies);
    for (const [name, code] of Object.entries(orders)) {
      await go(`/orders/${code}`);
      await shot(`order-${name}`, { live: true });
    }
    await go("/orders");
    await shot("lookup-list");
    await close();
  }
}

/** Does to the database what no screen can do yet. */
function sql(statement) {
  return execFileSync("sqlite3", ["-cmd", ".timeout 5000", join(process.env.PINDESK_DATA_DIR, "pindesk.db"), statement], { encoding: "utf8" }).trim();
}

/** A rate that moved between two quotes, and a page that can't be made. */
async function moved() {
  try {
    execFileSync("sqlite3", ["--version"]);
  } catch {
    console.log("    without the program sqlite3 there is no picture of a moved rate and of a failure");
    return;
  }
  for (const [index, look] of looks.entries()) {
    const { page, shot, go, press, close } = await booth(look);
    await go("/sell");
    await page.getByLabel(KO.paste).fill(culturelands("1011", "1012"));
    await press(KO.find);
    await page.locator("details.voucher").first().waitFor();
    await press(KO.toQuote);
    await page.waitForURL(/quote$/);
    const now = Date.now() * 1000;
    sql(
      `insert into rates select randomblob(16), brand, face_min, face_max, ${8_800 - 100 * index}, ${now}, 'screens', 'the rate moved', ${now} ` +
        `from rates as old where brand = 'cultureland' and effective_from = (select max(effective_from) from rates where brand = 'cultureland')`,
    );
    await page.waitForTimeout(1_200);
    await go("/sell");
    await press(KO.toQuote);
    await page.getByRole("alert").first().waitFor();
    await shot("sell-requote");
    await close();
  }
  sql("alter table announcements rename to announcements_away");
  try {
    await new Promise((done) => setTimeout(done, 1_500));
    for (const look of looks) {
      const { shot, go, close } = await booth(look);
      await go("/faq");
      await shot("failed");
      await close();
    }
  } finally {
    sql("alter table announcements_away rename to announcements");
  }
}

const wanted = (...names) => names.some((name) => name.startsWith(only) || only.startsWith(name));
for (const look of looks) {
  if (wanted("landing", "sell", "order-busy", "order-paid")) await sale(look);
  if (wanted("sell-quote-expired")) await expired(look);
  if (wanted("notice", "faq", "guide", "terms", "privacy", "inquiry", "not-found", "lookup")) await pages(look);
}
for (const look of looks.filter(({ scheme }) => scheme === "light")) {
  if (wanted("landing", "sell", "order-busy", "order-paid")) await sale(look, EN);
}
if (wanted("order", "lookup-list")) await troubles();
if (wanted("desk-")) {
  const tools = { base, booth, culturelands, faults, grouped, launch, looks, newPhone, post, quickSale, sql, tail, until, EN };
  await desks(tools);
}
if (wanted("sell-requote", "failed")) await moved();
