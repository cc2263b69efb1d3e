#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# desktop.sh EDITOR JAILHOUSE TREE: what desktops are told of the editor is
# valid; they know its files by what is in them; its manual and completion name
# each option of --help.
set -euo pipefail

editor=$1 jailhouse=$2 tree=$3
data=$tree/workbench-gtk/data
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for program in desktop-file-validate appstreamcli update-mime-database gio; do
	command -v "$program" >/dev/null || exit 77
done

desktop-file-validate "$data/org.jailhouse.Workbench.desktop"
# a warning, too, is something to mend; home page and pictures it has none of
appstreamcli validate --no-net --no-color \
	"$data/org.jailhouse.Workbench.metainfo.xml" >"$work/said" || {
	cat "$work/said" >&2
	exit 1
}

# Files without a name that says anything are known by their content.
mkdir -p "$work/data/mime/packages"
cp "$data/org.jailhouse.Workbench.mime.xml" "$work/data/mime/packages/"
cp /usr/share/mime/packages/freedesktop.org.xml "$work/data/mime/packages/"
update-mime-database "$work/data/mime" 2>/dev/null
type_of()
{
	XDG_DATA_HOME=$work/data XDG_DATA_DIRS=$work/data \
		gio info -a standard::content-type "$1" |
		sed -n 's/.*standard::content-type: //p'
}
project=$tree/boards/arm64/qemu-arm64/system.json
"$jailhouse" config compile "$project" -o "$work/system"
"$jailhouse" config compile "$project" --cell tick-demo -o "$work/cell"
cp "$project" "$work/project"
echo JHC >"$work/other"
[ "$(type_of "$work/system")" = application/x-jailhouse-cell ]
[ "$(type_of "$work/cell")" = application/x-jailhouse-cell ]
[ "$(type_of "$work/project")" = application/x-jailhouse-project ]
[ "$(type_of "$work/other")" = text/plain ]

"$editor" --manual >"$work/manual"
"$editor" --completion >"$work/completion"
bash -n "$work/completion"
# shellcheck source=/dev/null
. "$work/completion"
COMP_WORDS=(jailhouse-workbench --)
_jailhouse_workbench jailhouse-workbench -- jailhouse-workbench
for option in "${COMPREPLY[@]}"; do
	[ "$option" = --help ] ||
		grep -qF -- "\\-\\-${option#--}" "$work/manual" || {
		echo "desktop.sh: the manual does not name $option" >&2
		exit 1
	}
done
[ "${#COMPREPLY[@]}" -ge 8 ]
_jailhouse_workbench jailhouse-workbench mem --page
[ "${COMPREPLY[*]}" = memory ]
groff -man -ww -z "$work/manual" 2>&1 | tee "$work/said"
[ ! -s "$work/said" ]
