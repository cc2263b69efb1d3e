#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lint-layers.sh: holds every #include against tools/layers. Prints
# "FILE:LINE: includes HEADER" for each that crosses a layer; exit 1 if any.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

cd "$JHW_TOP"

# Tests may reach any layer under test, and have no row.
sources()
{
	git ls-files -co --exclude-standard -- \
		hypervisor driver libjhcfg cli workbench-tui workbench-gtk \
		inmates | grep -E '\.[chS]$'
}

includes()
{
	xargs -r grep -HnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*[<"]' |
		sed -E 's/^([^:]*):([0-9]+):[^<"]*([<"][^>"]*).*/\1 \2 \3/'
}

sources | includes | awk -v table=tools/layers -v files=<(sources) '
function directory(path) {
	sub(/\/[^\/]*$/, "", path)
	return path
}

# a/b/../c: as a/c
function normal(path) {
	while (sub(/[^\/]+\/\.\.\//, "", path))
		;
	gsub(/\/\.\//, "/", path)
	return path
}

# The row of a file: its own, or that of the longest prefix.
function row_of(path) {
	for (; !(path in allowed); path = directory(path))
		if (path !~ /\//)
			return ""
	return path
}

# Where a header is: beside its includer, or in a folder that the row names.
function locate(from, header,	path, f) {
	path = normal(directory(from) "/" header)
	if (path in tree)
		return path
	# a piece of the tree by its whole name
	if (header in tree)
		return header
	split(allowed[row_of(from)], prefixes, " ")
	for (p in prefixes)
		for (f in tree)
			if (index(f "/", prefixes[p] "/") == 1 &&
			    ends(f, "/" header))
				return f
	return ""
}

# One that the row does not lead to, which is what we are after: in an include
# folder of the tree or, in quotes, anywhere in the same piece.
function elsewhere(from, header, quoted,	f, piece) {
	piece = from
	sub(/\/.*/, "/", piece)
	for (f in tree) {
		if (quoted && index(f, piece) == 1 && ends(f, "/" header))
			return f
		if (header ~ /\// &&
		    (ends(f, "/include/" header) || ends(f, "/uapi/" header)))
			return f
	}
	return ""
}

function ends(text, tail) {
	return length(text) >= length(tail) &&
		substr(text, length(text) - length(tail) + 1) == tail
}

function allows(row, path,	list, i, n) {
	n = split(allowed[row], list, " ")
	for (i = 1; i <= n; i++)
		if (list[i] == path || index(path, list[i] "/") == 1)
			return 1
	return 0
}

function system_kind(header) {
	if (header ~ /^(stddef|stdint|stdbool|stdarg|stdalign|stdnoreturn|limits)\.h$/)
		return "free"
	if (header ~ /^(linux|asm|asm-generic|uapi|trace|generated|kvm)\//)
		return "linux"
	return "libc"
}

BEGIN {
	while ((getline line < table) > 0) {
		sub(/#.*/, "", line)
		n = split(line, word, /[ \t]+/)
		if (n < 2)
			continue
		rest = ""
		for (i = 2; i <= n; i++)
			rest = rest " " word[i]
		allowed[word[1]] = rest
	}
	while ((getline line < files) > 0)
		tree[line] = 1
}

{
	header = substr($3, 2)
	row = row_of($1)
	if (row == "") {
		print $1 ": its folder has no row in " table
		bad = 1
		next
	}
	path = locate($1, header)
	quoted = index($3, "\"") == 1
	# The system has headers with the names of some of ours: asm/sysreg.h.
	theirs = !quoted && (allows(row, "libc") ||
		(allows(row, "linux") && system_kind(header) == "linux"))
	if (path == "" && !theirs)
		path = elsewhere($1, header, quoted)
	if (path == "") {
		kind = system_kind(header)
		ok = allows(row, kind) || allows(row, header) || (kind != "linux" && allows(row, "libc")) ||
			(kind == "linux" && allows(row, "libc"))
	} else {
		kind = path
		ok = allows(row, path)
	}
	if (!ok) {
		printf "%s:%s: includes %s (%s); %s may include:%s\n",
			$1, $2, header, kind, row, allowed[row]
		bad = 1
	}
}

END { exit bad }' || die "layers are crossed; tools/layers is the table"
