#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the merged console and those of the cells, as read from the driver
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 120

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/driver-lib.sh"

on_ok modprobe jailhouse
poke_put
on_ok rm -f /root/reader

# --- before: nothing, and a reader that waits ---------------------------------

assert_eq "nonblocking read before the first enable" "[EAGAIN]" \
	"$(on /root/poke read 1)"
assert_eq "sysfs" "" "$(file console)"
on 'setsid sh -c "cat /dev/jailhouse >/root/reader" </dev/null >/dev/null 2>&1 &'

# --- enabled: everybody reads for himself ------------------------------------

jh_enable
wait_remote /root/reader '^Activating hypervisor' 20
out=$(on /root/poke read 3)
assert_match "nonblocking read" '^Initializing Jailhouse hypervisor' "$out"
assert_eq "and again, with nothing new" "[0] [0]" \
	"$(tail -n 2 <<<"$out" | xargs)"
assert_eq "a second one reads the same" "$out" "$(on /root/poke read 3)"
assert_eq "sysfs shows the same" "$(on cat /root/reader)" "$(file console)"

# --- configurations can be read back -----------------------------------------

on_ok jailhouse cell create "$(tick_cell)"
wait_remote /root/reader '^Created cell "tick-demo"' 20
on_ok cmp "$SYSFS/config" "$(root_config)"
# The driver fills in the id, at 40.
assert_eq "bytes that differ from the file" "41   1   0" \
	"$(on "cmp -l $SYSFS/cells/1/config $(tick_cell)" | xargs -I{} echo {})"
assert_eq "mode" "-r--------" \
	"$(on "ls -l $SYSFS/config" | cut -d ' ' -f 1)"
assert_eq "image, which Linux must not see now" 0 \
	"$(on "head -c 4096 $SYSFS/core | tr -d '\\000' | wc -c")"

# --- the cell's own console --------------------------------------------------

assert_eq "nothing yet" "" "$(file cells/1/console)"
on_ok jailhouse cell load 1 "$INMATES/uart-demo.bin"
on_ok jailhouse cell start 1
wait_remote "$SYSFS/cells/1/console" 'Hello 2 from cell' 20
# A reader that stays at the end gets what comes.
on "setsid sh -c 'exec 3<$SYSFS/cells/1/console
	until grep -q \"Hello 4 from cell\" /root/follow; do
		cat <&3 >>/root/follow; usleep 50000
	done' </dev/null >/dev/null 2>&1 &"
wait_remote /root/follow 'Hello 4 from cell' 20
assert_eq "lines in order, none twice" "1 2 3 4" \
	"$(on "sed -n 's/^Hello \\([0-9]*\\) from cell!/\\1/p' /root/follow" | xargs)"
wait_remote /root/reader '^Hello 4 from cell' 20

# --- more than the ring holds ------------------------------------------------

on_ok jailhouse cell destroy 1
# Each cycle says some 150 bytes; the ring has 4 KiB.
on "n=0; while [ \$n -lt 30 ]; do
	jailhouse cell create $(tick_cell) && jailhouse cell destroy 1 || exit 1
	n=\$((n + 1)); done" >"$TEST_DIR/cycles.log" 2>&1 ||
	fail "$(tail -n 3 "$TEST_DIR/cycles.log")"
ring=$(on "cat $SYSFS/console | wc -c")
assert_range "bytes in the ring" 4000 4096 "$ring"
assert_no_match "its beginning is gone" 'Initializing' "$(file console)"

# --- disabled: the last words can still be read -------------------------------

jh_disable
wait_remote /root/reader '^Shutting down hypervisor' 20
assert_eq "sysfs" "" "$(file console)"
out=$(on /root/poke read 2)
assert_match "last words" '^Shutting down hypervisor' "$out"
assert_eq "and no more" "[EAGAIN]" "$(tail -n 1 <<<"$out")"
assert_match "the image, after disable" '^JAILHOUS' \
	"$(on "head -c 8 $SYSFS/core")"

# --- and the reader goes on with the next one --------------------------------

before=$(on 'wc -l </root/reader')
jh_enable
wait_on 20 "[ \$(grep -c '^Activating hypervisor' /root/reader) = 2 ]"
assert_match "from its beginning" '^Initializing Jailhouse hypervisor' \
	"$(on "tail -n +$((before + 1)) /root/reader")"

# --- without the permission (bit 0 of the flags at 8) ------------------------

jh_disable
on_ok killall cat
on "cp $(root_config) /root/mute.cell && printf '\\000' |
	dd of=/root/mute.cell bs=1 seek=8 conv=notrunc 2>/dev/null"
on_ok jailhouse enable /root/mute.cell
assert_eq "read" "[EPERM]" "$(on /root/poke read 1)"
on_fails any 'not permitted' cat "$SYSFS/console"
jh_disable
on_ok rmmod jailhouse
kernel_content
