#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: four threads that use the driver at random leave the machine in order
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 300

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

on_ok modprobe jailhouse
poke_put
seed=${JHW_SEED:-$RANDOM}
note "seed $seed (JHW_SEED=$seed repeats it)"
out=$(on timeout 480 /root/poke hammer "$seed" 150 "$(root_config)" \
	"$(demo_cell)") || fail "the threads did not come to an end"
printf '%s\n' "$out"
# All of them got through to something now and then.
for command in enable disable create load destroy read; do
	assert_match "successes" "^$command [1-9]" "$out"
done

[ "$(file enabled)" = 1 ] || on_ok jailhouse enable "$(root_config)"
jh_disable
assert_eq "cells" "" "$(on ls "$SYSFS/cells")"
on_ok rmmod jailhouse
kernel_content
