// SPDX-License-Identifier: LGPL-2.1-or-later
/* Taking devices back from cells. */
#include "plan/device.h"

struct jhcfg_range plan_pages_of(struct jhcfg_range window)
{
	uint64_t start = window.start & ~(PLAN_PAGE_SIZE - 1);
	uint64_t size = window.size + (window.start - start);

	if (size > UINT64_MAX - start - PLAN_PAGE_SIZE)
		size = UINT64_MAX - start - PLAN_PAGE_SIZE;
	return (struct jhcfg_range){ start, (size + PLAN_PAGE_SIZE - 1) &
						    ~(PLAN_PAGE_SIZE - 1) };
}

bool plan_is_line(const struct jhcfg_hw_irq *irq)
{
	return !irq->nested && !irq->per_cpu && irq->number <= PLAN_LAST_IRQ;
}

bool plan_has_stream(const struct jhcfg_cell *cell, uint32_t id)
{
	const struct jhcfg_stream_id *own;

	for (size_t n = 0; (own = jhcfg_cell_stream_id(cell, n)); n++)
		if (own->id == id)
			return true;
	return false;
}

/* --- taking back -------------------------------------------------------------
 */

uint64_t plan_console_address(const struct jhcfg_hw_device *device)
{
	return device->num_windows ? device->windows[0].start
	       : device->num_ports ? device->ports[0].base
				   : 0;
}

/* A region of the cell that is this window, or the pages that it is in. */
static const struct jhcfg_memory *find_region(const struct jhcfg_cell *cell,
					      struct jhcfg_range window)
{
	struct jhcfg_range pages = plan_pages_of(window);
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		struct jhcfg_range own = { memory->phys_start, memory->size };

		if (memory->flags & JAILHOUSE_MEM_COMM_REGION)
			continue;
		if ((own.start == window.start && own.size == window.size) ||
		    (own.start == pages.start && own.size == pages.size))
			return memory;
	}
	return NULL;
}

static int release_windows(struct giving *giving, uint32_t from,
			   const char *reason)
{
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_REMOVE_MEMORY,
				    .cell = from };
	int err = 0;

	for (size_t n = 0; !err && n < giving->device->num_windows; n++) {
		const struct jhcfg_memory *memory =
			find_region(plan_cell(giving->plan, from),
				    giving->device->windows[n]);

		if (!memory)
			continue;
		op.memory = *memory;
		err = plan_add(giving->plan, &op, reason, "%s",
			       giving->device->name);
	}
	return err;
}

/* Of one that this cell has too, as far as its windows tell. */
static bool other_needs_irq(const struct giving *giving, uint32_t from,
			    uint32_t number)
{
	size_t position = 0, other;

	while ((other = jhcfg_board_device_of_irq(giving->board, number,
						  &position)) != JHCFG_NO_INDEX)
		if (other != giving->index &&
		    jhcfg_board_device(giving->board, other)->num_windows &&
		    find_region(plan_cell(giving->plan, from),
				jhcfg_board_device(giving->board, other)
					->windows[0]))
			return true;
	return false;
}

static int release_irqs(struct giving *giving, uint32_t from,
			const char *reason)
{
	struct jhcfg_plan *plan = giving->plan;
	int err = 0;

	for (size_t n = 0; !err && n < giving->device->num_irqs; n++) {
		const struct jhcfg_hw_irq *irq = &giving->device->irqs[n];
		struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_REMOVE_IRQ,
					    .cell = from,
					    .irq = irq->number };

		if (!plan_is_line(irq) ||
		    other_needs_irq(giving, from, irq->number))
			continue;
		if (jhcfg_workspace_has_irq(plan->now, from, irq->number))
			err = plan_add(plan, &op, reason, "INTID %u",
				       irq->number);
	}
	return err;
}

static int release_streams(struct giving *giving, uint32_t from,
			   const char *reason)
{
	int err = 0;

	for (size_t n = 0; !err && n < giving->device->num_stream_ids; n++) {
		uint32_t id = giving->device->stream_ids[n];
		struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_REMOVE_STREAM_ID,
					    .cell = from,
					    .stream_id.id = id };

		if (plan_has_stream(plan_cell(giving->plan, from), id))
			err = plan_add(giving->plan, &op, reason,
				       "stream id 0x%x", id);
	}
	return err;
}

bool plan_has_ports(const struct jhcfg_cell *cell,
		    const struct jhcfg_hw_port *port)
{
	const struct jhcfg_pio *own;

	for (size_t n = 0; (own = jhcfg_cell_pio(cell, n)); n++)
		if (own->base == port->base && own->length == port->length)
			return true;
	return false;
}

static int release_ports(struct giving *giving, uint32_t from,
			 const char *reason)
{
	int err = 0;

	for (size_t n = 0; !err && n < giving->device->num_ports; n++) {
		const struct jhcfg_hw_port *port = &giving->device->ports[n];
		struct jhcfg_plan_op op = {
			.kind = JHCFG_PLAN_REMOVE_PORTS,
			.cell = from,
			.ports = { port->base, (uint16_t)port->length },
		};

		if (plan_has_ports(plan_cell(giving->plan, from), port))
			err = plan_add(giving->plan, &op, reason,
				       "ports 0x%x-0x%x", port->base,
				       port->base + port->length - 1);
	}
	return err;
}

static int release_console(struct giving *giving, uint32_t from,
			   const char *reason)
{
	const struct jhcfg_console *console =
		jhcfg_cell_console(plan_cell(giving->plan, from));
	struct jhcfg_plan_op op = { .kind = JHCFG_PLAN_SET_CONSOLE,
				    .cell = from };

	if (!console->type ||
	    console->address != plan_console_address(giving->device))
		return 0;
	return plan_add(giving->plan, &op, reason, "no console");
}

static int release_from(struct giving *giving, uint32_t from)
{
	const char *reason = plan_text(
		giving->plan, "%s goes to \"%s\"", giving->device->name,
		plan_cell_name(giving->plan, giving->cell));
	int err = release_console(giving, from, reason);

	if (!err)
		err = release_irqs(giving, from, reason);
	if (!err)
		err = release_streams(giving, from, reason);
	if (!err)
		err = release_ports(giving, from, reason);
	return err ? err : release_windows(giving, from, reason);
}

/* Cells that have it lose it. */
int plan_release_device(struct giving *giving)
{
	const struct jhcfg_hw_device *device = giving->device;
	uint32_t key;
	int err = 0;

	for (size_t n = 1; !err && (key = plan_cell_key(giving->plan, n));
	     n++) {
		bool has = false;

		for (size_t i = 0;
		     key != giving->cell && !has && i < device->num_windows;
		     i++)
			has = find_region(plan_cell(giving->plan, key),
					  device->windows[i]);
		for (size_t i = 0;
		     key != giving->cell && !has && i < device->num_ports; i++)
			has = plan_has_ports(plan_cell(giving->plan, key),
					     &device->ports[i]);
		if (has)
			err = release_from(giving, key);
	}
	return err;
}
