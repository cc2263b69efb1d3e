# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# State of the emulated boards: one directory for each running board, named as
# its user named it. Sourced after tools/lib.sh.
#
#	pid		QEMU's; written by itself
#	board kernel port	what it is and where its SSH is
#	uartN.log uartN.sock	output since the start; a way to type
#	qmp.sock	QEMU's control channel
#	ssh.sock	the shared SSH connection
#
# Sockets are named relative to that directory, since a socket's path must fit
# in 108 bytes and a checkout may lie deep.

EMU_ROOT=$JHW_BUILD/emu
# shellcheck source=tools/target/keys.sh
. "$JHW_TOP/tools/target/keys.sh"

# emu_dir NAME: its directory; the name must be one that is safe as a file.
emu_dir()
{
	case $1 in
	''|.*|*[!A-Za-z0-9._-]*)
		die "board name \"$1\": use letters, digits, '.', '_', '-'" 2 ;;
	esac
	printf '%s/%s\n' "$EMU_ROOT" "$1"
}

# emu_pid DIR: the pid of the QEMU that runs there, nothing if there is none.
# A pid alone may have a new owner: the command line names our pid file.
emu_pid()
{
	local pid
	pid=$(cat "$1/pid" 2>/dev/null) || return 0
	[ -n "$pid" ] || return 0
	if tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline" |
		grep -qxF "$1/pid"; then
		printf '%s\n' "$pid"
	fi
}

# emu_need NAME: the directory of a board that runs.
emu_need()
{
	local dir
	dir=$(emu_dir "$1")
	[ -n "$(emu_pid "$dir")" ] ||
		die "board \"$1\" does not run; start it with: ./jhw emu start $1"
	printf '%s\n' "$dir"
}

# emu_qmp DIR COMMAND-JSON: the last answer of QEMU's control channel.
emu_qmp()
{
	(cd "$1" && printf '%s\n' '{"execute":"qmp_capabilities"}' "$2" |
		socat -t5 - UNIX-CONNECT:qmp.sock | tail -n 1)
}

# emu_registers DIR: those of all its CPUs, as QEMU knows them.
emu_registers()
{
	emu_qmp "$1" '{"execute":"human-monitor-command",
		"arguments":{"command-line":"info registers -a"}}' |
		jq -r .return | tr -d '\r'
}

# emu_ssh_options DIR: for ssh and scp, one a line.
emu_ssh_options()
{
	printf '%s\n' -F /dev/null \
		-i "$KEYS/user" \
		-o IdentitiesOnly=yes \
		-o UserKnownHostsFile="$KEYS/known_hosts" \
		-o GlobalKnownHostsFile=/dev/null \
		-o HostKeyAlias="$KEYS_ALIAS" \
		-o StrictHostKeyChecking=yes \
		-o BatchMode=yes \
		-o LogLevel=ERROR \
		-o ServerAliveInterval=10 -o ServerAliveCountMax=6 \
		-o ControlPath=ssh.sock \
		-o Port="$(cat "$1/port")"
}

# emu_kill DIR: ends its QEMU, whatever state it is in.
emu_kill()
{
	local pid
	pid=$(emu_pid "$1")
	[ -n "$pid" ] || return 0
	kill "$pid" 2>/dev/null || return 0
	if ! timeout 5 tail --pid="$pid" -s 0.05 -f /dev/null; then
		kill -9 "$pid" 2>/dev/null || true
		timeout 60 tail --pid="$pid" -s 0.05 -f /dev/null ||
			die "QEMU $pid does not end, even when killed"
	fi
}
