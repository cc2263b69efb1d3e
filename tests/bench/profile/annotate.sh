#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# annotate.sh WINDOW [TURNS] [--all]: what plugin.c wrote, by function and as a
# listing in the order of addresses. TURNS divides the counts. Without --all,
# only the CPU with the marks counts.
set -euo pipefail

top=$(dirname "$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")")
elf=${ELF:-$top/build/arm64/hypervisor/arch/arm64/jailhouse.elf}
window=${1:?usage: annotate.sh WINDOW [TURNS] [--all]}
turns=${2:-1}
all=$([ "${3:-}" = --all ] && echo 1 || echo 0)

aarch64-linux-gnu-objdump -d -l --no-show-raw-insn "$elf" |
awk -v turns="$turns" -v all="$all" -v base="${BASE:-fc0000000}" '
	function hex(text, n, value) {
		value = 0
		for (n = 1; n <= length(text); n++)
			value = value * 16 + \
				index("0123456789abcdef", substr(text, n, 1)) - 1
		return value
	}
	function shown(value) {
		return value == int(value) ? value : sprintf("%.2f", value)
	}
	FNR == NR {
		count[$1] = ($2 + (all ? $3 : 0)) / turns
		next
	}
	FNR == 1 {
		start = hex(base)
	}
	/^[0-9a-f]+ <.*>:$/ {
		func_name = $2
		gsub(/[<>:]/, "", func_name)
		line = ""
		next
	}
	# FILE:LINE of what follows
	/^[^ ].*:[0-9]+( \(discriminator [0-9]+\))?$/ {
		line = $1
		sub(/.*\//, "", line)
		next
	}
	/^ +[0-9a-f]+:\t/ {
		address = $1
		sub(/:/, "", address)
		n = count[hex(address) - start]
		if (!n)
			next
		total += n
		by_func[func_name] += n
		if (func_name != last)
			listing = listing "\n" func_name ":\n"
		last = func_name
		text = $0
		sub(/^ +[0-9a-f]+:\t/, "", text)
		sub(/\t/, " ", text)
		listing = listing sprintf("%9s  %s  %-44s %s\n", shown(n), \
			address, text, line == said ? "" : line)
		said = line
	}
	END {
		printf "%s instructions at EL2%s\n", shown(total + 0), \
			(turns > 1 ? " a turn" : "")
		fflush()
		for (name in by_func)
			printf "%9s  %4.1f %%  %s\n", shown(by_func[name]), \
				100 * by_func[name] / total, name | "sort -rn"
		close("sort -rn")
		printf "%s", listing
	}' "$window" -
