#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# profile.sh [REGEX]: runs the bench hv on a board of its own and says where the
# instructions at EL2 go: a line for each path, and for those that match REGEX
# the functions and the listing. All of it stays in build/bench/profile/.
#
# Not executable: it is no bench.
set -euo pipefail

JHW_TOP=$(dirname "$(dirname "$(dirname "$(readlink -f "$0")")")")
export JHW_TOP JHW_BOARD=profile
# shellcheck source=tests/system/lib.sh
. "$JHW_TOP/tests/system/lib.sh"
# shellcheck source=tests/bench/hv/lib.sh
. "$JHW_TOP/tests/bench/hv/lib.sh"

regex=${1:-}
elf=$JHW_BUILD/arm64/hypervisor/arch/arm64/jailhouse.elf
out=$HV_OUT/profile
windows=0

symbol()
{
	aarch64-linux-gnu-nm "$elf" | awk -v name="$1" \
		'$3 == name { print "0x" $1 }'
}

start_board()
{
	local virt plugin=$HV_OUT/plugin.so
	virt=$(symbol __image_start)
	cc -O2 -std=gnu17 -Wall -Wextra -Werror -shared -fPIC \
		"$JHW_TOP/tests/bench/profile/plugin.c" -o "$plugin"
	# phys: where the board's system.json puts the hypervisor
	"$JHW_TOP/jhw" emu start qemu-arm64 --name "$JHW_BOARD" --owner $$ \
		--icount --qemu "-plugin $plugin,out=$out/window,virt=$virt,$(
		)phys=0x7fc00000,size=$(($(symbol __image_end) - virt))"
}

# take TURNS NAME [--all]: what the next window has is the path NAME.
take()
{
	local file
	windows=$((windows + 1))
	file=$out/${2//[^A-Za-z0-9_]/-}.txt
	"$JHW_TOP/tests/bench/profile/annotate.sh" "$out/window.$windows" \
		"$1" "${@:3}" >"$file"
	printf '%-44s %s; %s\n' "$2" "$(head -n 1 "$file")" \
		"$(sed -n '2,4p' "$file" | awk '{ printf "%s %s  ", $4, $1 }')"
	if [ -n "$regex" ] && grep -qE -e "$regex" <<<"$2"; then
		sed 's/^/\t/' "$file"
	fi
}

# take_rows WHERE: lines "ROW TENTHS TURNS NAME" on stdin.
take_rows()
{
	local turns name
	while read -r _ _ turns name; do
		[ "$turns" -eq 0 ] || take "$turns" "$1: $name"
	done
}

mkdir -p "$HV_OUT"
rm -rf "$out"
mkdir "$out"
with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh"
export JHW_NO_BUILD=1
"$JHW_TOP/jhw" emu stop "$JHW_BOARD" 2>/dev/null || true
start_board
trap '"$JHW_TOP/jhw" emu stop "$JHW_BOARD"' EXIT
hv_build
hv_put
hv_life 1 >"$out/life"
while read -r _ step _; do
	take 1 "$step" --all
done <"$out/life"
hv_probe
jh_enable
# Not in a pipe, where the count of windows would be lost.
hv_root_rows >"$out/root"
take_rows root <"$out/root"
{ hv_cell_rows; hv_link_rows; } >"$out/cell"
take_rows cell <"$out/cell"
