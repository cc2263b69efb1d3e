#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: programs map of an ivshmem device what they may, as long as it is there
# board: qemu-arm64
# kernel: 6.1 6.12

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

dev=/sys/bus/pci/devices/0001:00:00.0
put "$JHW_BUILD/arm64/tests/target/uio_maps" /root/uio_maps

# Also before the device is there, and again when it has been away.
on_ok modprobe uio_ivshmem
for _ in 1 2; do
	jh_enable
	assert_eq "driver" uio_ivshmem "$(on "basename \$(readlink $dev/driver)")"
	assert_eq "maps" "registers state_table rw_section output_sections own_output_section" \
		"$(on 'cat /sys/class/uio/uio0/maps/map*/name' | xargs)"
	assert_eq "one-shot mode" 01 "$(on "od -An -tx1 -j 0x43 -N 1 $dev/config" | xargs)"

	# It holds the device open and mapped when the device goes.
	on_ok 'rm -f /root/in; mkfifo /root/in; : >/root/maps.log'
	on '(/root/uio_maps /dev/uio0 </root/in >>/root/maps.log 2>&1
		echo "exit $?" >>/root/maps.log) &
		exec 3>/root/in; : >/root/in.open
		until [ -e /root/go ]; do usleep 20000; done; rm /root/go
		echo >&3' &
	wait_remote /root/maps.log '^mapped, peers 3$' 20
	jh_disable
	on touch /root/go
	wait $!
	wait_remote /root/maps.log '^exit' 20 >/dev/null
	out=$(on cat /root/maps.log)
	assert_no_match "maps" '^FAIL' "$out"
	assert_match "gone" '^PASS no register' "$out"
	assert_match "result" '^exit 0$' "$out"
	assert_eq "passed" 13 "$(grep -c ^PASS <<<"$out")"
done

# A device that is taken from the driver and given to it again.
jh_enable
on_ok "echo 0001:00:00.0 >$dev/driver/unbind"
assert_eq "no device file" 0 "$(on 'ls /dev | grep -c ^uio' || true)"
on_ok 'echo 0001:00:00.0 >/sys/bus/pci/drivers/uio_ivshmem/bind'
on_ok test -c /dev/uio0
jh_disable
on_ok rmmod uio_ivshmem jailhouse
kernel_content
