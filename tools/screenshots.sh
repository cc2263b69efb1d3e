#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# screenshots.sh [PROJECT [RECORDING]]: each page of the editor with that project,
# light and dark, as docs/PAGE-light.png and so on. The page Run shows the end of
# the recording.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

project=${1:-$JHW_TOP/boards/arm64/zynqmp-zcu102/system.json}
recording=${2:-$JHW_TOP/tests/fixtures/run/zcu102.jsonl}
[ -f "$project" ] || die "$project: no such project" 2
[ -f "$recording" ] || die "$recording: no such recording" 2
with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh" host
[ -x "$JHW_BUILD/host/tests/gtk/screenshots" ] ||
	die "the editor was not built: is GTK there? ./jhw setup"
mkdir -p "$JHW_TOP/docs"
project=$(realpath "$project")
recording=$(realpath "$recording")
# Its name is in the pictures: the same wherever they are made.
cd "$(dirname "$recording")"
# A project that does not open would be waited for.
timeout 120 "$JHW_TOP/tests/gtk/with-display.sh" \
	"$JHW_BUILD/host/tests/gtk/screenshots" "$JHW_TOP/docs" "$project" \
	"${recording##*/}" ||
	die "no pictures of $project"
