// The machine room: lanes that are stopped and go on, the log that is checked, and how partners are.
import { asked, byHand, signIn, sold } from "./desk";
import { accessible, listen, one } from "./helpers";
import { expect, test } from "./shop";

test("a lane is stopped with a reason, every page says so, and it goes on", async ({ page }) => {
  const ear = listen(page);
  await signIn(page, "owner");
  await page.goto("/desk/jobs");
  const row = page.locator("tbody tr", { hasText: "정리" }).first();
  await row.locator("summary").click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("이유").fill("점검 중이라서");
  await dialog.getByRole("button", { name: "멈추기" }).click();
  await expect(page.getByText("멈췄어요")).toBeVisible();
  await page.goto("/desk/orders?all=1");
  await expect(page.locator(".desk-head .chip.tone-bad")).toBeVisible();
  await accessible(page, "a page while a lane stands");
  await page.goto("/desk/jobs");
  await row.locator("summary").click();
  await page.getByRole("dialog").getByLabel("이유").fill("점검이 끝나서");
  await page.getByRole("dialog").getByRole("button", { name: "다시 돌리기" }).click();
  await expect(page.getByText("다시 돌고 있어요")).toBeVisible();
  await expect(page.locator(".desk-head .chip.tone-bad")).toHaveCount(0);
  ear.check();
});

test("the dashboard counts a sale, and each chart has its table", async ({ page, browser, shop }) => {
  await sold(browser, shop, byHand());
  await signIn(page, "owner");
  await expect(async () => {
    await page.goto("/desk");
    const orders = page.locator(".figure", { hasText: "주문 접수" }).locator("dd").first();
    expect(Number((await orders.innerText()).replaceAll(",", ""))).toBeGreaterThan(0);
  }).toPass({ timeout: 20_000 });
  for (const chart of await page.locator("section:has(> svg.chart)").all()) {
    await chart.getByText("표로 보기").click();
    await expect(chart.locator("tbody tr")).toHaveCount(30);
  }
  // What waits leads to the list of it.
  await page.locator(".board table a").first().click();
  await expect(page).toHaveURL(/\/desk\/orders\?state=/);
});

test("health names each partner and when it last answered", async ({ page, browser, shop }) => {
  await sold(browser, shop, one().text);
  await signIn(page, "operator");
  await page.goto("/desk/health");
  for (const partner of ["발행사", "은행", "문자 에이전트"]) await expect(page.locator("tbody")).toContainText(partner);
});

test("the log is taken as a file, whole", async ({ page }) => {
  await signIn(page, "auditor");
  await page.goto("/desk/audit");
  const dialog = await asked(page, "CSV로 받기");
  await dialog.getByLabel("이유").fill("분기 점검에 첨부");
  const coming = page.waitForEvent("download");
  await dialog.getByRole("button").first().click();
  const stream = await (await coming).createReadStream();
  let text = "";
  for await (const part of stream) text += part;
  expect(text.split("\r\n").length).toBeGreaterThan(3);
  expect(text).toContain("sign_in");
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("the log is checked from end to end and filtered by who and what", async ({ page }) => {
    await signIn(page, "owner");
    await page.goto("/desk/audit");
    await page.getByRole("button", { name: "고리 전체 확인" }).click();
    await expect(page.getByText("확인을 시작했어요")).toBeVisible();
    await expect(async () => {
      await page.goto("/desk/audit");
      await expect(page.locator(".chain .chip").first()).toContainText("이상 없음", { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    await page.getByLabel("누가").fill("owner");
    await page.getByLabel("종류").selectOption("sign_in");
    await page.getByRole("button", { name: "찾기" }).click();
    await expect(page).toHaveURL(/who=owner/);
    for (const who of await page.locator("td[data-label='누가']").allInnerTexts()) expect(who).toContain("owner");
    await expect(page.locator("tbody tr").first()).toContainText("로그인");
  });
});
