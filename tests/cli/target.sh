#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# target watch and record, and what is recorded as a target.
. "$(dirname "$0")/lib.sh"

sysfs=$tmp/root/sys/devices/jailhouse

# put FILE TEXT
put()
{
	mkdir -p "$(dirname "$sysfs/$1")"
	printf '%s\n' "$2" >"$sysfs/$1"
}

# field FILTER: of what was printed
field()
{
	jq -rc "$1" <<<"$out"
}

export JAILHOUSE_ROOT=$tmp/root
mkdir "$tmp/root"
run 0 target watch -n 1
is "without a driver" '[false,false,null,[]]' \
	"$(field '[.driver, .enabled, .mem_pool.size, .cells]')"

put enabled 1
put mem_pool_size 994
put mem_pool_used 71
put cells/0/name root
put cells/0/state running
put cells/0/cpus_assigned_list 0-2
put cells/0/cpus_failed_list ''
put cells/0/statistics/vmexits_total 12
put cells/0/statistics/cpu2/vmexits_total 4
put cells/1/name $'odd \e[31m name'
put cells/1/state 'shut down'
put cells/1/cpus_assigned_list 3
put cells/1/statistics/vmexits_total many
run 0 target watch -n 2 -d 0.01
is "two lines" 2 "$(wc -l <<<"$out")"
is "cells" '["root","running",[0,1,2],{"vmexits_total":12}]' \
	"$(field '.cells[0] | [.name, .state, .cpus_assigned, .counters]' |
		head -n 1)"
is "nonsense" 'null' "$(field '.cells[1].counters.vmexits_total' | tail -n 1)"
[[ $out != *$'\e'* ]] || fail "a name reaches the terminal as it is"

run 0 target record -n 1 "$tmp/a.jhrec"
run 1 target record -n 1 "$tmp/a.jhrec"
has "it exists" "File exists" "$err"
run 1 target record -n 1 "$tmp/none/a.jhrec"
has "no such folder" "No such file" "$err"

# the machine is gone, what was recorded is not
rm -r "$tmp/root"
unset JAILHOUSE_ROOT
run 0 --target "recorded:$tmp/a.jhrec" target watch -n 1
is "from the recording" '["root","running",[0,1,2],{"vmexits_total":12}]' \
	"$(field '.cells[0] | [.name, .state, .cpus_assigned, .counters]')"
run 0 --target "recorded:$tmp/a.jhrec" cell list --json
is "its list" '["root"]' "$(field 'map(.name)')"
run 1 --target "recorded:$tmp/a.jhrec" disable
has "nothing runs" "only commands that read" "$err"
run 1 --target "recorded:$tmp/none" cell list
has "no recording" "No such file" "$err"
head -c 300 "$tmp/a.jhrec" >"$tmp/cut"
run 1 --target "recorded:$tmp/cut" cell list
has "no moment" "there is no moment" "$err"

run 2 target watch -d 0
has "delay" "0.01 and 3600" "$err"
run 2 target watch -n 0
has "count" "not a number of looks" "$err"
run 2 target watch -d nan
run 2 --target
has "no target" "needs a value" "$err"
run 1 --target board cell list
has "no scheme" "no such kind of target" "$err"
