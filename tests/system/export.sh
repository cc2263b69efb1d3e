#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: an exported folder brings the cells up, with nothing else
# board: qemu-arm64
# kernel: 6.1
# timeout: 120

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

folder=/root/"a project's folder"
inmates=$JHW_BUILD/arm64/inmates

# launch ARGS…: the script there. The board's shell sees the folder's name in
# quotes.
launch="sh '/root/a project'\\''s folder/launch.sh'"

"$JHW_BUILD/host/cli/jailhouse" config export \
	"$JHW_TOP/boards/arm64/qemu-arm64/system.json" -s demos \
	-i "inmate-demo:inmate=$inmates/uart-demo.bin,tick-demo:inmate=$inmates/gic-demo.bin" \
	-o "$TEST_DIR/export" >/dev/null
on mkdir -p "$folder"
put "$TEST_DIR"/export/* "$folder/"

# Nothing is there yet, not even the driver.
on_fails 3 'not enabled' "$launch status"

mark=$(serial_mark)
on_ok "$launch start"
for n in 1 2 3; do
	wait_serial "Hello $n from cell!" 20 "$mark" >/dev/null
done
wait_remote "$(cell_sysfs tick-demo)/console" 'Timer fired' 20
status=$(on "$launch status")
assert_match "status" '^cell "inmate-demo": running, CPUs 3$' "$status"
assert_match "status" '^cell "tick-demo": running, CPUs 2$' "$status"

# What runs is what was compiled: a second start finds nothing to do.
assert_no_match "a second start" '^jailhouse ' "$(on_ok "$launch start")"

on_ok "$launch stop"
assert_eq "what is left" "" "$(on 'ls -d /dev/jailhouse \
	/sys/devices/jailhouse /run/jailhouse-launch 2>/dev/null || :')"
assert_eq "online CPUs" "$(on cat /sys/devices/system/cpu/present)" \
	"$(on cat /sys/devices/system/cpu/online)"

# A folder that did not arrive whole is refused before anything is done.
on "truncate -s 100 '/root/a project'\\''s folder/uart-demo.bin'"
on_fails 1 'uart-demo.bin' "$launch start"
assert_eq "what is left" "" "$(on 'ls -d /dev/jailhouse 2>/dev/null || :')"
