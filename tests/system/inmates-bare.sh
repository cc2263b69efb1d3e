#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: demos and test inmates without a hypervisor
# board: none
# timeout: 60
#
# What fails here is the inmate library or the inmate, since nothing of the
# hypervisor runs: only inmates/tests/bare/shim.S.

. "$(dirname "$0")/lib.sh"

inmates=$JHW_BUILD/arm64/inmates
image=$TEST_DIR/image

# run_inmate NAME COMMAND-LINE: what it prints; it has to end by itself.
run_inmate()
{
	local cmdline=$TEST_DIR/cmdline rc=0
	printf '%s\0' "$2" >"$cmdline"
	cp "$inmates/$1.bin" "$image"
	dd if="$cmdline" of="$image" bs=1 seek=4096 conv=notrunc status=none
	timeout 20 qemu-system-aarch64 -M virt,gic-version=3,virtualization=on \
		-cpu cortex-a57 -m 2G -net none -nographic -no-reboot \
		-device "loader,file=$inmates/bare-shim.elf,cpu-num=0" \
		-device "loader,file=$image,addr=0x70000000,force-raw=on" \
		</dev/null 2>"$TEST_DIR/qemu.err" | tr -d '\r' || rc=$?
	[ "$rc" -eq 0 ] || fail "$1 $2: exit status $rc: $(cat "$TEST_DIR/qemu.err")"
}

out=$(run_inmate gic-demo "ticks=5 rate=50")
assert_match "gic-demo" '^Initializing the GIC\.\.\.$' "$out"
assert_match "gic-demo" '^Initializing the timer\.\.\.$' "$out"
assert_eq "lines of ticks" 5 "$(grep -cE \
	'^Timer fired, jitter: +[0-9]+ ns, min: +[0-9]+ ns, max: +[0-9]+ ns$' <<<"$out")"
assert_match "its end" '^Summary: ticks 5, ' "$out"

out=$(run_inmate gic-demo "ticks=20 rate=1000 quiet con-virtual")
assert_no_match "quiet" 'Timer fired' "$out"
assert_match "on the virtual console" '^Summary: ticks 20, ' "$out"

# Without a hypervisor most policies do not hold, but it gets to its end.
out=$(run_inmate policy-test "own=100 foreign=33 mpidr=1")
results=$(grep -cE '^(PASS|FAIL|SKIP) ' <<<"$out")
assert_match "policy-test" "^DONE $results\$" "$out"
for name in hc-unknown-9 gicd-owned-arrives sgi-self psci-suspend-result; do
	assert_match "policy-test" "^PASS $name\$" "$out"
done

out=$(run_inmate access-test "op=read addr=0x09000018 width=4")
assert_match "access-test" '^access: read of 4 bytes at 0x0+9000018$' "$out"
assert_match "access-test" '^SURVIVED ' "$out"


out=$(run_inmate lib-test "scratch=0x50000000 fault")
assert_no_match "lib-test" '^(FAIL|SKIP) ' "$out"
assert_match "lib-test" "^DONE $(grep -c '^PASS ' <<<"$out")\$" "$out"
assert_match "its dump" '^Unhandled synchronous exception .*class 0x3c' "$out"
assert_match "its dump" ' x7: 0000000000000077 ' "$out"
