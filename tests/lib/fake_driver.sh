#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# A driver without a hypervisor, for tests of what uses one: as BASE/bin/jailhouse
# or BASE/bin/modprobe it does to the files in BASE/sys what the real ones make
# the kernel do to /sys/devices/jailhouse, and notes in BASE/loaded/ID what a
# cell was loaded with. As BASE/bin/sha256sum it is that. FAKE_SYSFS names a
# folder to be used instead of BASE/sys.
#
# Each call is a line of BASE/calls. The one whose number is in BASE/fail does
# not happen, or fails behind its effect if BASE/late exists. BASE/hook is run
# before each.
set -u
base=${0%/bin/*}
sys=${FAKE_SYSFS:-$base/sys}
verb=${0##*/}

die()
{
	echo "$*" >&2
	exit 1
}

# The number of the cell with that name.
find_cell()
{
	for cell in "$sys"/cells/*; do
		[ "$(cat "$cell/name"; echo .)" = "$1
." ] || continue
		printf '%s\n' "${cell##*/}"
		return 0
	done
	return 1
}

# "--name NAME", or a number
cell_of()
{
	if [ "$1" = --name ]; then
		find_cell "$2" || die "no such cell: $2"
	else
		[ -d "$sys/cells/$1" ] || die "no such cell: $1"
		echo "$1"
	fi
}

enabled()
{
	[ "$(cat "$sys/enabled" 2>/dev/null)" = 1 ] ||
		die "the hypervisor is not enabled"
}

add_cell() # ID NAME-FILE STATE CONFIG
{
	mkdir -p "$sys/cells/$1"
	cp "$2" "$sys/cells/$1/name"
	echo "$3" >"$sys/cells/$1/state"
	cp "$4" "$sys/cells/$1/config"
}

name_of() # CONFIG: the name with a newline in $base/name
{
	dd if="$1" bs=1 skip=8 count=32 2>/dev/null | tr -d '\0' >"$base/name"
	echo >>"$base/name"
}

turn_on()
{
	[ "$(cat "$sys/enabled")" = 0 ] || die "already enabled"
	[ "$(head -c 5 "$1")" = JHSYS ] || die "$1: no system"
	echo root >"$base/name"
	cp "$1" "$sys/config"
	add_cell 0 "$base/name" running "$1"
	echo 1 >"$sys/enabled"
}

create()
{
	enabled
	[ "$(head -c 5 "$1")" = JHCLL ] || die "$1: no cell"
	name_of "$1"
	! find_cell "$(cat "$base/name")" >/dev/null || die "exists already"
	next=1
	while [ -d "$sys/cells/$next" ]; do next=$((next + 1)); done
	add_cell "$next" "$base/name" 'shut down' "$1"
	# what is read back has what the driver fills in
	# shellcheck disable=SC2059 # a byte by its number
	printf "\\$(printf %o "$next")" | dd of="$sys/cells/$next/config" \
		bs=1 seek=40 conv=notrunc 2>/dev/null
}

load()
{
	enabled
	id=$(cell_of "$@") || exit 1
	[ "$1" != --name ] || shift
	shift
	echo 'shut down' >"$sys/cells/$id/state"
	: >"$base/loaded/$id.new"
	while [ $# -gt 0 ]; do
		if [ "$1" = -s ]; then
			printf 'text %s' "$2" >>"$base/loaded/$id.new"
			shift 2
		else
			cat "$1" >>"$base/loaded/$id.new" || exit 1
			shift
		fi
		[ "$1" = -a ] || die "no address"
		printf ' at %s\n' "$2" >>"$base/loaded/$id.new"
		shift 2
	done
	mv "$base/loaded/$id.new" "$base/loaded/$id"
}

set_state() # STATE and the cell
{
	enabled
	state=$1
	shift
	id=$(cell_of "$@") || exit 1
	echo "$state" >"$sys/cells/$id/state"
}

destroy()
{
	enabled
	id=$(cell_of "$@") || exit 1
	rm -rf "$sys/cells/$id" "$base/loaded/$id"
}

turn_off()
{
	enabled
	rm -rf "$sys/cells" "$sys/config" "$base/loaded"
	mkdir "$base/loaded"
	echo 0 >"$sys/enabled"
}

effect()
{
	case "$verb ${1:-} ${2:-}" in
	'modprobe -r '*) rm -rf "$sys" ;;
	'modprobe '*) mkdir -p "$sys" && echo 0 >"$sys/enabled" ;;
	'sha256sum '*) /usr/bin/sha256sum ;;
	'jailhouse enable '*) turn_on "$2" ;;
	'jailhouse disable '*) turn_off ;;
	'jailhouse cell create') create "$3" ;;
	'jailhouse cell load') shift 2; load "$@" ;;
	'jailhouse cell start') shift 2; set_state running "$@" ;;
	'jailhouse cell shutdown') shift 2; set_state 'shut down' "$@" ;;
	'jailhouse cell destroy') shift 2; destroy "$@" ;;
	*) die "unknown: $*" ;;
	esac
}

printf '%s %s %s\n' "$verb" "${1:-}" "${2:-}" >>"$base/calls"
if [ "$(wc -l <"$base/calls")" = "$(cat "$base/fail" 2>/dev/null)" ]; then
	[ ! -e "$base/late" ] || effect "$@" >/dev/null
	die "injected failure"
fi
[ ! -x "$base/hook" ] || "$base/hook" "$verb" "$@"
effect "$@"
