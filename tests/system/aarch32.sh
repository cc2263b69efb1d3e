#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a cell of 32 bits prints, calls, has interrupts and CPUs, and stays inside
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 240
#
# The cells are those of other tests with the flag AARCH32, their inmates the
# same programs (or what only 32 bits have) built for ARMv7.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/accesses.sh"

# cell_config32 NAME AS
cell_config32()
{
	cell_config "$1" "$2" '.flags += ["AARCH32"]'
}

fatal()
{
	local width op
	for width in 1 2 4; do
		for op in read write; do
			cat <<END
$op-uart-$width		op=$op addr=$UART width=$width
$op-root-ram-$width		op=$op addr=0x40200000 width=$width
$op-hypervisor-$width	op=$op addr=0x7fc00000 width=$width
END
		done
		printf '%s\n' "write-pci-$width op=write addr=$((PCI + 0x8010)) width=$width" \
			"write-read-only-$width op=write addr=0x20000000 width=$width"
	done
	cat <<END
read-sub-page-1		op=read addr=$SUB width=1
write-sub-page-2	op=write addr=$SUB width=2
beyond-own-ram		op=read addr=0x40000 width=4
beyond-sub-page		op=read addr=$((SUB + 4)) width=4
exec-comm-region	op=exec addr=0x80000000
exec-root-ram		op=exec addr=0x40200000
exec-hypervisor		op=exec addr=0x7fc00000
pair-root-ram		op=pair addr=0x40200000 width=8
pair-gic		op=pair addr=$((GICD + 0x100)) width=8
postindex-root-ram	op=postindex addr=0x40200000 width=4
exclusive-root-ram	op=exclusive addr=0x40200000 width=8
multiple-root-ram	op=zero addr=0x40200000 width=64
walk-root-ram		op=walk addr=0x40200000 width=4096
walk-hypervisor		op=walk addr=0x7fc00000 width=4096
from-interrupt		op=read addr=0x40200000 in-irq
hvc-0			op=hvc addr=0
hvc-one-off		op=hvc addr=0x4a49
hvc-last		op=hvc addr=0xffff
smc-oem			op=smc addr=0x83000000
smc-oem-64		op=smc addr=0xc3000001
smc-trusted-os		op=smc addr=0xb2000000
debug-vectors		op=mrc reg=dbgvcr
debug-breakpoint	op=mrc reg=dbgbvr0
debug-watchpoint-write	op=mcr reg=dbgwcr0
pmu-control		op=mrc reg=pmcr
pmu-control-write	op=mcr reg=pmcr
pmu-cycles		op=mrc reg=pmccntr
pmu-interrupt		op=mcr reg=pmintenset
END
}

jh_enable
ticker_start
root_mark

# As a user of the board sees it: a UART, and a timer behind the board's GIC.
# The cell and its inmate-demo of 64 bits have all but the flag in common.
SERIAL=$(cell_serial)
on_ok jailhouse cell create "$(cell_config32 inmate-demo inmate-32)"
mark=$(serial_mark)
cell_run inmate-32 armv7/uart-demo ""
for n in 1 2 3; do
	wait_serial "Hello $n from cell!" 10 "$mark"
done
on_ok jailhouse cell shutdown inmate-32
mark=$(serial_mark)
cell_run inmate-32 armv7/gic-demo "ticks=10"
wait_serial '^Summary: ' 10 "$mark" >/dev/null
assert_summary "gic-demo" "$(serial_since "$mark")"
cell_wait inmate-32 'shut down' 10

# Now a program of 64 bits, which runs wild: that is all it does.
cell_run inmate-32 gic-demo "ticks=1"
on_ok jailhouse cell destroy inmate-32
SERIAL=$BOARD_DIR/uart0.log

on_ok jailhouse cell create "$(cell_config32 access access-32)"
fatal >"$TEST_DIR/fatal"
first=${ACCESS_SEED:-$((RANDOM * 32768 + RANDOM + 1))}
note "seeds $first to $((first + 39))"
# without the windows that 32 bits do not reach
windows=$(tr , '\n' <<<"$WINDOWS" | grep -vE '^0x[0-9a-f]{9,}\+' | paste -sd,)
for ((seed = first; seed < first + 40; seed++)); do
	printf '%d seed=%d win=%s ro=0x20000000 nx=0x80000000 sub=%s\n' \
		"$seed" "$seed" "$windows" "$SUB"
done >>"$TEST_DIR/fatal"
access_run access-32 "$TEST_DIR/fatal" armv7/access-test
access_judge access-32 "$TEST_DIR/fatal.out" >"$TEST_DIR/verdict"
assert_eq "accesses judged" "$(wc -l <"$TEST_DIR/fatal")" \
	"$(wc -l <"$TEST_DIR/verdict")"
! grep -v ' ok$' "$TEST_DIR/verdict" || fail "see the lines above"
note "$(wc -l <"$TEST_DIR/verdict") accesses are fatal and dumped in full"
on_ok jailhouse cell destroy access-32

ticker_check

# What only 32 bits have, twice: the second run finds no trace of the first.
on_ok jailhouse cell create "$(cell_config32 policy-smp smp-32)"
for n in 1 2; do
	mark=$(cell_mark smp-32)
	cell_run smp-32 armv7/aarch32-test "cpu=2"
	cell_wait smp-32 'shut down' 30
	out=$(cell_console smp-32 "$mark")
	assert_match "virtual console" '^aarch32-test: in 32 bits$' "$out"
	assert_results "aarch32-test, run $n" "$out"
	assert_eq "failed CPUs" "" \
		"$(on "cat $(cell_sysfs smp-32)/cpus_failed_list")"
done
on_ok jailhouse cell destroy smp-32

# The CPUs serve cells of 64 bits as before.
on_ok jailhouse cell create "$(cell_config policy-smp)"
mark=$(cell_mark policy-smp)
cell_run policy-smp policy-test "$POLICY cpu=2"
cell_wait policy-smp 'shut down' 60
assert_results "policy-test" "$(cell_console policy-smp "$mark")"
on_ok jailhouse cell destroy policy-smp

root_check
jh_disable
