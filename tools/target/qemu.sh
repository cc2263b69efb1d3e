#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# qemu.sh --fetch [--update]: sees to it that there is a QEMU of at least
# QEMU_WANTED for the boards that need one. Where the distribution's is older,
# that is the one of the backports of its release, with the libraries it
# depends on, unpacked into the cache and not installed. Where that cannot be
# had the reason is kept, and that is no failure.
#
# qemu.sh PROGRAM VERSION: prints how to call that program of at least that
# version; otherwise says why there is none and returns 1.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../lib.sh"
# shellcheck source=tools/target/apt.sh
. "$JHW_TOP/tools/target/apt.sh"

# The first one whose SMMUv3 knows stage 2
QEMU_WANTED=9
QEMU_PACKAGE=qemu-system-arm

# "qemu DIR" or "missing REASON"
state=$JHW_CACHE/qemu/state

# major PROGRAM: the first number of its version, 0 if it does not run.
major()
{
	"$1" --version 2>/dev/null | sed -nE '1s/.*version ([0-9]+)\..*/\1/p' |
		grep . || printf '0\n'
}

# The wrapper of a program in the unpacked tree: its libraries from there, but
# for libc, which must be the one of the machine's own loader. QEMU finds its
# data by its place, but not its modules.
write_wrapper()
{
	cat >"$1/$2" <<'END'
#!/bin/sh
dir=$(dirname "$(readlink -f "$0")")
for libs in "$dir"/lib/*-linux-gnu* "$dir"/usr/lib/*-linux-gnu*; do
	[ ! -d "$libs" ] ||
		LD_LIBRARY_PATH=$libs${LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}
	[ ! -d "$libs/qemu" ] || QEMU_MODULE_DIR=$libs/qemu
done
export LD_LIBRARY_PATH QEMU_MODULE_DIR
exec "$dir/usr/bin/$(basename "$0")" "$@"
END
	chmod +x "$1/$2"
}

missing()
{
	say "QEMU $QEMU_WANTED: $1; going on"
	mkdir -p "$(dirname "$state")"
	printf 'missing %s\n' "$1" >"$state"
}

fetch()
{
	local code options files dir program=qemu-system-aarch64
	APT_ROOT=$JHW_CACHE/apt-host
	APT_CONFIG=$APT_ROOT/apt.conf
	APT_ARCHITECTURE=$(dpkg --print-architecture)
	code=$(apt_codename)
	apt_update
	options=(-t "$code-backports" "$QEMU_PACKAGE")
	mapfile -t files < <(apt_resolve "${options[@]}" 2>/dev/null |
		grep -v '^libc6_')
	if ! printf '%s\n' "${files[@]}" |
	     sed -nE "s/^${QEMU_PACKAGE}_([0-9]+%3a)?([0-9]+)\..*/\2/p" |
	     awk -v wanted="$QEMU_WANTED" '$1 >= wanted { found = 1 }
		END { exit !found }'; then
		missing "the mirror's $code-backports has none"
		return
	fi
	step "fetching $QEMU_PACKAGE of $code-backports"
	if ! apt-get install -qq -y --download-only "${options[@]}" >&2; then
		missing "$QEMU_PACKAGE of $code-backports could not be fetched"
		return
	fi
	mkdir -p "$(dirname "$state")"
	dir=$(apt_unpack "$JHW_CACHE/qemu/qemu" "${files[@]}") ||
		die "$QEMU_PACKAGE of $code-backports could not be unpacked"
	write_wrapper "$dir" "$program"
	if [ "$(major "$dir/$program")" -lt "$QEMU_WANTED" ]; then
		missing "$("$dir/$program" --version 2>&1 | head -n 1)"
		return
	fi
	printf 'qemu %s\n' "$dir" >"$state.tmp"
	mv "$state.tmp" "$state"
}

complete()
{
	local kind rest
	read -r kind rest 2>/dev/null <"$state" || return 1
	[ "$kind" = missing ] || [ -d "$rest" ]
}

fetch_once()
{
	# Another checkout may have done it while we waited for the lock.
	if [ "${1:-}" = --update ] || ! complete; then
		fetch
	fi
}

if [ "${1:-}" = --fetch ]; then
	if [ "$(major qemu-system-aarch64)" -lt "$QEMU_WANTED" ] &&
	   { [ "${2:-}" = --update ] || ! complete; }; then
		with_lock "$JHW_CACHE/fetch.lock" fetch_once "${2:-}"
	fi
	exit 0
fi

[ $# -eq 2 ] || die "usage: qemu.sh PROGRAM VERSION" 2
if [ "$(major "$1")" -ge "$2" ]; then
	printf '%s\n' "$1"
	exit 0
fi
complete || die "$1 of version $2 is needed: run ./jhw setup"
read -r kind rest <"$state"
[ "$kind" = qemu ] || die "$1 of version $2 is needed: $rest"
[ "$(major "$rest/$1")" -ge "$2" ] ||
	die "$1 of version $2 is needed: ./jhw setup provides version $QEMU_WANTED"
printf '%s\n' "$rest/$1"
