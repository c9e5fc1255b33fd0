// Who may depend on whom (docs/architecture.md, "Rooms"), checked against what cargo says.
// A dependency that is not allowed fails the check even when nothing uses it yet.
import { readFileSync, readdirSync } from "node:fs";
import { execFileSync } from "node:child_process";

const gateways = ["gateway_issuer", "gateway_bank", "gateway_thecheat", "gateway_alerts"];
// room: which of our own crates it may use, and what from outside it must never name.
const rooms = {
  domain: { own: [], never: ["sqlx", "tokio", "axum", "leptos", "reqwest", "getrandom", "rand", "tracing", "chrono"] },
  store: { own: ["domain"], never: ["reqwest", "axum", "leptos", "leptos_axum", "tower-http"] },
  sms_agent: { own: ["domain"], never: ["reqwest", "axum", "leptos", "leptos_axum"] },
  gateway_line: { own: ["domain"], never: ["sqlx", "axum", "leptos"] },
  gateway_issuer: { own: ["domain", "gateway_line"], never: ["sqlx", "axum", "leptos"] },
  gateway_thecheat: { own: ["domain", "gateway_line"], never: ["sqlx", "axum", "leptos"] },
  gateway_alerts: { own: ["domain", "gateway_line"], never: ["sqlx", "axum", "leptos"] },
  gateway_bank: { own: ["domain", "gateway_line"], never: ["sqlx", "axum", "leptos"] },
  services: { own: ["domain", "store", "sms_agent", "gateway_line", ...gateways], never: ["sqlx", "reqwest", "axum", "axum-extra", "leptos", "leptos_axum", "tower", "tower-http", "tower-sessions", "apalis"] },
  app: { own: ["domain", "services"], never: ["sqlx", "reqwest", "apalis"] },
  frontend: { own: ["app"], never: ["sqlx", "reqwest", "tokio", "axum", "leptos_axum", "serde_json"] },
  pindesk: { own: ["app", "domain", "services", "store", "sms_agent", "gateway_line", ...gateways], never: ["sqlx"] },
  // The partners stand outside: they must not share code with what they answer.
  sandbox: { own: [], never: ["leptos", "reqwest"] },
  testkit: { own: ["domain", "store", "services", "sms_agent", "gateway_line", "sandbox", "pindesk", ...gateways], never: ["leptos"] },
};

const broken = [];
const meta = JSON.parse(execFileSync("cargo", ["metadata", "--no-deps", "--format-version", "1"], { encoding: "utf8", maxBuffer: 1 << 26 }));
const ours = new Map(meta.packages.filter((p) => meta.workspace_members.includes(p.id)).map((p) => [p.name, p]));

for (const [name, p] of ours) {
  const room = rooms[name];
  if (!room) { broken.push(`${name}: a crate that .setup/rooms.mjs does not know; give it a line there and in .setup/lib.sh`); continue; }
  for (const d of p.dependencies) {
    if (d.kind === "dev") continue;
    if (ours.has(d.name) && !room.own.includes(d.name)) broken.push(`${name} must not depend on ${d.name}`);
    if (d.name === "testkit") broken.push(`${name}: testkit is for [dev-dependencies] only`);
    if (room.never.includes(d.name)) broken.push(`${name} must not depend on ${d.name}`);
  }
}

// What the host runs in .setup/lib.sh must be every crate but the browser's entry.
const listed = [...readFileSync(".setup/lib.sh", "utf8").matchAll(/^HOST_(?:LIBS|BINS)=\((.*)\)$/gm)].flatMap((m) => m[1].split(" "));
for (const name of ours.keys()) {
  if (name !== "frontend" && !listed.includes(name)) broken.push(`${name} is missing in HOST_LIBS or HOST_BINS of .setup/lib.sh: its tests would not run`);
}
for (const name of listed) if (!ours.has(name)) broken.push(`${name} is listed in .setup/lib.sh but is no crate of the workspace`);

// Nothing of the server may reach the phone, by whatever way.
const tree = execFileSync("cargo", ["tree", "-p", "frontend", "--target", "wasm32-unknown-unknown", "-e", "normal", "--prefix", "none", "--format", "{p}"], { encoding: "utf8" });
const reach = new Set(tree.split("\n").map((l) => l.split(" ")[0]).filter(Boolean));
for (const bad of ["sqlx", "sqlx-core", "tokio", "services", "store", "sms_agent", "gateway_line", ...gateways, "reqwest", "axum", "leptos_axum", "apalis", "argon2", "ring"]) {
  if (reach.has(bad)) broken.push(`the browser's module reaches ${bad}: cargo tree -p frontend --target wasm32-unknown-unknown -e normal -i ${bad}`);
}

// Both engines carry the same migrations, and each says why.
const files = (engine) => { try { return readdirSync(`migrations/${engine}`).filter((f) => f.endsWith(".sql")).sort(); } catch { return []; } };
const [sqlite, postgres] = [files("sqlite"), files("postgres")];
for (const f of new Set([...sqlite, ...postgres])) {
  if (!sqlite.includes(f)) broken.push(`migrations/sqlite/${f} is missing (make migration makes pairs)`);
  if (!postgres.includes(f)) broken.push(`migrations/postgres/${f} is missing (make migration makes pairs)`);
  if (!/^\d{14}_[a-z][a-z0-9_]*\.sql$/.test(f)) broken.push(`migrations/*/${f}: the name is not YYYYMMDDHHMMSS_what.sql`);
}
for (const [engine, list] of [["sqlite", sqlite], ["postgres", postgres]]) {
  for (const f of list) {
    const first = readFileSync(`migrations/${engine}/${f}`, "utf8").split("\n")[0].trim();
    if (!/^--\s*\S/.test(first) || /^--\s*Why:$/.test(first)) broken.push(`migrations/${engine}/${f}: the first line must say why (-- …)`);
  }
}

// The top level stays as drawn.
const drawn = new Set(["Cargo.toml", "Cargo.lock", "Leptos.toml", "README.md", "Makefile", "app", "server", "frontend", "style", "public", "migrations", "end2end", "docs",
  "LICENSE", "deny.toml", "clippy.toml", "rustfmt.toml", "Dockerfile", "compose.yaml", "deploy"]);
let tracked = [];
try { tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], { encoding: "utf8" }).split("\n").filter(Boolean); } catch { /* not a clone */ }
for (const top of new Set(tracked.map((f) => f.split("/")[0]))) {
  if (!top.startsWith(".") && !drawn.has(top)) broken.push(`${top}: not one of the rooms at the top level`);
}

for (const b of broken) console.error(`    ${b}`);
console.log(`    ${ours.size} crates, ${reach.size} packages in the browser's module, ${sqlite.length} migrations: ${broken.length === 0 ? "all rules hold" : `${broken.length} broken`}`);
process.exit(broken.length === 0 ? 0 : 1);
