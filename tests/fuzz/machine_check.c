// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine_check.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "import/linux/import.h"
#include "import/linux/live.h"

static void check_index(const struct jhcfg_board *board, size_t index)
{
	if (index != JHCFG_NO_INDEX && index >= jhcfg_board_num_devices(board))
		abort();
}

static void check_devices(const struct jhcfg_board *board)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++) {
		check_index(board, device->parent);
		for (size_t i = 0; i < device->num_windows; i++)
			if (!device->windows[i].size)
				abort();
		for (size_t i = 0; i < device->num_ports; i++)
			if (device->ports[i].base + device->ports[i].length >
			    0x10000)
				abort();
	}
}

static void check_iommu(const struct jhcfg_board *board, int iommu)
{
	if (iommu < -1 ||
	    (iommu >= 0 && (size_t)iommu >= jhcfg_board_num_iommus(board)))
		abort();
}

void machine_check_board(struct jhcfg_board *board)
{
	const struct jhcfg_hw_irqchip *chip;
	const struct jhcfg_hw_pci_function *function;
	const struct jhcfg_hw_cache *cache;

	check_devices(board);
	for (size_t n = 0; (chip = jhcfg_board_irqchip(board, n)); n++) {
		check_index(board, chip->device);
		check_iommu(board, chip->iommu);
	}
	for (size_t n = 0; (function = jhcfg_board_pci_function(board, n)); n++)
		check_iommu(board, function->iommu);
	for (size_t n = 0; (cache = jhcfg_board_cache(board, n)); n++)
		for (size_t i = 1; i < cache->num_cpus; i++)
			if (cache->cpus[i - 1] >= cache->cpus[i])
				abort();
}

/* Kept memory is in no region; addresses do not wrap. */
static void check_root(const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(config);
	const struct jhcfg_memory *kept =
		jhcfg_system_hypervisor_memory(jhcfg_config_system(config));
	const struct jhcfg_memory *memory;
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (memory->phys_start + memory->size < memory->phys_start ||
		    (memory->phys_start < kept->phys_start + kept->size &&
		     kept->phys_start < memory->phys_start + memory->size))
			abort();
	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->num_caps &&
		    !jhcfg_cell_pci_cap(cell, (size_t)device->caps_start +
						      device->num_caps - 1))
			abort();
}

static void make_root(struct jhcfg_board *board, struct jhcfg_diags *diags)
{
	const struct jhcfg_root_options options = { 0 };
	struct jhcfg_config *config = NULL;
	void *binary;
	size_t size;
	int err = jhcfg_root_generate(board, &options, diags, &config);

	if (err) {
		if (err != -ENOMEM && !jhcfg_diags_count(diags, JHCFG_ERROR))
			abort();
		return;
	}
	check_root(config);
	if (!jhcfg_codec_encode(config, diags, &binary, &size))
		free(binary);
	jhcfg_config_free(config);
}

static void check_live(struct machine *machine)
{
	struct jhcfg_live *live;

	if (live_read_machine(machine, NULL, &live))
		return;
	for (size_t n = 1; n < live->num_online_cpus; n++)
		if (live->online_cpus[n - 1] >= live->online_cpus[n])
			abort();
	for (size_t n = 1; n < live->num_kernel_options; n++)
		if (strcmp(live->kernel_options[n - 1].name,
			   live->kernel_options[n].name) > 0)
			abort();
	jhcfg_live_free(live);
}

void machine_check(struct machine *machine)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_board *board = NULL;

	if (!linux_import_machine(machine, diags, &board)) {
		machine_check_board(board);
		make_root(board, diags);
	} else if (!jhcfg_diags_count(diags, JHCFG_ERROR)) {
		abort();
	}
	jhcfg_board_free(board);
	jhcfg_diags_free(diags);
	check_live(machine);
}
