#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a million random accesses that are answered, and one to PCI registers
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 400
#
# Half of them go to registers of the interrupt controller and to the firmware,
# half to configuration space and registers of an ivshmem device. That each came
# is seen from the hypervisor's side.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

count=1000000
seed=${ACCESS_SEED:-$((RANDOM * 32768 + RANDOM + 1))}

jh_enable
on_ok jailhouse cell create "$(cell_config policy-ivshmem)"
ticker_start
root_mark
before=$(cell_stat policy-ivshmem vmexits_total)

note "seed $seed"
cell_run policy-ivshmem policy-test \
	"$POLICY cpu=3 ivshmem=32 random=$count seed=$seed"
cell_wait policy-ivshmem 'shut down' 300
out=$(cell_console policy-ivshmem)
assert_results "policy-test" "$out"
read -r all pci < <(sed -nE \
	's/^random: done ([0-9]+) accesses, ([0-9]+) of them to PCI$/\1 \2/p' \
	<<<"$out")
assert_range "accesses to PCI and ivshmem registers" "$count" \
	"$((count * 2))" "$pci"
assert_range "accesses done" "$((count * 3 / 2))" "$((count * 4))" "$all"

# From the side of the hypervisor: each of them was an exit.
after=$(cell_stat policy-ivshmem vmexits_total)
note "exits: $((after - before))"
[ "$((after - before))" -ge "$all" ] ||
	fail "only $((after - before)) exits for $all accesses"

ticker_check
root_check
on_ok jailhouse cell destroy policy-ivshmem
jh_disable
