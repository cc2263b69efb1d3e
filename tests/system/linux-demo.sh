#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the Linux demo in one command, and a crash that is noticed
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 300

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/driver-lib.sh"
. "$(dirname "$0")/linux-lib.sh"

# crash HOW WHAT-THE-STATE-IS: the cell dies while crash-test looks. That asks
# each second, and waits 2 s for an answer; the rest is for an emulator that has
# other things to do. The time is crash-test's own, from the last answer, which
# was before the death: what this test needs to kill and to look is not in it.
crash()
{
	local alive
	in_cell "$1" || true
	wait_remote /root/watch.log '^Last seen alive ' 60 >/dev/null
	out=$(on cat /root/watch.log)
	assert_match "crash-test" '^No response received for packet [1-9]' "$out"
	assert_match "crash-test" "^State of cell \"linux-demo\": $2\$" "$out"
	alive=$(sed -n 's/^Last seen alive \([0-9]*\) s ago$/\1/p' <<<"$out")
	assert_range "seconds from its last answer until it was noticed" 2 30 \
		"$alive"
}

linux_put
on_ok 'linux-demo.sh -k /root/kernel -r /root/initrd -b >/root/watch.log 2>&1 ||
	{ cat /root/watch.log; false; }'
assert_match "demo" '^Linux runs in the cell linux-demo, at 192.168.19.2$' \
	"$(on cat /root/watch.log)"
linux_wait 'jhw: ready after' 180
assert_eq "kernel of the cell" "$(on uname -r)" "$(in_cell 'uname -r')"
assert_no_match "while it lives" 'No response' "$(on cat /root/watch.log)"
# A panic, after which it hangs: nobody but who pings it can tell.
crash '(usleep 300000; echo c >/proc/sysrq-trigger) >/dev/null 2>&1 &' running
assert_match "its last words" 'Kernel panic' "$(linux_said)"
on_ok jailhouse cell destroy linux-demo

# The rest is the same on all boards.
if [ "$(board_name)" != qemu-arm64 ]; then
	jh_disable
	kernel_content
	exit
fi

linux_mark
# Again, without crash-test; all else is there already. A reboot is the end.
on_ok 'linux-demo.sh -k /root/kernel -r /root/initrd -a panic=-1'
on_ok crash-test -i 0 -n 5 192.168.19.2
on 'crash-test -i 0 192.168.19.2 </dev/null >/root/watch.log 2>&1 &'
linux_wait 'jhw: ready after' 180
crash '(usleep 300000; echo b >/proc/sysrq-trigger) >/dev/null 2>&1 &' 'shut down'
on_ok jailhouse cell destroy linux-demo
jh_disable
kernel_content
