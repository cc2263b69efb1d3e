#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the network link between two cells, beside virtio-net
# board: none
# timeout: 600
#
# Throughput of TCP and round trip of a ping, each with the stock kernel at both
# ends: ivshmem-net between the root and a Linux cell, virtio-net between the
# root and another network namespace of it, over a hub of the emulator. The
# figures depend on how busy this machine is, their ratios do not: ivshmem and
# virtio take turns, and the median counts.

export JHW_BOARD=bench-net
. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/system/cells.sh
. "$JHW_TOP/tests/system/cells.sh"
# shellcheck source=tests/system/linux-lib.sh
. "$JHW_TOP/tests/system/linux-lib.sh"

runs=3
megabytes=32
pings=500
virtio_ip=192.168.20.2

start_board()
{
	"$JHW_TOP/jhw" emu stop "$JHW_BOARD" 2>/dev/null || true
	"$JHW_TOP/jhw" emu start qemu-arm64 --name "$JHW_BOARD" --owner $$ \
		--qemu "-netdev hubport,id=h1,hubid=1 \
			-device virtio-net-pci,netdev=h1 \
			-netdev hubport,id=h2,hubid=1 \
			-device virtio-net-pci,netdev=h2"
}

# One of the two NICs at the hub goes to a namespace, which a process keeps.
set_up_virtio()
{
	on 'unshare -n sleep 100000 </dev/null >/dev/null 2>&1 &
		echo $! >/root/ns'
	on_ok 'wait=100; ns=$(cat /root/ns)
		until [ "$(readlink /proc/$ns/ns/net)" != "$(readlink /proc/self/ns/net)" ]
		do wait=$((wait - 1)); [ $wait -gt 0 ] || exit 1; usleep 50000; done
		ip link set eth2 netns $ns
		nsenter -t $ns -n ip addr add '$virtio_ip'/24 dev eth2
		nsenter -t $ns -n ip link set eth2 up
		ip addr add 192.168.20.1/24 dev eth1
		ip link set eth1 up'
}

# For a shell at the receiving end: returns when it listens, on port 0x1389
LISTEN='nc -l -p 5001 </dev/null >/dev/null 2>&1 &
	until grep -q ":1389 .* 0A " /proc/net/tcp /proc/net/tcp6; do
		usleep 20000; done'

# send ADDRESS: milliseconds until the other end has taken it all. Its nc ends
# with the data, and with it ours.
send()
{
	on "begin=\$(cut -d' ' -f1 /proc/uptime)
		dd if=/dev/zero bs=65536 count=$((megabytes * 16)) 2>/dev/null |
			nc $1 5001
		cut -d' ' -f1 /proc/uptime | awk -v b=\$begin \
			'{ printf \"%d\\n\", (\$1 - b) * 1000 }'"
}

send_virtio()
{
	on "nsenter -t \$(cat /root/ns) -n sh -c '$LISTEN'" >&2
	send "$virtio_ip"
}

send_ivshmem()
{
	in_cell "$LISTEN" >&2
	send "$LINUX_CELL_IP"
}

# trip ADDRESS: microseconds of a round trip, on average
trip()
{
	on "ping -q -A -c $pings $1" | sed -nE \
		's,^round-trip .* = [0-9.]+/([0-9]+)\.([0-9]{3})/.*,\1\2,p' |
		sed 's/^0*//'
}

ratio()
{
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'
}

start_board
jh_enable
set_up_virtio
linux_put
linux_link
linux_start bench=net
send_times_v=() send_times_i=() trips_v=() trips_i=()
for ((n = 0; n < runs; n++)); do
	send_times_v+=("$(send_virtio)")
	send_times_i+=("$(send_ivshmem)")
	trips_v+=("$(trip "$virtio_ip")")
	trips_i+=("$(trip "$LINUX_CELL_IP")")
done
on_ok jailhouse cell destroy linux-demo
jh_disable
"$JHW_TOP/jhw" emu stop "$JHW_BOARD"

v=$(median "${send_times_v[@]}") i=$(median "${send_times_i[@]}")
row "TCP over virtio-net" "$(ratio "$megabytes" "$v")e3" MB/s higher
row "TCP over ivshmem-net" "$(ratio "$megabytes" "$i")e3" MB/s higher
row "TCP, ivshmem-net to virtio-net" "$(ratio "$v" "$i")" times higher
v=$(median "${trips_v[@]}") i=$(median "${trips_i[@]}")
row "round trip over virtio-net" "$v" us lower
row "round trip over ivshmem-net" "$i" us lower
row "round trip, ivshmem-net to virtio-net" "$(ratio "$i" "$v")" times lower
