#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: what user space may pass to the driver, and what it is refused with
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 120
# state: shared

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

on_ok modprobe jailhouse
poke_put

# poke_hostile STATE: every bad argument gets its error, good ones pass.
poke_hostile()
{
	local out rc=0
	out=$(on /root/poke hostile "$(root_config)" "$(demo_cell)") || rc=$?
	printf '%s\n' "$out"
	assert_eq "bad arguments while $1" 0 "$rc"
	assert_match "all of them were tried" '^0 failed$' "$out"
}

# enable_refused ERRNO-WORDS KERNEL-LINE CONFIG
enable_refused()
{
	local mark
	mark=$(dmesg_mark)
	on_fails 1 "$1" jailhouse enable "$3"
	assert_match "kernel log" "$2" "$(dmesg_since "$mark")"
	assert_eq "enabled" 0 "$(file enabled)"
}

poke_hostile disabled

# patch NAME OFFSET OCTAL-BYTE FROM: a copy with one byte changed.
patch()
{
	on "cp '$4' /root/$1 && printf '\\$3' |
		dd of=/root/$1 bs=1 seek=$2 conv=notrunc 2>/dev/null"
}

enable_refused 'Invalid argument' 'jailhouse: Not a system configuration' \
	"$(demo_cell)"
patch revision.cell 6 015 "$(root_config)"
enable_refused 'Invalid argument' \
	'jailhouse: Configuration revision mismatch' /root/revision.cell
patch arch.cell 5 000 "$(root_config)"
enable_refused 'Invalid argument' \
	'jailhouse: Configuration architecture mismatch' /root/arch.cell
on "head -c 400 $(root_config) >/root/short.cell"
on_fails 1 . jailhouse enable /root/short.cell

# the CPU set: byte 488, four CPUs
patch few.cell 488 007 "$(root_config)"
enable_refused 'Invalid argument' \
	'CPUs online are 0-3, but the root cell "qemu-arm64" has 0-2' \
	/root/few.cell
patch many.cell 488 037 "$(root_config)"
enable_refused 'Invalid argument' 'CPU 4 does not exist here' /root/many.cell
patch none.cell 488 000 "$(root_config)"
enable_refused 'Invalid argument' 'no CPU' /root/none.cell

# the size of the hypervisor's memory, from offset 28: 4 MiB, then 64 KiB
patch small.cell 30 001 "$(root_config)"
enable_refused 'Invalid argument' 'too small' /root/small.cell

on_ok mv /lib/firmware/jailhouse.bin /root
enable_refused 'No such file' 'jailhouse: Missing hypervisor image jailhouse.bin' \
	"$(root_config)"
on 'printf garbage >/lib/firmware/jailhouse.bin'
enable_refused 'Invalid argument' 'hypervisor image jailhouse.bin: ' \
	"$(root_config)"
on 'head -c 4096 /dev/zero >/lib/firmware/jailhouse.bin'
enable_refused 'Invalid argument' 'not a hypervisor image' "$(root_config)"
on_ok mv /root/jailhouse.bin /lib/firmware
on_fails 1 'Invalid argument' jailhouse disable
on_fails 1 'Invalid argument' jailhouse cell create "$(demo_cell)"

jh_enable
on_fails 1 'busy' jailhouse enable "$(root_config)"
on_ok jailhouse cell create "$(demo_cell)"
on_fails 1 'exists' jailhouse cell create "$(demo_cell)"
poke_hostile enabled

# An architecture that the established driver took for success
patch cell-arch.cell 5 000 "$(tick_cell)"
on_fails 1 'Invalid argument' jailhouse cell create /root/cell-arch.cell
assert_eq "cells" "0 1" "$(on ls "$SYSFS/cells" | xargs)"
assert_eq "online CPUs" 0-2 "$(on cat /sys/devices/system/cpu/online)"

# RAM that Linux uses: the first region's address is at 132 + CPU set; 0x45…
patch linux-ram.cell 143 105 "$(tick_cell)"
mark=$(dmesg_mark)
on_fails 1 'Invalid argument' jailhouse cell create /root/linux-ram.cell
assert_match "kernel log" 'memory region 0 \[0x45.*is used by Linux' \
	"$(dmesg_since "$mark")"

on_ok jailhouse cell destroy 1
jh_disable
on_ok rmmod jailhouse
kernel_content
