#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# export.sh EDITOR JAILHOUSE PROJECT: what the editor exports without a display
# is byte for byte what "jailhouse config compile" makes of the project, and
# errors are said.
set -eu
unset DISPLAY WAYLAND_DISPLAY

editor=$1 jailhouse=$2 project=$3
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

"$editor" --export "$work/out" "$project"
"$jailhouse" config compile "$project" -o "$work/root.cell"
cmp "$work/root.cell" "$work/out/qemu-arm64.cell"
for cell in inmate-demo tick-demo ivshmem-demo linux-demo; do
	"$jailhouse" config compile "$project" --cell "$cell" \
		-o "$work/$cell.cell"
	cmp "$work/$cell.cell" "$work/out/$cell.cell"
done
test -s "$work/out/report.md"
test -s "$work/out/cmdline.txt"

# A folder that cannot be made, and a project that is none.
: >"$work/file"
if "$editor" --export "$work/file/out" "$project" 2>"$work/said"; then exit 1; fi
grep -q "$work/file/out.*cannot be made" "$work/said"
if "$editor" --export "$work/out" "$work/file" 2>"$work/said"; then exit 1; fi
grep -q "$work/file" "$work/said"
