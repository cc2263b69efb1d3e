#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# Sourced by tests that drive the editor with a real pointer: what it says on
# stdout (JHW_TRACE) is waited for, never time.

command -v xdotool >/dev/null || exit 77

declare -A geometry
# of the project, as the program said it last; for whoever sources this
# shellcheck disable=SC2034
digest=''
line=''

die()
{
	printf '%s: %s\n' "$(basename "$0")" "$*" >&2
	exit 1
}

# start EDITOR PROJECT: the program, which ends when the test does.
start()
{
	coproc APP { JHW_TRACE=1 exec "$@"; }
	program=$APP_PID # bash forgets it when the program ends
	trap 'kill "$program" 2>/dev/null || :' EXIT
}

# wait_for PATTERN: reads what the program says until a line matches.
wait_for()
{
	while IFS= read -r -t 120 line <&"${APP[0]}"; do
		case $line in
		GEOM\ *)
			read -r _ name where <<<"$line"
			geometry[$name]=$where
			;;
		DIGEST\ *)
			# shellcheck disable=SC2034
			digest=${line#DIGEST }
			;;
		esac
		# shellcheck disable=SC2053 # a pattern
		[[ $line != $1 ]] || return 0
	done
	die "waited for \"$1\"; the last line was \"$line\""
}

# wait_for_both PATTERN PATTERN: in whatever order they come.
wait_for_both()
{
	wait_for "@($1|$2)"
	# shellcheck disable=SC2053 # a pattern
	if [[ $line == $1 ]]; then
		wait_for "$2"
	else
		wait_for "$1"
	fi
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

# drop CHIP LANE: pulls it there and lets it go there.
drop()
{
	pull "$1" "$2"
	xdotool mouseup 1
	wait_for "drop done"
	wait_for SETTLED
	inside "$1" "$2" || die "$1 was dropped on $2, and is not there"
}

# click NAME [KEY]: in its middle, with the key held.
click()
{
	centre "$1"
	xdotool mousemove "$x" "$y" ${2:+keydown "$2"} click 1 ${2:+keyup "$2"}
}
