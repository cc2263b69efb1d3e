# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# System tests: tests/system/*.sh, each described by its head comment:
#
#	# title: what it shows
#	# board: qemu-arm64	the board it runs on; none: it starts its own;
#	#			several: on each, with all kernels on the first
#	# kernel: 6.1 6.12	once on each of them (default: 6.1)
#	# timeout: 300		seconds, with the boot left out (default: 120);
#			twice that until it is ended: machines differ
#	# state: fresh|shared	shared: it leaves the board as it found it, so
#	#			that the next such test may use the same boot
#	# append: …		added to the kernel command line
#	# start: --icount …	further options of `jhw emu start`
#
# It gets JHW_BOARD, the name of a running board, and TEST_DIR, a directory
# for what it wants to leave. Exit status 0: passed; 77: skipped, and the last
# line of its output says why; anything else: failed. Sourced by test.sh.

system_dir=$JHW_TOP/tests/system

# list_run FILE KERNEL BOARD NAME RUN: if it was asked for.
list_run()
{
	[ -z "$only_kernel" ] || [ "$2" = "$only_kernel" ] || return 0
	if selected "$4" || selected "$5"; then
		printf '%s %s %s %s\n' "$1" "$2" "$3" "$5"
	fi
}

# system_list: "FILE KERNEL BOARD NAME" of each run that was asked for. A test
# of several kernels or boards is several runs.
system_list()
{
	local file kernels boards kernel board name run
	for file in "$system_dir"/*.sh; do
		[ -x "$file" ] || continue
		read -ra kernels <<<"$(head_field "$file" kernel 6.1)"
		read -ra boards <<<"$(head_field "$file" board qemu-arm64)"
		for kernel in "${kernels[@]}"; do
			name=$(basename "$file" .sh)
			run=$name
			[ "${#kernels[@]}" -eq 1 ] || run=$name@$kernel
			list_run "$file" "$kernel" "${boards[0]}" "$name" "$run"
		done
		for board in "${boards[@]:1}"; do
			list_run "$file" "${kernels[0]}" "$board" "$name" \
				"$name@$board"
		done
	done
}

# The shared board that runs now: its name and what it was started with.
shared_board='' shared_with=''
: "${logs:?}"

stop_shared()
{
	[ -z "$shared_board" ] || emu stop "$shared_board" 2>/dev/null || true
	shared_board='' shared_with=''
}

# board_for FILE KERNEL LOG BOARD: starts or takes over the board of that test;
# its name is in $board. Two tests share a boot when all they ask for is equal.
board_for()
{
	local with
	with="$2 $4 $(for field in append start; do
		head_field "$1" "$field"
	done)"
	if [ "$(head_field "$1" state fresh)" != shared ]; then
		stop_shared
		board=test-fresh
		board_start "$board" "$1" "$2" "$3" "$4"
		return
	fi
	board=test-shared
	if [ "$shared_with" != "$with" ] ||
	   ! emu ssh "$shared_board" -- true >/dev/null 2>&1; then
		stop_shared
		board_start "$board" "$1" "$2" "$3" "$4" || return 1
		shared_board=$board shared_with=$with
	fi
}

# keep_logs BOARD DIR: what helps to understand a failure. Of a board that does
# not answer any more: where its CPUs are, and what it said last.
keep_logs()
{
	cp "$JHW_BUILD/emu/$1"/*.log "$2/" 2>/dev/null || true
	timeout 20 "$JHW_TOP/jhw" emu ssh "$1" -- \
		'dmesg; cat /sys/devices/jailhouse/console 2>/dev/null; true' \
		>"$2/dmesg.txt" 2>/dev/null </dev/null && return
	emu_registers "$JHW_BUILD/emu/$1" >"$2/cpus.txt" 2>/dev/null || return 0
	printf '    the board does not answer; its CPUs:\n'
	grep -E '^(CPU#| *PC=|PSTATE=)' "$2/cpus.txt" | sed 's/^/    /'
	tail -n 10 "$2/uart0.log" | sed 's/\r$//; s/^/    /'
}

# system_one FILE KERNEL BOARD NAME
system_one()
{
	local file=$1 kernel=$2 name=$4 dir=$logs/$4 rc=0 start limit reason
	local board=''
	rm -rf "$dir"
	mkdir -p "$dir"
	if reason=$(awk -v k="$kernel" '$1 == "missing" && $2 == k {
		sub(/^missing [^ ]* /, ""); print; exit 1 }' "$SETS_LIST"); then
		:
	else
		result SKIP "$name" 0.0 "kernel $kernel: $reason"
		return
	fi
	if ! reason=$(board_possible "$3" 2>&1); then
		result SKIP "$name" 0.0 "$reason"
		return
	fi
	start=$EPOCHREALTIME
	if [ "$3" != none ]; then
		board_for "$file" "$kernel" "$dir/start.log" "$3" || {
			tail -n 40 "$dir/start.log"
			result FAIL "$name" "$(seconds_since "$start")" \
				"its board did not start"
			return
		}
	fi
	limit=$((2 * $(head_field "$file" timeout 120)))
	JHW_BOARD=$board JHW_KERNEL=$kernel TEST_DIR=$dir TEST_NAME=$name \
		timeout -k 10 "$limit" "$file" >"$dir/output.log" 2>&1 \
		</dev/null || rc=$?
	reason=$(tail -n 1 "$dir/output.log")
	case $rc in
	0) result PASS "$name" "$(seconds_since "$start")" ;;
	77) result SKIP "$name" "$(seconds_since "$start")" "$reason" ;;
	*)
		[ "$rc" -ne 124 ] || reason="time-out after $limit s"
		tail -n 40 "$dir/output.log" | sed 's/^/    /'
		result FAIL "$name" "$(seconds_since "$start")" "$reason"
		[ -z "$board" ] || keep_logs "$board" "$dir"
		stop_shared
		;;
	esac
	[ "$board" != test-fresh ] || emu stop test-fresh 2>/dev/null || true
}

system_run()
{
	local runs run file kernel name board
	# shellcheck source=tools/target/sets.sh
	. "$JHW_TOP/tools/target/sets.sh"
	# Shared ones beside each other, by kernel and board, so that boots are
	# shared.
	mapfile -t runs < <(system_list |
		while read -r file kernel board name; do
			printf '%s %s %s %s %s\n' \
				"$(head_field "$file" state fresh)" \
				"$kernel" "$board" "$file" "$name"
		done | sort -V | awk '{ print $4, $2, $3, $5 }')
	[ "${#runs[@]}" -gt 0 ] || return 0
	step "${#runs[@]} system tests on emulated boards"
	trap stop_shared EXIT
	for run in "${runs[@]}"; do
		read -r file kernel board name <<<"$run"
		# Overwritten by the result; a log file needs no such line.
		[ ! -t 1 ] || printf '...   %-44s\r' "$name"
		system_one "$file" "$kernel" "$board" "$name"
	done
	stop_shared
}
