# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What every script of tools/ shares: places, messages, locks. Sourced.

set -euo pipefail

: "${JHW_TOP:=$(dirname "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")")}"
JHW_BUILD=$JHW_TOP/build
# Shared by all checkouts of a user: downloads and what is unpacked from them.
JHW_CACHE=${JHW_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/jailhouse-workbench}
export JHW_TOP JHW_BUILD JHW_CACHE

JHW_PROG=${0##*/}

say()
{
	printf '%s\n' "$*" >&2
}

# die MESSAGE [EXIT STATUS]
die()
{
	printf '%s: %s\n' "${JHW_PROG%.sh}" "$1" >&2
	exit "${2:-1}"
}

# step WHAT: one line of progress on stderr.
step()
{
	printf '\033[1m==>\033[0m %s\n' "$*" >&2
}
[ -t 2 ] || step() { printf '==> %s\n' "$*" >&2; }

# with_lock FILE COMMAND…: one process of this user at a time. Not for use in
# a condition or behind ||, where bash would ignore failures inside COMMAND.
with_lock()
{
	local lock=$1 fd
	shift
	mkdir -p "$(dirname "$lock")"
	exec {fd}>"$lock"
	if ! flock -n "$fd"; then
		say "waiting for another checkout's $(basename "$lock")"
		flock "$fd"
	fi
	"$@"
	exec {fd}>&-
}
