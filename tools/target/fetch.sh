#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# fetch.sh [--update]: downloads the Debian packages of tools/target/packages
# and unpacks them into the cache. No code of theirs runs here: dpkg-deb only
# unpacks. Does nothing when this package list was fetched before; --update
# takes what is newest now.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
# shellcheck source=tools/target/apt.sh
. "$JHW_TOP/tools/target/apt.sh"
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"

debs=$JHW_CACHE/apt/cache/archives
native=$(dpkg --print-architecture)

# deb_files PACKAGE[:ARCH]=VERSION…: their file names, as apt stores them.
deb_files()
{
	apt-get download --print-uris -qq "$@" | awk '{ print $2 }'
}

# download PACKAGE[:ARCH]=VERSION…: what is missing of exactly these.
download()
{
	local spec file
	for spec; do
		file=$(deb_files "$spec")
		[ -n "$file" ] || return 1
		[ -f "$debs/$file" ] && continue
		(cd "$debs/partial" && apt-get download -qq "$spec" &&
			mv "$file" "$debs/") >&2 || return 1
	done
}

fetch_userland()
{
	local wanted files dir
	mapfile -t wanted < <(sets_wanted userland)
	step "fetching ${wanted[*]} for arm64"
	mapfile -t files < <(apt_resolve "${wanted[@]}")
	[ "${#files[@]}" -gt 0 ] ||
		die "arm64 packages cannot be had: ${wanted[*]}"
	apt-get install -qq -y --download-only "${wanted[@]}" >&2 ||
		die "arm64 packages could not be fetched: ${wanted[*]}"
	dir=$(apt_unpack "$JHW_CACHE/arm64/userland" "${files[@]}") ||
		die "arm64 packages could not be unpacked"
	printf 'userland %s\n' "$dir"
}

# kernel_packages SERIES: the packages of the newest kernel of that series.
kernel_packages()
{
	local version image headers common kbuild
	version=$(apt_newest linux-image-arm64 "$1.")
	[ -n "$version" ] || return 1
	image=$(apt_dependency "linux-image-arm64=$version" 'linux-image-.*')
	headers=${image/image/headers}
	common=$(apt_dependency "$headers=$version" 'linux-headers-.*-common')
	kbuild=$(apt_dependency "$headers=$version" 'linux-kbuild-.*')
	[ -n "$image" ] && [ -n "$common" ] && [ -n "$kbuild" ] || return 1
	printf '%s\n' "$image=$version" "$headers=$version" \
		"$common:all=$version" "$kbuild:$native=$version"
}

# The headers name their other half by its place on a Debian system; make that
# relative, since they lie in the cache here.
relocate_headers()
{
	local makefile
	for makefile in "$1"/usr/src/linux-headers-*-arm64/Makefile; do
		# shellcheck disable=SC2016 # make's own variables
		sed -i 's#^include /usr/src/#include $(dir $(lastword $(MAKEFILE_LIST)))../#' \
			"$makefile"
	done
}

fetch_kernel()
{
	local series=$1 packages files dir release
	mapfile -t packages < <(kernel_packages "$series")
	if [ "${#packages[@]}" -eq 0 ]; then
		say "kernel $series: the mirror does not have it; going on"
		printf 'missing %s the mirror does not have it\n' "$series"
		return
	fi
	step "fetching kernel $series: ${packages[0]}"
	if ! download "${packages[@]}"; then
		say "kernel $series: could not be fetched; going on"
		printf 'missing %s could not be fetched\n' "$series"
		return
	fi
	mapfile -t files < <(deb_files "${packages[@]}")
	dir=$(apt_unpack "$JHW_CACHE/arm64/linux-$series" "${files[@]}") ||
		die "kernel $series: its packages could not be unpacked"
	relocate_headers "$dir"
	release=$(basename "$dir"/boot/vmlinuz-*)
	printf 'kernel %s %s %s\n' "$series" "${release#vmlinuz-}" "$dir"
}

fetch_all()
{
	local list=$SETS_LIST series
	# Another checkout may have done it while we waited for the lock.
	if sets_complete && [ "${1:-}" != --update ]; then
		return
	fi

	apt_update
	mkdir -p "$(dirname "$list")"
	fetch_userland >"$list.tmp"
	for series in $(sets_wanted kernel); do
		fetch_kernel "$series" >>"$list.tmp"
	done
	grep -q '^kernel' "$list.tmp" ||
		die "no arm64 kernel could be had; see above"
	mv "$list.tmp" "$list"
}

if sets_complete && [ "${1:-}" != --update ]; then
	exit 0
fi
with_lock "$JHW_CACHE/fetch.lock" fetch_all "$@"
