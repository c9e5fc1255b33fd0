// The landing says what is so: real payouts or none, banks that rest now.
import { listen, newPerson, one, quickSale } from "./helpers";
import { expect, test } from "./shop";

test.use({ settings: {} });

test("recent payouts are hidden until five real ones are ten minutes old, and then they are those", async ({ page, shop, playwright }) => {
  const ear = listen(page);
  const feed = page.getByRole("region", { name: "최근 입금" });
  const paid = (count: number) => expect.poll(() => shop.sql("select count(*) from live_feed"), { timeout: 30_000 }).toBe(String(count));
  const older = () => shop.sql("update live_feed set created_at = created_at - 660000000 where created_at > (strftime('%s','now') - 600) * 1000000");
  await page.goto("/");
  await expect(feed).toHaveCount(0);
  const people = Array.from({ length: 5 }, () => newPerson());
  const customer = () => playwright.request.newContext();
  await Promise.all(people.slice(0, 4).map(async (person) => quickSale(await customer(), shop, one().text, person)));
  await paid(4);
  older();
  await expect.poll(async () => { await page.reload(); return feed.count(); }).toBe(0);
  await quickSale(await customer(), shop, one().text, people[4]);
  await paid(5);
  // Five, but the newest is fresh.
  await page.reload();
  await expect(feed).toHaveCount(0);
  older();
  await expect(async () => {
    await page.reload();
    await expect(feed.getByRole("listitem")).toHaveCount(5, { timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await expect(feed.getByRole("listitem").first()).toContainText(/^독[고*]*\*+[가-힣]?/);
  for (const row of await feed.getByRole("listitem").allInnerTexts()) {
    expect(row).toMatch(/컬쳐랜드.* 1장/);
    expect(row).toMatch(/\d0,000원대/);
    for (const person of people) expect(row).not.toContain(person.name);
  }
  ear.check();
});

test("a bank that rests is named with the hour it is back, and orders go on", async ({ page, shop }) => {
  const ear = listen(page);
  await page.goto("/");
  // At rest the whole day but for one minute far from now; all others are open.
  const minute = (new Date().getUTCHours() * 60 + new Date().getUTCMinutes() + 9 * 60) % 1440;
  const [from, to] = minute < 1380 ? [0, 1439] : [1, 1440];
  shop.sql(`update banks set hours_json = '{"open":0,"close":1440,"closed":[]}'`);
  shop.sql(`update banks set hours_json = '{"open":0,"close":1440,"closed":[{"on":"daily","from":${from},"to":${to}}]}' where bank_code = '090'`);
  await expect(async () => {
    await page.reload();
    await expect(page.getByText(/카카오뱅크:? \d{2}:\d{2}까지/)).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 10_000 });
  await expect(page.getByText("지금 점검 중인 은행이 있어요")).toBeVisible();
  const order = await quickSale(page.request, shop, one().text);
  await page.goto(`/orders/${order}`);
  await expect(page.getByText(/점검이 끝나는 \d{2}:\d{2} 이후/)).toBeVisible({ timeout: 15_000 });
  await expect(page.getByRole("heading", { level: 1 })).toContainText("입금을 기다리고 있어요", { timeout: 15_000 });
  expect((await shop.journal("bank")).filter((line) => line.decision === "paid")).toHaveLength(0);
  ear.check();
});
