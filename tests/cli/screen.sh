#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The screen of cell stats, in a terminal of its own.
. "$(dirname "$0")/lib.sh"

export JAILHOUSE_ROOT=$tmp/root TERM=vt100
sysfs=$JAILHOUSE_ROOT/sys/devices/jailhouse/cells/1
mkdir -p "$sysfs/statistics/cpu2" "$sysfs/statistics/cpu3"
echo inmate >"$sysfs/name"
echo running >"$sysfs/state"
echo 2-3 >"$sysfs/cpus_assigned_list"
echo >"$sysfs/cpus_failed_list"
echo 4711 >"$sysfs/statistics/vmexits_total"
echo 42 >"$sysfs/statistics/cpu2/vmexits_total"
echo 4669 >"$sysfs/statistics/cpu3/vmexits_total"

# screen STATUS KEYS: everything that was drawn until the program ended, in
# $shown.
screen()
{
	local status=0
	printf '%s' "$2" | script -qec "stty cols 70 rows 20; \
		exec '$JAILHOUSE' cell stats 1" /dev/null >"$tmp/shown" ||
		status=$?
	[ "$status" -eq "$1" ] ||
		fail "keys \"$2\": exit status $status: $(cat "$tmp/shown")"
	shown=$(tr -d '\r' <"$tmp/shown")
}

screen 0 q
has "title" "Statistics for inmate cell" "$shown"
has "columns" "COUNTER (All CPUs)" "$shown"
has "columns" "PER SEC" "$shown"
has "sum" "4711" "$shown"
[[ $shown != *4669* ]] || fail "counters of one CPU: $shown"

# From here on only what changed on the screen is drawn.
screen 0 cq
has "first CPU" "CPU 2)" "$shown"
screen 0 ccq
has "next CPU and its counters" "4669" "$shown"
screen 0 cccq
has "and round" "42" "${shown##*4669}"
screen 0 ccaq
has "all again" "All CPUs)" "${shown##*4669}"

# A terminal that nobody described must not end in a crash. (What newterm()
# leaves behind when it fails is ncurses' own, and found or not by chance.)
ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0 \
	TERM=none-such screen 1 q
has "unknown terminal" "reading stats:" "$shown"
