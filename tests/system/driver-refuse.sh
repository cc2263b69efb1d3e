#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: machines that are not prepared are refused, with the advice
# board: none
# timeout: 600

: "${TEST_NAME:=driver-refuse}"
JHW_BOARD=$TEST_NAME
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"

trap '"$JHW_TOP/jhw" emu stop "$JHW_BOARD" 2>/dev/null || true' EXIT

# refused WHAT ERRNO-WORDS KERNEL-LINE OPTIONS…: on a board started with these
# options, enable fails, says why, changes nothing, and can be tried again.
refused()
{
	local what=$1 words=$2 line=$3 log
	shift 3
	note "$what"
	"$JHW_TOP/jhw" emu start qemu-arm64 --name "$JHW_BOARD" --owner $$ "$@" ||
		fail "$what: the board does not start"
	on_ok modprobe jailhouse
	for _ in 1 2; do
		log=$(dmesg_mark)
		on_fails 1 "$words" jailhouse enable \
			"$CELLS/qemu-arm64.cell"
		assert_match "$what" "jailhouse: $line" "$(dmesg_since "$log")"
		assert_eq "enabled" 0 "$(file enabled)"
	done
	assert_eq "online CPUs" 0-3 "$(on cat /sys/devices/system/cpu/online)"
	on_ok rmmod jailhouse
	kernel_content
	"$JHW_TOP/jhw" emu stop "$JHW_BOARD"
}

# What the last option on the command line says counts.
if sets_kernels | grep -q '^6\.12 '; then
	refused "KVM has taken EL2" 'busy' \
		'KVM or firmware holds EL2: boot .*kvm-arm.mode=none' \
		--kernel 6.12 --append kvm-arm.mode=nvhe
else
	note "left out: KVM has taken EL2, which needs kernel 6.12"
fi
refused "the kernel runs at EL2" 'busy' \
	'the kernel itself runs at EL2 .*id_aa64mmfr1.vh=0 kvm-arm.mode=none' \
	--append id_aa64mmfr1.vh=1 --qemu "-cpu max,pauth-impdef=on"
refused "no EL2" 'No such device' \
	'there is no EL2: .*virtualization=on' \
	--qemu "-machine virtualization=off"
refused "memory is not reserved" 'Invalid argument' \
	'request_mem_region failed for hypervisor memory\. .*\[mem 0x7fc00000-0x7fffffff\].*"mem="' \
	--append mem=1G
