#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the same checks over local, ssh, emu and a recording
# board: qemu-arm64
# kernel: 6.1
# timeout: 240

. "$(dirname "$0")/lib.sh"

tool=$JHW_TOP/build/host/cli/jailhouse
[ -x "$tool" ] || skip "no program for this machine; build it: ./jhw build host"
export JHCFG_MODULES=$JHW_TOP/build/host/libjhcfg JAILHOUSE_BATCH=1
export JHW_NO_BUILD=1
cell=$(board_cell tick-demo)

# --- the places --------------------------------------------------------------

"$JHW_TOP/tools/emu.sh" where "$JHW_BOARD" >"$TEST_DIR/where"
where()
{
	sed -n "s/^$1 //p" "$TEST_DIR/where"
}
cat >"$TEST_DIR/ssh_config" <<END
Host board-under-test
 HostName 127.0.0.1
 Port $(where port)
 User root
 IdentityFile $(where identity)
 UserKnownHostsFile $(where known_hosts)
END
export JAILHOUSE_SSH_CONFIG=$TEST_DIR/ssh_config

# tool PLACE WORD…: the tool, at work there.
tool()
{
	local place=$1
	shift
	case $place in
	local) on jailhouse "$@" ;;
	ssh) "$tool" --target ssh://board-under-test "$@" ;;
	emu) "$tool" --target "emu://$JHW_BOARD" "$@" ;;
	recorded) "$tool" --target "recorded:$TEST_DIR/board.jhrec" "$@" ;;
	esac
}

# A program that reads a register of the root's clock:
#	movz x1, #0x0901, lsl #16; ldr w0, [x1]
printf '\x21\x20\xa1\xd2\x20\x00\x40\xb9' >"$TEST_DIR/reads-rtc.bin"
get "$cell" "$TEST_DIR/tick-demo.cell"
get "$INMATES/uart-demo.bin" "$TEST_DIR/uart-demo.bin"
put "$TEST_DIR/tick-demo.cell" "$TEST_DIR/uart-demo.bin" \
	"$TEST_DIR/reads-rtc.bin" /root

# file PLACE NAME: a file as the tool there finds it: over a connection it is
# taken along.
file()
{
	case $1 in
	local) printf '/root/%s\n' "$2" ;;
	*) printf '%s/%s\n' "$TEST_DIR" "$2" ;;
	esac
}

# --- the suite: reading ------------------------------------------------------

# reads PLACE: the state is that of the cell which has failed.
reads()
{
	local place=$1 out rc=0
	out=$(tool "$place" cell list --json)
	assert_eq "$place: cells" \
		'["qemu-arm64","running",[0,1,3]] ["tick-demo","failed",[2]]' \
		"$(jq -c '.[] | [.name, .state, .cpus_assigned]' <<<"$out" |
			xargs -d '\n')"
	assert_match "$place: table" '^1 +tick-demo +failed +2 +2 *$' \
		"$(tool "$place" cell list)"

	out=$(tool "$place" target watch -n 1)
	assert_eq "$place: watch" '[true,true,2,"failed",[2]]' "$(jq -c \
		'[.driver, .enabled, (.cells | length), .cells[1].state,
		  .cells[1].cpus_failed]' <<<"$out")"

	out=$(tool "$place" target probe --json) || rc=$?
	assert_eq "$place: probe, exit status" 0 "$rc"
	assert_eq "$place: probe" 'aarch64 mem=768M enabled' "$(jq -r '[.rows[] |
		select(.topic == "architecture" or .topic == "memory" or
			.topic == "hypervisor") | .found] |
		join(" ") | sub(",.*"; "")' <<<"$out")"

	out=$(tool "$place" target explain --json)
	assert_eq "$place: explain" \
		'["tick-demo",2,151060480,4,"qemu-arm64"]' "$(jq -c \
		'.[-1] | [.cell, .cpu, .address, .size, .owner]' <<<"$out")"
	rc=0
	tool "$place" cell list nonsense >/dev/null 2>&1 || rc=$?
	assert_eq "$place: wrong use" 1 "$rc"
}

# --- the suite: changing -----------------------------------------------------

refused()
{
	local place=$1 regex=$2 rc=0 out
	shift 2
	out=$(tool "$place" "$@" 2>&1) || rc=$?
	assert_eq "$place: $1 $2: exit status" 1 "$rc"
	assert_match "$place: $1 $2" "$regex" "$out"
}

ok()
{
	local rc=0 out
	out=$(tool "$@" 2>&1) || rc=$?
	[ "$rc" -eq 0 ] || fail "$*: exit status $rc: $out"
}

# changes PLACE: a cell's life, with a console, to its failure.
changes()
{
	local place=$1
	ok "$place" cell create "$(file "$place" tick-demo.cell)"
	refused "$place" 'exists' cell create "$(file "$place" tick-demo.cell)"
	refused "$place" 'No such file' cell create "$(file "$place" none.cell)"
	ok "$place" cell load tick-demo "$(file "$place" uart-demo.bin)"
	ok "$place" cell start tick-demo
	ok "$place" target console tick-demo --seconds 60 --until 'Hello 2'
	ok "$place" cell shutdown tick-demo
	assert_match "$place: shut down" 'tick-demo +shut down' \
		"$(tool "$place" cell list)"
	ok "$place" cell load tick-demo "$(file "$place" reads-rtc.bin)"
	ok "$place" cell start tick-demo
	wait_on 20 'grep -q failed /sys/devices/jailhouse/cells/*/state'
	# the hypervisor's own console has the dump, and what it means
	out=$(tool "$place" target console --seconds 60 --until 'Parking CPU 2')
	assert_match "$place: dump" '^Unhandled data read at 0x9010000' "$out"
	assert_match "$place: explained" \
		'^>>> cell "tick-demo", CPU 2: read of 4 bytes' "$out"
}

jh_enable
for place in local ssh emu; do
	changes "$place"
	reads "$place"
	[ "$place" != ssh ] ||
		ok ssh target record -n 2 -d 0.1 "$TEST_DIR/board.jhrec"
	ok "$place" cell destroy tick-demo
	assert_no_match "$place: destroyed" tick-demo "$(tool "$place" cell list)"
done
reads recorded
refused recorded 'recording' cell start tick-demo
refused recorded 'recording' target console tick-demo

# All of them with one command.
printf 'ssh://board-under-test\nemu://%s\nrecorded:%s\n' "$JHW_BOARD" \
	"$TEST_DIR/board.jhrec" >"$TEST_DIR/all"
out=$("$tool" --targets "$TEST_DIR/all" --logs "$TEST_DIR/logs" cell list)
assert_eq "targets that answered" 3 "$(grep -c ' ok ' <<<"$out")"
jh_disable
