# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Tests that meson knows, under the sanitizers. Sourced by tools/test.sh.

unit_build=$JHW_BUILD/asan
: "${logs:?}"

# unit_list: names of all, one a line, less those that were not asked for.
unit_list()
{
	local name
	while read -r name; do
		! selected "$name" || printf '%s\n' "$name"
	done < <(meson introspect --tests "$unit_build" |
		jq -r '.[].name' | sort -u)
}

# unit_results: records what meson wrote of each test.
unit_results()
{
	local name outcome seconds
	while IFS=$'\t' read -r name outcome seconds; do
		case $outcome in
		OK|EXPECTEDFAIL) result PASS "$name" "$seconds" ;;
		SKIP) result SKIP "$name" "$seconds" "says so itself" ;;
		*) result FAIL "$name" "$seconds" "$outcome" ;;
		esac
	done < <(jq -r '[.name, .result, (.duration * 10 | round / 10)] | @tsv' \
		"$unit_build/meson-logs/testlog.json")
}

unit_run()
{
	local tests
	mapfile -t tests < <(unit_list)
	[ "${#tests[@]}" -gt 0 ] || return 0
	step "${#tests[@]} tests without emulation, under ASan and UBSan"
	export ASAN_OPTIONS=abort_on_error=1:detect_leaks=1:strict_string_checks=1
	export UBSAN_OPTIONS=halt_on_error=1:abort_on_error=1:print_stacktrace=1
	rm -f "$unit_build"/meson-logs/testlog.*
	# Its exit status is that of the worst test; each is recorded below.
	meson test -C "$unit_build" --no-rebuild --quiet --print-errorlogs \
		--timeout-multiplier 4 \
		--num-processes "${JHW_JOBS:-$(nproc)}" "${tests[@]}" \
		>"$logs/unit.log" 2>&1 || tail -n 120 "$logs/unit.log"
	[ -s "$unit_build/meson-logs/testlog.json" ] ||
		die "meson ran no test: $(tail -n 3 "$logs/unit.log")"
	unit_results
}
