#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: broken configurations are refused by name, their neighbours accepted
# board: qemu-arm64
# kernel: 6.1
# timeout: 400
# state: shared

. "$(dirname "$0")/lib.sh"

host=$JHW_BUILD/host
cells=$host/boards
files=$TEST_DIR/bad-config
mkdir -p "$files"
"$host/tests/fixtures/bad_config/bad-config" "$cells/qemu-arm64.cell" \
	"$cells/qemu-arm64-inmate-demo.cell" \
	"$cells/qemu-arm64-tick-demo.cell" "$files"
cp "$JHW_TOP/tests/fixtures/bad_config/on_board.sh" "$files"
tar -C "$TEST_DIR" -cf "$TEST_DIR/bad-config.tar" bad-config
put "$TEST_DIR/bad-config.tar" /tmp/bad-config.tar
on_ok "cd /tmp && tar xf bad-config.tar"
on_ok modprobe jailhouse

results=$TEST_DIR/results
on "sh /tmp/bad-config/on_board.sh enable" >"$results"
jh_enable
on_ok jailhouse cell create /tmp/bad-config/other.cell
on "sh /tmp/bad-config/on_board.sh create" >>"$results"

# section NAME VARIANT: exit status and "same" or "changed" in the first line,
# then what was said.
section()
{
	awk -v name="$1" -v variant="$2" '
		$1 == "===" { mine = $2 == name && $3 == variant
			      if (mine) print $4, $5
			      next }
		mine' "$results"
}

problems=0
problem()
{
	printf 'PROBLEM: %s\n' "$*"
	problems=$((problems + 1))
}

# check_refused NAME STRERROR WORDS
check_refused()
{
	local seen
	seen=$(section "$1" bad)
	[ "$(head -n 1 <<<"$seen")" = "1 same" ] ||
		problem "$1: expected a refusal without a trace: $seen"
	grep -qE "^JAILHOUSE_(ENABLE|CELL_CREATE): $2\$" <<<"$seen" ||
		problem "$1: expected \"$2\": $seen"
	grep -qE -e "$3" <<<"$seen" ||
		problem "$1: no line \"$3\": $seen"
}

# check_accepted NAME VARIANT [WORDS]
check_accepted()
{
	local seen
	seen=$(section "$1" "$2")
	[ "$(head -n 1 <<<"$seen")" = "0 same" ] ||
		problem "$1, $2: expected to be accepted, and undone: $seen"
	[ -z "${3-}" ] || grep -qE "(^Warning|jailhouse): .*$3" <<<"$seen" ||
		problem "$1, $2: no warning \"$3\": $seen"
}

refused=0 accepted=0
while IFS=$'\t' read -r name _ expected words; do
	if [ "$expected" = accepted ]; then
		check_accepted "$name" bad "$words"
		accepted=$((accepted + 1))
	else
		check_refused "$name" "$expected" "$words"
		refused=$((refused + 1))
	fi
	check_accepted "$name" good
done <"$files/cases.tsv"

# Each reason is one of its own: no two cases expect the same line.
assert_eq "reasons that occur twice" "" \
	"$(cut -f 2- "$files/cases.tsv" | sort | uniq -d)"
assert_range "distinct reasons" 40 1000 "$refused"
assert_range "accepted with a warning" 10 1000 "$accepted"
[ "$problems" -eq 0 ] || fail "$problems problems, see above"

# And everything works as before.
on_ok jailhouse cell create "$CELLS/qemu-arm64-inmate-demo.cell"
on_ok jailhouse cell load inmate-demo "$INMATES/uart-demo.bin"
mark=$(serial_mark)
on_ok jailhouse cell start inmate-demo
note "$(wait_serial 'Hello 2 from cell!' 20 "$mark")"
on_ok jailhouse cell destroy inmate-demo
on_ok jailhouse cell destroy other
jh_disable
