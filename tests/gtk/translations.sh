#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# translations.sh TREE EDITOR TEXTS: each text of the editor is translated, in each
# language, but for a few new ones; "./jhw translations" says which are not. TEXTS
# prints those of the schema.
set -euo pipefail

editor=$(realpath "$2")
export JHW_INSPECTOR_TEXTS=$3
command -v msgmerge >/dev/null || exit 77
"$1/tools/translations.sh" --allow 40

# The program speaks it.
cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/de/LC_MESSAGES"
msgfmt --output-file="$work/de/LC_MESSAGES/jailhouse-workbench.mo" \
	workbench-gtk/po/de.po
project=boards/arm64/qemu-arm64/system.json
if JAILHOUSE_LOCALES=$work LC_ALL=C.UTF-8 LANGUAGE=de "$editor" \
	--picture "$work/x.gif" "$project" 2>"$work/said"; then
	exit 1
fi
grep -q 'Namen von Bildern enden auf' "$work/said" || {
	cat "$work/said" >&2
	exit 1
}
