#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# build-driver.sh [--of DIR] [KERNEL…]: builds driver/, or the modules in DIR,
# for each kernel (6.1, 6.12 or a full release; all that could be had without
# one) into build/driver/RELEASE/; driver is the last part of DIR then.
# With JHW_SPARSE=1 sparse looks at it instead, in build/driver-sparse/.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"

src=$JHW_TOP/driver
if [ "${1:-}" = --of ]; then
	src=$(realpath "${2:?--of needs a folder}")
	shift 2
fi
name=$(basename "$src")

# kbuild writes beside the sources (M=), and 6.1 knows no MO=: build in a tree
# of links, so that several kernels and the checkout stay apart.
link_sources()
{
	local out=$1 file
	find "$out" -type l -delete 2>/dev/null || true
	(cd "$src" && find . -type f \( -name '*.[chS]' -o -name Kbuild \
		-o -name Makefile \) -print) | while read -r file; do
		mkdir -p "$out/$(dirname "$file")"
		ln -s "$src/${file#./}" "$out/$file"
	done
	mkdir -p "$out"
}

# build_for SERIES RELEASE DIR
build_for()
{
	local release=$2 out=$builds/$2 log=$builds/$2.log
	link_sources "$out"
	# DEB_*: the 6.1 headers compare them to choose the cross prefix. BTF of
	# modules needs pahole and is no use here.
	# JHW_TOP: where driver/Kbuild finds the shared ABI headers.
	make -C "$3/usr/src/linux-headers-$release" M="$out" \
		ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu- \
		DEB_BUILD_ARCH="$(dpkg --print-architecture)" \
		DEB_HOST_ARCH=arm64 DEB_HOST_GNU_TYPE=aarch64-linux-gnu \
		CONFIG_DEBUG_INFO_BTF_MODULES= JHW_TOP="$JHW_TOP" \
		-j "${JHW_JOBS:-$(nproc)}" --no-print-directory \
		"${check[@]}" modules \
		>"$log" 2>&1 || {
		cat "$log" >&2
		die "$name for $release: the build failed, see above"
	}
	# Warnings are errors, those of modpost and sparse too; only what they
	# say of our files counts.
	if grep -E "(^|[^A-Za-z])(warning|WARNING|error):" "$log" |
		grep -vE "^[^:]*/linux-headers-" >&2; then
		die "$name for $release: warnings, see above"
	fi
}

[ -f "$src/Kbuild" ] || die "$src/Kbuild: not there"
builds=$JHW_BUILD/$name
check=()
if [ -n "${JHW_SPARSE:-}" ]; then
	builds=$JHW_BUILD/$name-sparse
	# 2: also what needs no compiling.
	check=(C=2 CHECK=sparse)
fi
mkdir -p "$builds"
if [ $# -eq 0 ]; then
	mapfile -t kernels < <(sets_kernels)
else
	kernels=()
	for wanted; do
		kernel=$(sets_kernel "$wanted")
		kernels+=("$kernel")
	done
fi
for kernel in "${kernels[@]}"; do
	# shellcheck disable=SC2086 # three words
	build_for $kernel
done
