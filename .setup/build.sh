#!/usr/bin/env bash
# The release: programs and site together in ./target/dist (make build).
. "$(dirname "$0")/lib.sh"
BEGAN=$EPOCHREALTIME
.setup/setup.sh build
.setup/server.sh release
.setup/frontend.sh
rm -rf target/dist.new; mkdir -p target/dist.new
cp "$CARGO_TARGET_DIR/release/pindesk" "$CARGO_TARGET_DIR/release/sandbox" target/dist.new/
cp -r "$PINDESK_SITE_ROOT" target/dist.new/site
if [ -f Leptos.toml ]; then cp Leptos.toml target/dist.new/; fi
rm -rf target/dist; mv target/dist.new target/dist
du -sh target/dist | sed 's/^/    /'
took "release in target/dist" "$BEGAN"
