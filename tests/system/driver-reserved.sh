#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: memory that the device tree reserves, with and without no-map
# board: none
# timeout: 300

: "${TEST_NAME:=driver-reserved}"
JHW_BOARD=$TEST_NAME
. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

trap '"$JHW_TOP/jhw" emu stop "$JHW_BOARD" 2>/dev/null || true' EXIT

# reserve DTB NAME ADDRESS SIZE [no-map]
reserve()
{
	local node=/reserved-memory/$2@$3
	fdtput -cp "$1" "$node"
	fdtput -t x "$1" "$node" reg 0 "$3" 0 "$4"
	[ $# -lt 5 ] || fdtput "$1" "$node" "$5"
}

# tree CELLS-FLAG: the machine's own tree, with what it keeps out of Linux
tree()
{
	local dtb=$TEST_DIR/reserved.dtb
	rm -f "$dtb"
	qemu-system-aarch64 \
		-M "virt,gic-version=3,virtualization=on,its=off,dumpdtb=$dtb" \
		-cpu cortex-a57 -smp 4 -m 1G -display none -nodefaults \
		>"$TEST_DIR/dumpdtb.log" 2>&1
	fdtput -cp "$dtb" /reserved-memory
	fdtput -t x "$dtb" /reserved-memory '#address-cells' 2
	fdtput -t x "$dtb" /reserved-memory '#size-cells' 2
	fdtput "$dtb" /reserved-memory ranges
	reserve "$dtb" hypervisor 7fc00000 400000 no-map
	reserve "$dtb" cells 7f000000 c00000 "$@"
}

# runs RAM-END: all of it is Linux' RAM up to there; a cell runs all the same.
runs()
{
	"$JHW_TOP/jhw" emu start qemu-arm64 --name "$JHW_BOARD" --owner $$ \
		--append mem=1G --qemu "-dtb $TEST_DIR/reserved.dtb" ||
		fail "the board does not start"
	assert_match "Linux' RAM" "^40000000-$1 : System RAM" \
		"$(on cat /proc/iomem)"
	jh_enable
	on_ok jailhouse cell create "$(tick_cell)"
	on_ok jailhouse cell load 1 "$INMATES/uart-demo.bin"
	on_ok jailhouse cell start 1
	wait_remote "$SYSFS/cells/1/console" 'Hello 1 from cell' 20
	jh_disable
	on_ok rmmod jailhouse
	kernel_content
	"$JHW_TOP/jhw" emu stop "$JHW_BOARD"
}

tree no-map
runs 7effffff
# Linux keeps a mapping, and lists it as RAM, but gives it to nobody.
tree
runs 7fbfffff
