// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules about interrupts and the GIC of the board: I08, I09. */
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include <jhcfg/edit.h>

#include "check/devices.h"
#include "check/irq.h"

/* --- SPIs that the GIC does not have: I08 ---------------------------------
 */

static void check_numbers(struct check *check, const struct check_cell *cell,
			  const struct jhcfg_hw_irqchip *gic)
{
	struct irq_list list = { 0 };

	irq_collect(check, cell, &list);
	for (size_t n = 0; n < list.count; n++) {
		const struct irq_owned *owned = &list.items[n];
		const struct found found = {
			.cell = cell,
			.element = JHCFG_AT_IRQ,
			.index = owned->number,
			.unfixable = !jhcfg_config_has_irq(
				cell->own, owned->address, owned->number),
			.detail = { owned->address },
		};

		if (owned->number >= gic->num_pins)
			check_report(check, &found,
				     "cell \"%s\" has interrupt %u (0x%x), but "
				     "the GIC at 0x%" PRIx64
				     " has INTIDs up to %u only",
				     cell->name, owned->number, owned->number,
				     owned->address, gic->num_pins - 1);
	}
	free(list.items);
}

/* The device tree of a guest, read with libfdt, which checks bounds once the
 * header is known to be right. Cells of an SPI: 0, number, flags (binding
 * arm,gic-v3). */
#define GIC_SPI	   0U
#define FLAG_EDGE  1U
#define FLAG_LEVEL 4U
#define GIC_CELLS  3
/* For each, libfdt walks through the tree: no more are looked at, which are
 * many times those of any guest. */
#define MAX_NODES 1024U

static bool is_gic(const void *tree, int node)
{
	int length;
	const char *text = fdt_getprop(tree, node, "compatible", &length);

	return text && length > 0 && memchr(text, 0, (size_t)length) &&
	       !strncmp(text, "arm,", 4) && strstr(text, "gic");
}

/* The controller that interrupts of the node go to: the nearest that it or a
 * node above it names. Negative: none. */
static int interrupt_parent(const void *tree, int node)
{
	const fdt32_t *phandle = NULL;
	int length;

	for (; node >= 0 && !phandle; node = fdt_parent_offset(tree, node)) {
		phandle = fdt_getprop(tree, node, "interrupt-parent", &length);
		if (phandle && length != sizeof(*phandle))
			return -1;
	}
	return phandle ? fdt_node_offset_by_phandle(tree,
						    fdt32_to_cpu(*phandle))
		       : -1;
}

static enum jhcfg_hw_trigger trigger_of_board(const struct check *check,
					      uint32_t number,
					      const char **name)
{
	const struct jhcfg_hw_device *device;
	size_t position = 0;

	device = jhcfg_board_device(
		check->board,
		jhcfg_board_device_of_irq(check->board, number, &position));
	for (size_t n = 0; device && n < device->num_irqs; n++)
		if (!device->irqs[n].nested &&
		    device->irqs[n].number == number) {
			*name = device->name;
			return device->irqs[n].trigger;
		}
	return JHCFG_TRIGGER_UNKNOWN;
}

static void check_trigger(struct check *check, const struct check_cell *cell,
			  size_t image, const char *node, uint32_t number,
			  uint32_t flags)
{
	const struct found found = {
		.cell = cell,
		.element = JHCFG_AT_IMAGE,
		.index = image,
		.unfixable = true,
		.advice = "write the trigger of the board's device tree into "
			  "that of the guest",
	};
	const char *name = "";
	enum jhcfg_hw_trigger right = trigger_of_board(check, number, &name);

	if ((right == JHCFG_TRIGGER_EDGE && flags & FLAG_LEVEL) ||
	    (right == JHCFG_TRIGGER_LEVEL && flags & FLAG_EDGE))
		check_report(check, &found,
			     "device tree \"%s\" of cell \"%s\", node \"%.64s\""
			     ": interrupt %u (0x%x) is %s triggered, but that "
			     "of \"%s\" is %s triggered",
			     check->options->images[image].name, cell->name,
			     node, number, number,
			     flags & FLAG_EDGE ? "edge" : "level", name,
			     right == JHCFG_TRIGGER_EDGE ? "edge" : "level");
}

/* Whether the node has interrupts. */
static bool check_node(struct check *check, const struct check_cell *cell,
		       size_t image, int node)
{
	const void *tree = check->options->images[image].bytes;
	const char *name = fdt_get_name(tree, node, NULL);
	int length, parent;
	const fdt32_t *cells = fdt_getprop(tree, node, "interrupts", &length);

	if (!cells || !name || length % (GIC_CELLS * (int)sizeof(*cells)))
		return false;
	parent = interrupt_parent(tree, node);
	if (parent < 0 || !is_gic(tree, parent))
		return true;
	for (int n = 0; n < length / (int)sizeof(*cells); n += GIC_CELLS)
		if (fdt32_to_cpu(cells[n]) == GIC_SPI)
			check_trigger(check, cell, image, name,
				      fdt32_to_cpu(cells[n + 1]) + FIRST_SPI,
				      fdt32_to_cpu(cells[n + 2]));
	return true;
}

static void check_tree(struct check *check, const struct check_cell *cell,
		       size_t image)
{
	const struct jhcfg_image *dtb = &check->options->images[image];
	unsigned int nodes = 0;
	int node;

	if (!dtb->bytes || dtb->size < sizeof(struct fdt_header) ||
	    fdt_check_full(dtb->bytes, dtb->size))
		return;
	for (node = fdt_next_node(dtb->bytes, -1, NULL);
	     node >= 0 && nodes < MAX_NODES;
	     node = fdt_next_node(dtb->bytes, node, NULL))
		nodes += check_node(check, cell, image, node);
}

void irq_check_beyond(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_hw_irqchip *gic =
		jhcfg_board_main_irqchip(check->board);

	if (check_is_x86(check) || cell->is_root)
		return;
	/* Root configurations list all that there could be. */
	if (gic && gic->num_pins)
		check_numbers(check, cell, gic);
	for (size_t n = 0; n < check->options->num_images; n++)
		if (check->options->images[n].cell == cell->key &&
		    check->options->images[n].kind == JHCFG_IMAGE_DTB)
			check_tree(check, cell, n);
}

int irq_fix_beyond(struct fix *fix)
{
	struct jhcfg_config *config = fix_edit(fix);

	if (!config)
		return -ENOMEM;
	jhcfg_config_remove_irq(config, fix->finding->detail[0],
				(uint32_t)fix->finding->at.index);
	return 0;
}

/* --- what the system says of the GIC: I09 ---------------------------------
 */

struct gic_fact {
	const char *name;
	uint64_t configured, right;
	bool always; /* else only if the board knows it and it is set */
};

#define NUM_GIC_FACTS 7

static uint64_t first_redistributor(const struct jhcfg_hw_irqchip *gic)
{
	uint64_t first = 0;

	for (size_t n = 0; n < gic->num_gicr; n++)
		if (!n || gic->gicr[n].start < first)
			first = gic->gicr[n].start;
	return first;
}

static void list_facts(const struct jhcfg_platform *platform,
		       const struct jhcfg_hw_irqchip *gic,
		       struct gic_fact *facts)
{
	const bool v2 = gic->kind == JHCFG_HW_GICV2;
	const struct gic_fact all[NUM_GIC_FACTS] = {
		{ "gic_version", platform->gic_version, gic->kind, true },
		{ "gicd_base", platform->gicd_base, gic->gicd.start, true },
		{ "gicc_base", platform->gicc_base, jhcfg_hw_gicc_base(gic),
		  v2 },
		{ "gich_base", platform->gich_base, gic->gich.start, v2 },
		{ "gicv_base", platform->gicv_base, jhcfg_hw_gicv_base(gic),
		  v2 },
		{ "gicr_base", platform->gicr_base, first_redistributor(gic),
		  !v2 },
		{ "maintenance_irq", platform->maintenance_irq,
		  gic->maintenance_irq, true },
	};

	memcpy(facts, all, sizeof(all));
}

/* A tree may leave out what the hardware has. */
static bool is_wrong(const struct gic_fact *fact)
{
	return fact->right && fact->configured != fact->right &&
	       (fact->always || fact->configured);
}

/* The hypervisor finds redistributors behind one another, from gicr_base on,
 * up to the one that says it is the last. */
static const struct jhcfg_range *gap_of_redistributors(
	const struct jhcfg_hw_irqchip *gic)
{
	const uint64_t first = first_redistributor(gic);

	for (size_t n = 0; n < gic->num_gicr; n++) {
		bool joined = gic->gicr[n].start == first;

		for (size_t i = 0; i < gic->num_gicr; i++)
			joined |= gic->gicr[i].start + gic->gicr[i].size ==
				  gic->gicr[n].start;
		if (!joined)
			return &gic->gicr[n];
	}
	return NULL;
}

void irq_check_gic(struct check *check, const struct check_cell *root)
{
	const struct jhcfg_hw_irqchip *gic =
		jhcfg_board_main_irqchip(check->board);
	struct found found = { .element = JHCFG_AT_PLATFORM };
	const struct jhcfg_range *gap;
	struct gic_fact facts[NUM_GIC_FACTS];

	if (check_is_x86(check) || !gic ||
	    (gic->kind != JHCFG_HW_GICV2 && gic->kind != JHCFG_HW_GICV3))
		return;
	list_facts(check->platform, gic, facts);
	for (size_t n = 0; n < NUM_GIC_FACTS; n++)
		if (is_wrong(&facts[n]))
			check_report(
				check, &found,
				"cell \"%s\": %s is 0x%" PRIx64
				", but the board \"%s\" has 0x%" PRIx64 " (%s)",
				root->name, facts[n].name, facts[n].configured,
				jhcfg_board_name(check->board), facts[n].right,
				gic->source);
	gap = gap_of_redistributors(gic);
	found.unfixable = true;
	found.advice = "give cells only CPUs of the first redistributor region";
	if (gap && check->platform->gic_version == 3)
		check_report(check, &found,
			     "cell \"%s\": redistributors at 0x%" PRIx64
			     " of the board \"%s\" do not follow those from "
			     "gicr_base 0x%" PRIx64 " on",
			     root->name, gap->start,
			     jhcfg_board_name(check->board),
			     check->platform->gicr_base);
}

int irq_fix_gic(struct fix *fix)
{
	const struct jhcfg_hw_irqchip *gic =
		jhcfg_board_main_irqchip(fix->check->board);
	struct jhcfg_platform platform = *fix->check->platform;
	struct jhcfg_config *config = fix_edit(fix);
	struct gic_fact facts[NUM_GIC_FACTS];

	if (!config)
		return -ENOMEM;
	list_facts(&platform, gic, facts);
	for (size_t n = 0; n < NUM_GIC_FACTS; n++)
		if (is_wrong(&facts[n]))
			facts[n].configured = facts[n].right;
	platform.gic_version = (uint8_t)facts[0].configured;
	platform.gicd_base = facts[1].configured;
	platform.gicc_base = facts[2].configured;
	platform.gich_base = facts[3].configured;
	platform.gicv_base = facts[4].configured;
	platform.gicr_base = facts[5].configured;
	platform.maintenance_irq = (uint8_t)facts[6].configured;
	jhcfg_config_set_platform(config, &platform);
	return 0;
}
