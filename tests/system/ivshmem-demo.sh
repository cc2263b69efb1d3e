#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: every ivshmem interrupt is counted: root and inmate, two inmates
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# kernel: 6.1 6.12
# timeout: 400
#
# Of 10,000 pings each is sent when the one before was answered, so that all of
# them must be counted where they go; of a flood, edges may fall together.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/driver-lib.sh"

pings=10000
# slot 0 of its virtual PCI host
INTX=$((32 + $(jq .vpci_irq_base "$(find "$JHW_TOP/boards" -path \
	"*/$(board_name)/cells/ivshmem-demo.json")")))
a=ivshmem-demo b=ivshmem-demo-2

# line_count: interrupts of the device's line that Linux has taken
line_count()
{
	on "awk '/uio_ivshmem/ { for (n = 2; \$n ~ /^[0-9]+\$/; n++) c += \$n }
		END { print c + 0 }' /proc/interrupts"
}

# inmate_start CELL COMMAND-LINE: when this returns it takes interrupts.
inmate_start()
{
	local mark
	mark=$(cell_mark "$1")
	cell_run "$1" ivshmem-demo "$2 quiet"
	wait_on 20 "tail -c +$((mark + 1)) $(cell_sysfs "$1")/console |
		grep -q '^Interrupt: '"
}

# assert_counts WHAT TEXT PEER: the sender's report
assert_counts()
{
	local taken
	assert_match "$1" "^Pings: $pings sent, $pings taken by peer $3\$" "$2"
	taken=$(sed -nE "s/^Flood: $pings sent, ([0-9]+) taken by peer $3$/\\1/p" \
		<<<"$2")
	assert_range "$1: taken of the flood" 1 "$pings" "$taken"
	assert_match "$1" '^Counts are right$' "$2"
}

# inmate_counts CELL COMMAND-LINE PEER: it rings that peer, and is right.
inmate_counts()
{
	local mark
	mark=$(cell_mark "$1")
	cell_run "$1" ivshmem-demo "$2 target=$3 pings=$pings flood=$pings quiet"
	wait_on 400 "tail -c +$((mark + 1)) $(cell_sysfs "$1")/console |
		grep -q '^Counts are'"
	assert_counts "$1 to peer $3" "$(cell_console "$1" "$mark")" "$3"
}

jh_enable
on_ok modprobe uio_ivshmem
for cell in $a $b; do
	on_ok jailhouse cell create "$(board_cell "$cell")"
done

# Root to inmate. The dump is what the configuration says.
inmate_start $a ""
out=$(on_ok ivshmem-demo -t 1 -p $pings -f $pings -q)
for line in 'ID: +0' 'Maximum Peers: +3' ' \[1\]: 1' \
	'R/W Section: +0x7faf1000, 0x9000 bytes' \
	'Output Sections: +0x7fafa000, 0x2000 bytes each'; do
	assert_match "root's registers" "^$line\$" "$out"
done
assert_counts "root to inmate" "$out" 1
out=$(cell_console $a)
for line in 'ivshmem device 00:00.0, protocol 0x0000' 'ID: +1' \
	'Maximum Peers: +3' "Interrupt: +INTID $INTX"; do
	assert_match "inmate's registers" "^$line\$" "$out"
done
on_ok jailhouse cell shutdown $a

# Inmate to root, whose kernel counts the same.
before=$(line_count)
on 'ivshmem-demo </dev/null >/root/demo.log 2>&1 & echo $! >/root/demo.pid'
wait_on 20 'grep -q "^Output Sections" /root/demo.log'
inmate_counts $a "" 0
on_ok jailhouse cell shutdown $a
on 'kill $(cat /root/demo.pid)'
wait_on 20 'grep -q "^Interrupts: " /root/demo.log'
taken=$(on "sed -n 's/^Interrupts: //p' /root/demo.log")
assert_eq "interrupts that the root's kernel has counted" "$taken" \
	"$(($(line_count) - before))"
assert_eq "lines of the root's program" "$taken" \
	"$(on "grep -c '^Interrupt #' /root/demo.log")"
assert_eq "the last of them" "Interrupt #$taken" \
	"$(on "grep '^Interrupt #' /root/demo.log | tail -n 1")"

# Two inmates each way, while the root is the third peer and gets nothing but
# their changes of state: it does not listen.
before=$(line_count)
inmate_start $b ""
inmate_counts $a "" 2
on_ok jailhouse cell shutdown $a
on_ok jailhouse cell shutdown $b
inmate_start $a ""
inmate_counts $b "" 1
assert_eq "interrupts of the root meanwhile" 0 "$(($(line_count) - before))"

# One that does not shut down goes with its state, too.
on_ok jailhouse cell destroy $a
on_ok jailhouse cell destroy $b
assert_match "nobody is there" '^ \[1\]: 0$' \
	"$(on 'ivshmem-demo -t 1 -p 1 -q' || true)"
jh_disable
kernel_content
