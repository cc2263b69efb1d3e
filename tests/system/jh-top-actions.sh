#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: jh-top creates, loads, starts, stops and destroys cells by keys
# board: qemu-arm64
# timeout: 240

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/jh-top-lib.sh"

# confirm KEY QUESTION ANSWER DONE…: an action by its key, until all is seen;
# the action itself looks again when it is over.
confirm()
{
	local text
	screen keys "$1"
	screen wait "$2"
	screen keys "$3\\n"
	shift 3
	for text; do
		screen wait "$text"
		note "by its key: $text"
	done
}

# with_file KEY QUESTION FILE: the name of a file is asked for before that
with_file()
{
	screen keys "$1"
	screen wait "$2"
	screen keys "$3\\n"
}

# made here, brought there by jh-top
cell_config inmate-demo >/dev/null
on 'rm /root/inmate-demo.cell'
get "$INMATES/uart-demo.bin" "$TEST_DIR/uart-demo.bin"

jh_enable
screen_start "$JH_TOP" --target "emu://$JHW_BOARD" --writable "${hourly[@]}"
screen wait 'hypervisor enabled'
with_file C 'Configuration of the cell' "$TEST_DIR/inmate-demo.cell"
confirm '' 'Create the cell of' y 'cell "inmate-demo" was created'
screen keys '/inmate-demo\n'
with_file L 'Image file' "$TEST_DIR/uart-demo.bin"
confirm '' 'into "inmate-demo"?' y 'load inmate-demo: done'
confirm s 'Start "inmate-demo"?' y 'start inmate-demo: done' \
	'cell "inmate-demo": running'
assert_eq "state" running "$(cell_state inmate-demo)"
confirm x 'type inmate-demo to confirm' inmate-demo \
	'shutdown inmate-demo: done' 'cell "inmate-demo": shut down'
assert_eq "state" 'shut down' "$(cell_state inmate-demo)"
numbers inmate-demo
confirm k 'type inmate-demo to confirm' inmate-demo \
	'destroy inmate-demo: done' 'cell "inmate-demo" was destroyed'
assert_eq "cells" qemu-arm64 "$(on 'cat /sys/devices/jailhouse/cells/*/name')"
screen_quit
jh_disable
