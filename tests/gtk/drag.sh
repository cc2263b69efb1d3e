#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# drag.sh EDITOR PROJECT [ROUNDS]: drags with a real pointer. A device goes from
# the root to a cell and back, each a drop that must arrive; what the program
# says on stdout is waited for, never time. Each drop is undone and redone, and
# gives the same bytes both times. Then a drag that ends where nothing takes it.
set -euo pipefail

editor=$1 project=$2 rounds=${3:-50}
command -v xdotool >/dev/null || exit 77

coproc APP { JHW_TRACE=1 exec "$editor" "$project"; }
trap 'kill "$APP_PID" 2>/dev/null || :' EXIT

declare -A geometry
line='' digest=''

die()
{
	printf 'drag.sh: %s\n' "$*" >&2
	exit 1
}

# wait_for PATTERN: reads what the program says until a line matches.
wait_for()
{
	while IFS= read -r -t 60 line <&"${APP[0]}"; do
		case $line in
		GEOM\ *)
			read -r _ name where <<<"$line"
			geometry[$name]=$where
			;;
		DIGEST\ *) digest=${line#DIGEST } ;;
		esac
		# shellcheck disable=SC2053 # a pattern
		[[ $line != $1 ]] || return 0
	done
	die "waited for \"$1\"; the last line was \"$line\""
}

# centre NAME: sets x and y to its middle.
centre()
{
	local width height
	[ -n "${geometry[$1]:-}" ] || die "$1 is not on the screen"
	read -r x y width height <<<"${geometry[$1]}"
	x=$((x + width / 2)) y=$((y + height / 2))
}

# inside CHIP LANE: is the middle of the chip in the lane?
inside()
{
	local left top width height
	centre "$1"
	read -r left top width height <<<"${geometry[lane:$2]}"
	[ "$x" -ge "$left" ] && [ "$x" -lt $((left + width)) ] &&
		[ "$y" -ge "$top" ] && [ "$y" -lt $((top + height)) ]
}

# pull CHIP LANE: as far as the lane, with the button held.
pull()
{
	local from_x from_y left top
	centre "$1"
	from_x=$x from_y=$y
	xdotool mousemove "$x" "$y" mousedown 1 \
		mousemove $((x + 20)) "$y" mousemove $((x + 30)) "$y"
	wait_for "drag-begin*"
	# its header is in view, whatever is below
	read -r left top _ <<<"${geometry[lane:$2]}"
	x=$((left + 300)) y=$((top + 24))
	xdotool mousemove "$x" "$y" mousemove $((x + 2)) "$y"
	wait_for "enter $2"
	x=$from_x y=$from_y
}

# step KEYS WHAT DIGEST: Undo or Redo, after which the project has this digest.
step()
{
	xdotool key "$1"
	wait_for "changed*"
	wait_for SETTLED
	[ "$digest" = "$3" ] || die "after $2 the project is another one"
}

# drag CHIP LANE: lets it go there, takes that back, and does it again.
drag()
{
	local before=$digest after
	pull "$1" "$2"
	xdotool mouseup 1
	wait_for "drop done"
	wait_for SETTLED
	inside "$1" "$2" || die "$1 was dropped on $2, and is not there"
	after=$digest
	[ "$after" != "$before" ] || die "the drop of $1 on $2 changed nothing"
	[ -z "$before" ] || step ctrl+z Undo "$before"
	[ -z "$before" ] || step ctrl+shift+z Redo "$after"
	inside "$1" "$2" || die "Redo did not bring $1 to $2 again"
}

wait_for READY
wait_for SETTLED
inside ethernet0 root || die "ethernet0 is not with the root"

# A click selects the chip and nothing else; with Ctrl it adds or takes away.
click()
{
	centre "$1"
	xdotool mousemove "$x" "$y" ${2:+keydown "$2"} click 1 ${2:+keyup "$2"}
}
click ethernet0
wait_for "selected 1 ethernet0"
click CPU_1 ctrl
wait_for "selected 2 CPU 1"
click ethernet0 ctrl
wait_for "selected 1 CPU 1"

for ((round = 1; round <= rounds; round++)); do
	drag ethernet0 inmate-demo
	drag ethernet0 root
done

drag ethernet0 inmate-demo
start=$digest
xdotool key ctrl+z
wait_for "changed undo=Move ethernet0 to root redo=Move ethernet0 to inmate-demo"
wait_for SETTLED
inside ethernet0 root || die "Undo did not bring ethernet0 back"
step ctrl+shift+z Redo "$start"

# Where nothing takes it, nothing happens; nor if Escape is pressed above a
# lane that would take it.
pull ethernet0 root
xdotool mousemove 600 20 mousemove 602 20
wait_for "leave root"
xdotool mouseup 1
wait_for drag-end
pull ethernet0 root
xdotool key Escape
wait_for "drag-cancel asked"
wait_for drag-end
xdotool mouseup 1
# Had there been a drop, it would be what is undone now.
xdotool key ctrl+z
wait_for "changed undo=Move ethernet0 to root redo=Move ethernet0 to inmate-demo"
wait_for SETTLED
# The pointer's grab is gone, too: the next drag begins as ever.
drag ethernet0 inmate-demo
printf 'drag.sh: %d drops, none lost, each undone and redone\n' $((2 * rounds + 2))
