#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a million random accesses that are answered, seen from both sides
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 400

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

count=1000000
seed=${ACCESS_SEED:-$((RANDOM * 32768 + RANDOM + 1))}

jh_enable
on_ok jailhouse cell create "$(cell_config policy)"
ticker_start
root_mark
before=$(cell_stat policy vmexits_total)

note "seed $seed"
cell_run policy policy-test \
	"$POLICY cpu=3 random=$count seed=$seed"
cell_wait policy 'shut down' 300
out=$(cell_console policy)
assert_results "policy-test" "$out"
done=$(sed -nE 's/^random: done ([0-9]+) accesses$/\1/p' <<<"$out")
assert_range "accesses done" "$count" "$((count + 2))" "$done"

# From the side of the hypervisor: each of them was an exit.
after=$(cell_stat policy vmexits_total)
note "exits: $((after - before))"
[ "$((after - before))" -ge "$done" ] ||
	fail "only $((after - before)) exits for $done accesses"

ticker_check
root_check
on_ok jailhouse cell destroy policy
jh_disable
