# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What a test or bench says of itself in its head comment, and the board it
# gets for that. Sourced by tools/test.sh and tools/bench.sh.

# head_field FILE FIELD [DEFAULT]
head_field()
{
	local value
	value=$(sed -nE "/^#/!q; s/^# $2:[[:space:]]*//p" "$1" | head -n 1)
	printf '%s\n' "${value:-${3:-}}"
}

emu()
{
	"$JHW_TOP/jhw" emu "$@"
}

# board_possible BOARD: is there a QEMU that can be this board? Says what is
# missing otherwise. Of a board that is not known its start will say so.
board_possible()
{
	local facts
	for facts in "$JHW_TOP"/boards/*/"$1"/emulator.json; do
		[ ! -f "$facts" ] || "$JHW_TOP/tools/target/qemu.sh" \
			"$(jq -r .qemu "$facts")" \
			"$(jq -r '.qemu_version // 0' "$facts")" >/dev/null
	done
}

# board_start NAME FILE KERNEL LOG [BOARD]: the first one of the file, or that.
board_start()
{
	local options=() start boards
	read -ra boards <<<"$(head_field "$2" board qemu-arm64)"
	read -ra start <<<"$(head_field "$2" start)"
	options=(--name "$1" --kernel "$3" --owner $$ --timeout 300
		--append "$(head_field "$2" append)" "${start[@]}")
	emu stop "$1" 2>/dev/null || true
	emu start "${5:-${boards[0]}}" "${options[@]}" \
		>"$4" 2>&1
}
