#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# What bash offers for a line, by the completion that the build made.
. "$(dirname "$0")/lib.sh"

# shellcheck source=/dev/null
. "${COMPLETION:?the completion file}"
cd "$tmp"
set +e # as in an interactive shell; checks exit by themselves

# offers WORD…: completes the last word; the offers, sorted, in $words.
offers()
{
	COMP_WORDS=(jailhouse "$@")
	COMP_CWORD=$#
	COMPREPLY=()
	_jailhouse
	words=$(printf '%s\n' "${COMPREPLY[@]}" | sort | paste -sd ' ')
}

offers ''
has "commands" "cell" "$words"
has "commands" "enable" "$words"
offers cel
is "a noun" cell "$words"
offers cell s
is "verbs" "shutdown start stats" "$words"
offers cell list --
is "options" "--help --json" "$words"

offers --target local cel
is "a noun behind a target" cell "$words"
offers --target ssh : //root@board : 22 --jobs = 3 cell s
is "verbs behind a target" "shutdown start stats" "$words"

touch a.cell a.json a.bin
mkdir dir
offers enable ''
is "configurations" "a.cell dir" "$words"
offers config edit a.json add-
has "changes" "add-to-scenario" "$words"
has "changes" "add-cell" "$words"
offers config edit a.json wa
is "a change" "waive" "$words"
offers config compile ''
is "project files" "a.json dir" "$words"
offers config compile x.json -o ''
is "any file behind -o" "a.bin a.cell a.json dir" "$words"

offers --targets ''
is "a list of targets" "a.bin a.cell a.json dir" "$words"

export JAILHOUSE_ROOT=$tmp/root
for id in 0 1; do
	mkdir -p "$JAILHOUSE_ROOT/sys/devices/jailhouse/cells/$id"
	echo "name-$id" >"$JAILHOUSE_ROOT/sys/devices/jailhouse/cells/$id/name"
done
offers cell start ''
is "cells" "0 1 name-0 name-1" "$words"
offers cell destroy name-1
is "a cell" "name-1" "$words"
offers cell load 1 a.b
is "images behind a cell" "a.bin" "$words"

complete -p jailhouse | grep -q -- '-F _jailhouse jailhouse' ||
	fail "the completion is not registered"
