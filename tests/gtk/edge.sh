#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# edge.sh EDITOR PROJECT: a drag, with a real pointer, to a lane that is not in
# view: near an edge the lanes scroll, until the drag leaves it or ends.
set -euo pipefail

editor=$1 folder=$(dirname "$2")
# shellcheck source=tests/gtk/pointer.sh
. "$(dirname "$0")/pointer.sh"

# where TEXT: sets y to the top of what people read so, and bottom to its end.
where()
{
	printf 'where %s\n' "$1" >&"${APP[1]}"
	wait_for "GEOM $1 *"
	read -r _ y _ bottom <<<"${geometry[$1]}"
	bottom=$((y + bottom))
}

# hold CHIP Y: drags it to that height, with the button held.
hold()
{
	centre "$1"
	xdotool mousemove "$x" "$y" mousedown 1 \
		mousemove $((x + 20)) "$y" mousemove $((x + 30)) "$y"
	wait_for "drag-begin*"
	xdotool mousemove 640 "$2" mousemove 642 "$2"
}

# scroll FAR: until the lanes have moved as far.
scroll()
{
	local frames
	for ((frames = 0; frames < 5000; frames++)); do
		wait_for "edge at *"
		[ "${line#edge at }" -lt "$1" ] || return 0
	done
	die "the lanes do not scroll as far as $1"
}

# The board with twenty cells, which are more than a screen has room for.
many=$HOME/many
cp -r "$folder" "$many"
for ((cell = 6; cell <= 20; cell++)); do
	sed "s/\"inmate-demo\"/\"cell-$cell\"/" "$many/cells/inmate-demo.json" \
		>"$many/cells/cell-$cell.json"
	sed -i "s,^\(\s*\)\"cells/linux-demo.json\"\$,\1\"cells/cell-$cell.json\"\,\n&," \
		"$many/system.json"
done

start "$editor" "$many/system.json"
wait_for READY
wait_for SETTLED
read -r left top _ <<<"${geometry[lane:cell-20]}"
[ "$top" -gt 2000 ] || die "the lane of cell-20 is in view"
# The window is no higher for them.
where Log
[ "$bottom" -lt 800 ] || die "the panel at the bottom is not on the screen"

hold ethernet0 $((y - 14))
scroll $((top - 500))
# beside the lanes
xdotool mousemove $((left - 8)) 400
wait_for "edge [0-9]*"
top=$((top - ${line#edge }))
xdotool mousemove $((left + 300)) $((top + 24)) mousemove $((left + 302)) $((top + 24))
wait_for "enter cell-20"
xdotool mouseup 1
wait_for "changed undo=Move ethernet0 to cell-20 redo="
wait_for "drop done"
