#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# hardware check: table, summary and exit codes. The single checks are in
# tests/unit/cli/test_hardware.c.
. "$(dirname "$0")/lib.sh"

export JAILHOUSE_ROOT=$tmp/root

# file PATH TEXT
file()
{
	mkdir -p "$(dirname "$JAILHOUSE_ROOT$1")"
	printf '%b' "$2" >"$JAILHOUSE_ROOT$1"
}

file /proc/sys/kernel/arch 'riscv64\n'
run 1 hardware check
has "unknown architecture" "riscv64 is not supported" "$err"

file /proc/sys/kernel/arch 'aarch64\n'
run 2 hardware check
has "summary of failure" "Check FAILED!" "$out"
is "feature padded to 32" "$(printf '%-32s%s' PSCI "MISSING (none)")" \
	"$(grep ^PSCI <<<"$out")"

file /proc/cmdline 'mem=768M kvm-arm.mode=none id_aa64mmfr1.vh=0\n'
file /proc/iomem '40000000-6fffffff : System RAM\n'
file /proc/sys/kernel/osrelease '6.1.0\n'
file /dev/kmsg '6,1,0,-;CPU: All CPU(s) started at EL2\n'
file /sys/devices/system/cpu/present '0-3\n'
file /sys/devices/system/cpu/offline '\n'
file /sys/devices/system/cpu/cpu1/online '1\n'
file '/proc/device-tree/#address-cells' '\0\0\0\02'
file '/proc/device-tree/#size-cells' '\0\0\0\02'
file /proc/device-tree/memory@40000000/reg \
	'\0\0\0\0\0100\0\0\0\0\0\0\0\0100\0\0\0'
file /proc/device-tree/psci/method 'smc\0'
file /proc/device-tree/intc/compatible 'arm,gic-v3\0'
file /proc/device-tree/intc/interrupts 'x'
file /sys/module/jailhouse/refcnt '0\n'
file /lib/firmware/jailhouse.bin 'JAILHOUS...'
run 0 hardware check
has "summary of success" "Check passed!" "$out"
has "the memory" "ok (0x70000000-0x7fffffff)" "$out"

run 0 hardware check --json
is "JSON" true "$(jq .passed <<<"$out")"
is "JSON: all ok" '["ok"]' \
	"$(jq -c '[.checks[].status] | unique' <<<"$out")"

file /dev/kmsg ''
run 1 hardware check
has "summary of doubt" "Not everything could be checked." "$out"
file /proc/iomem '40000000-7fffffff : System RAM\n'
run 2 hardware check --json
is "JSON: failure" '["missing"]' \
	"$(jq -c '[.checks[] | select(.check == "Memory kept from Linux")
		.status]' <<<"$out")"
