#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# review.sh EDITOR BOARD: hardware that is opened is reviewed; Return makes a
# project of it, which is not saved yet.
set -euo pipefail

# shellcheck source=tests/gtk/pointer.sh
. "$(dirname "$0")/pointer.sh"

start "$1" "$2"
wait_for REVIEW
xdotool key Return
wait_for READY
wait_for SETTLED
inside CPU_1 root || die "CPU 1 is not with the root"
