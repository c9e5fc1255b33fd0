// A shop of the tests' own: the same program on fresh data, on a free port, with the settings a test needs. One per
// worker by default; a test that changes prices or hours, or wants other limits, asks for one of its own with
// `test.use({ settings: {…} })`.
import { test as base, expect, type APIRequestContext } from "@playwright/test";
import { execFileSync, spawn } from "node:child_process";
import { appendFileSync, closeSync, copyFileSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

/** Environment variables over `Leptos.toml`, without their `PINDESK_`. */
export type Settings = Record<string, string>;

/** One rule of the sandbox (server/sandbox/README.md). */
export type Fault = { party: string; operation: string; fault: string; match?: Record<string, string>; count?: number; delay_ms?: number };

const ROOT = resolve(__dirname, "../..");

// Many customers share this machine's one address; partners answer or fall silent quickly; the log tells everything.
const USUAL: Settings = {
  SHOP_CODES_PER_ADDRESS: "1000",
  SHOP_POSTS_PER_MINUTE: "10000",
  SHOP_INQUIRY_SCHEDULE_S: "3,1,1",
  SHOP_SETTLE_DELAY_S: "5",
  ISSUERS_TIMEOUT_MS: "1500",
  ISSUERS_CONNECT_TIMEOUT_MS: "1000",
  BANK_TIMEOUT_MS: "1500",
  BANK_CONNECT_TIMEOUT_MS: "1000",
  BANK_MIDNIGHT_REST_MIN: "0,0",
  LOG_FILTER: "debug",
};

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer().on("error", fail);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => done(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** Where the planted values and the logs of ended shops are kept for canaries.spec.ts. */
export function keepsake(...parts: string[]): string {
  const dir = process.env.PINDESK_DATA_DIR;
  if (!dir) throw new Error("PINDESK_DATA_DIR is not set: start the suite with `make e2e`");
  mkdirSync(join(dir, "e2e"), { recursive: true });
  return join(dir, "e2e", ...parts);
}

/** Remembers a value that nobody but its owner may ever see; canaries.spec.ts looks for all of them at the end. */
export function plant<Value extends string>(what: string, value: Value): Value {
  appendFileSync(keepsake("planted.jsonl"), `${JSON.stringify({ what, value })}\n`);
  return value;
}

export class Shop {
  private constructor(
    readonly url: string,
    readonly dataDir: string,
    readonly sandbox: string,
    private readonly end: () => Promise<void>,
  ) {}

  static async open(settings: Settings): Promise<Shop> {
    const program = process.env.PINDESK_BIN;
    if (!program) throw new Error("PINDESK_BIN is not set: start the suite with `make e2e`");
    const dataDir = mkdtempSync(join(tmpdir(), "pindesk-shop."));
    const url = `http://127.0.0.1:${await freePort()}`;
    const own: Settings = { ...USUAL, ...settings };
    const env: Record<string, string | undefined> = {
      ...process.env,
      PINDESK_DATA_DIR: dataDir,
      PINDESK_SITE_ADDR: url.replace("http://", ""),
      PINDESK_SITE_PUBLIC_URL: url,
      PINDESK_SANDBOX_ADDR: "127.0.0.1:0",
    };
    for (const [name, value] of Object.entries(own)) env[`PINDESK_${name}`] = value;
    const log = join(dataDir, "server.log");
    const out = openSync(log, "a");
    // Its own process group, so that the sandbox it starts goes with it.
    const child = spawn(program, ["serve", "--sandbox"], { cwd: ROOT, env, stdio: ["ignore", out, out], detached: true });
    closeSync(out);
    const gone = new Promise<void>((done) => child.once("exit", () => done()));
    const signal = (name: "SIGTERM" | "SIGKILL") => {
      try {
        process.kill(-child.pid!, name);
      } catch {
        // It has ended by itself.
      }
    };
    const last = () => signal("SIGKILL");
    process.once("exit", last);
    const end = async () => {
      process.removeListener("exit", last);
      signal("SIGTERM");
      const timer = setTimeout(last, 8_000);
      await gone;
      clearTimeout(timer);
      last();
      const name = url.replace(/\D/g, "-");
      copyFileSync(log, keepsake(`shop${name}.log`));
      rmSync(dataDir, { recursive: true, force: true });
    };
    try {
      await expect
        .poll(() => fetch(`${url}/healthz`).then((answer) => answer.ok, () => child.exitCode ?? false), {
          timeout: 30_000,
          intervals: [50, 100, 100, 200],
          message: "the test's own shop opens",
        })
        .toBe(true);
      const page = await (await fetch(url)).text();
      const sandbox = page.match(/href="(https?:\/\/[^"]+)\/phone"/);
      expect(sandbox, "the banner links to the sandbox's phone").toBeTruthy();
      return new Shop(url, dataDir, sandbox![1], end);
    } catch (error) {
      const words = readFileSync(log, "utf8").split("\n").slice(-15).join("\n");
      await end();
      throw new Error(`${error}\n${words}`);
    }
  }

  close(): Promise<void> {
    return this.end();
  }

  /** Tells the sandbox how to misbehave; an empty list ends it. */
  async faults(rules: Fault[]): Promise<void> {
    const answer = await fetch(`${this.sandbox}/faults`, { method: "PUT", body: JSON.stringify(rules) });
    expect(answer.status, await answer.text()).toBe(200);
  }

  /** A partner's journal: one entry per request it got. */
  async journal(party: "issuer" | "bank" | "agent"): Promise<Record<string, unknown>[]> {
    const text = await (await fetch(`${this.sandbox}/journal/${party}.jsonl`)).text();
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line));
  }

  /** Does to the database what no screen can do yet: Node's own SQLite, or the `sqlite3` program. */
  sql(statement: string): string {
    const file = join(this.dataDir, "pindesk.db");
    // There from Node 22 on; not in the older types.
    const sqlite = (process as { getBuiltinModule?: (name: string) => any }).getBuiltinModule?.("node:sqlite");
    if (sqlite) {
      const db = new sqlite.DatabaseSync(file, { timeout: 5_000 });
      try {
        if (!/^\s*(select|with)/i.test(statement)) {
          db.exec(statement);
          return "";
        }
        return db
          .prepare(statement)
          .all()
          .map((row: object) => Object.values(row).join("|"))
          .join("\n");
      } finally {
        db.close();
      }
    }
    try {
      return execFileSync("sqlite3", ["-cmd", ".timeout 5000", file, statement], { encoding: "utf8" }).trim();
    } catch (error) {
      if ((error as { code?: string }).code !== "ENOENT") throw error;
      throw new Error("this test changes the database by hand and needs the program sqlite3: apt-get install sqlite3");
    }
  }

  /** Lets time pass for every code that was sent: as if it had been asked for so many seconds earlier. */
  ageCodes(seconds: number): void {
    this.sql(`update otp_challenges set created_at = created_at - ${seconds}000000, expires_at = expires_at - ${seconds}000000`);
  }

  /** From now on a brand is bought at this share of its face. */
  newRate(brand: string, basisPoints: number): void {
    const now = Date.now() * 1000;
    this.sql(
      `insert into rates select randomblob(16), brand, face_min, face_max, ${basisPoints}, ${now}, 'e2e', 'the rate moved', ${now} ` +
        `from rates as old where brand = '${brand}' and effective_from = (select max(effective_from) from rates where brand = '${brand}')`,
    );
  }
}

type Own = { settings: Settings | undefined; shop: Shop };
type Shared = { house: Shop };

export const test = base.extend<Own, Shared>({
  house: [
    async ({}, use) => {
      const shop = await Shop.open({});
      await use(shop);
      await shop.close();
    },
    { scope: "worker" },
  ],
  settings: [undefined, { option: true }],
  shop: async ({ settings, house }, use) => {
    const shop = settings ? await Shop.open(settings) : house;
    await use(shop);
    if (settings) await shop.close();
    else await shop.faults([]);
  },
  baseURL: async ({ shop }, use) => use(shop.url),
});

export { expect, type APIRequestContext };
