#!/usr/bin/env bash
# Is there a Rust that the workspace accepts (and, with `all`, its formatter and lints)? Says the cure when there is none.
. "$(dirname "$0")/lib.sh"
WHAT="${1:-build}"

newer() { [ "$(printf '%s\n%s\n' "$1" "$2" | sort -V | head -n1)" = "$1" ]; } # is $2 at least $1?
debians() { apt-cache policy cargo-web 2>/dev/null | sed -n 's/^ *Candidate: \([0-9.]*\).*/\1/p'; }

main() {
  local want have
  want="$(sed -n 's/^rust-version = "\(.*\)"/\1/p' Cargo.toml | head -n1)"
  # A fresh Debian has a Rust of its own that is new enough (the one its browsers are built with).
  if ! command -v cargo >/dev/null 2>&1 && is_debian; then
    [ -n "$(debians)" ] || as_root apt-get update -qq || true
    have="$(debians)"
    if [ -n "$have" ] && newer "$want" "$have"; then
      note "no Rust here: taking Debian's rustc-web and cargo-web $have"
      need_packages "Rust" rustc-web cargo-web
    fi
  fi
  command -v cargo >/dev/null 2>&1 && command -v rustc >/dev/null 2>&1 || die "there is no Rust here" \
    "install Rust $want or newer with rustup (the one-line command that Rust's official site gives), then open a new shell" \
    "or, on Debian 12 with its security suite: apt-get update && apt-get install rustc-web cargo-web"
  have="$(rustc --version | cut -d' ' -f2)"
  newer "$want" "${have%%-*}" || die "rustc $have is older than the workspace's $want ($(command -v rustc))" \
    "with rustup: rustup update stable" \
    "on Debian 12: apt-get update && apt-get install rustc-web cargo-web, and no older rustc before /usr/bin in PATH"
  if [ "$WHAT" = all ]; then
    # Debian's Rust keeps its formatter and lints in packages of their own.
    if [ "$(command -v rustc)" = /usr/bin/rustc ] && is_debian; then need_packages "the formatter and the lints" rustfmt-web rust-web-clippy; fi
    local c
    for c in fmt clippy; do
      cargo "$c" --version >/dev/null 2>&1 || die "cargo $c is missing" "with rustup: rustup component add rustfmt clippy" "on Debian 12: apt-get install rustfmt-web rust-web-clippy"
    done
  fi
  note "rustc $have"
}
step "Rust" main
