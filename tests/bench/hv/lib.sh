# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# The programs of the bench hv, and how they are run on a board: for hv.sh and
# profile.sh, which have sourced tests/system/lib.sh.

HV_SOURCES=$JHW_TOP/tests/bench
HV_OUT=$JHW_BUILD/bench
# As large as the image was with which the yardstick was measured
HV_IMAGE_SIZE=23552
# Where the board has its interrupt controller; INTID and register of
# hv/cell.json
HV_GIC="gicd_base=0x08000000 gicr_base=0x080a0000"
HV_CMDLINE="spi=102 subpage=0x09010008 cpu=2"

hv_build()
{
	local cflags libs strict=(-O2 -std=gnu17 -Wall -Wextra -Werror)
	mkdir -p "$HV_OUT"
	aarch64-linux-gnu-gcc "${strict[@]}" -static \
		-I"$JHW_TOP/hypervisor/include/uapi" \
		"$HV_SOURCES/hv/ioctls.c" -o "$HV_OUT/ioctls"
	read -ra cflags < <(hv_pkg_config --cflags)
	read -ra libs < <(hv_pkg_config --libs)
	aarch64-linux-gnu-gcc "${strict[@]}" "${cflags[@]}" \
		-Wl,--defsym=inmate_tables=32 \
		"$HV_SOURCES/hv/inmate.c" "${libs[@]}" \
		-o "$HV_OUT/inmate.elf"
	aarch64-linux-gnu-objcopy -O binary "$HV_OUT/inmate.elf" \
		"$HV_OUT/inmate.bin"
	"$JHW_TOP/jhw" run jailhouse config compile "$HV_SOURCES/hv/cell.json" \
		-o "$HV_OUT/hv-bench.cell"
	"$JHW_TOP/tools/build-driver.sh" --of "$HV_SOURCES/jh_bench" \
		"$(cat "$BOARD_DIR/kernel")"
	"$JHW_TOP/tools/build-driver.sh" --of "$HV_SOURCES/jh_links" \
		"$(cat "$BOARD_DIR/kernel")"
	cp "$JHW_BUILD/arm64/inmates/uart-demo.bin" "$HV_OUT/image"
	truncate -s "$HV_IMAGE_SIZE" "$HV_OUT/image"
}

hv_pkg_config()
{
	PKG_CONFIG_PATH=$JHW_BUILD/arm64/inmates pkg-config "$1" jailhouse-inmate
}

hv_put()
{
	put "$HV_OUT"/{ioctls,inmate.bin,hv-bench.cell,image} \
		"$JHW_BUILD/jh_bench/$(cat "$BOARD_DIR/kernel")/jh_bench.ko" \
		"$JHW_BUILD/jh_links/$(cat "$BOARD_DIR/kernel")/jh_links.ko" /tmp/
	on_ok modprobe jailhouse
}

# hv_probe: from now on there are probes on the driver.
hv_probe()
{
	on_ok "insmod /tmp/jh_bench.ko $HV_GIC"
}

# hv_life RUNS: "whole STEP NANOSECONDS" and, with probes, "part STEP …".
hv_life()
{
	on_ok /tmp/ioctls "$(root_config)" \
		"$CELLS/$(cat "$BOARD_DIR/board")-inmate-demo.cell" \
		/tmp/image "$1"
}

# hv_root_rows, hv_cell_rows: lines "ROW TENTHS TURNS NAME". The hypervisor is
# to be enabled.
hv_root_rows()
{
	on_ok cat /sys/kernel/debug/jh_bench/loops
}

hv_cell_rows()
{
	local console=/sys/devices/jailhouse/cells/1/console
	on_ok jailhouse cell create /tmp/hv-bench.cell >&2
	on_ok "jailhouse cell load hv-bench /tmp/inmate.bin \
		-s '$HV_CMDLINE' -a 0x1000" >&2
	on_ok jailhouse cell start hv-bench >&2
	wait_remote "$console" '^DONE' 60 >&2
	on "grep ^ROW $console"
}

# hv_link_rows: the same for its link with the root, after hv_cell_rows; the
# cell is gone then.
hv_link_rows()
{
	on_ok insmod /tmp/jh_links.ko >&2
	on_ok 'cd /sys/kernel/debug/jh_links; cat registers self peer'
	on_ok rmmod jh_links >&2
	on_ok jailhouse cell destroy hv-bench >&2
}
