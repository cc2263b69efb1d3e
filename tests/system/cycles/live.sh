#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Live allocations that have the driver in their call chain. Left out: address
# ranges, which the kernel gives back lazily (/proc/vmallocinfo has those that
# are in use), and nodes of trees that sysfs shares with others.
cat /sys/kernel/debug/slab/*/alloc_traces | awk '
	/^ *[0-9]+ / {
		total += ours * count
		count = $1
		ours = 0
		kernels = $2 ~ /^(alloc_vmap_area|radix_tree_node_alloc)/
	}
	/\[jailhouse\]/ { ours = !kernels }
	END { print total + ours * count }'
