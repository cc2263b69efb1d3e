#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the configuration library: import, root cells
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
