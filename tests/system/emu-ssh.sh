#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: commands, files and logs of an emulated board
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 120
# start: --share tests/system

. "$(dirname "$0")/lib.sh"

out=$(on sh -c 'echo out; echo "two  words" >&2; exit 7' 2>"$TEST_DIR/err") &&
	rc=0 || rc=$?
assert_eq "exit status" 7 "$rc"
assert_eq "standard output" out "$out"
assert_eq "standard error" "two  words" "$(cat "$TEST_DIR/err")"

assert_eq "arguments with quotes" "a'b \"c\" \$d" \
	"$(on printf %s "a'b \"c\" \$d")"
assert_eq "one word is a shell line" 3 "$(on 'echo 1 2 3 | wc -w')"

head -c 300000 /dev/urandom >"$TEST_DIR/sent"
put "$TEST_DIR/sent" /root/sent
assert_eq "checksum on the board" "$(sha256sum <"$TEST_DIR/sent")" \
	"$(on 'sha256sum </root/sent')"
get /root/sent "$TEST_DIR/back"
cmp "$TEST_DIR/sent" "$TEST_DIR/back" || fail "the file came back changed"
rm "$TEST_DIR/sent" "$TEST_DIR/back"

mapfile -t options < <(emu_ssh_options "$BOARD_DIR")
listing=$(cd "$BOARD_DIR" && sftp -q -b - "${options[@]}" root@127.0.0.1 \
	<<<'ls /root')
assert_match "SFTP" '/root/sent' "$listing"

assert_eq "shared directory" "$(sha256sum <"$0")" \
	"$(on "sha256sum </mnt/$(basename "$0")")"

mark=$(serial_mark)
on 'echo "marker $((6 * 7))" >/dev/console'
wait_serial '^marker 42' 10 "$mark"
on 'echo "second $((6 * 7))" >/dev/ttyS0'
assert_match "UART 1" '^second 42' "$("$JHW_TOP/jhw" emu uart "$JHW_BOARD" 1)"

assert_eq "CPUs" 0-3 "$(on cat /sys/devices/system/cpu/online)"
assert_match "kernel" "^$JHW_KERNEL\." "$(on uname -r)"
assert_match "its own name in the list" "^$JHW_BOARD .* running " \
	"$("$JHW_TOP/jhw" emu list)"
