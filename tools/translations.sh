#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# translations.sh [--update] [--allow N] [LANGUAGE…]: which texts of the editor lack
# their translation, as entries for workbench-gtk/po/LANGUAGE.po; fails if there are
# any, or more than N of them. --update puts them there, empty, in the order of the
# sources, and drops what no source has any more.
#
# Texts are those marked in the files that po/POTFILES names, which must be all
# that have some, and what the schema says of the fields in the inspector.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

update=
allowed=0
while [ $# -gt 0 ]; do
	case $1 in
	--update) update=1 ;;
	--allow)
		allowed=${2:?--allow: how many}
		shift
		;;
	-*) die "usage: ./jhw translations [--update] [--allow N] [LANGUAGE…]" 2 ;;
	*) break ;;
	esac
	shift
done
command -v msgmerge >/dev/null ||
	die "no msgmerge: install gettext (./jhw setup does)"

# The program that prints what the schema says; tests name theirs.
if [ -z "${JHW_INSPECTOR_TEXTS-}" ]; then
	with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh" host
	JHW_INSPECTOR_TEXTS=$JHW_BUILD/host/tests/gtk/inspector-texts
fi
JHW_INSPECTOR_TEXTS=$(realpath "$JHW_INSPECTOR_TEXTS")

cd "$JHW_TOP"
po=workbench-gtk/po
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# A file with texts that nobody looks at would stay in English.
grep -v '^#' "$po/POTFILES" >"$work/listed"
find workbench-gtk -name '*.c' -exec grep -lE '\b(N?_|ngettext)\(' {} + \
	>"$work/found" || :
find workbench-gtk -name '*.ui' -exec grep -l 'translatable="yes"' {} + \
	>>"$work/found" || :
LC_ALL=C sort -o "$work/found" "$work/found"
diff -u --label "$po/POTFILES" --label 'files with texts for people' \
	"$work/listed" "$work/found" || die "bring $po/POTFILES up to date"

"$JHW_INSPECTOR_TEXTS" >"$work/schema.c"
xgettext --from-code=UTF-8 --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
	--files-from="$work/listed" --output="$work/marked.pot"
xgettext --from-code=UTF-8 --keyword=N_ --output="$work/schema.pot" \
	"$work/schema.c"
msgcat --use-first "$work/marked.pot" "$work/schema.pot" \
	--output-file="$work/all.pot"
all=$(grep -c '^msgid' "$work/all.pot")

[ $# -gt 0 ] || mapfile -t languages < <(grep -v '^#' "$po/LINGUAS")
[ $# -eq 0 ] || languages=("$@")
behind=()
for language in "${languages[@]}"; do
	[ -f "$po/$language.po" ] || die "there is no $po/$language.po"
	msgfmt --check --output-file=/dev/null "$po/$language.po"
	! grep -n '^#, .*fuzzy' "$po/$language.po" >&2 ||
		die "$po/$language.po: look at these entries, they are not used"
	msgmerge --quiet --no-fuzzy-matching --no-location --no-wrap \
		"$po/$language.po" "$work/all.pot" \
		--output-file="$work/merged.po"
	msgattrib --no-obsolete --no-wrap "$work/merged.po" \
		--output-file="$work/$language.po"
	msgattrib --force-po --untranslated --no-obsolete --no-wrap "$work/merged.po" \
		--output-file="$work/missing.po"
	sed '1,/^$/d' "$work/missing.po" >"$work/missing" # less its head
	missing=$(grep -c '^msgid ' "$work/missing" || :)
	say "$language: $missing of $((all - 1)) texts are not translated"
	[ -z "$update" ] || cp "$work/$language.po" "$po/$language.po"
	[ -n "$update" ] || cat "$work/missing"
	[ "$missing" -le "$allowed" ] || behind+=("$language")
done
[ "${#behind[@]}" -eq 0 ] || [ -n "$update" ] ||
	die "translate the texts above in $po/, in ${behind[*]}"
