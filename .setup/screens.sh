#!/usr/bin/env bash
# Pictures of every customer page and every desk, phone and laptop, light and dark, into docs/screens (make screens).
. "$(dirname "$0")/lib.sh"
.setup/packages.sh all
.setup/setup.sh build
.setup/node.sh style end2end
.setup/server.sh dev
.setup/frontend.sh
PINDESK_CHROMIUM="$(chromium_path)"; export PINDESK_CHROMIUM
[ -n "$PINDESK_CHROMIUM" ] || die "there is no Chromium here" "on Debian: apt-get install chromium"
export PINDESK_SHOP_POSTS_PER_MINUTE=1000
take() { .setup/with-server.sh node end2end/screens.mjs "$PWD/docs/screens" || die "a page could not be pictured" "the step that failed is above"; }
step "Pictures into docs/screens" take
# A third of the size, and the history keeps every one of them.
need_packages "smaller pictures" imagemagick
shrink() { mogrify -strip +dither -colors 160 -define png:compression-level=9 docs/screens/*.png; }
step "Fewer colours" shrink
