// SPDX-License-Identifier: LGPL-2.1-or-later
/* Choosing what a link takes: memory, a PCI slot, interrupts of its ends. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "model/links.h"
#include "plan/plan.h"

#define FIRST_SPI  32U
#define NUM_INTIDS 1020U
#define NUM_SLOTS  32U
#define LINES	   4U /* INTA to INTD of a virtual host */

/* --- slots -------------------------------------------------------------------
 */

static void mark_slots(const struct jhcfg_cell *cell, bool used[NUM_SLOTS])
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->bdf >> 8 == 0)
			used[device->bdf >> 3 & 31] = true;
}

/* Devices of real hosts are where the window is not virtual. */
static void mark_real(const struct jhcfg_plan *plan, bool used[NUM_SLOTS])
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(plan_system(plan));
	const struct jhcfg_board *board = plan_board(plan);
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0; board && !platform->pci_is_virtual &&
			   (function = jhcfg_board_pci_function(board, n));
	     n++)
		if (function->domain == platform->pci_domain &&
		    function->bdf >> 8 == 0)
			used[function->bdf >> 3 & 31] = true;
}

/* The same in all cells, since the ends of a link are those of one bdf. */
static int find_slot(struct jhcfg_plan *plan, uint16_t *bdf)
{
	bool used[NUM_SLOTS] = { false };
	const struct jhcfg_link *link;
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(plan->now, n)); n++)
		mark_slots(plan_cell(plan, key), used);
	for (size_t n = 0; (link = jhcfg_workspace_link(plan->now, n)); n++)
		if (link->bdf >> 8 == 0)
			used[link->bdf >> 3 & 31] = true;
	mark_real(plan, used);
	for (uint16_t slot = 0; slot < NUM_SLOTS; slot++)
		if (!used[slot]) {
			*bdf = (uint16_t)(slot << 3);
			return 0;
		}
	return plan_refuse(plan, -ENOSPC, "remove a link",
			   "all %u slots of bus 0 are in use", NUM_SLOTS);
}

/* --- interrupts --------------------------------------------------------------
 */

static void mark_lines(const struct jhcfg_cell *cell, bool used[NUM_INTIDS])
{
	uint32_t first = FIRST_SPI + jhcfg_cell_vpci_irq_base(cell);

	for (uint32_t n = first; n < first + LINES && n < NUM_INTIDS; n++)
		used[n] = true;
}

static void mark_pins(const struct jhcfg_cell *cell, bool used[NUM_INTIDS])
{
	const struct jhcfg_irqchip *chip;

	for (size_t n = 0; (chip = jhcfg_cell_irqchip(cell, n)); n++)
		for (uint32_t pin = 0; pin < 128; pin++) {
			uint64_t number = (uint64_t)chip->pin_base + pin;

			if (chip->pin_bitmap[pin / 32] >> pin % 32 & 1 &&
			    number < NUM_INTIDS)
				used[number] = true;
		}
}

static void mark_devices(const struct jhcfg_board *board, bool used[NUM_INTIDS])
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; board && (device = jhcfg_board_device(board, n));
	     n++)
		for (size_t i = 0; i < device->num_irqs; i++)
			if (!device->irqs[i].nested &&
			    device->irqs[i].number < NUM_INTIDS)
				used[device->irqs[i].number] = true;
}

static bool uses_lines(const struct jhcfg_plan *plan, uint32_t key)
{
	const struct jhcfg_pci_device *device;
	const struct jhcfg_cell *cell = plan_cell(plan, key);

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
			return true;
	return false;
}

/* Four lines that the GIC is sure to have, the root's being among those. */
static int find_lines(struct jhcfg_plan *plan, uint32_t *base)
{
	const struct jhcfg_cell *root = plan_cell(plan, JHCFG_ROOT_KEY);
	uint32_t top = FIRST_SPI + jhcfg_cell_vpci_irq_base(root);
	bool used[NUM_INTIDS] = { false };
	uint32_t key;

	mark_lines(root, used);
	mark_devices(plan_board(plan), used);
	for (size_t n = 1; (key = plan_cell_key(plan, n)); n++) {
		mark_pins(plan_cell(plan, key), used);
		if (uses_lines(plan, key) ||
		    jhcfg_cell_vpci_irq_base(plan_cell(plan, key)))
			mark_lines(plan_cell(plan, key), used);
	}
	if (top > NUM_INTIDS)
		top = NUM_INTIDS;
	for (uint32_t first = top; first-- > FIRST_SPI;) {
		bool is_free = first + LINES <= NUM_INTIDS;

		for (uint32_t n = first; is_free && n < first + LINES; n++)
			is_free = !used[n] &&
				  jhcfg_config_has_irq(
					  jhcfg_workspace_cell(plan->now,
							       JHCFG_ROOT_KEY),
					  plan_irqchip(plan), n);
		if (is_free) {
			*base = first - FIRST_SPI;
			return 0;
		}
	}
	return plan_refuse(
		plan, -ENOSPC, "give the root more SPIs, or set vpci_irq_base",
		"no %u SPIs in a row are free for virtual PCI", LINES);
}

/* A cell without any link yet, and without a choice of its own. */
static int choose_lines(struct jhcfg_plan *plan, uint32_t cell)
{
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_SET_VPCI_BASE,
				    .cell = cell };
	int err;

	if (!plan_is_arm(plan) || cell == JHCFG_ROOT_KEY ||
	    uses_lines(plan, cell) ||
	    jhcfg_cell_vpci_irq_base(plan_cell(plan, cell)))
		return 0;
	err = find_lines(plan, &op.vpci_base);
	if (err)
		return err;
	return plan_add(plan, &op, "SPIs that no device has",
			"SPIs %u to %u for virtual PCI", op.vpci_base,
			op.vpci_base + LINES - 1);
}

/* --- links -------------------------------------------------------------------
 */

static const char *name_of(struct jhcfg_plan *plan,
			   const struct jhcfg_plan_link *wanted)
{
	const char *prefix =
		wanted->protocol == JAILHOUSE_SHMEM_PROTO_VETH ? "net" : "link";
	const struct jhcfg_link *link;

	for (unsigned int number = 0; !wanted->name; number++) {
		const char *name = plan_text(plan, "%s%u", prefix, number);
		size_t n = 0;

		while ((link = jhcfg_workspace_link(plan->now, n)) &&
		       strcmp(link->name, name))
			n++;
		if (!link)
			return name;
	}
	return wanted->name;
}

/* A part of a region of the root, under its name. */
static int keep_part(struct jhcfg_plan *plan, const struct jhcfg_memory *whole,
		     uint64_t from, uint64_t to, const char *name,
		     const char *reason)
{
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_ADD_MEMORY,
				    .cell = JHCFG_ROOT_KEY,
				    .memory = *whole };

	if (from >= to)
		return 0;
	op.memory.virt_start += from - whole->phys_start;
	op.memory.phys_start = from;
	op.memory.size = to - from;
	return plan_add(plan, &op, reason, "%s", name);
}

static int punch(struct jhcfg_plan *plan, size_t index,
		 struct jhcfg_range range, const char *reason)
{
	const struct jhcfg_config *root =
		jhcfg_workspace_cell(plan->now, JHCFG_ROOT_KEY);
	struct jhcfg_plan_op op = {
		.kind = JHCFG_PLAN_REMOVE_MEMORY,
		.cell = JHCFG_ROOT_KEY,
		.memory = *jhcfg_cell_memory(jhcfg_config_cell(root), index),
	};
	struct jhcfg_memory whole = op.memory;
	char name[64];
	int err;

	if (!jhcfg_config_memory_note(root, index, "name", name, sizeof(name)))
		snprintf(name, sizeof(name), "RAM");
	err = plan_add(plan, &op, reason, "%s", name);
	if (!err)
		err = keep_part(plan, &whole, whole.phys_start, range.start,
				name, reason);
	if (!err)
		err = keep_part(plan, &whole, range.start + range.size,
				whole.phys_start + whole.size, name, reason);
	return err;
}

/* The root gets the regions of the link beside its own, which must not be
 * there, too. */
static int make_room(struct jhcfg_plan *plan, const struct jhcfg_link *link)
{
	struct jhcfg_range range = { link->base, jhcfg_link_size(link) };
	const char *reason =
		plan_text(plan, "without the memory of %s", link->name);
	int err = 0;

	for (size_t n = 0;
	     !err && n < jhcfg_cell_num_memory(plan_cell(plan, JHCFG_ROOT_KEY));
	     n++) {
		const struct jhcfg_memory *memory =
			jhcfg_cell_memory(plan_cell(plan, JHCFG_ROOT_KEY), n);

		if (memory->flags & JAILHOUSE_MEM_ROOTSHARED ||
		    !ranges_touch((struct jhcfg_range){ memory->phys_start,
							memory->size },
				  range))
			continue;
		err = punch(plan, n, range, reason);
		n--; /* another one is there now */
	}
	return err;
}

static uint64_t page_up(uint64_t size)
{
	return (size + PLAN_PAGE_SIZE - 1) & ~(PLAN_PAGE_SIZE - 1);
}

static int check_link(struct jhcfg_plan *plan, uint32_t cell, uint32_t peer,
		      const struct jhcfg_plan_link *wanted)
{
	const struct jhcfg_platform *platform =
		jhcfg_system_platform(plan_system(plan));

	if (!peer)
		return plan_refuse(plan, -ENOENT, "make that cell first",
				   "there is no cell \"%s\" to link to",
				   wanted->peer);
	if (peer == cell)
		return plan_refuse(plan, -EINVAL, NULL,
				   "a link has two different ends");
	if (wanted->rw_size > UINT32_MAX || wanted->output_size > UINT32_MAX)
		return plan_refuse(plan, -EINVAL, NULL,
				   "the sections of a link are too large");
	if (!platform->pci_mmconfig_base)
		return plan_refuse(plan, -ENOENT,
				   "set pci_mmconfig_base in the system's "
				   "platform (config import chooses it)",
				   "links need a virtual PCI host, and the "
				   "system has none");
	return 0;
}

int plan_add_link(struct jhcfg_plan *plan, uint32_t cell,
		  const struct jhcfg_plan_link *wanted)
{
	uint32_t peer = plan_find_cell(plan, wanted->peer);
	struct jhcfg_plan_op op = {
		.kind = JHCFG_PLAN_SET_LINK,
		.cell = cell,
		.link = {
			.protocol = wanted->protocol,
			.state_size = PLAN_PAGE_SIZE,
			.rw_size = page_up(wanted->rw_size),
			.output_size = page_up(wanted->output_size),
			.num_peers = 2,
			.peers = { peer, cell },
		},
	};
	const char *reason = "";
	struct ranges avoid = { 0 };
	int err = check_link(plan, cell, peer, wanted);

	if (err)
		return err;
	op.link.name = name_of(plan, wanted);
	err = find_slot(plan, &op.link.bdf);
	if (!err)
		err = choose_lines(plan, cell);
	if (!err)
		err = choose_lines(plan, peer);
	plan_avoid(plan, cell, &avoid);
	plan_avoid(plan, peer, &avoid);
	if (!err)
		err = plan_find_ram(plan, cell, jhcfg_link_size(&op.link),
				    op.link.name, &avoid, &op.link.base,
				    &reason);
	ranges_clear(&avoid);
	if (!err && (peer == JHCFG_ROOT_KEY || cell == JHCFG_ROOT_KEY))
		err = make_room(plan, &op.link);
	return err ? err
		   : plan_add(plan, &op, reason, "link %s to \"%s\"",
			      op.link.name, plan_cell_name(plan, peer));
}

int jhcfg_plan_add_link(const struct jhcfg_workspace *workspace, uint32_t cell,
			const char *scenario,
			const struct jhcfg_plan_link *link,
			struct jhcfg_diags *diags, struct jhcfg_plan **result)
{
	struct jhcfg_plan *plan = plan_new(workspace, scenario, diags);
	int err;

	if (!plan)
		return -ENOMEM;
	err = plan_set_name(plan, "Link %s to %s", plan_cell_name(plan, cell),
			    link->peer);
	if (!err && !plan_cell(plan, cell))
		err = plan_refuse(plan, -ENOENT, NULL, "there is no such cell");
	if (!err)
		err = plan_check_scenario(plan);
	if (!err)
		err = plan_add_link(plan, cell, link);
	return plan_finish(plan, err, result);
}
