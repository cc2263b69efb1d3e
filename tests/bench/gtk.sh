#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the desktop editor, on a display without a GPU
# board: none
# timeout: 300

. "$(dirname "$0")/lib.sh"

pages=$JHW_TOP/build/host/tests/bench/gtk/bench_gtk_pages
editor=$JHW_TOP/build/host/workbench-gtk/jailhouse-workbench
display=$JHW_TOP/tests/gtk/with-display.sh
board=$JHW_TOP/boards/arm64/zynqmp-zcu102/system.json

# In a display of its own: gtk.sh start|idle FILE…, see below.
case ${1:-} in
start)
	# How many milliseconds until a frame has shown the project.
	begin=${EPOCHREALTIME/./}
	coproc APP { JHW_TRACE=1 exec "$editor" "$2"; }
	while IFS= read -r -t 60 line <&"${APP[0]}"; do
		[ "$line" != SETTLED ] || break
	done
	end=${EPOCHREALTIME/./}
	kill "$APP_PID"
	wait "$APP_PID" 2>/dev/null || :
	[ "${line:-}" = SETTLED ] || fail "the editor did not show $2"
	awk -v us=$((end - begin)) 'BEGIN { printf "%.1f\n", us / 1000 }' \
		>&"$ROWS"
	exit
	;;
idle)
	# Nanoseconds of CPU in five seconds in which nothing changes, and
	# KiB of memory.
	coproc APP { JHW_TRACE=1 exec "$editor" "$2"; }
	while IFS= read -r -t 60 line <&"${APP[0]}"; do
		[ "$line" != SETTLED ] || break
	done
	cpu()
	{
		cat /proc/"$APP_PID"/task/*/schedstat |
			awk '{ sum += $1 } END { printf "%d\n", sum }'
	}
	# until it has been still for two seconds
	before=-1 now=$(cpu)
	for ((n = 0; n < 20 && now != before; n++)); do
		sleep 2
		before=$now now=$(cpu)
	done
	sleep 5
	printf '%d %d\n' $(($(cpu) - now)) \
		"$(awk '/^VmRSS/ { print $2 }' /proc/"$APP_PID"/status)" \
		>&"$ROWS"
	kill "$APP_PID"
	wait "$APP_PID" 2>/dev/null || :
	exit
	;;
esac

command -v Xvfb >/dev/null || fail "no Xvfb: ./jhw setup installs it"

# The least of ten: what is in the way is other processes.
for _ in 1 2 3 4 5 6 7 8 9 10; do
	"$display" "$0" start "$board"
done | sort -g | head -n 1 >"$TEST_DIR/start"
row "start to first frame, $(jq '.devices | length' \
	"${board%/*}/board.json") devices" "$(cat "$TEST_DIR/start")" \
	ms lower null 400

"$pages" --save "$TEST_DIR/large/system.json"
"$display" "$0" idle "$TEST_DIR/large/system.json" >"$TEST_DIR/idle"
read -r nanoseconds kib <"$TEST_DIR/idle"
row "64 cells: idle, nothing changes" \
	"$(awk -v ns="$nanoseconds" 'BEGIN { printf "%.3f", ns / 5e7 }')" \
	% lower null 0
row "64 cells: resident memory, opened" "$((kib / 1024))" MiB lower null 120

# A row for each line of the program, with its aim.
"$display" "$pages" >"$TEST_DIR/pages"
while IFS=$'\t' read -r what value; do
	case $what in
	rules) row "64 cells: rules after an edit" "$value" ms lower null 50 ;;
	highlight)
		row "64 cells: drag, CPU of a frame (95 of 100)" "$value" \
			ms lower null 16
		;;
	redraw\ *)
		row "64 cells: all of page ${what#* } drawn, CPU" "$value" \
			ms lower null 50
		;;
	edit\ *)
		row "64 cells: edit and frame, page ${what#* }, CPU" \
			"$value" ms lower
		;;
	memory)
		row "64 cells: resident memory, all pages seen" "$value" \
			MiB lower null 120
		;;
	esac
done <"$TEST_DIR/pages"
