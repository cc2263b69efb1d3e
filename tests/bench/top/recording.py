#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0-or-later
"""recording.py CELLS CPUS MOMENTS BUSY: a recording at 1 Hz of so many cells,
each of so many CPUs, of which so many cells have exits. Of root and cells the
files are those that jh-top reads of a machine with an arm64 hypervisor."""
import json
import sys

SYSFS = "/sys/devices/jailhouse/"
REASONS = ["mmio", "management", "hypercall", "maintenance", "virt_irq",
           "virt_sgi", "psci", "smccc"]


def counters(cell, first, cpus, moment, busy):
    files = {}
    folder = f"{SYSFS}cells/{cell}/statistics/"
    sums = {}
    steps = moment if cell < busy else 0
    for cpu in range(first, first + cpus):
        total = 0
        for n, reason in enumerate(REASONS):
            value = 1000 + steps * (n + 1) * (cell + 1)
            files[f"{folder}cpu{cpu}/vmexits_{reason}"] = f"{value}\n"
            sums[reason] = sums.get(reason, 0) + value
            total += value
        files[f"{folder}cpu{cpu}/vmexits_total"] = f"{total}\n"
        sums["total"] = sums.get("total", 0) + total
    for reason, value in sums.items():
        files[f"{folder}vmexits_{reason}"] = f"{value}\n"
    return files


def moment_of(cells, cpus, moment, busy):
    files = {
        SYSFS + "enabled": "1\n",
        SYSFS + "mem_pool_size": "994\n",
        SYSFS + "mem_pool_used": "471\n",
        SYSFS + "remap_pool_size": "131072\n",
        SYSFS + "remap_pool_used": "5\n",
        SYSFS + "console": "Activating hypervisor\n",
        "/sys/devices/system/cpu/possible": f"0-{cells * cpus - 1}\n",
        "/proc/loadavg": "0.31 0.22 0.10 1/80 4711\n",
        "/proc/meminfo": "MemTotal: 768000 kB\nMemAvailable: 512000 kB\n",
    }
    for cell in range(cells):
        folder = f"{SYSFS}cells/{cell}/"
        first = cell * cpus
        files[folder + "name"] = f"cell-{cell}\n" if cell else "root\n"
        files[folder + "state"] = "running\n"
        files[folder + "cpus_assigned_list"] = f"{first}-{first + cpus - 1}\n"
        files[folder + "cpus_failed_list"] = "\n"
        files.update(counters(cell, first, cpus, moment, busy))
    return files


def main():
    cells, cpus, moments, busy = map(int, sys.argv[1:])
    print(json.dumps({"format": "jhcfg-recording", "version": 1,
                      "target": "ssh://board", "began": 1795248647}))
    before = {}
    for moment in range(moments):
        files = moment_of(cells, cpus, moment, busy)
        changed = {p: t for p, t in files.items() if before.get(p) != t}
        print(json.dumps({"t": moment * 1000, "files": changed}))
        before = files


main()
