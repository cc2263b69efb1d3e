#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a fatal access parks its CPU; the cell's other CPU goes on
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 120

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

jh_enable
on_ok jailhouse cell create "$(cell_config policy-smp)"
sysfs=$(cell_sysfs policy-smp)
root_mark

mark=$(cell_mark policy-smp)
cell_run policy-smp access-test "op=write addr=0x40200000 width=4 second"
wait_remote "$sysfs/console" 'first CPU goes on' 10
assert_eq "failed CPUs" 3 "$(on cat "$sysfs/cpus_failed_list")"
assert_eq "state of the cell" running "$(on cat "$sysfs/state")"
assert_match "in the list" '^1 +policy-smp +running +2-3 +3 ' \
	"$(on jailhouse cell list)"

# The first one also answers the root.
on_ok jailhouse cell shutdown policy-smp
out=$(cell_console policy-smp "$mark")
assert_match "the first CPU" '^first CPU ends$' "$out"
assert_no_match "the second CPU" 'SURVIVED|EXCEPTION' "$out"
assert_eq "failed CPUs after shutdown" "" "$(on cat "$sysfs/cpus_failed_list")"

# Both CPUs are whole again: every one of the tests for two CPUs passes.
mark=$(cell_mark policy-smp)
cell_run policy-smp policy-test "$POLICY cpu=2"
cell_wait policy-smp 'shut down' 60
assert_results "policy-test" "$(cell_console policy-smp "$mark")"

# With one CPU failed and one that is off the cell has not failed: that takes
# all of its CPUs.
cell_run policy-smp access-test "op=write addr=0x40200000 width=4"
wait_on 10 "[ \"\$(cat $sysfs/cpus_failed_list)\" = 2 ]"
assert_eq "state of the cell" running "$(on cat "$sysfs/state")"

on_ok jailhouse cell destroy policy-smp
root_check
jh_disable
