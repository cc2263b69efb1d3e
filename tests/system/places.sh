# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
# shellcheck disable=SC2034 # for who sources this
#
# What tests of isolation touch on a board, from its system.json. Sourced by
# cells.sh. The RAM of Linux, of inmates and of the hypervisor is at the same
# places on all of them, but for where that of Linux ends.

# SPIs of the test cells: no device raises these; the first two are in words of
# SPIs that the root uses. And one of the root: its UART.
OWN_SPIS=44,85,262
ROOT_SPI=33

GICD=0x08000000
PCI=0x08e00000		# the virtual host's configuration window
UART=0x09000000		# of the root
SUB=0x09010000		# a register that reads back: the RTC's
NO_DEVICE=0x09050000	# where no device is
BUS_REFUSES=1		# and an access to that fails
ROOT_RAM_END=0x6fffffff

# Devices of the root, with a name each; and the windows for random accesses.
FOREIGN_DEVICES='fw-cfg 0x09020000
virtio 0x0a000050
pci-window 0x10000000'
WINDOWS=0x40000000+0x30000000,0x7fc00000+0x400000,0x9000000+0x1000
WINDOWS+=,0x9020000+0x20000,0xa000000+0x4000,0x10000000+0x2eff0000
WINDOWS+=,0x4010000000+0x10000000

case $(board_name) in
zynqmp-zcu102)
	OWN_SPIS=44,85,182
	ROOT_SPI=53
	GICD=0xf9010000
	PCI=0xff200000
	UART=0xff000000
	SUB=0xffa60010
	NO_DEVICE=0xf8000000
	BUS_REFUSES='' # this model of QEMU lets all succeed
	ROOT_RAM_END=0x5fffffff
	FOREIGN_DEVICES='ethernet 0xff0b0000
gic-again 0xf9011000
gic-interface-again 0xf9020000
gic-virtual-again 0xf9060000
gpio 0xff0a0000'
	WINDOWS=0x0+0x60000000,0x7fc00000+0x400000,0xff000000+0x1000
	WINDOWS+=,0xff0b0000+0x1000,0xf9040000+0x20000,0xfd070000+0x30000
	WINDOWS+=,0x800000000+0x80000000
	;;
esac
POLICY="own=$OWN_SPIS foreign=$ROOT_SPI mpidr=0"

# fill_in FILE: with @NAME@ replaced by what it is on this board.
fill_in()
{
	sed -e "s/@GICD@/$GICD/; s/@SUB@/$SUB/; s/@NO_DEVICE@/$NO_DEVICE/
		s/\"@OWN_1@, @OWN_2@\"/$(cut -d, -f1,2 <<<"$OWN_SPIS")/
		s/\"@OWN_3@\"/$(cut -d, -f3 <<<"$OWN_SPIS")/" "$1"
}
