#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: memory that Linux uses is not taken; check and enable say what to do
# board: qemu-arm64
# kernel: 6.1 6.12
# append: mem=1G

. "$(dirname "$0")/lib.sh"

on_ok modprobe jailhouse
on_fails 2 '^Memory kept from Linux +MISSING \(Linux uses all memory\)$' \
	jailhouse hardware check
on_fails 2 'mem=SIZE on the kernel command line' jailhouse hardware check
on_fails 1 'kernel: .*Keep Linux out of \[mem 0x7fc00000-0x7fffffff\]' \
	jailhouse enable "$(root_config)"
assert_eq "enabled" 0 "$(on cat /sys/devices/jailhouse/enabled)"
assert_eq "online CPUs" 0-3 "$(on cat /sys/devices/system/cpu/online)"
