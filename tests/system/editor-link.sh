#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the editor, from the running board to Linux in a cell and ping over a link
# board: qemu-arm64
# kernel: 6.1
# timeout: 600

. "$(dirname "$0")/editor-lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/linux-lib.sh"

project=$TEST_DIR/project
rm -rf "$project"
mkdir -p "$project"
cp "$(inmate linux-loader)" "$project"
cp "$(cat "$BOARD_DIR/vmlinuz")" "$project/vmlinuz"
cp "$JHW_BUILD/image/$(cat "$BOARD_DIR/kernel")/initrd" "$project/initrd"
on cat /sys/firmware/fdt >"$TEST_DIR/virt.dtb"

# draw FROM TO: an edge between two cells, with the button held. Nodes tell
# their places whenever they are drawn.
draw()
{
	gui_centre "node:$1"
	printf '  draw from %s to %s\n' "$1" "$2"
	xdotool mousemove "$x" "$y" mousedown 1
	gui_wait "selected 1 $1"
	gui_centre "node:$2"
	xdotool mousemove $((x - 20)) "$y" mousemove "$x" "$y" mouseup 1
}

# give FIELD TEXT: in the inspector, to the cell
give()
{
	gui_type "$1" "$2"
	xdotool key Return
	gui_wait "changed undo=Change $1 of linux*"
}

# --- design: what the board says of itself -----------------------------------

gui_start "$editor" --target "emu://$JHW_BOARD" "$TEST_DIR/virt.dtb"
gui_wait REVIEW
gui_click 'Create Project'
gui_wait READY
gui_wait SETTLED
gui_click 'New cell…'
gui_type Name linux
gui_type Memory 160M
gui_click 'For Linux'
gui_click 'Create Cell'
gui_wait 'changed undo=New cell linux*'
gui_wait SETTLED
gui_gone 'Create Cell'
gui_drag CPU_2 linux
gui_drag CPU_3 linux

gui_click Links
gui_wait 'GEOM node:linux *'
draw root linux
gui_click Link # Ethernet is what the form offers first
gui_wait 'changed undo=*'
gui_gone Link

xdotool key ctrl+s
gui_choose "$project/system.json" Save
gui_wait 'notice Saved*'
gui_centre node:linux
xdotool mousemove "$x" "$y" click 1
gui_wait 'selected 1 linux'
give Program linux-loader.bin
give Kernel vmlinuz
give Initrd initrd
give 'Command line' "$LINUX_CMDLINE"
xdotool key ctrl+s
gui_wait 'notice Saved*'
assert_match "problems" '^0 errors' "$gui_problems"

# --- on the board ------------------------------------------------------------

editor_deploy
gui_wait_cell linux running
gui_click linux # the tab of its console
gui_wait 'console *jhw: ready after*'
assert_match "on the board" '^1 +linux +running +2-3 ' \
	"$(on jailhouse cell list)"

keys_dropbear "$KEYS/user" >"$TEST_DIR/key"
put "$TEST_DIR/key" /root/key
on_ok 'chmod 600 /root/key; modprobe ivshmem-net'
link=$(on 'basename /sys/bus/pci/drivers/ivshmem-net/*/net/*')
on_ok "ip addr add $LINUX_ROOT_IP/24 dev $link; ip link set $link up"
linux_carrier 1 60
assert_match "from the root to the cell" '^5 packets .* 5 .*received' \
	"$(on "ping -q -c 5 $LINUX_CELL_IP")"
assert_match "from the cell to the root" '^5 packets .* 5 .*received' \
	"$(in_cell "ping -q -c 5 $LINUX_ROOT_IP")"

editor_cell destroy linux
gui_click Destroy
gui_wait_cell linux absent
gui_click 'Disable…'
gui_click Disable
gui_wait 'target hypervisor disabled'
assert_eq "enabled" 0 "$(on cat /sys/devices/jailhouse/enabled)"
