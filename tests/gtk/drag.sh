#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# drag.sh EDITOR PROJECT [ROUNDS]: drags with a real pointer. A device goes from
# the root to a cell and back, each a drop that must arrive; what the program
# says on stdout is waited for, never time. Each drop is undone and redone, and
# gives the same bytes both times. Then a drag that ends where nothing takes it, and
# one of a row of a list.
set -euo pipefail

editor=$1 project=$2 rounds=${3:-50}
# shellcheck source=tests/gtk/pointer.sh
. "$(dirname "$0")/pointer.sh"

# step KEYS WHAT DIGEST: Undo or Redo, after which the project has this digest.
step()
{
	xdotool key "$1"
	wait_for "changed*"
	wait_for SETTLED
	[ "$digest" = "$3" ] || die "after $2 the project is another one"
}

# drag CHIP LANE: lets it go there, takes that back, and does it again.
drag()
{
	local before=$digest after
	drop "$1" "$2"
	after=$digest
	[ "$after" != "$before" ] || die "the drop of $1 on $2 changed nothing"
	[ -z "$before" ] || step ctrl+z Undo "$before"
	[ -z "$before" ] || step ctrl+shift+z Redo "$after"
	inside "$1" "$2" || die "Redo did not bring $1 to $2 again"
}

start "$editor" "$project"

wait_for READY
wait_for SETTLED
inside ethernet0 root || die "ethernet0 is not with the root"

# A click selects the chip and nothing else; with Ctrl it adds or takes away.
click ethernet0
wait_for "selected 1 ethernet0"
click CPU_1 ctrl
wait_for "selected 2 CPU 1"
click ethernet0 ctrl
wait_for "selected 1 CPU 1"

for ((round = 1; round <= rounds; round++)); do
	drag ethernet0 inmate-demo
	drag ethernet0 root
done

drag ethernet0 inmate-demo
start=$digest
xdotool key ctrl+z
wait_for "changed undo=Move ethernet0 to root redo=Move ethernet0 to inmate-demo"
wait_for SETTLED
inside ethernet0 root || die "Undo did not bring ethernet0 back"
step ctrl+shift+z Redo "$start"

# Where nothing takes it, nothing happens; nor if Escape is pressed above a
# lane that would take it.
pull ethernet0 root
xdotool mousemove 600 20 mousemove 602 20
wait_for "leave root"
xdotool mouseup 1
wait_for drag-end
pull ethernet0 root
xdotool key Escape
wait_for "drag-cancel asked"
wait_for drag-end
xdotool mouseup 1
# Had there been a drop, it would be what is undone now.
xdotool key ctrl+z
wait_for "changed undo=Move ethernet0 to root redo=Move ethernet0 to inmate-demo"
wait_for SETTLED
# The pointer's grab is gone, too: the next drag begins as ever.
drag ethernet0 inmate-demo

# A row of the hardware tree, by the address that it shows.
printf 'where 0xff010000\n' >&"${APP[1]}"
wait_for "GEOM 0xff010000 *"
pull 0xff010000 root
xdotool mouseup 1
wait_for "changed undo=Move serial1 to root redo="
wait_for "drop done"
printf 'drag.sh: %d drops, none lost, each undone and redone\n' $((2 * rounds + 2))
