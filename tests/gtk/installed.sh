#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# installed.sh BUILD: what is installed is whole. Each program has its manual and its
# completion; what desktops are told of the editor names programs, icons and types
# that are there; boards are ready to be opened.
set -euo pipefail

build=$1
command -v meson >/dev/null || exit 77
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

meson install -C "$build" --no-rebuild --quiet --destdir "$work" >"$work/log" 2>&1 || {
	cat "$work/log" >&2
	exit 1
}
top=$work$(meson introspect --buildoptions "$build" |
	jq -r '.[] | select(.name == "prefix") | .value')

need()
{
	[ -e "$top/$1" ] || {
		echo "installed.sh: there is no $1" >&2
		exit 1
	}
}

for program in sbin/jailhouse:8 bin/jh-top:1 bin/jailhouse-workbench:1; do
	path=${program%:*} section=${program#*:}
	name=${path##*/}
	[ -x "$top/$path" ]
	need "share/man/man$section/$name.$section"
	need "share/bash-completion/completions/$name"
	groff -man -ww -z "$top/share/man/man$section/$name.$section" 2>&1 |
		tee "$work/said"
	[ ! -s "$work/said" ]
done

entry=$top/share/applications/org.jailhouse.Workbench.desktop
need share/applications/org.jailhouse.Workbench.desktop
value()
{
	sed -n "s/^$1=//p" "$entry"
}
need "bin/$(value Exec | cut -d' ' -f1)"
need "share/icons/hicolor/scalable/apps/$(value Icon).svg"
need "share/icons/hicolor/symbolic/apps/$(value Icon)-symbolic.svg"
need share/metainfo/org.jailhouse.Workbench.metainfo.xml
types=$top/share/mime/packages/org.jailhouse.Workbench.xml
need share/mime/packages/org.jailhouse.Workbench.xml
value MimeType | tr ';' '\n' | while read -r type; do
	[ -n "$type" ] || continue
	grep -qF "\"$type\"" "$types"
	need "share/icons/hicolor/scalable/mimetypes/${type//\//-}.svg"
done
need share/locale/de/LC_MESSAGES/jailhouse-workbench.mo

# Each board can be read where it is.
boards=0
for system in "$top"/share/jailhouse/boards/*/*/system.json; do
	"$top/sbin/jailhouse" config show "$system" >/dev/null
	boards=$((boards + 1))
done
[ "$boards" -ge 4 ]
