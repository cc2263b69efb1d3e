#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Watches a Linux cell from the root: pings it over its link at intervals until
# it does not answer any more.

usage()
{
	cat <<'END'
usage: crash-test [-b] [-c CELL] [-i SECONDS] [-w SECONDS] [-n COUNT] ADDRESS
  -b          in the background
  -c CELL     name of the cell, whose state is told (linux-demo)
  -i SECONDS  between two packets (1)
  -w SECONDS  to wait for an answer (2)
  -n COUNT    packets, then end (0: for ever)
Ends with 1 when the cell does not answer.
END
}

cell=linux-demo interval=1 patience=2 count=0 background=
while getopts bc:i:w:n:h letter; do
	case $letter in
	b) background=1 ;;
	c) cell=$OPTARG ;;
	i) interval=$OPTARG ;;
	w) patience=$OPTARG ;;
	n) count=$OPTARG ;;
	h) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -eq 1 ] || { usage >&2; exit 2; }
address=$1

# The state of the cell as the driver tells it
state()
{
	for name in /sys/devices/jailhouse/cells/*/name; do
		[ "$(cat "$name" 2>/dev/null)" = "$cell" ] || continue
		cat "${name%name}state"
		return
	done
	echo gone
}

# Seconds that this machine is up
uptime()
{
	read -r seconds _ </proc/uptime
	echo "${seconds%.*}"
}

# The answer before the one that is missing is the last sign of life: the cell
# died after it.
watch()
{
	n=0
	answered=$(uptime)
	while [ "$count" -eq 0 ] || [ "$n" -lt "$count" ]; do
		n=$((n + 1))
		if ! ping -q -c 1 -W "$patience" "$address" >/dev/null 2>&1; then
			echo "No response received for packet $n"
			echo "State of cell \"$cell\": $(state)"
			echo "Last seen alive $(($(uptime) - answered)) s ago"
			return 1
		fi
		answered=$(uptime)
		sleep "$interval"
	done
	echo "$n packets answered"
}

if [ -n "$background" ]; then
	watch &
	echo "crash-test runs as process $!"
else
	watch
fi
