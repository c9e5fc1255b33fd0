// The orders list: finding one, keeping a filter, walking by keyboard, taking a file.
import { PHONE, byHand, asked, fitsPhone, signIn, sold } from "./desk";
import { accessible, listen, newPerson, one } from "./helpers";
import { expect, test } from "./shop";

test("one order is found by its customer's phone, and opened by keyboard", async ({ page, browser, shop }) => {
  const ear = listen(page);
  const person = newPerson();
  const first = await sold(browser, shop, one().text, person);
  await sold(browser, shop, one().text);
  await signIn(page, "operator");
  await page.goto("/desk/orders?all=1");
  await page.keyboard.press("/");
  await expect(page.locator("#q")).toBeFocused();
  await page.keyboard.type(`${person.phone.slice(0, 3)}-${person.phone.slice(3, 7)}-${person.phone.slice(7)}`);
  await page.keyboard.press("Enter");
  const rows = page.locator("[data-rows] tbody tr");
  await expect(rows).toHaveCount(1);
  await expect(rows.first()).toContainText(first);
  // Nobody's phone stands in an address.
  expect(page.url()).not.toContain(person.phone.slice(3));
  await page.keyboard.press("j");
  await expect(page.locator("tr[data-here]")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(new RegExp(`/desk/orders/${first}$`));
  await expect(page.locator("body")).not.toContainText(person.name);
  ear.check();
});

test("a filter is an address, can be kept as a view, and reads its mistakes", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, byHand());
  await signIn(page, "operator");
  await page.goto("/desk/orders?all=1");
  await page.locator("label.filter-chip", { hasText: "검증중" }).click();
  await page.getByRole("button", { name: "적용" }).click();
  await expect(page).toHaveURL(/state=verifying/);
  await expect(page.getByRole("link", { name: code })).toBeVisible();
  for (const state of await page.locator("td[data-label='상태'] .chip").allInnerTexts()) expect(state.trim()).toBe("검증중");
  await page.getByText("보기 저장", { exact: true }).first().click();
  const name = `검증 ${code.slice(-4)}`;
  await page.getByLabel("이 필터의 이름").fill(name);
  await page.getByRole("button", { name: "보기 저장" }).click();
  await expect(page.getByText("보기를 저장했어요")).toBeVisible();
  await page.goto("/desk/orders?all=1");
  await page.getByRole("link", { name }).click();
  await expect(page).toHaveURL(/state=verifying/);
  await expect(page.getByRole("link", { name })).toHaveAttribute("aria-current", "true");
  await page.getByText("보기 저장", { exact: true }).first().click();
  await page.getByRole("button", { name: `‘${name}’ 보기 지우기` }).click();
  await expect(page.getByRole("link", { name })).toHaveCount(0);
  await page.goto("/desk/orders?min=lots");
  await expect(page.getByText("필터를 읽을 수 없어서")).toBeVisible();
  await accessible(page, "a filter that can't be read");
  await page.goto("/desk/orders?min=99999999");
  await expect(page.getByText("맞는 주문이 없어요")).toBeVisible();
  await accessible(page, "no order");
});

test("a file is asked for with a reason and fetched when it is made", async ({ page, browser, shop }) => {
  const code = await sold(browser, shop, one().text);
  await signIn(page, "owner");
  await page.goto("/desk/orders?all=1");
  const dialog = await asked(page, "파일로 내보내기");
  await dialog.getByLabel("형식").selectOption("csv");
  await dialog.getByLabel("이유").fill("없");
  await dialog.getByRole("button", { name: "만들기" }).click();
  // Refused at the field; what was typed stands there again.
  await expect(page.getByRole("dialog").getByLabel("이유")).toHaveValue("없");
  await expect(page.getByRole("dialog").locator(".error")).toBeVisible();
  await page.getByRole("dialog").getByLabel("형식").selectOption("csv");
  await page.getByRole("dialog").getByLabel("이유").fill("월말 대조");
  await page.getByRole("dialog").getByRole("button", { name: "만들기" }).click();
  await expect(page).toHaveURL(/\/desk\/exports$/);
  const fetch = page.getByRole("link", { name: "받기" }).first();
  await expect(async () => {
    await page.reload();
    await expect(fetch).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
  const coming = page.waitForEvent("download");
  await fetch.click();
  const file = await (await coming).createReadStream();
  let text = "";
  for await (const part of file) text += part;
  expect(text).toContain(code);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("columns are chosen and a filter is sent", async ({ page, browser, shop }) => {
    await sold(browser, shop, one().text);
    await signIn(page, "maker");
    await page.goto("/desk/orders?all=1");
    await expect(page.locator("th", { hasText: "액면 합계" })).toHaveCount(0);
    await page.getByText("열 고르기").click();
    await page.locator("label.filter-chip", { hasText: "액면 합계" }).click();
    await page.getByRole("button", { name: "저장", exact: true }).click();
    await expect(page.locator("th", { hasText: "액면 합계" })).toBeVisible();
    await page.getByLabel("정렬").selectOption("amount");
    await page.getByRole("button", { name: "적용" }).click();
    await expect(page).toHaveURL(/sort=amount/);
    const sums = await page.locator("td[data-label='입금액(원)']").allInnerTexts();
    const numbers = sums.map((sum) => Number(sum.replaceAll(",", "")));
    expect(numbers).toEqual([...numbers].sort((a, b) => b - a));
  });
});

test.describe("on a phone", () => {
  test.use(PHONE);

  test("every row is a card whose order is touched open", async ({ page, browser, shop }) => {
    const code = await sold(browser, shop, one().text);
    await signIn(page, "operator");
    await page.goto("/desk/orders?all=1");
    await fitsPhone(page, "orders");
    await expect(page.locator("[data-rows] thead")).not.toBeInViewport();
    await page.getByRole("link", { name: code }).tap();
    await expect(page.getByRole("heading", { name: `주문 ${code}` })).toBeVisible();
    await fitsPhone(page, "an order");
  });
});
