#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# trees.sh [--fetch]: prints "PACKAGE DIR" for each directory of device trees
# that Debian ships with the kernel of the first series: arm64's, which is
# there for the emulated boards, and armmp's, of which --fetch takes the image
# package as data: an apt of its own for armhf, and no file of it but the
# trees is unpacked.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
# shellcheck source=tools/target/apt.sh
. "$JHW_TOP/tools/target/apt.sh"
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"

series=$(sets_wanted kernel | head -n 1)
armmp=$JHW_CACHE/trees/armmp-$series

fetch_armmp()
{
	local version image
	[ ! -d "$armmp" ] || return 0
	APT_ROOT=$JHW_CACHE/apt-armhf
	APT_CONFIG=$APT_ROOT/apt.conf
	APT_ARCHITECTURE=armhf
	apt_update
	version=$(apt_newest linux-image-armmp "$series.")
	[ -n "$version" ] || die "armhf: the mirror has no kernel $series"
	image=$(apt_dependency "linux-image-armmp=$version" 'linux-image-.*')
	step "fetching the device trees of $image"
	mkdir -p "$armmp.tmp"
	(cd "$armmp.tmp" && apt-get download -qq "$image=$version") >&2 ||
		die "armhf: $image could not be fetched"
	dpkg-deb --fsys-tarfile "$armmp.tmp"/*.deb |
		tar -x -C "$armmp.tmp" --wildcards '*.dtb'
	rm "$armmp.tmp"/*.deb
	mv "$armmp.tmp" "$armmp"
}

if [ "${1:-}" = --fetch ]; then
	[ -d "$armmp" ] || with_lock "$JHW_CACHE/fetch.lock" fetch_armmp
	exit 0
fi
read -r _ _ arm64 <<<"$(sets_kernel "$series")"
printf 'arm64 %s\n' "$arm64"/usr/lib/linux-image-*
[ ! -d "$armmp" ] || printf 'armmp %s\n' "$armmp"/usr/lib/linux-image-*
