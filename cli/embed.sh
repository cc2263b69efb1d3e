#!/bin/sh
# SPDX-License-Identifier: GPL-2.0-or-later
#
# embed.sh FILE: its lines as those of a C string.
sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/"&\\n"/' "$1"
