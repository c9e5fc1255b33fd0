// One order's page: hold and release, two people at once, a number seen for half a minute, notes, paper.
import { asked, byHand, colleague, signIn, sold } from "./desk";
import { accessible, inBothLights, listen, newPerson, one } from "./helpers";
import { expect, test } from "./shop";

test("a hold is asked for with order and amount, refused without a reason, done, and taken back", async ({ page, browser, shop }) => {
  const ear = listen(page);
  const code = await sold(browser, shop, byHand());
  await signIn(page, "operator");
  await page.goto(`/desk/orders/${code}`);
  const opener = page.locator("summary", { hasText: /^보류$/ });
  await opener.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText(code);
  await expect(dialog).toContainText(/[\d,]+원/);
  await expect(dialog.getByLabel("보류 이유")).toBeFocused();
  await accessible(page, "the hold's dialog");
  await page.keyboard.press("Escape");
  await expect(dialog).toHaveCount(0);
  await expect(opener).toBeFocused();
  await page.keyboard.press("Enter");
  await dialog.getByLabel("보류 이유").selectOption({ index: 1 });
  await dialog.getByLabel("이유", { exact: true }).fill("음");
  await dialog.getByRole("button", { name: "보류" }).click();
  // The page is another one now; the dialog stands open with the mistake at its field.
  await expect(page.getByRole("dialog").locator(".error")).toContainText("4자 이상");
  await expect(page.getByRole("dialog").getByLabel("이유", { exact: true })).toBeFocused();
  await expect(page.getByRole("dialog").getByLabel("이유", { exact: true })).toHaveValue("음");
  await page.getByRole("dialog").getByLabel("이유", { exact: true }).fill("사진을 기다려요");
  await page.getByRole("dialog").getByRole("button", { name: "보류" }).click();
  await expect(page.getByText("주문을 보류했어요")).toBeVisible();
  await expect(page.locator(".desk-aside .chip")).toHaveText("보류");
  await expect(page.locator("#story")).toContainText("사진을 기다려요");
  await inBothLights(page, "an order on hold");
  const release = await asked(page, "보류 해제");
  await expect(release).toContainText(code);
  await release.getByLabel("이유", { exact: true }).fill("사진이 왔어요");
  await release.getByRole("button", { name: "보류 해제" }).click();
  await expect(page.getByText("보류를 풀었어요")).toBeVisible();
  await expect(page.locator(".desk-aside .chip")).toHaveText("검증중");
  ear.check();
});

test("turning a voucher down is asked for with which one and how much", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand("100,000원"));
  await signIn(page, "operator");
  await page.goto(`/desk/orders/${code}`);
  const dialog = await asked(page, "거절");
  await expect(dialog).toContainText("현대백화점상품권");
  await expect(dialog).toContainText("100,000원");
  await dialog.getByLabel("고객에게 보이는 이유").selectOption({ index: 1 });
  await dialog.getByLabel("이유", { exact: true }).fill("사진과 번호가 달라요");
  await dialog.getByRole("button", { name: "거절" }).click();
  await expect(page.locator("#story")).toContainText("사진과 번호가 달라요");
  await expect(page.locator("tbody tr").first()).toContainText("거절");
});

test("two hold the same order: the second is told who was faster", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand());
  await signIn(page, "operator");
  const { context, page: other } = await colleague(browser, shop, "owner");
  for (const each of [page, other]) {
    await each.goto(`/desk/orders/${code}`);
    const dialog = await asked(each, "보류");
    await dialog.getByLabel("보류 이유").selectOption({ index: 1 });
    await dialog.getByLabel("이유", { exact: true }).fill("둘이 함께 눌러요");
  }
  await page.getByRole("dialog").getByRole("button", { name: "보류" }).click();
  await expect(page.getByText("주문을 보류했어요")).toBeVisible();
  await other.getByRole("dialog").getByRole("button", { name: "보류" }).click();
  await expect(other.locator(".banner").first()).toContainText(/오퍼레이터 님이 .*먼저 바꿨어요/);
  await expect(other.locator(".desk-aside .chip")).toHaveText("보류");
  await expect(other.locator("#story li", { hasText: "둘이 함께 눌러요" })).toHaveCount(1);
  await context.close();
});

test("another's act shows on a page that stands open, without a reload", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand());
  await signIn(page, "operator");
  await page.goto(`/desk/orders/${code}`);
  await page.evaluate(() => Object.assign(window, { stays: true }));
  const { context, page: other } = await colleague(browser, shop, "owner");
  await other.goto(`/desk/orders/${code}`);
  const dialog = await asked(other, "보류");
  await dialog.getByLabel("보류 이유").selectOption({ index: 1 });
  await dialog.getByLabel("이유", { exact: true }).fill("옆자리에서 보류");
  await dialog.getByRole("button", { name: "보류" }).click();
  await expect(other.getByText("주문을 보류했어요")).toBeVisible();
  await expect(page.locator("#story")).toContainText("옆자리에서 보류", { timeout: 15_000 });
  expect(await page.evaluate(() => "stays" in window)).toBe(true);
  await context.close();
});

test("a phone number is shown for a reason, and the timeline says who looked", async ({ page, browser, shop }) => {
  const person = newPerson();
  const code = await sold(browser, shop, byHand(), person);
  await signIn(page, "operator");
  await page.goto(`/desk/orders/${code}`);
  await expect(page.locator("body")).not.toContainText(person.phone.slice(3, 7) + "-" + person.phone.slice(7));
  const row = page.locator(".facts > div", { hasText: "휴대폰" });
  await row.locator("summary").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("누가 왜 봤는지 남아요");
  await dialog.getByLabel("이유", { exact: true }).fill("고객이 전화해서 확인");
  await dialog.getByRole("button", { name: "30초 보기" }).click();
  await expect(page.locator("[data-vanish]")).toContainText(person.phone.slice(-4));
  await accessible(page, "a phone number, shown");
  await page.getByRole("link", { name: "가리고 돌아가기" }).click();
  await expect(page).toHaveURL(new RegExp(`/desk/orders/${code}`));
  await expect(page.locator("#story")).toContainText("고객이 전화해서 확인");
  // Neither the way back nor a reload shows it once more.
  await page.goBack();
  await expect(page.locator("body")).not.toContainText(person.phone);
});

test("on paper there are facts and the timeline, and nothing to press", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand());
  await signIn(page, "operator");
  await page.goto(`/desk/orders/${code}`);
  await page.emulateMedia({ media: "print", colorScheme: "dark" });
  await expect(page.getByRole("heading", { name: `주문 ${code}` })).toBeVisible();
  await expect(page.locator(".story > li").first()).toBeVisible();
  for (const machinery of [".rail", ".desk-head", ".confirm", ".order-note", ".filter-chips"]) {
    await expect(page.locator(machinery).first()).toBeHidden();
  }
  const ground = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  expect(ground).toBe("rgb(255, 255, 255)");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("a note is written, and the timeline filtered by kind and turned round", async ({ page, browser, shop }) => {
    const code = await sold(browser, shop, one().text);
    await signIn(page, "operator");
    await page.goto(`/desk/orders/${code}`);
    await page.getByLabel("메모 남기기").fill("고객에게 안내함");
    await page.getByRole("button", { name: "메모 저장" }).click();
    await expect(page.getByText("메모를 남겼어요")).toBeVisible();
    await page.locator("#story").getByRole("link", { name: "메모", exact: true }).click();
    await expect(page.locator("#story li .chip").first()).toHaveText("메모");
    await expect(page.locator(".story > li")).toHaveCount(1);
    await page.locator("#story").getByRole("link", { name: "전체" }).click();
    const first = await page.locator(".story > li").first().innerText();
    await page.getByRole("link", { name: "새 일부터" }).click();
    await expect(page.locator(".story > li").last()).toContainText(first.split("\n").pop()!.trim());
  });
});
