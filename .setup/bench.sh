#!/usr/bin/env bash
# Measures and writes the table of docs/benchmarks.md (make bench). Each figure with its goal and the ratio to it.
#   bench.sh [part…]     parts: pin submit page paid desk rights flood; all when none is named
. "$(dirname "$0")/lib.sh"
BEGAN=$EPOCHREALTIME
PARTS=("$@"); [ ${#PARTS[@]} -gt 0 ] || PARTS=(pin submit page paid desk rights flood)
need_packages "measuring" wrk brotli curl
if [ -z "${PINDESK_BENCH_BUILT:-}" ]; then
  .setup/setup.sh all
  .setup/server.sh release
  .setup/frontend.sh
fi
RESULTS="$(mktemp)"; WORK="$(mktemp -d "${TMPDIR:-/tmp}/pindesk-bench.XXXXXX")"
SERVER=
finish() { local code=$?; trap - EXIT; [ -z "$SERVER" ] || { kill "$SERVER" 2>/dev/null; wait "$SERVER" 2>/dev/null; } || true; rm -rf "$WORK" "$RESULTS"; exit "$code"; }
trap finish EXIT

# figure "what" value unit goal least|most "command"
figure() { printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$@" >>"$RESULTS"; note "$1: $2 $3 (goal: at $5 $4)"; }
# field NAME LINE: the value of NAME=value
field() { sed -n "s/.*[ ^]$1=\([0-9.]*\).*/\1/p" <<<" $2"; }
bench() { # crate, name: its line(s) of figures
  cargo bench ${PINDESK_LOCKED:+--locked} -p "$1" --bench "$2" 2>"$WORK/$2.log" || { tail -20 "$WORK/$2.log" >&2; die "the bench $2" "its last words are above"; }
}

pin() {
  local out; out="$(bench domain pin)"; sed 's/^/    /' <<<"$out"
  # Its slowest line counts.
  figure "PIN extractor, slowest of its mixes" "$(grep -oE '[0-9]+\.[0-9]+ MB/s' <<<"$out" | sort -n | head -1 | cut -d' ' -f1)" "MB/s" 50 least "cargo bench -p domain --bench pin"
}

submit() {
  local engine line goal
  for engine in sqlite postgres; do
    line="$(SUBMIT_ENGINE=$engine bench services submit | grep '^submit')"
    note "$line"
    goal=400; [ "$engine" = sqlite ] || goal=1500
    figure "order with 10 items to durable commit, 32 callers, $engine" "$(field orders_per_s "$line")" "orders/s" "$goal" least "SUBMIT_ENGINE=$engine cargo bench -p services --bench submit"
    figure "the same, 95 of 100 within, $engine" "$(field p95_ms "$line")" ms 60 most "the same"
  done
}

rss() { awk '/^VmRSS/ { printf "%.1f", $2 / 1024 }' "/proc/$SERVER/status"; }
now_ms() { echo $(( ${EPOCHREALTIME/[.,]/} / 1000 )); }

serve() {
  "$CARGO_TARGET_DIR/release/pindesk" serve >>"$WORK/server.log" 2>&1 &
  SERVER=$!
}
wait_page() {
  local i
  for i in $(seq 2000); do
    if curl -sf -o /dev/null --max-time 5 "$1"; then return 0; fi
    kill -0 "$SERVER" 2>/dev/null || { tail -20 "$WORK/server.log" >&2; die "the server ended" "its last words are above"; }
    sleep 0.005
  done
  die "no page within ten seconds" "see $WORK/server.log"
}

page() {
  local port keys url from html
  port="$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')"
  url="http://127.0.0.1:$port"
  keys="$("$CARGO_TARGET_DIR/release/pindesk" keys new)"
  mkdir -m 700 "$WORK/data"
  FILL_DATABASE="$WORK/data/pindesk.db" FILL_KEYS="$keys" bench services fill | sed 's/^/    /'
  export PINDESK_DATA_DIR="$WORK/data" PINDESK_SITE_ADDR="127.0.0.1:$port" PINDESK_SITE_PUBLIC_URL="$url" PINDESK_SANDBOX_ADDR=127.0.0.1:0
  export PINDESK_KEYS_SOURCE="env:BENCH_KEYS" BENCH_KEYS="$keys" PINDESK_SANDBOX_ENABLED=true PINDESK_LOG_FILTER=warn
  # Once cold, so that the second start is what a restart costs; the goal is for a filled database, not a cold disk.
  serve; wait_page "$url/"; kill "$SERVER"; wait "$SERVER" 2>/dev/null || true
  from=$(now_ms); serve; wait_page "$url/"
  figure "start to first page, filled database" "$(( $(now_ms) - from ))" ms 500 most "pindesk serve; curl /"
  sleep 3
  figure "memory, idle" "$(rss)" MB 60 most "VmRSS of pindesk serve"
  html="$WORK/page.html"; curl -s "$url/" >"$html"
  note "landing: $(wc -c <"$html") bytes of HTML"
  figure "landing HTML, brotli" "$(brotli -q 5 -c "$html" | wc -c | awk '{ printf "%.1f", $1 / 1024 }')" KB 25 most "curl / | brotli -q 5"
  figure "script and wasm, brotli" "$(cat "$PINDESK_SITE_ROOT"/pkg/*.js.br "$PINDESK_SITE_ROOT"/pkg/*.wasm.br | wc -c | awk '{ printf "%.1f", $1 / 1024 }')" KB 250 most "pkg/*.js.br pkg/*.wasm.br"
  wrk -t2 -c32 -d3s "$url/" >/dev/null
  local plain load compressed
  plain="$(wrk -t2 -c32 -d15s --latency "$url/")"; load="$(rss)"
  compressed="$(wrk -t2 -c32 -d10s --latency -H 'accept-encoding: br, gzip' "$url/")"
  if grep -q 'Non-2xx\|Socket errors' <<<"$plain$compressed"; then printf '%s\n%s\n' "$plain" "$compressed" >&2; die "wrk met errors" "see above"; fi
  figure "landing, 40 brands, 240 rates, 20 feed rows, 32 connections" "$(awk '/Requests\/sec/ { printf "%d", $2 }' <<<"$plain")" "pages/s" 3700 least "wrk -t2 -c32 -d15s --latency /"
  figure "the same, 99 of 100 within" "$(p99 "$plain")" ms 40 most "the same"
  figure "the same, sent with brotli" "$(awk '/Requests\/sec/ { printf "%d", $2 }' <<<"$compressed")" "pages/s" 3700 least "… -H 'accept-encoding: br, gzip'"
  figure "memory under this load" "$load" MB 150 most "VmRSS after wrk"
  kill "$SERVER"; wait "$SERVER" 2>/dev/null || true; SERVER=
  unset PINDESK_KEYS_SOURCE BENCH_KEYS PINDESK_DATA_DIR PINDESK_SITE_ADDR PINDESK_SITE_PUBLIC_URL PINDESK_SANDBOX_ADDR PINDESK_SANDBOX_ENABLED PINDESK_LOG_FILTER
}
p99() { awk '$1 == "99%" { v = $2; if (v ~ /us$/) { sub("us", "", v); v /= 1000 } else if (v ~ /ms$/) sub("ms", "", v); else { sub("s", "", v); v *= 1000 } printf "%.1f", v }' <<<"$1"; }

paid() {
  local engine line
  for engine in sqlite postgres; do
    line="$(PAID_ENGINE=$engine bench pindesk paid | grep '^paid')"
    note "$line"
    figure "last button to paid, prompt partners, 95 of 100 within, $engine" "$(field p95_ms "$line")" ms 3000 most "PAID_ENGINE=$engine cargo bench -p pindesk --bench paid"
  done
}

desk() {
  local engine out line format
  for engine in sqlite postgres; do
    out="$(DESK_ENGINE=$engine bench services desk | grep '^desk')"; sed 's/^/    /' <<<"$out"
    line="$(grep ' list_p95_ms=' <<<"$out")"
    figure "orders list of 1,000,000 orders / 5,000,000 vouchers, slowest of 26 kinds of filter, 95 of 100 within, $engine" "$(field list_p95_ms "$line")" ms 60 most "DESK_ENGINE=$engine cargo bench -p services --bench desk"
    figure "dashboard at that size, 95 of 100 within, $engine" "$(field dashboard_p95_ms "$(grep ' dashboard_p95_ms=' <<<"$out")")" ms 150 most "the same"
    for format in csv xlsx; do
      figure "memory while a file of 100,000 orders is written, $format, $engine" "$(field rss_mb "$(grep " export=$format" <<<"$out")")" MB 150 most "the same"
    done
  done
}

rights() {
  local engine line
  for engine in sqlite postgres; do
    line="$(RIGHTS_ENGINE=$engine bench services rights | grep '^rights')"
    note "$line"
    figure "right asked and audit line written, half within, $engine" "$(field adds_ms "$line")" ms 1 most "RIGHTS_ENGINE=$engine cargo bench -p services --bench rights"
    figure "the same, difference of what 95 of 100 are within, $engine" "$(field adds_p95_ms "$line")" ms 1 most "the same"
  done
}

flood() {
  local line
  line="$(bench pindesk flood | grep '^flood')"
  note "$line"
  figure "pages during 100 wrong passwords a second, 95 of 100 within" "$(field page_p95_ms "$line")" ms 300 most "cargo bench -p pindesk --bench flood"
  figure "memory during them, at most" "$(field rss_mb "$line")" MB 300 most "the same"
}

write_down() {
  local doc=docs/benchmarks.md
  node - "$RESULTS" "$doc" <<'JS'
const fs = require('fs'), os = require('os');
const [results, doc] = process.argv.slice(2);
const rows = fs.readFileSync(results, 'utf8').trim().split('\n').map(l => l.split('\t'));
let text = fs.readFileSync(doc, 'utf8');
const [head, rest] = text.split('<!-- figures -->\n');
const [old, tail] = rest.split('<!-- end -->');
// A part that was not measured this time keeps its line.
const kept = new Map(old.split('\n').filter(l => l.startsWith('| ') && !l.startsWith('| What') && !l.startsWith('| -')).map(l => [l.split(' | ')[0].slice(2), l]));
for (const [what, value, unit, goal, way, command] of rows) {
  const ratio = way === 'least' ? value / goal : goal / value;
  kept.set(what, `| ${what} | ${value} ${unit} | ${way === 'least' ? '≥' : '≤'} ${goal} | ${Number.isFinite(ratio) ? ratio.toFixed(2) : '–'} | \`${command}\` |`);
}
const when = new Date().toISOString().slice(0, 10);
const machine = `Measured ${when} on ${os.cpus().length} × ${os.cpus()[0].model.trim()}, ${Math.round(os.totalmem() / 2 ** 30)} GB, Linux ${os.release()}; the load generator on the same cores.`;
fs.writeFileSync(doc, `${head}<!-- figures -->\n${machine}\n\n| What | Measured | Goal | Times the goal | Command |\n| --- | --- | --- | --- | --- |\n${[...kept.values()].join('\n')}\n<!-- end -->${tail}`);
let missed = 0;
for (const [what, value, unit, goal, way] of rows) {
  const ok = way === 'least' ? +value >= +goal : +value <= +goal;
  if (!ok) missed++;
  const ratio = way === 'least' ? value / goal : goal / value;
  console.log(`    ${ok ? 'reached' : 'MISSED '} ${ratio.toFixed(2).padStart(6)} × ${what}: ${value} ${unit} (goal ${way === 'least' ? '≥' : '≤'} ${goal})`);
}
console.log(`    ${rows.length - missed} of ${rows.length} goals reached; table: ${doc}`);
JS
}

for p in "${PARTS[@]}"; do
  case $p in pin|submit|page|paid|desk|rights|flood) step "Measuring: $p" "$p" ;; *) die "unknown part $p" "one of: pin submit page paid desk rights flood" ;; esac
done
step "Writing docs/benchmarks.md" write_down
took "make bench" "$BEGAN"
