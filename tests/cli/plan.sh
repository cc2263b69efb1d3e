#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# config show, diff, plan and edit, as users and scripts run them.
. "$(dirname "$0")/lib.sh"

board=$SOURCE/boards/arm64/qemu-arm64
cp -r "$board" "$tmp/project"
cd "$tmp/project"
chmod -R u+w .

# --- show
run 0 config show system.json
has "system" 'system "qemu-arm64", arm64' "$out"
has "a cell" 'cell "inmate-demo", arm64' "$out"
has "a region" '0x007fa00000 0x0000000000       64K rwx--l-- ram' "$out"
has "the pool" "pages in use with all cells" "$out"
is "quiet" "" "$err"
run 0 config show system.json --json
cells=$(jq '.cells | length' system.json)
is "configurations" "$((cells + 1)) 1" \
	"$(jq -r '"\(.configurations | length) \(.boards | length)"' <<<"$out")"
[ "$(jq .pool.used <<<"$out")" -lt "$(jq .pool.pages <<<"$out")" ] ||
	fail "the pool is full"
run 0 config show board.json
has "a device" "uart                 0x0009000000    0x1000  irq 33" "$out"
run 0 config compile system.json -o root.cell
run 0 config show root.cell
has "a binary" 'system "qemu-arm64", arm64' "$out"
run 1 config show none.json
has "missing" "none.json" "$err"
JAILHOUSE_ROOT=$tmp/nowhere run 1 config show running
has "nothing runs" "running: the hypervisor is not enabled there" "$err"

# The board has more cells, and will get others.
for cell in $(jq -r '.configurations[1:][].name' <<<"$(
	"$JAILHOUSE" config show system.json --json)"); do
	case $cell in
	inmate-demo|tick-demo) ;;
	*) run 0 config edit system.json remove-cell "$cell" ;;
	esac
done
find cells -type f ! -name inmate-demo.json ! -name tick-demo.json -delete

# --- diff
run 0 config diff system.json system.json
is "equal" "" "$out$err"
run 0 config diff root.cell <(cat root.cell)
run 0 config diff system.json system.json --json
is "equal" true "$(jq .equal <<<"$out")"
cp cells/inmate-demo.json before.json
run 0 config edit system.json set inmate-demo reset_address 0x100
has "what changed" \
	"~ cell inmate-demo: cpu_reset_address: 0x0 -> 0x100" "$out"
run 1 config diff before.json cells/inmate-demo.json
is "a cell" "~ cell inmate-demo: cpu_reset_address: 0x0 -> 0x100" "$out"
run 1 config diff --json before.json cells/inmate-demo.json
is "as JSON" "changed cpu_reset_address 0x100" \
	"$(jq -r '.changes[0] | "\(.kind) \(.member) \(.b)"' <<<"$out")"
run 1 config diff board.json before.json
has "no common ground" "there is nothing to compare" "$err"
run 2 config diff one

# What runs, as the driver shows it.
sysfs=$tmp/root/sys/devices/jailhouse
mkdir -p "$sysfs/cells/0" "$sysfs/cells/7"
run 0 config compile system.json -o "$sysfs/config"
run 0 config compile system.json --cell inmate-demo \
	-o "$sysfs/cells/7/config"
export JAILHOUSE_ROOT=$tmp/root
run 1 config diff system.json running
is "what runs is as it is written, but for a cell" \
	"- cell tick-demo: tick-demo" "$out"
run 0 config show running
has "what runs" 'cell "inmate-demo"' "$out"
unset JAILHOUSE_ROOT

# --- plan
sum=$(cat system.json cells/* | sha256sum)
run 0 config plan system.json rtos --memory 32M --devices rtc --links root
has "a CPU with its reason" "rtos: add CPU: CPU 1 (" "$out"
has "RAM" "RAM that Linux is kept from" "$out"
has "an interrupt" "SPI 2 (INTID 34)" "$out"
has "the command line" "Linux needs: mem=768M" "$out"
is "nothing was written" "$sum" "$(cat system.json cells/* | sha256sum)"
run 0 config plan system.json rtos --cpus 1 --memory 32M --json
is "operations" "add cell" "$(jq -r '.operations[0].kind' <<<"$out")"
run 1 config plan system.json rtos --cpus 3 --memory 32M
has "why not" "3 CPUs are wanted, the root can give 1" "$err"
has "which wish" "cannot be had: 3 CPUs" "$err"
run 1 config plan system.json rtos --devices none
has "a device that is not there" 'there is no device "none"' "$err"
run 1 config plan system.json rtos --devices UAR
has "devices of a name like that" "hint: there is uart; \"config show\"" "$err"
run 1 config plan system.json inmate-demo
has "a name that is taken" 'there is a cell "inmate-demo" already' "$err"
for words in "--cpus x" "--memory 0" "--memory 64Q" "--links :" \
	     "--apply -o x.json"; do
	# shellcheck disable=SC2086 # an option and its value
	run 2 config plan system.json rtos $words
done
# An ELF file says where it wants to be.
# shellcheck disable=SC2016 # for the linker
printf '.globl _start\n_start: .quad 0\n' >image.s
if cc -nostdlib -static -Wl,-Ttext=0x48000000,--build-id=none \
	-Wl,-z,noseparate-code -o image image.s 2>/dev/null; then
	run 0 config plan system.json placed --cpus 1-1 --memory 2M \
		--image image
	[[ $out == *"at guest address 0x4800"* ||
		$out == *"at guest address 0x47ff"* ]] ||
		fail "an ELF file's place: $out"
fi

run 1 config plan system.json rtos --scenario none
has "no such scenario" 'there is no scenario "none"' "$err"
mkdir ../copy
run 0 config plan system.json rtos --memory 32M --links root \
	-o ../copy/system.json
run 0 config show ../copy/system.json
has "the new cell" 'cell "rtos", arm64' "$out"
is "the project stays" "$sum" "$(cat system.json cells/* | sha256sum)"
run 0 config plan system.json rtos --memory 32M --apply
run 0 config show system.json
has "applied" 'cell "rtos", arm64' "$out"

# --- drift: a project notes what it was made for
machine=$SOURCE/tests/fixtures/machines/virt.tar.gz
run 0 config import "$machine" -o machine.json
[[ $(jq -r .fingerprint machine.json) == "1 cpus:"* ]] ||
	fail "no fingerprint: $(jq .fingerprint machine.json)"
run 0 config diff machine.json "$machine"
is "the machine is the same" "" "$out"
run 1 config diff machine.json "$SOURCE/boards/arm64/qemu-arm64-gicv2/board.json"
has "another machine" "~ board: " "$out"

# --- edit
run 0 config edit --json -n system.json remove-cell tick-demo
is "changes as JSON" "removed" "$(jq -r '.changes[0].kind' <<<"$out")"

run 0 config edit system.json remove-cell rtos remove-cell tick-demo
run 0 config edit -b system.json add-cell small give-cpu small 1 \
	add-memory small 16M give-device small rtc add-link small root:64K \
	add-irq small 99 set small flags +PASSIVE_COMMREG set small name tiny
has "the cell" "+ cell tiny: tiny" "$out"
[ -s system.json~ ] || fail "no backup"
run 1 config diff system.json~ system.json
has "the backup is the old one" "+ cell tiny" "$out"
run 0 config show system.json
has "CPU" "CPUs         1" "$out"
has "interrupts" "34, " "$out"
run 0 config edit -n system.json remove-irq tiny 99
has "dry run" "- cell tiny: interrupts of 0x8000000: 99" "$out"
sum=$(cat system.json cells/* | sha256sum)
run 0 config edit -n system.json remove-memory tiny ram remove-link link0
is "dry runs change nothing" "$sum" "$(cat system.json cells/* | sha256sum)"
run 0 config edit system.json add-to-scenario s tiny \
	add-to-scenario s inmate-demo waive m08 tiny/memory/uart 'it is known'
has "a scenario" "+ scenario s: inmate-demo, tiny" "$out"
has "a waiver" "+ waiver M08 of tiny/memory/uart: it is known" "$out"
is "in the file" "inmate-demo tiny" "$(jq -r '.scenarios[] |
	select(.name == "s").cells | join(" ")' system.json)"
is "in the file" "it is known" "$(jq -r '.waivers[] |
	select(.rule == "M08").reason' system.json)"
run 0 config edit --json system.json remove-from-scenario s tiny \
	waive M08 tiny/memory/uart 'even better'
is "as JSON" "changed inmate-demo, tiny inmate-demo
changed it is known even better" \
	"$(jq -r '.changes[] | .kind + " " + .a + " " + .b' <<<"$out")"
run 0 config edit system.json remove-scenario s unwaive M08 tiny/memory/uart
has "no scenario" "- scenario s: inmate-demo" "$out"
has "no waiver" "- waiver M08 of tiny/memory/uart: even better" "$out"
run 1 config edit system.json remove-scenario s
has "no scenario" 'there is no scenario "s"' "$err"
run 1 config edit system.json add-to-scenario s nobody
run 1 config edit system.json add-to-scenario s root
has "the root" "part of all scenarios" "$err"
run 1 config edit system.json remove-from-scenario demos tiny
has "not in it" 'cell "tiny" is not in scenario "demos"' "$err"
run 1 config edit system.json waive X99 all why
has "no rule" 'there is no rule "X99"' "$err"
run 1 config edit system.json waive M08 all ''
has "no reason" "say why M08 is accepted" "$err"
run 1 config edit system.json unwaive M08 all
has "no waiver" "M08 is not accepted there" "$err"
sum=$(cat system.json cells/* | sha256sum)
run 1 config edit system.json give-cpu tiny 2 set tiny nothing x
has "a bad key" "nothing: not a key of a cell" "$err"
is "all or nothing" "$sum" "$(cat system.json cells/* | sha256sum)"
run 1 config edit system.json give-cpu nobody 1
has "no such cell" 'there is no cell "nobody"' "$err"
run 1 config edit system.json set tiny flags +NONE
has "flags are listed" "PASSIVE_COMMREG" "$err"
run 2 config edit system.json frobnicate
run 2 config edit system.json give-cpu tiny
run 2 config edit system.json

# --- PCI functions of a recorded PC
mkdir "$tmp/pc"
cd "$tmp/pc"
run 0 config import "$SOURCE/tests/fixtures/machines/q35-intel.tar.gz" \
	-o system.json
run 0 config edit system.json add-cell rtos give-cpu rtos 7 add-memory rtos 16M
cp system.json before.json
cp cells/rtos.json rtos.before
run 0 config edit system.json give-device rtos 0000:01:00.0
has "the function" "+ cell rtos: PCI device 0000:01:00.0" "$out"
# 256 KiB, and one of 16 KiB whose first page is the table of MSI-X
is "its BARs" '["0xfe800000","0xfe820000","0xfe841000"]' \
	"$(jq -c '[.memory[] | select(.name // "" | test("BAR")) | .phys]' \
		cells/rtos.json)"
run 0 config edit system.json give-device root 0000:01:00.0
cmp system.json before.json || fail "the root is another one"
cmp cells/rtos.json rtos.before || fail "not all was given back"
run 1 config edit system.json give-device rtos 0000:00:04.0
has "a bridge" "is a bridge" "$err"
run 1 config edit system.json give-device rtos 0000:0a:04.0
has "no function" "the root has no PCI function" "$err"
run 0 config edit system.json give-device rtos 0000:00:1f.2
has "its mates" "0000:00:1f.0 stays with root" "$err"
