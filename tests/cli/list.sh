#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# cell list and cell stats of a recorded machine.
. "$(dirname "$0")/lib.sh"

export JAILHOUSE_ROOT=$tmp/root
sysfs=$JAILHOUSE_ROOT/sys/devices/jailhouse

run 1 cell list
has "no such copy" "cannot be read" "$err"
mkdir "$JAILHOUSE_ROOT"

run 0 cell list
is "no driver" "" "$out$err"
run 0 cell list --json
is "no driver, JSON" "[]" "$(jq -c . <<<"$out")"
run 1 cell stats 1
has "stats of nothing" "reading stats: No such file or directory" "$err"

# cell ID NAME STATE CPUS FAILED
cell()
{
	mkdir -p "$sysfs/cells/$1/statistics"
	echo "$2" >"$sysfs/cells/$1/name"
	echo "$3" >"$sysfs/cells/$1/state"
	echo "$4" >"$sysfs/cells/$1/cpus_assigned_list"
	echo "$5" >"$sysfs/cells/$1/cpus_failed_list"
}

cell 0 root running 0-1 ""
cell 1 inmate "shut down" 2-3 3
run 0 cell list
printf -v expected '%-8s%-24s%-18s%-24s%-24s\n' \
	ID Name State "Assigned CPUs" "Failed CPUs" \
	0 root running 0-1 "" \
	1 inmate "shut down" 2-3 3
is "list" "${expected%$'\n'}" "$out"

run 0 cell list --json
is "list as JSON" '["inmate",[2,3],[3]]' \
	"$(jq -c '.[1] | [.name, .cpus_assigned, .cpus_failed]' <<<"$out")"

# counter CELL [CPU/]NAME VALUE
counter()
{
	mkdir -p "$(dirname "$sysfs/cells/$1/statistics/$2")"
	echo "$3" >"$sysfs/cells/$1/statistics/$2"
}

counter 1 vmexits_total 42
counter 1 vmexits_mmio 40
counter 1 cpu2/vmexits_total 30
counter 1 cpu3/vmexits_total 12
run 0 cell stats inmate
has "stats: title" "Statistics for inmate cell" "$out"
[[ $out =~ COUNTER\ \(All\ CPUs\)\ +SUM\ +PER\ SEC ]] || fail "stats: $out"
[[ $out =~ vmexits_total\ +42\ +0 ]] || fail "stats: $out"
echo 6000 >"$sysfs/cells/1/statistics/vmexits_total_ticks"
echo 700 >"$sysfs/cells/1/statistics/vmexits_total_max_ticks"
run 0 cell stats inmate
[[ $out =~ PER\ SEC\ +TICKS\ +WORST ]] || fail "stats with costs: $out"
[[ $out =~ vmexits_total\ +42\ +0\ +6000\ +700 ]] ||
	fail "stats with costs: $out"

run 0 cell stats 1 --json
is "stats as JSON" '[1,42,12]' \
	"$(jq -c '[.id, .counters.vmexits_total,
		.cpus["3"].vmexits_total]' <<<"$out")"
run 1 cell stats --name 1
has "a number as a name" "reading stats: No such file" "$err"
