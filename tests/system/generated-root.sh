#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a root cell made from the device tree alone runs the demo
# board: qemu-arm64
# kernel: 6.1
# timeout: 120

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

# The command line of the board keeps 0x70000000 and up from Linux: 252 MiB
# for cells and 4 MiB for the hypervisor.
on_ok jailhouse config create --mem-inmates 252M /tmp/generated.cell
on_ok modprobe jailhouse
on_ok jailhouse enable /tmp/generated.cell
on_ok jailhouse cell create "$CELLS/qemu-arm64-inmate-demo.cell"
assert_match "root in the list" '^0 +dummy-virt +running +0-2 ' \
	"$(on jailhouse cell list)"
on_ok jailhouse cell load inmate-demo "$INMATES/uart-demo.bin"
mark=$(serial_mark)
on_ok jailhouse cell start inmate-demo
for n in 1 2 3; do
	wait_serial "Hello $n from cell!" 10 "$mark"
done
on_ok jailhouse cell destroy inmate-demo
jh_disable
