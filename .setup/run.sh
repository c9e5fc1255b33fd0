#!/usr/bin/env bash
# Builds what changed and starts the product with its partner sandbox on http://localhost:3000 (make run).
. "$(dirname "$0")/lib.sh"
BEGAN=$EPOCHREALTIME
.setup/setup.sh build
.setup/server.sh dev
.setup/frontend.sh
took "everything before the start" "$BEGAN"
say "PinDesk with the partner sandbox; data in ./var; stop with Ctrl-C"
exec "$CARGO_TARGET_DIR/debug/pindesk" serve --sandbox "$@"
