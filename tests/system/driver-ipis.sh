#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: root CPUs that are held for a moment lose no interrupt
# board: qemu-arm64
# kernel: 6.1
# timeout: 240
#
# Each start of a cell holds the other root CPUs, while three pipes between
# processes keep IPIs under way. A lost one stops Linux for good.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

poke_put
jh_enable
# A cell that need not be asked (PASSIVE_COMMREG, bit 0 of the flags at 44)
# and does nothing: wfe; b .-4
on "cp $(tick_cell) /root/idle.cell &&
	printf '\\001' | dd of=/root/idle.cell bs=1 seek=44 conv=notrunc 2>/dev/null
	printf '\\137\\040\\003\\325\\377\\377\\377\\027' >/root/idle.bin"
on_ok jailhouse cell create /root/idle.cell
on_ok jailhouse cell load 1 /root/idle.bin
on 'for pipe in 1 2 3; do
	setsid sh -c "while :; do echo x; done | cat >/dev/null" \
		</dev/null >/dev/null 2>&1 &
done'

out=$(on /root/poke start 1 300) || fail "stopped after: $out"
assert_eq "starts" 300 "$(grep -c '^Started cell "tick-demo"' "$SERIAL")"
assert_eq "state" running "$(file cells/1/state)"
on_ok 'killall cat; jailhouse cell destroy 1'
jh_disable
kernel_content
