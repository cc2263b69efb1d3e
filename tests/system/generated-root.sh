#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a root cell made from the device tree alone runs the demo
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# kernel: 6.1
# timeout: 120

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

config=/tmp/generated.cell

# What a user types on the board. The sizes are what mem= on its command line
# keeps from Linux, less 4 MiB for the hypervisor.
case $(board_name) in
qemu-*)
	on_ok jailhouse config create --mem-inmates 252M "$config"
	root=dummy-virt
	;;
*)
	# The emulator spoils the tree that Linux boots with, see the board's
	# README: Debian's own file.
	tree=$(jq -r .tree.of "$JHW_TOP"/boards/*/"$(board_name)"/emulator.json)
	folder=$("$JHW_TOP/tools/target/trees.sh" |
		awk '$1 == "arm64" { print $2 }')
	put "$folder/$tree" /tmp/board.dtb
	on_ok jailhouse config import --mem-inmates 508M /tmp/board.dtb \
		-o "$config"
	root=$(basename "$tree" .dtb)
	SERIAL=$BOARD_DIR/uart1.log
	;;
esac

on_ok modprobe jailhouse
on_ok jailhouse enable "$config"
on_ok jailhouse cell create "$(board_cell inmate-demo)"
assert_match "root in the list" "^0 +$root +running +0-2 " \
	"$(on jailhouse cell list)"
on_ok jailhouse cell load inmate-demo "$INMATES/uart-demo.bin"
mark=$(serial_mark)
on_ok jailhouse cell start inmate-demo
for n in 1 2 3; do
	wait_serial "Hello $n from cell!" 10 "$mark"
done
on_ok jailhouse cell destroy inmate-demo
jh_disable
