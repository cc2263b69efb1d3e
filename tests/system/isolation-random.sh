#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: 1000 random fatal accesses, the cell restarted after each
# board: qemu-arm64 qemu-arm64-gicv2 zynqmp-zcu102
# timeout: 600
#
# Every other one goes to PCI configuration space or to ivshmem registers. Each
# run draws its seeds anew and prints the first; with ACCESS_SEED it repeats an
# old one.

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"
. "$(dirname "$0")/accesses.sh"

count=1000
first=${ACCESS_SEED:-$((RANDOM * 32768 + RANDOM + 1))}
# the windows of others, and own pages that can be used in a wrong way
where="win=$WINDOWS ro=0x20000000 nx=0x80000000 sub=$SUB pci=0x28"

jh_enable
on_ok jailhouse cell create "$(cell_config access)"
ticker_start
root_mark

note "seeds $first to $((first + count - 1))"
for ((seed = first; seed < first + count; seed++)); do
	printf '%d seed=%d %s\n' "$seed" "$seed" "$where"
done >"$TEST_DIR/random"
access_run access "$TEST_DIR/random"
access_judge access "$TEST_DIR/random.out" >"$TEST_DIR/verdict"
assert_eq "accesses judged" "$count" "$(wc -l <"$TEST_DIR/verdict")"
! grep -v ' ok$' "$TEST_DIR/verdict" || fail "see the lines above"
assert_eq "of these to PCI and ivshmem registers" "$((count / 2))" \
	"$(grep -c '^access: seed [0-9]*, PCI: ' "$TEST_DIR/random.out")"
note "kinds: $(sed -nE 's/^access: seed [0-9]+(, PCI)?: ([a-z]+).*/\2\1/p' \
	"$TEST_DIR/random.out" | sort | uniq -c | xargs)"

ticker_check
root_check
on_ok jailhouse cell destroy access
jh_disable
