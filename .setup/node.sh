#!/usr/bin/env bash
# node_modules of style/ and end2end/ from their lock files: node.sh style end2end
# Installed once per lock file into $PINDESK_CACHE/node and linked into the clone, so a fresh clone costs nothing.
. "$(dirname "$0")/lib.sh"

main() {
  if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then need_packages "the style sheet and the browser suite" nodejs npm; fi
  local major; major="$(node -p 'process.versions.node.split(".")[0]')"
  [ "$major" -ge 18 ] || die "Node $(node --version) is too old" "install Node 18 (Debian 12's nodejs) or newer"
  local name place
  for name in "$@"; do
    place="$PINDESK_CACHE/node/$name-$(cat "$name/package.json" "$name/package-lock.json" | sha256sum | cut -c1-16)"
    if [ ! -e "$place/.complete" ]; then
      note "npm ci for $name"
      rm -rf "$place"; mkdir -p "$place"
      cp "$name/package.json" "$name/package-lock.json" "$place/"
      # No package's own scripts: nothing here needs them, and Playwright's would fetch a browser.
      (cd "$place" && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --ignore-scripts --no-audit --no-fund --loglevel=error) >"$PINDESK_CACHE/npm-$name.log" 2>&1 \
        || { tail -15 "$PINDESK_CACHE/npm-$name.log" >&2
             die "npm ci for $name" "check the network; read $PINDESK_CACHE/npm-$name.log; after changing $name/package.json run: cd $name && npm install --package-lock-only"; }
      touch "$place/.complete"
    fi
    if [ "$(readlink "$name/node_modules" 2>/dev/null)" != "$place/node_modules" ]; then
      rm -rf "$name/node_modules"; ln -sfn "$place/node_modules" "$name/node_modules"
    fi
  done
  note "node $(node --version): $*"
}
step "Node packages ($*)" main "$@"
