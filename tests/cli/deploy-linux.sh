#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# target deploy of a cell with Linux: loader, kernel, initrd, and a device tree
# that is made, where "cell linux" puts them.
. "$(dirname "$0")/lib.sh"

fake_target
project=$tmp/project
mkdir -p "$project" "$tmp/root/sys/firmware"

# The images: a header as arm64 has it, 3 MiB at run time
cp -r "$SOURCE/boards/arm64/qemu-arm64/." "$project"
{
	head -c 16 /dev/zero
	printf '\0\0\x30\0\0\0\0\0'
	head -c 32 /dev/zero
	printf 'ARMd'
} >"$project/Image"
truncate -s 64K "$project/Image"
printf '\x1f\x8b\x08\0an initrd' >"$project/initrd.gz"
echo 'a loader' >"$project/loader.bin"
# images COMMAND-LINE [MORE]: those of the cell
images()
{
	jq --arg line "$1" ".images = [
		{\"kind\": \"loader\", \"file\": \"loader.bin\"},
		{\"kind\": \"kernel\", \"file\": \"Image\",
		 \"command_line\": \$line}${2:-}]" \
		"$SOURCE/boards/arm64/qemu-arm64/cells/linux-demo.json" \
		>"$project/cells/linux-demo.json"
}
initrd=', {"kind": "initrd", "file": "initrd.gz"}'

{
	printf '/dts-v1/; / { #address-cells = <2>; #size-cells = <2>;
		cpus { #address-cells = <1>; #size-cells = <0>;'
	for n in 0 1 2 3; do
		printf 'cpu@%s { device_type = "cpu"; reg = <%s>;
			compatible = "arm,cortex-a57"; };' "$n" "$n"
	done
	printf '}; };'
} | dtc -q -O dtb -o "$tmp/root/sys/firmware/fdt"

deploy()
{
	run "$1" --target local target deploy "$project/system.json" \
		-s linux --force -j
}

# steps: what was done
steps()
{
	jq -r '[.steps[] | .step + " " + .object] | join(", ")' <<<"$out"
}

# loaded FILE: where the file whose name in the run directory ends so went
loaded()
{
	jq -r '.steps[] | select(.step == "cell load") | .command' <<<"$out" |
		grep -o -e "[^ ]*-$1 -a 0x[0-9a-f]*" | sed 's/.* //'
}

images 'console=hvc0 quiet' "$initrd"
deploy 0
is "steps" "upload system.cell, upload linux-demo.cell, upload loader.bin, \
upload Image, upload initrd.gz, upload cell.dtb, load driver , enable , \
cell create linux-demo, cell load linux-demo, cell start linux-demo, \
clean up " "$(steps)"

# what "cell linux" would do with the same
"$JAILHOUSE" config compile "$project/system.json" --cell linux-demo \
	-o "$tmp/cell"
"$JAILHOUSE" cell linux -a arm64 -w "$tmp/cell.dtb" "$tmp/cell" \
	"$project/Image" -i "$project/initrd.gz" -c 'console=hvc0 quiet' \
	>"$tmp/plan"
# planned FILE: where it puts it
planned()
{
	grep -o -e "[^ ]*$1 -a 0x[0-9a-f]*" "$tmp/plan" | sed 's/.* //'
}
is "the kernel's place" 0x70200000 "$(loaded Image)"
is "the loader's place" "$(planned linux-loader.bin)" "$(loaded loader.bin)"
is "the same of the kernel" "$(planned /Image)" "$(loaded Image)"
is "the initrd's" "$(planned initrd.gz)" "$(loaded initrd.gz)"
is "the device tree's" "$(planned cell.dtb)" "$(loaded cell.dtb)"
has "the loader's parameters" \
	"'kernel=$(loaded Image) dtb=$(loaded cell.dtb)' -a 0x1000" "$out"
is "started" running "$(cat "$sysfs/cells/1/state")"

run_folder=$tmp/root/run/jailhouse-workbench/deploy
dtb=$(echo "$run_folder"/*-cell.dtb)
is "command line" "console=hvc0 quiet" "$(fdtget -t s "$dtb" /chosen bootargs)"
is "CPUs" "cpu@2 cpu@3" "$(fdtget -l "$dtb" /cpus | sort | xargs)"
is "bytes of the kernel" "$(sha256sum <"$project/Image")" \
	"$(sha256sum <"$(echo "$run_folder"/*-Image)")"

deploy 0
is "the second time" "" "$(steps)"

# Another command line is another device tree, and the cell starts anew.
images 'console=hvc0 debug' "$initrd"
deploy 0
is "another command line" "upload cell.dtb, cell shutdown linux-demo, \
cell load linux-demo, cell start linux-demo, clean up " "$(steps)"

# --- what cannot be -----------------------------------------------------------

jq 'del(.images[0])' "$project/cells/linux-demo.json" >"$tmp/new"
cp "$tmp/new" "$project/cells/linux-demo.json"
deploy 1
has "no loader" "a cell has a kernel, but no loader" "$out"
has "what to do" "add linux-loader.bin" "$out"
images 'quiet' "$initrd"
echo 'no kernel' >"$project/Image"
deploy 1
has "no kernel" "Image" "$out"
is "nothing changed" running "$(cat "$sysfs/cells/1/state")"
rm "$project/initrd.gz"
deploy 1
has "no file" "the image cannot be read: No such file" "$err"
