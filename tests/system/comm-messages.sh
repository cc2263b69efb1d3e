#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: messages to a cell that agrees, denies, is late, or never answers
# board: qemu-arm64
# timeout: 180
#
# The cell's configuration gives it 1.5 s (msg_reply_timeout_us).

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

other=$CELLS/qemu-arm64-tick-demo.cell
timeout='Timeout expired while waiting for reply'

# comm_run COMMAND-LINE: sets mark, the place in the cell's console.
comm_run()
{
	mark=$(cell_mark comm)
	cell_run comm comm-test "$1"
	wait_on 10 "tail -c +$((mark + 1)) $sysfs/console | grep -q ready"
}

# said REGEX: the cell did.
said()
{
	assert_match "the cell" "$1" "$(cell_console comm "$mark")"
}

state()
{
	on cat "$sysfs/state"
}

hypervisor_log()
{
	on cat /sys/devices/jailhouse/console
}

jh_enable
on_ok jailhouse cell create "$(cell_config comm)"
sysfs=$(cell_sysfs comm)

note "a cell that agrees, also late"
comm_run "late=300"
on_ok jailhouse cell shutdown comm
said '^message 1, reply 3$'
assert_eq "state" "shut down" "$(state)"
assert_no_match "in time" "$timeout" "$(hypervisor_log)"

note "a cell that denies twice"
comm_run "deny=2"
on_fails any . jailhouse cell shutdown comm
on_fails any . jailhouse cell destroy comm
assert_eq "state" running "$(state)"
on_ok jailhouse cell shutdown comm
assert_eq "requests denied" 2 \
	"$(cell_console comm "$mark" | grep -c '^message 1, reply 2$')"

note "an answer that makes no sense counts as no"
comm_run "unknown=1"
on_fails any . jailhouse cell shutdown comm
on_ok jailhouse cell shutdown comm
said '^message 1, reply 1$'

note "cells hear of other cells"
comm_run ""
on_ok jailhouse cell create "$other"
said '^message 2, reply 4$'
on_ok jailhouse cell destroy tick-demo
assert_eq "messages about others" 2 \
	"$(cell_console comm "$mark" | grep -c '^message 2, reply 4$')"
on_ok jailhouse cell shutdown comm

note "a cell that never answers"
comm_run "ignore"
assert_no_match "before" "$timeout" "$(hypervisor_log)"
on_ok jailhouse cell shutdown comm
said '^message 1, no reply$'
assert_match "the hypervisor" "$timeout" "$(hypervisor_log)"
assert_eq "state" "shut down" "$(state)"

note "a cell that locks the configuration"
comm_run "state=1"
assert_eq "state" running/locked "$(state)"
on_fails any . jailhouse cell create "$other"
assert_eq "cells" "0 1" "$(on ls /sys/devices/jailhouse/cells | xargs)"
on_ok jailhouse cell shutdown comm
on_ok jailhouse cell create "$other"
on_ok jailhouse cell destroy tick-demo

note "a cell that does not know the comm region"
comm_run "state=4 ignore"
assert_eq "state" "Comm ABI mismatch" "$(state)"
mark=$(hypervisor_log | grep -c "$timeout") || true
on_ok jailhouse cell shutdown comm
assert_eq "nobody waited for it" "$mark" \
	"$(hypervisor_log | grep -c "$timeout" || true)"

note "a cell that says nonsense of its state"
comm_run "state=77"
assert_eq "state" invalid "$(state)"
on_ok jailhouse cell shutdown comm
assert_eq "state" "shut down" "$(state)"

on_ok jailhouse cell destroy comm
jh_disable
