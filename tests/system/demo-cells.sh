#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: uart-demo and gic-demo, as a user sees them
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# kernel: 6.1 6.12
# timeout: 120

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

cell=$(board_cell inmate-demo)

# Where the cell has a UART of its own, what it says comes out there, and there
# alone.
ROOT_SERIAL=$SERIAL
SERIAL=$(cell_serial)
uart=$(basename "$SERIAL" .log)
note "UART of the cell: $(jq -r ".uarts[${uart#uart}].what" \
	"$JHW_TOP"/boards/*/"$(board_name)"/emulator.json)"

# transcript MARK: what came out of it since, in the log of this test
transcript()
{
	serial_since "$1" | sed "s/^/    $uart: /"
}

jh_enable
on_ok jailhouse cell create "$cell"
list=$(on jailhouse cell list)
assert_match "root in the list" "^0 +$(board_name) +running +0-2 " "$list"
assert_match "cell in the list" '^1 +inmate-demo +shut down +3 ' "$list"

on_ok jailhouse cell load inmate-demo "$INMATES/uart-demo.bin"
mark=$(serial_mark)
on_ok jailhouse cell start inmate-demo
for n in 1 2 3; do
	wait_serial "Hello $n from cell!" 10 "$mark" >/dev/null
done
transcript "$mark"
assert_match "running" '^1 +inmate-demo +running +3 ' \
	"$(on jailhouse cell list)"

# It answers a shutdown request, and counts from 1 again when restarted.
mark=$(serial_mark)
on_ok jailhouse cell shutdown inmate-demo
wait_serial 'Shutting down on request' 10 "$mark"
assert_match "after shutdown" '^1 +inmate-demo +shut down +3 ' \
	"$(on jailhouse cell list)"
mark=$(serial_mark)
on_ok jailhouse cell start inmate-demo
wait_serial 'Hello 1 from cell!' 10 "$mark"

mark=$(serial_mark)
cell_run inmate-demo gic-demo "ticks=10"
wait_serial '^Summary: ' 10 "$mark" >/dev/null
out=$(serial_since "$mark")
assert_match "gic-demo" '^Initializing the GIC\.\.\.' "$out"
assert_match "gic-demo" '^Initializing the timer\.\.\.' "$out"
assert_match "gic-demo" \
	'^Timer fired, jitter: +[0-9]+ ns, min: +[0-9]+ ns, max: +[0-9]+ ns' "$out"
transcript "$mark"
assert_match "gic-demo" '^Summary: ticks 10, ' "$out"
assert_summary "gic-demo" "$out"
cell_wait inmate-demo 'shut down' 10
[ "$SERIAL" = "$ROOT_SERIAL" ] ||
	assert_no_match "the root's UART" '(Hello|Timer fired|Summary:) ' \
		"$(cat "$ROOT_SERIAL")"

on_ok jailhouse cell destroy inmate-demo
assert_eq "cells left" 1 "$(on 'ls /sys/devices/jailhouse/cells | wc -l')"
jh_disable
