#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: CPUs that are offline, come back, or belong to a cell
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 180
# state: shared

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

# cpu N STATE: 0 offline, 1 online
cpu()
{
	on "echo $2 >/sys/devices/system/cpu/cpu$1/online"
}

# assert_cpus ONLINE OF-THE-ROOT
assert_cpus()
{
	assert_eq "online CPUs" "$1" "$(on cat /sys/devices/system/cpu/online)"
	assert_eq "the root's CPUs" "$2" "$(file cells/0/cpus_assigned_list)"
}

# --- enable wants exactly the CPUs of its configuration ----------------------

on_ok modprobe jailhouse
cpu 2 0
mark=$(dmesg_mark)
on_fails 1 'Invalid argument' jailhouse enable "$(root_config)"
assert_match "kernel log" \
	'CPUs online are 0-1,3, but the root cell "qemu-arm64" has 0-3' \
	"$(dmesg_since "$mark")"
cpu 2 1
jh_enable

# --- a root CPU goes and comes back under the hypervisor ---------------------

for n in 1 2 3; do
	cpu "$n" 0
	cpu "$n" 1
done
assert_cpus 0-3 0-3

# --- disable is refused while one is offline, and nothing is lost ------------

on_ok jailhouse cell create "$(tick_cell)"
on_ok jailhouse cell load 1 "$INMATES/uart-demo.bin"
on_ok jailhouse cell start 1
wait_remote "$SYSFS/cells/1/console" 'Hello 1 from cell' 20
cpu 1 0
mark=$(dmesg_mark)
on_fails 1 'busy' jailhouse disable
assert_match "kernel log" 'root CPU 1 is offline: .*cpu1/online' \
	"$(dmesg_since "$mark")"
assert_eq "enabled" 1 "$(file enabled)"
assert_eq "state of the cell" running "$(file cells/1/state)"
assert_cpus 0,3 0-1,3
cpu 1 1
assert_cpus 0-1,3 0-1,3

# --- Linux cannot take a CPU of a cell ---------------------------------------

on_fails any . 'echo 1 >/sys/devices/system/cpu/cpu2/online'
assert_cpus 0-1,3 0-1,3
assert_eq "state of the cell" running "$(file cells/1/state)"
assert_eq "its failed CPUs" "" "$(file cells/1/cpus_failed_list)"
on_ok jailhouse cell destroy 1
assert_cpus 0-3 0-3

# --- what was offline before stays offline -----------------------------------

cpu 2 0
# A create that the hypervisor refuses, after CPUs were taken: its RAM, whose
# address is at 140, lies in the hypervisor's.
on "cp $(tick_cell) /root/bad.cell && printf '\\300' |
	dd of=/root/bad.cell bs=1 seek=142 conv=notrunc 2>/dev/null"
on_fails 1 . jailhouse cell create /root/bad.cell
assert_cpus 0-1,3 0-3
on_ok jailhouse cell create "$(tick_cell)"
assert_cpus 0-1,3 0-1,3
on_ok jailhouse cell destroy 1
assert_cpus 0-1,3 0-3
on_fails 1 'busy' jailhouse disable
cpu 2 1
assert_cpus 0-3 0-3

# --- and what was online comes back after a failure --------------------------

on_fails 1 . jailhouse cell create /root/bad.cell
assert_cpus 0-3 0-3
assert_eq "cells" 0 "$(on ls "$SYSFS/cells")"

# --- statistics follow the CPUs ----------------------------------------------

on_ok jailhouse cell create "$(demo_cell)"
assert_eq "directories of CPUs" \
	"0/statistics/cpu0 0/statistics/cpu1 0/statistics/cpu2 1/statistics/cpu3" \
	"$(on "cd $SYSFS/cells; ls -d */statistics/cpu*" | xargs)"
assert_eq "CPU mask of the cell" 8 "$(file cells/1/cpus_assigned)"
on_ok jailhouse cell destroy inmate-demo
assert_eq "directories of CPUs" 4 \
	"$(on "ls -d $SYSFS/cells/0/statistics/cpu* | wc -l")"

jh_disable
on_ok rmmod jailhouse
kernel_content
