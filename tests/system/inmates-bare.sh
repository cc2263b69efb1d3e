#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: demos and test inmates without a hypervisor
# board: none
# timeout: 120
#
# What fails here is the inmate library or the inmate, since nothing of the
# hypervisor runs: only inmates/tests/bare/shim.S.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

inmates=$JHW_BUILD/arm64/inmates
image=$TEST_DIR/image

# run_inmate NAME COMMAND-LINE [SHIM]: what it prints; it has to end by itself.
# NAME is one of the build's, or a path.
run_inmate()
{
	local cmdline=$TEST_DIR/cmdline rc=0
	printf '%s\0' "$2" >"$cmdline"
	case $1 in
	*/*) cp "$1" "$image" ;;
	*) cp "$inmates/$1.bin" "$image" ;;
	esac
	dd if="$cmdline" of="$image" bs=1 seek=4096 conv=notrunc status=none
	timeout 60 qemu-system-aarch64 -M virt,gic-version=3,virtualization=on \
		-cpu cortex-a57 -m 2G -net none -nographic -no-reboot \
		-device "loader,file=$inmates/${3:-bare-shim}.elf,cpu-num=0" \
		-device "loader,file=$image,addr=0x70000000,force-raw=on" \
		</dev/null 2>"$TEST_DIR/qemu.err" | tr -d '\r' || rc=$?
	[ "$rc" -eq 0 ] || fail "$1 $2: exit status $rc: $(cat "$TEST_DIR/qemu.err")"
}

out=$(run_inmate gic-demo "ticks=5 rate=50")
assert_match "gic-demo" '^Initializing the GIC\.\.\.$' "$out"
assert_match "gic-demo" '^Initializing the timer\.\.\.$' "$out"
assert_eq "lines of ticks" 5 "$(grep -cE \
	'^Timer fired, jitter: +[0-9]+ ns, min: +[0-9]+ ns, max: +[0-9]+ ns$' <<<"$out")"
assert_summary "its end" "$out"

out=$(run_inmate gic-demo "ticks=20 rate=1000 quiet con-virtual")
assert_no_match "quiet" 'Timer fired' "$out"
assert_summary "on the virtual console" "$out"

out=$(run_inmate uart-demo "" bare-shim-stop)
assert_match "asked to end" '^Shutting down on request$' "$out"

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

# The example of inmates/README.md, built as it says
sed -n '/^```c$/,/^```$/{ /^```/d; p }' "$JHW_TOP/inmates/README.md" \
	>"$TEST_DIR/hello.c"
(
	cd "$TEST_DIR"
	export PKG_CONFIG_PATH=$inmates
	read -ra cflags < <(pkg-config --cflags jailhouse-inmate)
	read -ra libs < <(pkg-config --libs jailhouse-inmate)
	aarch64-linux-gnu-gcc -O2 "${cflags[@]}" hello.c "${libs[@]}" \
		-o hello.elf
	aarch64-linux-gnu-objcopy -O binary hello.elf hello.bin
) || fail "the example of inmates/README.md does not build"
assert_match "the example" '^I am CPU 0x0$' \
	"$(run_inmate "$TEST_DIR/hello.bin" '' bare-shim-stop)"
