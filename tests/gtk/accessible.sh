#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# accessible.sh EDITOR PROJECT: the editor without a pointer, as a screen reader
# has it; see accessible.py. On a session bus of its own, with a copy of the
# project. Exits 77 (skipped) without AT-SPI.
set -euo pipefail

command -v dbus-run-session >/dev/null || exit 77
/usr/bin/python3 -c 'import pyatspi' 2>/dev/null || exit 77

# what AT-SPI's own libraries warn of when something begins or ends is not ours
unset G_DEBUG
work=${XDG_RUNTIME_DIR:?}/project
cp -r "$(dirname "$2")" "$work"
exec dbus-run-session -- /usr/bin/python3 "${0%.sh}.py" "$1" \
	"$work/$(basename "$2")"
