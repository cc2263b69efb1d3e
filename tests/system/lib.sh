# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What system tests share: commands on the board, waiting for an event within
# bounds, and assertions that say what was expected and what was seen. Waiting
# is always for something that is seen to happen; there is no sleep here.

set -euo pipefail

: "${JHW_TOP:=$(dirname "$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")")}"
: "${TEST_NAME:=$(basename "$0" .sh)}"
: "${TEST_DIR:=$(mktemp -d)}"
: "${JHW_BOARD:=qemu-arm64}"
export JHW_TOP
# shellcheck source=tools/lib.sh
. "$JHW_TOP/tools/lib.sh"
# shellcheck source=tools/emu/lib.sh
. "$JHW_TOP/tools/emu/lib.sh"

BOARD_DIR=$EMU_ROOT/$JHW_BOARD
SERIAL=$BOARD_DIR/uart0.log

# --- outcome ---------------------------------------------------------------

note()
{
	printf -- '- %s\n' "$*"
}

# fail WHY: ends the test; the line is the reason in the summary.
fail()
{
	printf 'FAIL: %s\n' "$*"
	exit 1
}

# skip WHY: what must be there to run the test is not.
skip()
{
	printf '%s\n' "$*"
	exit 77
}

# assert_eq WHAT EXPECTED SEEN
assert_eq()
{
	[ "$2" = "$3" ] || fail "$1: expected \"$2\", seen \"$3\""
	note "$1: $3"
}

# assert_match WHAT EXTENDED-REGEX TEXT: some line of the text matches.
assert_match()
{
	grep -qE -e "$2" <<<"$3" ||
		fail "$1: expected a line that matches \"$2\", seen: $3"
	note "$1: $(grep -m 1 -E -e "$2" <<<"$3")"
}

# assert_no_match WHAT EXTENDED-REGEX TEXT
assert_no_match()
{
	! grep -qE -e "$2" <<<"$3" ||
		fail "$1: seen $(grep -m 1 -E -e "$2" <<<"$3")"
}

# assert_range WHAT LOW HIGH SEEN: integers, both ends included.
assert_range()
{
	[ "$4" -ge "$2" ] && [ "$4" -le "$3" ] ||
		fail "$1: expected $2..$3, seen $4"
	note "$1: $4 (expected $2..$3)"
}

# --- commands on the board -------------------------------------------------

# on COMMAND…: runs it there. One word is a shell line; several are passed as
# they are.
on()
{
	"$JHW_TOP/jhw" emu ssh "$JHW_BOARD" -- "$@" </dev/null
}

# on_ok COMMAND…: it must succeed; its output is shown.
on_ok()
{
	local rc=0 out
	out=$(on "$@" 2>&1) || rc=$?
	[ "$rc" -eq 0 ] || fail "$*: exit status $rc: $out"
	printf '%s\n' "$out"
}

# on_fails STATUS REGEX COMMAND…: it must end with that exit status and say
# something that matches. STATUS may be "any" for any but 0.
on_fails()
{
	local status=$1 regex=$2 rc=0 out
	shift 2
	out=$(on "$@" 2>&1) || rc=$?
	case $status in
	any) [ "$rc" -ne 0 ] || fail "$*: succeeded, must fail: $out" ;;
	*) [ "$rc" -eq "$status" ] ||
		fail "$*: expected exit status $status, seen $rc: $out" ;;
	esac
	assert_match "$*" "$regex" "$out"
}

# put LOCAL… REMOTE, get REMOTE… LOCAL
put()
{
	"$JHW_TOP/jhw" emu put "$JHW_BOARD" "$@"
}

get()
{
	"$JHW_TOP/jhw" emu get "$JHW_BOARD" "$@"
}

# --- waiting ---------------------------------------------------------------

# patience SECONDS: how long is waited for what takes so long at most. What is
# slower than that is no failure, but a machine that does something else as well:
# only what hangs ends a wait.
patience()
{
	printf '%s\n' $(($1 > 60 ? $1 : 60))
}

# serial_mark: prints a place in the serial log; what follows is "since" it.
serial_mark()
{
	stat -c %s "$SERIAL"
}

# serial_since MARK: the log from there.
serial_since()
{
	tail -c "+$(($1 + 1))" "$SERIAL" | tr -d '\r'
}

# wait_serial REGEX SECONDS [MARK]: until a line of the serial log matches;
# prints it. Follows the file, and ends at once when the board dies.
wait_serial()
{
	local line pid follower seconds
	seconds=$(patience "$2")
	pid=$(emu_pid "$BOARD_DIR")
	[ -n "$pid" ] || fail "the board does not run any more"
	exec {serial_fd}< <(exec timeout "$seconds" tail --pid="$pid" -s 0.1 \
		-c "+$((${3:-0} + 1))" -f "$SERIAL")
	follower=$!
	line=$(grep -m 1 -E -e "$1" <&"$serial_fd") || true
	kill "$follower" 2>/dev/null || true
	exec {serial_fd}<&-
	[ -n "$line" ] || fail "serial log: no line matches \"$1\" within $seconds s"
	printf '%s\n' "${line%$'\r'}"
}

# wait_on SECONDS SHELL-CONDITION: until a condition holds on the board. The
# board looks itself, 20 times a second, so that a wait costs one connection.
wait_on()
{
	local seconds
	seconds=$(patience "$1")
	on "t=$((seconds * 20)); until $2; do
		t=\$((t - 1)); [ \$t -gt 0 ] || exit 1; usleep 50000
	done" || fail "on the board: not within $seconds s: $2"
}

# wait_remote FILE REGEX SECONDS: until a line of that file on the board, which
# may be one that grows or one that sysfs makes, matches; prints it.
wait_remote()
{
	wait_on "$3" "grep -qE -e '$2' '$1' 2>/dev/null"
	on "grep -m 1 -E -e '$2' '$1'"
}

# --- jailhouse -------------------------------------------------------------

CELLS=/usr/share/jailhouse/cells
INMATES=/usr/share/jailhouse/inmates
export CELLS INMATES

# The root cell of the board, as its users know it.
root_config()
{
	printf '%s/%s.cell\n' "$CELLS" "$(board_name)"
}

# board_name: qemu-arm64 for tests that start boards themselves; board_cell
# NAME: its cell, in the folder where users find it.
board_name()
{
	cat "$BOARD_DIR/board" 2>/dev/null || printf 'qemu-arm64\n'
}

board_cell()
{
	printf '%s/%s-%s.cell\n' "$CELLS" "$(board_name)" "$1"
}

# cell_serial: the log of the UART that inmate-demo has: its own, on boards
# with one for a cell, else that of the root.
cell_serial()
{
	case $(board_name) in
	zynqmp-zcu102) printf '%s/uart1.log\n' "$BOARD_DIR" ;;
	*) printf '%s\n' "$SERIAL" ;;
	esac
}

# jh_enable: driver loaded, hypervisor enabled.
jh_enable()
{
	on_ok modprobe jailhouse
	on_ok jailhouse enable "$(root_config)"
	assert_eq "enabled" 1 "$(on cat /sys/devices/jailhouse/enabled)"
}

# jh_disable: and Linux has its CPUs back.
jh_disable()
{
	on_ok jailhouse disable
	assert_eq "online CPUs" "$(on cat /sys/devices/system/cpu/present)" \
		"$(on cat /sys/devices/system/cpu/online)"
}
