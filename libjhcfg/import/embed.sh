#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# embed.sh NAME=FILE…: a C table of those files, as text.
set -eu

cat <<'END'
/* Made by embed.sh. */
#include "import/c_headers.h"

const struct c_header c_headers[] = {
END
for pair in "$@"; do
	printf '\t{ "%s",\n' "${pair%%=*}"
	sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/\t  "&\\n"/' "${pair#*=}"
	printf '\t},\n'
done
printf '};\n\nconst unsigned int c_num_headers = %d;\n' $#
