#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: no interrupt between CPUs of the root gets lost while cells change
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 180
#
# A CPU of the root may be called by another one just when it is held for a
# change of a cell: the call has to be waiting for it when it goes on.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

jh_enable
on_ok jailhouse cell create "$(board_cell inmate-demo)"
# It ticks fast, and so is quick to agree to its end.
cell_run inmate-demo gic-demo "quiet rate=1000"
put "$JHW_BUILD/arm64/tests/target/root_ipis" /root/root_ipis
root_mark
on_ok /root/root_ipis inmate-demo 40
root_check
on_ok jailhouse cell destroy inmate-demo
jh_disable
