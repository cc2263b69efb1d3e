#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the desktop editor, on a display without a GPU
# board: none
# timeout: 600

. "$(dirname "$0")/lib.sh"

build=$JHW_TOP/build/host
pages=$build/tests/bench/gtk/bench_gtk_pages
empty=$build/tests/bench/gtk/bench_gtk_empty
load=$build/tests/gtk/load
editor=$build/workbench-gtk/jailhouse-workbench
display=$JHW_TOP/tests/gtk/with-display.sh
board=$JHW_TOP/boards/arm64/zynqmp-zcu102/system.json
recording=$JHW_TOP/tests/fixtures/run/zcu102.jsonl
large=$TEST_DIR/large/system.json

# Nanoseconds of CPU that the process has had, all threads.
cpu_of()
{
	cat /proc/"$1"/task/*/schedstat |
		awk '{ sum += $1 } END { printf "%d\n", sum }'
}

# open PROGRAM ARGUMENT…: until a frame has shown all; then APP_PID runs on.
open()
{
	local line
	coproc APP { JHW_TRACE=1 exec "$@"; }
	while IFS= read -r -t 60 line <&"${APP[0]}"; do
		[ "$line" != SETTLED ] || return 0
	done
	fail "$* showed nothing"
}

close()
{
	kill "$1"
	wait "$1" 2>/dev/null || :
}

# rest PID: until it has not run for three seconds, if it comes to that.
rest()
{
	local before=-1 now n
	now=$(cpu_of "$1")
	for ((n = 0; n < 20 && now != before; n++)); do
		sleep 3
		before=$now now=$(cpu_of "$1")
	done
}

resident()
{
	awk '/^VmRSS/ { print $2 }' /proc/"$1"/status
}

# --- in a display of its own: gtk.sh MODE --------------------------------------

# Milliseconds until the first frame, and of CPU until then, ten times.
start_mode()
{
	local begin n
	for ((n = 0; n < 10; n++)); do
		begin=${EPOCHREALTIME/./}
		open "$@"
		printf '%d %d\n' $((${EPOCHREALTIME/./} - begin)) \
			"$(($(cpu_of "$APP_PID") / 1000))" >&"$ROWS"
		close "$APP_PID"
	done
}

# Nanoseconds of CPU in five seconds in which nothing changes, KiB of memory.
idle_mode()
{
	local before
	open "$editor" "$large"
	rest "$APP_PID"
	before=$(cpu_of "$APP_PID")
	sleep 5
	printf '%d %d\n' $(($(cpu_of "$APP_PID") - before)) \
		"$(resident "$APP_PID")" >&"$ROWS"
	close "$APP_PID"
}

# KiB of memory, when somebody has looked at each page and at the list beside
# the map of memory.
seen_mode()
{
	local page
	# shellcheck source=tests/lib/gui.sh
	. "$JHW_TOP/tests/lib/gui.sh"
	gui_start "$editor" "$large"
	gui_wait SETTLED
	# "Memory" is also said on the page Partition: not from there
	for page in Interrupts PCI Links Source Memory List Run Partition; do
		gui_click "$page"
		# answered when there is nothing left to be drawn
		gui_ask "$page"
	done
	# shellcheck disable=SC2154 # of gui.sh
	rest "$gui_pid"
	resident "$gui_pid" >&"$ROWS"
}

case ${1:-} in
start) start_mode "${@:2}" && exit ;;
idle | seen) "$1_mode" && exit ;;
esac

# --- rows ----------------------------------------------------------------------

# starts NAME AIM PROGRAM ARGUMENT…: how it starts. What is in the way is other
# processes, so that the least of ten counts; what they take is no CPU of it.
starts()
{
	local name=$1 aim=$2
	local -a wall cpu
	"$display" "$0" start "${@:3}" >"$TEST_DIR/start"
	mapfile -t wall < <(awk '{ print $1 / 1000 }' "$TEST_DIR/start" | sort -g)
	mapfile -t cpu < <(awk '{ print $2 / 1000 }' "$TEST_DIR/start" | sort -g)
	row "$name, least of ten" "${wall[0]}" ms lower null "$aim"
	row "$name, half of ten" "${wall[4]}" ms lower null "$aim"
	row "$name, CPU" "${cpu[0]}" ms lower
}

# A row for each line that pages.c prints, with its aim.
pages_rows()
{
	local what value
	while IFS=$'\t' read -r what value; do
		case $what in
		rules)
			row "64 cells: rules after an edit" "$value" \
				ms lower null 50
			;;
		highlight)
			row "64 cells: drag, CPU of a frame (95 of 100)" \
				"$value" ms lower null 16
			;;
		redraw\ *)
			row "64 cells: all of page ${what#* } drawn, CPU" \
				"$value" ms lower null 50
			;;
		edit\ *)
			row "64 cells: edit and frame, page ${what#* }, CPU" \
				"$value" ms lower
			;;
		esac
	done
}

# A moment each second, for five minutes, is played ten times as fast.
graphs_row()
{
	local percent
	jq -c --slurp '.[0], (length as $n | range(0; 300) as $i
		| .[1 + $i % ($n - 1)] | .t = $i * 1000)' "$recording" \
		>"$TEST_DIR/recording.jsonl"
	"$display" "$load" "$board" "$TEST_DIR/recording.jsonl" graphs 10 \
		>"$TEST_DIR/graphs"
	percent=$(awk '/^graphs:/ { print $4 }' "$TEST_DIR/graphs")
	row "live graphs, 10 Hz: CPU of one core" "$percent" % lower null 15
}

command -v Xvfb >/dev/null || fail "no Xvfb: ./jhw setup installs it"

starts "start to first frame, $(jq '.devices | length' \
	"${board%/*}/board.json") devices" 400 "$editor" "$board"
starts "an empty window of GTK" null "$empty"

"$pages" --save "$large"
"$display" "$0" idle >"$TEST_DIR/idle"
read -r nanoseconds kib <"$TEST_DIR/idle"
row "64 cells: idle, nothing changes" \
	"$(awk -v ns="$nanoseconds" 'BEGIN { printf "%.3f", ns / 5e7 }')" \
	% lower null 0
row "64 cells: resident memory, opened" "$((kib / 1024))" MiB lower null 120
"$display" "$0" seen >"$TEST_DIR/seen"
row "64 cells: resident memory, all pages seen" \
	"$(($(cat "$TEST_DIR/seen") / 1024))" MiB lower null 120

"$display" "$pages" >"$TEST_DIR/pages"
pages_rows <"$TEST_DIR/pages"
graphs_row
