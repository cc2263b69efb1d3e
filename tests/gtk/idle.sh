#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# idle.sh EDITOR PROJECT: once a project is shown and nothing happens any more,
# the program does not run at all: its CPU time stands still.
set -euo pipefail

coproc APP { JHW_TRACE=1 exec "$1" "$2"; }
trap 'kill "$APP_PID" 2>/dev/null || :' EXIT

while IFS= read -r -t 120 line <&"${APP[0]}"; do
	[ "$line" != SETTLED ] || break
done
[ "${line:-}" = SETTLED ] || { echo "idle.sh: $2 was not shown" >&2; exit 1; }

# In nanoseconds, of all threads.
cpu()
{
	cat /proc/"$APP_PID"/task/*/schedstat |
		awk '{ sum += $1 } END { printf "%d\n", sum }'
}

# Whatever is under way may take its time; but there is an end to it.
for ((n = 0; n < 60; n++)); do
	before=$(cpu)
	sleep 1
	[ "$(cpu)" != "$before" ] || exit 0
done
echo "idle.sh: the editor runs on although nothing happens" >&2
exit 1
