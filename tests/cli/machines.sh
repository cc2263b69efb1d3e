#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# Recorded machines from end to end: a root configuration is made of each, and
# judged with the same recording as the target. What is found is true of them.
. "$(dirname "$0")/lib.sh"

machines=$SOURCE/tests/fixtures/machines

# expect MACHINE STATUS RULE…
expect()
{
	local machine=$machines/$1.tar.gz status=$2
	shift 2
	run 0 config import "$machine" -o "$tmp/system.json"
	run "$status" config check --json --recorded "$machine" \
		"$tmp/system.json"
	is "$machine" "$*" "$(jq -r '[.findings[] |
		select(.severity != "info") | .rule] | join(" ")' <<<"$out")"
}

# QEMU's TCG has no VMX; memory is reserved on the command line.
expect q35-intel 1 T01
# Nothing is reserved, which the import says how to do.
expect q35-amd 1 H01 H06
# Neither that nor an IOMMU
expect i440fx 1 H01 T01 H06
expect virt 1 H01

# One machine's configuration on another one
run 0 config import "$machines/q35-intel.tar.gz" -o "$tmp/system.json"
run 1 config check --recorded "$machines/q35-amd.tar.gz" "$tmp/system.json"
has "other CPUs" "C05 root/cpu/7" "$out"

# Both binary and JSON; a folder in place of the archive
mkdir "$tmp/pc"
tar -xzf "$machines/q35-amd.tar.gz" -C "$tmp/pc"
run 0 config create -r "$tmp/pc" "$tmp/a.cell"
run 0 config import "$machines/q35-amd.tar.gz" -o "$tmp/b.cell"
cmp "$tmp/a.cell" "$tmp/b.cell" || fail "folder and archive differ"
run 0 config create --mem-inmates 32M --mem-hv 8M -r "$tmp/pc" "$tmp/c.json"
is "sizes" "8M 32M" "$(jq -r '.hypervisor_memory.size + " " +
	(.root_cell.memory[] | select(.name == "inmate RAM").size)' \
	"$tmp/c.json")"

# What is missing or damaged is told
rm "$tmp/pc/sys/firmware/acpi/tables/APIC"
run 1 config create -r "$tmp/pc" "$tmp/d.json"
has "no MADT" "the board names no IOAPIC" "$err"
rm "$tmp/pc/proc/iomem"
run 1 config create -r "$tmp/pc" "$tmp/d.json"
has "no iomem" "/proc/iomem is missing" "$err"
head -c 5000 "$machines/q35-amd.tar.gz" >"$tmp/cut.tar.gz"
run 1 config import "$tmp/cut.tar.gz" -o "$tmp/d.json"
[ ! -e "$tmp/d.json" ] || fail "something was written"
