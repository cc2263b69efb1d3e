#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: targets over SSH: round trips, upload, polling
# board: none
# timeout: 300

. "$(dirname "$0")/lib.sh"

program=$JHW_TOP/build/host/tests/bench/target/bench_target
export JHCFG_MODULES=$JHW_TOP/build/host/libjhcfg
export FAKE_DRIVER_SCRIPT=$JHW_TOP/tests/lib/fake_driver.sh

read -r trips ms <<<"$("$program" list)"
row "cells, once connected" "$trips" "round trips" lower null 2
row "the same without a delay" "$ms" ms lower

read -r ours theirs <<<"$("$program" upload)"
row "deploy: image of 30 MiB" "$ours" MiB/s higher "$theirs"
row "of what scp reaches" "$(awk -v a="$ours" -v b="$theirs" \
	'BEGIN { printf "%.0f", a / b * 100 }')" % higher null 80

read -r own server files <<<"$("$program" poll)"
row "state of 4 cells ($files files) at 1 Hz, our side" "$own" "% of a core" \
	lower null 0.5
row "the same, the target's side" "$server" "% of a core" lower null 0.5
