# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What tests with cells of their own share. Sourced after lib.sh.

# shellcheck source=tests/system/places.sh
. "$(dirname "${BASH_SOURCE[0]}")/places.sh"

# cell_config NAME [AS FILTER]: compiles cells/NAME.json of this folder (or of
# the board) for the board; prints where it lies there. With FILTER it goes
# through jq, and is called AS.
cell_config()
{
	local json out
	json=$(dirname "${BASH_SOURCE[0]}")/cells/$1.json
	[ -f "$json" ] ||
		json=$JHW_TOP/boards/arm64/$(board_name)/cells/$1.json
	fill_in "$json" | if [ $# -gt 1 ]; then
		jq --arg name "$2" ".name = \$name | $3"
	else
		cat
	fi >"$TEST_DIR/${2:-$1}.json"
	set -- "${2:-$1}"
	out=$("$JHW_BUILD/host/cli/jailhouse" config compile \
		"$TEST_DIR/$1.json" -o "$TEST_DIR/$1.cell" 2>&1) &&
		[ -z "$out" ] || fail "cells/$1.json: $out"
	put "$TEST_DIR/$1.cell" "/root/$1.cell"
	printf '/root/%s.cell\n' "$1"
}

# cell_sysfs NAME: its directory on the board.
cell_sysfs()
{
	on "grep -lx '$1' /sys/devices/jailhouse/cells/*/name" |
		sed 's,/name$,,' | grep . || {
		say "cell $1: not in sysfs, or the board does not answer"
		return 1
	}
}

# cell_console NAME [MARK]: its virtual console, which outlives restarts;
# cell_mark NAME prints a place in it, for what comes after.
cell_console()
{
	local dir
	dir=$(cell_sysfs "$1") && on "tail -c +$((${2:-0} + 1)) $dir/console"
}

cell_mark()
{
	local dir
	dir=$(cell_sysfs "$1") && on "wc -c <$dir/console"
}

# cell_stat NAME COUNTER
cell_stat()
{
	local dir
	dir=$(cell_sysfs "$1") && on "cat $dir/statistics/$2"
}

# cell_run NAME INMATE COMMAND-LINE: loads and starts it.
cell_run()
{
	on_ok jailhouse cell load "$1" "$INMATES/$2.bin" -s "$3" -a 0x1000
	on_ok jailhouse cell start "$1"
}

# cell_state NAME
cell_state()
{
	local dir
	dir=$(cell_sysfs "$1") && on "cat $dir/state"
}

# cell_wait NAME STATE SECONDS
cell_wait()
{
	local dir
	dir=$(cell_sysfs "$1") || fail "cell $1: not there"
	wait_on "$3" "[ \"\$(cat $dir/state)\" = '$2' ]"
}

# assert_results WHAT TEXT: a test inmate ran to its end, and nothing failed.
assert_results()
{
	local count
	count=$(grep -cE '^(PASS|FAIL|SKIP) ' <<<"$2") || true
	assert_no_match "$1" '^FAIL ' "$2"
	assert_match "$1" "^DONE $count\$" "$2"
	grep -E '^SKIP ' <<<"$2" || true
}

# assert_summary WHAT TEXT: the line of gic-demo says that no tick was lost or
# came twice: their number is that of the periods that passed.
assert_summary()
{
	local ticks elapsed period
	read -r ticks elapsed period < <(sed -nE \
		's/^Summary: ticks ([0-9]+), elapsed ([0-9]+) ns, period ([0-9]+) ns$/\1 \2 \3/p' \
		<<<"$2" | tail -n 1) || fail "$1: no summary in: $2"
	assert_range "$1: ticks in $elapsed ns" "$((elapsed / period - 1))" \
		"$((elapsed / period + 1))" "$ticks"
}

# The cell beside, which must not notice anything: 100 ticks a second.
ticker_start()
{
	on_ok jailhouse cell create "$(board_cell tick-demo)"
	cell_run tick-demo gic-demo "quiet rate=100"
}

ticker_check()
{
	assert_eq "state of the cell beside" running \
		"$(cell_state tick-demo)"
	on_ok jailhouse cell shutdown tick-demo
	assert_summary "the cell beside" "$(cell_console tick-demo)"
	on_ok jailhouse cell destroy tick-demo
}

# What the root must not notice: files read the same, the kernel has nothing
# to say, and its own interrupts go on: the timer's, the UART's (a line longer
# than its FIFO comes out), and the network's (the commands come through).
root_mark()
{
	root_files=$(on 'find /lib/modules /usr -type f | sort | xargs cat | sha256sum')
	root_dmesg=$(on 'dmesg | wc -l')
	root_ticks=$(on "awk '/arch_timer/ { print \$2 }' /proc/interrupts")
}

root_check()
{
	local log mark
	mark=$(serial_mark)
	on 'printf "%400s\\n" "root check $((6 * 7))" >/dev/console'
	wait_serial ' root check 42' 20 "$mark" >/dev/null
	assert_eq "files of the root" "$root_files" \
		"$(on 'find /lib/modules /usr -type f | sort | xargs cat | sha256sum')"
	log=$(on "dmesg | tail -n +$((root_dmesg + 1))")
	assert_no_match "log of the root" \
		'[Uu]nexpected|WARNING|BUG|Oops|stall|lockup|spurious' "$log"
	[ "$(on "awk '/arch_timer/ { print \$2 }' /proc/interrupts")" -gt \
		"$root_ticks" ] || fail "the root's timer stands still"
}
