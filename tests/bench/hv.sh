#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: calls, traps, interrupts, the life of a cell, sizes
# board: qemu-arm64
# start: --icount
# timeout: 300
#
# Guest time is 1 ns for each instruction (-icount shift=0), so that "ns" are
# instructions as long as no CPU sleeps.

. "$(dirname "$0")/lib.sh"
# shellcheck source=tests/bench/hv/lib.sh
. "$(dirname "$0")/hv/lib.sh"

# What the established implementation takes in the same emulation, and what we
# want: NAME|YARDSTICK|AIM. Rows that are not here have neither.
limits()
{
	cat <<'END'
hypercall HYPERVISOR_GET_INFO|143|70
SMC PSCI_VERSION|142|71
GICD_TYPER read|292|150
GICD_ISENABLER read|933|180
PCI config read|338|null
ivshmem register read|275|null
ivshmem doorbell|312|null
doorbell to Linux handler|1100|null
ping-pong with an inmate|1740|null
timer tick: exits|1|1
timer tick: deadline to handler|241|150
hypervisor part of enable|1063|531.5
hypervisor part of create|93|46.5
hypervisor part of load 23 KB|14|7
hypervisor part of start|63|31.5
hypervisor part of destroy|427|213.5
hypervisor part of disable|30|15
whole ioctl enable|2600|1300
whole ioctl start|65|32.5
whole ioctl disable|390|195
firmware file|100360|70000
firmware core|120|null
firmware, each CPU|16|null
page pool after enable|59|45
page pool, demo cell|14|null
start to SSH|20|10
END
}

# bench_row NAME VALUE UNIT [LIMITS-NAME]
bench_row()
{
	local yardstick aim
	IFS='|' read -r _ yardstick aim < <(limits |
		grep -F -m 1 "${4:-$1}|" || echo '|null|null')
	row "$1" "$2" "$3" lower "$yardstick" "$aim"
}

# loop_rows WHERE: lines "ROW TENTHS TURNS NAME" on stdin.
loop_rows()
{
	local tenths name unit
	while read -r _ tenths _ name; do
		unit=ns
		[ "$name" != "timer tick: exits" ] || unit=exits
		bench_row "$1: $name" "$(awk -v t="$tenths" \
			'BEGIN { print t / 10 }')" "$unit" "$name"
	done
}

# life_rows KIND TITLE: of the lines of hv_life on stdin.
life_rows()
{
	local kind step ns
	while read -r kind step ns; do
		[ "$kind" = "$1" ] || continue
		[ "$step" != load ] || step="load 23 KB"
		bench_row "$2 $step" "$(awk -v n="$ns" \
			'BEGIN { print n / 1000 }')" us
	done
}

# header_field FORMAT OFFSET BYTES: of the image, see jailhouse/image.h
header_field()
{
	od -An -t"$1" -j"$2" -N"$3" "$firmware" | tr -d ' '
}

pool()
{
	on cat /sys/devices/jailhouse/mem_pool_used
}

firmware=$JHW_BUILD/arm64/hypervisor/arch/arm64/jailhouse.bin
hv_build
hv_put

# Without probes first: they would be in the time of the whole.
life=$(hv_life 5) || fail "$life"
life_rows whole "whole ioctl" <<<"$life"
hv_probe
life=$(hv_life 5) || fail "$life"
life_rows part "hypervisor part of" <<<"$life"

jh_enable
enabled=$(pool)
rows=$(hv_root_rows) || fail "$rows"
loop_rows root <<<"$rows"
rows=$(hv_cell_rows) || fail "$rows"
loop_rows cell <<<"$rows"
rows=$(hv_link_rows) || fail "$rows"
loop_rows root <<<"$rows"
on_ok jailhouse cell create "$CELLS/$(cat "$BOARD_DIR/board")-inmate-demo.cell"
created=$(pool)
jh_disable

bench_row "firmware file" "$(stat -c %s "$firmware")" B
bench_row "firmware core" "$(($(header_field u8 16 8) / 1024))" KiB
bench_row "firmware, each CPU" "$((($(header_field u4 40 4) +
	$(header_field u4 44 4) + 1023) / 1024))" KiB
bench_row "page pool after enable" "$enabled" pages
bench_row "page pool, demo cell" "$((created - enabled))" pages
bench_row "start to SSH" "$(cat "$BOARD_DIR/start_s")" s
