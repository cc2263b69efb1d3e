#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# setup.sh [--update]: installs what the build needs from the distribution,
# and only what is missing; then fetches and unpacks the arm64 parts and a newer
# QEMU into the cache. Quick when there is nothing to do. --update takes newer
# ones of both.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# One package a line, with the reason it is here.
host_packages()
{
	sed 's/[[:space:]]*#.*//; /^$/d' <<'END'
adwaita-icon-theme	# the editor
appstream		# what software centres are told of the editor
at-spi2-core		# tests of the editor without a pointer
build-essential
busybox-static		# a shell of small targets, for tests
ca-certificates		# mirrors that are reached by https
clang			# libFuzzer for tests/fuzz
clang-format		# lint
codespell		# lint
cppcheck		# lint
cpio			# the target image
device-tree-compiler	# dtc and fdt tools for board data
dbus			# tests of the editor
desktop-file-utils	# the editor's entry in menus
dropbear-bin		# a kind of target in the tests
fonts-cantarell		# screenshots of the editor
fonts-dejavu-core	# the same, and tests
gcc-aarch64-linux-gnu	# firmware, driver, inmates, target programs
gcc-arm-linux-gnueabihf	# inmates of 32 bits
gcovr			# coverage
gettext			# translations of the editor
gir1.2-atspi-2.0	# tests of the editor without a pointer
groff-base		# tests of the manual pages
imagemagick		# screenshots of the editor
htop			# jh-top is measured beside it
jq			# board data in scripts
kmod			# depmod for the target image
libc6-dev-arm64-cross
libarchive-dev		# recorded machines
libcmocka-dev		# unit tests
libfdt-dev
libgtk-4-dev		# the editor
libjson-c-dev
libmd-dev		# SHA-256
libncurses-dev
libssh-dev		# targets behind SSH
libvterm-dev		# what jh-top shows, for tests
ncurses-term		# vte-direct: true colours, for them
meson
ninja-build
openssh-client		# how the tools talk to a board
openssh-server		# a kind of target in the tests
pkg-config
prometheus		# metrics of jh-top: promtool, and a real scrape
python3-jsonschema	# the schema of jh-top --json
python3-minimal		# meson, and scripts of the tests
python3-pyatspi		# tests of the editor without a pointer
qemu-system-arm		# the emulated boards
shared-mime-info	# files that the editor opens
shellcheck		# lint
socat			# further UARTs of a board
sparse			# lint of the driver
tmux			# a terminal for a test of jh-top
xdotool			# tests of the editor with a real pointer
xvfb			# a display for them
xz-utils
END
}

missing_packages()
{
	local have
	have=$(dpkg-query -W -f '${Package} ${db:Status-Status}\n' 2>/dev/null |
		awk '$2 == "installed" { print $1 }' | sort -u)
	host_packages | sort -u | comm -23 - <(printf '%s\n' "$have")
}

# as_root COMMAND…
as_root()
{
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		die "need root to run: $*; run it yourself, then try again"
	fi
}

install_missing()
{
	local missing
	mapfile -t missing < <(missing_packages)
	[ "${#missing[@]}" -gt 0 ] || return 0

	command -v apt-get >/dev/null ||
		die "this is no Debian system; install: ${missing[*]}"
	step "installing ${#missing[@]} packages: ${missing[*]}"
	mkdir -p "$JHW_BUILD"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get update -qq >&2 ||
		say "setup: apt-get update failed; trying with the old lists"
	as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends "${missing[@]}" \
		>"$JHW_BUILD/setup.log" 2>&1 || {
		tail -n 20 "$JHW_BUILD/setup.log" >&2
		die "apt-get could not install: ${missing[*]}"
	}
}

install_missing
"$JHW_TOP/tools/target/fetch.sh" "$@"
"$JHW_TOP/tools/target/trees.sh" --fetch
"$JHW_TOP/tools/target/qemu.sh" --fetch "$@"
