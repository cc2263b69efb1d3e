#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: boards side by side, boards that do not come up, what a crash leaves
# board: none
# timeout: 180

. "$(dirname "$0")/lib.sh"

jhw=$JHW_TOP/jhw

stop_all()
{
	local name
	for name in one two bad; do
		"$jhw" emu stop "$name" 2>/dev/null || true
	done
}
trap stop_all EXIT

"$jhw" emu start qemu-arm64 --name one --append "first=1" --owner $$
"$jhw" emu start qemu-arm64 --name two --icount --owner $$
assert_match "command line of one" 'first=1' "$("$jhw" emu ssh one -- cat /proc/cmdline)"
assert_no_match "command line of two" 'first=1' \
	"$("$jhw" emu ssh two -- cat /proc/cmdline)"
rc=0
out=$("$jhw" emu start qemu-arm64 --name one 2>&1) || rc=$?
assert_eq "starting one again" 1 "$rc"
assert_match "starting one again" 'runs already' "$out"

kill -9 "$(emu_pid "$EMU_ROOT/one")"
timeout 60 tail --pid="$(cat "$EMU_ROOT/one/pid")" -f /dev/null
assert_match "one after its crash" '^one .* ended' "$("$jhw" emu list)"
rc=0
out=$("$jhw" emu ssh one -- true 2>&1) || rc=$?
assert_eq "SSH to one after its crash" 1 "$rc"
assert_match "SSH to one after its crash" 'does not run' "$out"
"$jhw" emu stop one
assert_eq "two while one crashed" alive "$("$jhw" emu ssh two -- echo alive)"
"$jhw" emu stop two
assert_no_match "boards left" '^(one|two) ' "$("$jhw" emu list)"

rc=0
out=$("$jhw" emu start qemu-arm64 --name bad --append 'rdinit=/nothing' 2>&1) || rc=$?
assert_eq "a kernel that panics" 1 "$rc"
assert_match "a kernel that panics: the log" 'Kernel panic' "$out"
rc=0
out=$("$jhw" emu start qemu-arm64 --name bad --timeout 1 2>&1) || rc=$?
assert_eq "a board that is too slow" 1 "$rc"
assert_match "a board that is too slow" 'not up within 1 s' "$out"
assert_no_match "no QEMU is left of it" 'running' \
	"$("$jhw" emu list | grep '^bad ' || true)"
rc=0
out=$("$jhw" emu start no-such-board 2>&1) || rc=$?
assert_eq "an unknown board" 2 "$rc"
assert_match "an unknown board" 'qemu-arm64' "$out"
