#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# config check: boards, forms of input and output, baselines, waivers, fix-its.
. "$(dirname "$0")/lib.sh"

boards=$SOURCE/boards

# Nothing is wrong with the boards that come with the project.
for system in "$boards"/*/*/system.json; do
	run 0 config check "$system"
	has "$system" "0 errors" "$out"
done

# A copy to break: a CPU that the root does not have, and a missing answer.
cp -r "$boards/arm64/qemu-arm64" "$tmp/board"
system=$tmp/board/system.json
cell=$tmp/board/cells/tick-demo.json
run 0 config check --strict "$system"
has "a waived finding" "1 waived" "$out"
jq '.cpus = [9] | del(.msg_reply_timeout_us)' "$cell" >"$tmp/new"
cp "$tmp/new" "$cell"
run 1 config check "$system"
has "the error" "error: C01 tick-demo/cpu/9: cell \"tick-demo\" has CPU 9" "$out"
has "the warning" "warning: B07 tick-demo: " "$out"
has "what was read" "  Root cell:     qemu-arm64 ($system)" "$out"
has "what was not judged" "not judged, since there is no target" "$out"

# Only a scenario, only named cells.
run 0 config check --scenario link "$system"
run 1 config check --scenario demos "$system"
run 1 config check --scenario none "$system"
has "no such scenario" 'there is no scenario "none"' "$err"
run 0 config check "$system" "$tmp/board/cells/inmate-demo.json"
run 1 config check "$system" "$cell"

# For programs.
run 1 config check --json "$system"
is "JSON" "C01 error tick-demo/cpu/9 cpu 9 cells/tick-demo.json" "$(
	jq -r '.findings[0] | "\(.rule) \(.severity) \(.object) \(.element) \(.index) \(.file)"' \
		<<<"$out")"
is "the summary" '{"errors":1,"warnings":1,"remarks":0,"waived":1,"known":0,"dropped":0,"failed":true}' \
	"$(jq -c .summary <<<"$out")"
run 1 config check --sarif "$system"
is "SARIF" "2.1.0 106 C01 error C01" "$(jq -r '.runs[0] as $run |
	$run.results[0] as $r | "\(.version) \($run.tool.driver.rules | length) \(
	$r.ruleId) \($r.level) \($run.tool.driver.rules[$r.ruleIndex].id)"' <<<"$out")"
is "what is waived" "external" "$(jq -r '.runs[0].results[] |
	select(.ruleId == "S02") | .suppressions[0].kind' <<<"$out")"
run 1 config check --junit "$system"
has "JUnit" 'tests="106" failures="1"' "$out"
has "its failure" '<failure type="error" message="cell &quot;tick-demo&quot;' "$out"
run 1 config check --junit --strict "$system"
has "JUnit, strictly" 'failures="2"' "$out"
run 2 config check --junit --json "$system"

# What is known fails no more; what is new does.
run 0 config check --write-baseline "$tmp/known" "$system"
run 0 config check --strict --baseline "$tmp/known" "$system"
has "known" "2 in the baseline" "$out"
jq '.cpus = [8]' "$cell" >"$tmp/new"
cp "$tmp/new" "$cell"
run 1 config check --baseline "$tmp/known" "$system"
echo '[]' >"$tmp/known"
run 1 config check --baseline "$tmp/known" "$system"
has "no baseline" "this is no baseline" "$err"

# Severities and waivers of the project.
jq '.severities = { "C01": "warning", "B07": "off" }' "$system" >"$tmp/new"
cp "$tmp/new" "$system"
run 0 config check "$system"
has "another severity" "warning: C01" "$out"
has "a rule switched off" "not judged, since it is switched off: B07" "$out"
jq 'del(.severities) | .waivers += [{ rule: "C01", object: "tick-demo/cpu/8",
	reason: "for a test" }]' "$system" >"$tmp/new"
cp "$tmp/new" "$system"
run 0 config check "$system"
has "another waiver" "2 waived" "$out"
jq '.waivers |= map(select(.rule != "C01"))' "$system" >"$tmp/new"
cp "$tmp/new" "$system"

# Repairing, elsewhere and in place.
run 2 config check --fix C01 "$system" "$cell"
run 1 config check --fix X99 "$system"
has "no such rule" 'there is no rule "X99"' "$err"
run 0 config check --fix C01,B07 --strict "$system"
has "what was done" "fixed: C01 tick-demo/cpu/8" "$err"
has "the result" "0 errors, 0 warnings" "$out"
run 0 config check --strict "$system"
is "the file" "1000000" "$(jq .msg_reply_timeout_us "$cell")"

# Binary files, with the hardware from elsewhere.
run 0 config compile "$system" -o "$tmp/root.cell"
run 0 config compile "$cell" -o "$tmp/tick.cell"
run 0 config check "$tmp/root.cell" "$tmp/tick.cell"
has "no board" "the board is not known: " "$out"
run 0 config check --board "$tmp/board/board.json" "$tmp/root.cell" \
	"$tmp/tick.cell"
{
	printf '\4\0\0\0\20\0\0\0\5\0\0\0GNU\0%016d' 0
	cat "$tmp/tick.cell"
} >"$tmp/note.cell"
run 1 config check "$tmp/root.cell" "$tmp/note.cell"
has "a note" "error: F04 " "$out"
head -c 200 "$tmp/tick.cell" >"$tmp/short.cell"
run 1 config check "$tmp/root.cell" "$tmp/short.cell"
has "half a file" "error: F03 system/file/" "$out"
echo nothing >"$tmp/nothing.cell"
run 1 config check "$tmp/root.cell" "$tmp/nothing.cell"
has "something else" "error: F01 system/file/" "$out"
run 1 config check "$tmp/nothing.cell"
run 1 config check "$tmp/root.cell" "$tmp/absent.cell"
has "no file" "absent.cell" "$err"
run 1 config check "$tmp/root.cell" "$tmp/tick.cell" "$tmp/tick.cell"
has "twice" 'there is a cell "tick-demo" already' "$err"
run 2 config check --fix all "$tmp/root.cell"

# With a target: a recording of another machine of this kind, and of a PC.
machines=$SOURCE/tests/fixtures/machines
run 0 config check --recorded "$machines/virt.tar.gz" "$system"
has "drift" "warning: T07 system/target: bytes of RAM: 0x40000000" "$out"
run 1 config check --recorded "$machines/q35-intel.tar.gz" "$system"
has "CPUs" "error: C05 root/cpu/4: CPU 4 is online on the target" "$out"
has "another kind" "T07 system/target: the target has another arch" "$out"
run 1 config check --recorded "$machines/virt.tar.gz" "$tmp/root.cell"
has "its hardware counts" 'error: M05 root/memory/0x40000000' "$out"
run 1 config check --recorded "$tmp/nowhere" "$system"
run 2 config check --live --recorded "$tmp/nowhere" "$system"

# Files that are going to be loaded.
head -c 65536 /dev/zero >"$tmp/image"
run 0 config check --images "tick-demo:inmate=$tmp/image" "$system"
run 1 config check --images "tick-demo:inmate=$tmp/image@0x1000" "$system"
has "too long" "error: B03 tick-demo/image/" "$out"
run 0 config check --strict --images "inmate-demo:inmate=$tmp/image" "$system"
echo "console=ttyS0 quiet" >"$tmp/cmdline"
run 0 config check --images "inmate-demo:cmdline=$tmp/cmdline" "$system"
has "another console" "warning: B10 inmate-demo/image/" "$out"
run 1 config check --images "nobody:inmate=$tmp/image" "$system"
run 1 config check --images "tick-demo=$tmp/image" "$system"
run 1 config check --images "tick-demo:inmate=$tmp/absent" "$system"
run 1 config check --firmware "$tmp/image" "$system"

# What rules and errors mean.
run 0 explain C01
has "a rule" "C01 (error): " "$out"
has "its fix-it" "config check --fix C01" "$out"
run 0 explain --json h02
is "JSON of a rule" "H02" "$(jq -r .id <<<"$out")"
run 0 explain
is "all rules" 106 "$(wc -l <<<"$out")"
for error in EBUSY 16; do
	run 0 explain "$error"
	has "an error" "enabling the hypervisor" "$out"
	has "what finds it" "T01" "$out"
done
run 0 explain -22
has "a number as logs have it" "EINVAL" "$out"
run 0 explain G11
has "the id of a message" "G11: a message about making a root cell" "$out"
run 1 explain Z99
has "neither" "neither a rule nor an error" "$err"

# What a file has in store for terminals is shown.
jq '. + {"a\u001b[2Jb\u009b2Jc": 1}' "$boards/arm64/qemu-arm64/cells/tick-demo.json" \
	>"$tmp/escape.json"
run 0 config show "$tmp/escape.json"
has "an escape" "/a\\x1b[2Jb\\xc2\\x9b2Jc: warning: " "$err"
