#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: cells that crash, hang or flood cost the root nothing
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# start: --icount
# timeout: 600
#
# Beside each of them, and beside a cell that only computes, the root does the
# same work (tests/target/beside.c). Its counters are those from one enable to
# the next disable: its exits during the work, and the worst of each reason.
#
# Time is the number of instructions here, whatever the host is busy with. What
# is left to chance: the emulator runs one CPU after the other, each until some
# timer is due, and an exit in which it goes on to the next one seems to take as
# long as the turns of the others, 4 to 100 ms. That only ever adds, to a timer's
# exit in every other round, to others hardly ever. So the least of all rounds
# counts, on both sides, and there are more rounds while that of some deed is too
# long, as what takes longer by itself does so in each. Twice the least and 8
# ticks are allowed: two interrupts that come together are one exit, of 31 ticks
# where one takes 13 to 22.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

least=3 most=12
# The cell has 20 ms to answer when it is destroyed (cells/hostile.json). Turns of
# a cell that computes until the next timer come on top, 100 ms each, and CPU
# hotplug. This is what the request may take, and exits that wait for the cell:
# the hypercall, and those of CPUs that wait for the end of that.
destroy_us=$((20000 + 250000))

# judge FILE: a line for each that is too long
judge()
{
	awk -v destroy_us="$destroy_us" '
	$3 == "timer_hz" { waits = destroy_us * ($4 / 1000000) }
	$3 != "work_exits" && $3 != "destroy_us" && $3 !~ /_max_ticks$/ { next }
	{
		name = $3 " " $1
		if (!(name in values) || $4 + 0 < values[name])
			values[name] = $4 + 0
		deeds[$1]
		counters[$3]
	}
	END {
		for (counter in counters) {
			limit = 2 * values[counter " compute"] + 8
			if (counter == "destroy_us")
				limit = destroy_us
			else if (counter ~ /_(hypercall|management|total)_max/)
				limit = waits
			for (deed in deeds) {
				seen = values[counter " " deed]
				if (seen > limit)
					printf "%s: %s %d, at most %d; ", deed,
						counter, seen, limit
			}
		}
	}' "$1"
}

put "$JHW_BUILD/arm64/tests/target/beside" /root/beside
config=$(cell_config hostile)
on_ok modprobe jailhouse
on_ok modprobe uio_ivshmem
seen=$TEST_DIR/beside
: >"$seen"
for ((round = 1; round <= most; round++)); do
	on "/root/beside $(root_config) $config $INMATES/hostile-test.bin $round \
		compute crash hang interrupts doorbells" >>"$seen" ||
		fail "beside: $(tail -n 1 "$seen")"
	bad=$(judge "$seen")
	note "round $round: ${bad:-nothing takes longer}"
	[ "$round" -lt "$least" ] || [ -n "$bad" ] || break
done

# Each did what it was told to.
expected="compute running crash failed doorbells running hang running"
expected+=" interrupts running"
assert_eq "states while the root worked" "$expected" \
	"$(awk '$3 == "state" { print $1, $4 }' "$seen" | sort -u | xargs)"
# The root was ready for one interrupt of the link in each life.
assert_eq "interrupts from who floods doorbells" 1 \
	"$(awk '$1 == "doorbells" && $3 == "interrupts" { print $4 }' "$seen" |
		sort -u | xargs)"
assert_eq "interrupts from the others" 0 \
	"$(awk '$1 != "doorbells" && $3 == "interrupts" { print $4 }' "$seen" |
		sort -u | xargs)"
for counter in work_exits destroy_us vmexits_virt_irq_max_ticks \
	vmexits_virt_sgi_max_ticks vmexits_mmio_max_ticks; do
	note "$counter: $(awk -v name="$counter" '
		$3 == name { all[$1] = all[$1] " " $4 }
		END { for (deed in all) printf "%s%s; ", deed, all[deed] }' \
		"$seen")"
done
[ -z "$bad" ] || fail "longer than beside a cell that computes: $bad"
on_ok rmmod uio_ivshmem jailhouse
