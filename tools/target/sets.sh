# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# Where the unpacked arm64 parts are. Sourced after tools/lib.sh. The cache
# holds one list for each version of the package list, so that checkouts of
# different versions share what is equal and do not disturb each other:
#
#	userland DIR
#	kernel SERIES RELEASE DIR
#	missing SERIES REASON...

SETS_PACKAGES=$JHW_TOP/tools/target/packages
SETS_LIST=$JHW_CACHE/arm64/$(sha256sum <"$SETS_PACKAGES" | cut -c1-16).sets

# sets_wanted SET: the package list's second column for that set.
sets_wanted()
{
	awk -v set="$1" '$1 == set { print $2 }' "$SETS_PACKAGES"
}

# sets_complete: all that was fetched is still there.
sets_complete()
{
	local kind rest
	[ -f "$SETS_LIST" ] || return 1
	while read -r kind rest; do
		[ "$kind" = missing ] || [ -d "${rest##* }" ] || return 1
	done <"$SETS_LIST"
}

sets_need()
{
	sets_complete || die "no arm64 packages yet: run ./jhw setup"
}

# sets_userland: prints the directory of the unpacked userland.
sets_userland()
{
	sets_need
	awk '$1 == "userland" { print $2 }' "$SETS_LIST"
}

# sets_kernels: prints "SERIES RELEASE DIR" of each kernel that could be had.
sets_kernels()
{
	sets_need
	awk '$1 == "kernel" { print $2, $3, $4 }' "$SETS_LIST"
}

# sets_kernel SERIES|RELEASE: "SERIES RELEASE DIR" of that one; the first one
# for an empty name.
sets_kernel()
{
	local line
	line=$(sets_kernels |
		awk -v k="$1" 'k == "" || $1 == k || $2 == k { print; exit }')
	if [ -z "$line" ]; then
		line=$(awk -v k="$1" '$1 == "missing" && $2 == k {
			sub(/^missing [^ ]* /, ""); print }' "$SETS_LIST")
		die "kernel $1: ${line:-not one of $(sets_wanted kernel | xargs)}"
	fi
	printf '%s\n' "$line"
}
