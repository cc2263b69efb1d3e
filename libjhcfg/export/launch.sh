# SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause
# shellcheck shell=sh disable=SC2154 # launch.c writes variables in front of it
#
# What is the same in all launch scripts; from the first empty line on.

# What differs for tests: where the system's files are.
top=${LAUNCH_TOP:-}
sysfs=$top/sys/devices/jailhouse
device=$top/dev/jailhouse
marker=$top/run/jailhouse-launch
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin
problems=0 created='' enabled_here='' loaded_here=''

usage()
{
	echo "usage: launch.sh start|stop|status|check [SCENARIO]"
	echo "  start   brings up the cells of the scenario"
	echo "  stop    takes all cells of this project and the hypervisor away"
	echo "  status  says what runs; exit status 3 if this project does not"
	echo "  check   says what keeps start from working, and changes nothing"
	say "scenarios: ${scenarios:-none, all cells run together}"
}

# say TEXT: names may hold anything, but it stays on its line.
say()
{
	printf '%s\n' "$1" | tr '\001-\010\013-\037\177' '?'
}

# problem WHAT HINT: goes on, so that all of them are seen at once.
problem()
{
	problems=$((problems + 1))
	say "launch.sh: $1" >&2
	say "  $2" >&2
}

fail()
{
	problem "$1" "$2"
	exit 1
}

# read_line FILE: its first line; nothing if it is not there.
read_line()
{
	line=
	[ ! -r "$1" ] || IFS= read -r line <"$1" || :
	printf '%s' "$line"
}

# --- what is there -----------------------------------------------------------

is_enabled()
{
	[ "$(read_line "$sysfs/enabled")" = 1 ]
}

# find_cell NAME: sets cell_folder, in sysfs; fails if there is no such cell.
find_cell()
{
	for cell_folder in "$sysfs"/cells/*/; do
		[ "$(read_line "${cell_folder}name")" != "$1" ] || return 0
	done
	cell_folder=
	return 1
}

find_tool()
{
	for tool in "${JAILHOUSE:-}" ./jailhouse "$(command -v jailhouse)"; do
		[ ! -x "$tool" ] || [ -d "$tool" ] || return 0
	done
	problem "the program \"jailhouse\" is not here" \
		"install it, put it beside launch.sh, or say JAILHOUSE=PATH"
	return 1
}

# --- checks ------------------------------------------------------------------

check_files()
{
	if [ ! -r SHA256SUMS ]; then
		problem "the folder is incomplete: there is no SHA256SUMS" \
			"copy all of the folder, or export the project again"
	elif command -v sha256sum >/dev/null; then
		said=$(sha256sum -c SHA256SUMS 2>&1) ||
			problem "files are missing or damaged:
$(printf '%s\n' "$said" | grep -v ': OK$')" \
				"copy all of the folder, or export it again"
	else
		while read -r _ name; do
			[ -r "$name" ] || problem "$name is missing" \
				"copy all of the folder"
		done <SHA256SUMS
	fi
}

check_machine()
{
	# shellcheck disable=SC2254 # a pattern
	case $(uname -m) in
	$machine) ;;
	*) problem "this machine is $(uname -m), the project is for $machine" \
		"take it to the right target, or export it for this one" ;;
	esac
}

# The hypervisor takes over all CPUs that are online, and no others.
check_cpus()
{
	online=$(read_line "$top/sys/devices/system/cpu/online")
	[ -z "$online" ] || [ "$online" = "$cpus" ] ||
		problem "CPUs $online are online, the project has $cpus" \
			"take them on- or offline, or change the root cell"
}

# Overlaps of "System RAM" with what cells get. Without the rights of root all
# addresses read 0.
check_memory()
{
	[ -r "$top/proc/iomem" ] || return 0
	while IFS= read -r line; do
		case $line in
		' '*) continue ;;
		*' : System RAM') ;;
		*) continue ;;
		esac
		line=${line%% :*}
		first=$((0x${line%-*})) last=$((0x${line#*-}))
		for range in $reserved; do
			if [ $((${range%-*})) -le "$last" ] &&
				[ "$first" -le $((${range#*-})) ]; then
				problem "Linux uses $range, which is for cells" \
					"boot it with: $(read_line cmdline.txt)"
			fi
		done
	done <"$top/proc/iomem"
}

# load_driver: if it is not there; only tells with "check".
load_driver()
{
	if [ -e "$device" ]; then
		[ -w "$device" ] || problem "no access to $device" \
			"run launch.sh as root"
		return 0
	fi
	if [ "$verb" = check ]; then
		[ -e ./jailhouse.ko ] || [ -n "$(
			find "$top/lib/modules/$(uname -r)" \
				-name 'jailhouse.ko*' 2>/dev/null)" ] ||
			problem "there is no driver for $(uname -r)" \
				"install jailhouse.ko, or put it here"
		return 0
	fi
	if [ -e ./jailhouse.ko ]; then
		said=$(insmod ./jailhouse.ko 2>&1)
	else
		said=$(modprobe jailhouse 2>&1)
	fi || {
		problem "the driver cannot be loaded: $said" \
			"run this as root; install jailhouse.ko for $(uname -r)"
		return 1
	}
	loaded_here=1
	# so that a later stop knows that it is ours to remove
	(: >"$marker") 2>/dev/null || :
}

check_system()
{
	running=$(read_line "$sysfs/cells/0/name")
	[ "$running" = "$system" ] ||
		problem "the system \"$running\" runs here, not \"$system\"" \
			"end it first: jailhouse disable"
}

# --- changes -----------------------------------------------------------------

jh()
{
	say "jailhouse $*"
	"$tool" "$@"
}

undo()
{
	trap '' INT TERM HUP
	say "launch.sh: taking back what was done" >&2
	for number in $created; do
		with_cell "$number" destroy || :
	done
	[ -z "$enabled_here" ] || jh disable || :
	unload_driver
	exit 1
}

unload_driver()
{
	if [ -e "$marker" ] || [ -n "$loaded_here" ]; then
		[ ! -e "$device" ] || rmmod jailhouse && rm -f "$marker"
	fi
}

# destroy NAME...: of with_cell.
destroy()
{
	jh cell destroy --name "$1"
}

# cell_state: of the cell that was found.
cell_state()
{
	read_line "${cell_folder}state"
}

# bring_up NAME CONFIGURATION [IMAGE...]: of with_cell.
bring_up()
{
	name=$1 file=$2
	shift 2
	if ! find_cell "$name"; then
		jh cell create "$file" || return 1
		created="$number $created"
		find_cell "$name" || {
			problem "the driver made no cell \"$name\" of $file" \
				"dmesg says why"
			return 1
		}
	fi
	case $(cell_state) in
	running*)
		say "cell \"$name\" runs"
		return 0 ;;
	esac
	if [ $# -eq 0 ]; then
		say "cell \"$name\" is there; the project loads nothing into it"
		return 0
	fi
	jh cell load --name "$name" "$@" && jh cell start --name "$name" ||
		return 1
	[ "$(cell_state)" != failed ] || {
		problem "cell \"$name\" has failed at once" \
			"the hypervisor's console says why: jailhouse console"
		return 1
	}
}

# take_down NAME...: of with_cell.
take_down()
{
	find_cell "$1" || return 0
	case $(cell_state) in
	running*) jh cell shutdown --name "$1" || return 1 ;;
	esac
	destroy "$1"
}

# is_ours NAME: a cell of this project, or the root.
is_ours()
{
	wanted=$1
	[ "$wanted" != "$system" ] || return 0
	for number in $all; do
		! with_cell "$number" has_name || return 0
	done
	return 1
}

has_name()
{
	[ "$1" = "$wanted" ]
}

# --- what one asks for -------------------------------------------------------

check()
{
	check_files
	check_machine
	find_tool || :
	load_driver || :
	if is_enabled; then
		check_system
	else
		check_cpus
		check_memory
	fi
	[ "$problems" -eq 0 ]
}

start()
{
	# enabling may take away the network, and with it who started us
	trap '' HUP
	if ! check; then
		unload_started
		exit 1
	fi
	trap undo INT TERM
	if ! is_enabled; then
		jh enable "$config" || undo
		enabled_here=1
	fi
	for number in $numbers; do
		with_cell "$number" bring_up || undo
	done
}

# The driver, if the checks failed after it was loaded.
unload_started()
{
	[ -z "$loaded_here" ] || unload_driver
}

stop()
{
	if is_enabled; then
		check_system
		find_tool || :
		for folder in "$sysfs"/cells/*/; do
			name=$(read_line "${folder}name")
			is_ours "$name" ||
				problem "the cell \"$name\" is somebody else's" \
					"destroy it first"
		done
		[ "$problems" -eq 0 ] || exit 1
		backwards=
		for number in $all; do
			backwards="$number $backwards"
		done
		for number in $backwards; do
			with_cell "$number" take_down || exit 1
		done
		jh disable || exit 1
	else
		say "the hypervisor is not enabled"
	fi
	unload_driver
}

show_cell()
{
	if find_cell "$1"; then
		say "cell \"$1\": $(cell_state), CPUs $(
			read_line "${cell_folder}cpus_assigned_list")"
	else
		say "cell \"$1\": not there"
	fi
}

status()
{
	if ! is_enabled; then
		say "the hypervisor is not enabled"
		exit 3
	fi
	running=$(read_line "$sysfs/cells/0/name")
	say "system \"$running\""
	[ "$running" = "$system" ] || exit 3
	for number in $numbers; do
		with_cell "$number" show_cell
	done
}

verb=${1:-} scenario=${2-$default}
cd "$(dirname -- "$0")" || exit 1
case $verb in
start | check)
	numbers=$(cells_of "$scenario") || fail \
		"which scenario? There is no \"$scenario\"" \
		"the project has: $scenarios" ;;
stop) ;;
status) numbers=$(cells_of "$scenario") || numbers=$all ;;
*)
	usage
	[ "$verb" = help ] || exit 2
	exit 0 ;;
esac
"$verb"
