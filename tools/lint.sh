#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# lint.sh [CHECK…]: what a reader should not have to point out. All checks of
# the table without an argument; each looks at the files that git knows or
# would add. Exit 1 if any finds something.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"
cd "$JHW_TOP"
mkdir -p "$JHW_BUILD"

# check: what it looks at
checks()
{
	cat <<'END'
format		C files are as clang-format writes them
shell		scripts pass shellcheck
spelling	codespell finds no typing error
spdx		every file says its licence
layers		includes follow tools/layers
json		board data and schemas are well-formed
cppcheck	static checks of the C code
sparse		the driver, under sparse with each kernel's headers
END
}

# files EXTENDED-REGEX: of the tree, by path.
files()
{
	git ls-files -co --exclude-standard | grep -E "$1" |
		while IFS= read -r file; do
			[ ! -f "$file" ] || printf '%s\n' "$file"
		done
}

scripts()
{
	files '.' | while IFS= read -r file; do
		! head -n 1 "$file" | grep -qE '^#!.*\b(ba|da)?sh\b' ||
			printf '%s\n' "$file"
	done
	files '\.sh$'
}

check_format()
{
	local file rc=0
	while IFS= read -r file; do
		clang-format "$file" | diff -u --label "$file" \
			--label "$file, formatted" "$file" - >&3 || {
			printf '%s: clang-format -i would change it\n' "$file"
			rc=1
		}
	done < <(files '\.[ch]$') 3>"$JHW_BUILD/lint-format.diff"
	return "$rc"
}

check_shell()
{
	scripts | sort -u | xargs -r shellcheck
}

check_spelling()
{
	files '.' | grep -vE '^LICENSES/|\.po$' |
		xargs -r codespell --ignore-words=tools/spelling-words
}

# Files that cannot hold a comment are listed with their reason.
check_spdx()
{
	local file bad=0
	while IFS= read -r file; do
		case $file in
		LICENSES/*) continue ;;		# the texts themselves
		.gitignore|tools/spelling-words) continue ;;
		tools/target/root/etc/passwd|tools/target/root/etc/group|\
		tools/target/root/etc/hostname) continue ;; # read as they are
		*/fixtures/*|*/golden/*|*/corpus/*) continue ;; # inputs
		docs/*.png) continue ;;		# made by ./jhw screenshots
		esac
		if ! head -n 5 "$file" | grep -q 'SPDX-License-Identifier:'; then
			printf '%s: no SPDX line\n' "$file"
			bad=1
		fi
	done < <(files '.')
	return "$bad"
}

check_layers()
{
	tools/lint-layers.sh
}

check_json()
{
	local file bad=0
	while IFS= read -r file; do
		case $file in
		*/fixtures/*|*/corpus/*) continue ;;	# broken on purpose
		esac
		jq -e . "$file" >/dev/null || {
			printf '%s: no JSON\n' "$file"
			bad=1
		}
	done < <(files '\.json$')
	return "$bad"
}

# comparePointers: symbols of a link script bound one object each.
# invalidPrintfArgType: the compiler checks that, and knows our own printk.
check_cppcheck()
{
	files '\.c$' | grep -v '^driver/' | xargs -r cppcheck --quiet \
		--enable=warning,performance,portability --inline-suppr \
		--suppress=missingIncludeSystem --suppress=unknownMacro \
		--suppress=comparePointers \
		--suppress=invalidPrintfArgType_sint --platform=unix64 \
		--error-exitcode=1 -j "$(nproc)" --std=c11 \
		-I hypervisor/include -I hypervisor/include/uapi \
		-I libjhcfg/include -I inmates/include \
		--template='{file}:{line}: {severity}: {message} [{id}]'
}

check_sparse()
{
	[ ! -f driver/Kbuild ] || JHW_SPARSE=1 tools/build-driver.sh
}

[ $# -gt 0 ] || mapfile -t names < <(checks | cut -f1)
[ $# -eq 0 ] || names=("$@")
failed=()
for name in "${names[@]}"; do
	declare -F "check_$name" >/dev/null || {
		checks >&2
		die "no check \"$name\"; they are above" 2
	}
	step "$name: $(checks | sed -n "s/^$name\t*//p")"
	# A process of its own: its failures must not end this one, and bash
	# would ignore them inside a condition.
	rc=0
	(set +e; "check_$name") || rc=$?
	[ "$rc" -eq 0 ] || failed+=("$name")
done
[ "${#failed[@]}" -eq 0 ] || die "found something: ${failed[*]}"
say "nothing found"
