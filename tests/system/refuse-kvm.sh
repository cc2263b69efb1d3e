#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: EL2 that KVM holds is not taken; check and enable say what to do
# board: qemu-arm64
# kernel: 6.12
# append: kvm-arm.mode=nvhe

. "$(dirname "$0")/lib.sh"

on_ok modprobe jailhouse
on_fails 2 '^EL2 not held by KVM +MISSING' jailhouse hardware check
on_fails 2 'kvm-arm.mode=none' jailhouse hardware check
on_fails 1 'JAILHOUSE_ENABLE: Device or resource busy' \
	jailhouse enable "$(root_config)"
on_fails 1 'kernel: .*kvm-arm.mode=none' jailhouse enable "$(root_config)"
assert_eq "enabled" 0 "$(on cat /sys/devices/jailhouse/enabled)"
assert_eq "online CPUs" 0-3 "$(on cat /sys/devices/system/cpu/online)"
