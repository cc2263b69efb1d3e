#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# instrument.sh ARCHIVE DEPFILE JOBS COMPILER… -- SOURCE…: compiles the sources
# as libFuzzer wants them and puts them into one archive, which all targets that
# fuzz the same library share. DEPFILE tells ninja which headers were read.
set -euo pipefail

archive=$(realpath -m "$1")
target=$1
depfile=$2
jobs=$3
shift 3
compiler=()
while [ "$1" != -- ]; do
	compiler+=("$1")
	shift
done
shift

objects=$(mktemp -d "$archive.XXXXXX")
trap 'rm -rf "$objects"' EXIT

# Files of different folders may have the same name: objects are numbered.
number=0
for source in "$@"; do
	number=$((number + 1))
	printf '%s\0%s\0' "$source" "$objects/$number.o"
done | xargs -0 -n 2 -P "$jobs" bash -c '
	compiler=("${@:1:$#-2}")
	exec "${compiler[@]}" -MD -c "${@: -2:1}" -o "${@: -1}"
' _ "${compiler[@]}"

{
	printf '%s: \\\n' "$target"
	cat "$objects"/*.d | sed 's/^[^ ]*\.o://; s/\([^\\]\)$/\1 \\/; /^$/d'
	printf '\n'
} >"$depfile"
rm -f "$archive"
ar rcs "$archive" "$objects"/*.o
