#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# base.sh KERNEL: prints the directory of the base layer for that kernel, made
# when it is not in the cache yet. In it:
#
#	base.cpio	Debian's part of the target image, uncompressed: that
#			is what an emulated CPU unpacks fastest
#	modules/	the kernel modules in it, as input for depmod

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"

list=$JHW_TOP/tools/target/image.list
libdirs=(lib/aarch64-linux-gnu usr/lib/aarch64-linux-gnu lib)

# wanted KIND: what image.list says of that kind, a word a line.
wanted()
{
	awk -v kind="$1" '$1 == kind { for (i = 2; i <= NF; i++) print $i }' \
		"$list"
}

# find_library NAME: its path below the userland.
find_library()
{
	local dir
	for dir in "${libdirs[@]}"; do
		if [ -e "$userland/$dir/$1" ]; then
			printf '%s\n' "$dir/$1"
			return
		fi
	done
	die "library $1: in none of the packages; add one to tools/target/packages"
}

# add_file PATH: that file, what it links to and the libraries it needs.
declare -A added
add_file()
{
	local path=$1 target lib
	[ -z "${added[$path]:-}" ] || return 0
	added[$path]=1
	[ -e "$userland/$path" ] || [ -L "$userland/$path" ] ||
		die "$path: in none of the packages of tools/target/packages"
	mkdir -p "$root/$(dirname "$path")"
	cp -a "$userland/$path" "$root/$path"
	if [ -L "$userland/$path" ]; then
		# Absolute ones mean the target's root, not ours.
		target=$(readlink "$userland/$path")
		case $target in
		/*) target=${target#/} ;;
		*) target=$(dirname "$path")/$target ;;
		esac
		add_file "$(realpath -sm --relative-to=. "$target")"
		return
	fi
	for lib in $(readelf -l "$userland/$path" 2>/dev/null |
		sed -n 's/.*program interpreter: \/\(.*\)\]/\1/p'); do
		add_file "$lib"
	done
	for lib in $(readelf -d "$userland/$path" 2>/dev/null |
		sed -n 's/.*(NEEDED).*\[\(.*\)\]/\1/p'); do
		add_file "$(find_library "$lib")"
	done
}

# add_modules: what is asked for and its dependencies, decompressed.
add_modules()
{
	local from=$kernel_dir/lib/modules/$release
	local to=$root/lib/modules/$release path
	mkdir -p "$to"
	cp "$from"/modules.{order,builtin,builtin.modinfo} "$to/"
	wanted module | while read -r name; do
		find "$from" -name "$name.ko*" | grep -q . ||
			grep -q "/$name\.ko" "$from/modules.builtin" ||
			die "module $name: kernel $release does not have it"
	done
	wanted module | modules_closure "$from" | while read -r path; do
		mkdir -p "$to/$(dirname "$path")"
		case $path in
		*.xz) xz -dc "$from/$path" >"$to/${path%.xz}" ;;
		*) cp "$from/$path" "$to/$path" ;;
		esac
	done
}

# modules_closure DIR: names on stdin, paths with all dependencies on stdout.
# The package has no modules.dep yet; its postinst would make it.
modules_closure()
{
	local from=$1 dep=$work/depmod
	mkdir -p "$dep/lib/modules"
	ln -sfn "$from" "$dep/lib/modules/$release"
	depmod -n -b "$dep" "$release" >"$work/dep"
	awk -F': *' 'FNR == NR { wanted[$1] = 1; next }
	/^kernel\/[^ ]*:/ {
		name = $1
		sub(/.*\//, "", name)
		sub(/\.ko.*/, "", name)
		if (name in wanted)
			print $1 " " $2
	}' - "$work/dep" | tr ' ' '\n' |
		sed '/^$/d' | sort -u
}

# pack DIR: a cpio archive of it on stdout, everything owned by root.
pack()
{
	(cd "$1" && find . -mindepth 1 -print0 | LC_ALL=C sort -z |
		cpio -o -0 -H newc -R 0:0 --quiet)
}

make_base()
{
	[ ! -d "$base" ] || return 0
	step "making the base image for kernel $release"
	work=$(mktemp -d "$JHW_CACHE/image/work.XXXXXX")
	trap 'rm -rf "$work"' EXIT
	root=$work/root
	mkdir -p "$root"/{bin,sbin,dev,proc,sys,root,usr/{bin,sbin},var}
	chmod 700 "$root/root"
	local path
	for path in $(wanted file); do
		add_file "$path"
	done
	for path in $(wanted lib); do
		add_file "$(find_library "$path")"
	done
	ln -s busybox "$root/bin/sh"
	ln -s bin/busybox "$root/init"
	add_modules
	mkdir "$work/out"
	pack "$root" >"$work/out/base.cpio"
	mv "$root/lib/modules/$release" "$work/out/modules"
	mv "$work/out" "$base"
}

kernel=$(sets_kernel "${1:-}")
read -r _ release kernel_dir <<<"$kernel"
userland=$(sets_userland)
base=$JHW_CACHE/image/$release-$(
	{
		printf '%s\n' "$userland" "$kernel_dir"
		cat "$list" "${BASH_SOURCE[0]}"
	} | sha256sum | cut -c1-12
)
mkdir -p "$JHW_CACHE/image"
if [ ! -d "$base" ]; then
	with_lock "$JHW_CACHE/image.lock" make_base
fi
printf '%s\n' "$base"
