// What the specs share: a customer's data, the sandbox's phone, and an ear for everything the browser complains about.
import { expect, type APIRequestContext, type Page } from "@playwright/test";

let serial = 0;

/** Digits that no other test of this run has used. */
function digits(count: number): string {
  serial += 1;
  const seed = `${Date.now() % 10_000_000}${process.pid % 1000}${serial}${Math.floor(Math.random() * 1e9)}`;
  return seed.padEnd(count, "7").slice(-count);
}

/** A phone number of this test alone. */
export function newPhone(): string {
  return `010${digits(8)}`;
}

/** Fresh vouchers of three brands in one message, the way KakaoTalk hands it on. Endings that mean trouble are avoided. */
export function message(): { text: string; pins: string[] } {
  const cultureland = `4180${digits(10)}11`;
  const book = `2${digits(13)}22`;
  const munhwa = `36${digits(14)}33`;
  const groups = (pin: string, size = 4) => pin.match(new RegExp(`.{1,${size}}`, "g"))!.join("-");
  const text = [
    "[김하늘] [오후 3:21] 컬쳐랜드 상품권 50,000원",
    groups(cultureland),
    "유효기간 2031년 3월 17일, 문의 1588-0000",
    "",
    "북앤라이프 도서문화상품권 3만원권",
    `${groups(book)} 비밀번호 7890`,
    "",
    "문화상품권 10,000원권",
    `${munhwa.slice(0, 4)}-${munhwa.slice(4, 8)}-${munhwa.slice(8, 12)}-${munhwa.slice(12)}`,
    "😀 감사합니다",
  ].join("\n");
  return { text, pins: [cultureland, book, munhwa] };
}

/** Collects whatever the browser reports as wrong; `check` at the end of a test. */
export function listen(page: Page): { check: () => void } {
  const heard: string[] = [];
  page.on("console", (line) => {
    if (line.type() === "error" || line.type() === "warning") heard.push(`${line.type()}: ${line.text()}`);
  });
  page.on("pageerror", (error) => heard.push(`exception: ${error.message}`));
  return { check: () => expect(heard, "the browser has nothing to complain about").toEqual([]) };
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
        const found = [...text.matchAll(/인증번호 (\d{6})/g)].map((match) => match[1]);
        code = (found.length >= nth && found[0]) || "";
        return code;
      },
      { timeout: 15_000, message: `a code arrives at ${phone}` },
    )
    .toMatch(/^\d{6}$/);
  return code;
}

/** The amount in the bar at the foot, as a number. */
export async function barAmount(page: Page): Promise<number> {
  const text = await page.locator(".sticky-bar, .bar").first().innerText();
  const amount = text.match(/([\d,]+)\s*원/);
  return amount ? Number(amount[1].replaceAll(",", "")) : Number.NaN;
}
