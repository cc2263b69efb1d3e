#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# The screen in a terminal that people use: tmux. What is written to it goes to
# a file, too, which is followed to know when something has been shown.

# shellcheck source=tests/tui/lib.sh
. "$(dirname "$0")/lib.sh"

export LC_ALL=C.UTF-8 XDG_CONFIG_HOME=$tmp/config
unset TMUX
trap 'in_tmux kill-server 2>/dev/null; rm -rf "$tmp"' EXIT
recording >"$tmp/r.jhrec"
: >"$tmp/out"

in_tmux()
{
	timeout 120 tmux -S "$tmp/socket" -f /dev/null "$@"
}

# seen TEXT: it was written, or is within 120 s.
seen()
{
	timeout 120 grep -a -q -m 1 -F -e "$1" \
		< <(exec timeout 120 tail -n +1 -s 0.1 -f "$tmp/out") ||
		fail "tmux: no \"$1\": $(in_tmux capture-pane -p)"
}

# It begins when its output is followed.
in_tmux new-session -d -x 80 -y 24 "read -r go
	'$JAILHOUSE' --target 'recorded:$tmp/r.jhrec'
	tmux -S '$tmp/socket' wait-for -S ended; read -r go"
# In lines for grep: one for each escape sequence.
in_tmux pipe-pane "exec stdbuf -o0 tr '\\033' '\\n' >'$tmp/out'"
in_tmux send-keys Enter
seen F10
shown=$(in_tmux capture-pane -p)
has "title" 'hypervisor enabled' "$shown"
has "a cell that failed" 'F failed' "$shown"
is "first screen is left" 1 "$(in_tmux display-message -p '#{alternate_on}')"
is "mouse is asked for" 1 "$(in_tmux display-message -p '#{mouse_sgr_flag}')"
in_tmux send-keys '?'
seen "htop's"
in_tmux send-keys Escape
in_tmux send-keys q
in_tmux wait-for ended
is "first screen is back" 0 "$(in_tmux display-message -p '#{alternate_on}')"
is "mouse is given back" 0 "$(in_tmux display-message -p '#{mouse_sgr_flag}')"
