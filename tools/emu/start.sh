#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# emu/start.sh BOARD [OPTIONS]: boots an emulated board in the background and
# returns when it answers SSH. Options: see usage below.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
JHW_PROG='emu start'
# shellcheck source=tools/emu/lib.sh
. "$JHW_TOP/tools/emu/lib.sh"

# What stays in the background must not hold open, and so keep locked, what a
# caller had open. 255 is where bash reads this script from.
for fd in /proc/"$$"/fd/*; do
	fd=${fd##*/}
	if [ "$fd" -gt 2 ] && [ "$fd" -ne 255 ]; then
		exec {fd}>&-
	fi
done

usage()
{
	cat <<'END'
usage: ./jhw emu start BOARD [OPTIONS]
  --name NAME       call it NAME; boards of different names run side by side
  --kernel VERSION  6.1 (default), 6.12, or a full release
  --append STR      add to the kernel command line
  --qemu "ARGS"     add to QEMU's command line
  --icount          count instructions: guest time is 1 ns for each
  --share DIR       mount DIR of this machine at /mnt of the board
  --timeout SEC     give up after SEC seconds (default 120)
  --owner PID       stop the board when process PID ends
END
}

name='' kernel='' append='' extra='' icount='' share='' limit=120 owner=''
board=${1:-}
case $board in
''|-*) usage >&2; exit 2 ;;
esac
shift
while [ $# -gt 0 ]; do
	case $1 in
	--icount) icount=1; shift; continue ;;
	-h|--help) usage; exit 0 ;;
	--name|--kernel|--append|--qemu|--share|--timeout|--owner)
		[ $# -ge 2 ] || die "$1: needs a value" 2 ;;
	*) usage >&2; die "$1: no such option" 2 ;;
	esac
	case $1 in
	--name) name=$2 ;;
	--kernel) kernel=$2 ;;
	--append) append=$2 ;;
	--qemu) extra=$2 ;;
	--share) share=$2 ;;
	--timeout) limit=$2 ;;
	--owner) owner=$2 ;;
	esac
	shift 2
done
name=${name:-$board}
dir=$(emu_dir "$name")

facts=$(find "$JHW_TOP/boards" -path "*/$board/emulator.json" 2>/dev/null)
[ -n "$facts" ] || die "no emulated board \"$board\"; there are: $(
	find "$JHW_TOP/boards" -name emulator.json -printf '%h\n' |
		sed 's#.*/##' | sort | xargs)" 2
[ -z "$share" ] || [ -d "$share" ] || die "$share: no such directory" 2

# list FILTER ARRAY: the strings that a jq filter gives, into an array.
list()
{
	mapfile -t "$2" < <(jq -r "$1 // [] | .[]" "$facts")
}

qemu=$("$JHW_TOP/tools/target/qemu.sh" "$(jq -r .qemu "$facts")" \
	"$(jq -r '.qemu_version // 0' "$facts")")

# Nothing to build for a test run: it built all before it began.
if [ -z "${JHW_NO_BUILD:-}" ]; then
	with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh"
fi
image=$("$JHW_TOP/tools/image.sh" "$kernel")
read -r vmlinuz initrd release <<<"$image"
tree=()

list .machine machine
list .append words
list .net net
mkdir -p "$EMU_ROOT"
exec {lock}>"$EMU_ROOT/.$name.lock"
flock -n "$lock" || die "board \"$name\" is being started already"
[ -z "$(emu_pid "$dir")" ] ||
	die "board \"$name\" runs already: ./jhw emu stop $name, or --name"
# What a board that crashed or was killed left behind.
rm -rf "$dir"
mkdir -p "$dir"
printf '%s\n' "$board" >"$dir/board"
printf '%s\n' "$release" >"$dir/kernel"
printf '%s\n' "$vmlinuz" >"$dir/vmlinuz"

"$JHW_TOP/tools/emu/tree.sh" "$board" "$release" "$dir/board.dtb"
[ ! -f "$dir/board.dtb" ] || tree=(-dtb "$dir/board.dtb")

# shellcheck disable=SC2054 # QEMU's commas
args=("${machine[@]}" -name "jhw-$name" -pidfile "$dir/pid"
	-display none -monitor none -nodefaults -no-reboot
	-qmp unix:qmp.sock,server=on,wait=off
	-kernel "$vmlinuz" -initrd "$initrd" "${tree[@]}"
	-append "${words[*]} panic=-1 $append")
# Port 0: the kernel chooses a free one, so that no two boards can race.
# shellcheck disable=SC2054
args+=(-netdev user,id=net0,restrict=on,hostfwd=tcp:127.0.0.1:0-:22
	"${net[@]}")
uarts=$(jq '.uarts | length' "$facts")
for ((n = 0; n < uarts; n++)); do
	list ".uarts[$n].args" uart
	args+=(-chardev "socket,id=uart$n,path=uart$n.sock,server=on,wait=off,logfile=uart$n.log"
		"${uart[@]}")
done
if [ -n "$share" ]; then
	device=()
	list .share device
	[ "${#device[@]}" -gt 0 ] || die "board $board cannot share a directory"
	share=$(realpath "$share")
	args+=(-fsdev "local,id=share,path=${share//,/,,},security_model=none"
		"${device[@]}")
fi
[ -z "$icount" ] || args+=(-icount shift=0)
if [ -n "$extra" ]; then
	# xargs knows quotes as a user expects, and expands nothing.
	mapfile -t more < <(xargs printf '%s\n' <<<"$extra")
	args+=("${more[@]}")
fi

# fail WHY: with the end of the log, which is what says more.
fail()
{
	say "emu start: board \"$name\": $1; the end of its serial log:"
	tail -n 30 "$dir/uart0.log" 2>/dev/null | sed 's/\r$//' >&2 || true
	cat "$dir/qemu.log" >&2
	emu_kill "$dir"
	exit 1
}

began=$EPOCHREALTIME
: >"$dir/uart0.log"
# The lock must not live as long as the board.
(cd "$dir" && exec setsid "$qemu" "${args[@]}" {lock}>&- \
	</dev/null >qemu.log 2>&1) &
qemu_pid=$!
trap 'fail "interrupted"' INT TERM

# until_ready: waits for the mark on the console, for QEMU's end or the limit.
until_ready()
{
	local rc=0 tail_pid
	exec {log}< <(exec timeout "$limit" tail --pid="$qemu_pid" -s 0.1 \
		-n +1 -f "$dir/uart0.log")
	tail_pid=$!
	grep -q -m 1 'jhw: ready after' <&"$log" || rc=$?
	kill "$tail_pid" 2>/dev/null || true
	exec {log}<&-
	return "$rc"
}

until_ready || {
	kill -0 "$qemu_pid" 2>/dev/null || fail "QEMU ended before it was up"
	fail "not up within $limit s"
}
port=$(emu_qmp "$dir" '{"execute":"human-monitor-command",
	"arguments":{"command-line":"info usernet"}}' |
	sed -nE 's/.*HOST_FORWARD\][ ]+[0-9]+ +127\.0\.0\.1 +([0-9]+) .*/\1/p')
[ -n "$port" ] || fail "QEMU does not say which port it forwards"
printf '%s\n' "$port" >"$dir/port"

# One connection that all later commands share.
mapfile -t options < <(emu_ssh_options "$dir")
left=$((limit - (EPOCHSECONDS - ${began%.*})))
(cd "$dir" && exec timeout "$((left > 1 ? left : 1))" \
	ssh "${options[@]}" -o ControlMaster=yes -N -f root@127.0.0.1 \
	{lock}>&- </dev/null >ssh.log 2>&1) || {
	cat "$dir/ssh.log" >&2
	fail "does not answer SSH"
}
if [ -n "$owner" ]; then
	# shellcheck disable=SC2016 # for the inner shell
	setsid bash -c 'tail --pid="$1" -f /dev/null
		[ "$(cat "$3/pid" 2>/dev/null)" != "$2" ] || kill "$2"' \
		owner "$owner" "$qemu_pid" "$dir" {lock}>&- </dev/null >/dev/null 2>&1 &
fi
printf '%s\n' "$EPOCHREALTIME $began" | awk '{ printf "%.1f\n", $1 - $2 }' \
	>"$dir/start_s"
say "board \"$name\" ($board, Linux $release) is up after $(cat "$dir/start_s") s"
