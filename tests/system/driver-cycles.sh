#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: 20 life cycles in one boot leave nothing behind
# board: qemu-arm64 qemu-arm64-gicv2
# kernel: 6.1 6.12
# timeout: 300
# append: slub_debug=U
# start: --share hypervisor
#
# slub_debug=U: the kernel remembers who allocated each object, so that what
# the driver, or the kernel on its behalf, did not free is counted exactly.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

put "$(dirname "$0")"/cycles/*.sh /root

# measure: live allocations, I/O mappings, and kB of kernel memory
measure()
{
	on 'sh /root/live.sh; grep -c ioremap /proc/vmallocinfo
		awk "/^(SUnreclaim|VmallocUsed|PageTables|Percpu):/ { n += \$2 }
			END { print n }" /proc/meminfo' | xargs
}

regions=$(on cat /proc/iomem)
on_ok modprobe jailhouse
on 'setsid sh /root/reader.sh </dev/null >/dev/null 2>&1 &'
for ((cycle = 1; cycle <= 20; cycle++)); do
	out=$(on sh /root/cycle.sh "$(board_name)" 2>&1) || fail "cycle $cycle: $out"
	[ "$cycle" -gt 1 ] || first=$out
	assert_eq "cycle $cycle" "$(xargs <<<"$first")" "$(xargs <<<"$out")"
	# The first ones fill caches of the kernel.
	[ "$cycle" -ne 4 ] || early=$(measure)
done
on_ok touch /root/stop
wait_on 60 '[ -e /root/stopped ]'

read -r early_live early_maps early_kb <<<"$early"
[ "$early_live" -gt 0 ] || fail "the kernel does not tell who allocated what"
# Some are freed a moment later (RCU).
wait_on 20 "[ \$(sh /root/live.sh) -le $early_live ]"
late=$(measure)
read -r late_live late_maps late_kb <<<"$late"
note "live allocations, mappings, kB after 4 cycles: $early; after 20: $late"
assert_range "live allocations of the driver" 1 "$early_live" "$late_live"
assert_eq "I/O mappings" "$early_maps" "$late_maps"
# 16 cycles: a page leaked in each would be 64 kB; the reader's own caches
# come and go by more than that.
assert_range "growth of kernel memory in kB" -100000 1024 \
	"$((late_kb - early_kb))"

assert_eq "memory is free again after a cycle" \
	"$(sed -n 's/^enabled: //p' <<<"$first")" \
	"$(sed -n 's/^destroyed: //p' <<<"$first")"
assert_eq "the cell" "running shut down" \
	"$(sed -n 's/^started: //p; s/^shut: //p' <<<"$first" | xargs)"
assert_eq "CPUs" "online: 0-3" "$(tail -n 1 <<<"$first")"
assert_range "checksums of all files" 3 1000000 "$(on 'wc -l </root/sums')"
assert_eq "different ones among them" 1 "$(on 'sort -u /root/sums | wc -l')"

on_ok rmmod jailhouse
assert_eq "live allocations without the driver" 0 "$(on sh /root/live.sh)"
assert_eq "claimed memory without the driver" "$regions" "$(on cat /proc/iomem)"
kernel_content
