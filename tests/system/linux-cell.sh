#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the stock kernel as a cell with 2 CPUs, and its network link
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# kernel: 6.1 6.12
# timeout: 600
#
# All of it on the first board; on the others what depends on them.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/driver-lib.sh"
. "$(dirname "$0")/linux-lib.sh"

pings=10000 lives="1 2 3 4 5"
[ "$(board_name)" = qemu-arm64 ] || pings=1000 lives=1

# What a kernel has counted: echo requests that came in, and answers. The
# program ping may lose what comes while it waits for its CPU (the emulator's
# host is busy at times): the kernel has seen it by then.
echoes="awk '\$1 == \"Icmp:\" && \$2 ~ /^[0-9]/ { print \$10, \$11 }' /proc/net/snmp"

linux_put
jh_enable
linux_link
root_mark
assert_eq "carrier without a peer" 0 "$(on cat "/sys/class/net/$link/carrier")"
linux_start
console=$(linux_said)
tty=hvc0
[ -z "$LINUX_UART" ] || tty=ttyPS0
assert_match "where its messages come out" \
	"printk: (legacy )?console \\[$tty\\] enabled" "$console"
assert_no_match "the cell's kernel" 'WARNING:|BUG:|Oops|Call trace' "$console"
assert_match "state" '^1 +linux-demo +running +2-3 ' \
	"$(on jailhouse cell list)"

# A shell, over the link
assert_eq "kernel of the cell" "$(on uname -r)" "$(in_cell 'uname -r')"
assert_eq "CPUs of the cell" 0-1 \
	"$(in_cell 'cat /sys/devices/system/cpu/online')"
assert_match "memory of the cell" '^MemTotal: +2[0-9]{5} kB' \
	"$(in_cell 'cat /proc/meminfo')"
assert_eq "a line to its terminal" 0 "$(in_cell \
	"echo 'from the cell itself' >/dev/$tty; echo \$?")"
linux_wait 'from the cell itself' 10

# And a login, at its UART, while the root's is the root's.
if [ -n "$LINUX_UART" ]; then
	root=$(serial_mark)
	linux_prompt 'login:' 30
	linux_type root
	linux_prompt '#' 30
	linux_type 'echo "on $(tty) as $(id -un) with CPUs $(nproc)"'
	linux_wait "^on /dev/$tty as root with CPUs 2" 30
	note "$(linux_said | grep '^on /dev')"
	linux_type exit
	linux_prompt 'login:' 30
	assert_no_match "the root's UART" 'login:|on /dev' \
		"$(serial_since "$root")"
fi

# Each way at the same time
assert_eq "no packets yet" "0 0 0 0" "$(on "$echoes") $(in_cell "$echoes")"
on "ping -q -i 0.001 -c $pings $LINUX_CELL_IP >/root/ping.log 2>&1 &"
in_cell "ping -q -i 0.001 -c $pings $LINUX_ROOT_IP"
wait_on 120 'grep -q "packets transmitted" /root/ping.log'
assert_eq "requests and answers at the root" "$pings $pings" "$(on "$echoes")"
assert_eq "requests and answers at the cell" "$pings $pings" \
	"$(in_cell "$echoes")"
for size in 64 1000 16000 16342; do
	assert_match "ping of $size bytes" '20 packets received' \
		"$(on "ping -q -s $size -c 20 -i 0.01 $LINUX_CELL_IP")"
done

# Much data, which must be the same at the other end
sum=$(on 'sha256sum </root/initrd')
on "dbclient -y -y -i /root/key root@$LINUX_CELL_IP 'cat >/copy' </root/initrd"
assert_eq "a file through the link" "$sum" \
	"$(in_cell 'sha256sum </copy; rm /copy')"

# Counters, on boards whose CPUs have a line of their own for them
if [ -z "$LINUX_UART" ]; then
	in_cell_put "$JHW_BUILD/arm64/tests/target/cycles" /cycles
	assert_match "performance counters in the cell" \
		'^cycles [0-9]+ [0-9]+$' "$(in_cell /cycles)"
fi
root_check

# More lives; the link follows each.
for life in $lives; do
	on_ok jailhouse cell destroy linux-demo
	linux_carrier 0 10
	linux_start "life=$life"
	assert_match "life $life" "life=$life" "$(in_cell 'cat /proc/cmdline')"
done

# The root's end goes and comes back, too; the interface keeps nothing.
on_ok rmmod ivshmem-net
linux_link
linux_carrier 1 20
assert_match "after the root's driver came back" ' 0% packet loss' \
	"$(on "ping -q -c 10 -i 0.01 $LINUX_CELL_IP")"
on_ok ip link set "$link" down
on_ok ip link set "$link" up
linux_carrier 1 20
assert_match "after down and up" ' 0% packet loss' \
	"$(on "ping -q -c 10 -i 0.01 $LINUX_CELL_IP")"

on_ok jailhouse cell destroy linux-demo
jh_disable
on_ok rmmod ivshmem-net jailhouse
kernel_content
