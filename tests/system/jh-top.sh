#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: jh-top shows a cell that comes and fails, live as in a recording
# board: qemu-arm64
# timeout: 240

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/jh-top-lib.sh"

on 'rmmod jailhouse 2>/dev/null || true'

# What others do to cells. The root's exits go on, and its load: the row of the
# root is no part of what is compared.
screen_start "$JH_TOP" --target "emu://$JHW_BOARD" --readonly "${hourly[@]}" \
	--record "$TEST_DIR/crash.jsonl"
screen wait 'The driver is not loaded.'
jh_enable
seen "the hypervisor" 'hypervisor enabled'
access=$(cell_config access)
on_ok jailhouse cell create "$access"
seen "a cell comes" 'cell "access" was created'
cell_run access access-test "op=write addr=$UART width=4"
cell_wait access failed 20
seen "it fails" 'F failed'
screen wait 'write of 4 bytes at 0x09000000: region 1 of qemu-arm64'
screen wait 'CPU 3 failed'
numbers access
screen keys l
screen wait 'Parking CPU 3'
screen keys Z
screen wait paused
screen show
live=$shown
screen_quit
printf '%s' "$live"

screen_start "$JH_TOP" --speed 64 --replay "$TEST_DIR/crash.jsonl" \
	--columns "$columns"
screen wait paused # at its end
screen show
assert_eq "the screen of the recording, but its first line" \
	"$(sed 1d <<<"$live")" "$(sed 1d <<<"$shown")"
screen_quit
jh_disable
