#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# test.sh [NAME…] [--quick] [--list] [--kernel VERSION]: runs the tests whose
# names match (shell patterns; all without one): first those that need no
# emulation, under the sanitizers, then the system tests on emulated boards.
# The last line is always "N passed, N failed, N skipped".

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
JHW_PROG='test'

logs=$JHW_BUILD/test-logs
results=$logs/results
began=$EPOCHSECONDS

quick='' list='' only_kernel='' names=()
while [ $# -gt 0 ]; do
	case $1 in
	--quick) quick=1 ;;
	--list) list=1 ;;
	--kernel) only_kernel=${2:?--kernel needs a version}; shift ;;
	-*) die "$1: no such option; usage: ./jhw test [NAME…] [--quick] [--list] [--kernel VERSION]" 2 ;;
	*) names+=("$1") ;;
	esac
	shift
done

# selected NAME: was it asked for?
selected()
{
	local pattern
	[ "${#names[@]}" -gt 0 ] || return 0
	for pattern in "${names[@]}"; do
		# shellcheck disable=SC2053 # a pattern
		[[ $1 == $pattern ]] && return 0
	done
	return 1
}

# result STATUS NAME SECONDS [REASON]: PASS, FAIL or SKIP; said and recorded.
result()
{
	printf '%s\t%s\t%s\t%s\n' "$1" "$2" "$3" "${4:-}" >>"$results"
	printf '%-4s  %-44s %7s s%s\n' "$1" "$2" "$3" "${4:+  $4}"
}

# seconds_since EPOCHREALTIME
seconds_since()
{
	awk -v a="$1" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f", b - a }'
}

# shellcheck source=tools/emu/lib.sh
. "$JHW_TOP/tools/emu/lib.sh"
# shellcheck source=tools/test/board.sh
. "$JHW_TOP/tools/test/board.sh"
# shellcheck source=tools/test/unit.sh
. "$JHW_TOP/tools/test/unit.sh"
# shellcheck source=tools/test/system.sh
. "$JHW_TOP/tools/test/system.sh"

count()
{
	grep -c "^$1	" "$results" || true
}

summary()
{
	local failed
	failed=$(count FAIL)
	printf '\n'
	awk -F'\t' '$1 == "SKIP" { printf "skipped: %s: %s\n", $2, $4 }
		$1 == "FAIL" { printf "failed:  %s: %s\n", $2, $4 }' "$results"
	[ "$failed" -eq 0 ] || printf 'logs: %s\n' "$logs"
	printf 'ran %d tests in %d s\n' \
		"$(($(count PASS) + failed))" "$((EPOCHSECONDS - began))"
	printf '%d passed, %d failed, %d skipped\n' \
		"$(count PASS)" "$failed" "$(count SKIP)"
	[ "$failed" -eq 0 ]
}

cd "$JHW_TOP"
"$JHW_TOP/tools/setup.sh"
parts=(asan host arm64 armv7 driver)
[ -z "$quick" ] || parts=(asan host)
step "building"
with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh" "${parts[@]}"
export JHW_NO_BUILD=1

if [ -n "$list" ]; then
	unit_list
	system_list
	exit
fi
mkdir -p "$logs"
exec {lock}>"$logs/lock"
flock -n "$lock" || die "another run of the tests is going on in this checkout"
: >"$results"

unit_run
if [ -n "$quick" ]; then
	say "left out with --quick: the system tests"
else
	system_run
fi
[ -s "$results" ] || die "no test matches: ${names[*]}" 2
summary
