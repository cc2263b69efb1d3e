#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
#
# run.sh PROGRAM [ARGS…]: runs a program that was built for this machine.

# shellcheck source=tools/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/lib.sh"

# The programs that the host build installs for users: "NAME PATH".
programs()
{
	meson introspect --targets "$JHW_BUILD/host" |
		jq -r '.[] | select(.type == "executable" and .installed) |
			.name + " " + .filename[0]'
}

[ $# -gt 0 ] || die "usage: ./jhw run PROGRAM [ARGS…]" 2
with_lock "$JHW_BUILD/build.lock" "$JHW_TOP/tools/build.sh" host
path=$(programs | awk -v name="$1" '$1 == name { print $2; exit }')
[ -n "$path" ] || die "no program \"$1\"; there are: $(
	programs | cut -d' ' -f1 | xargs)" 2
shift
# The module that reaches targets behind SSH, before it is installed.
export JHCFG_MODULES=${JHCFG_MODULES:-$JHW_BUILD/host/libjhcfg}
exec "$path" "$@"
