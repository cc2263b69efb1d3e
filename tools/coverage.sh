#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# coverage.sh [--html]: which lines of libjhcfg the tests without emulation
# run. Prints a line a folder and the files that lag behind; fails below the
# share that we promise. --html also writes build/coverage/html/index.html.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

promised=85	# percent of lines
build=$JHW_BUILD/coverage
html=''
case ${1:-} in
--html) html=1 ;;
'') ;;
*) die "$1: no such option; usage: ./jhw coverage [--html]" 2 ;;
esac

"$JHW_TOP/tools/setup.sh"
step "building"
with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh" coverage
find "$build" -name '*.gcda' -delete

step "running the tests"
# Those of screens and windows go through the library, too, but find nothing
# there that its own do not, and take the most time.
mapfile -t tests < <(meson introspect --tests "$build" | jq -r '.[].name' |
	grep -vE '^(gtk|tui|jh-top)-' | sort -u)
meson test -C "$build" --no-rebuild --quiet --timeout-multiplier 4 \
	--num-processes "${JHW_JOBS:-$(nproc)}" "${tests[@]}" \
	>"$build/tests.log" 2>&1 || {
	tail -n 60 "$build/tests.log" >&2
	die "the tests must pass first; see above"
}

options=(--root "$JHW_TOP" --filter "$JHW_TOP/libjhcfg/"
	--gcov-ignore-parse-errors -j "${JHW_JOBS:-$(nproc)}")
[ -z "$html" ] || {
	mkdir -p "$build/html"
	options+=(--html-details "$build/html/index.html")
}
gcovr "${options[@]}" --json-summary "$build/summary.json" "$build" \
	>"$build/gcovr.log" 2>&1 || {
	cat "$build/gcovr.log" >&2
	die "gcovr could not read what the tests left"
}

jq -r --argjson promised "$promised" '
	def share: if .total == 0 then 100 else 1000 * .covered / .total | floor / 10 end;
	def sums: {covered: map(.line_covered) | add, total: map(.line_total) | add};
	(.files | group_by(.filename | split("/")[0:2] | join("/"))[] |
		"\(sums | share) %\t\(.[0].filename | split("/")[0:2] | join("/"))"),
	(.files[] | select(.line_percent < $promised) |
		"  below: \(.filename) \(.line_percent) %"),
	"\(.line_percent) % of \(.line_total) lines of libjhcfg"
	' "$build/summary.json"
jq -e --argjson promised "$promised" '.line_percent >= $promised' \
	"$build/summary.json" >/dev/null ||
	die "$promised % are promised"
