#!/usr/bin/env bash
# Runs a command against a freshly started product on a free port with its own, temporary data:
#   with-server.sh <command> [arguments…]
# The command finds PINDESK_E2E_URL (http://127.0.0.1:<port>) and PINDESK_DATA_DIR in its environment.
# PINDESK_BIN chooses the program (default: the dev build), PINDESK_SERVE_ARGS its arguments (default: serve --sandbox).
. "$(dirname "$0")/lib.sh"
export PINDESK_BIN="${PINDESK_BIN:-$CARGO_TARGET_DIR/debug/pindesk}"
[ -x "$PINDESK_BIN" ] || die "there is no program at $PINDESK_BIN" "run: make run (or .setup/server.sh && .setup/frontend.sh) first"
[ -f "$PINDESK_SITE_ROOT/pkg/hash.txt" ] || die "there is no site at $PINDESK_SITE_ROOT" "run: .setup/frontend.sh"

PINDESK_DATA_DIR="$(mktemp -d "${TMPDIR:-/tmp}/pindesk-run.XXXXXX")"; export PINDESK_DATA_DIR
PORT="$(node -e 'const s=require("net").createServer().listen(0,"127.0.0.1",()=>{console.log(s.address().port);s.close()})')"
export PINDESK_E2E_URL="http://127.0.0.1:$PORT"
export PINDESK_SITE_ADDR="127.0.0.1:$PORT" PINDESK_SITE_PUBLIC_URL="$PINDESK_E2E_URL" PINDESK_SANDBOX_ADDR=127.0.0.1:0
# Tests run at any hour, also while a real rail rests around midnight.
export PINDESK_BANK_MIDNIGHT_REST_MIN=0,0
LOG="$PINDESK_DATA_DIR/server.log"

# Its own process group, so that the sandbox it starts goes with it.
set -m
# shellcheck disable=SC2086
"$PINDESK_BIN" ${PINDESK_SERVE_ARGS:-serve --sandbox} >"$LOG" 2>&1 &
SERVER=$!
set +m
finish() {
  local code=$?
  trap - EXIT INT TERM
  kill -TERM -- "-$SERVER" 2>/dev/null || true
  for _ in $(seq 50); do kill -0 -- "-$SERVER" 2>/dev/null || break; sleep 0.1; done
  kill -KILL -- "-$SERVER" 2>/dev/null || true
  wait "$SERVER" 2>/dev/null || true
  if [ "$code" != 0 ]; then
    mkdir -p target; cp "$LOG" target/last-server.log 2>/dev/null && printf '    the server'"'"'s log of this run: target/last-server.log\n' >&2
  fi
  rm -rf "$PINDESK_DATA_DIR"
  exit "$code"
}
trap finish EXIT; trap 'exit 130' INT; trap 'exit 143' TERM

healthy() { node -e 'fetch(process.argv[1]).then(r=>process.exit(r.ok?0:1),()=>process.exit(1))' "$PINDESK_E2E_URL/healthz"; }
for i in $(seq 120); do
  if healthy; then break; fi
  if ! kill -0 "$SERVER" 2>/dev/null; then tail -30 "$LOG" >&2; die "the server ended before it answered" "its last words are above; the whole log will be in target/last-server.log"; fi
  [ "$i" != 120 ] || { tail -30 "$LOG" >&2; die "the server gave no good answer at $PINDESK_E2E_URL/healthz within a minute" "its last words are above"; }
  sleep 0.5
done
note "the server answers at $PINDESK_E2E_URL"
"$@"
