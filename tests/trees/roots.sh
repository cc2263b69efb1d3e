#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# roots.sh PROGRAM DIR: each arm64 device tree of Debian with a GIC and PSCI
# yields a root cell that the hypervisor accepts and in which our rules find no
# error, but for those that the file "exceptions" lists, which are at most 3 %.
# Leaves the table in DIR/roots-arm64.txt, its summary in roots-arm64.summary.

set -euo pipefail
here=$(dirname "$(readlink -f "$0")")
program=$1 table=$2/roots-arm64.txt summary=$2/roots-arm64.summary

folder=$("$here/../../tools/target/trees.sh" |
	awk '$1 == "arm64" { print $2 }')
rc=0
find "$folder" -name '*.dtb' | sort | xargs "$program" >"$table" || rc=1
grep '^bad' "$table" | head -n 20 || true
awk '
	function fault(text) { print text; failed = 1 }

	FILENAME ~ /exceptions$/ {
		if (/^[^#]/ && NF) {
			name = $1
			sub(/^[^\t ]+[\t ]+/, "")
			exception[name] = $0
		}
		next
	}
	# Not what is asked for: boards without a GIC, or without PSCI.
	/has no GICv2 or GICv3|has no PSCI/ {
		reason = $0
		sub(/^no [^ ]* /, "", reason)
		without[reason]++
		next
	}
	{ total++ }
	$1 == "no" {
		reason = $0
		sub(/^no [^ ]* /, "", reason)
		if (exception[$2] != reason)
			fault("not among the exceptions: " $2 ": " reason)
		seen[$2] = 1
		exceptions[reason]++
		count++
	}
	$1 == "ok" { ok++; regions += $4; warned += $6 + 0 > 0 }
	END {
		for (name in exception)
			if (!(name in seen))
				fault(name " is no exception any more")
		printf "%d of %d boards with a GIC and PSCI have a root cell\n",
			ok, total
		printf "%d with warnings, %.1f regions on average\n", warned,
			ok ? regions / ok : 0
		for (reason in exceptions)
			printf "exceptions: %d: %s\n", exceptions[reason], reason
		for (reason in without)
			printf "not counted: %d: %s\n", without[reason], reason
		if (total < 400)
			fault("too few boards")
		if (count * 100 > total * 3)
			fault("more than 3 % are exceptions")
		exit failed
	}' "$here/exceptions" "$table" >"$summary" || rc=1
cat "$summary"
exit "$rc"
