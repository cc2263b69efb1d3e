#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# embed_text.sh FILE [HEADER NAME]: its lines as those of a C string; with
# NAME, a C file that defines it as HEADER declares it.
set -eu

[ $# -eq 1 ] ||
	printf '/* Made by embed_text.sh. */\n#include "%s"\n\nconst char %s[] =\n' \
		"$2" "$3"
sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' "$1"
[ $# -eq 1 ] || printf ';\n'
