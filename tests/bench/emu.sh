#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: from `emu start` to the first SSH command, packing and size of the image
# board: none
# timeout: 300

. "$(dirname "$0")/lib.sh"

jhw=$JHW_TOP/jhw
board=bench-emu
trap '"$jhw" emu stop "$board" 2>/dev/null || true' EXIT

# seconds COMMAND…: wall time.
seconds()
{
	local began=$EPOCHREALTIME
	"$@" >&2
	awk -v a="$began" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.2f", b - a }'
}

start()
{
	"$jhw" emu start qemu-arm64 --name "$board" --owner $$ "$@"
	"$jhw" emu ssh "$board" -- true
}

# measure WHAT OPTIONS…: the median of three boots.
measure()
{
	local what=$1 times=()
	shift
	for _ in 1 2 3; do
		times+=("$(seconds start "$@")")
		"$jhw" emu stop "$board"
	done
	row "$what" "$(median "${times[@]}")" s lower 20 10
}

measure "start to SSH, Linux 6.1"
measure "start to SSH, Linux 6.1, -icount" --icount
row "pack our parts of the image" \
	"$(seconds "$JHW_TOP/tools/image.sh")" s lower null 1
image=$("$JHW_TOP/tools/image.sh")
read -r _ initrd _ <<<"$image"
row "target image" "$(($(stat -c %s "$initrd") / 1024))" KiB lower
