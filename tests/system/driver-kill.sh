#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: kill in the middle of load, modules twice, disable with a running cell
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 180
# state: shared

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

poke_put

# --- the module -------------------------------------------------------------

on_ok modprobe jailhouse
on_ok modprobe jailhouse
module=$(on modinfo -n jailhouse)
on_fails any 'exists' insmod "$module"
on_ok rmmod jailhouse
assert_eq "device after rmmod" 0 "$(on 'ls /dev/jailhouse 2>/dev/null | wc -l')"
on_fails any . rmmod jailhouse

jh_enable
on_fails any 'in use' rmmod jailhouse
assert_eq "enabled after rmmod" 1 "$(file enabled)"

# --- killed while the image is half in the cell -----------------------------

on_ok jailhouse cell create "$(tick_cell)"
on_ok jailhouse cell load 1 "$INMATES/uart-demo.bin"
on_ok jailhouse cell start 1
wait_remote "$SYSFS/cells/1/console" 'Hello 1 from cell' 20

# The second half of its image never arrives. The driver waits for it in
# copy_from_user(), with its lock held.
on 'setsid /root/poke stuck-load 1 0 </dev/null >/root/stuck 2>&1 &
	echo $! >/root/pid'
wait_remote /root/stuck '^stuck$' 20
assert_eq "state while it loads" "shut down" "$(file cells/1/state)"
assert_match "cells can be listed meanwhile" '^1 +tick-demo +shut down' \
	"$(on jailhouse cell list)"
# Others wait for the lock, but a signal gets them out.
rc=0
on 'timeout -s INT 1 jailhouse cell start 1' || rc=$?
[ "$rc" -ne 0 ] || fail "a cell was started while it was loaded"
assert_eq "state while it loads, still" "shut down" "$(file cells/1/state)"

on 'kill -9 $(cat /root/pid)'
wait_on 20 '! kill -0 $(cat /root/pid) 2>/dev/null'
assert_no_match "load was not completed" 'load returned' "$(on cat /root/stuck)"
assert_eq "state after the kill" "shut down" "$(file cells/1/state)"
on_ok jailhouse cell load 1 "$INMATES/uart-demo.bin"
on_ok jailhouse cell start 1
wait_on 20 "[ \$(grep -c 'Hello 1 from cell' $SYSFS/cells/1/console) = 2 ]"

# --- disable with cells -----------------------------------------------------

on_ok jailhouse cell create "$(demo_cell)"
assert_eq "state of the first" running "$(file cells/1/state)"
assert_eq "online CPUs" 0-1 "$(on cat /sys/devices/system/cpu/online)"
mark=$(dmesg_mark)
jh_disable
log=$(dmesg_since "$mark")
assert_match "kernel log" 'Destroyed Jailhouse cell "tick-demo"' "$log"
assert_match "kernel log" 'Destroyed Jailhouse cell "inmate-demo"' "$log"
assert_match "kernel log" 'The Jailhouse was closed\.' "$log"
assert_eq "cells" "" "$(on ls "$SYSFS/cells")"
assert_eq "enabled" 0 "$(file enabled)"
assert_eq "pages" "0 0 0 0" "$(on "cat $SYSFS/*pool*" | xargs)"
on_ok rmmod jailhouse
kernel_content
