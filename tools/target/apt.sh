# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# An apt of our own beside the machine's: own lists, own cache, arm64 (or what
# APT_ARCHITECTURE says) as the architecture and an empty list of installed
# packages, so that nothing of the user's system is read or changed except
# where it fetches from. Sourced after tools/lib.sh.

APT_ROOT=$JHW_CACHE/apt
APT_ARCHITECTURE=arm64
export APT_CONFIG=$APT_ROOT/apt.conf

# apt_codename: of the machine's release.
apt_codename()
(
	. /etc/os-release
	[ -n "${VERSION_CODENAME:-}" ] ||
		die "/etc/os-release names no VERSION_CODENAME"
	printf '%s\n' "$VERSION_CODENAME"
)

# The suites that the machine itself fetches from: "URI SUITE" lines of this
# release's main component. Other repositories on the machine are left out.
apt_machine_suites()
{
	local code
	code=$(apt_codename)
	# shellcheck disable=SC2016 # apt's own variables
	env -u APT_CONFIG apt-get indextargets \
		--format '$(REPO_URI) $(RELEASE) $(COMPONENT)' \
		'Created-By: Packages' |
	awk -v code="$code" '$3 == "main" &&
		($2 == code || $2 ~ "^" code "-(updates|security|backports)$") {
			print $1, $2
		}' | sort -u
}

# apt_sources: a sources list for those, and backports from the same mirror.
apt_sources()
{
	local keyring=/usr/share/keyrings/debian-archive-keyring.gpg
	local suites main
	suites=$(apt_machine_suites)
	main=$(awk '$2 !~ /-/ { print; exit }' <<<"$suites")
	[ -n "$main" ] ||
		die "the machine's apt sources name no Debian mirror"
	[ -f "$keyring" ] || die "$keyring: install debian-archive-keyring"
	{
		printf '%s\n' "$suites"
		printf '%s %s-backports\n' "${main% *}" "${main#* }"
	} | sort -u | while read -r uri suite; do
		printf 'deb [signed-by=%s] %s %s main\n' \
			"$keyring" "$uri" "$suite"
	done
}

apt_configure()
{
	mkdir -p "$APT_ROOT"/{state/lists/partial,cache/archives/partial,etc}
	: >"$APT_ROOT/state/status"
	apt_sources >"$APT_ROOT/etc/sources.list"
	cat >"$APT_CONFIG" <<END
#clear DPkg::Post-Invoke;
#clear APT::Update::Post-Invoke;
#clear APT::Update::Post-Invoke-Success;
APT::Architecture "$APT_ARCHITECTURE";
APT::Architectures { "$APT_ARCHITECTURE"; "$(dpkg --print-architecture)"; };
APT::Sandbox::User "$(id -un)";
APT::Install-Recommends "false";
Acquire::Languages "none";
Acquire::Retries "3";
Dir::State "$APT_ROOT/state";
Dir::State::status "$APT_ROOT/state/status";
Dir::Cache "$APT_ROOT/cache";
Dir::Cache::pkgcache "pkgcache.bin";
Dir::Cache::srcpkgcache "srcpkgcache.bin";
Dir::Etc::sourcelist "$APT_ROOT/etc/sources.list";
Dir::Etc::sourceparts "/dev/null";
Dir::Etc::preferences "/dev/null";
Dir::Etc::preferencesparts "/dev/null";
END
}

# apt_update: new lists. A suite that cannot be had is no failure here; what
# needs one of its packages says so.
apt_update()
{
	apt_configure
	step "fetching the package lists for $APT_ARCHITECTURE"
	apt-get update -qq 2>"$APT_ROOT/update.log" || {
		cat "$APT_ROOT/update.log" >&2
		say "some package lists could not be had; going on"
	}
}

# apt_newest PACKAGE VERSION-PREFIX: the newest version that begins so.
apt_newest()
{
	apt-cache madison "$1" 2>/dev/null |
		awk -v prefix="$2" '$3 !~ /^$/ && index($3, prefix) == 1 {
			print $3
		}' | sort -V | tail -n 1
}

# apt_dependency PACKAGE=VERSION PATTERN: first dependency that matches.
apt_dependency()
{
	apt-cache show "$1" | sed -n 's/^Depends: //p' | tr ',|' '\n' |
		sed 's/^ *//; s/ .*//' | grep -m 1 -E "^($2)\$"
}

# apt_resolve [APT-OPTIONS] PACKAGE…: the files of these and of all they depend
# on, as apt stores them. (--print-uris leaves out what was downloaded before.)
apt_resolve()
{
	apt-get install -qq -s "$@" |
		sed -nE 's/^Inst ([^ :]+)[^ ]* \(([^ ]+) .*\[([a-z0-9]+)\]\).*/\1_\2_\3.deb/p' |
		sed 's/:/%3a/g'
}

# apt_unpack PLACE FILE…: of what was downloaded, into a directory that is
# named PLACE and by the contents; prints it.
apt_unpack()
{
	local dir tmp file
	dir=$1-$(printf '%s\n' "${@:2}" | sort | sha256sum | cut -c1-12)
	if [ ! -d "$dir" ]; then
		tmp=$dir.tmp
		rm -rf "$tmp"
		mkdir -p "$tmp"
		for file in "${@:2}"; do
			dpkg-deb -x "$APT_ROOT/cache/archives/$file" "$tmp" ||
				return 1
		done
		mv "$tmp" "$dir"
	fi
	printf '%s\n' "$dir"
}
