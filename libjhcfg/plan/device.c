// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Giving a device to a cell: register windows, interrupts and stream ids come
 * with it; clocks, resets and pins stay where they are and are named.
 */
#include <errno.h>
#include <inttypes.h>

#include "plan/device.h"

#define FIRST_SPI 32U
#define IO_FLAGS  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_IO)
#define ALL_WIDTHS                                                             \
	(JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 | JAILHOUSE_MEM_IO_32 |      \
	 JAILHOUSE_MEM_IO_64)

/* --- may it be given? --------------------------------------------------------
 */

static const struct {
	enum jhcfg_hw_device_kind kind;
	const char *why;
} kept[] = {
	{ JHCFG_HW_DEVICE_IRQCHIP, "the hypervisor shares it out by lines" },
	{ JHCFG_HW_DEVICE_IOMMU, "the hypervisor programs it" },
	{ JHCFG_HW_DEVICE_FIRMWARE, "firmware has no registers to give" },
	{ JHCFG_HW_DEVICE_PCI_HOST, "give its functions instead" },
};

static int check_kind(struct giving *giving)
{
	for (size_t n = 0; n < sizeof(kept) / sizeof(kept[0]); n++)
		if (kept[n].kind == giving->device->kind)
			return plan_refuse(giving->plan, -EPERM, kept[n].why,
					   "%s cannot be given to a cell",
					   giving->device->name);
	return 0;
}

/* --- pages -------------------------------------------------------------------
 */

static bool is_above(const struct jhcfg_board *board, size_t parent,
		     size_t child)
{
	/* trees are not deep; a loop among them is not waited for */
	for (int depth = 0; depth < 32; depth++) {
		const struct jhcfg_hw_device *device =
			jhcfg_board_device(board, child);

		if (!device)
			return false;
		child = device->parent;
		if (child == parent)
			return true;
	}
	return false;
}

/* Another device with registers there, that is no bus around this one and no
 * part of it. */
static size_t next_neighbour(const struct giving *giving,
			     struct jhcfg_range range, size_t *position)
{
	size_t other;

	do
		other = jhcfg_board_device_at(giving->board, range, position);
	while (other != JHCFG_NO_INDEX &&
	       (other == giving->index ||
		is_above(giving->board, other, giving->index) ||
		is_above(giving->board, giving->index, other)));
	return other;
}

/* Whether the device is known to be the cell's already: all its windows are. */
static bool is_of_cell(const struct giving *giving, size_t other)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(giving->board, other);
	const struct jhcfg_cell *cell = plan_cell(giving->plan, giving->cell);
	const struct jhcfg_memory *memory;
	bool found = false;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		found |= ranges_touch(device->windows[0],
				      (struct jhcfg_range){ memory->phys_start,
							    memory->size });
	return found;
}

/* Devices of others in these pages; the first few by name. */
static int note_neighbours(struct giving *giving, struct jhcfg_range pages,
			   bool *shared)
{
	size_t position = 0, other, count = 0;
	int err = 0;

	while (!err && (other = next_neighbour(giving, pages, &position)) !=
			       JHCFG_NO_INDEX) {
		if (is_of_cell(giving, other))
			continue;
		*shared = true;
		if (count++ < 8)
			err = plan_note(
				giving->plan, JHCFG_PLAN_NOTE, giving->cell,
				"accesses to the page trap, so that each has "
				"its own part",
				"page 0x%" PRIx64 " also holds %s", pages.start,
				jhcfg_board_device(giving->board, other)->name);
	}
	return err;
}

/* --- giving ------------------------------------------------------------------
 */

/* Widths that the registers take. */
static uint64_t width_flags(const struct jhcfg_hw_device *device)
{
	if (!device->reg_io_width)
		return device->reg_shift == 2 ? JAILHOUSE_MEM_IO_32
					      : ALL_WIDTHS;
	return (uint64_t)device->reg_io_width << JAILHOUSE_MEM_IO_WIDTH_SHIFT;
}

/* Somebody else's memory in the way: not a device that we just took back. */
static int check_owner(struct giving *giving, struct jhcfg_range range)
{
	uint32_t owner = plan_owner_of_range(giving->plan, range);

	if (!owner || owner == giving->cell)
		return 0;
	return plan_refuse(giving->plan, -EBUSY,
			   "take it from that cell, or leave one of the two "
			   "out of the scenario",
			   "registers [0x%" PRIx64 "-0x%" PRIx64
			   "] of %s are in a region of cell \"%s\"",
			   range.start, range.start + range.size - 1,
			   giving->device->name,
			   plan_cell_name(giving->plan, owner));
}

static bool is_exclusive(const struct jhcfg_memory *memory)
{
	return !(memory->flags &
		 (JAILHOUSE_MEM_COMM_REGION | JAILHOUSE_MEM_ROOTSHARED));
}

static bool has_range(const struct jhcfg_cell *cell, struct jhcfg_range range)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++)
		if (is_exclusive(memory) && range.start >= memory->phys_start &&
		    range.start - memory->phys_start < memory->size &&
		    range.size <=
			    memory->size - (range.start - memory->phys_start))
			return true;
	return false;
}

/* Guest addresses are physical ones: drivers find the device where it is. */
static int check_virt(struct giving *giving, struct jhcfg_range range)
{
	const struct jhcfg_cell *cell = plan_cell(giving->plan, giving->cell);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		uint64_t size = memory->flags & JAILHOUSE_MEM_COMM_REGION
					? PLAN_PAGE_SIZE
					: memory->size;

		if (ranges_touch(
			    (struct jhcfg_range){ memory->virt_start, size },
			    range))
			return plan_refuse(
				giving->plan, -EBUSY,
				"move the memory of the cell elsewhere",
				"\"%s\" has something else at 0x%" PRIx64
				", where %s has its registers",
				jhcfg_cell_name(cell), range.start,
				giving->device->name);
	}
	return 0;
}

static int give_window(struct giving *giving, struct jhcfg_range window)
{
	const struct jhcfg_cell *cell = plan_cell(giving->plan, giving->cell);
	struct jhcfg_range pages = plan_pages_of(window), range;
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_ADD_MEMORY,
				    .cell = giving->cell };
	bool shared = false;
	int err = 0;

	if (!window.size || has_range(cell, window))
		return 0;
	if (pages.start != window.start || pages.size != window.size)
		err = note_neighbours(giving, pages, &shared);
	range = shared ? window : pages;
	if (!err)
		err = check_owner(giving, range);
	if (!err)
		err = check_virt(giving, range);
	if (err)
		return err;
	op.memory = (struct jhcfg_memory){
		.phys_start = range.start,
		.virt_start = range.start,
		.size = range.size,
		.flags = IO_FLAGS | (shared ? width_flags(giving->device) : 0),
	};
	return plan_add(giving->plan, &op,
			shared			  ? plan_text(giving->plan,
							      "registers of %s, a part of a page",
							      giving->device->name)
			: *giving->device->source ? giving->device->source
						  : "its registers",
			"%s", giving->device->name);
}

/* Whoever else uses the line cannot have it any more. */
static int note_line_mates(struct giving *giving, uint32_t number)
{
	size_t position = 0, other;
	int err = 0;

	while (!err && (other = jhcfg_board_device_of_irq(giving->board, number,
							  &position)) !=
			       JHCFG_NO_INDEX) {
		if (other == giving->index)
			continue;
		err = plan_note(giving->plan, JHCFG_PLAN_WARNING, giving->cell,
				"a line has one owner: give both, or use "
				"another way to interrupt",
				"INTID %u is also that of %s", number,
				jhcfg_board_device(giving->board, other)->name);
	}
	return err;
}

static int give_irq(struct giving *giving, const struct jhcfg_hw_irq *irq)
{
	struct jhcfg_plan *plan = giving->plan;
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_ADD_IRQ,
				    .cell = giving->cell,
				    .irq = irq->number };
	uint32_t owner;
	int err;

	if (irq->nested) {
		const struct jhcfg_hw_device *through =
			jhcfg_board_device(giving->board, irq->controller);

		return plan_note(plan, JHCFG_PLAN_WARNING, giving->cell,
				 "its line ends there, and the cell gets none",
				 "an interrupt goes through %s",
				 through ? through->name
					 : "another controller");
	}
	if (!plan_is_line(irq) ||
	    jhcfg_workspace_has_irq(plan->now, giving->cell, irq->number))
		return 0;
	owner = plan_owner_of_irq(plan, irq->number);
	if (owner)
		return plan_refuse(plan, -EBUSY,
				   "a line has one owner: take it back first",
				   "INTID %u of %s belongs to cell \"%s\"",
				   irq->number, giving->device->name,
				   plan_cell_name(plan, owner));
	err = note_line_mates(giving, irq->number);
	if (err)
		return err;
	if (plan_is_arm(plan))
		return plan_add(plan, &op,
				plan_text(plan, "interrupt of %s",
					  giving->device->name),
				"SPI %u (INTID %u)", irq->number - FIRST_SPI,
				irq->number);
	return plan_add(
		plan, &op,
		plan_text(plan, "interrupt of %s", giving->device->name),
		"interrupt %u", irq->number);
}

static int give_streams(struct giving *giving)
{
	int err = 0;

	/* without a unit nobody looks at them */
	if (!jhcfg_system_platform(plan_system(giving->plan))
		     ->iommu_units[0]
		     .type)
		return 0;
	for (size_t n = 0; !err && n < giving->device->num_stream_ids; n++) {
		uint32_t id = giving->device->stream_ids[n];
		struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_ADD_STREAM_ID,
					    .cell = giving->cell,
					    .stream_id.id = id };

		if (!plan_has_stream(plan_cell(giving->plan, giving->cell), id))
			err = plan_add(giving->plan, &op,
				       plan_text(giving->plan, "DMA of %s",
						 giving->device->name),
				       "stream id 0x%x", id);
	}
	return err;
}

static int give_ports(struct giving *giving)
{
	int err = 0;

	for (size_t n = 0; !err && n < giving->device->num_ports; n++) {
		const struct jhcfg_hw_port *port = &giving->device->ports[n];
		struct jhcfg_plan_op op = {
			.kind = JHCFG_PLAN_ADD_PORTS,
			.cell = giving->cell,
			.ports = { port->base, (uint16_t)port->length },
		};

		if (!port->length || port->length > UINT16_MAX ||
		    plan_has_ports(plan_cell(giving->plan, giving->cell), port))
			continue;
		err = plan_add(giving->plan, &op,
			       plan_text(giving->plan, "registers of %s",
					 giving->device->name),
			       "ports 0x%x-0x%x", port->base,
			       port->base + port->length - 1);
	}
	return err;
}

static void fill_console(const struct jhcfg_hw_device *device,
			 struct jhcfg_console *console)
{
	*console = (struct jhcfg_console){
		.address = plan_console_address(device),
		.type = device->console_type,
	};
	if (!device->num_windows) {
		console->size = device->ports[0].length;
		return; /* ports, one after the other */
	}
	console->size = device->windows[0].size > PLAN_PAGE_SIZE
				? (uint32_t)PLAN_PAGE_SIZE
				: (uint32_t)device->windows[0].size;
	console->flags = JAILHOUSE_CON_ACCESS_MMIO;
	if (device->reg_shift == 2 ||
	    device->console_type != JAILHOUSE_CON_TYPE_8250)
		console->flags |= JAILHOUSE_CON_REGDIST_4;
}

static int give_console(struct giving *giving)
{
	const struct jhcfg_hw_device *device = giving->device;
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_SET_CONSOLE,
				    .cell = giving->cell };

	if (!device->console_type || !plan_console_address(device) ||
	    jhcfg_cell_console(plan_cell(giving->plan, giving->cell))->type)
		return 0;
	fill_console(device, &op.console);
	return plan_add(giving->plan, &op, "its only UART", "console %s",
			device->name);
}

/* --- all of it
 * ------------------------------------------------------------------ */

static int give(struct giving *giving)
{
	const struct jhcfg_hw_device *device = giving->device;
	int err = 0;

	for (size_t n = 0; !err && n < device->num_windows; n++)
		err = give_window(giving, device->windows[n]);
	if (!err)
		err = give_ports(giving);
	for (size_t n = 0; !err && n < device->num_irqs; n++)
		err = give_irq(giving, &device->irqs[n]);
	if (!err)
		err = give_streams(giving);
	if (!err)
		err = give_console(giving);
	return err ? err : plan_note_surroundings(giving);
}

int plan_assign_device(struct jhcfg_plan *plan, uint32_t cell, size_t device)
{
	struct giving giving = {
		.plan = plan,
		.board = plan_board(plan),
		.index = device,
		.cell = cell,
	};
	int err;

	if (giving.board)
		giving.device = jhcfg_board_device(giving.board, device);
	if (!giving.device)
		return plan_refuse(plan, -ENOENT, NULL,
				   "the board has no such device");
	err = check_kind(&giving);
	if (!err && !giving.device->num_windows && !giving.device->num_ports &&
	    !giving.device->num_irqs)
		err = plan_refuse(plan, -EPERM, NULL,
				  "%s has neither registers nor interrupts",
				  giving.device->name);
	if (!err)
		err = plan_release_device(&giving);
	if (err || cell == JHCFG_ROOT_KEY)
		return err;
	return give(&giving);
}

int jhcfg_plan_assign_device(const struct jhcfg_workspace *workspace,
			     uint32_t cell, size_t device,
			     struct jhcfg_diags *diags,
			     struct jhcfg_plan **result)
{
	struct jhcfg_plan *plan = plan_new(workspace, NULL, diags);
	const struct jhcfg_board *board;
	const struct jhcfg_hw_device *hw = NULL;
	int err;

	if (!plan)
		return -ENOMEM;
	board = plan_board(plan);
	if (board)
		hw = jhcfg_board_device(board, device);
	err = plan_set_name(plan, "Give %s to %s", hw ? hw->name : "device",
			    plan_cell_name(plan, cell));
	if (!err && !plan_cell(plan, cell))
		err = plan_refuse(plan, -ENOENT, NULL, "there is no such cell");
	if (!err)
		err = plan_assign_device(plan, cell, device);
	return plan_finish(plan, err, result);
}
