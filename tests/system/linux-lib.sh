# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Linux in the cell linux-demo, over its link. Sourced after lib.sh, cells.sh.

LINUX_CELL=$(board_cell linux-demo)
LINUX_ROOT_IP=192.168.19.1
LINUX_CELL_IP=192.168.19.2
LINUX_CMDLINE="jhw.ip=$LINUX_CELL_IP/24"
# Where its kernel speaks: its own UART, where the board has one for it, and one
# can log in there; else the virtual console.
LINUX_UART=$(cell_serial)
if [ "$LINUX_UART" != "$SERIAL" ]; then
	LINUX_CMDLINE+=" console=ttyPS0,115200 jhw.login=ttyPS0"
else
	LINUX_UART=
	LINUX_CMDLINE+=" console=hvc0"
fi
export LINUX_CELL LINUX_CMDLINE LINUX_UART

# linux_mark: what its kernel says is looked at from here on.
linux_mark=0
linux_mark()
{
	[ -z "$LINUX_UART" ] ||
		linux_mark=$(SERIAL=$LINUX_UART serial_mark)
}

# linux_said: all of it
linux_said()
{
	if [ -n "$LINUX_UART" ]; then
		SERIAL=$LINUX_UART serial_since "$linux_mark"
	else
		cell_console linux-demo
	fi
}

# linux_wait REGEX SECONDS: until it says so
linux_wait()
{
	if [ -n "$LINUX_UART" ]; then
		SERIAL=$LINUX_UART wait_serial "$1" "$2" "$linux_mark" \
			>/dev/null
	else
		wait_on "$2" "grep -qE '$1' $(cell_sysfs linux-demo)/console"
	fi
}

# linux_prompt WORD SECONDS: until its UART shows that word and a space. No line
# ends there, so that this looks at words.
linux_prompt()
{
	local word follower prompt found=
	exec {prompt}< <(exec timeout "$(patience "$2")" tail -s 0.1 \
		-c "+$((linux_mark + 1))" -f "$LINUX_UART")
	follower=$!
	while read -r -d ' ' word <&"$prompt"; do
		[ "${word##*$'\n'}" != "$1" ] || { found=1; break; }
	done
	kill "$follower" 2>/dev/null || true
	exec {prompt}<&-
	[ -n "$found" ] || fail "UART of the cell: no \"$1\" within $2 s"
}

# linux_type LINE: into its UART, over one connection, whose other direction
# nobody needs: QEMU keeps a log.
linux_keys=
linux_type()
{
	[ -n "$linux_keys" ] || exec {linux_keys}> >(cd "$BOARD_DIR" &&
		exec socat - "UNIX-CONNECT:$(basename "$LINUX_UART" .log).sock" >/dev/null)
	linux_mark
	printf '%s\r' "$1" >&"$linux_keys"
}

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
	linux_mark
	on_ok jailhouse cell linux "$LINUX_CELL" /root/kernel -i /root/initrd \
		-c "$LINUX_CMDLINE ${1:-}"
	linux_wait 'jhw: ready after' 180
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
