#!/usr/bin/env bash
# Everything a machine needs: setup.sh build (to run the product), setup.sh all (to test it too).
# Warm, it only looks, takes no network and under a second or two.
. "$(dirname "$0")/lib.sh"
WHAT="${1:-all}"; HERE="$ROOT/.setup"

"$HERE/packages.sh" "$WHAT"
"$HERE/rust.sh" "$WHAT"
if [ "$WHAT" = all ]; then "$HERE/nextest.sh"; fi
"$HERE/wasm-target.sh"
"$HERE/wasm-bindgen.sh"
if [ "$WHAT" = all ]; then "$HERE/node.sh" style end2end; else "$HERE/node.sh" style; fi
