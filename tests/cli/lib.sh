# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What tests of the program share. Each check names what it found.
set -euo pipefail

: "${JAILHOUSE:?the program to test}" "${SOURCE:?the source tree}"

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

fail()
{
	printf 'FAIL: %s\n' "$*" >&2
	exit 1
}

# run STATUS ARGS…: runs the program; its output is in $out and $err then.
run()
{
	local expected=$1 status=0
	shift
	"$JAILHOUSE" "$@" >"$tmp/out" 2>"$tmp/err" || status=$?
	# shellcheck disable=SC2034 # for the caller
	out=$(cat "$tmp/out")
	err=$(cat "$tmp/err")
	[ "$status" -eq "$expected" ] ||
		fail "jailhouse $*: exit status $status, not $expected: $err"
}

# has WHAT PART TEXT
has()
{
	[[ $3 == *"$2"* ]] || fail "$1: no \"$2\" in: $3"
}

# lacks WHAT PART TEXT
lacks()
{
	[[ $3 != *"$2"* ]] || fail "$1: \"$2\" in: $3"
}

# is WHAT EXPECTED SEEN
is()
{
	[ "$2" = "$3" ] || fail "$1: expected \"$2\", seen \"$3\""
}

# fake_target: this machine as a target to deploy to, with tests/lib/fake_driver.sh
# in $base/bin and its sysfs in $sysfs, below $JAILHOUSE_ROOT. Ends the test
# where nobody may do so.
fake_target()
{
	local program
	[ "$(id -u)" = 0 ] || {
		echo "only root may deploy to this machine"
		exit 77
	}
	base=$tmp/fake
	sysfs=$tmp/root/sys/devices/jailhouse
	export JAILHOUSE_ROOT=$tmp/root FAKE_SYSFS=$sysfs
	mkdir -p "$base/bin" "$base/loaded" "$tmp/root/sys/devices"
	for program in jailhouse modprobe sha256sum; do
		cp "$SOURCE/tests/lib/fake_driver.sh" "$base/bin/$program"
	done
	: >"$base/calls"
	PATH=$base/bin:$PATH
}
