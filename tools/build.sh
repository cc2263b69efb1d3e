#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# build.sh [WHAT…]: configures once, then builds what changed. WHAT is host,
# asan, coverage, arm64, armv7 or driver; without one: host, arm64, armv7 and
# driver.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"

jobs=${JHW_JOBS:-$(nproc)}

# The folders that take part. A new one is no dependency of build.ninja, since
# meson only looks whether it is there, so that we notice it here.
build_files()
{
	cd "$JHW_TOP"
	find . -path ./build -prune -o -name meson.build -print | sort
}

# configure DIR MESON-ARGUMENTS…: once for each set of folders and arguments.
configure()
{
	local name=$1 dir=$JHW_BUILD/$1 log=$JHW_BUILD/$1.configure.log now
	shift
	now=$(printf '%s\n' "$@"; build_files; cat "$JHW_BUILD/$name"*.ini \
		2>/dev/null) || true
	if [ -f "$dir/build.ninja" ] &&
	   [ "$(cat "$dir/configured" 2>/dev/null)" = "$now" ]; then
		return
	fi
	step "configuring $dir"
	mkdir -p "$dir"
	rm -f "$dir/meson-private/coredata.dat"
	meson setup "$@" "$dir" "$JHW_TOP" >"$log" 2>&1 || {
		cat "$log" >&2
		die "$dir: meson could not configure it"
	}
	printf '%s\n' "$now" >"$dir/configured"
}

compile()
{
	local log=$JHW_BUILD/$1.build.log
	ninja -C "$JHW_BUILD/$1" -j "$jobs" --quiet >"$log" 2>&1 || {
		cat "$log" >&2
		die "$JHW_BUILD/$1: the build failed, see above"
	}
}

build_host()
{
	configure host
	compile host
}

build_asan()
{
	configure asan -Db_sanitize=address,undefined -Db_lundef=false
	compile asan
}

build_coverage()
{
	configure coverage -Db_coverage=true
	compile coverage
}

# The second half of the cross file: where the private sysroot is.
write_sysroot_file()
{
	local root libs=usr/lib/aarch64-linux-gnu
	root=$(sets_userland)
	cat <<END
[properties]
sys_root = '$root'
pkg_config_libdir = ['$root/$libs/pkgconfig', '$root/usr/share/pkgconfig']

[built-in options]
c_args = ['--sysroot=$root']
c_link_args = ['--sysroot=$root']
END
}

build_arm64()
{
	local sysroot=$JHW_BUILD/arm64-sysroot.ini
	mkdir -p "$JHW_BUILD"
	write_sysroot_file >"$sysroot.tmp"
	cmp -s "$sysroot.tmp" "$sysroot" || cp "$sysroot.tmp" "$sysroot"
	configure arm64 --cross-file "$JHW_TOP/tools/cross/arm64.ini" \
		--cross-file "$sysroot"
	compile arm64
}

# Inmates for cells of 32 bits.
build_armv7()
{
	configure armv7 --cross-file "$JHW_TOP/tools/cross/armv7.ini" \
		-Dtarget_programs=false
	compile armv7
}

build_driver()
{
	[ -f "$JHW_TOP/driver/Kbuild" ] || return 0
	"$JHW_TOP/tools/build-driver.sh"
}

[ $# -gt 0 ] || set -- host arm64 armv7 driver
for what in "$@"; do
	case $what in
	host|asan|coverage|arm64|armv7|driver) "build_$what" ;;
	*) die "$what: not one of host, asan, coverage, arm64, armv7, driver" 2 ;;
	esac
done
