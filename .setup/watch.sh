#!/usr/bin/env bash
# Builds again and reloads the page at every save, with cargo-leptos (make watch).
# Only for working on the product: nothing else needs cargo-leptos.
. "$(dirname "$0")/lib.sh"
CARGO_LEPTOS_VERSION=0.3.10 # the newest that rustc 1.95 builds

install() {
  if [ "$(cargo leptos --version 2>/dev/null | grep -o '[0-9][0-9.]*' | head -1)" = "$CARGO_LEPTOS_VERSION" ]; then return; fi
  note "building cargo-leptos $CARGO_LEPTOS_VERSION: long (up to 25 minutes on 2 cores), once; make run needs none of it (log: $PINDESK_CACHE/cargo-leptos.log)"
  need_packages "building cargo-leptos" pkg-config libssl-dev
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
  CARGO_TARGET_DIR="$PINDESK_CACHE/target-tools" \
    cargo install cargo-leptos --locked --version "$CARGO_LEPTOS_VERSION" --root "$TOOLS" --no-track --force >"$PINDESK_CACHE/cargo-leptos.log" 2>&1 \
    || { tail -20 "$PINDESK_CACHE/cargo-leptos.log" >&2
         die "building cargo-leptos $CARGO_LEPTOS_VERSION" "read $PINDESK_CACHE/cargo-leptos.log; or use make run, which does without"; }
  rm -rf "$PINDESK_CACHE/target-tools"
}
.setup/setup.sh build
step "cargo-leptos" install
.setup/server.sh dev
# cargo-leptos fills the same folder with unhashed names; a hash.txt left behind would name files that are gone.
rm -rf "$PINDESK_SITE_ROOT"
export PATH="$ROOT/style/node_modules/.bin:$PATH"
exec cargo leptos watch -- serve --sandbox "$@"
