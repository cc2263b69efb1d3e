#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# launch.sh of an exported folder, on a machine that is played: a folder for
# its files, and a program "jailhouse" that writes down what it is asked for
# and moves cells about in the played sysfs.
. "$(dirname "$0")/lib.sh"

top=$tmp/top
sysfs=$top/sys/devices/jailhouse
folder=$tmp/'a folder'

# --- the machine -------------------------------------------------------------

mkdir -p "$tmp/bin" "$top"/{dev,proc,run,lib/modules} \
	"$top/sys/devices/system/cpu" "$sysfs/cells"
cat >"$tmp/bin/uname" <<'END'
#!/bin/sh
[ "$1" = -r ] && echo 6.1.0-test || echo aarch64
END
cat >"$tmp/bin/modprobe" <<'END'
#!/bin/sh
[ -z "$NO_DRIVER" ] || { echo "modprobe: not found" >&2; exit 1; }
: >"$LAUNCH_TOP/dev/jailhouse"; echo "modprobe $*" >>"$LOG"
END
cat >"$tmp/bin/rmmod" <<'END'
#!/bin/sh
rm "$LAUNCH_TOP/dev/jailhouse"; echo "rmmod $*" >>"$LOG"
END
cat >"$tmp/bin/jailhouse" <<'END'
#!/bin/bash
printf '%q ' "$@" >>"$LOG"; echo >>"$LOG"
sysfs=$LAUNCH_TOP/sys/devices/jailhouse
[ "$*" != "$BROKEN" ] || { echo "broken" >&2; exit 1; }
# cell NAME: its folder
cell()
{
	for folder in "$sysfs"/cells/*/; do
		[ "$(cat "$folder/name")" != "$1" ] || return 0
	done
	exit 2
}
# add NAME STATE: a cell
add()
{
	n=$(ls "$sysfs/cells" | wc -l)
	mkdir "$sysfs/cells/$n"
	printf %s "$1" >"$sysfs/cells/$n/name"
	echo "$2" >"$sysfs/cells/$n/state"
	echo 1 >"$sysfs/cells/$n/cpus_assigned_list"
}
# name_in FILE: behind the signature of a cell
name_in()
{
	tail -c +9 "$1" | head -c 32 | tr -d '\0'
}
case "$1 $2" in
enable*) add qemu-arm64 running; echo 1 >"$sysfs/enabled" ;;
disable*) rm -r "$sysfs"/cells/*; echo 0 >"$sysfs/enabled" ;;
"cell create") add "$(name_in "$3")" "shut down" ;;
"cell start") cell "$4"; echo running >"$folder/state" ;;
"cell shutdown") cell "$4"; echo "shut down" >"$folder/state" ;;
"cell destroy") cell "$4"; rm -r "$folder" ;;
esac
END
chmod +x "$tmp"/bin/*
# Some shells have commands of their own that PATH does not change.
for name in uname modprobe rmmod; do
	printf '%s() { "%s" "$@"; }\n' "$name" "$tmp/bin/$name"
done >"$tmp/played"
echo 0 >"$sysfs/enabled"
echo 0-3 >"$top/sys/devices/system/cpu/online"
printf '40000000-6fffffff : System RAM\n  40210000-41ffffff : Kernel code\n' \
	>"$top/proc/iomem"
export LAUNCH_TOP=$top LOG=$tmp/log NO_DRIVER='' BROKEN=''
export PATH=$tmp/bin:$PATH

# launch STATUS ARGS…: by the shell of the moment; what it said is in $said.
launch()
{
	local expected=$1 status=0
	shift
	: >"$LOG"
	said=$(cd / && env -u JAILHOUSE "${shell[@]}" -c '. "$1"; shift; . "$0"' \
		"$folder/launch.sh" "$tmp/played" "$@" 2>&1) || status=$?
	[ "$status" -eq "$expected" ] ||
		fail "${shell[*]}: launch.sh $*: $status, not $expected: $said"
}

log()
{
	cat "$LOG"
}

# --- the project -------------------------------------------------------------

# Its cells have names that shells would like to run.
board=$SOURCE/boards/arm64/qemu-arm64
cp -r "$board" "$tmp/board"
jq '.name = "it'\''s; \"$(reboot)\" `x` #"' "$board/cells/inmate-demo.json" \
	>"$tmp/board/cells/inmate-demo.json"
jq '.name = "-rf /" | .images = [
	{ kind: "inmate", file: "tick.bin", address: "0x0" },
	{ text: "two\n'\''lines'\'' $HOME", address: "0x1000" }
]' "$board/cells/tick-demo.json" >"$tmp/board/cells/tick-demo.json"
jq '.waivers = [{ rule: "S02", object: "it'\''s; \"$(reboot)\" `x` #/memory/uart",
	reason: "a test" }] |
	.scenarios[0].cells = ["it'\''s; \"$(reboot)\" `x` #", "-rf /"]' \
	"$board/system.json" >"$tmp/board/system.json"
echo image >"$tmp/board/tick.bin"
run 0 config export "$tmp/board/system.json" -o "$folder" -s demos
has "the script" "$folder/launch.sh" "$(cat "$tmp/out")"
! command -v shellcheck >/dev/null ||
	shellcheck -s sh -e SC2016 "$folder/launch.sh"

# --- what it does ------------------------------------------------------------

try()
{
	note=${shell[*]}
	launch 2
	has "$note: usage" "start|stop|status|check" "$said"
	launch 1 start nothing
	has "$note: scenarios" "demos, link, linux" "$said"
	launch 3 status
	has "$note: status" "not enabled" "$said"

	# start: driver, system, cells; the second one is run
	launch 0 start
	is "$note: calls" "modprobe jailhouse
enable ./qemu-arm64.cell 
cell create ./it\\'s\\;\\ \\\"\\\$\\(reboot\\)\\\"\\ \\\`x\\\`\\ #.cell 
cell create ./_rf\\ _.cell 
cell load --name -rf\\ / ./tick.bin -a 0x0 -s \$'two\\n\\'lines\\' \$HOME' -a 0x1000 
cell start --name -rf\\ / " "$(log)"
	launch 0 status
	has "$note: status" 'cell "-rf /": running, CPUs 1' "$said"
	has "$note: status" '#": shut down' "$said"

	# again: there is nothing to do
	launch 0 start
	is "$note: calls" "" "$(log)"

	# a second scenario beside it
	launch 0 start link
	has "$note: calls" "cell create ./ivshmem-demo-2.cell" "$(log)"
	launch 0 stop
	has "$note: calls" "disable 
rmmod jailhouse" "$(log)"
	is "$note: cells" "" "$(ls "$sysfs/cells")"
	is "$note: marks" "" "$(ls "$top/run")"
	launch 0 stop
	is "$note: calls" "" "$(log)"

	# a driver that was there stays
	: >"$top/dev/jailhouse"
	launch 0 start
	launch 0 stop
	is "$note: driver" "$top/dev/jailhouse" "$(echo "$top"/dev/*)"
	rm "$top/dev/jailhouse"

	# a step that fails: all is taken back
	BROKEN='cell start --name -rf /' launch 1 start
	has "$note: rollback" "destroy --name -rf\\ /" "$(log)"
	has "$note: rollback" "disable 
rmmod jailhouse" "$(log)"
	is "$note: cells" "" "$(ls "$sysfs/cells")"
	BROKEN='enable ./qemu-arm64.cell' launch 1 start
	is "$note: calls" "modprobe jailhouse
enable ./qemu-arm64.cell 
rmmod jailhouse" "$(log)"

	# what is somebody else's is left alone
	launch 0 start
	mkdir "$sysfs/cells/9"
	echo theirs >"$sysfs/cells/9/name"
	launch 1 stop
	has "$note: foreign cell" '"theirs" is somebody else' "$said"
	is "$note: calls" "" "$(log)"
	rm -r "$sysfs/cells/9"
	echo other >"$sysfs/cells/0/name"
	launch 1 stop
	has "$note: foreign system" 'the system "other" runs here' "$said"
	launch 1 start
	has "$note: foreign system" 'the system "other" runs here' "$said"
	launch 3 status
	printf qemu-arm64 >"$sysfs/cells/0/name"
	launch 0 stop

	# all that is wrong is said at once, and nothing is done
	echo 0-1 >"$top/sys/devices/system/cpu/online"
	echo '70000000-7fffffff : System RAM' >>"$top/proc/iomem"
	mv "$folder/tick.bin" "$tmp/tick.bin"
	NO_DRIVER=1 launch 1 check
	for word in "CPUs 0-1 are online, the project has 0-3" \
		"Linux uses 0x7fc00000-0x7fffffff" "boot it with: mem=768M" \
		"tick.bin" "there is no driver for 6.1.0-test"; do
		has "$note: check" "$word" "$said"
	done
	launch 1 start
	is "$note: calls" "modprobe jailhouse
rmmod jailhouse" "$(log)"
	mv "$tmp/tick.bin" "$folder/tick.bin"
	echo 0-3 >"$top/sys/devices/system/cpu/online"
	sed -i 2d "$top/proc/iomem"
	sed -i '/^70000000/d' "$top/proc/iomem"
	NO_DRIVER=1 launch 1 start
	has "$note: no driver" "modprobe: not found" "$said"
	mv "$tmp/bin/jailhouse" "$folder/jailhouse"
	launch 0 start
	launch 0 stop
	mv "$folder/jailhouse" "$tmp/bin/jailhouse"
}

for words in dash 'busybox sh' bash; do
	read -ra shell <<<"$words"
	! command -v "${shell[0]}" >/dev/null || try
done
