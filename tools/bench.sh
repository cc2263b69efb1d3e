#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# bench.sh [NAME…] [--json FILE] [--list]: runs the benches of tests/bench/
# (all without a name) and prints a table. A bench describes itself as a system
# test does (tools/test/system.sh) and prints rows, a JSON object each:
#
#	{bench, name, value, unit, better: "lower"|"higher", yardstick, aim}
#
# yardstick: what must be beaten; aim: what we want; null where there is none.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
JHW_PROG=bench
# shellcheck source=tools/test/board.sh
. "$JHW_TOP/tools/test/board.sh"

json='' list='' names=()
while [ $# -gt 0 ]; do
	case $1 in
	--json) json=$(realpath -m "${2:?--json needs a file}"); shift ;;
	--list) list=1 ;;
	-*) die "$1: no such option; usage: ./jhw bench [NAME…] [--json FILE] [--list]" 2 ;;
	*) names+=("$1") ;;
	esac
	shift
done

cd "$JHW_TOP"
logs=$JHW_BUILD/bench-logs
mkdir -p "$logs"

if [ "${#names[@]}" -eq 0 ]; then
	for file in tests/bench/*.sh; do
		[ ! -x "$file" ] || names+=("$(basename "$file" .sh)")
	done
fi
for name in "${names[@]}"; do
	[ -x "tests/bench/$name.sh" ] || die "no bench \"$name\"; there are: $(
		cd tests/bench && find . -name '*.sh' -executable \
			-printf '%f ' | sed 's/\.sh//g')" 2
	[ -z "$list" ] || printf '%-10s %s\n' "$name" \
		"$(head_field "tests/bench/$name.sh" title)"
done
[ -z "$list" ] || exit 0

# bench_one NAME: its rows on stdout.
bench_one()
{
	local name=$1 file=tests/bench/$1.sh dir=$logs/$1 rc=0 board=''
	rm -rf "$dir"
	mkdir -p "$dir"
	if [ "$(head_field "$file" board)" != none ]; then
		board=bench
		board_start "$board" "$file" "$(head_field "$file" kernel)" \
			"$dir/start.log" || {
			cat "$dir/start.log" >&2
			die "bench $name: its board did not start"
		}
	fi
	JHW_BOARD=$board TEST_DIR=$dir TEST_NAME=$name \
		timeout -k 10 "$(head_field "$file" timeout 600)" "$file" \
		>"$dir/rows" 2>"$dir/log" </dev/null || rc=$?
	[ -z "$board" ] || emu stop "$board"
	if [ "$rc" -ne 0 ] || ! jq -s . "$dir/rows" >/dev/null 2>&1; then
		tail -n 20 "$dir/rows" "$dir/log" >&2
		die "bench $name: exit status $rc, or what it printed is no JSON"
	fi
	cat "$dir/rows"
}

# table: rows on stdin. "beats" compares with the yardstick; a figure that is
# better is below it, or above it, as the row says.
table()
{
	jq -rs '
	def num: if . == null then "-"
		elif . == (. | floor) then tostring
		else (. * 100 | round / 100 | tostring) end;
	def reached($limit; $better): if $limit == null then "-"
		elif $better == "higher" then (if . >= $limit then "yes" else "no" end)
		else (if . <= $limit then "yes" else "no" end) end;
	(["BENCH", "WHAT", "VALUE", "UNIT", "YARDSTICK", "BEATS", "AIM", "REACHED"]),
	(flatten | .[] | . as $r | [.bench, .name, (.value | num), .unit,
		(.yardstick | num), (.value | reached($r.yardstick; $r.better)),
		(.aim | num), (.value | reached($r.aim; $r.better))])
	| @tsv' | awk -F'\t' '
	{
		for (i = 1; i <= NF; i++) {
			cell[NR, i] = $i
			if (length($i) > width[i])
				width[i] = length($i)
		}
	}
	END {
		for (r = 1; r <= NR; r++) {
			line = ""
			for (i = 1; i <= NF; i++)
				line = line sprintf(i == 3 || i == 5 || i == 7 ? \
					"%" width[i] "s  " : "%-" width[i] "s  ",
					cell[r, i])
			sub(/ +$/, "", line)
			print line
		}
	}'
}

"$JHW_TOP/tools/setup.sh"
with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh"
export JHW_NO_BUILD=1

: >"$logs/rows"
for name in "${names[@]}"; do
	step "$name: $(head_field "tests/bench/$name.sh" title)"
	bench_one "$name" >>"$logs/rows"
done
table <"$logs/rows"
if [ -n "$json" ]; then
	jq -s flatten "$logs/rows" >"$json.tmp"
	mv "$json.tmp" "$json"
fi
