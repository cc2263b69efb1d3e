# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Judging what tests/target/accesses.c printed. Sourced by the tests of
# isolation, after cells.sh.

# access_judge FILE: one line for each block, "LABEL ok" or "LABEL why not".
# A fatal access names, in the hypervisor's words, the address or operation,
# the access, the cell and what is there; it dumps the registers, parks the
# CPU, and makes the cell fail.
access_judge()
{
	awk '
	function need(pattern, what)
	{
		if (why == "" && text !~ pattern)
			why = "no " what
	}
	# What is done, and what the hypervisor can tell of it: without a
	# syndrome it does not know the width.
	function memory(kind, width, addr,    abort, size)
	{
		sub(/^0x0*/, "0x", addr)
		if (addr == "0x")
			addr = "0x0"
		size = width " bytes"
		if (kind ~ /^(pair|postindex|exclusive|zero)$/) {
			width = 0
			size = "unknown size"
		} else if (kind ~ /^(exec|walk)$/) {
			size = "4 bytes"
		}
		if (kind == "walk") # the table, and some entry of it
			sub(/...$/, "[0-9a-f][0-9a-f][0-9a-f]", addr)
		if (kind ~ /^(pair|postindex|exclusive)$/)
			kind = "read"
		if (kind == "zero")
			kind = "write"
		if (kind ~ /^(exec|walk)$/) {
			kind = "execute"
			abort = "FATAL: instruction abort at " addr
		} else {
			abort = "Unhandled data " kind " at " addr \
				"\\(" width "\\)"
		}
		need("\n" abort "\n", "line of the abort")
		need("\nCell \"" cell "\": " kind " of " size " at " addr ": .+",
			"line with cell and region")
	}
	function judge(    words)
	{
		if (label == "")
			return
		why = ""
		text = "\n" text
		if (state != "failed")
			why = "state \"" state "\""
		need("\naccess: ", "line of the inmate")
		if (why == "" && text ~ /\n(SURVIVED|EXCEPTION)/)
			why = "the access had no consequence"
		split(access, words, " ")
		if (words[1] == "hvc")
			need("\nhvc #" words[2] " ", "line of the hvc")
		else if (words[1] == "smc")
			need("\nsmc with function 0x0*" substr(words[2], 3) ",",
				"line of the smc")
		else if (words[2] == "of")
			memory(words[1], words[3], words[6])
		else if (words[1] ~ /^m[rc][cr]$/)
			need((words[1] == "mrc" ? "read" : "write") \
				" of coprocessor " words[3] " " words[4] \
				" " words[5] " " words[6] " " words[7] "\n",
				"line of the coprocessor")
		else
			need((words[1] == "mrs" ? "read" : "write") \
				" of system register " words[3] " " words[4] \
				" " words[5] " " words[6] " " words[7] "\n",
				"line of the register")
		need("\nCell state before exception:\n", "dump")
		need("\n pc: [0-9a-f]+ .*EL1\n", "program counter")
		need("\n +x27: [0-9a-f]+ +x28: [0-9a-f]+ +x29: [0-9a-f]+\n",
			"registers")
		need("\nParking CPU [0-9]+ \\(Cell: \"" cell "\"\\)\n",
			"line of the parked CPU")
		print label, (why == "" ? "ok" : why ": " access)
	}
	/^=== / {
		judge()
		label = $2
		state = $3
		text = access = ""
		next
	}
	/^access: / {
		access = $0
		sub(/^access: (seed [0-9]+(, PCI)?: )?/, "", access)
	}
	{ text = text $0 "\n" }
	END { judge() }
	' cell="$1" "$2"
}

# access_run CELL FILE [INMATE]: feeds the lines of FILE to the board; the
# output is in FILE.out.
access_run()
{
	put "$JHW_BUILD/arm64/tests/target/accesses" /root/accesses
	put "$2" /root/accesses.in
	on "/root/accesses $1 ${3:-access-test} </root/accesses.in" >"$2.out" 2>&1 ||
		fail "$(tail -n 1 "$2.out")"
}
