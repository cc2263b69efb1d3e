/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the driver shows in sysfs, as files of the test's tree. */
#ifndef TESTS_FAKE_SYSFS_H
#define TESTS_FAKE_SYSFS_H

void fake_enabled(int enabled);
void fake_cell(int id, const char *name, const char *state, const char *cpus,
	       const char *failed);
/* Counter @counter of the cell; of CPU @cpu, or of all if that is -1. */
void fake_counter(int id, int cpu, const char *counter,
		  unsigned long long value);

#endif
