# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# jh-top for scripts: in a terminal that tells what its user sees, which is
# build/host/tests/unit/tui-screen/drive. Sourced after cells.sh.

export JH_TOP=$JHW_BUILD/host/workbench-tui/jh-top
drive=$JHW_BUILD/host/tests/unit/tui-screen/drive
export XDG_CONFIG_HOME=$TEST_DIR/config LC_ALL=C.UTF-8
export JHCFG_MODULES=$JHW_BUILD/host/libjhcfg

# It looks when it is told to by a key, and only then: what is shown after that
# was seen by one look.
export columns=id,name,state,cpus,total,failed
# shellcheck disable=SC2034 # by those who source this
hourly=(--delay 3600 --columns "$columns")

# screen_start PROGRAM ARGUMENT…: in a terminal of 100x50
screen_start()
{
	coproc screen { exec "$drive" 100x50 "$@" 2>&1; }
	screen_pid=$!
	# bash closes its own when the program has ended
	exec {screen_in}>&"${screen[1]}" {screen_out}<&"${screen[0]}"
	eval "exec ${screen[1]}>&- ${screen[0]}<&-"
}

# screen WORD [TEXT]: has drive do that; what it printed is in $shown.
screen()
{
	local line
	shown=''
	printf '%s\n' "$*" >&"$screen_in"
	# drive itself waits for 120 s
	while IFS= read -r -t 150 line <&"$screen_out"; do
		case $line in
		ok) return ;;
		no) fail "screen $*: $shown" ;;
		esac
		shown+=$line$'\n'
	done
	fail "screen $*: no answer: $shown"
}

# screen_close: the program in it may end with it.
screen_close()
{
	exec {screen_in}>&-
	wait "$screen_pid" || fail "drive: exit status $?"
}

# screen_quit: the program ends, and leaves the terminal as it was.
screen_quit()
{
	screen keys q
	screen end
	screen_close
}

# seen WHAT TEXT: the next look at the machine shows it, and so would the next
# refresh.
seen()
{
	screen keys r
	screen wait "$2"
	note "$1: $2"
}

# screen_line TEXT: the line with that
screen_line()
{
	screen show
	grep -m 1 -F -e "$1" <<<"$shown" || fail "no \"$1\" on: $shown"
}

# numbers NAME: those of a cell that stands still are on the screen as they are
# in sysfs: each counter of its CPU
numbers()
{
	local stats file counter
	stats=$(cell_sysfs "$1")/statistics
	screen keys "/$1\\n+"
	screen wait '     CPU ' # indented more than anywhere else
	screen keys '\eOB+'
	screen wait ' hypercall '
	assert_eq "exits of $1" "$(on "cat $stats/vmexits_total")" \
		"$(screen_line " 1 $1 " | grep -oE '[0-9,]+ +(-|[0-9]+)$' |
			cut -d' ' -f1 | tr -d ,)"
	for file in $(on "ls $stats/cpu*/vmexits_* | grep -v _ticks"); do
		counter=${file##*/vmexits_}
		[ "$counter" = total ] || assert_eq "$counter" \
			"$(on "cat $file")" \
			"$(screen_line "   $counter " | awk '{ print $NF }' | tr -d ,)"
	done
	screen keys --
	screen gone ' hypercall '
}
