#!/usr/bin/env bash
# Makes rustc able to build for the browser (wasm32-unknown-unknown). Safe to run again; a warm run takes no network.
#
#   Path 1  rustup target add                          an ordinary machine: seconds
#   Path 2  Debian's rust-src of the same rustc version, found in a suite newer than the machine's,
#           std built from it                          where rustup's download can't be had: 1 to 2 minutes
#   Path 3  Debian's own rustc-web + rust-web-src      no source of that version anywhere: 2 to 3 minutes
#
# PINDESK_WASM_PATHS="2 3" tries only those (for testing this script).
# What was built is kept in $PINDESK_CACHE/wasm-std/<compiler>, so a fresh machine with the cache only copies it.
. "$(dirname "$0")/lib.sh"

PATHS="${PINDESK_WASM_PATHS:-1 2 3}"
TMP="$PINDESK_CACHE/wasm-std/tmp.$$"
trap 'rm -rf "$TMP"' EXIT

# Does this compiler make a browser module out of a line of std?  works <rustc> [linker]
works() {
  local out; out="$(mktemp -d)"
  printf '#[unsafe(no_mangle)] pub extern "C" fn f(n: usize) -> usize { vec![n; n].iter().map(|v| v.to_string().len()).sum() }' >"$out/t.rs"
  if "$1" --edition 2024 --crate-type cdylib --target "$WASM_TRIPLE" ${2:+-Clinker="$2"} -o "$out/t.wasm" "$out/t.rs" >"$out/log" 2>&1 && [ -s "$out/t.wasm" ]; then
    rm -rf "$out"; return 0
  fi
  LAST_ERROR="$(head -3 "$out/log")"; rm -rf "$out"; return 1
}

# The compiler's identity: libraries of another build are refused by rustc.
identity() { "$1" -vV | sed -n 's/^release: //p; s/^commit-hash: //p; s/^host: //p; s/^LLVM version: //p' | sha256sum | cut -c1-16; }

std_dir() { printf '%s/lib/rustlib/%s/lib' "$("$1" --print sysroot)" "$WASM_TRIPLE"; }

put_std() { # put_std <rustc> <folder of rlibs>
  local to; to="$(std_dir "$1")"
  if [ -w "$("$1" --print sysroot)/lib/rustlib" ]; then
    rm -rf "$to"; mkdir -p "$to"; cp "$2"/*.rlib "$to"/
  else
    note "$to belongs to another user: copying as root"
    as_root rm -rf "$to"; as_root mkdir -p "$to"; as_root cp "$2"/*.rlib "$to"/
  fi
}

find_linker() { # a linker for wasm, for a compiler that has none of its own
  local l
  for l in "$(rustc --print sysroot 2>/dev/null)"/lib/rustlib/*/bin/rust-lld; do [ -x "$l" ] && { echo "$l"; return; }; done
  command -v wasm-ld && return
  # shellcheck disable=SC2012
  ls /usr/bin/wasm-ld-* 2>/dev/null | sort -V | tail -1
}

# A private apt that knows another suite of the archive this machine already uses. Touches nothing of the machine's own.
#   private_apt <folder> <suite>…
private_apt() {
  local dir="$1" codename file; shift
  codename="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")"
  [ -n "$codename" ] || { note "this machine does not name its Debian release"; return 1; }
  mkdir -p "$dir/etc/sources.d" "$dir/state/lists/partial" "$dir/cache/archives/partial"
  : >"$dir/state/status"
  # Every archive entry whose suite is the machine's release, with the suite changed. Both list formats.
  for file in /etc/apt/sources.list.d/*.sources; do
    [ -r "$file" ] || continue
    awk -v code="$codename" -v suites="$*" '
      function out() { if (hit) { for (i = 1; i <= n; i++) print line[i]; print "" } n = 0; hit = 0 }
      /^[ \t]*$/ { out(); next }
      /^#/ { next }
      /^[Ss]uites:/ { for (i = 2; i <= NF; i++) if ($i == code) hit = 1; line[++n] = "Suites: " suites; next }
      /^[Cc]omponents:/ { line[++n] = "Components: main"; next }
      { line[++n] = $0 }
      END { out() }' "$file" >"$dir/etc/sources.d/$(basename "$file")"
    [ -s "$dir/etc/sources.d/$(basename "$file")" ] || rm "$dir/etc/sources.d/$(basename "$file")"
  done
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list; do
    [ -r "$file" ] || continue
    awk -v code="$codename" -v suites="$*" '
      $1 == "deb" {
        head = "deb"; i = 2
        if ($2 ~ /^\[/) { do { head = head " " $i } while ($(i++) !~ /\]$/ && i <= NF) }
        if ($(i + 1) == code) { n = split(suites, s, " "); for (k = 1; k <= n; k++) print head, $i, s[k], "main" }
      }' "$file" >"$dir/etc/sources.d/$(basename "$file" .list)-own.list"
    [ -s "$dir/etc/sources.d/$(basename "$file" .list)-own.list" ] || rm "$dir/etc/sources.d/$(basename "$file" .list)-own.list"
  done
  ls "$dir"/etc/sources.d/* >/dev/null 2>&1 || { note "no apt source of $codename found to start from"; return 1; }
  APT_PRIVATE=(-o Dir::Etc::SourceList=/dev/null -o "Dir::Etc::SourceParts=$dir/etc/sources.d"
    -o "Dir::State=$dir/state" -o "Dir::State::status=$dir/state/status" -o "Dir::Cache=$dir/cache"
    -o Acquire::Languages=none -o APT::Sandbox::User=root -o Acquire::Retries=2
    -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false -o Acquire::IndexTargets::deb::CNF::DefaultEnabled=false
    -o Acquire::IndexTargets::deb::Contents-deb::DefaultEnabled=false)
  apt-get -qq "${APT_PRIVATE[@]}" update >"$dir/update.log" 2>&1
}

# Suites worth asking: backports first (small lists), then what is newer than this machine.
candidate_suites() {
  local c; c="$(. /etc/os-release && echo "${VERSION_CODENAME:-}")"
  printf '%s\n' "$c-backports" trixie-backports forky-backports trixie testing unstable | awk '!seen[$0]++'
}

build_std() { # build_std <cargo> <rustc> <folder with library/> <where the rlibs go> [linker]
  local target="$TMP/target"
  [ -f "$3/library/sysroot/Cargo.toml" ] || { note "no library/sysroot in $3"; return 1; }
  (
    cd "$3/library"
    unset RUSTC_WRAPPER CARGO_BUILD_TARGET CARGO_ENCODED_RUSTFLAGS
    export RUSTC="$2" RUSTC_BOOTSTRAP=1 RUSTFLAGS=-Zforce-unstable-if-unmarked CARGO_TARGET_DIR="$target" __CARGO_DEFAULT_LIB_METADATA=stablestd
    export CARGO_PROFILE_RELEASE_DEBUG=0
    [ -z "${5:-}" ] || export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$5"
    "$1" build --release --target "$WASM_TRIPLE" -p sysroot
  ) >"$TMP/build.log" 2>&1 || { tail -15 "$TMP/build.log" | sed 's/^/    | /'; return 1; }
  rm -rf "$4"; mkdir -p "$4.new"
  cp "$target/$WASM_TRIPLE/release/deps/"*.rlib "$4.new"/
  mv "$4.new" "$4"
}

path1() {
  command -v rustup >/dev/null 2>&1 || { note "rustup is not installed here"; return 1; }
  local log; log="$(mktemp)"
  if timeout 180 rustup target add "$WASM_TRIPLE" >"$log" 2>&1; then rm -f "$log"; return 0; fi
  note "rustup could not fetch it: $(grep -m1 -i -E 'error|could not' "$log" || tail -1 "$log")"
  rm -f "$log"; return 1
}

path2() {
  is_debian || { note "not a Debian machine"; return 1; }
  command -v dpkg-deb >/dev/null 2>&1 || return 1
  local version suite dir deb found
  version="$(rustc -vV | sed -n 's/^release: //p')"
  for suite in $(candidate_suites); do
    dir="$TMP/apt-$suite"
    note "looking for rust-src $version in $suite"
    private_apt "$dir" "$suite" || { note "$suite: $(grep -m1 -E '^[EW]:' "$dir/update.log" 2>/dev/null || echo 'not available')"; continue; }
    found="$(apt-cache "${APT_PRIVATE[@]}" madison rust-src 2>/dev/null | awk -F'|' '{gsub(/ /,"",$2); print $2}' | grep -E "^([0-9]+:)?${version//./\\.}[+~-]" | head -1 || true)"
    [ -n "$found" ] || continue
    note "downloading rust-src $found from $suite"
    (cd "$dir" && apt-get -qq "${APT_PRIVATE[@]}" download "rust-src=$found") >>"$dir/update.log" 2>&1 || { note "the download failed: $(tail -1 "$dir/update.log")"; continue; }
    deb="$(ls "$dir"/rust-src_*.deb)"
    # Only the standard library: the whole compiler's source would take longer to unpack than std to build.
    mkdir -p "$TMP/src"; dpkg-deb --fsys-tarfile "$deb" | tar -x -C "$TMP/src" --wildcards './usr/src/rustc-*/library/*'
    note "building std for the browser from it (about a minute)"
    build_std cargo "$(rustc --print sysroot)/bin/rustc" "$(ls -d "$TMP"/src/usr/src/rustc-* | head -1)" "$KEPT" && return 0
    return 1
  done
  note "no suite carries rust-src $version"
  return 1
}

path3() {
  is_debian || { note "not a Debian machine"; return 1; }
  local src linker rustc=/usr/bin/rustc cargo=/usr/bin/cargo kept
  need_packages "the browser build" rustc-web cargo-web rust-web-src || return 1
  linker="$(find_linker)"
  [ -n "$linker" ] || { need_packages "linking for the browser" lld; linker="$(find_linker)"; }
  kept="$PINDESK_CACHE/wasm-std/$(identity "$rustc")"
  src="$(dpkg -L rust-web-src | grep -E '/library/sysroot/Cargo.toml$' | head -1)"
  [ -n "$src" ] || { note "rust-web-src holds no library/sysroot"; return 1; }
  if [ ! -d "$kept" ]; then
    # The sources lie in a folder that only root may write to, and cargo wants to write its lock file.
    mkdir -p "$TMP/web"; cp -r "$(dirname "$(dirname "$(dirname "$src")")")/." "$TMP/web"
    note "building std for the browser with $($rustc -V) (about a minute)"
    build_std "$cargo" "$rustc" "$TMP/web" "$kept" "$linker" || return 1
  fi
  put_std "$rustc" "$kept"
  works "$rustc" "$linker" || { note "it does not work: $LAST_ERROR"; return 1; }
  printf 'WASM_CARGO=%q\nWASM_RUSTC=%q\nWASM_LINKER=%q\n' "$cargo" "$rustc" "$linker" >"$PINDESK_CACHE/wasm.env"
}

main() {
  command -v rustc >/dev/null 2>&1 || die "there is no Rust here" "run .setup/rust.sh, which says how to get it"
  KEPT="$PINDESK_CACHE/wasm-std/$(identity rustc)"
  if works rustc; then rm -f "$PINDESK_CACHE/wasm.env"; note "$(rustc -V) builds for the browser already"; return; fi
  if [ -r "$PINDESK_CACHE/wasm.env" ]; then
    # shellcheck disable=SC1091
    . "$PINDESK_CACHE/wasm.env"
    if [ -x "$WASM_RUSTC" ] && works "$WASM_RUSTC" "$WASM_LINKER"; then note "$("$WASM_RUSTC" -V) builds for the browser already"; return; fi
    rm -f "$PINDESK_CACHE/wasm.env"
  fi
  # Debian's own compiler: its own source fits best.
  if [ -z "${PINDESK_WASM_PATHS:-}" ] && [ "$(command -v rustc)" = /usr/bin/rustc ] && dpkg -s rustc-web >/dev/null 2>&1; then PATHS="3 2"; fi
  mkdir -p "$TMP"
  if compgen -G "$KEPT/*.rlib" >/dev/null; then
    note "copying the std built earlier"
    put_std rustc "$KEPT"
    works rustc && return
    note "the kept one is of no use: $LAST_ERROR"; rm -rf "$KEPT"
  fi
  local p
  for p in $PATHS; do
    case $p in
      1) note "path 1: rustup target add"; path1 && works rustc && return ;;
      2) note "path 2: std from Debian's rust-src"; if path2 && put_std rustc "$KEPT"; then works rustc && return; note "it does not work: $LAST_ERROR"; fi ;;
      3) note "path 3: Debian's rustc-web"; path3 && return ;;
    esac
  done
  die "no way found to build for $WASM_TRIPLE" \
    "on a machine with an open network: rustup target add $WASM_TRIPLE" \
    "or put the rlibs of $WASM_TRIPLE for $(rustc -V) into $(std_dir rustc)"
}

step "Rust for the browser ($WASM_TRIPLE)" main
