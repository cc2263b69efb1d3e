#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# config export and config report: what others get of a project.
. "$(dirname "$0")/lib.sh"

project=$SOURCE/tests/fixtures/emit
golden=$SOURCE/tests/golden
dtc -q -I dts -O dtb -o "$tmp/board.dtb" "$project/board.dts"

# export ARGS…: of the project, with the board's tree.
export_()
{
	run 0 config export -t "$tmp/board.dtb" "$@" "$project/system.json"
}

# get TYPE NODE PROPERTY: of the tree that was made last.
get()
{
	fdtget -t "$1" "$tmp/cell.dtb" "$2" "$3"
}

# The tree for Linux in a cell: what every cell has.
export_ -f dtb -c linux2 -a 'console=ttyAMA0 ro' \
	--initrd 0x68000000:0x100000 -o "$tmp/cell.dtb"
is "nothing on stdout" "" "$out"
dtc -I dtb -O dtb -o /dev/null "$tmp/cell.dtb" 2>"$tmp/said"
is "dtc has nothing to say but of the twins" "" \
	"$(grep -v twin "$tmp/said" || :)"
is "CPUs" "cpu@100 cpu@101" "$(fdtget -l "$tmp/cell.dtb" /cpus | xargs)"
is "their kind" arm,cortex-a72 "$(get s /cpus/cpu@101 compatible)"
is "how they start" psci "$(get s /cpus/cpu@100 enable-method)"
is "calls of the firmware" smc "$(get s /psci method)"
is "memory, without the loader's" "memory@60000000" \
	"$(fdtget -l "$tmp/cell.dtb" / | grep memory)"
is "its size" "0 60000000 0 10000000" "$(get x /memory@60000000 reg)"
is "timer" "1 d 8 1 e 8 1 b 8 1 a 8" "$(get x /timer interrupts)"
is "GIC" "0 8000000 0 10000 0 8100000 0 80000" \
	"$(get x /interrupt-controller@8000000 reg)"
is "no counters, as they would stop the cell" "" \
	"$(fdtget -l "$tmp/cell.dtb" / | grep pmu || :)"
is "PCI window" "2000000 0 30100000 0 30100000 0 2000" \
	"$(get x /pci@30000000 ranges)"
gic=$(get x /interrupt-controller@8000000 phandle)
is "pin A of links" "0 0 0 1 $gic 0 40 1" \
	"$(get x /pci@30000000 interrupt-map | cut -d' ' -f1-8)"
is "command line" "console=ttyAMA0 ro" "$(get s /chosen bootargs)"
is "initrd" "0 68100000" "$(get x /chosen linux,initrd-end)"
is "console" /serial@9010000 "$(get s /chosen stdout-path)"

# Its devices, and what they need.
is "devices" "serial@9010000 ethernet@19020000" \
	"$(fdtget -l "$tmp/cell.dtb" / | grep -E 'serial|ether|watchdog' | xargs)"
is "addresses of the cell" "0 19020000 0 1000 0 19028000 0 100" \
	"$(get x /ethernet@19020000 reg)"
is "the cell's interrupts only" "0 3 4" "$(get x /ethernet@19020000 interrupts)"
has "the other one is named" "its interrupt 72 is not the cell's" "$err"
is "a PHY of its own" "$(get x /ethernet@19020000/mdio/ethernet-phy@1 phandle)" \
	"$(get x /ethernet@19020000 phy-handle)"
clock=$(get x /serial@9010000 clocks | cut -d' ' -f1)
is "a clock of the same rate" "24000000 $clock" \
	"$(get u /clock-0 clock-frequency) $(get x /clock-0 phandle)"
has "a clock without a rate is named" "apb_pclk is not known" "$err"
has "what stays with the root" "resets is left out: clock-controller" "$err"
! fdtget "$tmp/cell.dtb" /ethernet@19020000 resets 2>/dev/null ||
	fail "a reference that leads nowhere"
! fdtget "$tmp/cell.dtb" /ethernet@19020000 reset-names 2>/dev/null ||
	fail "names of what is not there"

is "a device around another one has it beside itself" \
	"glue@19024000 core@19025000" \
	"$(fdtget -l "$tmp/cell.dtb" / | grep -E 'glue|core' | xargs)"
is "two of the same name and place" "acme,twin-a acme,twin-b" \
	"$(get s /twin@19026000 compatible) $(get s /twin-1@19026000 compatible)"
is "what the board does not use" disabled "$(get s /spare@19027000 status)"

# As source, it is the same; counters are there for who asks.
export_ -f dts -c linux2 -a 'console=ttyAMA0 ro' --initrd 0x68000000:0x100000
dtc -q -O dtb <<<"$out" >"$tmp/source.dtb"
cmp <(dtc -q -s "$tmp/source.dtb") <(dtc -q -s "$tmp/cell.dtb") ||
	fail "the source says something else"
export_ -f dtb -c linux2 --pmu -o "$tmp/cell.dtb"
is "counters" "arm,armv8-pmuv3" "$(get s /pmu compatible)"

# The overlay for the root applies, and says what is not its own.
export_ -f dtbo -o "$tmp/root.dtbo"
fdtoverlay -i "$tmp/board.dtb" -o "$tmp/cell.dtb" "$tmp/root.dtbo" ||
	fail "the overlay does not apply"
for device in serial@9010000 ethernet@9020000 watchdog@9040000; do
	is "$device" disabled "$(get s "/soc/$device" status)"
done
! fdtget "$tmp/cell.dtb" /soc/serial@9000000 status 2>/dev/null ||
	fail "what the root keeps, too, is disabled"
is "memory" "jailhouse@60000000 jailhouse@7a000000 jailhouse@7b000000 jailhouse@7fc00000" \
	"$(fdtget -l "$tmp/cell.dtb" /reserved-memory | sort | xargs)"
is "the link's" "0 7b000000 0 ff000" \
	"$(get x /reserved-memory/jailhouse@7b000000 reg)"
export_ -f overlay
dtc -q -I dts -O dtb -o /dev/null <<<"$out" || fail "the overlay's source"

# Command lines.
export_ -f cmdline
is "mem= up to the first cell's memory" \
	"mem=512M kvm-arm.mode=none id_aa64mmfr1.vh=0" "$out"
has "what that costs" "of RAM from Linux that nobody else uses" "$err"
run 0 config export -f cmdline "$golden/system-x86.cell" "$golden/cell-x86.cell"
is "x86" 'memmap=6M$0x3a000000 memmap=1M$0x3ef00000 amd_iommu=off' "$out"
run 0 config export -f cmdline -b grub "$golden/system-x86.cell"
is "GRUB" 'GRUB_CMDLINE_LINUX="$GRUB_CMDLINE_LINUX memmap=6M\\\$0x3a000000 amd_iommu=off"' \
	"$out"
# A shell reads that file, and GRUB what the shell made of it.
(
	GRUB_CMDLINE_LINUX=
	eval "$out"
	is "through the shell" ' memmap=6M\$0x3a000000 amd_iommu=off' \
		"$GRUB_CMDLINE_LINUX"
)
run 0 config export -f cmdline -b u-boot "$golden/system-x86.cell"
is "U-Boot" 'setenv bootargs "${bootargs} memmap=6M\$0x3a000000 amd_iommu=off"' \
	"$out"

# All configurations at once.
mkdir "$tmp/all"
export_ -f cell -o "$tmp/all"
is "files" "$tmp/all/acme.cell $tmp/all/linux2.cell $tmp/all/rtos.cell" \
	"$(xargs <<<"$out")"
export_ -f c -o "$tmp/all"
for name in acme linux2 rtos; do
	run 0 config convert "$tmp/all/$name.c" -o "$tmp/again.cell"
	cmp "$tmp/all/$name.cell" "$tmp/again.cell" || fail "$name.c"
done
run 1 config export -f cell --to rev10 "$project/system.json" -o "$tmp/all"
has "a loss" "cannot hold shmem_peers" "$err"
export_ -f cell --to rev10 --drop -o "$tmp/all"
is "revision 10" 10 "$(od -An -tu2 -j6 -N2 "$tmp/all/rtos.cell" | xargs)"

# A folder with everything, of each board: its configurations are those that
# "config compile" makes.
for board in "$SOURCE"/boards/*/*/system.json; do
	folder=$tmp/board-$(basename "$(dirname "$board")")
	run 0 config export "$board" -o "$folder"
	run 0 config compile "$board" -o "$tmp/one.cell"
	cmp "$tmp/one.cell" "$folder/$(basename "$(dirname "$board")").cell"
	for cell in $(jq -r '.cells[]' "$board"); do
		name=$(jq -r .name "$(dirname "$board")/$cell")
		run 0 config compile "$board" --cell "$name" -o "$tmp/one.cell"
		cmp "$tmp/one.cell" "$folder/$name.cell"
	done
	(cd "$folder" && sha256sum --quiet -c SHA256SUMS)
	is "all files have sums" "$(find "$folder" -type f | wc -l)" \
		"$(($(wc -l <"$folder/SHA256SUMS") + 1))"
	# again, into the same
	run 0 config export "$board" -o "$folder"
done
folder=$tmp/board-qemu-arm64
echo mine >"$folder/report.md"
run 1 config export "$SOURCE/boards/arm64/qemu-arm64/system.json" -o "$folder"
has "in the way" "report.md: is in the way" "$err"
is "left as it was" mine "$(cat "$folder/report.md")"
run 0 config export "$SOURCE/boards/arm64/qemu-arm64/system.json" \
	-o "$folder" --replace
run 1 config export "$project/system.json" -o "$tmp/errors"
has "errors of rules" "rules find" "$err"
[ ! -e "$tmp/errors" ] || fail "a folder of a project with errors"
run 0 config export "$project/system.json" -o "$tmp/errors" --force --json
is "where it is" "$tmp/errors" "$(jq -r .output <<<"$out")"

# Reports.
run 0 config report "$project/system.json"
has "a cell" "| linux2 | 2-3 | 262208K | PL011 at 0x09010000 |" \
	"$out"
has "memory" "| 0x7fc00000-0x7fffffff | 4M | (hypervisor) |" "$out"
has "a link" "| net0 | acme, linux2 | 00:01.0 | 0x0001 |" "$out"
has "names are no markup" '| M08 | a\|b | \<known\> |' "$out"
has "escaping" "| /etc/default/grub | GRUB" "$out"
run 0 config report --json "$project/system.json" -o "$tmp/report.json"
is "as JSON" "acme rtos linux2" "$(jq -r '[.system, (.cpus[] |
	select(.cpu == "1" or .cpu == "2") | .cell)] | join(" ")' \
	"$tmp/report.json")"
is "owners of interrupts" "34 35 96 97 98 99" \
	"$(jq -r '.interrupts[].interrupt' "$tmp/report.json" | xargs)"
run 0 config report "$SOURCE/boards/arm64/qemu-arm64/system.json" --json
is "devices of a board" "qemu-arm64" "$(jq -r '.devices[] |
	select(.registers == "0x09010000-0x09010fff") | .cell' <<<"$out")"
run 0 config report "$golden/system-x86.json" "$golden/cell-x86.cell"
has "ports" "| 0x40-0x43 | golden-pc |" "$out"

# What cannot be done is said.
run 1 config export -f dtb -c rtos -t "$tmp/board.dtb" "$project/system.json"
has "no memory for Linux" "no memory that Linux could run in" "$err"
run 1 config export -f dtb -c nobody "$project/system.json"
has "no such cell" 'there is no cell "nobody"' "$err"
has "but others" "linux2" "$err"
run 1 config export -f dtb -c golden-apic "$golden/system-x86.cell" \
	"$golden/cell-x86.cell"
has "x86" "only Arm cells have device trees" "$err"
head -c 900 "$tmp/board.dtb" >"$tmp/cut.dtb"
run 1 config export -f dtb -c linux2 -t "$tmp/cut.dtb" "$project/system.json"
has "a cut tree" "error: device tree:" "$err"
run 0 config export -f dts -c linux2 "$project/system.json"
has "without a board" "the MPIDRs of CPUs are not known" "$err"
run 2 config export "$project/system.json"
has "no format" "say what to export" "$err"
run 2 config export -f dtb "$project/system.json"
has "no cell" "say for which cell" "$err"
run 2 config export -f c "$project/system.json"
run 2 config export -f cmdline -b lilo "$project/system.json"
run 2 config export -f dtb -c linux2 --initrd 5 "$project/system.json"
run 1 config report "$tmp/board.dtb"
has "hardware" "which configures nothing" "$err"

# --- what was made, for programs
run 0 config export -f cmdline --json "$project/system.json" -o "$tmp/cmdline"
is "where it is" "$tmp/cmdline" "$(jq -r .output <<<"$out")"
[ -s "$tmp/cmdline" ] || fail "no command line was written"
run 2 config export -f cmdline --json "$project/system.json"
has "no place for both" "needs -o" "$err"
