#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The whole Linux demo of a board by one command: Jailhouse enabled, the root's
# end of the link set up, Linux booted in the cell linux-demo, which can be
# reached over the link then, and where it has a UART, by that.

usage()
{
	cat <<'END'
usage: linux-demo.sh [-c] [-b] [-k KERNEL] [-r INITRD] [-a TEXT] [-B BOARD]
  -c         watch the cell with crash-test then
  -b         the same in the background
  -k KERNEL  image (default: of the kernel that runs, in /boot or /mnt)
  -r INITRD  initial RAM disk (default: beside it)
  -a TEXT    more for the kernel's command line
  -B BOARD   whose cells to use (default: what this machine looks like)
END
}

cells=/usr/share/jailhouse/cells
root_ip=192.168.19.1
cell_ip=192.168.19.2
kernel='' initrd='' more='' board='' watch='' background=''
while getopts cbk:r:a:B:h letter; do
	case $letter in
	c) watch=1 ;;
	b) watch=1 background=-b ;;
	k) kernel=$OPTARG ;;
	r) initrd=$OPTARG ;;
	a) more=$OPTARG ;;
	B) board=$OPTARG ;;
	h) usage; exit 0 ;;
	*) usage >&2; exit 2 ;;
	esac
done
shift $((OPTIND - 1))
[ $# -eq 0 ] || { usage >&2; exit 2; }

die()
{
	echo "linux-demo.sh: $*" >&2
	exit 1
}

# first FILE...: the first of them that is there
first()
{
	for file; do
		[ -r "$file" ] || continue
		echo "$file"
		return
	done
}

# Boards by what Linux says of them: its device tree, the interrupt controller
boards()
{
	cat <<'END'
qemu-arm64 linux,dummy-virt GICv3
qemu-arm64-gicv2 linux,dummy-virt GICv2
zynqmp-zcu102 xlnx,zynqmp-zcu102 GICv2
END
}

look_at_machine()
{
	boards | while read -r name compatible controller; do
		tr '\0' '\n' </proc/device-tree/compatible 2>/dev/null |
			grep -qx "$compatible" || continue
		! grep -q "$controller" /proc/interrupts || echo "$name"
	done
}

# The board that this is: what is enabled, or else looks like it
find_board()
{
	[ -n "$board" ] || board=$(cat /sys/devices/jailhouse/cells/0/name \
		2>/dev/null)
	[ -n "$board" ] || board=$(look_at_machine)
	[ -n "$board" ] || die "which board is this? Use -B"
	[ -r "$cells/$board-linux-demo.cell" ] ||
		die "$cells has no cell linux-demo for \"$board\"; use -B"
}

enable_jailhouse()
{
	modprobe jailhouse || die "no driver"
	[ "$(cat /sys/devices/jailhouse/enabled)" = 1 ] ||
		jailhouse enable "$cells/$board.cell" || die "not enabled"
}

# The network device of the root's first link for networks
find_link()
{
	for device in /sys/bus/pci/drivers/ivshmem-net/*/net/*; do
		[ -e "$device" ] || die "the root has no network link"
		echo "${device##*/}"
		return
	done
}

set_up_link()
{
	modprobe ivshmem-net || die "no driver for the link"
	link=$(find_link) || exit 1
	ip addr show dev "$link" | grep -q "inet $root_ip/" ||
		ip addr add "$root_ip/24" dev "$link" || exit 1
	ip link set "$link" up || exit 1
}

# Where the cell's kernel speaks, and whoever wants to log in: its own UART, or
# the virtual console, which is for reading only.
console()
{
	case $board in
	zynqmp-zcu102) echo "console=ttyPS0,115200 jhw.login=ttyPS0" ;;
	*) echo "console=hvc0" ;;
	esac
}

# Until the cell takes packets, a minute at most
wait_for_cell()
{
	n=0
	until ping -q -c 1 -W 1 "$cell_ip" >/dev/null 2>&1; do
		n=$((n + 1))
		[ "$n" -lt 60 ] || die "the cell does not answer; see its console"
	done
}

release=$(uname -r)
kernel=${kernel:-$(first "/boot/vmlinuz-$release" /boot/vmlinuz /mnt/kernel)}
initrd=${initrd:-$(first "/boot/initrd.img-$release" /boot/initrd.img /mnt/initrd)}
[ -n "$kernel" ] || die "no kernel found; name one with -k"
find_board
enable_jailhouse
set_up_link
jailhouse cell linux "$cells/$board-linux-demo.cell" "$kernel" \
	${initrd:+-i "$initrd"} \
	-c "$(console) jhw.ip=$cell_ip/24 $more" || die "the cell did not start"
wait_for_cell
echo "Linux runs in the cell linux-demo, at $cell_ip"
[ -z "$watch" ] || crash-test $background "$cell_ip"
