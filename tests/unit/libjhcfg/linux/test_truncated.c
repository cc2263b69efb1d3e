// SPDX-License-Identifier: GPL-2.0-or-later
/* Samples that end early: each is imported, or refused with a reason. */
#include <cmocka_all.h>
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>
#include <jhcfg/import.h>

#include "import/linux/acpi.h"
#include "machine_check.h"

/* Of exactly that size: a sanitizer sees what is read behind it. */
static void *cut(const void *data, size_t size)
{
	void *copy = malloc(size ? size : 1);

	assert_non_null(copy);
	memcpy(copy, data, size);
	return copy;
}

static void read_file(const char *folder, const char *name, void **data,
		      size_t *size)
{
	char path[512];

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(jhcfg_file_read(path, 1 << 20, data, size), 0);
}

/* --- tables: each prefix, as it is and with length and sum made right -------
 */

static void mend(uint8_t *table, size_t size)
{
	uint8_t sum = 0;

	for (size_t n = 0; n < 4; n++)
		table[4 + n] = (uint8_t)(size >> 8 * n);
	table[9] = 0;
	for (size_t n = 0; n < size; n++)
		sum = (uint8_t)(sum + table[n]);
	table[9] = (uint8_t)-sum;
}

static void read_table(const void *data, size_t size, bool mended)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct acpi acpi = { 0 };
	uint8_t *table = cut(data, size);

	if (mended)
		mend(table, size);
	if (acpi_add_table(&acpi, table, size, "cut", diags))
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
	acpi_clear(&acpi);
	jhcfg_diags_free(diags);
	free(table);
}

static size_t sweep_tables(void)
{
	DIR *dir = opendir(CORPUS "/acpi");
	struct dirent *entry;
	size_t count = 0;

	assert_non_null(dir);
	while ((entry = readdir(dir))) {
		void *data;
		size_t size;

		if (entry->d_name[0] == '.')
			continue;
		read_file(CORPUS "/acpi", entry->d_name, &data, &size);
		for (size_t n = 0; n < size; n++) {
			read_table(data, n, false);
			if (n >= 36)
				read_table(data, n, true);
			count++;
		}
		free(data);
	}
	closedir(dir);
	return count;
}

static void test_truncated_tables(void **state)
{
	(void)state;
	assert_true(sweep_tables() > 2000);
}

/* --- archives ---------------------------------------------------------------
 */

static void sweep_archive(const char *name)
{
	void *data;
	size_t size, step;

	read_file(MACHINES, name, &data, &size);
	step = size / 128;
	for (size_t n = 0; n < size; n += step) {
		struct jhcfg_diags *diags = jhcfg_diags_new();
		struct jhcfg_board *board = NULL;
		void *part = cut(data, n);

		if (!jhcfg_import_archive(part, n, name, diags, &board))
			machine_check_board(board);
		else
			assert_true(jhcfg_diags_count(diags, JHCFG_ERROR) > 0);
		jhcfg_board_free(board);
		jhcfg_diags_free(diags);
		free(part);
	}
	free(data);
}

static void test_truncated_archives(void **state)
{
	(void)state;
	sweep_archive("q35-intel.tar.gz");
	sweep_archive("q35-amd.tar.gz");
	sweep_archive("i440fx.tar.gz");
	sweep_archive("virt.tar.gz");
}

/* --- single files of a machine ----------------------------------------------
 */

/* A machine of some files, one of which is cut. */
static void import_with_cut(struct machine *whole, const char *path,
			    size_t keep)
{
	static const char *const paths[] = {
		"proc/cpuinfo",
		"proc/iomem",
		"proc/ioports",
		"proc/interrupts",
		"proc/cmdline",
		"sys/firmware/acpi/tables/APIC",
		"sys/firmware/acpi/tables/MCFG",
		"sys/firmware/acpi/tables/DMAR",
		"sys/bus/pci/devices/0000:01:00.0/config",
		"sys/bus/pci/devices/0000:01:00.0/resource",
		"sys/class/tty/ttyS0/port",
		"sys/class/tty/ttyS0/io_type",
	};
	struct machine *machine;

	assert_int_equal(machine_new_memory("cut", &machine), 0);
	for (size_t n = 0; n < sizeof(paths) / sizeof(paths[0]); n++) {
		char *data;
		size_t size;

		assert_int_equal(machine_read(whole, paths[n], &data, &size),
				 0);
		if (!strcmp(paths[n], path) && keep < size)
			size = keep;
		assert_int_equal(
			machine_add_file(machine, paths[n], data, size), 0);
		free(data);
	}
	machine_check(machine); /* aborts if anything is wrong */
	machine_close(machine);
}

static void test_truncated_files(void **state)
{
	static const char *const paths[] = {
		"proc/cpuinfo",
		"proc/iomem",
		"proc/ioports",
		"proc/interrupts",
		"proc/cmdline",
		"sys/bus/pci/devices/0000:01:00.0/config",
		"sys/bus/pci/devices/0000:01:00.0/resource",
	};
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct machine *whole;

	(void)state;
	assert_int_equal(
		machine_open(MACHINES "/q35-intel.tar.gz", diags, &whole), 0);
	for (size_t n = 0; n < sizeof(paths) / sizeof(paths[0]); n++) {
		char *data;
		size_t size, step;

		assert_int_equal(machine_read(whole, paths[n], &data, &size),
				 0);
		free(data);
		step = size / 200 + 1;
		for (size_t keep = 0; keep < size; keep += step)
			import_with_cut(whole, paths[n], keep);
	}
	machine_close(whole);
	jhcfg_diags_free(diags);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_truncated_tables),
		cmocka_unit_test(test_truncated_archives),
		cmocka_unit_test(test_truncated_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
