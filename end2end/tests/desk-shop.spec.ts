// What the shop sells by: rates in four eyes, a brand's switch, notices, and what visitors ask.
import { asked, colleague, signIn } from "./desk";
import { accessible, inBothLights, listen, newName, newPhone, post } from "./helpers";
import { expect, test } from "./shop";

test("a rate is drafted with its effect on screen, and published by somebody else", async ({ page, browser, shop }) => {
  const ear = listen(page);
  await signIn(page, "content");
  await page.goto("/desk/rates/eggmoney");
  await page.locator("#rate_0").fill("77");
  // Drawn while it is typed.
  await expect(page.locator("#preview")).toContainText("77%");
  await expect(page.locator("#preview")).toContainText("78%");
  await inBothLights(page, "a rate being typed");
  await page.getByLabel("이유").fill("시세가 내려서");
  await page.getByRole("button", { name: "초안 저장하고 미리보기" }).click();
  await expect(page.getByText("초안을 저장했어요")).toBeVisible();
  await expect(page.locator("summary", { hasText: /^게시$/ })).toHaveCount(0);
  const { context, page: approver } = await colleague(browser, shop, "approver");
  await approver.goto("/desk/rates/eggmoney");
  const dialog = await asked(approver, "게시");
  // The question repeats what it is about, from when, and how much.
  await expect(dialog).toContainText("에그머니");
  await expect(dialog).toContainText("적용 시각");
  await expect(dialog).toContainText(/[\d,]+원.* 77%/);
  await dialog.getByRole("button", { name: "게시" }).click();
  await expect(approver.getByText("게시했어요")).toBeVisible();
  // What was before stays on the page, below what is now.
  const history = approver.locator("section", { has: approver.getByRole("heading", { name: "바뀐 내역" }) }).locator("tbody tr");
  await expect(history).toHaveCount(2);
  await expect(history.nth(0)).toContainText("77%");
  await expect(history.nth(0)).toContainText("시세가 내려서");
  await expect(history.nth(1)).toContainText("78%");
  await expect(async () => {
    expect(await (await page.request.get("/")).text()).toMatch(/77%/);
  }).toPass({ timeout: 10_000 });
  await context.close();
  ear.check();
});

test("a brand's form is drawn as its editor is typed in, mistakes told with their place", async ({ page }) => {
  const ear = listen(page);
  await signIn(page, "content");
  await page.goto("/desk/brands/teencash");
  const editor = page.locator("#form_json");
  const form = JSON.parse(await editor.inputValue()) as { pin: Record<string, unknown>; faces: number[] };
  const drawn = page.locator("#preview");
  await expect(drawn).toContainText(String(form.pin.label_ko));
  await expect(drawn).not.toContainText("열두 자리 쿠폰 번호");
  await editor.fill(JSON.stringify({ ...form, pin: { ...form.pin, label_ko: "열두 자리 쿠폰 번호", label_en: "Twelve-digit code" } }));
  await expect(drawn).toContainText("열두 자리 쿠폰 번호");
  await expect(drawn).toContainText("Twelve-digit code");
  await expect(drawn.locator("input").first()).toBeAttached();
  await editor.fill(JSON.stringify({ ...form, pin: { ...form.pin, label_ko: "" } }));
  await expect(drawn).toContainText("pin.label_ko");
  await editor.fill("{ 아직 쓰는 중");
  await expect(drawn).not.toContainText("pin.label_ko");
  await expect(drawn.locator(".warning, .error, li").first()).toBeVisible();
  // Nothing was saved by looking.
  await page.reload();
  expect(JSON.parse(await editor.inputValue())).toEqual(form);
  ear.check();
});

test.describe("the order of brands", () => {
  test.use({ settings: {} });

  test("a brand that is moved up stands further up on the shop's first page", async ({ page }) => {
    const shown = async () => [...(await (await page.request.get("/")).text()).matchAll(/class="tile-name">([^<]+)</g)].map((found) => found[1]);
    const before = await shown();
    expect(before.length).toBeGreaterThan(3);
    await signIn(page, "content");
    await page.goto("/desk/brands");
    const listed = () => page.locator("a.brand-cell > span").allInnerTexts();
    const [first, second] = before;
    const row = page.locator("tr", { has: page.getByRole("link", { name: second, exact: true }) });
    await row.getByRole("button", { name: "↑" }).click();
    await expect(page.locator(".quiet-line")).toBeVisible();
    await expect(async () => {
      expect((await shown()).slice(0, 2)).toEqual([second, first]);
    }).toPass({ timeout: 10_000 });
    expect((await listed()).filter((name) => name === first || name === second)).toEqual([second, first]);
  });
});

test("a band that is wrong is told at its field and loses nothing that was typed", async ({ page }) => {
  await signIn(page, "content");
  await page.goto("/desk/rates/funnycard");
  await page.locator("#rate_0").fill("180");
  await page.getByLabel("이유").fill("잘못 넣어 보기");
  await page.getByRole("button", { name: "초안 저장하고 미리보기" }).click();
  await expect(page.locator("#rate_0")).toHaveAttribute("aria-invalid", "true");
  await expect(page.locator("#rate_0")).toHaveValue("180");
  await expect(page.getByLabel("이유")).toHaveValue("잘못 넣어 보기");
  await accessible(page, "a band that is wrong");
});

test("a brand is stopped for a while with a reason, and the shop knows at once", async ({ page, shop }) => {
  await signIn(page, "operator");
  await page.goto("/desk/brands");
  const row = page.locator("tr", { hasText: "퍼니카드" });
  await row.locator("summary", { hasText: "잠시 중지" }).click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("퍼니카드");
  await dialog.getByLabel("이유").fill("발행사 점검");
  await dialog.getByRole("button", { name: "잠시 중지 상태로 바꾸기" }).click();
  await expect(page.getByText("상태를 바꿨어요")).toBeVisible();
  await expect(row.locator(".chip").first()).toHaveText("잠시 중지");
  await expect(async () => {
    const view = (await post(page.request, shop, "sell/paste", [["text", "퍼니카드 10,000원 BCDF-GHJK-LMNP-KKKK"]])) as { rows: { problems: unknown[] }[] };
    expect(view.rows.at(-1)!.problems.length).toBeGreaterThan(0);
  }).toPass({ timeout: 5_000 });
  await row.locator("summary", { hasText: "매입 중" }).click();
  await page.getByRole("dialog").getByLabel("이유").fill("점검이 끝나서");
  await page.getByRole("dialog").getByRole("button", { name: "매입 중 상태로 바꾸기" }).click();
  await expect(row.locator(".chip").first()).toHaveText("매입 중");
});

test("a notice is written with its look beside it, shown, and hidden again", async ({ page }) => {
  await signIn(page, "content");
  await page.goto("/desk/content");
  await page.getByRole("link", { name: "새 글" }).click();
  await page.locator("#slug").fill("winter-hours");
  await page.locator("#title_ko").fill("겨울 운영 시간");
  await page.locator("#body_ko").fill("**평일** 9시부터예요.");
  await page.locator("#title_en").fill("Winter hours");
  await page.locator("#body_en").fill("From nine on **weekdays**.");
  await expect(page.locator("#preview strong").first()).toHaveText("평일");
  await page.getByRole("button", { name: "저장하고 미리보기" }).click();
  await expect(page.getByText("저장했어요")).toBeVisible();
  expect((await page.request.get("/notices/winter-hours")).status()).toBe(404);
  await accessible(page, "a notice not yet shown");
  await page.getByRole("button", { name: "게시하기" }).click();
  await expect(page.locator(".chip", { hasText: "보이는 중" })).toBeVisible();
  expect((await page.request.get("/notices/winter-hours")).status()).toBe(200);
  await page.locator("summary", { hasText: "내리기" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "내리기" }).click();
  await expect(page.locator(".chip", { hasText: "게시 전" })).toBeVisible();
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("who asks is shown for a reason, so that somebody can answer", async ({ page, shop }) => {
    const phone = newPhone();
    await post(page.request, shop, "inquiry/send", [["name", newName()], ["phone", phone], ["body", "답을 전화로 받고 싶어요."]]);
    await signIn(page, "operator");
    await page.goto("/desk/inquiries");
    await page.locator("a.row-link").first().click();
    await expect(page.locator(".facts")).not.toContainText(phone.slice(-4));
    await page.locator("summary", { hasText: "이름·번호 보기" }).click();
    const ask = page.locator(".confirm-card", { hasText: "감사 로그에 남아요" });
    await ask.getByLabel("이유", { exact: true }).fill("전화로 답변하려고");
    await ask.getByRole("button", { name: "이름·번호 보기" }).click();
    await expect(page.locator("[data-vanish]")).toContainText(phone.slice(-4));
    await page.getByRole("link", { name: "가리고 돌아가기" }).click();
    await expect(page.locator(".facts")).not.toContainText(phone.slice(-4));
  });

  test("an inquiry is read and settled", async ({ page, shop }) => {
    const question = "입금이 언제 되는지 궁금해요.";
    await post(page.request, shop, "inquiry/send", [["name", newName()], ["phone", newPhone()], ["body", question]]);
    await signIn(page, "operator");
    await page.goto("/desk/inquiries");
    await page.locator("a.row-link").first().click();
    await expect(page.locator(".typed-text")).toHaveText(question);
    await page.getByLabel("처리 메모").fill("전화로 안내했어요");
    await page.getByRole("button", { name: "처리 결과 저장" }).click();
    await expect(page.getByText("처리 결과를 저장했어요")).toBeVisible();
    await page.goto("/desk/inquiries?state=answered");
    await expect(page.locator("tbody tr").first()).toContainText("오퍼레이터");
  });
});
