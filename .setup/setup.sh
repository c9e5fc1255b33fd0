#!/usr/bin/env bash
# Everything a machine needs: setup.sh build (to run the product), setup.sh all (to test it too).
# Warm, it only looks, takes no network and under a second or two.
. "$(dirname "$0")/lib.sh"
WHAT="${1:-all}"; HERE="$ROOT/.setup"

"$HERE/packages.sh" "$WHAT"
"$HERE/rust.sh"
if [ "$WHAT" = all ]; then
  for c in fmt clippy; do
    cargo "$c" --version >/dev/null 2>&1 || die "cargo $c is missing" "with rustup: rustup component add rustfmt clippy" "Debian's own Rust has neither under these names: install Rust with rustup for testing"
  done
  "$HERE/nextest.sh"
fi
"$HERE/wasm-target.sh"
"$HERE/wasm-bindgen.sh"
if [ "$WHAT" = all ]; then "$HERE/node.sh" style end2end; else "$HERE/node.sh" style; fi
