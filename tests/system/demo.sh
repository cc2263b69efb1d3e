#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the transcript of ./jhw demo, without a terminal
# board: none
# kernel: 6.1 6.12
# timeout: 180

. "$(dirname "$0")/lib.sh"

rc=0
out=$("$JHW_TOP/jhw" demo --kernel "$JHW_KERNEL") || rc=$?
printf '%s\n' "$out"
assert_eq "exit status" 0 "$rc"
assert_match "kernel" "^Linux $JHW_KERNEL\.[0-9].* Debian " "$out"
for n in 1 2 3 4 5; do
	assert_match "the cell speaks" "^UART: .*Hello $n from cell!" "$out"
done
assert_match "cell list: root" '^0 +qemu-arm64 +running ' "$out"
assert_match "cell list: cell" '^[1-9][0-9]* +inmate-demo +running +3 ' "$out"
assert_eq "CPUs online after disable" 0-3 "$(tail -n 1 <<<"$out")"
assert_no_match "boards left" '^demo .*running' "$("$JHW_TOP/jhw" emu list)"
