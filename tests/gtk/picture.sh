#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# picture.sh EDITOR PROJECT: pages are drawn into files without a display, in
# each format, and show the project; what cannot be drawn is said.
set -euo pipefail
unset DISPLAY WAYLAND_DISPLAY

editor=$1 project=$2
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp -r "$(dirname "$project")" "$work/project"
copy=$work/project/$(basename "$project")

starts_with()
{
	[ "$(head -c "${#2}" "$1")" = "$2" ] || {
		echo "picture.sh: $1 does not start with $2" >&2
		exit 1
	}
}

differ()
{
	if cmp -s "$1" "$2"; then
		echo "picture.sh: $1 and $2 are the same" >&2
		exit 1
	fi
}

for page in partition memory; do
	for format in svg png pdf; do
		"$editor" --picture "$work/$page.$format" --page "$page" "$copy"
	done
	starts_with "$work/$page.svg" '<?xml'
	starts_with "$work/$page.pdf" '%PDF-'
	[ "$(head -c 4 "$work/$page.png" | tail -c 3)" = PNG ]
done
differ "$work/partition.svg" "$work/memory.svg"
# The colour of the root, and of the first cell.
grep -q 'rgb(36.8.*%, *36.0.*%, *39.2.*%)' "$work/partition.svg"
grep -q 'rgb(10.9.*%, *44.3.*%, *84.7.*%)' "$work/partition.svg"

# Another project, another picture; the same one, the same.
"$editor" --picture "$work/again.svg" "$copy"
cmp "$work/partition.svg" "$work/again.svg"
sed -i 's/"name": "inmate-demo"/"name": "a-cell-with-a-long-name-31-byte"/' \
	"$work/project/cells/inmate-demo.json"
sed -i 's/"inmate-demo"/"a-cell-with-a-long-name-31-byte"/' "$copy"
"$editor" --picture "$work/again.svg" "$copy"
differ "$work/partition.svg" "$work/again.svg"

refused()
{
	local words=$1
	shift
	if "$editor" "$@" 2>"$work/said"; then exit 1; fi
	grep -q "$words" "$work/said"
}
refused 'names that end with' --picture "$work/x.gif" "$copy"
refused 'no picture of a page "none"' --picture "$work/x.svg" --page none "$copy"
refused 'cannot be written' --picture "$work/no/x.svg" "$copy"
refused 'want one project' --picture "$work/x.svg"
