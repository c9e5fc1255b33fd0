// People: found by phone and reason, held by law, taken as a file; and who looked at whom.
import { PHONE, asked, fitsPhone, signIn, sold } from "./desk";
import { accessible, inBothLights, listen, newPerson, one } from "./helpers";
import { expect, test } from "./shop";

test("a person is found with a reason, kept by a legal hold, and taken as a file", async ({ page, browser, shop }) => {
  const ear = listen(page);
  const person = newPerson();
  const code = await sold(browser, shop, one().text, person);
  await signIn(page, "owner");
  await page.goto("/desk/customers");
  await page.getByLabel("휴대폰 번호").fill(person.phone);
  await page.getByLabel("이유").fill("분쟁 접수로 확인");
  await page.getByRole("button", { name: "고객 열기" }).click();
  await expect(page.getByRole("link", { name: code })).toBeVisible();
  // No phone in the address, none in the clear on the page.
  expect(page.url()).not.toContain(person.phone.slice(3));
  await expect(page.locator("body")).not.toContainText(person.phone);
  await inBothLights(page, "a customer");
  const hold = await asked(page, "보존 걸기");
  await hold.getByLabel("이 날까지", { exact: true }).fill("2031-06-30");
  await hold.getByLabel("이유").fill("소송 중인 거래");
  await hold.getByRole("button", { name: "보존 걸기" }).click();
  await expect(page.getByText("보존을 걸었어요")).toBeVisible();
  // To the end of the day that was typed, not of the next one.
  await expect(page.locator(".lines > li", { hasText: "소송 중인 거래" })).toContainText("2031년 6월 30일까지");
  const file = await asked(page, "정보 파일 받기");
  await file.getByLabel("이유").fill("고객이 사본을 요청");
  const coming = page.waitForEvent("download");
  await file.getByRole("button", { name: "정보 파일 받기" }).click();
  const stream = await (await coming).createReadStream();
  let text = "";
  for await (const part of stream) text += part;
  expect(JSON.stringify(JSON.parse(text))).toContain(code);
  // Whoever looked is on the month's page, and in the log with the reason.
  await page.goto("/desk/privacy");
  await expect(page.locator("tbody").first()).toContainText("customer.open");
  await page.goto("/desk/audit?action=customer.open");
  await expect(page.locator("tbody tr").first()).toContainText("분쟁 접수로 확인");
  ear.check();
});

test("a person's page says that their phone is blocked, and until when", async ({ page, browser, shop }) => {
  const person = newPerson();
  await sold(browser, shop, one().text, person);
  await signIn(page, "operator");
  const look = async () => {
    await page.goto("/desk/customers");
    await page.getByLabel("휴대폰 번호").fill(person.phone);
    await page.getByLabel("이유").fill("고객이 전화함");
    await page.getByRole("button", { name: "고객 열기" }).click();
    return page.locator("section.panel", { has: page.getByRole("heading", { name: "차단", exact: true }) });
  };
  await expect(await look()).toContainText("차단되어 있지 않아요");
  await page.goto("/desk/risk/blocks");
  await page.getByLabel("번호 또는 주소").fill(person.phone);
  await page.getByLabel("종료일").first().fill("2031-01-31");
  await page.getByLabel("이유").first().fill("은행이 알려 준 번호");
  await page.getByRole("button", { name: "차단하기" }).click();
  const blocks = await look();
  await expect(blocks.locator(".chip")).toHaveText("차단 중");
  await expect(blocks).toContainText("2031년 1월 31일까지");
  await expect(blocks).toContainText("은행이 알려 준 번호");
  await expect(page.locator("body")).not.toContainText(person.phone);
  await accessible(page, "a blocked person");
  await blocks.getByRole("link", { name: "차단 목록에서 보기" }).click();
  await expect(page).toHaveURL(/\/desk\/risk\/blocks$/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("nobody of that number, and no reason: both are told at the field", async ({ page }) => {
    await signIn(page, "operator");
    await page.goto("/desk/customers");
    await page.getByLabel("휴대폰 번호").fill("010-0000-0001");
    await page.getByLabel("이유").fill("확인");
    await page.getByRole("button", { name: "고객 열기" }).click();
    await expect(page.locator("#reason-error")).toBeVisible();
    await expect(page.getByLabel("휴대폰 번호")).toHaveValue("010-0000-0001");
    await page.getByLabel("이유").fill("고객이 전화함");
    await page.getByRole("button", { name: "고객 열기" }).click();
    await expect(page.getByText("이 번호로 남은 정보가 없어요")).toBeVisible();
  });
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("a customer's page is read and acted on", async ({ page, browser, shop }) => {
    const person = newPerson();
    await sold(browser, shop, one().text, person);
    await signIn(page, "owner");
    await page.goto("/desk/customers");
    await page.getByLabel("휴대폰 번호").fill(person.phone);
    await page.getByLabel("이유").fill("고객이 전화함");
    await page.getByRole("button", { name: "고객 열기" }).tap();
    await expect(page.getByRole("heading", { name: "동의" })).toBeVisible();
    await fitsPhone(page, "a customer");
    await asked(page, "정보 지우기");
    await fitsPhone(page, "erasing's dialog");
  });
});
