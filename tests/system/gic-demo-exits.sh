#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: 50 timer ticks cost 50 exits and a constant
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 120
#
# The cell's exits from start to end are
#   ticks		one for each: the physical interrupt becomes a virtual one
#   calls		one hypercall for each character on its virtual console
#   SETUP		accesses that trap while gic-demo sets up the GIC, see below
#   1			PSCI CPU_OFF at its end
# and what the root causes: each management exit is counted as such.
#
# SETUP, by inmates/lib/arm-common/gicv3.c: GICD_CTLR written and read (2);
# GICR_TYPER of CPUs 0 to 3 until it is that of CPU 2 (3); GICR_WAKER read,
# written, read (3); the timer's group read and written, priority and enable
# written (4). By gicv2.c: GICD_ITARGETSR0 to 7 read and GICD_CTLR written (9);
# the timer's priority and enable written (2); the CPU interface does not trap.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

SETUP=12
on grep -q GICv3 /proc/interrupts || SETUP=11

jh_enable
on_ok jailhouse cell create "$(board_cell tick-demo)"
cell_run tick-demo gic-demo "ticks=50 quiet"
cell_wait tick-demo 'shut down' 60

out=$(cell_console tick-demo)
assert_summary "gic-demo" "$out"
assert_match "gic-demo" '^Summary: ticks 50, ' "$out"
characters=$(cell_mark tick-demo)

declare -A exits
for counter in total mmio management hypercall maintenance virt_irq virt_sgi \
	psci smccc; do
	exits[$counter]=$(cell_stat tick-demo "vmexits_$counter")
	note "vmexits_$counter: ${exits[$counter]}"
done
assert_eq "exits for interrupts" 50 "${exits[virt_irq]}"
assert_eq "exits for its console" "$characters" "${exits[hypercall]}"
assert_eq "exits for the setup of the GIC" $SETUP "${exits[mmio]}"
assert_eq "exits for CPU_OFF" 1 "${exits[psci]}"
assert_eq "all exits" \
	"$((50 + characters + SETUP + 1 + exits[management]))" \
	"${exits[total]}"
assert_range "management exits" 0 2 "${exits[management]}"

# What they cost: the longest is no more than all together, for each reason
# that there was; all reasons together are the sum.
sum=0 longest=0
for counter in mmio management hypercall maintenance virt_irq virt_sgi psci \
	smccc; do
	ticks=$(cell_stat tick-demo "vmexits_${counter}_ticks")
	max=$(cell_stat tick-demo "vmexits_${counter}_max_ticks")
	note "vmexits_$counter: ${exits[$counter]}, $ticks ticks, at most $max"
	[ "$max" -le "$ticks" ] || fail "$counter: $max of $ticks ticks"
	[ "$ticks" -le "$((max * exits[$counter]))" ] ||
		fail "$counter: ${exits[$counter]} exits of at most $max ticks took $ticks"
	sum=$((sum + ticks))
	[ "$max" -le "$longest" ] || longest=$max
done
[ "$(cell_stat tick-demo vmexits_hypercall_ticks)" -gt 0 ] ||
	fail "$characters characters took no time"
assert_eq "ticks of all exits" "$sum" \
	"$(cell_stat tick-demo vmexits_total_ticks)"
assert_eq "ticks of the longest" "$longest" \
	"$(cell_stat tick-demo vmexits_total_max_ticks)"

on_ok jailhouse cell destroy tick-demo
jh_disable
