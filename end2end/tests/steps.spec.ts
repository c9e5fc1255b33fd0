// Every stop of the sale and the order's page: silent, accessible, light and dark, Korean and English.
import { EN, KO, accessible, askCode, chooseBank, codeFor, consents, listen, message, newAccount, newPerson, one, payee, paste, rows, submit, toQuote, toYou, typeCode } from "./helpers";
import { expect, test } from "./shop";
import type { Page } from "@playwright/test";

// An issuer slow enough for a look at the order while it is busy.
test.use({ settings: { ISSUERS_TIMEOUT_MS: "20000" } });

/** Looks at a stop in both lights. The dark one differs in nothing but colours. */
async function look(page: Page, where: string): Promise<void> {
  await accessible(page, `${where}, light`);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  await accessible(page, `${where}, dark`, ["color-contrast", "link-in-text-block"]);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

for (const lang of ["ko", "en"] as const) {
  test(`every stop of a sale is silent and accessible, ${lang}`, async ({ page, shop }) => {
    test.slow();
    const w = lang === "ko" ? KO : EN;
    const ear = listen(page);
    const person = newPerson();
    const { text, pins } = message();
    const used = one("9901");
    await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
    await page.goto(`/?lang=${lang}`);
    await expect(page.locator("html")).toHaveAttribute("lang", lang);

    await paste(page, `${text}\n${used.text}\n해피머니 5만원 7700-1234-5678-9012 발행일 20240101`, w);
    await expect(rows(page)).toHaveCount(5);
    await rows(page).first().locator("summary").click();
    await look(page, "vouchers, one open");
    await toQuote(page, w);
    await look(page, "quote");
    await toYou(page, w);
    await page.getByLabel(w.name, { exact: true }).fill(person.name);
    await page.getByLabel(w.phone).fill("02-123-4567");
    await page.getByRole("button", { name: w.send }).click();
    await expect(page.getByLabel(w.phone)).toHaveAttribute("aria-invalid", "true");
    await look(page, "phone, refused");
    await askCode(page, person.name, person.phone, w);
    await look(page, "code");
    await typeCode(page, await codeFor(page.request, `${shop.sandbox}/phone`, person.phone), w);
    // An account of somebody else's, one that isn't there, then the right one.
    const account = page.getByLabel(w.account);
    const check = page.getByRole("button", { name: w.accountCheck });
    await chooseBank(page, w);
    await account.fill(newAccount("901"));
    await check.click();
    await expect(page.getByRole("alert")).toBeVisible();
    await look(page, "account, another holder");
    await account.fill(newAccount("902"));
    await check.click();
    await expect(account).toHaveAttribute("aria-invalid", "true");
    await look(page, "account, refused");
    await payee(page, person.account, w);
    await look(page, "consents");
    await consents(page, w);
    await look(page, "confirm");
    await shop.faults([{ party: "issuer", operation: "inquiry", match: { pin: pins[0] }, fault: "slow", delay_ms: 40 }]);
    await submit(page, w);
    await expect(page.locator('[aria-current="step"]')).toBeVisible();
    await look(page, "order, busy");
    await expect(page.getByText(w.paid).first()).toBeVisible({ timeout: 40_000 });
    await look(page, "order, paid");
    await expect(page.locator("html")).toHaveAttribute("lang", lang);
    if (lang === "en") {
      // Stars hide all but a syllable of the name; anything longer in Korean was left untranslated.
      expect(await page.getByRole("main").innerText()).not.toMatch(/[가-힣]{2,}/);
    }
    ear.check();
  });
}
