#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: jh-top on the line that the hypervisor writes to as well
# board: qemu-arm64
# timeout: 240
#
# The user has logged in by the serial line of the board, and the hypervisor's
# own console is the same line: what it writes over is repaired.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/jh-top-lib.sh"

# whole: what is on the screen, when all that was sent before is there: answers
# to keys come behind it.
whole()
{
	screen keys /
	screen wait 'Search:'
	screen keys '\e'
	screen wait F10Quit
	screen show
}

# said REGEX: the hypervisor has said that on the line since the last time, and
# the screen is what it is when all of it is drawn anew.
said()
{
	local repaired
	wait_serial "$1" 20 "$mark"
	whole
	repaired=$shown
	screen keys $'\f'
	whole
	[ "$repaired" = "$shown" ] ||
		fail "repaired: $repaired, but drawn anew: $shown"
	mark=$(serial_mark)
}

on_ok modprobe jailhouse
access=$(cell_config access)
# the kernel's own messages are none of the hypervisor's
on 'dmesg -n 1; setsid getty -n -l /bin/sh -L 115200 ttyAMA0 vt100 \
	>/dev/null 2>&1 </dev/null &'
screen_start "$(command -v socat)" -,raw,echo=0 \
	"UNIX-CONNECT:$BOARD_DIR/uart0.sock"
screen wait '~ #'
screen keys "stty 921600 rows 50 cols 100; export LC_ALL=C.UTF-8 HOME=/root\\n"
screen keys "jh-top --readonly ${hourly[*]}\\n"
screen wait 'The hypervisor is disabled.'

mark=$(serial_mark)
jh_enable
seen "the hypervisor" 'hypervisor enabled'
said 'Initializing Jailhouse hypervisor'
on_ok jailhouse cell create "$access"
seen "a cell comes" 'cell "access" was created'
said 'Created cell "access"'
cell_run access gic-demo "quiet rate=10"
seen "it runs" 'cell "access": running'
on_ok jailhouse cell shutdown access
cell_run access access-test "op=write addr=$UART width=4"
cell_wait access failed 20
seen "it fails" 'F failed'
said 'Parking CPU 3'
numbers access
on_ok jailhouse cell destroy access
seen "it goes" 'cell "access" was destroyed'
said 'Closing cell "access"'
jh_disable
seen "the hypervisor has gone" 'The hypervisor is disabled.'

# The line is the shell's again, with all that it had.
screen keys q
screen wait '~ #' # what is typed before that is lost
screen keys 'echo left-$((40 + 2))\n'
screen wait left-42
assert_eq "jh-top" '' "$(on 'pidof jh-top || true')"
screen keys 'exit\n'
screen_close
