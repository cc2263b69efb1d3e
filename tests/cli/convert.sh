#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# config convert: between all forms and dialects, and what is said of losses.
. "$(dirname "$0")/lib.sh"

: "${SAMPLES:?the configurations of all dialects}"
golden=$SOURCE/tests/golden
sources=$SOURCE/tests/fixtures/c_form

# By way of C and of JSON, each dialect's files are the same again.
for sample in "$SAMPLES"/*-system-arm64.cell "$SAMPLES"/*-cell-x86.cell; do
	name=${sample##*/}
	dialect=${name%-*-*.cell}
	arch=${name##*-}
	arch=${arch%.cell}
	for form in c json; do
		run 0 config convert --from "$dialect" --arch "$arch" \
			--to "$dialect" "$sample" -o "$tmp/way.$form"
		is "$name is held" "" "$err"
		run 0 config convert --from "$dialect" --to "$dialect" \
			"$tmp/way.$form" -o "$tmp/again.cell"
		cmp "$sample" "$tmp/again.cell" || fail "$name by way of $form"
	done
done

# Forms are told by content, and dialects, too.
run 0 config convert "$SAMPLES/nxp-10-system-arm64.cell" -o "$tmp/x.json" --json
is "told" "nxp-10 root 0" "$(jq -r '"\(.from) \(.name) \(.lost | length)"' <<<"$out")"
cc -c -I"$SOURCE/hypervisor/include/uapi" -o "$tmp/object" \
	"$sources/v0.12-system.c"
run 0 config convert --arch arm "$tmp/object" -f json
is "an object file" "arm old-board" \
	"$(jq -r '"\(.architecture) \(.root_cell.name)"' <<<"$out")"
{
	printf '\4\0\0\0\20\0\0\0\5\0\0\0GNU\0%016d' 0
	cat "$golden/cell-arm64.cell"
} >"$tmp/note"
run 0 config convert "$tmp/note" -o "$tmp/x.cell"
cmp "$golden/cell-arm64.cell" "$tmp/x.cell" || fail "behind a note"
"$JAILHOUSE" config convert "$golden/cell-x86.cell" -f cell |
	cmp - "$golden/cell-x86.cell" || fail "to a pipe"

# Projects with links.
run 0 config convert "$SOURCE/boards/arm64/qemu-arm64/system.json" \
	--cell ivshmem-demo -o "$tmp/end.c"
run 0 config convert "$tmp/end.c" -o "$tmp/end.cell"
run 0 config compile "$SOURCE/boards/arm64/qemu-arm64/system.json" \
	--cell ivshmem-demo -o "$tmp/same.cell"
cmp "$tmp/end.cell" "$tmp/same.cell" || fail "a cell of a project"

# What cannot be held is named; --drop leaves it out, and nothing else.
sample=$SAMPLES/bu-13-system-arm64.cell
echo old >"$tmp/kept.cell"
run 1 config convert "$sample" -o "$tmp/kept.cell" --json
has "a loss" "memory region 5: error:" "$err"
has "advice" "hint: --drop leaves it out" "$err"
is "losses" '["memory region 5","memory region 6"]' "$(jq -c '[.lost[] |
	select(.severity == "error") | .place] | unique' <<<"$out")"
is "the old output stays" old "$(cat "$tmp/kept.cell")"
run 0 config convert --drop "$sample" -o "$tmp/x.cell" --json
is "warnings" 0 "$(jq '[.lost[] | select(.severity == "error")] | length' \
	<<<"$out")"
run 0 config convert "$tmp/x.cell" -f json
is "all regions are there" 7 "$(jq '.root_cell.memory | length' <<<"$out")"
run 1 config compile --to rev10 "$golden/cell-arm64.json" -o "$tmp/kept.cell"
has "compile --to" "revision 10 (v0.10, v0.11) cannot hold" "$err"
run 0 config compile --to rev12 --drop "$golden/cell-arm64.json" \
	-o "$tmp/x.cell"
is "revision 12" "12" "$(od -An -tu2 -j6 -N2 "$tmp/x.cell" | xargs)"

# The dialect of a target: by what runs there, or by its driver's version.
mkdir -p "$tmp/machine/sys/devices/jailhouse" "$tmp/machine/sys/module/jailhouse"
export JAILHOUSE_ROOT=$tmp/machine
run 2 config convert --to target "$golden/cell-arm64.json" -f cell
has "a target that says nothing" "nothing there says" "$err"
echo "v0.12 (15-g1234567)" >"$tmp/machine/sys/module/jailhouse/version"
run 0 config convert --to target --drop "$golden/cell-arm64.json" \
	-o "$tmp/x.cell"
is "v0.12" "12" "$(od -An -tu2 -j6 -N2 "$tmp/x.cell" | xargs)"
cp "$SAMPLES/rev13-system-arm64.cell" "$tmp/machine/sys/devices/jailhouse/config"
run 0 config convert --to target --drop "$golden/cell-arm64.json" \
	-o "$tmp/x.cell"
is "what runs counts more" "13" "$(od -An -tu2 -j6 -N2 "$tmp/x.cell" | xargs)"
unset JAILHOUSE_ROOT

# C sources: siblings, symbols, errors with their line, no compiler.
run 0 config convert "$sources/includes-sibling.c" -f json
is "the sibling" old-demo "$(jq -r .name <<<"$out")"
run 0 config compile "$sources/includes-sibling.c" -o "$tmp/x.cell"
cat >"$tmp/choice.c" <<'END'
#include <jailhouse/types.h>
#include <jailhouse/cell-config.h>
struct {
	struct jailhouse_cell_desc cell;
	__u64 cpus[1];
} __attribute__((packed)) config = {
	.cell = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.architecture = JAILHOUSE_ARM,
		.name = CONFIG_NAME,
		.cpu_set_size = sizeof(config.cpus),
	},
	.cpus = { 2 },
};
END
run 0 config convert --cflags '-Wall -DCONFIG_NAME="chosen"' "$tmp/choice.c" \
	-f json
is "--cflags" "chosen arm" "$(jq -r '"\(.name) \(.architecture)"' <<<"$out")"
run 1 config convert "$tmp/choice.c" -o "$tmp/kept.cell"
has "file and line" "choice.c: 11:25: error:" "$err"
has "the compiler's words" "CONFIG_NAME" "$err"
CC=/nowhere/cc run 1 config convert "$tmp/choice.c" -o "$tmp/kept.cell"
has "no compiler" 'there is no "/nowhere/cc"' "$err"
has "what to do" "hint: install gcc or clang, or set CC" "$err"
CC=false run 1 config convert "$tmp/choice.c" -o "$tmp/kept.cell"
has "a compiler that fails" "did not say why" "$err"

# Usage.
run 2 config convert "$sample"
has "no form" "say what to write" "$err"
run 2 config convert "$sample" -o "$tmp/x.bin"
run 2 config convert "$sample" -f elf
has "--format" "not cell, c or json" "$err"
run 2 config convert --to rev99 "$sample" -f c
has "the dialects" "omnivisor-14" "$err"
run 2 config convert --arch mips "$sample" -f c
run 2 config convert --json "$sample" -f c
run 1 config convert "$SOURCE/tests/fuzz/corpus/fdt/full" -f c
has "hardware" "which configures nothing" "$err"
