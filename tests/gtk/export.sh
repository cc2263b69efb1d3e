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
# All of it is what the program exports.
"$jailhouse" config export "$project" -o "$work/same" >/dev/null
diff -r "$work/same" "$work/out"

# Once more; but what somebody else put there stays, unless it is said so.
"$editor" --export "$work/out" "$project"
echo mine >"$work/out/report.md"
if "$editor" --export "$work/out" "$project" 2>"$work/said"; then exit 1; fi
grep -q "$work/out/report.md.*in the way" "$work/said"
"$editor" --replace --export "$work/out" "$project"
diff -r "$work/same" "$work/out"

# A folder that cannot be made, and a project that is none.
: >"$work/file"
if "$editor" --export "$work/file/out" "$project" 2>"$work/said"; then exit 1; fi
grep -q "$work/file/out.*cannot be made" "$work/said"
if "$editor" --export "$work/out" "$work/file" 2>"$work/said"; then exit 1; fi
grep -q "$work/file" "$work/said"
