# Shared by every script in this folder: places, timing, cures, installing what is missing.
# Source it; it sets `-euo pipefail` and the working directory (the clone's root).
set -euo pipefail

ROOT="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$ROOT"

# One folder outlives a fresh clone. Losing it only costs time.
export PINDESK_CACHE="${PINDESK_CACHE:-$HOME/.cache/pindesk}"
TOOLS="$PINDESK_CACHE/tools"
# Browser files: inside the clone (git-ignored), so that two clones never serve each other's pages.
export PINDESK_SITE_ROOT="${PINDESK_SITE_ROOT:-$ROOT/target/site}"
# Host and browser builds have different feature sets; one target folder each keeps both warm.
export CARGO_TARGET_DIR="$PINDESK_CACHE/target"
WASM_TARGET_DIR="$PINDESK_CACHE/target-wasm"
WASM_TRIPLE=wasm32-unknown-unknown
# Without these rustup would try the network by itself in the middle of a build.
export RUSTUP_AUTO_INSTALL=0
case ":$PATH:" in *":$HOME/.cargo/bin:"*) ;; *) PATH="$HOME/.cargo/bin:$PATH" ;; esac
export PATH="$TOOLS/bin:$PATH"
mkdir -p "$PINDESK_CACHE" "$TOOLS/bin"

# Two clones may share a build folder, and cargo takes what one built for the other's when the file times happen to fit.
# So the folder remembers its clone, and another one builds its own crates anew (the libraries stay).
own_build_folder() { # own_build_folder <target folder>
  local dir="$1" print
  [ -d "$dir" ] || mkdir -p "$dir"
  [ "$(cat "$dir/.clone" 2>/dev/null)" = "$ROOT" ] && return 0
  for print in "${HOST_LIBS[@]}" "${HOST_BINS[@]}" frontend; do
    find "$dir" -path "*/.fingerprint/$print-*" -prune -exec rm -rf {} +
  done
  printf '%s' "$ROOT" >"$dir/.clone"
}

# Crates that run on the host. Never --workspace: it would unify app's `ssr` and `hydrate`.
HOST_LIBS=(app domain services store gateway_issuer gateway_bank gateway_thecheat gateway_alerts gateway_line sms_agent testkit)
HOST_BINS=(pindesk sandbox)

say()  { printf '\033[1m==>\033[0m %s\n' "$*"; }
note() { printf '    %s\n' "$*"; }
# die "what failed" "what to do about it"
die()  { printf '\n\033[1;31mFailed:\033[0m %s\n' "$1" >&2; shift; for cure in "$@"; do printf '  Cure: %s\n' "$cure" >&2; done; exit 1; }

# step "what it does" command…   prints the name, runs it, prints how long it took.
# The command runs as itself, not in an `if`, so that `set -e` works inside functions.
step() {
  local name="$1" from=$EPOCHREALTIME; shift
  say "$name"
  "$@"
  took "$name" "$from"
}
took() {
  local from="${2/[.,]/}" now="${EPOCHREALTIME/[.,]/}"
  local ms=$(( (now - from) / 1000 ))
  printf '    done in %d.%01d s: %s\n' $(( ms / 1000 )) $(( ms % 1000 / 100 )) "$1"
}

# The hash of some files' contents and names: `digest path…` (folders are walked).
digest() {
  find "$@" -type f -print0 2>/dev/null | LC_ALL=C sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-16
}

locked_version() { # the version of a crate in Cargo.lock
  awk -v want="name = \"$1\"" '$0 == want { getline; gsub(/version = |"/, ""); print; exit }' Cargo.lock
}

own_build_folder "$CARGO_TARGET_DIR"
own_build_folder "$WASM_TARGET_DIR"

# Root's own command, or sudo, or a clear word.
as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null 2>&1; then sudo "$@"
  else die "this step has to be root: $*" "run it as root, or install sudo, or run the same command by hand and repeat"
  fi
}

is_debian() { [ -r /etc/debian_version ] && command -v apt-get >/dev/null 2>&1; }

# need_packages "why" package…   installs Debian packages that are missing; nothing missing means no network.
need_packages() {
  local why="$1" missing=() p; shift
  for p in "$@"; do
    case "$(dpkg-query -W -f='${db:Status-Status}' "$p" 2>/dev/null || true)" in installed) ;; *) missing+=("$p") ;; esac
  done
  [ ${#missing[@]} = 0 ] && return 0
  is_debian || die "$why needs: ${missing[*]}" "install the packages of those names (or their like) with this system's package manager"
  note "installing for $why: ${missing[*]}"
  if [ -z "${APT_UPDATED:-}" ]; then
    as_root apt-get update -qq || die "apt-get update did not work" "check the network and /etc/apt/sources.list.d, then repeat"
    APT_UPDATED=1
  fi
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >"$PINDESK_CACHE/apt.log" 2>&1 \
    || { tail -20 "$PINDESK_CACHE/apt.log" >&2
         die "apt-get install ${missing[*]}" "read $PINDESK_CACHE/apt.log; then run: apt-get update && apt-get install ${missing[*]}"; }
}

# The cargo and rustc that build for the browser. wasm-target.sh may have had to choose others than the default.
wasm_env() {
  WASM_CARGO=cargo; WASM_RUSTC=; WASM_LINKER=
  # shellcheck disable=SC1091
  [ -r "$PINDESK_CACHE/wasm.env" ] && . "$PINDESK_CACHE/wasm.env"
  export CARGO_TARGET_DIR="$WASM_TARGET_DIR"
  if [ -n "$WASM_RUSTC" ]; then export RUSTC="$WASM_RUSTC"; fi
  if [ -n "$WASM_LINKER" ]; then export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER="$WASM_LINKER"; fi
}

# -p arguments of the host crates that exist, with app as the server sees it.
host_args() {
  local p
  HOST_ARGS=(--features app/ssr)
  for p in "${HOST_LIBS[@]}"; do HOST_ARGS+=(-p "$p"); done
  for p in "${HOST_BINS[@]}"; do HOST_ARGS+=(-p "$p"); done
}

# The browser that the suite drives.
chromium_path() {
  local c
  for c in "${PINDESK_CHROMIUM:-}" /usr/bin/chromium /usr/bin/chromium-browser /usr/bin/google-chrome; do
    [ -n "$c" ] && [ -x "$c" ] && { printf '%s' "$c"; return 0; }
  done
  return 0
}
