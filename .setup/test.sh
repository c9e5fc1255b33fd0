#!/usr/bin/env bash
# Everything, from set-up to the browser suite, stopping at the first kind of check that fails (make test, .ci/run).
. "$(dirname "$0")/lib.sh"
BEGAN=$EPOCHREALTIME
export PINDESK_LOCKED=1 # Cargo.lock must be up to date
.setup/setup.sh all
.setup/checks.sh fmt rooms clippy clippy-wasm tests
.setup/server.sh test
.setup/frontend.sh
PINDESK_BUILT=1 .setup/e2e.sh
took "make test, everything passed" "$BEGAN"
