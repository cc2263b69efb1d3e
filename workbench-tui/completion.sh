#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# completion.sh JH-TOP: the bash completion of jh-top, from what its --help
# says of each option.
set -eu

cat <<'END'
# SPDX-License-Identifier: GPL-2.0-or-later
# bash completion for jh-top; made by workbench-tui/completion.sh
_jh_top()
{
	local word=$2 before=$3
	COMPREPLY=()
	case $before in
END
"$1" --help | sed -nE '
	s/^  (-(.), |    )--([a-z-]+) (.*,)?FILE .*/\2 \3 FILE/p
	s/^  (-(.), |    )--([a-z-]+) MODE .*/\2 \3 MODE/p
	s/^  (-(.), |    )--([a-z-]+) ([^ a-z]+) .*/\2 \3 OTHER/p' |
	awk '{
		letter = NF == 3 ? "-" $1 "|" : ""
		if ($NF == "FILE")
			words = "mapfile -t COMPREPLY < <(compgen -f -- \"$word\")"
		else if ($NF == "MODE")
			words = "mapfile -t COMPREPLY < <(compgen -W \"auto mono 16 256 true\" -- \"$word\")"
		else
			words = ":"
		if (!seen[$(NF - 1)]++)
			printf "\t%s--%s) %s; return ;;\n", letter, $(NF - 1), words
	}'
printf '\tesac\n\tmapfile -t COMPREPLY < <(compgen -W "\n'
"$1" --help | sed -nE 's/^  (-., |    )(--[a-z-]+).*/\t\t\2/p'
cat <<'END'
	" -- "$word")
}
complete -F _jh_top jh-top
END
