# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# gui.sh: the editor as a user has it, with a real pointer and keyboard on an X
# server of its own (tests/gtk/with-display.sh). What the program says on stdout
# is waited for, never time; what is clicked is found by what people read on it.

: "${GUI_SECONDS:=120}"
declare -A gui_places=() gui_cells=()
gui_line='' gui_problems=''

# gui_start PROGRAM ARGUMENT…
gui_start()
{
	coproc GUI { JHW_TRACE=1 exec "$@" 2>&1; }
	trap 'gui_end' EXIT
	# shellcheck disable=SC2153 # of coproc
	gui_pid=$GUI_PID
}

gui_end()
{
	kill "$gui_pid" 2>/dev/null || :
}

gui_die()
{
	printf 'FAIL: %s\n' "$*"
	exit 1
}

# What later lines refer to: places, "x y width height" at the end of the line
# (names may have spaces), how many problems there are, what cells are doing.
gui_keep()
{
	local name
	# shellcheck disable=SC2034 # for tests
	[[ $1 != problems\ * ]] || gui_problems=${1#problems }
	[[ ! $1 =~ ^cell\ ([^\ ]*)\ (.*)$ ]] ||
		gui_cells[${BASH_REMATCH[1]}]=${BASH_REMATCH[2]}
	[[ $1 =~ ^GEOM\ (.*)\ (-?[0-9]+\ -?[0-9]+\ [0-9]+\ [0-9]+)$ ]] || return 0
	name=${BASH_REMATCH[1]}
	gui_places[$name]=${BASH_REMATCH[2]}
}

# gui_wait PATTERN [SECONDS]: reads what the program says until a line matches.
gui_wait()
{
	local until=$((SECONDS + ${2:-$GUI_SECONDS})) line
	while [ $SECONDS -lt $until ] &&
	      IFS= read -r -t "${2:-$GUI_SECONDS}" line <&"${GUI[0]}"; do
		gui_line=$line
		[[ $gui_line == GEOM\ * ]] || printf '    %s\n' "$gui_line"
		gui_keep "$gui_line"
		# shellcheck disable=SC2053 # a pattern
		[[ $gui_line != $1 ]] || return 0
	done
	[ -z "${TEST_DIR:-}" ] || import -window root "$TEST_DIR/screen.png" || :
	gui_die "waited for \"$1\"; the last line was \"$gui_line\""
}

# gui_wait_cell CELL STATE: until it does so, or if it does.
gui_wait_cell()
{
	[ "${gui_cells[$1]:-}" = "$2" ] || gui_wait "cell $1 $2"
}

# gui_ask NAME: where is it? Its place, or NOWHERE, is then known.
gui_ask()
{
	printf 'where %s\n' "$1" >&"${GUI[1]}"
	unset "gui_places[$1]"
	while IFS= read -r -t "$GUI_SECONDS" gui_line <&"${GUI[0]}"; do
		[ "$gui_line" != "NOWHERE $1" ] || return 1
		[[ $gui_line == GEOM\ * ]] || printf '    %s\n' "$gui_line"
		gui_keep "$gui_line"
		[[ $gui_line != "GEOM $1 "* ]] || return 0
	done
	gui_die "no answer to where \"$1\" is"
}

# gui_find NAME: until it is seen. It sets x and y to its middle.
gui_find()
{
	local until=$((SECONDS + GUI_SECONDS))
	until gui_ask "$1"; do
		[ $SECONDS -lt $until ] || {
			[ -z "${TEST_DIR:-}" ] ||
				import -window root "$TEST_DIR/screen.png" || :
			gui_die "\"$1\" is not on the screen"
		}
	done
	gui_centre "$1"
}

# gui_gone NAME: until it is no more seen: what closes keeps keys and pointer. An
# answer later the X server knows it, too.
gui_gone()
{
	local until=$((SECONDS + GUI_SECONDS))
	while gui_ask "$1"; do
		[ $SECONDS -lt $until ] || gui_die "\"$1\" is still on the screen"
	done
	gui_ask "$1" || :
}

# gui_centre NAME: sets x and y to its middle, if it is known.
gui_centre()
{
	local width height
	[ -n "${gui_places[$1]:-}" ] || gui_die "$1 is not on the screen"
	read -r x y width height <<<"${gui_places[$1]}"
	x=$((x + width / 2)) y=$((y + height / 2))
}

gui_click()
{
	gui_find "$1"
	printf '  click %s at %s,%s\n' "$1" "$x" "$y"
	xdotool mousemove "$x" "$y" click 1
}

# gui_type NAME TEXT: into the entry with that label, in place of what it has.
gui_type()
{
	gui_click "$1"
	xdotool key ctrl+a type --delay 1 -- "$2"
}

# gui_lane CELL: sets x and y to a place of its lane where no chip is.
gui_lane()
{
	[ -n "${gui_places[lane:$1]:-}" ] || gui_die "cell $1 has no lane"
	read -r x y _ <<<"${gui_places[lane:$1]}"
	x=$((x + 300)) y=$((y + 24))
}

gui_select_cell()
{
	gui_lane "$1"
	xdotool mousemove "$x" "$y" click 1
	gui_wait "selected 1 $1"
}

# gui_drag CHIP LANE: with the button held until the lane has said that it would
# take it. Chips tell their places before each SETTLED.
gui_drag()
{
	gui_centre "$1"
	printf '  drag %s to %s\n' "$1" "$2"
	xdotool mousemove "$x" "$y" mousedown 1 \
		mousemove $((x + 20)) "$y" mousemove $((x + 30)) "$y"
	gui_wait 'drag-begin*'
	gui_lane "$2"
	xdotool mousemove "$x" "$y" mousemove $((x + 2)) "$y"
	gui_wait "enter $2"
	xdotool mouseup 1
	gui_wait 'drop done'
	gui_wait SETTLED
}

# gui_choose PATH BUTTON: in a file dialog that is opening, whose entry for names
# is there and has the keyboard, or comes with Ctrl+L.
gui_choose()
{
	gui_find "$2"
	xdotool key ctrl+l ctrl+a type --delay 1 -- "$1"
	gui_click "$2"
}
