#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the root sees its ivshmem devices, as long as Jailhouse is enabled
# board: qemu-arm64
# kernel: 6.1 6.12

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

dev=/sys/bus/pci/devices/0001:00:00.0

# bytes FROM COUNT: of the configuration space
bytes()
{
	on "od -An -tx1 -j $1 -N $2 $dev/config" | xargs
}

physical=$(on ls /sys/bus/pci/devices)
regions=$(on cat /proc/iomem)
on_ok modprobe jailhouse
for cycle in 1 2 3; do
	on_ok jailhouse enable "$(root_config)"
	# the ends of both links
	assert_eq "cycle $cycle: new devices" "0001:00:00.0 0001:00:01.0" \
		"$(on ls /sys/bus/pci/devices | grep -vxF "$physical" | xargs)"
	assert_eq "class" 0xff0000 "$(on cat $dev/class)"
	# Behind the ECAM of one bus at 0x08e00000
	assert_match "BAR 0" '^0x0*8f00000 0x0*8f00fff 0x' \
		"$(on head -n 1 $dev/resource)"
	assert_eq "device" "0a 11 06 41" "$(bytes 0 4)"
	assert_eq "pin" "01" "$(bytes 0x3d 1)"
	assert_eq "size of the state table" "00 10 00 00" "$(bytes 0x44 4)"
	assert_eq "size of the read/write section" \
		"00 90 00 00 00 00 00 00" "$(bytes 0x48 8)"
	assert_eq "size of an output section" \
		"00 20 00 00 00 00 00 00" "$(bytes 0x50 8)"
	assert_eq "address" "00 00 af 7f 00 00 00 00" "$(bytes 0x58 8)"
	assert_eq "behind what is there" "ff ff ff ff" "$(bytes 0x80 4)"
	jh_disable
	assert_eq "devices without Jailhouse" "$physical" \
		"$(on ls /sys/bus/pci/devices)"
done

# A disable that is refused takes nothing away.
on_ok jailhouse enable "$(root_config)"
on_ok 'echo 0 >/sys/devices/system/cpu/cpu2/online'
on_fails 1 'root CPU 2 is offline' jailhouse disable
assert_eq "the device stays" "0a 11 06 41" "$(bytes 0 4)"
on_ok 'echo 1 >/sys/devices/system/cpu/cpu2/online'
jh_disable

on_ok rmmod jailhouse
assert_eq "claimed memory without the driver" "$regions" "$(on cat /proc/iomem)"
kernel_content
