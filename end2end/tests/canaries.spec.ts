// After all flows: names, phones, accounts, numbers and codes that customers of this run typed are looked for wherever
// nobody may meet them. Every helper that makes such a value plants it (shop.ts, `plant`).
import { expect, test } from "@playwright/test";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { newPerson, message, phoneUrl, quickSale } from "./helpers";
import { keepsake } from "./shop";

type Planted = { what: string; value: string };

/** What was planted up to now, each once. */
function planted(): Planted[] {
  const lines = readFileSync(keepsake("planted.jsonl"), "utf8").split("\n").filter(Boolean);
  return [...new Set(lines)].map((line) => JSON.parse(line) as Planted);
}

/** A value in the dresses it might slip out in. */
function dresses({ what, value }: Planted): Buffer[] {
  const bytes = Buffer.from(value);
  const plain = [value];
  if (what === "phone") plain.push(`${value.slice(0, 3)}-${value.slice(3, 7)}-${value.slice(7)}`);
  if (what === "number") plain.push(value.match(/.{1,4}/g)!.join("-"), value.match(/.{1,4}/g)!.join(" "));
  if (what === "name") plain.push(encodeURIComponent(value), [...value].map((c) => `\\u${c.charCodeAt(0).toString(16)}`).join(""));
  const coded = [bytes.toString("hex")];
  // Whole groups of three bytes look the same in base64 wherever they begin; three shifts find them.
  for (let shift = 0; shift < 3; shift += 1) {
    const whole = bytes.subarray(shift, shift + Math.floor((bytes.length - shift) / 3) * 3);
    if (whole.length >= 9) coded.push(whole.toString("base64"));
  }
  return [...plain, ...coded].map((text) => Buffer.from(text));
}

/** A code is only six digits: it counts where it stands alone. */
function standsAlone(text: string, code: string): boolean {
  return new RegExp(`(?<![0-9A-Za-z_.-])${code}(?![0-9A-Za-z_.-])`).test(text);
}

function search(place: string, content: Buffer, all: Planted[]): string[] {
  const text = content.toString("latin1");
  return all.flatMap((one) => {
    const there = one.what === "code" ? standsAlone(text, one.value) : dresses(one).some((dress) => content.includes(dress));
    return there ? [`${place} holds a ${one.what}`] : [];
  });
}

let order = "";

test.beforeAll(async ({ playwright, baseURL, browser }) => {
  // At least one sale on the product itself, whatever else ran.
  const page = await browser.newPage({ baseURL });
  await page.goto("/");
  const shop = { url: baseURL!, sandbox: new URL(await phoneUrl(page)).origin };
  await page.close();
  const request = await playwright.request.newContext();
  order = await quickSale(request, shop, message().text, newPerson());
  await expect
    .poll(async () => (await (await request.get(`${shop.url}/orders/${order}`)).text()).includes("입금했어요"), { timeout: 30_000 })
    .toBe(true);
  await request.dispose();
});

test("the search finds what is there", () => {
  const [one] = planted().filter(({ what }) => what === "number");
  const inside = (text: string) => search("here", Buffer.from(text), [one]);
  for (const text of [one.value, `x${one.value}y`, one.value.match(/.{1,4}/g)!.join("-"), Buffer.from(one.value).toString("hex")]) {
    expect(inside(text), text).toHaveLength(1);
  }
  for (const before of ["", "a", "ab"]) expect(inside(Buffer.from(before + one.value).toString("base64")), before).toHaveLength(1);
  for (const text of ["code=123456 now", "인증번호 123456", '{"code":"123456"}']) expect(standsAlone(text, "123456"), text).toBe(true);
  expect(standsAlone("12:20:21.123456Z 9f123456 1795263123456", "123456")).toBe(false);
  const data = readFileSync(join(process.env.PINDESK_DATA_DIR!, "pindesk.db-wal"));
  expect(data.includes(order), "the database that is searched holds this run's order").toBe(true);
});

test("no log holds a secret or a person", () => {
  const all = planted();
  expect(new Set(all.map(({ what }) => what))).toEqual(new Set(["name", "phone", "account", "number", "code"]));
  const logs = readdirSync(keepsake()).filter((name) => name.endsWith(".log")).map((name) => keepsake(name));
  const found = [join(process.env.PINDESK_DATA_DIR!, "server.log"), ...logs].flatMap((file) => search(file, readFileSync(file), all));
  expect([...new Set(found)]).toEqual([]);
});

test("no table, queue, session or journal holds a secret or a person in clear", () => {
  const dir = process.env.PINDESK_DATA_DIR!;
  const files = ["pindesk.db", "pindesk.db-wal", ...readdirSync(join(dir, "sandbox")).filter((name) => name.endsWith(".jsonl")).map((name) => `sandbox/${name}`)];
  const all = planted();
  const found = files.flatMap((name) => search(name, readFileSync(join(dir, name)), all));
  expect([...new Set(found)]).toEqual([]);
});

test("nobody else's page holds a secret or a person", async ({ browser, baseURL }) => {
  const all = planted();
  const context = await browser.newContext({ baseURL, locale: "ko-KR" });
  const stranger = await context.newPage();
  const paths = ["/", "/sell", "/sell/quote", "/sell/you", "/sell/confirm", "/orders", "/notices", "/faq", "/guide", "/terms", "/privacy", "/inquiry", "/no-such-page", `/orders/${order}`, "/?lang=en"];
  for (const path of paths) {
    await stranger.goto(path);
    expect(search(path, Buffer.from(await stranger.content()), all)).toEqual([]);
  }
  for (const path of [`/orders/${order}`, `/orders/${order}/events`]) {
    const answer = await context.request.get(path);
    expect(answer.status(), path).toBe(404);
    expect(search(path, await answer.body(), all)).toEqual([]);
  }
  await context.close();
});

test("an error repeats nothing that was sent in", async ({ playwright, baseURL }) => {
  const all = planted();
  const [number] = all.filter(({ what }) => what === "number");
  const [name] = all.filter(({ what }) => what === "name");
  const request = await playwright.request.newContext({ baseURL });
  const form = { text: number.value, pin: number.value, row: number.value, submit_key: number.value, code: number.value, brand: number.value, phone: number.value, name: name.value };
  for (const action of ["sell/add", "sell/edit", "sell/remove", "sell/submit", "sell/consents", "order/view", "order/cancel", "order/resend", "no/such"]) {
    for (const accept of ["application/json", "text/html"]) {
      const answer = await request.post(`/fn/${action}`, { headers: { accept, origin: baseURL! }, form, maxRedirects: 0 });
      const said = Buffer.from(`${answer.headers().location ?? ""}\n${answer.status() >= 400 ? await answer.text() : ""}`);
      expect(search(`/fn/${action}`, said, [number, name])).toEqual([]);
    }
  }
  await request.dispose();
});
