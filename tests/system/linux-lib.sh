# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Linux in the cell linux-demo, over its link. Sourced after lib.sh, cells.sh.

LINUX_CELL=$CELLS/qemu-arm64-linux-demo.cell
LINUX_ROOT_IP=192.168.19.1
LINUX_CELL_IP=192.168.19.2
LINUX_CMDLINE="console=hvc0 jhw.ip=$LINUX_CELL_IP/24"
export LINUX_CELL LINUX_CMDLINE

# linux_put: the kernel and the image that the board itself runs, as
# /root/kernel and /root/initrd, and a key to log in with.
linux_put()
{
	local release
	release=$(cat "$BOARD_DIR/kernel")
	put "$(cat "$BOARD_DIR/vmlinuz")" /root/kernel
	put "$JHW_BUILD/image/$release/initrd" /root/initrd
	keys_dropbear "$KEYS/user" >"$TEST_DIR/key"
	put "$TEST_DIR/key" /root/key
	rm "$TEST_DIR/key"
	on 'chmod 600 /root/key'
}

# linux_link: the root's end of the link is up; its name is in $link.
linux_link()
{
	on_ok modprobe ivshmem-net
	link=$(on 'basename /sys/bus/pci/devices/0001:00:01.0/net/*')
	on_ok ip addr add "$LINUX_ROOT_IP/24" dev "$link"
	on_ok ip link set "$link" up
}

# linux_carrier 0|1 SECONDS
linux_carrier()
{
	wait_on "$2" "[ \"\$(cat /sys/class/net/$link/carrier)\" = $1 ]"
}

# linux_start [MORE-OF-THE-COMMAND-LINE]: creates the cell and waits until it
# takes connections.
linux_start()
{
	on_ok jailhouse cell linux "$LINUX_CELL" /root/kernel -i /root/initrd \
		-c "$LINUX_CMDLINE ${1:-}"
	wait_on 90 "grep -q 'jhw: ready after' \
		$(cell_sysfs linux-demo)/console"
	linux_carrier 1 20
}

# in_cell COMMAND: a shell line there, over SSH
in_cell()
{
	on "dbclient -y -y -i /root/key root@$LINUX_CELL_IP $(printf %q "$1")"
}

# in_cell_put LOCAL REMOTE
in_cell_put()
{
	put "$1" /root/to-cell
	on "dbclient -y -y -i /root/key root@$LINUX_CELL_IP \
		'cat >$2; chmod +x $2' </root/to-cell; rm /root/to-cell"
}
