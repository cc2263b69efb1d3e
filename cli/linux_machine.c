// SPDX-License-Identifier: GPL-2.0-or-later
#include "linux_machine.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>

#include "output.h"
#include "paths.h"

#define FDT_PATH "/sys/firmware/fdt"

static int read_system(struct jhcfg_linux_machine *machine)
{
	struct jhcfg_config *config = NULL;
	size_t size;
	char *data;
	int err = paths_read(&data, &size, PATHS_SYSFS "/config");

	if (!err) {
		err = jhcfg_codec_decode(data, size, NULL, &config);
		free(data);
	}
	if (!err && !jhcfg_config_system(config)) {
		jhcfg_config_free(config);
		err = -EINVAL;
	}
	if (err) {
		output_errno(PATHS_SYSFS "/config", err);
		output_hint("a device tree is generated from the system that "
			    "is enabled; or give one with --dtb");
		return err;
	}
	machine->system = config;
	return 0;
}

/* As the kernel keeps it: what the boot loader gave it. */
static int read_tree(struct jhcfg_linux_machine *machine)
{
	char *data;
	int err = paths_read(&data, &machine->tree_size, FDT_PATH);

	if (err) {
		output_errno(FDT_PATH, err);
		output_hint("the machine's device tree says which CPUs and "
			    "devices there are; or give one with --dtb");
		return err;
	}
	machine->tree = data;
	return 0;
}

int linux_machine_read(struct jhcfg_linux_machine *machine)
{
	int err;

	memset(machine, 0, sizeof(*machine));
	err = read_system(machine);
	if (!err)
		err = read_tree(machine);
	if (err)
		linux_machine_release(machine);
	return err;
}

void linux_machine_release(struct jhcfg_linux_machine *machine)
{
	free((void *)(uintptr_t)machine->tree);
	jhcfg_config_free((struct jhcfg_config *)(uintptr_t)machine->system);
	memset(machine, 0, sizeof(*machine));
}
