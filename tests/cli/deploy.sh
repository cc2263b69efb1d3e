#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# target deploy: what it says, as text and as JSON, and its options.
. "$(dirname "$0")/lib.sh"

fake_target
project=$tmp/project
mkdir -p "$project/images"

cp -r "$SOURCE/boards/arm64/qemu-arm64/." "$project"
echo 'an image' >"$project/images/a.bin"
# edit FILE FILTER: changes the project
edit()
{
	jq "$2" "$project/$1" >"$project/$1.new"
	mv "$project/$1.new" "$project/$1"
}
for cell in inmate-demo tick-demo; do
	edit "cells/$cell.json" '.images =
		[{"file": "images/a.bin", "address": 0}]'
done

# deploy STATUS ARGS…: to a machine without hardware
deploy()
{
	local status=$1
	shift
	run "$status" --target local target deploy "$project/system.json" -s demos "$@"
}

# field FILTER: of what was printed as JSON
field()
{
	jq -rc "$1" <<<"$out"
}

all='["upload system.cell","upload inmate-demo.cell","upload images/a.bin",'\
'"upload tick-demo.cell","load driver ","enable ","cell create inmate-demo",'\
'"cell load inmate-demo","cell start inmate-demo","cell create tick-demo",'\
'"cell load tick-demo","cell start tick-demo","clean up "]'

# --- refused, and only shown -------------------------------------------------

cp "$project/cells/tick-demo.json" "$tmp/good.json"
cp "$project/cells/inmate-demo.json" "$tmp/other.json"
edit cells/tick-demo.json ".cpus = $(jq -c .cpus "$tmp/other.json")"
deploy 1
has "refused" "1 finding of the rules speaks against it" "$err"
has "the finding" "error: C02 " "$err"
has "how to go on" "or use --force" "$err"
deploy 1 -j
is "refused" '["refused",true]' \
	"$(field '[.outcome, (.findings | length > 0)]')"
is "nothing happened" "" "$(cat "$base/calls")$(ls "$tmp/root/sys/devices")"
cp "$tmp/good.json" "$project/cells/tick-demo.json"

deploy 0 -n
has "a step of the plan" \
	"$base/bin/jailhouse cell create $tmp/root/run/jailhouse-workbench/" \
	"$out"
has "its reason" "(not there)" "$out"
has "bytes" "images/a.bin $tmp/root/run/jailhouse-workbench/deploy/" "$out"
deploy 0 -n -j
is "planned" '["planned","waiting"]' "$(field '[.outcome, .steps[0].state]')"
is "steps" "$all" "$(field '[.steps[] | .step + " " + .object]')"
is "still nothing happened" "" "$(cat "$base/calls")"

# --- done, again, and pruned -------------------------------------------------

deploy 0
has "a step" "  6 done: enable" "$out"
has "another" " 12 done: cell start tick-demo" "$out"
is "states" "running running running" "$(cat "$sysfs"/cells/*/state | xargs)"
deploy 0
has "the second time" "nothing to do: the target runs the project" "$out"

mkdir -p "$sysfs/cells/7"
cp "$sysfs/cells/1/config" "$sysfs/cells/7/config"
echo other >"$sysfs/cells/7/name"
echo 'shut down' >"$sysfs/cells/7/state"
deploy 1
has "somebody else's cell" "not of this project, and in the way" "$err"
has "how to go on" "or use --prune" "$err"
deploy 0 --prune
has "pruned" "done: cell destroy other" "$out"
[ ! -e "$sysfs/cells/7" ] || fail "the cell is still there"

# --- a failure ---------------------------------------------------------------

# fail_at VERB: the next call of "jailhouse cell VERB" does not happen
fail_at()
{
	printf '#!/bin/sh\n[ "$1 $2 $3" != "jailhouse cell %s" ] || {
		echo "%s" is too odd >&2; kill "$PPID"; }\n' "$1" "$1" \
		>"$base/hook"
	chmod +x "$base/hook"
}

before=$(cat "$sysfs"/cells/*/name "$sysfs"/cells/*/state)
echo 'another image' >"$project/images/a.bin"
fail_at load
deploy 1
has "the failed step" "failed: cell load inmate-demo" "$out"
has "what it said" "load is too odd" "$err"
has "the way back" "taking it back:" "$err"
has "its steps" "back" "$out"

fail_at shutdown
deploy 1 -j --no-rollback
is "without a way back" '["failed",[],"left out"]' "$(field '[.outcome,
	[.steps[] | select(.back)], .steps[-1].state]')"
has "told" "the steps that were done stay done" "$(field '.messages[].text')"

fail_at shutdown
deploy 1 -j --keep-going
is "all that does not need it" \
	'["failed","failed","failed"]' "$(field '[.outcome,
	(.steps[] | select(.step == "cell shutdown") | .state)]')"

rm "$base/hook"
deploy 0
is "mended" "$before" "$(cat "$sysfs"/cells/*/name "$sysfs"/cells/*/state)"

# --- wrong use ---------------------------------------------------------------

for time in '' 0 -1 30x 5h 99999999999999999999 '1 s'; do
	deploy 2 --rollback-after "$time"
	has "time" "not a time such as 30s" "$err"
done
run 1 --target local target deploy "$project/system.json" -s nonsense
has "a scenario" 'there is no scenario "nonsense"' "$err"
run 1 --target "recorded:$tmp/root" target deploy "$project/system.json" \
	-s demos
has "a recording" "nothing can be deployed to a recording" "$err"
