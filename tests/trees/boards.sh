#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# boards.sh JAILHOUSE: boards that are made from a device tree of Debian still
# are what "config import" makes of it, but for what their comments say.

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
top=$here/../..
jailhouse=$1
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

folder=$("$top/tools/target/trees.sh" | awk '$1 == "arm64" { print $2 }')

# same NAME ORIGINAL MADE FILTER: both files, less what is by hand.
same()
{
	diff -u <(jq -S "$4" "$2") <(jq -S "$4" "$3") >"$tmp/diff" || {
		echo "$1 is not what its device tree says:"
		head -n 40 "$tmp/diff"
		return 1
	}
}

count=0
for facts in "$top"/boards/*/*/emulator.json; do
	tree=$(jq -r '.tree.of // empty' "$facts")
	[ -n "$tree" ] || continue
	board=$(dirname "$facts")
	size=$(jq -r '.comment | capture("--mem-inmates (?<size>[0-9A-Z]+)").size' \
		"$board/system.json")
	"$jailhouse" config import "$folder/$tree" --mem-inmates "$size" \
		-o "$tmp/system.json" 2>"$tmp/log" || {
		cat "$tmp/log"
		exit 1
	}
	same "$board/board.json" "$board/board.json" "$tmp/board.json" \
		'del(.name, .comment, .["$comment"], .kernel_command_line)'
	# Links lie at the end of what is inmates' RAM here.
	same "$board/system.json" "$board/system.json" "$tmp/system.json" \
		'del(.cells, .comment, .["$comment"], .root_cell.name, .links,
			.scenarios, (.root_cell.memory[] |
				select(.name == "inmate RAM") | .size))'
	count=$((count + 1))
done
[ "$count" -ge 1 ] || { echo "no board looked at"; exit 1; }
echo "$count boards"
