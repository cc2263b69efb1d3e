#!/bin/sh
# SPDX-License-Identifier: LGPL-2.1-or-later
#
# collect.sh FILE.tar[.gz] [ROOT]: packs what Linux says about this machine
# (or about one whose files are below ROOT) into an archive that "jailhouse
# config import" and "jailhouse config create" read elsewhere. FILE "-" is
# standard output.
#
# This is what "jailhouse config collect" runs. It needs a POSIX shell and the
# usual tools, those of busybox will do, and root: Linux hides addresses from
# others. Nothing outside of FILE and a temporary folder is written.

set -u

die()
{
	printf 'collect: %s\n' "$1" >&2
	exit "${2:-1}"
}

# What is packed, a shell pattern a line.
#   file	contents
#   head	the first page of the contents: a header is in it
#   link	a symbolic link: the fact is where it leads
#   must	a file without which the rest is of little use
patterns()
{
	cat <<'PATTERNS'
must proc/cpuinfo
must proc/cmdline
must proc/iomem
file proc/ioports
file proc/interrupts
file proc/meminfo
file proc/version
file proc/modules
file proc/sys/kernel/arch
file proc/sys/kernel/osrelease
file proc/self/mountinfo
file boot/config-*
file sys/devices/system/cpu/online
file sys/devices/system/cpu/possible
file sys/devices/system/cpu/cpu[0-9]*/uevent
file sys/devices/system/cpu/cpu[0-9]*/online
link sys/devices/system/cpu/cpu[0-9]*/of_node
file sys/devices/system/cpu/cpu[0-9]*/topology/*_id
file sys/devices/system/cpu/cpu[0-9]*/cache/index*/level
file sys/devices/system/cpu/cpu[0-9]*/cache/index*/type
file sys/devices/system/cpu/cpu[0-9]*/cache/index*/size
file sys/devices/system/cpu/cpu[0-9]*/cache/index*/coherency_line_size
file sys/devices/system/cpu/cpu[0-9]*/cache/index*/number_of_sets
file sys/devices/system/cpu/cpu[0-9]*/cache/index*/ways_of_associativity
file sys/devices/system/cpu/cpu[0-9]*/cache/index*/shared_cpu_list
file sys/devices/system/cpu/cpu[0-9]*/cpuidle/state*/name
file sys/devices/system/cpu/cpu[0-9]*/cpuidle/state*/latency
file sys/devices/system/cpu/cpu[0-9]*/cpuidle/state*/disable
file sys/bus/pci/devices/*/config
file sys/bus/pci/devices/*/resource
file sys/bus/pci/devices/*/irq
link sys/bus/pci/devices/*/driver
link sys/bus/pci/devices/*/iommu_group
file sys/firmware/acpi/tables/APIC*
file sys/firmware/acpi/tables/MCFG*
file sys/firmware/acpi/tables/DMAR*
file sys/firmware/acpi/tables/IVRS*
file sys/firmware/acpi/tables/FACP*
file sys/firmware/acpi/tables/SPCR*
file sys/firmware/fdt
file sys/class/tty/*/type
file sys/class/tty/*/irq
file sys/class/tty/*/port
file sys/class/tty/*/uartclk
file sys/class/tty/*/io_type
file sys/class/tty/*/iomem_base
file sys/class/tty/*/iomem_reg_shift
file sys/class/tty/*/active
link sys/class/tty/*/device/driver
link sys/class/net/*
link sys/devices/virtual/net/*/lower_*
file proc/net/route
file proc/net/if_inet6
link sys/class/iommu/*
link sys/dev/block/*
file sys/class/dmi/id/sys_vendor
file sys/class/dmi/id/product_name
file sys/class/dmi/id/bios_version
file sys/class/dmi/id/bios_date
file sys/devices/jailhouse/enabled
file sys/module/jailhouse/version
head lib/firmware/jailhouse*.bin
PATTERNS
}

# put PATH: makes room for that file of the archive.
put()
{
	[ -d "$work/root/${1%/*}" ] || mkdir -p "$work/root/${1%/*}"
}

# pack_file PATH: files of sysfs claim to be 4096 bytes long, so that tar must
# not see them. Those that cannot be read are left out.
pack_file()
{
	[ -f "$1" ] || return 0
	put "$1"
	cat "$1" >"$work/root/$1" 2>/dev/null || rm -f "$work/root/$1"
}

pack_head()
{
	[ -f "$1" ] || return 0
	put "$1"
	dd if="$1" of="$work/root/$1" bs=4096 count=1 2>/dev/null ||
		rm -f "$work/root/$1"
}

pack_link()
{
	[ -L "$1" ] || return 0
	put "$1"
	ln -s "$(readlink "$1")" "$work/root/$1" 2>/dev/null || :
}

# Hundreds of commands, one for each file, take an emulated machine half a
# minute. Where cp can make the folders, files are noted at first, and copied
# by few commands. Names that xargs would read otherwise are not noted.
has_cp()
{
	command -v xargs >/dev/null || return 1
	# shellcheck disable=SC2002 # the size is what is read, not what is told
	cp --parents sys/devices/system/cpu/online "$work/root" 2>/dev/null &&
		[ "$(cat sys/devices/system/cpu/online | wc -c)" = \
			"$(wc -c <"$work/root/sys/devices/system/cpu/online")" ]
}

# note_KIND PATH
note_file()
{
	[ -f "$1" ] || return 0
	case $1 in
	*[!A-Za-z0-9_.,:@=+/-]*) pack_file "$1" ;;
	*) printf '%s\n' "$1" >&3 ;;
	esac
}

note_link()
{
	[ -L "$1" ] || return 0
	case $1 in
	*[!A-Za-z0-9_.,:@=+/-]*) pack_link "$1" ;;
	*) printf '%s\n' "$1" >&4 ;;
	esac
}

note_head()
{
	pack_head "$1"
}

note_must()
{
	[ -r "$1" ] || die "$root/$1: cannot be read"
	note_file "$1"
}

# Those that cannot be read are left out.
pack_noted()
{
	# shellcheck disable=SC2016 # that shell is to expand it
	xargs -n 200 sh -c 'cp --parents "$@" "$0"' "$work/root" \
		<"$work/files" 2>/dev/null
	# shellcheck disable=SC2016
	xargs -n 200 sh -c 'cp -P --parents "$@" "$0"' "$work/root" \
		<"$work/links" 2>/dev/null
}

pack_must()
{
	[ -r "$1" ] || die "$root/$1: cannot be read"
	pack_file "$1"
}

# The device tree as folders, where the kernel has kept no blob.
pack_tree()
{
	[ ! -f sys/firmware/fdt ] || return 0
	find proc/device-tree/ -type f 2>/dev/null | while read -r path; do
		pack_file "$path"
	done
}

# pack_open FOLDER FD TARGET: a link of /proc/PID/fd, as "ls" told it. What a
# process has open may be called anything, newlines and all, and so look like a
# line about something else: only what is really there is packed.
pack_open()
{
	pid=${1#proc/}
	pid=${pid%/fd}
	case $pid,$2 in
	*[!0-9,]* | *,*,* | ,* | *,) return 1 ;;
	esac
	[ "$1" = "proc/$pid/fd" ] && [ "$(readlink "$1/$2")" = "$3" ] ||
		return 1
	put "$1/$2"
	[ -L "$work/root/$1/$2" ] || ln -s "$3" "$work/root/$1/$2"
	[ -e "$work/root/proc/$pid/comm" ] || pack_file "proc/$pid/comm"
}

# Who has a terminal open: a getty on a UART that is to be a cell's.
pack_terminals()
{
	# shellcheck disable=SC2012 # no other tool tells all at once
	ls -l proc/[0-9]*/fd 2>/dev/null | awk '
		/:$/ { folder = substr($0, 1, length($0) - 1) }
		NF > 2 && $(NF - 1) == "->" && $NF ~ /^\/dev\/(tty[A-Z]|console)/ {
			print folder, $(NF - 2), $NF
		}' | while read -r folder fd target; do
		pack_open "$folder" "$fd" "$target"
	done
}

# Who is logged in over the network: the connections of servers for SSH, and
# nobody else's.
pack_sessions()
{
	for comm in proc/[0-9]*/comm; do
		read -r name <"$comm" || continue
		case $name in
		sshd* | dropbear* | tinysshd) pack_sockets "${comm%/comm}" ;;
		esac
	done 2>/dev/null
	[ -s "$work/sockets" ] || return 0
	for table in proc/net/tcp proc/net/tcp6; do
		[ -r "$table" ] || continue
		put "$table"
		awk 'NR == FNR { wanted[$1] = 1; next } $10 in wanted' \
			"$work/sockets" "$table" >"$work/root/$table"
	done
}

# pack_sockets PROCESS: their numbers are added to a file, too.
pack_sockets()
{
	# shellcheck disable=SC2012 # see above
	ls -l "$1/fd" | awk '$NF ~ /^socket:\[[0-9]+\]$/ {
			print $(NF - 2), $NF
		}' | while read -r fd target; do
		pack_open "$1/fd" "$fd" "$target" || continue
		target=${target#*\[}
		printf '%s\n' "${target%\]}" >>"$work/sockets"
	done
}

# What only the kernel's log tells: where CPUs were started, and what the
# firmware has locked.
pack_log()
{
	put var/log/dmesg
	if [ -n "$root" ]; then
		pack_file var/log/dmesg
		return
	fi
	dmesg 2>/dev/null | grep -E \
		'CPU\(s\) started |disabled by BIOS|disabled \(by BIOS\)' \
		>"$work/root/var/log/dmesg" || rm -rf "$work/root/var"
}

# Addresses are zero for a user who may not see them.
check_addresses()
{
	grep -q '^ *0*[1-9a-f]' proc/iomem ||
		die "/proc/iomem shows no addresses: run this as root"
}

[ $# -eq 1 ] || [ $# -eq 2 ] ||
	die "usage: collect.sh FILE.tar[.gz] [ROOT]" 2
root=${2:-}
case $1 in
/* | -) output=$1 ;;
*) output=$PWD/$1 ;;
esac
case $output in
*.tar.gz | *.tgz) filter='gzip -c' ;;
*) filter='cat' ;;
esac

umask 077
work=$(mktemp -d "${TMPDIR:-/tmp}/collect.XXXXXX") || die "no temporary folder"
trap 'rm -rf "$work"' EXIT
trap 'exit 1' INT TERM HUP
mkdir "$work/root"
cd "${root:-/}" || die "$root: no such folder"

check_addresses
pack=pack
! has_cp || pack=note
patterns >"$work/patterns"
while read -r kind pattern; do
	# Splitting is at blanks, of which no pattern has any: this is globbing
	for path in $pattern; do
		"${pack}_$kind" "$path" || exit 1
	done
done <"$work/patterns" 3>"$work/files" 4>"$work/links"
pack_noted
pack_tree
pack_terminals
pack_sessions
pack_log

cd "$work/root" || exit 1
set --
for folder in boot lib proc sys var; do
	[ ! -d "$folder" ] || set -- "$@" "$folder"
done
tar -cf "$work/archive" "$@" && $filter <"$work/archive" >"$work/packed" ||
	die "the archive cannot be made"
# In one step if it is a file, so that a failure leaves no half of one
if [ "$output" = - ]; then
	cat "$work/packed"
elif [ -e "$output" ] && [ ! -f "$output" ]; then
	cat "$work/packed" >"$output"
else
	cat "$work/packed" >"$output.new" && mv -f "$output.new" "$output"
fi || die "$output: cannot be written"
