#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# embed_text.sh FILE: its lines as those of a C string.
sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' "$1"
