#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a project is deployed, again, changed, and taken back when it fails
# board: qemu-arm64
# timeout: 400

. "$(dirname "$0")/lib.sh"

export JHCFG_MODULES=$JHW_TOP/build/host/libjhcfg
inmates=$JHW_TOP/build/arm64/inmates
project=$TEST_DIR/project
sysfs=/sys/devices/jailhouse
run=/run/jailhouse-workbench/deploy

# deploy STATUS ARGUMENT…: its output is in $out, as JSON
deploy()
{
	local status=$1 rc=0
	shift
	out=$("$JHW_TOP/build/host/cli/jailhouse" --target "emu://$JHW_BOARD" \
		target deploy "$project/system.json" -j "$@" \
		2>"$TEST_DIR/deploy.err") || rc=$?
	[ "$rc" -eq "$status" ] ||
		fail "deploy $*: exit status $rc: $(cat "$TEST_DIR/deploy.err") $out"
}

# steps: what was done, or would be
steps()
{
	jq -r '[.steps[] | select(.back | not) | .step +
		(if .object == "" then "" else " " + .object end)] |
		join(", ")' <<<"$out"
}

# edit FILE FILTER: changes the project
edit()
{
	jq "$2" "$project/$1" >"$project/$1.new"
	mv "$project/$1.new" "$project/$1"
}

# state: all that the board runs, and all that we left there
state()
{
	on "cat $sysfs/enabled /sys/devices/system/cpu/online
		for c in $sysfs/cells/*; do [ -d \$c ] || continue
			cat \$c/name \$c/state \$c/cpus_assigned_list
			sha256sum <\$c/config; done
		ls $run 2>/dev/null | sed 's/loaded-.*/loaded/'; lsmod |
		grep -c '^jailhouse '"
}

mkdir "$project"
cp -r "$JHW_TOP/boards/arm64/qemu-arm64/." "$project"
mkdir "$project/images"
cp "$inmates/uart-demo.bin" "$inmates/gic-demo.bin" "$project/images"
edit cells/inmate-demo.json '.images =
	[{"kind": "inmate", "file": "images/uart-demo.bin", "address": "0x0"}]'
edit cells/tick-demo.json '.images =
	[{"file": "images/gic-demo.bin", "address": 0},
	 {"text": "ticks=1000000", "address": "0x1000"}]'

# One command, from nothing to two cells that run.
mark=$(serial_mark)
deploy 0 -s demos
assert_eq "all steps" "upload system.cell, upload inmate-demo.cell, \
upload images/uart-demo.bin, upload tick-demo.cell, \
upload images/gic-demo.bin, load driver, enable, cell create inmate-demo, \
cell load inmate-demo, cell start inmate-demo, cell create tick-demo, \
cell load tick-demo, cell start tick-demo, clean up" "$(steps)"
wait_serial 'Hello 2 from cell!' 60 "$mark"
assert_eq "cells" "qemu-arm64 running inmate-demo running tick-demo running" \
	"$(on "for c in $sysfs/cells/*; do cat \$c/name \$c/state; done" |
		xargs)"

# The same again: nothing.
before=$(state)
deploy 0 -s demos
assert_eq "second time" "" "$(steps)"
assert_eq "unchanged" "$before" "$(state)"

# Another image of one cell, and another size of the other.
cp "$inmates/gic-demo.bin" "$project/images/uart-demo.bin"
edit cells/tick-demo.json '.memory[0].size = "128K"'
deploy 0 -s demos
assert_eq "only the change" "upload images/uart-demo.bin, \
upload tick-demo.cell, cell destroy tick-demo, cell shutdown inmate-demo, \
cell load inmate-demo, cell start inmate-demo, cell create tick-demo, \
cell load tick-demo, cell start tick-demo, clean up" "$(steps)"

# "jailhouse" there fails at its Nth call, before or behind what it does. Each
# call of all is the business of the unit test "deploy".
on_ok "mv /usr/sbin/jailhouse /usr/sbin/jailhouse.real
cat >/usr/sbin/jailhouse <<'END'
#!/bin/sh
echo >>/tmp/calls
if [ \$(wc -l </tmp/calls) = \"\$(cat /tmp/fail)\" ]; then
	[ ! -e /tmp/late ] || /usr/sbin/jailhouse.real \"\$@\"
	echo 'injected failure' >&2
	exit 1
fi
exec /usr/sbin/jailhouse.real \"\$@\"
END
chmod +x /usr/sbin/jailhouse"
before=$(state)

# fails_at N early|late: and the board is as it was before
fails_at()
{
	on_ok "rm -f /tmp/calls /tmp/late; echo $1 >/tmp/fail
		[ $2 = early ] || : >/tmp/late"
	deploy 1 -s demos
	assert_match "failure at call $1, $2" 'injected failure' "$out"
	assert_eq "as before" "$before" "$(state)"
}

# A cell that is made again: destroy, create, load, start.
edit cells/tick-demo.json '.memory[0].size = "64K"'
fails_at 2 late
# All of it: two cells destroyed, disable, enable.
edit system.json '.root_cell.vpci_irq_base = 100'
fails_at 4 early

# And then it succeeds, watched: a client that says nothing any more after
# enabling would have it taken back.
on_ok "mv /usr/sbin/jailhouse.real /usr/sbin/jailhouse"
deploy 0 -s demos --rollback-after 300s
assert_match "another system" \
	'destroy inmate-demo, disable, enable, .*, confirm, clean up' \
	"$(steps)"
assert_eq "nothing of the watchdog is left" "" \
	"$(on "ls $run | grep -v -e '-.*bin' -e loaded || :")"
