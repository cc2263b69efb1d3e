# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What tests share that drive the editor with a real pointer while a board runs.
# Sourced in place of lib.sh; the test begins anew on a display of its own.

# shellcheck source=tests/system/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# Before HOME is another one: the cache is where the board's keys are.
export JHW_CACHE JHW_BUILD JHW_BOARD TEST_DIR TEST_NAME JHW_NO_BUILD=1
if [ -z "${EDITOR_DISPLAY:-}" ]; then
	command -v xdotool >/dev/null || skip "no xdotool; install it: ./jhw setup"
	EDITOR_DISPLAY=1 exec "$JHW_TOP/tests/gtk/with-display.sh" "$0" "$@"
fi
# shellcheck source=tests/lib/gui.sh
. "$JHW_TOP/tests/lib/gui.sh"

editor=$JHW_BUILD/host/workbench-gtk/jailhouse-workbench
[ -x "$editor" ] || skip "no editor for this machine; build it: ./jhw build host"
export JHCFG_MODULES=$JHW_BUILD/host/libjhcfg

# editor_tree NAME: that device tree of Debian's package, as it is shipped.
editor_tree()
{
	local folder
	folder=$("$JHW_TOP/tools/target/trees.sh" |
		awk '$1 == "arm64" { print $2 }')
	printf '%s/%s\n' "$folder" "$1"
}

# inmate NAME: its image, of this build.
inmate()
{
	printf '%s/arm64/inmates/%s.bin\n' "$JHW_BUILD" "$1"
}

# editor_deploy: from the button in the header to a target that runs the project
editor_deploy()
{
	gui_click 'Deploy…'
	gui_wait 'deploy [0-9]* step*'
	gui_click 'Deploy'
	gui_wait 'deploy The target runs the project' 400
}

# editor_cell VERB CELL: the button in its card
editor_cell()
{
	gui_click "$1 $2"
}
