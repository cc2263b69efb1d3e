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

cd "$1"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# said TEXT LANGUAGE: what it is there.
said()
{
	[ "$2" = en ] || msggrep --no-wrap -K -F -e "$1" \
		"workbench-gtk/po/$2.po" 2>/dev/null |
		awk -v id="msgid \"$1\"" '$0 == id { getline; sub(/^msgstr "/, "")
			sub(/"$/, ""); print; exit }'
	[ "$2" != en ] || printf '%s\n' "$1"
}

# Each letter that opens something in the menu opens one thing.
sed -n '/<menu /,/<\/menu>/s/.*translatable="yes">\([^<]*\)<.*/\1/p' \
	workbench-gtk/data/window.ui >"$work/menu"
for language in en de; do
	while IFS= read -r text; do
		said "$text" "$language" | sed -n 's/.*_\(.\).*/\L\1/p'
	done <"$work/menu" | sort >"$work/keys"
	if [ "$(wc -l <"$work/keys")" -ne "$(wc -l <"$work/menu")" ] ||
		[ -n "$(uniq -d "$work/keys")" ]; then
		echo "translations.sh: the menu in $language: each entry needs" \
			"a letter of its own: $(xargs <"$work/keys")" >&2
		exit 1
	fi
done

# The program speaks it.
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
