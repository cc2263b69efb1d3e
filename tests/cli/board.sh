#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The facts of the board that is named are those of the device tree that QEMU
# makes.
. "$(dirname "$0")/lib.sh"

command -v qemu-system-aarch64 >/dev/null && command -v fdtget >/dev/null ||
	exit 77
board=$SOURCE/boards/arm64/$1
jq -r '.machine[]' "$board/emulator.json" >"$tmp/args"
mapfile -t args <"$tmp/args"
for n in "${!args[@]}"; do
	[ "${args[n]}" != -M ] || args[n + 1]+=",dumpdtb=$tmp/dtb"
done
qemu-system-aarch64 "${args[@]}" -nic none -display none >"$tmp/log" 2>&1 ||
	fail "QEMU: $(cat "$tmp/log")"

# reg NODE: address and size of each register window, as numbers.
reg()
{
	local words
	read -r -a words < <(fdtget -t x "$tmp/dtb" "$1" reg)
	while [ "${#words[@]}" -ge 4 ]; do
		printf '%d %d\n' $((0x${words[0]} << 32 | 0x${words[1]})) \
			$((0x${words[2]} << 32 | 0x${words[3]}))
		words=("${words[@]:4}")
	done
}

# numbers: reads lines of two JSON numbers, which may have a suffix.
numbers()
{
	local phys size
	while read -r phys size; do
		size=${size/%K/ << 10}
		size=${size/%M/ << 20}
		size=${size/%G/ << 30}
		printf '%d %d\n' $((phys)) $((size))
	done
}

# board QUERY: numbers of board.json in the same form as reg.
board()
{
	jq -r "$1 | [.phys, .size] | @tsv" "$board/board.json" | numbers
}

is "memory" "$(reg /memory@40000000)" "$(board '.memory[]')"
is "GIC" "$(reg /intc@8000000)" \
	"$(board '.interrupt_controllers[0] | .distributor,
		(.redistributors[]? // empty),
		(.cpu_interface, .hypervisor_interface, .virtual_cpu_interface |
			values)')"
is "PCI ECAM" "$(reg /pcie@10000000)" "$(board '.pci_hosts[].ecam')"
while read -r name node; do
	is "$name" "$(reg "/$node")" \
		"$(board ".devices[] | select(.name == \"$name\") | .windows[]")"
done <<'END'
flash flash@0
uart pl011@9000000
rtc pl031@9010000
fw-cfg fw-cfg@9020000
gpio pl061@9030000
END

is "CPUs" "$(fdtget -l "$tmp/dtb" /cpus | grep -c ^cpu@)" \
	"$(jq '.cpus | length' "$board/board.json")"
is "maintenance interrupt" \
	"$(($(fdtget -t i "$tmp/dtb" /intc@8000000 interrupts |
		cut -d ' ' -f 2) + 16))" \
	"$(jq .interrupt_controllers[0].maintenance_interrupt "$board/board.json")"
is "UART interrupt" \
	"$(($(fdtget -t i "$tmp/dtb" /pl011@9000000 interrupts |
		cut -d ' ' -f 2) + 32))" \
	"$(jq '.devices[] | select(.name == "uart") .interrupts[0]' \
		"$board/board.json")"
is "console" /pl011@9000000 "$(fdtget "$tmp/dtb" /chosen stdout-path)"

# What Linux has of the RAM: mem= on its command line.
linux_ram()
{
	jq -r '[.memory[0].phys, (.kernel_command_line.value |
		capture("mem=(?<size>[^ ]+)").size)] | @tsv' \
		"$board/board.json" | numbers
}

# Every window that Linux uses lies within one region of the root cell.
mapfile -t regions < <(jq -r '.root_cell.memory[] | [.phys, .size] | @tsv' \
	"$board/system.json" | numbers)
in_root()
{
	local region start size
	for region in "${regions[@]}"; do
		read -r start size <<<"$region"
		[ "$1" -lt "$start" ] ||
			[ $(($1 + $2)) -gt $((start + size)) ] || return 0
	done
	return 1
}
count=0
while read -r phys size; do
	in_root "$phys" "$size" ||
		fail "no region of the root covers $phys, size $size"
	count=$((count + 1))
done < <(board '.devices[] | select(.kind != "irqchip") | .windows[]?'; board '.pci_hosts[].ecam'
	board '.pci_hosts[].windows[]'; linux_ram)
[ "$count" -ge 12 ] || fail "only $count windows looked at"
