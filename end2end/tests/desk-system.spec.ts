// The machine room: lanes that are stopped and go on, the log that is checked, and how partners are.
import { asked, byHand, signIn, sold } from "./desk";
import { accessible, listen, one } from "./helpers";
import { expect, test, type Shop } from "./shop";

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
  }).toPass({ timeout: 40_000 });
  for (const chart of await page.locator("section:has(> svg.chart)").all()) {
    await chart.getByText("표로 보기").click();
    await expect(chart.locator("tbody tr")).toHaveCount(30);
  }
  // What waits leads to the list of it.
  await page.locator(".board table a").first().click();
  await expect(page).toHaveURL(/\/desk\/orders\?state=/);
});

test("the dashboard shows how old the queues are, and what failed by reason and brand", async ({ page, browser, shop }) => {
  await sold(browser, shop, one("9901").text);
  const waits = await sold(browser, shop, byHand());
  // An issuer that is down leaves work waiting.
  await shop.faults([{ party: "issuer", operation: "*", fault: "500_before" }]);
  await sold(browser, shop, one().text);
  await signIn(page, "owner");
  const section = (name: string) => page.locator("section.panel", { has: page.getByRole("heading", { name, exact: true }) });
  await expect(async () => {
    await page.goto("/desk");
    const refused = section("최근 7일 거절된 상품권").locator("tbody tr", { hasText: "컬쳐랜드" }).filter({ hasText: "사용" });
    expect(Number(await refused.locator(".num").first().innerText({ timeout: 500 }))).toBeGreaterThan(0);
    const lane = section("작업 대기열").locator("tbody tr", { hasText: "검증" }).first();
    await expect(lane.locator("time[data-ago]")).toBeVisible({ timeout: 500 });
    expect(Number(await lane.locator(".num").innerText())).toBeGreaterThan(0);
  }).toPass({ timeout: 30_000 });
  const under = section("진행 중인 주문").locator("tbody tr", { hasText: "검증중" });
  await expect(under.locator("time[data-ago]")).toBeVisible();
  await under.getByRole("link").click();
  await expect(page.getByRole("link", { name: waits })).toBeVisible();
  await shop.faults([]);
});

test.describe("rows a person must look at", () => {
  test.use({ settings: {} });

  /** As if their handlers had left them to a person. */
  const leave = async (shop: Shop, count: number): Promise<void> => {
    const done = () => Number(shop.sql("select count(*) from outbox where state = 'done'"));
    await expect.poll(done, { timeout: 20_000 }).toBeGreaterThanOrEqual(count);
    const keys = shop.sql(`select hex(id) from outbox where state = 'done' order by created_at limit ${count}`).split("\n");
    const of = keys.map((key) => `x'${key}'`).join(",");
    shop.sql(`update outbox set state = 'review', last_error_code = 'inquiries_used_up' where id in (${of})`);
  };

  /** As if a colleague had woken it: the row of this name is over. */
  const over = (shop: Shop, name: string) =>
    shop.sql(`update outbox set state = 'done', last_error_code = null where hex(id) like '%${name.slice(-6)}'`);

  test("rows are picked by keyboard and woken together; one a colleague woke is named", async ({ page, browser, shop }) => {
    test.setTimeout(120_000);
    const ear = listen(page);
    await sold(browser, shop, one().text);
    await leave(shop, 3);
    await signIn(page, "owner");
    await page.goto("/desk/jobs");
    const boxes = page.locator("input[data-pick]");
    await expect(boxes).toHaveCount(3);
    await expect(page.locator(".bulk")).toBeHidden();
    // Down to the first of them, past the lanes and the failures.
    const before = await page.locator("[data-rows] tbody tr").evaluateAll((rows) => rows.findIndex((row) => row.querySelector("[data-pick]")));
    for (let at = 0; at <= before; at += 1) await page.keyboard.press("j");
    await expect(boxes.nth(0)).toBeFocused();
    await page.keyboard.press("x");
    await page.keyboard.press("j");
    await page.keyboard.press("x");
    await page.keyboard.press("k");
    await expect(boxes.nth(0)).toBeChecked();
    await expect(boxes.nth(1)).toBeChecked();
    await expect(page.locator(".bulk [data-bulk-count]").first()).toHaveText("2");
    await accessible(page, "rows picked");
    const second = (await boxes.nth(1).getAttribute("data-name"))!;
    over(shop, second);
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog");
    await expect(dialog).toContainText(/고른 일: 2/);
    await expect(dialog).toContainText(second);
    // Refused without a reason, and nothing is forgotten.
    await dialog.getByLabel("이유").fill("음");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("dialog").locator(".error")).toBeVisible();
    await expect(page.getByRole("dialog")).toContainText("고른 일: 1");
    await page.getByRole("dialog").getByLabel("이유").fill("은행이 다시 답해서");
    await page.keyboard.press("Enter");
    await expect(page.getByText("1개를 다시 시도해요")).toBeVisible();
    await expect(boxes).toHaveCount(1);
    await expect(page.locator(".bulk")).toBeHidden();
    await page.goto("/desk/audit?action=jobs.reopen");
    await expect(page.locator("tbody tr")).toHaveCount(1);
    await expect(page.locator("tbody tr").first()).toContainText("멈춘 일 다시 시도");
    await expect(page.locator("tbody tr").first()).toContainText("은행이 다시 답해서");
    ear.check();
  });

  test("what went while the dialog stood open is left alone and named", async ({ page, browser, shop }) => {
    await sold(browser, shop, one().text);
    await leave(shop, 3);
    await signIn(page, "owner");
    await page.goto("/desk/jobs");
    await page.getByLabel("모두 고르기").check();
    await expect(page.locator(".bulk [data-bulk-count]").first()).toHaveText("3");
    const gone = (await page.locator("input[data-pick]").nth(2).getAttribute("data-name"))!;
    const dialog = await asked(page, "고른 일 다시 시도");
    over(shop, gone);
    await dialog.getByLabel("이유").fill("은행이 다시 답해서");
    await dialog.getByRole("button", { name: "고른 일 다시 시도" }).click();
    const told = page.locator(".quiet-line");
    await expect(told).toContainText("2개를 다시 시도해요");
    await expect(told).toContainText(`1개는 그 사이 다시 시도했거나 끝나서 그대로 뒀어요: ${gone}`);
  });

  test.describe("without JavaScript", () => {
    test.use({ javaScriptEnabled: false });

    test("the bar stands below the table and does the same", async ({ page, browser, shop }) => {
      await sold(browser, shop, one().text);
      await leave(shop, 2);
      await signIn(page, "owner");
      await page.goto("/desk/jobs");
      await page.locator("input[data-pick]").first().check();
      await page.locator(".bulk summary").click();
      await page.locator(".bulk").getByLabel("이유").fill("은행이 다시 답해서");
      await page.locator(".bulk").getByRole("button", { name: "고른 일 다시 시도" }).click();
      await expect(page.getByText("1개를 다시 시도해요")).toBeVisible();
      await expect(page.locator("input[data-pick]")).toHaveCount(1);
    });
  });

  test("an auditor looks and has nothing to pick", async ({ page, browser, shop }) => {
    await sold(browser, shop, one().text);
    await leave(shop, 2);
    await signIn(page, "auditor");
    await page.goto("/desk/jobs");
    await expect(page.getByText("inquiries_used_up").first()).toBeVisible();
    await expect(page.locator("input[data-pick], .bulk")).toHaveCount(0);
  });
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
