#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-2.0-or-later
# title: the verbs of the program on a live board, and what --json prints
# board: qemu-arm64
# kernel: 6.1 6.12
# timeout: 150
# state: shared

. "$(dirname "$0")/lib.sh"

demo=$CELLS/qemu-arm64-inmate-demo.cell

# No verb works without the driver, and each says what to do.
on "rmmod jailhouse 2>/dev/null" || true
for verb in disable console "cell start 1" "cell destroy 1" \
	    "enable $(root_config)"; do
	on_fails 1 'driver is not loaded: modprobe jailhouse' \
		"jailhouse $verb"
done
assert_eq "cell list without the driver" "" "$(on jailhouse cell list)"

on_ok modprobe jailhouse
out=$(on_ok jailhouse hardware check)
printf '%s\n' "$out"
assert_match "hardware check" '^Check passed!$' "$out"
assert_match "memory of inmates" \
	'^Memory kept from Linux +ok \(0x70000000-0x7fffffff\)$' "$out"
assert_eq "hardware check as JSON" '[true,["ok"]]' \
	"$(on jailhouse hardware check --json |
		jq -c '[.passed, ([.checks[].status] | unique)]')"
on_fails 1 'not enabled, and left no text' jailhouse console
assert_eq "cells while disabled" '[]' \
	"$(on jailhouse cell list --json | jq -c .)"

jh_enable
on_fails 1 'JAILHOUSE_ENABLE: Device or resource busy' \
	jailhouse enable "$(root_config)"
on_fails 1 'enabling the hypervisor failed \(EBUSY\): it is enabled already' \
	jailhouse cell enable "$(root_config)"
assert_match "console" '^Activating hypervisor$' "$(on jailhouse console)"

on_ok jailhouse cell create "$demo"
on_fails 1 'a cell of this name exists' jailhouse cell create "$demo"
printf -v expected '%-8s%-24s%-18s%-24s%-24s\n' \
	ID Name State "Assigned CPUs" "Failed CPUs" \
	0 qemu-arm64 running 0-2 "" 1 inmate-demo "shut down" 3 ""
assert_eq "cell list" "${expected%$'\n'}" "$(on jailhouse cell list)"

# What does not fit is refused, and the reason is where it may go.
on_fails 1 'can be loaded at 0x0-0xffff' \
	jailhouse cell load inmate-demo /etc/passwd -a 0x10000
on_fails 1 'no such cell' jailhouse cell load nobody /etc/passwd
on_fails 1 'No such file or directory' jailhouse cell load 1 /none
on_fails 1 'root cell cannot be' jailhouse cell shutdown 0

# Several images and a string in one call, by name; the string reaches it.
tick=$CELLS/qemu-arm64-tick-demo.cell
on_ok jailhouse cell create "$tick"
on_ok "jailhouse cell load --name tick-demo $INMATES/gic-demo.bin \
	-s con-virtual=1 -a 0x1000"
on_ok jailhouse cell start 2
wait_on 20 'jailhouse console | grep -q "Timer fired"'
follow='jailhouse console -f | grep -m 3 "Timer fired"'
assert_eq "lines while following" 3 "$(on "timeout 60 sh -c '$follow'" |
	wc -l)"

# Counters of two samples: they grow, per CPU as in sum.
stats()
{
	on jailhouse cell stats 2 --json
}
first=$(stats)
wait_on 20 "[ \$(cat /sys/devices/jailhouse/cells/2/statistics/vmexits_total) \
	-gt $(jq .counters.vmexits_total <<<"$first") ]"
second=$(stats)
assert_range "exits in sum" \
	"$(($(jq .counters.vmexits_total <<<"$first") + 1))" 1000000000 \
	"$(jq .counters.vmexits_total <<<"$second")"
assert_eq "CPUs of the counters" '["2"]' "$(jq -c '.cpus | keys' <<<"$second")"
assert_match "stats as a table" '^vmexits_total +[0-9]+ +0 +[0-9]+ +[0-9]+$' \
	"$(on jailhouse cell stats tick-demo)"

on_ok jailhouse cell shutdown tick-demo
assert_eq "state after shutdown" '"shut down"' \
	"$(on jailhouse cell list --json | jq .[2].state)"
on_ok jailhouse cell destroy 1
on_ok jailhouse cell destroy 2
assert_eq "cells left" 1 "$(on jailhouse cell list --json | jq length)"
jh_disable
