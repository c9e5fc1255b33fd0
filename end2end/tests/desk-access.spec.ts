// Getting into the desk, getting others in, and being out again at once.
import { PASSWORD, colleague, signIn } from "./desk";
import { inBothLights, listen } from "./helpers";
import { expect, test } from "./shop";

test("a wrong password is told without saying what is wrong; the right one leads where one wanted to go", async ({ page }) => {
  const ear = listen(page);
  await page.goto("/desk/users");
  await expect(page).toHaveURL(/\/desk\/sign-in\?to=/);
  await page.getByLabel("아이디").fill("owner");
  await page.getByLabel("비밀번호", { exact: true }).fill("not this one at all");
  await page.getByRole("button", { name: "로그인" }).click();
  await expect(page.getByText("아이디 또는 비밀번호가 맞지 않아요")).toBeVisible();
  await expect(page.getByLabel("아이디")).toHaveValue("owner");
  await expect(page.getByLabel("비밀번호", { exact: true })).toHaveValue("");
  await inBothLights(page, "sign-in");
  await page.getByLabel("비밀번호", { exact: true }).fill(PASSWORD);
  await page.getByRole("button", { name: "로그인" }).click();
  await expect(page).toHaveURL(/\/desk\/users$/);
  await inBothLights(page, "users");
  await page.goto("/desk/me");
  await inBothLights(page, "my account");
  ear.check();
});

test("another role's page is the page of nothing, and customers load nothing of the desk", async ({ page, shop }) => {
  await signIn(page, "content");
  const other = await page.goto("/desk/users");
  const nothing = await page.goto("/desk/no-such-page");
  expect([other?.status(), nothing?.status()]).toEqual([404, 404]);
  await expect(page.getByText("이 역할로는 볼 수 없는 화면")).toBeVisible();
  const asked: string[] = [];
  page.on("request", (request) => asked.push(new URL(request.url()).pathname));
  for (const path of ["/", "/sell", "/orders", "/faq"]) await page.goto(`${shop.url}${path}`, { waitUntil: "networkidle" });
  expect(asked.filter((path) => /^\/(pkg\/)?desk/.test(path))).toEqual([]);
});

test("somebody is invited, chooses a password, and loses a role while they work", async ({ page, browser, shop }) => {
  const ear = listen(page);
  await signIn(page, "owner");
  await page.goto("/desk/users");
  await page.getByText("사용자 초대").click();
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("비밀번호를 정하는 링크를 한 번 보여 드려요");
  await dialog.getByLabel("아이디").fill("Sora.Lee");
  await dialog.getByLabel("이름").fill("이소라");
  await dialog.getByLabel("이유").fill("새로 입사");
  await dialog.getByRole("button", { name: "계정 만들기" }).click();
  // Refused for the roles: the dialog is open again with what was typed.
  await expect(page.getByRole("dialog")).toContainText("역할을 하나 이상");
  await expect(page.getByRole("dialog").getByLabel("아이디")).toHaveValue("Sora.Lee");
  await page.getByRole("dialog").getByLabel("감사", { exact: true }).check();
  await page.getByRole("dialog").getByRole("button", { name: "계정 만들기" }).click();
  const link = (await page.locator(".once code").textContent())!;
  expect(link).toContain("/desk/invite/");
  await page.reload();
  await expect(page.locator(".once")).toHaveCount(0);

  const context = await browser.newContext({ baseURL: shop.url, locale: "ko-KR" });
  const sora = await context.newPage();
  await sora.goto(link);
  await sora.getByLabel("새 비밀번호").fill("이소라이소라이소라");
  await sora.getByLabel("한 번 더").fill("이소라이소라이소라");
  await sora.getByRole("button", { name: "비밀번호 저장" }).click();
  await expect(sora.getByText("12자 이상으로")).toBeVisible();
  const password = "구름 위를 걷는 초록 고양이";
  await sora.getByLabel("새 비밀번호").fill(password);
  await sora.getByLabel("한 번 더").fill(password);
  await sora.getByRole("button", { name: "비밀번호 저장" }).click();
  await expect(sora).toHaveURL(/sign-in$/);
  await signIn(sora, "sora.lee", password);
  await sora.goto("/desk/users");
  await expect(sora.getByRole("heading", { name: "사용자" })).toBeVisible();
  expect((await sora.goto(link))?.status()).toBe(404);

  await page.getByRole("link", { name: "이소라" }).click();
  await page.getByText("역할 바꾸기").click();
  await page.getByRole("dialog").getByLabel("감사", { exact: true }).uncheck();
  await page.getByRole("dialog").getByLabel("콘텐츠", { exact: true }).check();
  await page.getByRole("dialog").getByLabel("이유").fill("업무 변경");
  await page.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("역할을 바꿨어요")).toBeVisible();
  expect((await sora.goto("/desk/users"))?.status()).toBe(404);

  // A page that stands open hears of the end by itself.
  await sora.goto("/desk/me");
  await page.locator("summary", { hasText: "모든 기기 로그아웃" }).click();
  await page.getByRole("dialog").getByLabel("이유").fill("노트북 분실");
  await page.getByRole("dialog").getByRole("button", { name: "모든 기기 로그아웃" }).click();
  await expect(sora).toHaveURL(/sign-in/, { timeout: 15_000 });
  await context.close();
  ear.check();
});

test("two owners change the same account: one is told what to look at", async ({ page, browser, shop }) => {
  await signIn(page, "owner");
  await page.goto("/desk/users");
  await page.getByRole("link", { name: "마케터" }).click();
  const { context, page: other } = await colleague(browser, shop, "owner");
  await other.goto(page.url());
  for (const each of [page, other]) {
    await each.getByText("역할 바꾸기").click();
    await each.getByRole("dialog").getByLabel("콘텐츠", { exact: true }).check();
    await each.getByRole("dialog").getByLabel("이유").fill("겸임");
  }
  await page.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  await expect(page.getByText("역할을 바꿨어요")).toBeVisible();
  await other.getByRole("dialog").getByRole("button", { name: "저장" }).click();
  await expect(other.getByText("그 사이 이 계정이 바뀌었어요")).toBeVisible();
  await context.close();
});

test("the palette goes anywhere by keyboard, and only where one may", async ({ page }) => {
  await signIn(page, "auditor");
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "빠른 이동" });
  await expect(palette).toBeVisible();
  await page.keyboard.type("사용");
  await expect(palette.getByRole("option", { name: "사용자" })).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/desk\/users$/);
  await page.keyboard.press("j");
  await page.keyboard.press("j");
  await page.keyboard.press("k");
  await expect(page.locator("tr[data-here]")).toHaveCount(1);
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/desk\/users\/usr_/);
});

test.describe("without JavaScript", () => {
  test.use({ javaScriptEnabled: false });

  test("one signs in, ends another session and leaves", async ({ page, browser, shop }) => {
    await signIn(page, "maker");
    const { context } = await colleague(browser, shop, "maker");
    await page.goto("/desk/me");
    await page.getByRole("button", { name: "끝내기" }).first().click();
    await expect(page.getByText("그 기기에서 로그아웃했어요")).toBeVisible();
    await context.close();
    await page.getByRole("button", { name: "로그아웃", exact: true }).click();
    await expect(page).toHaveURL(/sign-in$/);
    await page.goto("/desk/me");
    await expect(page).toHaveURL(/sign-in\?to=/);
  });
});

test("a form of another site, another kind of body and an old cookie do nothing", async ({ page, playwright, shop }) => {
  await signIn(page, "owner");
  const cookies = (await page.context().cookies()).map((cookie) => `${cookie.name}=${cookie.value}`).join("; ");
  const api = await playwright.request.newContext({ baseURL: shop.url });
  const post = (headers: Record<string, string>, data: string) =>
    api.post("/desk/fn/access/end_others", { headers: { cookie: cookies, ...headers }, data, maxRedirects: 0 });
  const form = { "content-type": "application/x-www-form-urlencoded" };
  expect((await post({ ...form, "sec-fetch-site": "cross-site" }, "")).status()).toBe(403);
  expect((await post({ ...form, origin: "https://evil.example" }, "")).status()).toBe(403);
  expect((await post({ "content-type": "text/plain", "sec-fetch-site": "same-origin" }, "{}")).status()).toBe(415);
  expect((await post({ ...form, "sec-fetch-site": "same-origin" }, "")).ok()).toBe(true);
  await page.getByRole("button", { name: "로그아웃", exact: true }).click();
  await expect(page).toHaveURL(/sign-in$/);
  expect((await post({ ...form, "sec-fetch-site": "same-origin", accept: "application/json" }, "")).status()).toBe(401);
  await api.dispose();
});
