#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# config collect: the script, under several shells; what it packs, and what is
# made of that.
. "$(dirname "$0")/lib.sh"

machines=$SOURCE/tests/fixtures/machines
script=$tmp/collect.sh
export TMPDIR=$tmp

run 0 config collect --script
"$JAILHOUSE" config collect --script >"$script"
cmp "$script" "$SOURCE/libjhcfg/import/linux/collect.sh" || fail "--script"
run 2 config collect
run 2 config collect one two

# A machine's files, packed again, are the same machine: its board (but for
# where each fact was found) and its root cell.
facts()
{
	run 0 config import "$1" -o "$tmp/facts.json"
	jq 'walk(if type == "object" then del(.source) else . end)' \
		"$tmp/facts.board.json" "$tmp/facts.json"
}
record()
{
	facts "$1" >"$tmp/recorded"
}
again()
{
	facts "$1" >"$tmp/again"
	diff "$tmp/recorded" "$tmp/again" >&2 || fail "$1 is another one"
}
mkdir "$tmp/pc"
tar -xzf "$machines/q35-intel.tar.gz" -C "$tmp/pc"
record "$machines/q35-intel.tar.gz"
[ "$(wc -c <"$tmp/recorded")" -gt 20000 ] || fail "facts are missing"
run 0 config collect -r "$tmp/pc" --json "$tmp/new.tar.gz"
is "--json" "$(stat -c %s "$tmp/new.tar.gz")" "$(jq .size <<<"$out")"
again "$tmp/new.tar.gz"
again "$tmp/pc"

# The same by another shell, and by busybox alone, from its input.
bash --posix "$script" "$tmp/other.tar" "$tmp/pc" || fail "bash"
again "$tmp/other.tar"
if command -v busybox >/dev/null; then
	mkdir "$tmp/bin"
	ln -s "$(command -v busybox)" "$tmp/bin/busybox"
	for tool in sh cat mktemp mkdir rm ln readlink find ls awk grep tar \
		gzip mv dd; do
		ln -s busybox "$tmp/bin/$tool"
	done
	PATH=$tmp/bin "$tmp/bin/sh" -s "$tmp/other.tar.gz" "$tmp/pc" \
		<"$script" || fail "busybox alone"
	again "$tmp/other.tar.gz"
fi

# Arm: the tree as a blob, or as folders where there is no blob.
mkdir "$tmp/arm"
tar -xzf "$machines/virt.tar.gz" -C "$tmp/arm"
record "$tmp/arm"
run 0 config collect -r "$tmp/arm" "$tmp/new.tar"
again "$tmp/new.tar"

# What a process has open may be called anything (memfd_create()): it is no line
# of ours, and leads to no other folder.
up=../../../../..
mkdir -p "$tmp/arm/proc/77/fd" "$tmp/arm/proc/78/fd"
echo evil >"$tmp/arm/proc/77/comm"
echo sshd >"$tmp/arm/proc/78/comm"
ln -s "memfd:
proc/77/cwd/$up/pwned-tty/fd:
a b 3 -> /dev/ttyS0
" "$tmp/arm/proc/77/fd/9"
ln -s "memfd:
a b $up/pwned-tty/x -> /dev/ttyS1
a b 5 -> /dev/ttyS2
" "$tmp/arm/proc/77/fd/8"
ln -s "memfd:
a b $up/pwned-socket/x -> socket:[4711]
a b 6 -> socket:[4712]
" "$tmp/arm/proc/78/fd/9"
ln -s /dev/ttyS3 "$tmp/arm/proc/78/fd/0"
ln -s 'socket:[4713]' "$tmp/arm/proc/78/fd/4"
run 0 config collect -r "$tmp/arm" "$tmp/new.tar"
is "folders of others" "" "$(ls -d "$tmp"/pwned* 2>/dev/null || :)"
is "what is open" "proc/78/fd/0 proc/78/fd/4" \
	"$(tar -tf "$tmp/new.tar" | grep -E '^proc/7[78]/fd/[^/]+$' | sort | xargs)"

# Addresses that were hidden, files that are not there, places that are none.
sed -i 's/[1-9a-f]\([0-9a-f]*\)/0\1/; s/^\( *\)[0-9a-f]*-[0-9a-f]*/\100000000-00000000/' \
	"$tmp/pc/proc/iomem"
run 1 config collect -r "$tmp/pc" "$tmp/hidden.tar"
has "hidden" "run this as root" "$err"
[ ! -e "$tmp/hidden.tar" ] || fail "hidden: there is an archive"
run 1 config import "$tmp/pc"
has "hidden" "all addresses are hidden" "$err"
rm "$tmp/arm/proc/cmdline"
echo old >"$tmp/kept.tar"
run 1 config collect -r "$tmp/arm" "$tmp/kept.tar"
has "no cmdline" "proc/cmdline: cannot be read" "$err"
is "the old archive stays" old "$(cat "$tmp/kept.tar")"
run 1 config collect -r "$tmp/none" "$tmp/kept.tar"
run 1 config collect -r "$tmp/pc" "$tmp/none/file.tar"
[ -z "$(find "$tmp" -maxdepth 1 -name 'collect.??????')" ] ||
	fail "temporary folders are left"

# This machine, if it shows itself.
if grep -q '^ *0*[1-9a-f]' /proc/iomem 2>/dev/null; then
	run 0 config collect "$tmp/this.tar.gz"
	tar -tzf "$tmp/this.tar.gz" proc/cpuinfo proc/iomem >/dev/null ||
		fail "this machine"
fi
