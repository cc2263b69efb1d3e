# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# The SSH keys of this checkout: one for its user and one that all its boards
# have as their host key, so that the host is checked too. Sourced after
# tools/lib.sh.

KEYS=$JHW_BUILD/keys
KEYS_ALIAS=jhw-board

# keys_dropbear OPENSSH-KEY: the same ed25519 key in dropbear's own format,
# which is the key's type and its 64 secret bytes, each with a length before
# it. In the OpenSSH file (PROTOCOL.key in its sources) an unencrypted ed25519
# key has both at fixed places: type at 106, secret at 157.
keys_dropbear()
{
	local raw=$KEYS/raw
	sed '/^-----/d' "$1" | base64 -d >"$raw"
	tail -c +107 "$raw" | head -c 15
	tail -c +158 "$raw" | head -c 68
	rm -f "$raw"
}

keys_make()
{
	[ ! -f "$KEYS/known_hosts" ] || return 0
	mkdir -p "$KEYS"
	chmod 700 "$KEYS"
	rm -f "$KEYS"/{user,host}*
	(
		umask 077
		ssh-keygen -q -t ed25519 -N '' -C jhw-user -f "$KEYS/user"
		ssh-keygen -q -t ed25519 -N '' -C jhw-board -f "$KEYS/host"
		keys_dropbear "$KEYS/host" >"$KEYS/host.dropbear"
	)
	printf '%s %s\n' "$KEYS_ALIAS" "$(cat "$KEYS/host.pub")" \
		>"$KEYS/known_hosts"
}
