#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Exit codes and where texts go, for right and wrong usage.
. "$(dirname "$0")/lib.sh"

run 0 --help
has "help on stdout" "Usage: jailhouse { COMMAND" "$out"
is "nothing on stderr" "" "$err"

run 0 help
has "help" "cell create CELLCONFIG" "$out"

run 0 --version
[[ $out == "Jailhouse management tool "[0-9]* ]] || fail "version: $out"

run 1
has "usage on stderr" "Usage: jailhouse" "$err"
is "nothing on stdout" "" "$out"

run 1 nonsense
has "the word is named" 'there is no command "nonsense"' "${err##*$'\n'}"
run 1 cell
has "its commands" "cell create CELLCONFIG" "$err"
lacks "commands of others" "config check" "$err"
run 1 cell nonsense
has "both words are named" 'there is no command "cell nonsense"' \
	"${err##*$'\n'}"
run 0 cell --help
has "its commands on stdout" "cell create CELLCONFIG" "$out"
lacks "commands of others on stdout" "config check" "$out"
is "nothing on stderr" "" "$err"
run 1 enable
is "what is wrong, and the synopsis" 3 "$(wc -l <<<"$err")"
has "the command is named" "jailhouse: enable: an operand is missing" "$err"
has "where to read on" '"jailhouse enable --help" says more' "$err"
run 1 enable a b
run 1 disable now
run 1 cell list extra
run 1 cell list --nonsense
run 1 cell create
run 1 cell start
run 1 cell start --name
run 1 cell start 1 2
run 1 cell load 1
run 1 cell load --name 1
run 1 cell load 1 -s
run 1 cell load 1 x -a
run 1 cell load 1 x -a nonsense
has "the bad word is named" "nonsense: not an address" "$err"
run 1 console -x
# a newer verb
run 2 config compile
run 2 config compile a b

while read -r words; do
	# shellcheck disable=SC2086 # a noun and a verb
	run 0 $words --help
	has "$words --help" "Usage: jailhouse $words" "$out"
	is "$words --help: stderr" "" "$err"
done <<'END'
enable
disable
console
cell create
cell list
cell load
cell start
cell shutdown
cell destroy
cell stats
cell enable
hardware check
config compile
config convert
config create
config diff
config edit
config export
config import
config plan
config report
config show
END

# no driver here
export JAILHOUSE_ROOT=$tmp
for words in "disable" "console" "cell start 1" "cell shutdown 1" \
	     "cell destroy 1" "cell load 1 -s x"; do
	# shellcheck disable=SC2086
	run 1 $words
	has "$words" "opening /dev/jailhouse: No such file or directory" "$err"
done

# a full disk must not look like success
status=0
"$JAILHOUSE" --help >/dev/full 2>"$tmp/err" || status=$?
is "help to a full disk" 1 "$status"
