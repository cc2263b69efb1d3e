#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# cell linux: what is planned, with a copy of a machine's files.
. "$(dirname "$0")/lib.sh"

project=$SOURCE/boards/arm64/qemu-arm64/system.json
cell=$tmp/linux-demo.cell
export JAILHOUSE_ROOT=$tmp/root

# dt NODE PROPERTY TYPE: of the device tree that was written
dt()
{
	fdtget -t "$3" "$tmp/cell.dtb" "$1" "$2"
}

# machine CPU…: a machine with these CPUs, in which the board is enabled
machine()
{
	local dir=$JAILHOUSE_ROOT/sys
	rm -rf "$JAILHOUSE_ROOT"
	mkdir -p "$dir/devices/jailhouse" "$dir/firmware"
	"$JAILHOUSE" config compile "$project" -o "$dir/devices/jailhouse/config"
	{
		printf '/dts-v1/; / { #address-cells = <2>; #size-cells = <2>;
			cpus { #address-cells = <1>; #size-cells = <0>;'
		for n; do
			printf 'cpu@%s { device_type = "cpu"; reg = <%s>;
				compatible = "arm,cortex-a57"; };' "$n" "$n"
		done
		printf '}; };'
	} | dtc -q -O dtb -o "$dir/firmware/fdt"
}

# A kernel's header: text offset 0, 3 MiB at run time; 1 MiB of file
{
	head -c 16 /dev/zero
	printf '\0\0\x30\0\0\0\0\0'
	head -c 32 /dev/zero
	printf 'ARMd'
} >"$tmp/Image"
truncate -s 1M "$tmp/Image"
truncate -s 5000 "$tmp/initrd"
"$JAILHOUSE" config compile "$project" --cell linux-demo -o "$cell"
machine 0 1 2 3

linux=(cell linux -a arm64 -w "$tmp/cell.dtb" "$cell")
run 0 "${linux[@]}" "$tmp/Image" -i "$tmp/initrd" -c 'console=hvc0 "a b"'
is "commands" 3 "$(wc -l <<<"$out")"
has "create" "jailhouse cell create $cell" "$out"
has "kernel" "$tmp/Image -a 0x70200000" "$out"
has "initrd" "$tmp/initrd -a 0x70600000" "$out"
has "device tree" "$tmp/cell.dtb -a 0x70000000" "$out"
has "loader" "linux-loader.bin -a 0x0" "$out"
has "parameters" '-s "kernel=0x70200000 dtb=0x70000000" -a 0x1000' "$out"
has "start" "jailhouse cell start --name linux-demo" "$out"
is "bootargs" 'console=hvc0 "a b"' "$(dt /chosen bootargs s)"
is "CPUs" "cpu@2 cpu@3" "$(fdtget -l "$tmp/cell.dtb" /cpus | sort | xargs)"
is "compatible" arm,cortex-a57 "$(dt /cpus/cpu@3 compatible s)"
is "memory" "0 70000000 0 f000000" "$(dt /memory reg x)"
run 0 "${linux[@]}" "$tmp/Image" -i "$tmp/initrd" --kernel-decomp-factor 3
has "initrd further away" "$tmp/initrd -a 0x70800000" "$out"
run 0 "${linux[@]}" "$tmp/Image"
is "no initrd" 0 "$(grep -c initrd <<<"$out" || true)"

# The tree that was written, given back
mv "$tmp/cell.dtb" "$tmp/own.dtb"
fdtput -t s "$tmp/own.dtb" / model mine
rm -r "$JAILHOUSE_ROOT"
run 0 "${linux[@]}" "$tmp/Image" -d "$tmp/own.dtb" -c quiet
is "the user's own" mine "$(dt / model s)"
is "bootargs of the command" quiet "$(dt /chosen bootargs s)"

# Nothing is known of the machine then.
run 1 "${linux[@]}" "$tmp/Image"
has "not enabled" "or give one with --dtb" "$err"
machine 0 1
run 1 "${linux[@]}" "$tmp/Image"
has "CPUs" "0 of 2 CPUs are known" "$err"
machine 0 1 2 3
rm "$JAILHOUSE_ROOT/sys/firmware/fdt"
run 1 "${linux[@]}" "$tmp/Image"
has "no device tree" "/sys/firmware/fdt: No such file" "$err"
machine 0 1 2 3

truncate -s 300M "$tmp/large"
run 1 "${linux[@]}" "$tmp/Image" -i "$tmp/large"
has "fit" "take 0x13200000 bytes, the largest RAM region has 0xf000000" "$err"
gzip -k "$tmp/Image"
run 1 "${linux[@]}" "$tmp/Image.gz"
has "compressed, with -w" "cannot unpack a kernel" "$err"
head -c 100 "$tmp/Image.gz" >"$tmp/cut.gz"
run 1 "${linux[@]}" "$tmp/cut.gz"
has "cut off" "cut.gz" "$err"
run 1 "${linux[@]}" "$tmp/initrd"
has "no kernel" "the kernel is not an arm64 image" "$err"
run 1 "${linux[@]}" "$tmp/none"
has "no file" "none: No such file" "$err"
run 1 "${linux[@]}" "$tmp/Image" -k 0
has "factor" "from 1 to 100" "$err"
run 1 cell linux -a mips "$cell" "$tmp/Image"
has "architecture" "mips: not an architecture" "$err"
run 1 cell linux -a arm64 "$JAILHOUSE_ROOT/sys/devices/jailhouse/config" \
	"$tmp/Image"
has "a system" "this is a system, not a cell" "$err"
run 1 cell linux "$cell"
has "usage" "CELLCONFIG KERNEL" "$err$out"
