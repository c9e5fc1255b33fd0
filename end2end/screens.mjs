// Pictures of every customer page: phone and laptop, light and dark, into the folder named as the first argument.
// Run by `make screens`, which starts the product on fresh data.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const base = process.env.PINDESK_E2E_URL;
const out = process.argv[2];
if (!base || !out) throw new Error("start this with `make screens`");
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({
  executablePath: process.env.PINDESK_CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--hide-scrollbars"],
});
const sizes = [
  { name: "360", viewport: { width: 360, height: 740 } },
  { name: "1366", viewport: { width: 1366, height: 768 } },
];
const schemes = ["light", "dark"];
let serial = Date.now() % 10_000_000;

function message() {
  serial += 1;
  const tail = String(serial).padStart(10, "0");
  return `[김하늘] [오후 3:21] 컬쳐랜드 상품권 50,000원\n4180-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}11\n\n북앤라이프 도서문화상품권 3만원권\n2122-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}22 비밀번호 7890\n\n문화상품권 10,000원권\n3612-${tail.slice(0, 4)}-${tail.slice(4, 8)}-${tail.slice(8)}9901\n`;
}

async function code(page, phone) {
  const href = await page.locator('a[href*="/phone"]').first().getAttribute("href");
  for (let tries = 0; tries < 60; tries += 1) {
    const text = await (await page.request.get(`${new URL(href).origin}/phone.json?to=${phone}`)).text();
    const found = text.match(/인증번호 (\d{6})/);
    if (found) return found[1];
    await page.waitForTimeout(250);
  }
  throw new Error(`no code for ${phone}`);
}

for (const size of sizes) {
  for (const colorScheme of schemes) {
    const context = await browser.newContext({ viewport: size.viewport, colorScheme, locale: "ko-KR", timezoneId: "Asia/Seoul", reducedMotion: "reduce" });
    const page = await context.newPage();
    const shot = async (name, fullPage = true) => {
      await page.waitForLoadState("networkidle").catch(() => {});
      if (fullPage) await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(250);
      await page.screenshot({ path: join(out, `${name}-${size.name}-${colorScheme}.png`), fullPage, animations: "disabled" });
    };
    const go = (path) => page.goto(base + path);

    await go("/");
    await shot("landing");
    await page.locator("textarea").first().fill(message());
    await page.waitForTimeout(1200);
    await shot("landing-pasted", false);
    for (const [path, name] of [["/notices", "notices"], ["/faq", "faq"], ["/guide", "guide"], ["/terms", "terms"], ["/privacy", "privacy"], ["/inquiry", "inquiry"], ["/orders", "lookup"], ["/nowhere", "not-found"]]) {
      await go(path);
      await shot(name, !["terms", "privacy"].includes(name));
    }
    await go("/sell");
    await shot("sell-empty");
    await page.getByLabel("받은 문자를 그대로 붙여넣으세요").fill(message());
    await page.getByRole("button", { name: "번호 찾기" }).click();
    await page.locator("details.voucher").first().waitFor();
    await shot("sell-vouchers");
    await page.getByRole("button", { name: "견적 보기" }).click();
    await page.waitForURL(/quote$/);
    await shot("sell-quote");
    await page.getByRole("link", { name: "이 금액으로 계속" }).click();
    await page.waitForURL(/you/);
    await page.getByLabel("이름").fill("홍길동");
    await page.getByLabel("휴대폰 번호").fill("02-123-4567");
    await page.getByRole("button", { name: "인증번호 받기" }).click();
    await page.locator('[aria-invalid="true"]').first().waitFor();
    await shot("sell-you-error");
    serial += 1;
    const phone = `0107${String(serial).padStart(7, "0")}`;
    await page.getByLabel("휴대폰 번호").fill(phone);
    await page.getByRole("button", { name: "인증번호 받기" }).click();
    await page.getByLabel("인증번호 6자리").waitFor();
    await shot("sell-you-code");
    await page.getByLabel("인증번호 6자리").fill(await code(page, phone));
    await page.getByRole("button", { name: "확인", exact: true }).click();
    await page.getByLabel("은행", { exact: true }).waitFor();
    await shot("sell-you-account");
    await page.getByLabel("은행", { exact: true }).selectOption("090");
    await page.getByLabel("계좌번호").fill("3333012345678");
    await page.getByRole("button", { name: "계좌 확인하기" }).click();
    await page.locator('[id="consent_terms"]').waitFor();
    await shot("sell-you-consents");
    for (const kind of ["consent_terms", "consent_privacy", "consent_own_voucher"]) await page.locator(`[id="${kind}"]`).check();
    await page.getByRole("button", { name: "동의하고 계속" }).click();
    await page.waitForURL(/confirm$/);
    await shot("sell-confirm");
    await page.getByRole("button", { name: "판매 접수하기" }).click();
    await page.waitForURL(/orders\/PD-/);
    await shot("order-busy");
    await page.getByText("입금했어요").first().waitFor({ timeout: 30_000 });
    await shot("order-paid");
    await context.close();
  }
}
await browser.close();
