#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# translations.sh TREE EDITOR: po/POTFILES names each file of the editor that has texts
# for people, and no other; each translation can be compiled, has its formats
# right, and is of today's texts.
set -euo pipefail

editor=$(realpath "$2")
cd "$1"
command -v msgfmt >/dev/null || exit 77
po=workbench-gtk/po
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

grep -v '^#' "$po/POTFILES" >"$work/listed"
find workbench-gtk -name '*.c' -exec grep -lE '\b(N?_|ngettext)\(' {} + \
	>"$work/found" || :
find workbench-gtk -name '*.ui' -exec grep -l 'translatable="yes"' {} + \
	>>"$work/found" || :
LC_ALL=C sort -o "$work/found" "$work/found"
diff -u --label "$po/POTFILES" --label 'files with texts for people' \
	"$work/listed" "$work/found" || {
	echo "translations.sh: bring $po/POTFILES up to date" >&2
	exit 1
}

xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ \
	--files-from="$work/listed" --output="$work/all.pot"
# shellcheck disable=SC2013 # one word a line
for language in $(grep -v '^#' "$po/LINGUAS"); do
	msgfmt --check --output-file="$work/$language.mo" "$po/$language.po"
	# a third of the texts at least, and none that means something else
	msgmerge --quiet --no-fuzzy-matching "$po/$language.po" "$work/all.pot" \
		--output-file="$work/$language.po"
	all=$(grep -c '^msgid' "$work/all.pot")
	without=$(msgattrib --untranslated "$work/$language.po" |
		grep -c '^msgid' || :)
	echo "$language: $without of $all texts are not translated"
	[ $((3 * without)) -lt $((2 * all)) ] || {
		echo "translations.sh: $po/$language.po is behind" >&2
		exit 1
	}
done

# The program speaks it.
mkdir -p "$work/de/LC_MESSAGES"
msgfmt --output-file="$work/de/LC_MESSAGES/jailhouse-workbench.mo" "$po/de.po"
project=boards/arm64/qemu-arm64/system.json
if JAILHOUSE_LOCALES=$work LC_ALL=C.UTF-8 LANGUAGE=de "$editor" \
	--picture "$work/x.gif" "$project" 2>"$work/said"; then
	exit 1
fi
grep -q 'Namen von Bildern enden auf' "$work/said" || {
	cat "$work/said" >&2
	exit 1
}
