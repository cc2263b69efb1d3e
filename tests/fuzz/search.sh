#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# search.sh PROGRAM CORPUS…: lets libFuzzer search from the corpus, for
# JHW_FUZZ_SECONDS (a short while without it). New inputs stay in a temporary
# folder; one that fails is copied to the working folder and named.
set -euo pipefail

program=$1
shift
found=$(mktemp -d)
trap 'rm -rf "$found"' EXIT

# 64 MiB is what an input of 64 KiB may cost.
"$program" -max_total_time="${JHW_FUZZ_SECONDS:-5}" -max_len=65536 \
	-malloc_limit_mb=64 -timeout=5 -error_exitcode=1 \
	-print_final_stats=1 -verbosity=0 -artifact_prefix="$PWD/crash-" "$found" "$@"
