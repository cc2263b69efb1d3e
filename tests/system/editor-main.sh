#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the editor, from a device tree to a cell that speaks, with a pointer
# board: zynqmp-zcu102
# kernel: 6.1
# timeout: 600

. "$(dirname "$0")/editor-lib.sh"

project=$TEST_DIR/project
rm -rf "$project" "$TEST_DIR/out"
mkdir -p "$project" "$TEST_DIR/out"
cp "$(inmate uart-demo)" "$project"

# --- design: nothing of the emulator is known --------------------------------

gui_start "$editor" --target "emu://$JHW_BOARD" \
	"$(editor_tree xilinx/zynqmp-zcu102-rev1.0.dtb)"
gui_wait REVIEW
gui_click 'Create Project'
gui_wait READY
gui_wait SETTLED
gui_click 'New cell…'
gui_type Name rtos
gui_type Memory 64K
gui_click 'Create Cell'
gui_wait 'changed undo=New cell rtos*'
gui_wait SETTLED
gui_gone 'Create Cell'
gui_drag CPU_3 rtos
gui_drag serial1 rtos
assert_match "problems" '^0 errors' "$gui_problems"

xdotool key ctrl+s
gui_choose "$project/system.json" Save
gui_wait 'notice Saved*'
gui_select_cell rtos
gui_type Program uart-demo.bin
xdotool key Return
gui_wait 'changed undo=Change Program of rtos*'
xdotool key ctrl+s
gui_wait 'notice Saved*'
xdotool key ctrl+e
gui_choose "$TEST_DIR/out" Open
gui_wait 'notice Wrote*'
"$JHW_BUILD/host/cli/jailhouse" config compile "$project/system.json" \
	--cell rtos -o "$TEST_DIR/rtos.cell"
cmp "$TEST_DIR/rtos.cell" "$TEST_DIR/out/rtos.cell" ||
	fail "the exported cell is not what the project says"

# --- on the board ------------------------------------------------------------

editor_deploy
gui_wait_cell rtos running
gui_click rtos # the tab of its console
gui_wait 'console Hello 1 from cell!'
assert_match "on the board" '^1 +rtos +running +3 ' "$(on jailhouse cell list)"

editor_cell shutdown rtos
gui_wait_cell rtos 'shut down'
editor_cell destroy rtos
gui_click Destroy
gui_wait_cell rtos absent
gui_click 'Disable…'
gui_click Disable
gui_wait 'target hypervisor disabled'
assert_eq "enabled" 0 "$(on cat /sys/devices/jailhouse/enabled)"
