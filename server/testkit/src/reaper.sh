#!/bin/sh
# Stops the tests' PostgreSQL in folder $1 once no test has used it for 20 seconds. $2 is pg_ctl, $3 the user to be.
cd "$1" || exit 1
while :; do
    idle=0
    while [ "$idle" -lt 20 ]; do
        sleep 1
        [ -d pg/data ] || exit 0
        # Each test process holds a shared lock on `alive` as long as it lives.
        if flock -n -x alive true; then idle=$((idle + 1)); else idle=0; fi
    done
    # Nobody may start meanwhile.
    exec 9>start
    flock 9
    if flock -n -x alive true; then
        if [ -n "$3" ]; then
            runuser -u "$3" -- "$2" -D pg/data -m immediate -w stop
        else
            "$2" -D pg/data -m immediate -w stop
        fi
        rm -rf pg
        exit 0
    fi
    exec 9>&-
done
