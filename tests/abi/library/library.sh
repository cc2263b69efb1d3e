#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# library.sh LIBRARY SOURCES BUILD PROGRAM.c COMPILER…: what the shared library
# exports is what its headers declare, and nothing that was promised is gone;
# installed, a program outside of the tree finds all that it needs by
# pkg-config.
set -euo pipefail

library=$1 sources=$2 build=$3 program=$4
shift 4
compiler=("$@")

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

fail()
{
	printf 'FAIL: %s\n' "$*" >&2
	exit 1
}

# Names of the headers that say JHCFG_API, with their macros expanded.
cat "$sources"/include/jhcfg/*.h | sed '/^#include/d' >"$tmp/all.h"
"${compiler[@]}" -E -P "$tmp/all.h" | tr '\n' ' ' |
	sed 's/;/;\n/g' | grep 'visibility("default")' |
	grep -oE '\bjhcfg_[a-z0-9_]+ ?[(;[]' | tr -d ' (;[' |
	LC_ALL=C sort -u >"$tmp/declared"
[ "$(wc -l <"$tmp/declared")" -gt 100 ] || fail "the headers declare nothing"
"$sources/symbols.sh" "$library" | grep -v '^#' >"$tmp/exported"
grep -v '^#' "$sources/jhcfg.symbols" >"$tmp/promised"

gone=$(LC_ALL=C comm -23 "$tmp/promised" "$tmp/exported" | xargs)
[ -z "$gone" ] || fail "programs may use what is gone: $gone; if that must be," \
	"give the library a new soversion, and run libjhcfg/symbols.sh"
stray=$(LC_ALL=C comm -13 "$tmp/declared" "$tmp/exported" | xargs)
[ -z "$stray" ] || fail "no header declares what is exported: $stray"
missing=$(LC_ALL=C comm -23 "$tmp/declared" "$tmp/exported" | xargs)
[ -z "$missing" ] || fail "declared, but not there: $missing"
new=$(LC_ALL=C comm -13 "$tmp/promised" "$tmp/exported" | xargs)
[ -z "$new" ] || printf 'not promised yet, run libjhcfg/symbols.sh: %s\n' "$new"

# As it is installed.
DESTDIR=$tmp/root meson install -C "$build" --no-rebuild --quiet \
	--tags jhcfg,devel >"$tmp/log" 2>&1 || fail "$(cat "$tmp/log")"
pc=$(find "$tmp/root" -name jhcfg.pc)
[ -n "$pc" ] || fail "no jhcfg.pc"
export PKG_CONFIG_PATH=${pc%/*} PKG_CONFIG_SYSROOT_DIR=$tmp/root
read -ra flags < <(pkg-config --cflags jhcfg)
read -ra libs < <(pkg-config --libs jhcfg)

for header in "$tmp"/root/usr/include/jhcfg/*.h; do
	printf '#include <jhcfg/%s>\n' "${header##*/}" >"$tmp/one.c"
	"${compiler[@]}" -std=c17 -Wall -Wextra -Werror -fsyntax-only \
		"${flags[@]}" "$tmp/one.c" || fail "$header needs another one"
done

cp "$program" "$tmp/outside.c"
cd "$tmp"
"${compiler[@]}" -std=gnu17 -Wall -Wextra -Werror "${flags[@]}" -o outside \
	outside.c "${libs[@]}" || fail "a program does not compile"
LD_LIBRARY_PATH=$(dirname "$(find "$tmp/root" -name 'libjhcfg.so.0')") \
	./outside >said || fail "the program found something wrong"
[ "$(cat said)" = "rtos: 1 CPU, 492 bytes" ] || fail "it said: $(cat said)"
