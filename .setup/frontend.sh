#!/usr/bin/env bash
# The browser's side into $PINDESK_SITE_ROOT (default ./target/site): module, style sheet, assets.
#
#   pkg/pindesk.<hash>.js  pkg/pindesk.<hash>.wasm  pkg/pindesk.<hash>.css   content in the name: cache for ever
#   pkg/desk.<hash>.css  pkg/desk.<hash>.js        the back office's, which no page of the shop names
#   pkg/hash.txt       what Leptos reads (hash_files = true, hash_file = this file's absolute path)
#   everything of public/ beside it; .br and .gz of all that compresses
#
# Each part is kept in $PINDESK_CACHE/web under the hash of what it was made from, and made again only when that changes.
. "$(dirname "$0")/lib.sh"
WEB="$PINDESK_CACHE/web"
NAME=pindesk
# What rustc emits today, said in full because the name section that tells wasm-opt so is stripped.
OPT_FLAGS=(-Oz --enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext --enable-mutable-globals
  --enable-reference-types --enable-multivalue --enable-nontrapping-float-to-int --enable-call-indirect-overlong)

compile() (
  wasm_env
  "$WASM_CARGO" build ${PINDESK_LOCKED:+--locked} -p frontend --target "$WASM_TRIPLE" --profile wasm-release \
    || die "the browser's side does not compile" "read the compiler's messages above; a missing 'core' or 'std' means: .setup/wasm-target.sh"
)

bind() {
  local out="$WEB/wasm-$WASM_KEY"
  [ ! -d "$out" ] || { note "unchanged"; return; }
  rm -rf "$out.new"; mkdir -p "$out.new"
  "$TOOLS/bin/wasm-bindgen" --target web --no-typescript --out-name "$NAME" --out-dir "$out.new" "$MODULE" \
    || die "wasm-bindgen" "rm -rf $TOOLS/wasm-bindgen-* and repeat, so that it is built again in the locked version"
  style/node_modules/.bin/wasm-opt "${OPT_FLAGS[@]}" "$out.new/${NAME}_bg.wasm" -o "$out.new/$NAME.wasm" \
    || die "wasm-opt" "rm -rf style/node_modules $PINDESK_CACHE/node and repeat; if a feature is unknown, add it to OPT_FLAGS in .setup/frontend.sh"
  note "wasm $(wc -c <"$MODULE") bytes from rustc, $(wc -c <"$out.new/$NAME.wasm") after wasm-opt"
  rm "$out.new/${NAME}_bg.wasm"
  mv "$out.new" "$out"
}

css() {
  local out="$WEB/css-$CSS_KEY"
  [ ! -d "$out" ] || { note "unchanged"; return; }
  rm -rf "$out.new"; mkdir -p "$out.new"
  # The desk's is a file of its own: no customer downloads it.
  local sheet
  for sheet in main:$NAME desk:desk; do
    style/node_modules/.bin/tailwindcss --input "style/${sheet%%:*}.css" --output "$out.new/${sheet##*:}.css" --minify >"$PINDESK_CACHE/tailwind.log" 2>&1 \
      || { cat "$PINDESK_CACHE/tailwind.log" >&2; die "Tailwind" "mend style/${sheet%%:*}.css; if the program itself is broken: rm -rf style/node_modules $PINDESK_CACHE/node and repeat"; }
    note "css $(wc -c <"$out.new/${sheet##*:}.css") bytes (${sheet##*:})"
  done
  mv "$out.new" "$out"
}

site() {
  if [ "$(cat "$PINDESK_SITE_ROOT/pkg/.made-from" 2>/dev/null)" = "$SITE_KEY" ]; then note "unchanged"; return; fi
  local new="$PINDESK_SITE_ROOT.new.$$" js wasm css
  rm -rf "$new"; mkdir -p "$new/pkg"
  cp -r public/. "$new/"
  js="$(sha256sum "$WEB/wasm-$WASM_KEY/$NAME.js" | cut -c1-12)"
  wasm="$(sha256sum "$WEB/wasm-$WASM_KEY/$NAME.wasm" | cut -c1-12)"
  css="$(sha256sum "$WEB/css-$CSS_KEY/$NAME.css" | cut -c1-12)"
  cp -r "$WEB/wasm-$WASM_KEY/." "$WEB/css-$CSS_KEY/." "$new/pkg/"
  mv "$new/pkg/$NAME.js" "$new/pkg/$NAME.$js.js"
  mv "$new/pkg/$NAME.wasm" "$new/pkg/$NAME.$wasm.wasm"
  mv "$new/pkg/$NAME.css" "$new/pkg/$NAME.$css.css"
  local desk_css desk_js
  desk_css="$(sha256sum "$WEB/css-$CSS_KEY/desk.css" | cut -c1-12)"
  desk_js="$(sha256sum app/src/desk.js | cut -c1-12)"
  mv "$new/pkg/desk.css" "$new/pkg/desk.$desk_css.css"
  cp app/src/desk.js "$new/pkg/desk.$desk_js.js"
  printf 'js: %s\nwasm: %s\ncss: %s\ndesk-css: %s\ndesk-js: %s\n' "$js" "$wasm" "$css" "$desk_css" "$desk_js" >"$new/pkg/hash.txt"
  # The typeface, cut into small files by script; a page loads the few it needs.
  mkdir -p "$new/fonts"
  cp -r style/node_modules/pretendard/dist/web/variable/woff2-dynamic-subset "$new/fonts/"
  sed 's/font-weight: 45 920/font-weight: 400 700/' style/node_modules/pretendard/dist/web/variable/pretendardvariable-dynamic-subset.css >"$new/fonts/pretendard.css"
  cp style/node_modules/pretendard/dist/LICENSE.txt "$new/fonts/" 2>/dev/null || true
  node .setup/compress.mjs "$new"
  printf '%s' "$SITE_KEY" >"$new/pkg/.made-from"
  mkdir -p "$(dirname "$PINDESK_SITE_ROOT")"
  if [ -e "$PINDESK_SITE_ROOT" ]; then mv "$PINDESK_SITE_ROOT" "$new.old"; fi
  mv "$new" "$PINDESK_SITE_ROOT"; rm -rf "$new.old"
  note "in $PINDESK_SITE_ROOT"
}

prune() { # the ten newest of each kind are plenty
  local kind
  for kind in wasm css; do
    # shellcheck disable=SC2012
    ls -dt "$WEB/$kind-"* 2>/dev/null | tail -n +11 | xargs -r rm -rf
  done
}

[ -f style/main.css ] || die "style/main.css is missing" "check the clone: git status, git checkout style/main.css"
mkdir -p "$WEB" public
step "Browser module (rustc)" compile
MODULE="$WASM_TARGET_DIR/$WASM_TRIPLE/wasm-release/frontend.wasm"
WASM_KEY="$( { sha256sum <"$MODULE"; cat style/package-lock.json; locked_version wasm-bindgen; echo "${OPT_FLAGS[*]}"; } | sha256sum | cut -c1-16)"
step "wasm-bindgen and wasm-opt" bind
# Tailwind reads class names from the screens, so every screen is an input.
CSS_KEY="$( { find style -name node_modules -prune -o -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; digest app/src server/src frontend/src; } | sha256sum | cut -c1-16)"
step "Style sheet (Tailwind)" css
SITE_KEY="$( { echo "$WASM_KEY $CSS_KEY"; digest public app/src/desk.js; cat style/package-lock.json .setup/frontend.sh .setup/compress.mjs; } | sha256sum | cut -c1-16)"
step "Site folder" site
prune
