#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the estimate of the page pool fits; planned cells run, and are read back
# board: qemu-arm64 qemu-arm64-gicv2
# kernel: 6.1
# timeout: 180

. "$(dirname "$0")/lib.sh"
. "$(dirname "$0")/cells.sh"

tool=$JHW_BUILD/host/cli/jailhouse
name=$(cat "$BOARD_DIR/board")
project=$JHW_TOP/boards/arm64/$name

# estimate SYSTEM [CELL…]: the pool with these cells of the project only.
estimate()
{
	local system=$1 cell changes=()
	shift
	for cell in $(jq -r '.configurations[1:][].name' <<<"$(
		"$tool" config show "$system" --json)"); do
		[[ " $* " == *" $cell "* ]] || changes+=(remove-cell "$cell")
	done
	rm -rf "$TEST_DIR/part"
	mkdir "$TEST_DIR/part"
	cp -r "$(dirname "$system")"/* "$TEST_DIR/part"
	system=$TEST_DIR/part/$(basename "$system")
	[ "${#changes[@]}" -eq 0 ] ||
		"$tool" config edit "$system" "${changes[@]}" >/dev/null
	"$tool" config show "$system" --json | jq -c .pool
}

# compare SYSTEM [CELL…]: with these cells created, within 10 %.
compare()
{
	local pool used expected
	pool=$(estimate "$@")
	used=$(on cat /sys/devices/jailhouse/mem_pool_used)
	expected=$(jq .used <<<"$pool")
	shift
	assert_range "pages with cells ($*), estimated for $used" \
		"$((used * 9 / 10))" "$((used * 11 / 10))" "$expected"
	assert_eq "pages of registers" \
		"$(on cat /sys/devices/jailhouse/remap_pool_used)" \
		"$(jq .remap_used <<<"$pool")"
}

# --- cells of the board
jh_enable
compare "$project/system.json"
size=$(on cat /sys/devices/jailhouse/mem_pool_size)
assert_range "pages there are, estimated for $size" "$((size * 99 / 100))" \
	"$((size * 101 / 100))" \
	"$(estimate "$project/system.json" | jq .pages)"
on_ok jailhouse cell create "$CELLS/$name-tick-demo.cell"
compare "$project/system.json" tick-demo
on_ok jailhouse cell create "$CELLS/$name-inmate-demo.cell"
compare "$project/system.json" tick-demo inmate-demo
on_ok jailhouse cell destroy tick-demo
on_ok jailhouse cell destroy inmate-demo
if [ -f "$project/cells/ivshmem-demo-2.json" ]; then
	on_ok jailhouse cell create "$CELLS/$name-ivshmem-demo.cell"
	on_ok jailhouse cell create "$CELLS/$name-ivshmem-demo-2.cell"
	compare "$project/system.json" ivshmem-demo ivshmem-demo-2
	on_ok jailhouse cell destroy ivshmem-demo
	on_ok jailhouse cell destroy ivshmem-demo-2
fi
jh_disable

# --- a system with planned cells, of odd sizes and with a link
mkdir -p "$TEST_DIR/bare" "$TEST_DIR/planned"
cp -r "$project"/* "$TEST_DIR/bare"
cells=()
for cell in $(jq -r '.configurations[1:][].name' <<<"$(
	"$tool" config show "$project/system.json" --json)"); do
	cells+=(remove-cell "$cell")
done
"$tool" config edit "$TEST_DIR/bare/system.json" "${cells[@]}" >/dev/null
planned=$TEST_DIR/planned/system.json
"$tool" config plan "$TEST_DIR/bare/system.json" rtos --memory 20M \
	--devices rtc --links root:300K -o "$planned" >"$TEST_DIR/plan.txt"
"$tool" config plan "$planned" other --memory 3004K --links rtos,root \
	--apply >>"$TEST_DIR/plan.txt"
cat "$TEST_DIR/plan.txt"
"$tool" config check "$planned" || fail "rules find errors in what is planned"

"$tool" config compile "$planned" -o "$TEST_DIR/planned.cell"
put "$TEST_DIR/planned.cell" /root/planned.cell
for cell in rtos other; do
	"$tool" config compile "$planned" --cell "$cell" \
		-o "$TEST_DIR/$cell.cell"
	put "$TEST_DIR/$cell.cell" "/root/$cell.cell"
done
on_ok jailhouse enable /root/planned.cell
compare "$planned"
assert_eq "what runs is the file" "" \
	"$(on_ok jailhouse config diff /root/planned.cell running)"
on_ok jailhouse cell create /root/rtos.cell
on_fails 1 '^\+ cell rtos: rtos$' \
	jailhouse config diff /root/planned.cell running
compare "$planned" rtos
on_ok jailhouse cell create /root/other.cell
compare "$planned" rtos other
cell_run rtos gic-demo "ticks=10"
cell_run other gic-demo "ticks=10"
for cell in rtos other; do
	cell_wait "$cell" 'shut down' 20
	assert_match "$cell" '^Timer fired, jitter: ' "$(cell_console "$cell")"
done
compare "$planned" rtos other
on_ok jailhouse cell destroy other
on_ok jailhouse cell destroy rtos
jh_disable
