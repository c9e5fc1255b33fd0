#!/usr/bin/env bash
# The two host programs: server.sh [dev|release|test]
# `test` builds them as the Rust tests just did (dependencies with the tests' features), so that after
# `checks.sh tests` only the programs themselves are left to link.
. "$(dirname "$0")/lib.sh"
PROFILE="${1:-dev}"

main() {
  if [ "$PROFILE" = test ]; then
    host_args
    cargo build ${PINDESK_LOCKED:+--locked} "${HOST_ARGS[@]}" --bins --tests || die "the server does not compile" "read the compiler's messages above"
    return
  fi
  cargo build --profile "$PROFILE" ${PINDESK_LOCKED:+--locked} -p pindesk -p sandbox \
    || die "the server does not compile" "read the compiler's messages above"
}
step "Server and partner sandbox ($PROFILE)" main
