#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: what the hypervisor answers has exactly the stated effect
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 240

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

cell=$POLICY

# policy_run NAME CPU END
policy_run()
{
	local out mark dir
	dir=$(cell_sysfs "$1")
	mark=$(cell_mark "$1")
	cell_run "$1" policy-test "$cell cpu=$2 end=$3"
	cell_wait "$1" 'shut down' 60
	out=$(cell_console "$1" "$mark")
	assert_results "$1, end=$3" "$out"
	assert_eq "failed CPUs of $1" "" \
		"$(on "cat $dir/cpus_failed_list")"
}

jh_enable
root_mark
on_ok jailhouse cell create "$(cell_config policy)"
ticker_start

# Twice: SYSTEM_OFF and SYSTEM_RESET both shut the cell down, no more.
policy_run policy 3 off
policy_run policy 3 reset
on_ok jailhouse cell destroy policy
ticker_check

# A device whose link has no other end: its registers, too, are harmless.
on_ok jailhouse cell create "$(cell_config policy-ivshmem)"
cell="$cell ivshmem=32" policy_run policy-ivshmem 3 off
on_ok jailhouse cell destroy policy-ivshmem

on_ok jailhouse cell create "$(cell_config policy-smp)"
policy_run policy-smp 2 off
# The root's own interrupts are what the cell tried to turn off.
root_check

# It can be started again after it turned itself off.
policy_run policy-smp 2 off
on_ok jailhouse cell destroy policy-smp
jh_disable
