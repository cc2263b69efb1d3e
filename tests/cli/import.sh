#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# config import and config create: what is read, what is written.
. "$(dirname "$0")/lib.sh"

golden=$SOURCE/tests/golden
tree=$SOURCE/tests/fuzz/corpus/fdt/full

# A device tree becomes a root cell; both forms say the same.
run 0 config import "$tree" -o "$tmp/root.json"
has "advice on stderr" "Linux must not use" "$err"
is "stdout" "" "$out"
run 0 config import "$tree" -o "$tmp/root.cell"
run 0 config compile "$tmp/root.json" -o "$tmp/compiled.cell"
cmp "$tmp/root.cell" "$tmp/compiled.cell" || fail "the forms differ"
"$JAILHOUSE" config import "$tree" 2>/dev/null >"$tmp/piped.json"
run 0 config compile "$tmp/piped.json" -o "$tmp/compiled.cell"
cmp "$tmp/root.cell" "$tmp/compiled.cell" || fail "to stdout"

# C is one more form.
run 0 config import "$tree" -o "$tmp/root.c"
run 0 config import "$tmp/root.c" -o "$tmp/from-c.cell"
cmp "$tmp/root.cell" "$tmp/from-c.cell" || fail "to C and back"

# The hardware goes to a file beside it, which is a source as well.
is "board" root.board.json "$(jq -r .board "$tmp/root.json")"
is "title" "$(fdtget "$tree" / model)" \
	"$(jq -r .title "$tmp/root.board.json")"
run 0 config import "$tmp/root.board.json" -o "$tmp/again.cell"
cmp "$tmp/root.cell" "$tmp/again.cell" || fail "from a board"
run 0 config import --board "$tree" -o "$tmp/alone.json"
cmp "$tmp/alone.json" "$tmp/root.board.json" || fail "--board"
run 1 config import --board "$golden/cell-x86.cell"
has "--board of a cell" "says nothing of hardware" "$err"

# Where memory goes can be said.
run 0 config import --mem-inmates 16M --mem-hv 8M \
	--ram 0x80000000:512M "$tree" --json
is "hypervisor" "0x9f800000 0x800000" "$(jq -r '
	[.hypervisor_memory, .hypervisor_memory_size] | join(" ")' <<<"$out")"
for range in 0x80000000 0x80000000:0 0x80000000:1T 0xfffffffffffff000:8K; do
	run 2 config import --ram "$range" "$tree"
	has "--ram" "not a range such as" "$err"
done
run 2 config import --mem-hv -1 "$tree"
has "--mem-hv" "not a size such as" "$err"

# Configurations pass as they are.
for name in system-arm64 cell-arm64 system-x86 cell-x86; do
	run 0 config import "$golden/$name.cell" -o "$tmp/$name.json"
	run 0 config compile "$tmp/$name.json" -o "$tmp/$name.cell"
	cmp "$golden/$name.cell" "$tmp/$name.cell" || fail "$name: binary"
	run 0 config import "$golden/$name.json" -o "$tmp/again.json"
	run 0 config import "$tmp/again.json" -o "$tmp/again.cell"
	cmp "$golden/$name.cell" "$tmp/again.cell" || fail "$name: JSON"
done

# A directory is a machine.
mkdir -p "$tmp/machine/sys/firmware"
cp "$tree" "$tmp/machine/sys/firmware/fdt"
run 0 config create -r "$tmp/machine" "$tmp/machine.cell"
cmp "$tmp/root.cell" "$tmp/machine.cell" || fail "config create"

# What is none leaves what was there.
echo old >"$tmp/kept.json"
printf 'MZ' >"$tmp/program"
run 1 config import "$tmp/program" -o "$tmp/kept.json"
has "a program" "this is no kind of source" "$err"
head -c 900 "$tree" >"$tmp/cut.dtb"
run 1 config import "$tmp/cut.dtb" -o "$tmp/kept.json"
has "a cut tree" "error: device tree:" "$err"
run 1 config import "$tmp/none" -o "$tmp/kept.json"
has "no file" "No such file or directory" "$err"
is "the old output stays" old "$(cat "$tmp/kept.json")"
