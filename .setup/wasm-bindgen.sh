#!/usr/bin/env bash
# The wasm-bindgen command line program of exactly the version that Cargo.lock names, in $PINDESK_CACHE/tools.
# Another version would refuse the module ("schema version"), so the place carries the version in its name.
. "$(dirname "$0")/lib.sh"

main() {
  local version place
  version="$(locked_version wasm-bindgen)"
  [ -n "$version" ] || die "Cargo.lock names no wasm-bindgen" "run: cargo generate-lockfile"
  place="$TOOLS/wasm-bindgen-$version"
  if [ ! -x "$place/bin/wasm-bindgen" ]; then
    if [ "$(wasm-bindgen --version 2>/dev/null)" = "wasm-bindgen $version" ] && [ "$(command -v wasm-bindgen)" != "$TOOLS/bin/wasm-bindgen" ]; then
      mkdir -p "$place/bin"; ln -sfn "$(command -v wasm-bindgen)" "$place/bin/wasm-bindgen"
    else
      need_packages "building wasm-bindgen" gcc libc6-dev
      note "building wasm-bindgen $version, about 3 minutes on 2 cores, once (log: $PINDESK_CACHE/wasm-bindgen.log)"
      # Without --locked: its own lock file wants a newer compiler than the workspace's.
      CARGO_RESOLVER_INCOMPATIBLE_RUST_VERSIONS=fallback \
      CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 CARGO_PROFILE_RELEASE_OPT_LEVEL=1 \
      CARGO_TARGET_DIR="$PINDESK_CACHE/target-tools" \
        cargo install wasm-bindgen-cli --version "=$version" --root "$place" --no-track --force >"$PINDESK_CACHE/wasm-bindgen.log" 2>&1 \
        || { tail -20 "$PINDESK_CACHE/wasm-bindgen.log" >&2
             die "building wasm-bindgen-cli $version" "read $PINDESK_CACHE/wasm-bindgen.log; by hand: cargo install wasm-bindgen-cli --version $version --root $place"; }
      rm -rf "$PINDESK_CACHE/target-tools"
    fi
  fi
  ln -sfn "$place/bin/wasm-bindgen" "$TOOLS/bin/wasm-bindgen"
  note "$("$TOOLS/bin/wasm-bindgen" --version)"
}
step "wasm-bindgen of the locked version" main
