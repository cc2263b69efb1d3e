# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=bash
#
# What tests of jh-top's outputs share: those of the CLI's, and a recording.

# shellcheck source=tests/cli/lib.sh
. "$(dirname "${BASH_SOURCE[0]}")/../cli/lib.sh"

# recording: three moments of two cells, of which one fails. A name has quotes,
# a backslash and an escape sequence in it.
recording()
{
	local sys=/sys/devices/jailhouse t
	printf '{"format":"jhcfg-recording","version":1,'
	printf '"target":"ssh://board","began":1795248647}\n'
	for t in 0 1 2; do
		printf '{"t":%d,"files":{' $((t * 1000))
		printf '"%s":"%s",' \
			$sys/enabled '1\n' \
			$sys/mem_pool_size '994\n' \
			$sys/mem_pool_used '71\n' \
			$sys/console 'Started cell\n' \
			$sys/cells/0/name 'root\n' \
			$sys/cells/0/state 'running\n' \
			$sys/cells/0/cpus_assigned_list '0-1\n' \
			$sys/cells/0/cpus_failed_list '\n' \
			$sys/cells/0/statistics/vmexits_total "$((100 * t))\\n" \
			$sys/cells/0/statistics/vmexits_mmio "$((100 * t))\\n" \
			$sys/cells/0/statistics/cpu0/vmexits_mmio "$((90 * t))\\n" \
			$sys/cells/0/statistics/cpu1/vmexits_mmio "$((10 * t))\\n" \
			$sys/cells/1/name 'r\"t\\\u001b[31m\n' \
			$sys/cells/1/state "$([ $t -lt 2 ] && echo running ||
				echo failed)\\n" \
			$sys/cells/1/cpus_assigned_list '3\n' \
			$sys/cells/1/cpus_failed_list "$([ $t -lt 2 ] ||
				echo 3)\\n" \
			$sys/cells/1/statistics/vmexits_total "$((7 * t))\\n" \
			/sys/devices/system/cpu/possible '0-3\n' \
			/proc/meminfo 'MemTotal: 2048 kB\nMemAvailable: 1024 kB\n'
		printf '"/proc/loadavg":"0.31 0.22 0.10 1/80 5\\n"}}\n'
	done
}
