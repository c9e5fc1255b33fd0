#!/usr/bin/env bash
# Debian's packages that building (and, with `all`, testing) needs: packages.sh [build|all]
# Asks the package database first; only what is missing is installed.
. "$(dirname "$0")/lib.sh"

main() {
  if ! is_debian; then
    note "not a Debian machine: checking for the programs only"
    local p
    for p in cc mold cmake node npm; do command -v "$p" >/dev/null 2>&1 || die "$p is missing" "install it with this system's package manager"; done
    return
  fi
  # mold: the linker named in .cargo/config.toml. cmake: for the TLS library's own build.
  local want=(ca-certificates gcc g++ libc6-dev make cmake pkg-config mold)
  # A Node of another origin brings npm along without a Debian package of that name.
  command -v node >/dev/null 2>&1 || want+=(nodejs)
  command -v npm >/dev/null 2>&1 || want+=(npm)
  if [ "${1:-build}" = all ]; then
    # The tests start private servers of these on free ports; the packages' own services are not used.
    compgen -G '/usr/lib/postgresql/*/bin/postgres' >/dev/null || want+=(postgresql)
    command -v mariadbd >/dev/null 2>&1 || want+=(mariadb-server)
    command -v redis-server >/dev/null 2>&1 || want+=(redis-server)
    [ -n "$(chromium_path)" ] || want+=(chromium)
    # sqlite3: browser tests that do to a shop's database what no screen does.
    want+=(fonts-noto-cjk fonts-nanum curl procps util-linux sqlite3)
    command -v wrk >/dev/null 2>&1 || want+=(wrk)
  fi
  need_packages "${1:-build}" "${want[@]}"
  note "all there"
}
step "System packages (${1:-build})" main "$@"
