#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# emu/tree.sh BOARD RELEASE FILE: writes the device tree that an emulated board
# boots with: that of the kernel's package, with the edits of the board's
# folder behind it. Writes nothing where emulator.json has no "tree": the
# emulator makes one then.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
JHW_PROG='emu tree'
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"

[ $# -eq 3 ] || die "usage: emu/tree.sh BOARD RELEASE FILE" 2
facts=$(find "$JHW_TOP/boards" -path "*/$1/emulator.json")
[ -n "$facts" ] || die "no emulated board \"$1\"" 2
read -r base edits < <(jq -r '.tree // empty | .of + " " + .edits' "$facts") ||
	exit 0
read -r _ release kernel <<<"$(sets_kernel "$2")"
base=$kernel/usr/lib/linux-image-$release/$base
[ -f "$base" ] || die "kernel $release has no device tree $base"
# Labels of the edits need no label in the tree before them: it is named by
# paths.
{
	dtc -q -I dtb -O dts "$base"
	cat "$(dirname "$facts")/$edits"
} | dtc -q -I dts -O dtb -o "$3" - || die "board $1: $edits does not fit"
