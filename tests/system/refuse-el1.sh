#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a machine without EL2 is refused; check and enable say what to do
# board: none
# kernel: 6.1 6.12
# timeout: 240

JHW_BOARD=refuse-el1-$$
. "$(dirname "$0")/lib.sh"

trap '"$JHW_TOP/jhw" emu stop "$JHW_BOARD" 2>/dev/null' EXIT
"$JHW_TOP/jhw" emu start qemu-arm64 --name "$JHW_BOARD" \
	--kernel "$JHW_KERNEL" --qemu "-machine virtualization=off"

on_ok modprobe jailhouse
on_fails 2 '^Kernel started in EL2 +MISSING' jailhouse hardware check
on_fails 2 'virtualization=on' jailhouse hardware check
on_fails 1 'JAILHOUSE_ENABLE: No such device' jailhouse enable "$(root_config)"
on_fails 1 'kernel: .*EL2' jailhouse enable "$(root_config)"
assert_eq "enabled" 0 "$(on cat /sys/devices/jailhouse/enabled)"
assert_eq "online CPUs" 0-3 "$(on cat /sys/devices/system/cpu/online)"
