#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the configuration library: import, root cells, rules
# board: none
# timeout: 120

. "$(dirname "$0")/lib.sh"

programs=$JHW_TOP/build/host/tests/bench/cfg

# The least of five runs: what is in the way is other processes.
folder=$("$JHW_TOP/tools/target/trees.sh" |
	awk '$1 == "arm64" { print $2 }')
mapfile -t trees < <(find "$folder" -name '*.dtb' | sort)
[ "${#trees[@]}" -ge 500 ] || fail "$folder: only ${#trees[@]} trees"
for _ in 1 2 3 4 5; do
	"$programs/bench_trees" "${trees[@]}"
done | sort -k3 -g | head -n 1 >"$TEST_DIR/trees"
read -r count roots seconds <"$TEST_DIR/trees"
row "import $count device trees, make $roots root cells, one core" \
	"$seconds" s lower null 10

# The least of many runs of each size. One size is n; what the largest takes is
# held against n log n of what the smallest takes, which is 1.
"$programs/bench_check" >"$TEST_DIR/check"
while read -r what cells regions cpus ms; do
	case $what in
	small)
		row "read, check and write a system of $regions regions" \
			"$ms" ms lower null 2
		;;
	large)
		aim=null
		[ "$cells" -lt 64 ] || aim=50
		row "check $cells cells, $regions regions, $cpus CPUs" \
			"$ms" ms lower null "$aim"
		;;
	esac
done <"$TEST_DIR/check"
growth=$(awk '
	$1 == "large" && !first { first = $5; n = $3 }
	$1 == "large" { last = $5; m = $3 }
	END { printf "%.3f", last / first / (m * log(m) / (n * log(n))) }
' "$TEST_DIR/check")
row "growth of that, of n log n" "$growth" x lower null 1
