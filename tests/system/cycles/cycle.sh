#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# cycle.sh BOARD: one life cycle of hypervisor and cell; prints what is to be
# the same in each.
set -e
cells=/usr/share/jailhouse/cells
sys=/sys/devices/jailhouse

# try COMMAND…: its output is of interest if it fails.
try()
{
	"$@" >/root/log 2>&1 || { echo "$*:"; cat /root/log; exit 1; }
}

# hello TIMES: the cell has come up that often, within 60 s.
hello()
{
	n=1200
	until [ "$(grep -c 'Hello 1 from cell' $sys/cells/1/console)" = "$1" ]; do
		n=$((n - 1))
		[ $n -gt 0 ] || { echo "no hello $1 in 60 s"; exit 1; }
		usleep 50000
	done
}

# pools WHEN
pools()
{
	echo "$1: pools $(cat $sys/mem_pool_used) $(cat $sys/remap_pool_used)"
}

# state WHEN
state()
{
	echo "$1: $(cat $sys/cells/1/state)"
}

try jailhouse enable "$cells/$1.cell"
pools enabled
try jailhouse cell create "$cells/$1-tick-demo.cell"
try jailhouse cell load 1 /usr/share/jailhouse/inmates/uart-demo.bin
try jailhouse cell start 1
hello 1
state started
try jailhouse cell shutdown 1
state shut
try jailhouse cell start 1
hello 2
pools created
try jailhouse cell destroy 1
pools destroyed
try jailhouse disable
echo "online: $(cat /sys/devices/system/cpu/online)"
