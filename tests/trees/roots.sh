#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# roots.sh PROGRAM DIR: each arm64 device tree of Debian with a GIC that can
# virtualise and PSCI yields a root cell that the hypervisor accepts. Those for
# which none can be made for another reason may be 3 % of all. Leaves the table
# in DIR/roots-arm64.txt.

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
program=$1 table=$2/roots-arm64.txt

folder=$("$here/../../tools/target/trees.sh" |
	awk '$1 == "arm64" { print $2 }')
rc=0
find "$folder" -name '*.dtb' | sort | xargs "$program" >"$table" || rc=1
grep '^bad' "$table" | head -n 20 || true
awk '
	# Not what is asked for: boards without a GIC, or without PSCI.
	/has no GICv2 or GICv3|no virtualisation registers|has no PSCI/ {
		reason = $0
		sub(/^no [^ ]* /, "", reason)
		without[reason]++
		next
	}
	{ count[$1]++; total++ }
	END {
		for (reason in without)
			printf "not counted: %d: %s\n", without[reason], reason
		printf "%d of %d boards have a root cell, %d exceptions\n",
			count["ok"], total, count["no"]
		exit !(total >= 400 && count["no"] * 100 <= total * 3)
	}' "$table" || rc=1
exit "$rc"
