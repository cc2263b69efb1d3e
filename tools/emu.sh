#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# emu.sh VERB …: the emulated boards.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tools/emu/lib.sh
. "$JHW_TOP/tools/emu/lib.sh"

usage()
{
	cat <<'END'
usage: ./jhw emu VERB …
  start BOARD [OPTIONS]      boot it in the background (start --help)
  ssh BOARD [-- CMD…]        run CMD there; one word is a shell line, several
                             are passed as they are; without CMD: a shell
  put BOARD LOCAL… REMOTE    copy files or directories there
  get BOARD REMOTE… LOCAL    and back
  log BOARD [-f]             what came over its console
  uart BOARD N [-f|-i|-s]    the same of UART N; -i: type, end with Ctrl-];
                             -s: what comes in by stdin is typed
  where BOARD                where its SSH is, for programs; starts it if it
                             does not run
  list                       the boards that run
  stop BOARD|--all           end it
BOARD is the name given with start --name, or the board's own.
END
}

# in_board NAME PROGRAM ARGS…: ssh or scp with the options of that board, in
# its directory, since the shared connection is a relative path.
in_board()
{
	local dir program=$2
	dir=$(emu_need "$1")
	shift 2
	mapfile -t options < <(emu_ssh_options "$dir")
	cd "$dir"
	exec "$program" "${options[@]}" "$@"
}

# quote WORD…: as one line for the target's shell.
quote()
{
	local word line=''
	for word; do
		line+=" '${word//\'/\'\\\'\'}'"
	done
	printf '%s\n' "${line# }"
}

emu_start()
{
	exec "$JHW_TOP/tools/emu/start.sh" "$@"
}

emu_ssh()
{
	local name=${1:-}
	[ -n "$name" ] || { usage >&2; exit 2; }
	shift
	[ "${1:-}" != -- ] || shift
	case $# in
	0) in_board "$name" ssh -t root@127.0.0.1 ;;
	1) in_board "$name" ssh root@127.0.0.1 "$1" ;;
	*) in_board "$name" ssh root@127.0.0.1 "$(quote "$@")" ;;
	esac
}

emu_put()
{
	[ $# -ge 3 ] || { usage >&2; exit 2; }
	local name=$1 files=() file
	shift
	for file in "${@:1:$#-1}"; do
		files+=("$(realpath -e "$file")")
	done
	in_board "$name" scp -q -r "${files[@]}" "root@127.0.0.1:${!#}"
}

emu_get()
{
	[ $# -ge 3 ] || { usage >&2; exit 2; }
	local name=$1 files=() file
	shift
	for file in "${@:1:$#-1}"; do
		files+=("root@127.0.0.1:$file")
	done
	in_board "$name" scp -q -r "${files[@]}" "$(realpath -m "${!#}")"
}

# A board that somebody else starts is waited for. known_hosts has the host key
# under the address that a program sees.
emu_where()
{
	local name=${1:-} dir port lock
	dir=$(emu_dir "$name")
	mkdir -p "$EMU_ROOT"
	if [ -z "$(emu_pid "$dir")" ] || [ ! -f "$dir/port" ]; then
		exec {lock}>"$EMU_ROOT/.$name.lock"
		flock -w 300 "$lock" || die "board \"$name\" is being started"
		exec {lock}>&-
	fi
	[ -n "$(emu_pid "$dir")" ] ||
		"$JHW_TOP/tools/emu/start.sh" "$name" >&2
	port=$(cat "$dir/port")
	sed "s/^$KEYS_ALIAS /[127.0.0.1]:$port /" "$KEYS/known_hosts" \
		>"$dir/known_hosts"
	printf 'port %s\nidentity %s\nknown_hosts %s\nfolder %s\n' "$port" \
		"$KEYS/user" "$dir/known_hosts" "$dir"
}

# A log outlives its board: what a crash left is of interest.
emu_uart()
{
	local name=${1:-} n=${2:-} mode=${3:-} dir pid
	case $n in
	''|*[!0-9]*) usage >&2; exit 2 ;;
	esac
	dir=$(emu_dir "$name")
	[ -d "$dir" ] || die "board \"$name\" was not started"
	[ -e "$dir/uart$n.log" ] || die "board \"$name\" has no UART $n"
	pid=$(emu_pid "$dir")
	case $mode in
	'') cat "$dir/uart$n.log" ;;
	-f) exec tail ${pid:+--pid="$pid"} -n +1 -f "$dir/uart$n.log" ;;
	-i)
		emu_need "$name" >/dev/null
		cd "$dir"
		exec socat -,raw,echo=0,escape=0x1d "UNIX-CONNECT:uart$n.sock"
		;;
	-s)
		emu_need "$name" >/dev/null
		cd "$dir"
		exec socat -u - "UNIX-CONNECT:uart$n.sock"
		;;
	*) usage >&2; exit 2 ;;
	esac
}

emu_log()
{
	emu_uart "${1:-}" 0 "${@:2}"
}

emu_list()
{
	local dir state
	printf '%-20s %-12s %-24s %-8s %s\n' NAME BOARD KERNEL STATE SSH
	for dir in "$EMU_ROOT"/*/; do
		dir=${dir%/}
		[ -f "$dir/board" ] || continue
		state=ended
		[ -z "$(emu_pid "$dir")" ] || state=running
		printf '%-20s %-12s %-24s %-8s %s\n' "${dir##*/}" \
			"$(cat "$dir/board")" "$(cat "$dir/kernel")" "$state" \
			"$(sed 's/^/127.0.0.1:/' "$dir/port" 2>/dev/null)"
	done
}

# Stops what runs and forgets what ended.
emu_stop()
{
	local dir
	[ $# -gt 0 ] || { usage >&2; exit 2; }
	if [ "$1" = --all ]; then
		set --
		for dir in "$EMU_ROOT"/*/; do
			dir=${dir%/}
			[ ! -d "$dir" ] || set -- "$@" "${dir##*/}"
		done
	fi
	for name; do
		dir=$(emu_dir "$name")
		[ -d "$dir" ] || die "board \"$name\" was not started"
		emu_kill "$dir"
		rm -rf "$dir" "$EMU_ROOT/.$name.lock"
	done
}

verb=${1:-}
[ $# -eq 0 ] || shift
case $verb in
start|ssh|put|get|log|uart|where|list|stop) "emu_$verb" "$@" ;;
help|-h|--help) usage ;;
*) usage >&2; exit 2 ;;
esac
