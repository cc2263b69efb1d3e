#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# image.sh [KERNEL]: packs what was built for the target on top of the base
# layer. Prints "KERNEL-IMAGE INITRD RELEASE". Takes well below a second, since
# only our own parts are packed again: an initramfs may be several archives.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
# shellcheck source=tools/target/sets.sh
. "$JHW_TOP/tools/target/sets.sh"
# shellcheck source=tools/target/keys.sh
. "$JHW_TOP/tools/target/keys.sh"

# install_built DIR: what meson installs, less what is only for development.
install_built()
{
	local log=$JHW_BUILD/image/install.log target
	for target in arm64 armv7; do
		[ -f "$JHW_BUILD/$target/build.ninja" ] || continue
		DESTDIR=$1 meson install -C "$JHW_BUILD/$target" --no-rebuild \
			--quiet >"$log" 2>&1 || { cat "$log" >&2; return 1; }
	done
	if [ -f "$JHW_BUILD/host/build.ninja" ]; then
		DESTDIR=$1 meson install -C "$JHW_BUILD/host" --no-rebuild \
			--quiet --tags cells >"$log" 2>&1 ||
			{ cat "$log" >&2; return 1; }
	fi
	rm -rf "$1"/usr/include "$1"/usr/lib/pkgconfig \
		"$1"/usr/share/{man,bash-completion}
	find "$1" -name '*.a' -delete
}

# install_modules DIR: the driver, and the indices over all modules.
install_modules()
{
	local modules=$1/lib/modules/$release ko
	mkdir -p "$modules/extra"
	cp -a "$base/modules/." "$modules/"
	while read -r ko; do
		aarch64-linux-gnu-strip -g -o "$modules/extra/${ko##*/}" "$ko"
	done < <(find "$JHW_BUILD/driver/$release" -name '*.ko' 2>/dev/null)
	depmod -b "$1" "$release"
	# These are in the base layer.
	rm -rf "$modules/kernel"
}

install_login()
{
	keys_make
	mkdir -p "$1"/root/.ssh "$1"/etc/dropbear
	chmod 700 "$1"/root "$1"/root/.ssh
	install -m 600 "$KEYS/user.pub" "$1/root/.ssh/authorized_keys"
	install -m 600 "$KEYS/host.dropbear" "$1/etc/dropbear/host_key"
}

pack_image()
{
	mkdir -p "$out"
	stage=$(mktemp -d "$out/stage.XXXXXX")
	trap 'rm -rf "$stage"' EXIT
	chmod 755 "$stage"
	cp -a "$JHW_TOP/tools/target/root/." "$stage/"
	install_login "$stage"
	install_built "$stage"
	install_modules "$stage"
	{
		cat "$base/base.cpio"
		(cd "$stage" && find . -mindepth 1 -print0 | LC_ALL=C sort -z |
			cpio -o -0 -H newc -R 0:0 --quiet)
	} >"$out/initrd.tmp"
	mv "$out/initrd.tmp" "$out/initrd"
}

kernel=$(sets_kernel "${1:-}")
read -r _ release kernel_dir <<<"$kernel"
base=$("$JHW_TOP/tools/target/base.sh" "$release")
out=$JHW_BUILD/image/$release
with_lock "$JHW_BUILD/image/lock" pack_image
printf '%s %s %s\n' "$kernel_dir/boot/vmlinuz-$release" "$out/initrd" "$release"
