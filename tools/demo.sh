#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# demo.sh [--keep] [--kernel VERSION]: from nothing to a running cell on an
# emulated board, with what a user would type and what comes back. --keep
# leaves the board and its cell running.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
JHW_PROG=demo
# shellcheck source=tools/emu/lib.sh
. "$JHW_TOP/tools/emu/lib.sh"

board=demo
cells=/usr/share/jailhouse/cells
inmates=/usr/share/jailhouse/inmates
hellos=5
jhw=$JHW_TOP/jhw

keep='' kernel=''
while [ $# -gt 0 ]; do
	case $1 in
	--keep) keep=1 ;;
	--kernel) kernel=${2:?--kernel needs a version}; shift ;;
	*) die "$1: no such option; usage: ./jhw demo [--keep] [--kernel VERSION]" 2 ;;
	esac
	shift
done

# type COMMAND…: shows it as typed on the board, runs it there, shows what
# comes back.
type_on_board()
{
	printf 'root@%s:~# %s\n' "$board" "$*"
	"$jhw" emu ssh "$board" -- "$@" </dev/null 2>&1 ||
		failed "\"$*\" ended with exit status $?"
}

failed()
{
	say "demo: $1; the end of the board's serial log:"
	"$jhw" emu log "$board" | tail -n 20 >&2
	[ -n "$keep" ] || "$jhw" emu stop "$board"
	exit 1
}

# follow_uart MARK: what comes over the board's UART from there on, live, until
# the cell has said hello often enough. Fails when it does not within a minute.
follow_uart()
{
	local follower n=1 line rc=1 fd
	exec {fd}< <(exec timeout 60 tail --pid="$(emu_pid "$EMU_ROOT/$board")" \
		-s 0.1 -c "+$(($1 + 1))" -f "$EMU_ROOT/$board/uart0.log")
	follower=$!
	while [ "$n" -le "$hellos" ] && IFS= read -r line <&"$fd"; do
		line=${line%$'\r'}
		printf 'UART: %s\n' "$line"
		[[ $line != *"Hello $n from cell!"* ]] || n=$((n + 1))
	done
	[ "$n" -le "$hellos" ] || rc=0
	kill "$follower" 2>/dev/null || true
	exec {fd}<&-
	return "$rc"
}

cd "$JHW_TOP"
"$JHW_TOP/tools/setup.sh"
if [ -z "${JHW_NO_BUILD:-}" ]; then
	step "building"
	with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh"
	export JHW_NO_BUILD=1
fi

if [ -d "$EMU_ROOT/$board" ]; then
	say "stopping the board of an earlier demo"
	"$jhw" emu stop "$board"
fi
step "booting the emulated board"
"$jhw" emu start qemu-arm64 --name "$board" --kernel "$kernel"
# shellcheck disable=SC2064 # its value now
[ -n "$keep" ] || trap "'$jhw' emu stop $board 2>/dev/null || true" EXIT

type_on_board uname -srv
type_on_board modprobe jailhouse
type_on_board jailhouse enable "$cells/qemu-arm64.cell"
mark=$(stat -c %s "$EMU_ROOT/$board/uart0.log")
type_on_board jailhouse cell create "$cells/qemu-arm64-inmate-demo.cell"
type_on_board jailhouse cell load inmate-demo "$inmates/uart-demo.bin"
type_on_board jailhouse cell start inmate-demo
follow_uart "$mark" ||
	failed "the cell did not say hello $hellos times within 60 s"
type_on_board jailhouse cell list
state=$("$jhw" emu ssh "$board" -- jailhouse cell list)
grep -qE 'inmate-demo +running ' <<<"$state" ||
	failed "the cell does not run"

if [ -n "$keep" ]; then
	cat <<END

The board and its cell go on. Go on with
  ./jhw emu ssh $board                   a shell on the board
  ./jhw emu log $board -f                its UART
  ./jhw emu ssh $board -- jailhouse cell stats inmate-demo
  ./jhw emu stop $board
END
	exit
fi
type_on_board jailhouse cell shutdown inmate-demo
type_on_board jailhouse cell destroy inmate-demo
type_on_board jailhouse disable
type_on_board cat /sys/devices/system/cpu/online
