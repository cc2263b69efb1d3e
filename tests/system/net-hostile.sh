#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a peer on the network link that breaks all rules harms nobody
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 300

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/driver-lib.sh"
. "$(dirname "$0")/linux-lib.sh"

rounds=400
seed=${SEED:-$((RANDOM * 32768 + RANDOM))}
note "seed $seed"

jh_enable
linux_link
root_mark
on_ok jailhouse cell create "$(cell_config net-test)"
cell_run net-test net-test "seed=$seed rounds=$rounds"
# The root sends as well, into rings that the peer changes.
on "while [ -e /sys/class/net/$link ]; do
	ping -q -c 50 -i 0.001 -w 1 $LINUX_CELL_IP; done >/dev/null 2>&1 &"
cell_wait net-test 'shut down' 400
out=$(cell_console net-test)
assert_match "all rounds, each with a link that runs" \
	"^Rounds: $rounds of $rounds, [0-9]+ valid frames\$" "$out"
assert_no_match "the inmate" 'wrong|Parking' "$out"
assert_match "the driver says so" 'the peer is broken: ' "$(on dmesg)"
frames=$(sed -nE 's/^Rounds: .*, ([0-9]+) valid frames$/\1/p' <<<"$out")
assert_range "valid frames that arrived" 1 "$((frames * 2))" \
	"$(on cat "/sys/class/net/$link/statistics/rx_packets")"
root_check

# The next peer finds a link that works.
on_ok jailhouse cell destroy net-test
linux_put
linux_start peer=honest
assert_match "an honest peer" ' 0% packet loss' \
	"$(on "ping -q -c 20 -i 0.05 $LINUX_CELL_IP")"
on_ok jailhouse cell destroy linux-demo
on_ok rmmod ivshmem-net
jh_disable
kernel_content
