#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# with-display.sh COMMAND…: runs it on an X server of its own, in an empty home,
# with the renderer that needs no GPU. Exits as the command does; 77 (skipped)
# without Xvfb.
set -eu

command -v Xvfb >/dev/null || exit 77
work=$(mktemp -d)
server=
cleanup()
{
	[ -z "$server" ] || kill "$server" 2>/dev/null || :
	rm -rf "$work"
}
trap cleanup EXIT
trap 'exit 1' HUP INT TERM

# The server chooses a number that is free, and writes it when it is ready. It
# does not begin anew when a program goes away: the next one would be refused.
# A server that is ending gives its sockets back before its lock: who takes the
# same number in between ends, and is started again.
mkfifo "$work/number"
number=
for _ in 1 2 3 4 5; do
	Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp -noreset \
		3>"$work/number" >/dev/null 2>"$work/said" &
	server=$!
	! read -r number <"$work/number" || break
	wait "$server" || :
done
[ -n "$number" ] || {
	cat "$work/said" >&2
	exit 1
}

export DISPLAY=":$number" GDK_BACKEND=x11 GSK_RENDERER=cairo
export GDK_DEBUG=gl-disable GTK_A11Y="${GTK_A11Y:-none}" LC_ALL=C.UTF-8
export GSETTINGS_BACKEND=memory HOME="$work" XDG_CONFIG_HOME="$work/config"
export XDG_STATE_HOME="$work/state" XDG_CACHE_HOME="$work/cache"
export XDG_RUNTIME_DIR="$work"
"$@"
