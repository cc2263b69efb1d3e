#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: jh-top counts ivshmem interrupts, and says what sysfs says
# board: qemu-arm64
# timeout: 600
#
# Interrupts of which each is acknowledged before the next one is sent are as
# many for jh-top; numbers of a cell that stands still are those of sysfs.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/driver-lib.sh"
. "$(dirname "$0")/jh-top-lib.sh"

pings=10000
cell=ivshmem-demo

# look: what jh-top on the board knows now, with links, for which it looks once
# more when it has found them; model FILTER: a value of that
look()
{
	on 'jh-top --json -n 2 -d 0.1 --readonly' | tail -n 1 \
		>"$TEST_DIR/line" || fail "jh-top on the board"
}
model()
{
	jq -r "$1" "$TEST_DIR/line"
}

jh_enable
on_ok modprobe uio_ivshmem
on_ok jailhouse cell create "$CELLS/qemu-arm64-$cell.cell"

# It is found, with its ends, before anything runs.
look
assert_eq "the link" 'uio0 0001:00:00.0 uio_ivshmem waiting' \
	"$(model '.links[0] | "\(.name) \(.device) \(.driver) \(.state)"')"
assert_eq "its ends" "qemu-arm64 $cell" \
	"$(model '[.links[0].ends[].cell | select(.)] | join(" ")')"
assert_eq "the machine" 'arm64 GICv3' \
	"$(model '"\(.architecture) \(.irqchip)"')"

# Inmate to root: the root's program acknowledges each.
before=$(model '.links[0].irqs.total')
on 'ivshmem-demo -q </dev/null >/root/demo.log 2>&1 & echo $! >/root/demo.pid'
wait_on 20 'grep -q "^Output Sections" /root/demo.log'
mark=$(cell_mark $cell)
cell_run $cell ivshmem-demo "target=0 pings=$pings once quiet"
wait_on 400 "tail -c +$((mark + 1)) $(cell_sysfs $cell)/console |
	grep -q '^Counts are'"
assert_match "the inmate" "^Pings: $pings sent, $pings taken by peer 0\$" \
	"$(cell_console $cell "$mark")"
look
assert_match "it runs" '^running$' "$(model ".cells[1].state")"
on_ok jailhouse cell shutdown $cell
on 'kill $(cat /root/demo.pid)'
wait_on 20 'grep -q "^Interrupts: " /root/demo.log'
# The link has a single vector, and changes of the peer's state come by it, too:
# the inmate came and went.
look
taken=$(on "sed -n 's/^Interrupts: //p' /root/demo.log")
shown=$(($(model '.links[0].irqs.total') - before))
assert_eq "interrupts of the root's program, but for two changes of state" \
	$pings $((taken - 2))
assert_eq "and those that jh-top shows" $pings $((shown - 2))
assert_eq "its only vector has them all" "$(model '.links[0].irqs.total')" \
	"$(model '.links[0].vectors[0].total')"

# By SSH, too, where a shell there has read without the link until then.
"$JH_TOP" --json -n 3 -d 0.1 --target "emu://$JHW_BOARD" |
	tail -n 1 >"$TEST_DIR/by-ssh"
assert_eq "those that it shows by SSH" "$(model '.links[0].irqs.total')" \
	"$(jq '.links[0].irqs.total' "$TEST_DIR/by-ssh")"

# A cell that stands still: every number is that of sysfs.
assert_eq "state" 'shut down' "$(model '.cells[1].state')"
stats=$(cell_sysfs $cell)/statistics
for counter in total mmio management hypercall virt_irq; do
	assert_eq "$counter" "$(on "cat $stats/vmexits_$counter")" \
		"$(model ".cells[1].exits.$counter.total")"
	assert_eq "$counter of its CPU" "$(on "cat $stats/cpu*/vmexits_$counter")" \
		"$(model ".cells[1].cpus[0].exits.$counter.total")"
done
sys=/sys/devices/jailhouse
for pool in mem remap; do
	assert_eq "$pool pool" \
		"$(on "cat $sys/${pool}_pool_used $sys/${pool}_pool_size" | xargs)" \
		"$(model ".${pool}_pool | \"\\(.used) \\(.size)\"")"
done

# And so they are in a recording of that.
total=$(model '.links[0].irqs.total')
on_ok 'jh-top --json -n 2 -d 0.1 --readonly --record /root/links.jhrec >/dev/null'
get /root/links.jhrec "$TEST_DIR/links.jhrec"
"$JH_TOP" --json --target "recorded:$TEST_DIR/links.jhrec" \
	>"$TEST_DIR/replayed"
assert_eq "recorded" "$total" "$(jq '.links[0].irqs.total' "$TEST_DIR/replayed")"
assert_eq "ends, recorded" "qemu-arm64 $cell" \
	"$(jq -r '[.links[0].ends[].cell | select(.)] | join(" ")' \
		"$TEST_DIR/replayed")"
assert_eq "counters, recorded" "$(on "cat $stats/vmexits_total")" \
	"$(jq '.cells[1].exits.total.total' "$TEST_DIR/replayed")"

on_ok jailhouse cell destroy $cell
jh_disable
on_ok rmmod uio_ivshmem
kernel_content
