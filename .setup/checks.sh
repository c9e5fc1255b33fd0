#!/usr/bin/env bash
# Single checks, each a step: checks.sh fmt rooms clippy clippy-wasm quick tests
. "$(dirname "$0")/lib.sh"
host_args

fmt() { cargo fmt --all --check || die "the formatting differs" "run: make fmt"; }
rooms() { node .setup/rooms.mjs || die "a room rule is broken" "the rules, and why, are in .setup/rooms.mjs and docs/architecture.md"; }
clippy() { cargo clippy ${PINDESK_LOCKED:+--locked} "${HOST_ARGS[@]}" --all-targets -- -D warnings || die "clippy complains about host crates" "mend what it says; no allow without a reason (expect(…, reason = …))"; }
clippy_wasm() (
  wasm_env
  if [ -n "$WASM_RUSTC" ]; then
    note "the browser's compiler here is $("$WASM_RUSTC" -V), which has no clippy: cargo check instead"
    RUSTFLAGS="${RUSTFLAGS:-} -Dwarnings" "$WASM_CARGO" check ${PINDESK_LOCKED:+--locked} -p frontend --target "$WASM_TRIPLE" || die "the browser's side does not check" "mend what the compiler says"
  else
    cargo clippy ${PINDESK_LOCKED:+--locked} -p frontend --target "$WASM_TRIPLE" -- -D warnings || die "clippy complains about the browser's side" "mend what it says"
  fi
)
quick() { cargo nextest run ${PINDESK_LOCKED:+--locked} "${HOST_ARGS[@]}" --lib --bins --no-tests=pass || die "a unit test fails" "run it alone: cargo nextest run -p <crate> <name>"; }
tests() { cargo nextest run ${PINDESK_LOCKED:+--locked} "${HOST_ARGS[@]}" --no-fail-fast --no-tests=pass || die "a test fails" "run it alone: cargo nextest run -p <crate> <name>"; }

for c in "$@"; do
  case $c in
    fmt) step "Formatting" fmt ;;
    rooms) step "Room rules" rooms ;;
    clippy) step "Clippy, host crates" clippy ;;
    clippy-wasm) step "Clippy, browser side" clippy_wasm ;;
    quick) step "Unit tests" quick ;;
    tests) step "All Rust tests" tests ;;
    *) die "unknown check $c" "one of: fmt rooms clippy clippy-wasm quick tests" ;;
  esac
done
