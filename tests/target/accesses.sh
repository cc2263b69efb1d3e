#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# accesses.sh CELL: on the board. For each line "LABEL COMMAND-LINE" of stdin,
# runs access-test in that cell, waits until it ended (at most 5 s), and prints
#
#	=== LABEL STATE
#	what the console got since the start of the cell
#
# The image is loaded once, since an inmate can be started again as it is.

cell=$1
image=/usr/share/jailhouse/inmates/access-test.bin
jailhouse=/sys/devices/jailhouse
dir=$(dirname "$(grep -lx "$cell" "$jailhouse"/cells/*/name)")

die()
{
	echo "accesses.sh: $*"
	exit 1
}

jailhouse cell load "$cell" "$image" || die "cannot load $image"
while read -r label line; do
	jailhouse cell load "$cell" -s "$line" -a 0x1000 ||
		die "$label: cannot load"
	jailhouse cell start "$cell" || die "$label: cannot start"
	polls=0
	while read -r state <"$dir/state" && [ "$state" = running ]; do
		polls=$((polls + 1))
		[ "$polls" -lt 2500 ] || break
		usleep 2000
	done
	echo "=== $label $state"
	awk -v start="^Started cell \"$cell\"" '
		$0 ~ start { text = ""; next }
		{ text = text $0 "\n" }
		END { printf "%s", text }' "$jailhouse/console"
done
