#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a reboot disables first
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 180

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

jh_enable
on_ok jailhouse cell create "$(tick_cell)"
on_ok jailhouse cell load 1 "$INMATES/uart-demo.bin"
on_ok jailhouse cell start 1
pid=$(emu_pid "$BOARD_DIR")
mark=$(serial_mark)
# The connection ends with the machine.
on 'reboot -f' >"$TEST_DIR/reboot.log" 2>&1 || true
timeout 120 tail --pid="$pid" -s 0.1 -f /dev/null ||
	fail "the machine does not restart"
log=$(serial_since "$mark")
assert_match "console" 'Destroyed Jailhouse cell "tick-demo"' "$log"
assert_match "console" 'Shutting down hypervisor' "$log"
assert_match "console" 'The Jailhouse was closed\.' "$log"
assert_match "console" 'reboot: Restarting system' "$log"
assert_no_match "console" 'still enabled|WARNING|BUG:|Oops' "$log"
