#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: a refresh of jh-top beside one of htop; its memory, its first screen
# board: none
# timeout: 600
#
# Both run at 1 Hz on the serial line of one board, which counts instructions:
# its time is 1 ns for each of them, so that what the scheduler says a process
# has run is the instructions of program and kernel for it. jh-top shows a
# recording of 16 cells of 4 CPUs, of which two have exits.

export JHW_BOARD=bench-top
. "$(dirname "$0")/lib.sh"
# shellcheck source=tools/target/apt.sh
. "$JHW_TOP/tools/target/apt.sh"

seconds=20
here=$JHW_TOP/tests/bench/top
jh_top=$JHW_BUILD/host/workbench-tui/jh-top
tmp=$(mktemp -d)
trap '"$JHW_TOP/jhw" emu stop "$JHW_BOARD" 2>/dev/null || true
	rm -rf "$tmp"' EXIT

"$here/recording.py" 16 4 90 2 >"$tmp/cells.jhrec"

# --- htop for the board: as Debian has it
fetch_htop()
{
	local files
	[ -d "$APT_ROOT/etc" ] || apt_update
	apt_configure
	mapfile -t files < <(apt_resolve htop)
	[ "${#files[@]}" -gt 0 ] || die "htop for arm64 cannot be had"
	apt-get install -qq -y --download-only htop >&2
	apt_unpack "$JHW_CACHE/arm64/htop" "${files[@]}"
}

# put_libraries ROOT FILE: what it needs and the board does not have
put_libraries()
{
	local name file
	for name in $(readelf -d "$2" |
		sed -nE 's/.*\(NEEDED\).*\[(.*)\]/\1/p'); do
		on "[ -e /lib/aarch64-linux-gnu/$name ] ||
			[ -e /usr/lib/aarch64-linux-gnu/$name ] ||
			[ -e /lib/$name ] || [ -e /root/lib/$name ]" && continue
		file=$(find "$1/lib" "$1/usr/lib" -name "$name" | head -n 1)
		put "$(realpath "$file")" "/root/lib/$name"
		put_libraries "$1" "$file"
	done
}

start_board()
{
	local htop
	htop=$(fetch_htop)
	"$JHW_TOP/jhw" emu stop "$JHW_BOARD" 2>/dev/null || true
	"$JHW_TOP/jhw" emu start qemu-arm64 --name "$JHW_BOARD" --owner $$ \
		--icount
	put "$htop/usr/bin/htop" /root/htop
	on mkdir -p /root/lib
	put_libraries "$htop" "$htop/usr/bin/htop"
	put "$tmp/cells.jhrec" /root/cells.jhrec
	on 'dmesg -n 1; stty -F /dev/ttyAMA0 rows 30 cols 100'
}

# measure NAME COMMAND: fills in ${instructions[NAME]}, ${bytes[NAME]} and
# ${memory[NAME]}
declare -A instructions bytes memory
measure()
{
	local name=$1 before after from to size
	on "TERM=xterm-256color LC_ALL=C.UTF-8 HOME=/root \
		LD_LIBRARY_PATH=/root/lib setsid $2 </dev/ttyAMA0 \
		>/dev/ttyAMA0 2>/root/$name.err & echo \$! >/root/pid"
	# past the first screens, and what is found out once
	on 'sleep 5'
	size=$(stat -c %s "$SERIAL")
	read -r before from after to < <(on "
		state() { cut -d' ' -f1 /proc/\$(cat /root/pid)/schedstat
			cut -d' ' -f1 /proc/uptime; }
		state; sleep $seconds; state" | xargs) ||
		fail "$name: $(on "cat /root/$name.err")"
	bytes[$name]=$((($(stat -c %s "$SERIAL") - size) / seconds))
	instructions[$name]=$(awk -v a="$before" -v b="$after" -v f="$from" \
		-v t="$to" 'BEGIN { printf "%d", (b - a) / (t - f) }')
	# page by page: older kernels count what status tells in batches
	memory[$name]=$(on "awk '/^Anonymous:/ { sum += \$2 }
		END { print sum }' /proc/\$(cat /root/pid)/smaps")
	on 'kill $(cat /root/pid); t=100
		while [ -d /proc/$(cat /root/pid) ] && [ $t -gt 0 ]; do
			t=$((t - 1)); usleep 50000; done'
}

start_board
measure htop '/root/htop -d 10'
measure jh-top 'jh-top --replay /root/cells.jhrec'

# ratio A B
ratio()
{
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.3f", a / b }'
}
row "htop: instructions a refresh" "${instructions[htop]}" instructions lower
row "jh-top: instructions a refresh" "${instructions[jh-top]}" instructions \
	lower "${instructions[htop]}" $((instructions[htop] / 4))
row "instructions, as part of htop's" \
	"$(ratio "${instructions[jh-top]}" "${instructions[htop]}")" ratio \
	lower 1 0.25
row "htop: anonymous memory" "${memory[htop]}" KiB lower
row "jh-top: anonymous memory" "${memory[jh-top]}" KiB lower \
	"${memory[htop]}" $((memory[htop] / 2))
row "htop: bytes to the terminal a refresh" "${bytes[htop]}" bytes lower
row "jh-top: bytes to the terminal a refresh" "${bytes[jh-top]}" bytes lower \
	"${bytes[htop]}" 2048

# --- here
export TERM=xterm-256color LC_ALL=C.UTF-8 HOME=$tmp XDG_CONFIG_HOME=$tmp
times=()
for _ in 1 2 3 4 5 6 7 8 9; do
	times+=("$("$here/first_screen.py" F10 "$jh_top" --replay \
		"$tmp/cells.jhrec")")
done
row "from start to the first screen, here" "$(median "${times[@]}")" ms \
	lower null 50

cc -O2 -shared -fPIC -o "$tmp/count.so" "$here/count_memory.c"
mkfifo "$tmp/keys"
LD_PRELOAD=$tmp/count.so COUNT_MEMORY=$tmp/count script -qec \
	"stty rows 30 cols 100; exec '$jh_top' --replay '$tmp/cells.jhrec' \
		--speed 4" /dev/null <"$tmp/keys" >/dev/null &
exec {keys}>"$tmp/keys"
# taken N: calls after about N seconds, of each program in there the last one
taken()
{
	sleep "$1"
	od -An -tu8 "$tmp/count" | xargs
}
first=$(taken 5)
last=$(taken 10)
printf q >&"$keys"
exec {keys}>&-
wait
row "memory is taken by 40 refreshes" $((last - first)) calls lower null 0
