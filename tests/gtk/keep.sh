#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# keep.sh EDITOR PROJECT: nothing that was done is lost. The program is killed
# with changes that were not saved, and has them again; then its disk gets full,
# which it says, and leaves the files as they were.
# keep.sh --full EDITOR DIR PROJECT: the second half, where DIR may be mounted.
set -euo pipefail

# shellcheck source=tests/gtk/pointer.sh
. "$(dirname "$0")/pointer.sh"

opened()
{
	wait_for READY
	wait_for SETTLED
}

full()
{
	local editor=$1 work=$2 project=$3
	mount -t tmpfs -o size=4m none "$work" 2>/dev/null || {
		echo "keep.sh: no tmpfs can be mounted here: no disk gets full"
		return 0
	}
	cp -r "$(dirname "$project")" "$work/project"
	cp -r "$work/project" "${XDG_RUNTIME_DIR:?}/before"
	start "$editor" "$work/project/$(basename "$project")"
	opened
	drop ethernet0 inmate-demo
	dd if=/dev/zero of="$work/fill" bs=4k 2>/dev/null || :
	xdotool key ctrl+s
	wait_for "notice *cannot be written*No space left*"
	diff -r "$XDG_RUNTIME_DIR/before" "$work/project"
	rm "$work/fill"
	xdotool key ctrl+s
	wait_for "notice Saved*"
	! diff -r "$XDG_RUNTIME_DIR/before" "$work/project" >/dev/null ||
		die "what was dragged is not in the files"
}

if [ "$1" = --full ]; then
	full "$2" "$3" "$4"
	exit
fi

editor=$1 project=$2
work=$(mktemp -d)
cp -r "$(dirname "$project")" "$work/project"
copy=$work/project/$(basename "$project")

start "$editor" "$copy"
opened
drop ethernet0 inmate-demo
wait_for COPIED
kill -9 "$program"
wait "$program" 2>/dev/null || :
diff -r "$(dirname "$project")" "$work/project"

start "$editor" "$copy"
wait_for READY
wait_for_both SETTLED "LOST*"
inside ethernet0 root || die "the project on the disk was changed"
xdotool key alt+r
opened
inside ethernet0 inmate-demo || die "what was dragged before the crash is lost"
xdotool key ctrl+s
wait_for "notice Saved*"
kill "$program"
wait "$program" 2>/dev/null || :
! diff -r "$(dirname "$project")" "$work/project" >/dev/null ||
	die "what was restored was not saved"

mkdir "$work/full"
if unshare -rm true 2>/dev/null; then
	unshare -rm "$0" --full "$editor" "$work/full" "$project"
else
	echo "keep.sh: nothing can be mounted here: no disk gets full"
fi
rm -rf "$work"
