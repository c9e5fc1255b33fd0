#!/usr/bin/env bash
# The test runner cargo-nextest, built once into $PINDESK_CACHE/tools where the machine has none.
. "$(dirname "$0")/lib.sh"
NEXTEST_VERSION=0.9.143 # builds with rustc 1.91 and newer

main() {
  if ! cargo nextest --version >/dev/null 2>&1; then
    note "building cargo-nextest $NEXTEST_VERSION, some minutes, once (log: $PINDESK_CACHE/nextest.log)"
    CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
    CARGO_TARGET_DIR="$PINDESK_CACHE/target-tools" \
      cargo install cargo-nextest --locked --version "$NEXTEST_VERSION" --root "$TOOLS" --no-track --force >"$PINDESK_CACHE/nextest.log" 2>&1 \
      || { tail -20 "$PINDESK_CACHE/nextest.log" >&2
           die "building cargo-nextest $NEXTEST_VERSION" "read $PINDESK_CACHE/nextest.log; by hand: cargo install cargo-nextest --locked --version $NEXTEST_VERSION"; }
    rm -rf "$PINDESK_CACHE/target-tools"
  fi
  note "$(cargo nextest --version | head -1)"
}
step "Test runner" main
