#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# config compile: output files, and what is said about bad input.
. "$(dirname "$0")/lib.sh"

golden=$SOURCE/tests/golden
cp "$golden/cell-arm64.json" "$tmp/demo.json"

run 0 config compile "$tmp/demo.json"
is "silent" "" "$out$err"
cmp "$tmp/demo.cell" "$golden/cell-arm64.cell" ||
	fail "FILE.json did not become FILE.cell"

run 0 config compile -o "$tmp/other" "$tmp/demo.json"
cmp "$tmp/other" "$golden/cell-arm64.cell" || fail "-o FILE"

"$JAILHOUSE" config compile "$tmp/demo.json" -o /dev/stdout |
	cmp - "$golden/cell-arm64.cell" || fail "-o to a pipe"

"$JAILHOUSE" config compile /dev/stdin -o "$tmp/piped" <"$tmp/demo.json"
cmp "$tmp/piped" "$golden/cell-arm64.cell" || fail "from a pipe"

echo old >"$tmp/kept"
printf '{' >"$tmp/bad.json"
run 1 config compile "$tmp/bad.json" -o "$tmp/kept"
has "bad JSON" "bad.json: line 1 column 2: error:" "$err"
is "the old output stays" old "$(cat "$tmp/kept")"
is "nothing is left over" 0 "$(find "$tmp" -name 'kept.*' | wc -l)"

jq '.memory[0].flags = ["REED"]' "$tmp/demo.json" >"$tmp/bad.json"
run 1 config compile "$tmp/bad.json" -o "$tmp/kept"
has "place" "/memory/0/flags/0" "$err"
has "hint" "hint: known values: READ, WRITE" "$err"

jq '.regions = []' "$tmp/demo.json" >"$tmp/slip.json"
run 0 config compile "$tmp/slip.json" -o "$tmp/kept"
has "a slip of the pen" "warning: configuration: the key \"regions\"" "$err"

# A project: links are described once, and each end gets its part.
project=$SOURCE/boards/arm64/qemu-arm64
run 0 config compile "$project/system.json" --cell ivshmem-demo -o "$tmp/end"
is "one device, four regions more than the file has" "1 7" \
	"$(od -An -tu4 -j68 -N4 "$tmp/end" | xargs) $(od -An -tu4 -j52 -N4 \
		"$tmp/end" | xargs)"
run 0 config compile "$project/system.json" -o "$tmp/root"
run 0 config compile "$project/system.json" --cell qemu-arm64 -o "$tmp/same"
cmp "$tmp/root" "$tmp/same" || fail "the root is the default"
is "the root's devices" 2 "$(od -An -tu4 -j424 -N4 "$tmp/root" | xargs)"
run 1 config compile "$project/system.json" --cell rtos -o "$tmp/kept"
has "no such cell" 'there is no cell "rtos"' "$err"
run 1 config compile "$project/cells/tick-demo.json" --cell tick-demo
has "a cell alone" "is a cell, not a system" "$err"

run 1 config compile "$tmp/none.json"
has "missing input" \
	"none.json: error: source: it cannot be read: No such file or directory" "$err"
run 1 config compile "$tmp/demo.json" -o "$tmp/none/x"
has "missing directory" "none/x: No such file or directory" "$err"
run 1 config compile "$tmp/demo.json" -o /dev/full
has "full disk" "/dev/full: No space left on device" "$err"

run 0 config compile --json "$SOURCE/boards/arm64/qemu-arm64/system.json" \
	-o "$tmp/made.cell"
is "what was made" "$tmp/made.cell" "$(jq -r .output <<<"$out")"
[ -s "$tmp/made.cell" ] || fail "nothing was made"
