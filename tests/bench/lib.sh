# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What benches share: everything of the system tests, and rows. What a bench
# says beside its rows goes to standard error.

exec {ROWS}>&1 1>&2

# shellcheck source=tests/system/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../system/lib.sh"

# row NAME VALUE UNIT lower|higher [YARDSTICK [AIM]]
row()
{
	jq -cn --arg bench "$TEST_NAME" --arg name "$1" --argjson value "$2" \
		--arg unit "$3" --arg better "$4" \
		--argjson yardstick "${5:-null}" --argjson aim "${6:-null}" \
		'{$bench, $name, $value, $unit, $better, $yardstick, $aim}' \
		>&"$ROWS"
}

# median NUMBER…
median()
{
	printf '%s\n' "$@" | sort -g | sed -n "$((($# + 1) / 2))p"
}
