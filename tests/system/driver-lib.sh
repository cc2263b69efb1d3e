# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What tests of the driver share. Sourced after lib.sh.

SYSFS=/sys/devices/jailhouse
export SYSFS

# Cells of the board, which must be running: a test may start its own.
demo_cell()
{
	board_cell inmate-demo
}

tick_cell()
{
	board_cell tick-demo
}

# poke_put: builds poke/, which uses the driver's interface directly, and puts
# it on the board as /root/poke.
poke_put()
{
	local here
	here=$(dirname "${BASH_SOURCE[0]}")
	aarch64-linux-gnu-gcc -std=gnu17 -D_GNU_SOURCE -O1 -Wall -Wextra \
		-Werror -static -pthread \
		-I"$JHW_TOP/hypervisor/include/uapi" "$here"/poke/*.c \
		-o "$TEST_DIR/poke" || fail "poke does not compile"
	put "$TEST_DIR/poke" /root/poke
}

# file NAME: one of the driver's files.
file()
{
	on cat "$SYSFS/$1"
}

# dmesg_mark, dmesg_since MARK: what the kernel has said in between.
dmesg_mark()
{
	on 'dmesg | wc -l'
}

dmesg_since()
{
	on "dmesg | tail -n +$(($1 + 1))"
}

# kernel_content: the kernel has found nothing to complain about.
kernel_content()
{
	assert_no_match "kernel log" \
		'WARNING:|BUG:|Oops|Call trace|rcu.*stall|lockup|hung task' \
		"$(on dmesg)"
}
