#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: each access that must be fatal is, for its cell alone
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 240
#
# One line for each kind of access that the policy calls fatal. The first lines are
# what the cell may do, close to what it may not: they have to succeed, or the
# others would prove nothing.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/accesses.sh"

permitted()
{
	cat <<END
may-read-own-ram		op=read addr=0x3fff8 width=8
may-write-own-ram		op=write addr=0x3fff8 width=8
may-read-read-only		op=read addr=0x20000000 width=4
may-read-pci			op=read addr=$PCI width=4
may-read-sub-page		op=read addr=$SUB width=4
END
}

fatal()
{
	local width op name addr
	for width in 1 2 4 8; do
		for op in read write; do
			cat <<END
$op-uart-$width		op=$op addr=$UART width=$width
$op-root-ram-$width		op=$op addr=0x40200000 width=$width
$op-hypervisor-$width	op=$op addr=0x7fc00000 width=$width
$op-nothing-$width		op=$op addr=0x1000000000 width=$width
END
		done
	done
	for width in 1 2 4 8; do
		printf '%s\n' "write-pci-$width op=write addr=$((PCI + 0x8010)) width=$width"
	done
	for width in 1 2 8; do
		printf '%s\n' "read-sub-page-$width op=read addr=$SUB width=$width" \
			"write-sub-page-$width op=write addr=$SUB width=$width"
	done
	for width in 1 2 4 8; do
		printf '%s\n' "write-read-only-$width op=write addr=0x20000000 width=$width"
	done
	while read -r name addr; do
		printf '%s\n' "read-$name op=read addr=$addr width=4" \
			"write-$name op=write addr=$addr width=4"
	done <<<"$FOREIGN_DEVICES"
	[ -z "$BUS_REFUSES" ] ||
		printf '%s\n' "read-no-device op=read addr=$NO_DEVICE width=4" \
			"write-no-device op=write addr=$NO_DEVICE width=4"
	cat <<END
read-pci-too-wide	op=read addr=$PCI width=8
pair-pci		op=pair addr=$PCI width=16
beyond-pci		op=read addr=$((PCI + 0x100000)) width=4
beyond-own-ram		op=read addr=0x40000 width=4
beyond-read-only	op=read addr=0x20001000 width=4
beyond-sub-page		op=read addr=$((SUB + 4)) width=4
other-cell-ram		op=write addr=0x7f900000 width=8
end-of-root-ram		op=write addr=$((ROOT_RAM_END - 3)) width=4
end-of-hypervisor	op=read addr=0x7fffffff width=1
device-as-root-knows-it	op=write addr=$((SUB + 8)) width=4
exec-comm-region	op=exec addr=0x80000000
exec-read-only		op=exec addr=0x20000000
exec-root-ram		op=exec addr=0x40200000
exec-hypervisor		op=exec addr=0x7fc00000
exec-uart		op=exec addr=$UART
exec-nothing		op=exec addr=0x1000000000
pair-root-ram		op=pair addr=0x40200000 width=16
pair-gic		op=pair addr=$((GICD + 0x100)) width=16
postindex-uart		op=postindex addr=$((UART + 0x18)) width=8
exclusive-root-ram	op=exclusive addr=0x40200000 width=8
zero-root-ram		op=zero addr=0x40200000 width=64
zero-hypervisor		op=zero addr=0x7fc00000 width=64
walk-root-ram		op=walk addr=0x40200000 width=4096
walk-hypervisor		op=walk addr=0x7fc00000 width=4096
from-interrupt		op=read addr=0x40200000 in-irq
hvc-0			op=hvc addr=0
hvc-1			op=hvc addr=1
hvc-one-off		op=hvc addr=0x4a49
hvc-last		op=hvc addr=0xffff
smc-oem			op=smc addr=0x83000000
smc-oem-64		op=smc addr=0xc3000001
smc-trusted-os-first	op=smc addr=0xb2000000
smc-trusted-os-last-64	op=smc addr=0xff00ffff
debug-breakpoint	op=mrs reg=dbgbvr0_el1
debug-breakpoint-write	op=msr reg=dbgbcr0_el1
debug-watchpoint	op=mrs reg=dbgwcr0_el1
debug-channel		op=mrs reg=mdccint_el1
pmu-control		op=mrs reg=pmcr_el0
pmu-control-write	op=msr reg=pmcr_el0
pmu-cycles		op=mrs reg=pmccntr_el0
pmu-interrupt		op=msr reg=pmintenset_el1
pmu-user		op=msr reg=pmuserenr_el0
END
}

jh_enable
on_ok jailhouse cell create "$(cell_config access)"
ticker_start
root_mark

permitted >"$TEST_DIR/permitted"
access_run access "$TEST_DIR/permitted"
while read -r label _; do
	sed -n "/^=== $label /,/^===/p" "$TEST_DIR/permitted.out" |
		grep -q '^SURVIVED' ||
		fail "$label: $(sed -n "/^=== $label /,/^===/p" \
			"$TEST_DIR/permitted.out")"
done <"$TEST_DIR/permitted"
note "$(grep -c ^may "$TEST_DIR/permitted") accesses that are permitted succeed"

fatal >"$TEST_DIR/fatal"
access_run access "$TEST_DIR/fatal"
access_judge access "$TEST_DIR/fatal.out" >"$TEST_DIR/verdict"
assert_eq "accesses judged" "$(wc -l <"$TEST_DIR/fatal")" \
	"$(wc -l <"$TEST_DIR/verdict")"
! grep -v ' ok$' "$TEST_DIR/verdict" || fail "see the lines above"
note "$(wc -l <"$TEST_DIR/verdict") accesses are fatal and dumped in full"

# The cell whose CPU was parked inside an interrupt handler: nothing of that
# interrupt is left when it runs again.
printf 'from-interrupt op=read addr=0x40200000 in-irq\n' >"$TEST_DIR/irq"
access_run access "$TEST_DIR/irq"
mark=$(cell_mark access)
cell_run access gic-demo "ticks=5 quiet"
cell_wait access 'shut down' 20
assert_summary "after a death in a handler" "$(cell_console access "$mark")"

ticker_check
root_check
on_ok jailhouse cell destroy access
jh_disable
