#!/usr/bin/env bash
# Builds what changed and starts the product with its partner sandbox on http://localhost:3000 (make run).
. "$(dirname "$0")/lib.sh"
BEGAN=$EPOCHREALTIME
.setup/setup.sh build
.setup/server.sh dev
.setup/frontend.sh
took "everything before the start" "$BEGAN"
# All of it is to be seen here, and the sandbox's TheCheat is nobody's: a shop decides by itself whether to ask the real one.
export PINDESK_THECHEAT_ENABLED="${PINDESK_THECHEAT_ENABLED:-true}"
say "PinDesk with the partner sandbox; data in ./var; stop with Ctrl-C"
exec "$CARGO_TARGET_DIR/debug/pindesk" serve --sandbox "$@"
