#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# The manual pages are what a formatter accepts without a warning.
. "$(dirname "$0")/lib.sh"

command -v groff >/dev/null || exit 77
for page in "${MAN:?folder of the pages}"/jailhouse*.8; do
	warnings=$(groff -man -Tutf8 -ww -z "$page" 2>&1)
	is "${page##*/}" "" "$warnings"
done
text=$(groff -man -Tascii -P-cbou "$MAN/jailhouse.8")
has "synopsis" "jailhouse cell create CELLCONFIG" "$text"
has "section" "EXIT STATUS" "$text"
