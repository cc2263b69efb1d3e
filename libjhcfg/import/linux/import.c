// SPDX-License-Identifier: LGPL-2.1-or-later
/* A machine's files as a board. */
#include <jhcfg/import.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "import/linux/arm.h"
#include "import/linux/import.h"
#include "import/linux/linux.h"

#define DMI "sys/class/dmi/id"

static int refuse(struct linux_import *import, int err, const char *hint,
		  const char *text)
{
	jhcfg_diags_add(import->diags, JHCFG_ERROR, "L07", "machine",
			import->machine->name, hint, "%s", text);
	return err;
}

static void set_names(struct linux_import *import)
{
	char vendor[64], product[64], title[160], name[32];

	machine_line(import->machine, vendor, sizeof(vendor),
		     DMI "/sys_vendor");
	machine_line(import->machine, product, sizeof(product),
		     DMI "/product_name");
	snprintf(title, sizeof(title), "%s%s%s", vendor,
		 *vendor && *product ? " " : "", product);
	linux_make_name(*product ? product : vendor, name, sizeof(name));
	jhcfg_board_set_name(import->board, *name ? name : "pc",
			     *title ? title : import->cpuinfo.model);
	jhcfg_board_set_source(import->board, *import->machine->name
						      ? import->machine->name
						      : "this machine");
	jhcfg_board_set_command_line(import->board, import->command_line);
	jhcfg_board_set_address_bits(import->board,
				     import->cpuinfo.address_bits);
}

/* What all machines with ACPI have. */
static int fill_board(struct linux_import *import)
{
	set_names(import);
	linux_add_memory(import);
	linux_add_iommus(import);
	linux_add_pci_hosts(import);
	linux_add_pci_functions(import);
	linux_add_ttys(import);
	linux_add_others(import);
	return linux_add_caches(import);
}

static int import_acpi(struct linux_import *import, uint8_t architecture,
		       struct jhcfg_board **board)
{
	int err = 0;

	import->board = jhcfg_board_new(architecture);
	if (!import->board)
		return -ENOMEM;
	if (architecture == JAILHOUSE_X86) {
		err = linux_add_cpus(import);
		linux_add_irqchips(import);
	} else {
		linux_add_giccs(import);
		linux_add_gic(import);
	}
	if (!err)
		err = fill_board(import);
	if (!err)
		err = jhcfg_board_finish(import->board);
	if (err)
		jhcfg_board_free(import->board);
	else
		*board = import->board;
	return err;
}

static int read_rest(struct linux_import *import)
{
	int err = linux_read_tables(import);

	if (!err)
		err = linux_read_pci(import);
	if (!err)
		linux_find_scopes(import);
	return err;
}

static int import_x86(struct linux_import *import, struct jhcfg_board **board)
{
	int err;

	if (!import->iomem.count)
		return refuse(import, -ENOENT,
			      "read or record it as root, with \"jailhouse "
			      "config collect\"",
			      "/proc/iomem is missing");
	err = read_rest(import);
	return err ? err : import_acpi(import, JAILHOUSE_X86, board);
}

/* The device tree if there is one; servers have ACPI in its place. */
static int import_arm(struct linux_import *import, struct jhcfg_board **board)
{
	int err = linux_import_arm(import, board);

	if (err != -ENOENT)
		return err;
	err = read_rest(import);
	if (err)
		return err;
	if (!import->acpi.gicd)
		return refuse(import, -ENOENT,
			      "it has to hold /proc and /sys as \"jailhouse "
			      "config collect\" packs them",
			      "neither a PC's /proc/cpuinfo nor a device tree "
			      "is there");
	return import_acpi(import, JAILHOUSE_ARM64, board);
}

static void clear(struct linux_import *import)
{
	for (size_t n = 0; n < import->tables.count; n++)
		free(import->tables.data[n]);
	acpi_clear(&import->acpi);
	free(import->pci);
	resources_clear(&import->iomem);
	resources_clear(&import->ioports);
	interrupts_clear(&import->interrupts);
	cpuinfo_clear(&import->cpuinfo);
	jhcfg_arena_clear(&import->arena);
}

int linux_import_machine(struct machine *machine, struct jhcfg_diags *diags,
			 struct jhcfg_board **board)
{
	struct linux_import import = {
		.machine = machine,
		.diags = diags,
		.cpuinfo = { .vendor = "", .model = "" },
	};
	int err = linux_read_text(&import);

	if (!err)
		err = import.cpuinfo.x86 ? import_x86(&import, board)
					 : import_arm(&import, board);
	clear(&import);
	return err;
}

int jhcfg_import_machine(const char *path, struct jhcfg_diags *diags,
			 struct jhcfg_board **board)
{
	struct machine *machine;
	int err = machine_open(path, diags, &machine);

	if (err)
		return err;
	err = linux_import_machine(machine, diags, board);
	machine_close(machine);
	return err;
}

int jhcfg_import_archive(const void *data, size_t size, const char *name,
			 struct jhcfg_diags *diags, struct jhcfg_board **board)
{
	struct machine *machine;
	int err = machine_read_archive(data, size, name, diags, &machine);

	if (err)
		return err;
	err = linux_import_machine(machine, diags, board);
	machine_close(machine);
	return err;
}
