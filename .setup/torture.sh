#!/usr/bin/env bash
# Kill, cut and flood the running product, then hold the books against the partners' journals (make torture).
#   torture.sh [kills]     on each engine, 300 by default; every second one at a named failpoint
# PINDESK_TORTURE_SEED repeats a run's moments. What is tried, and what it found: docs/reliability.md
. "$(dirname "$0")/lib.sh"
BEGAN=$EPOCHREALTIME
export PINDESK_TORTURE_KILLS="${1:-300}"
if [ -z "${PINDESK_TORTURE_SEED:-}" ]; then PINDESK_TORTURE_SEED=$(( $(date +%s) % 1000000 )); fi
export PINDESK_TORTURE_SEED
.setup/setup.sh all
.setup/server.sh test
host_args
torture() {
  # No time limit of nextest's: see docs/reliability.md for how long it takes.
  cargo test ${PINDESK_LOCKED:+--locked} "${HOST_ARGS[@]}" --test "$1" -- --nocapture --test-threads=2 \
    || die "$1 found something" "repeat with the same moments: PINDESK_TORTURE_SEED=$PINDESK_TORTURE_SEED make torture args=$PINDESK_TORTURE_KILLS; the product's log: /tmp/pindesk-last-failure.log"
}
step "$PINDESK_TORTURE_KILLS kills, seed $PINDESK_TORTURE_SEED" torture torture
for t in race partner_faults canaries; do step "$t" torture "$t"; done
took "make torture" "$BEGAN"
