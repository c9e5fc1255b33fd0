#!/usr/bin/env bash
# A pair of empty migrations, one per engine, under the same name: migration.sh add_gift_note
. "$(dirname "$0")/lib.sh"
NAME="${1:-}"
[[ "$NAME" =~ ^[a-z][a-z0-9_]*$ ]] || die "a migration needs a name of small letters, digits and _" "make migration name=add_gift_note"
STAMP="$(date -u +%Y%m%d%H%M%S)"
for engine in sqlite postgres; do
  file="migrations/$engine/${STAMP}_$NAME.sql"
  mkdir -p "migrations/$engine"
  printf -- '-- Why: \n' >"$file"
  note "$file"
done
note "Say why in the first line of both; parity tests compare the two engines afterwards."
