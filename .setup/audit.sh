#!/usr/bin/env bash
# Lighthouse (mobile) on the main pages of the release build (make audit). Fetches Lighthouse from npm into the cache.
. "$(dirname "$0")/lib.sh"
LIGHTHOUSE=12.2.3
.setup/packages.sh all
.setup/setup.sh build
.setup/node.sh style
.setup/server.sh release
.setup/frontend.sh
PINDESK_CHROMIUM="$(chromium_path)"; export PINDESK_CHROMIUM
TOOL="$PINDESK_CACHE/node/lighthouse-$LIGHTHOUSE"
get() { mkdir -p "$TOOL"; [ -x "$TOOL/node_modules/.bin/lighthouse" ] || PUPPETEER_SKIP_DOWNLOAD=1 npm install --no-fund --no-audit --prefix "$TOOL" "lighthouse@$LIGHTHOUSE" >/dev/null || die "Lighthouse can't be installed" "it comes from npm: is the registry reachable?"; }
step "Lighthouse $LIGHTHOUSE" get
look() {
  local path worst=0
  for path in / /sell /orders /faq; do
    CHROME_PATH="$PINDESK_CHROMIUM" "$TOOL/node_modules/.bin/lighthouse" "$PINDESK_E2E_URL$path" --quiet --output=json --output-path=target/lighthouse.json \
      --chrome-flags="--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking" >/dev/null
    node -e '
      const r = JSON.parse(require("fs").readFileSync("target/lighthouse.json"));
      const s = Object.values(r.categories).map((c) => `${c.id} ${Math.round(c.score * 100)}`).join(", ");
      console.log(`${process.argv[1]}: ${s}`);
      for (const c of Object.values(r.categories)) for (const a of c.auditRefs) {
        const x = r.audits[a.id];
        if (a.weight > 0 && x.score !== null && x.score < 0.9) console.log(`    ${c.id}/${a.id}: ${x.displayValue ?? x.title}`);
      }' "$path" || worst=1
  done
  return "$worst"
}
if [ "${1:-}" = look ]; then mkdir -p target; look; exit; fi
export PINDESK_BIN="$CARGO_TARGET_DIR/release/pindesk"
step "Audit" .setup/with-server.sh "$0" look
