// SPDX-License-Identifier: LGPL-2.1-or-later
/* Root cells of Arm boards. */
#include "plan/root.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "plan/root_system.h"
#include "plan/root_x86.h"

#define MAX_STREAM_IDS 1024
#define PINS	       128U
#define LAST_PIN_BASE  896U /* 1024 - PINS */

void root_say(struct root *root, enum jhcfg_severity severity, const char *rule,
	      const char *hint, const char *text)
{
	jhcfg_diags_add(root->diags, severity, rule, "root cell",
			jhcfg_board_source(root->board), hint, "%s", text);
}

int root_refuse(struct root *root, int err, const char *rule, const char *hint,
		const char *text)
{
	root_say(root, JHCFG_ERROR, rule, hint, text);
	return err;
}

/* --- can it be done at all? ---------------------------------------------- */

/* Regions of redistributors, in their order, without holes. */
static bool redistributors_follow(const struct jhcfg_hw_irqchip *gic)
{
	for (size_t n = 1; n < gic->num_gicr; n++)
		if (gic->gicr[n].start !=
		    gic->gicr[n - 1].start + gic->gicr[n - 1].size)
			return false;
	return true;
}

static int check_board(struct root *root)
{
	const struct jhcfg_hw_irqchip *gic =
		jhcfg_board_main_irqchip(root->board);

	root->gic = gic;
	if (!gic || !gic->gicd.size ||
	    (gic->kind != JHCFG_HW_GICV2 && gic->kind != JHCFG_HW_GICV3))
		return root_refuse(root, -ENOTSUP, "G01", NULL,
				   "the board has no GICv2 or GICv3");
	if (!*jhcfg_board_psci_method(root->board))
		return root_refuse(
			root, -ENOTSUP, "G03",
			"install a firmware with PSCI (TF-A, U-Boot)",
			"the board has no PSCI to stop CPUs with");
	if (gic->kind == JHCFG_HW_GICV2 && (!gic->gich.size || !gic->gicv.size))
		return root_refuse(
			root, -ENOTSUP, "G02",
			"some trees leave out the registers GICH and "
			"GICV that the chip has: add them",
			"the GICv2 has no virtualisation registers");
	if (gic->kind == JHCFG_HW_GICV3 && !gic->num_gicr)
		return root_refuse(root, -ENOTSUP, "G02", NULL,
				   "the GICv3 has no redistributors");
	if (!redistributors_follow(gic))
		return root_refuse(root, -ENOTSUP, "G12",
				   "configurations have one address for all "
				   "redistributors",
				   "the redistributors lie in several places");
	if (!jhcfg_board_num_cpus(root->board))
		return root_refuse(root, -ENOTSUP, "G04", NULL,
				   "the board names no CPU");
	return 0;
}

/* --- the configuration ---------------------------------------------------- */

/* All SPIs that a GIC can have. The last chip begins at a base that is legal,
 * and leaves out the pins that the one before has. */
static int add_irqchips(struct root *root)
{
	int err = 0;

	for (uint32_t first = ROOT_FIRST_SPI; !err && first < ROOT_NUM_INTIDS;
	     first += PINS) {
		struct jhcfg_irqchip chip = {
			.address = root->gic->gicd.start,
			.pin_base =
				first < LAST_PIN_BASE ? first : LAST_PIN_BASE,
		};

		for (uint32_t n = first;
		     n < first + PINS && n < ROOT_NUM_INTIDS; n++)
			chip.pin_bitmap[(n - chip.pin_base) / 32] |=
				1U << (n - chip.pin_base) % 32;
		err = jhcfg_config_insert_irqchip(root->config, SIZE_MAX,
						  &chip);
	}
	return err;
}

/* A mask of MMU-500 makes ids overlap: bits that count in both decide. */
static bool streams_overlap(const struct root *root, uint32_t a, uint32_t b)
{
	if (root->platform.iommu_units[0].type != JAILHOUSE_IOMMU_ARM_MMU500)
		return a == b;
	return !((a ^ b) & ~(a >> 16) & ~(b >> 16) & 0x7fff);
}

static int add_stream(struct root *root, uint32_t id)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(root->config);
	size_t count = jhcfg_cell_num_stream_ids(cell);

	for (size_t n = 0; n < count; n++)
		if (streams_overlap(root, jhcfg_cell_stream_id(cell, n)->id,
				    id))
			return 0;
	if (count == MAX_STREAM_IDS)
		return 0;
	return jhcfg_config_insert_stream_id(
		root->config, count, &(struct jhcfg_stream_id){ .id = id });
}

static int add_streams(struct root *root)
{
	const struct jhcfg_hw_device *device;
	int err = 0;

	if (!root->platform.iommu_units[0].base)
		return 0;
	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		for (size_t i = 0; !err && i < device->num_stream_ids; i++)
			err = add_stream(root, device->stream_ids[i]);
	return err;
}

static void set_console(struct root *root)
{
	const struct jhcfg_hw_device *device;
	struct jhcfg_console console = { 0 };

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++) {
		if (!device->boot_console || !device->console_type ||
		    !device->num_windows)
			continue;
		console.address = device->windows[0].start;
		console.size = device->windows[0].size > 0x10000
				       ? 0x10000
				       : (uint32_t)device->windows[0].size;
		console.type = device->console_type;
		console.flags = JAILHOUSE_CON_ACCESS_MMIO;
		if (device->reg_shift == 2 ||
		    device->console_type != JAILHOUSE_CON_TYPE_8250)
			console.flags |= JAILHOUSE_CON_REGDIST_4;
		jhcfg_config_set_debug_console(root->config, &console);
		return;
	}
	root_say(root, JHCFG_INFO, "G10", NULL,
		 "the board names no boot console of a type that we drive: the "
		 "hypervisor speaks on the virtual console only");
}

static int set_name(struct root *root)
{
	char name[JHCFG_NAME_SIZE];
	const char *from = jhcfg_board_name(root->board);
	size_t n = 0;

	for (; n < sizeof(name) - 1 && from[n] > ' ' && from[n] < 127; n++)
		name[n] = from[n];
	name[n] = 0;
	return jhcfg_config_set_name(root->config, n ? name : "root");
}

static int fill(struct root *root)
{
	int err = set_name(root);

	if (!err)
		err = root_add_cpus(root->config, root->board);
	if (!err)
		err = root_add_regions(root);
	if (!err)
		err = add_irqchips(root);
	if (!err)
		err = add_streams(root);
	root_set_system(root->config, &root->platform, &root->hypervisor);
	set_console(root);
	return err;
}

/* How to keep Linux away from what was placed. */
static void tell(struct root *root)
{
	uint64_t start = root->inmates.start;
	uint64_t end = root->hypervisor.start + root->hypervisor.size;
	uint64_t size = end - start;

	jhcfg_diags_add(
		root->diags, JHCFG_INFO, "G11", "root cell",
		jhcfg_board_source(root->board),
		root->reserved_for_us
			? NULL
			: "add to the tree's /reserved-memory: jailhouse { "
			  "reg = <...>; no-map; }; or, if no RAM is above, "
			  "mem= on the command line",
		"Linux must not use [0x%" PRIx64 "-0x%" PRIx64
		"]: inmates 0x%" PRIx64 ", hypervisor 0x%" PRIx64
		"; reg = <0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64 " 0x%" PRIx64
		">%s",
		start, end - 1, start, root->hypervisor.start, start >> 32,
		start & UINT32_MAX, size >> 32, size & UINT32_MAX,
		root->reserved_for_us ? "; the tree reserves it" : "");
}

static int generate(struct root *root)
{
	int err = check_board(root);

	if (err)
		return err;
	root_read_registers(root);
	err = root_place(root);
	if (!err)
		err = fill(root);
	if (!err &&
	    (root->ram.failed || root->mmio.failed || root->registers.failed ||
	     root->reserved.failed || root->firmware.failed))
		err = -ENOMEM;
	if (!err)
		tell(root);
	return err;
}

int jhcfg_root_generate(const struct jhcfg_board *board,
			const struct jhcfg_root_options *options,
			struct jhcfg_diags *diags, struct jhcfg_config **config)
{
	struct root root = {
		.board = board,
		.options = options,
		.diags = diags,
	};
	uint8_t architecture = jhcfg_board_architecture(board);
	int err;

	if (architecture == JAILHOUSE_X86)
		return root_x86_generate(board, options, diags, config);
	root.config = jhcfg_config_create(true, architecture);
	err = root.config ? generate(&root) : -ENOMEM;
	if (err)
		jhcfg_config_free(root.config);
	else
		*config = root.config;
	ranges_clear(&root.ram);
	ranges_clear(&root.reserved);
	ranges_clear(&root.firmware);
	ranges_clear(&root.registers);
	ranges_clear(&root.mmio);
	return err;
}
