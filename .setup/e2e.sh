#!/usr/bin/env bash
# The browser suite on the built product (make e2e). Arguments go to Playwright: .setup/e2e.sh order.spec.ts --headed
. "$(dirname "$0")/lib.sh"
if [ -z "${PINDESK_BUILT:-}" ]; then
  .setup/packages.sh all
  .setup/setup.sh build
  .setup/node.sh style end2end
  .setup/server.sh dev
  .setup/frontend.sh
fi
PINDESK_CHROMIUM="$(chromium_path)"; export PINDESK_CHROMIUM
[ -n "$PINDESK_CHROMIUM" ] || die "there is no Chromium here" "on Debian: apt-get install chromium; elsewhere set PINDESK_CHROMIUM to the browser's program"
types() {
  end2end/node_modules/.bin/tsc --noEmit --allowJs --checkJs --strict --target es2022 --lib es2022,dom,dom.iterable --module esnext app/src/desk.js \
    || die "the types of app/src/desk.js don't fit" "mend what tsc says above"
}
suite() {
  .setup/with-server.sh bash -c 'cd end2end && exec ./node_modules/.bin/playwright test "$@"' playwright "$@" \
    || die "the browser suite fails" "one file alone: make e2e args=name.spec.ts; pictures and traces: end2end/test-results; the server's log: target/last-server.log"
}
step "Types of the desk's script" types
step "Browser suite" suite "$@"
