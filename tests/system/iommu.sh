#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: DMA of a cell's PCI device ends at the cell's memory
# board: qemu-arm64-smmu
# kernel: 6.1 6.12
# timeout: 240

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

# Linux leaves this alone, and the root cell has it. The network, and with it
# each command here, is a PCI device of the root's behind the same IOMMU.
root=0x70000000
secret=0x5EC4E75EC4E75EC4
edu=/sys/bus/pci/devices/0000:00:03.0
nic=/sys/bus/pci/devices/0000:00:02.0
command=4

# config_word OFFSET: of edu, as Linux reads it.
config_word()
{
	on "od -An -v -tx2 -j$1 -N2 $edu/config" | tr -d ' '
}

memory()
{
	on "devmem $root 64"
}

# root_dma TO COMMAND: Linux uses the device: from the buffer (0x40000) or to
# it, 8 bytes.
root_dma()
{
	local bar from=$1 to=0x40000
	bar=$(on "head -n 1 $edu/resource | cut -d' ' -f1")
	[ "$2" = 0x1 ] || { from=0x40000 to=$1; }
	on_ok "devmem $((bar + 0x80)) 64 $from; devmem $((bar + 0x88)) 64 $to
		devmem $((bar + 0x90)) 64 8; devmem $((bar + 0x98)) 64 $2"
	wait_on 10 "[ \$((\$(devmem $((bar + 0x98)) 32) & 1)) = 0 ]"
}

# edu_on: memory decoding and bus mastering, as a driver would turn them on.
edu_on()
{
	on_ok "printf '\\006\\000' | dd of=$edu/config bs=1 seek=$command \
		conv=notrunc 2>/dev/null"
}

# console_mark, console_since MARK: what the hypervisor said since.
console_mark()
{
	on 'wc -c </sys/devices/jailhouse/console'
}
console_since()
{
	on "tail -c +$(($1 + 1)) /sys/devices/jailhouse/console"
}

assert_match "edu's registers" '^0x0*10000000 ' \
	"$(on "head -n 1 $edu/resource")"
assert_eq "driver of the network" e1000e \
	"$(on "basename \$(readlink $nic/driver)")"
jh_enable

note "the root's device reaches the root's memory"
on_ok "devmem $root 64 $secret"
edu_on
root_dma "$root" 0x1
on_ok "devmem $root 64 0"
root_dma "$root" 0x3
assert_eq "came back by DMA" "$secret" "$(memory)"

mark=$(console_mark)
on_ok jailhouse cell create "$(board_cell dma-demo)"
assert_match "hypervisor" 'Assigning SID 0x18, Mask 0x0 to cell "dma-demo"' \
	"$(console_since "$mark")"
assert_eq "edu for the root" ffff "$(config_word 0)"

# Twice: the second time with a copy under way when the cell is destroyed.
for end in off dma; do
	mark=$(console_mark)
	said=$(cell_mark dma-demo)
	cell_run dma-demo dma-test \
		"bdf=0x18 root=$root msi=0x08020040 irq=143 end=$end"
	cell_wait dma-demo 'shut down' 60
	assert_results "dma-demo, end=$end" "$(cell_console dma-demo "$said")"
	assert_eq "memory of the root" "$secret" "$(memory)"
	wait_remote /sys/devices/jailhouse/console \
		"cell \"dma-demo\": PCI device 00:03.0 \\(stream 0x18\\): write to $root: " 10
	assert_match "hypervisor" \
		"stream 0x18\\): read from $root: no translation" \
		"$(console_since "$mark")"
	assert_match "hypervisor" \
		'PCI device 00:03.0 of cell "dma-demo": MSI stays off' \
		"$(console_since "$mark")"
done

# The copy of the last run meets a device that may not, and memory that is as
# it was.
on_ok jailhouse cell destroy dma-demo
assert_eq "edu's command register" 0400 "$(config_word $command)"
assert_eq "memory of the root" "$secret" "$(memory)"

note "the root has its device again"
edu_on
on_ok "devmem $root 64 0"
root_dma "$root" 0x1
on_ok "devmem $root 64 1"
root_dma "$root" 0x3
assert_eq "by DMA" 0x0000000000000000 "$(memory)"

# Thousands of packets, each by DMA.
assert_eq "bytes over the network" 4000000 \
	"$(on 'head -c 4000000 /dev/zero | tr "\\0" x' | wc -c)"
assert_no_match "faults of the root's devices" 'cell "qemu-arm64-smmu": ' \
	"$(on cat /sys/devices/jailhouse/console)"
jh_disable
root_dma "$root" 0x3
assert_eq "after disable, by DMA" 0x0000000000000000 "$(memory)"
