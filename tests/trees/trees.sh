#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# trees.sh PACKAGE PROGRAM DIR: every device tree of that Debian kernel package
# is imported without an error, and the numbers of CPUs, memory ranges,
# interrupts and register windows are those that count.py finds in dtc's
# output. Leaves the table in DIR/trees-PACKAGE.txt.

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
package=$1 program=$2 table=$3/trees-$1.txt

folder=$("$here/../../tools/target/trees.sh" |
	awk -v package="$package" '$1 == package { print $2 }')
if [ -z "$folder" ]; then
	echo "the device trees of $package are not here: run ./jhw setup"
	exit 77
fi
find "$folder" -name '*.dtb' | sort >"$table.files"
count=$(wc -l <"$table.files")
# What both packages have had for years; fewer means that we look elsewhere.
[ "$count" -ge 500 ] || { echo "$folder: only $count trees"; exit 1; }

xargs python3 "$here/count.py" <"$table.files" >"$table.expected"
rc=0
xargs "$program" <"$table.files" >"$table" || rc=1
diff -u "$table.expected" "$table" >"$table.diff" || rc=1
head -n 20 "$table.diff"
awk -v package="$package" '{ for (n = 2; n <= 5; n++) sum[n] += $n }
	END { printf "%s: %d trees, %d CPUs, %d memory ranges, " \
		"%d interrupts, %d windows\n", package, NR,
		sum[2], sum[3], sum[4], sum[5] }' "$table"
exit "$rc"
