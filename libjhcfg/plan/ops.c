// SPDX-License-Identifier: LGPL-2.1-or-later
#include "plan/ops.h"

#include <errno.h>

size_t plan_find_memory(const struct jhcfg_cell *cell,
			const struct jhcfg_memory *memory)
{
	const struct jhcfg_memory *own;

	for (size_t n = 0; (own = jhcfg_cell_memory(cell, n)); n++)
		if (own->phys_start == memory->phys_start &&
		    own->virt_start == memory->virt_start &&
		    own->size == memory->size)
			return n;
	return SIZE_MAX;
}

static size_t find_stream(const struct jhcfg_cell *cell, uint32_t id)
{
	const struct jhcfg_stream_id *own;

	for (size_t n = 0; (own = jhcfg_cell_stream_id(cell, n)); n++)
		if (own->id == id)
			return n;
	return SIZE_MAX;
}

static size_t find_pci(const struct jhcfg_cell *cell,
		       const struct jhcfg_pci_device *device)
{
	const struct jhcfg_pci_device *own;

	for (size_t n = 0; (own = jhcfg_cell_pci_device(cell, n)); n++)
		if (own->domain == device->domain && own->bdf == device->bdf &&
		    own->type == device->type)
			return n;
	return SIZE_MAX;
}

/* --- one function for each kind ----------------------------------------------
 */

/* What an operation works on: the configuration is its cell's. */
struct work {
	struct jhcfg_workspace *workspace;
	struct jhcfg_config *config;
	const struct jhcfg_cell *cell;
	const struct jhcfg_plan_op *op;
};

static int add_cpu(struct work *work)
{
	return jhcfg_config_add_cpu(work->config, work->op->cpu);
}

static int remove_cpu(struct work *work)
{
	jhcfg_config_remove_cpu(work->config, work->op->cpu);
	return 0;
}

static int add_memory(struct work *work)
{
	size_t index = jhcfg_cell_num_memory(work->cell);
	int err = jhcfg_config_insert_memory(work->config, index,
					     &work->op->memory);

	if (!err)
		err = jhcfg_config_set_memory_note(work->config, index, "name",
						   work->op->what);
	if (!err && *work->op->reason)
		err = jhcfg_config_set_memory_note(work->config, index,
						   "source", work->op->reason);
	return err;
}

static int remove_memory(struct work *work)
{
	size_t index = plan_find_memory(work->cell, &work->op->memory);

	return index == SIZE_MAX
		       ? -ENOENT
		       : jhcfg_config_remove_memory(work->config, index);
}

static int add_irq(struct work *work)
{
	return jhcfg_workspace_add_irq(work->workspace, work->op->cell,
				       work->op->irq);
}

static int remove_irq(struct work *work)
{
	return jhcfg_workspace_remove_irq(work->workspace, work->op->cell,
					  work->op->irq);
}

static int add_stream_id(struct work *work)
{
	return jhcfg_config_insert_stream_id(work->config, SIZE_MAX,
					     &work->op->stream_id);
}

static int remove_stream_id(struct work *work)
{
	size_t index = find_stream(work->cell, work->op->stream_id.id);

	return index == SIZE_MAX
		       ? 0
		       : jhcfg_config_remove_stream_id(work->config, index);
}

static int add_ports(struct work *work)
{
	return jhcfg_config_insert_pio(work->config, SIZE_MAX,
				       &work->op->ports);
}

static int remove_ports(struct work *work)
{
	const struct jhcfg_pio *own;

	for (size_t n = 0; (own = jhcfg_cell_pio(work->cell, n)); n++)
		if (own->base == work->op->ports.base &&
		    own->length == work->op->ports.length)
			return jhcfg_config_remove_pio(work->config, n);
	return -ENOENT;
}

/* The capabilities are those that the root's entry has. */
static int add_pci(struct work *work)
{
	struct jhcfg_pci_device device = work->op->pci;
	const struct jhcfg_cell *root = jhcfg_config_cell(
		jhcfg_workspace_cell(work->workspace, JHCFG_ROOT_KEY));
	size_t start = jhcfg_cell_num_pci_caps(work->cell);
	int err = 0;

	for (size_t n = 0; !err && n < device.num_caps; n++) {
		const struct jhcfg_pci_cap *cap =
			jhcfg_cell_pci_cap(root, device.caps_start + n);

		err = cap ? jhcfg_config_insert_pci_cap(work->config, SIZE_MAX,
							cap)
			  : -EINVAL;
	}
	device.caps_start = (uint16_t)start;
	if (!err)
		err = jhcfg_config_insert_pci_device(work->config, SIZE_MAX,
						     &device);
	return err;
}

static bool is_cap_in_use(const struct jhcfg_cell *cell, size_t index)
{
	const struct jhcfg_pci_device *device;

	for (size_t n = 0; (device = jhcfg_cell_pci_device(cell, n)); n++)
		if (index >= device->caps_start &&
		    index - device->caps_start < device->num_caps)
			return true;
	return false;
}

/* Devices that are alike may share their capabilities, as they do in most
 * configurations: those that another one has stay. */
static int remove_pci(struct work *work)
{
	size_t index = find_pci(work->cell, &work->op->pci);
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(work->cell, index);
	size_t start, end;
	int err;

	if (!device)
		return -ENOENT;
	start = device->caps_start;
	end = start + device->num_caps;
	if (end > jhcfg_cell_num_pci_caps(work->cell))
		end = jhcfg_cell_num_pci_caps(work->cell);
	err = jhcfg_config_remove_pci_device(work->config, index);
	while (!err && end-- > start)
		if (!is_cap_in_use(work->cell, end))
			err = jhcfg_config_remove_pci_cap(work->config, end);
	return err;
}

static int set_console(struct work *work)
{
	jhcfg_config_set_console(work->config, &work->op->console);
	return 0;
}

static int set_flags(struct work *work)
{
	jhcfg_config_set_cell_flags(work->config, work->op->flags);
	return 0;
}

static int set_reset_address(struct work *work)
{
	jhcfg_config_set_reset_address(work->config, work->op->address);
	return 0;
}

static int set_vpci_base(struct work *work)
{
	jhcfg_config_set_vpci_irq_base(work->config, work->op->vpci_base);
	return 0;
}

static int set_hypervisor_memory(struct work *work)
{
	jhcfg_config_set_hypervisor_memory(work->config, &work->op->memory);
	return 0;
}

static int set_link(struct work *work)
{
	uint32_t key;

	return jhcfg_workspace_set_link(work->workspace, &work->op->link, &key);
}

static int remove_link(struct work *work)
{
	return jhcfg_workspace_remove_link(work->workspace, work->op->link.key);
}

static const struct {
	const char *name;
	int (*run)(struct work *work); /* NULL: nothing to be done */
	bool edits;		       /* the configuration of the cell */
} kinds[] = {
	[JHCFG_PLAN_NOTE] = { "note", NULL, false },
	[JHCFG_PLAN_WARNING] = { "warning", NULL, false },
	[JHCFG_PLAN_ADD_CELL] = { "add cell", NULL, false },
	[JHCFG_PLAN_ADD_CPU] = { "add CPU", add_cpu, true },
	[JHCFG_PLAN_REMOVE_CPU] = { "remove CPU", remove_cpu, true },
	[JHCFG_PLAN_ADD_MEMORY] = { "add memory", add_memory, true },
	[JHCFG_PLAN_REMOVE_MEMORY] = { "remove memory", remove_memory, true },
	[JHCFG_PLAN_ADD_IRQ] = { "add interrupt", add_irq, true },
	[JHCFG_PLAN_REMOVE_IRQ] = { "remove interrupt", remove_irq, true },
	[JHCFG_PLAN_ADD_STREAM_ID] = { "add stream id", add_stream_id, true },
	[JHCFG_PLAN_REMOVE_STREAM_ID] = { "remove stream id", remove_stream_id,
					  true },
	[JHCFG_PLAN_ADD_PORTS] = { "add ports", add_ports, true },
	[JHCFG_PLAN_REMOVE_PORTS] = { "remove ports", remove_ports, true },
	[JHCFG_PLAN_ADD_PCI] = { "add PCI function", add_pci, true },
	[JHCFG_PLAN_REMOVE_PCI] = { "remove PCI function", remove_pci, true },
	[JHCFG_PLAN_SET_CONSOLE] = { "set console", set_console, true },
	[JHCFG_PLAN_SET_FLAGS] = { "set flags", set_flags, true },
	[JHCFG_PLAN_SET_RESET_ADDRESS] = { "set reset address",
					   set_reset_address, true },
	[JHCFG_PLAN_SET_VPCI_BASE] = { "set interrupts of virtual PCI",
				       set_vpci_base, true },
	[JHCFG_PLAN_SET_HYPERVISOR_MEMORY] = { "set hypervisor memory",
					       set_hypervisor_memory, true },
	[JHCFG_PLAN_SET_LINK] = { "set link", set_link, false },
	[JHCFG_PLAN_REMOVE_LINK] = { "remove link", remove_link, false },
};

const char *jhcfg_plan_kind_name(enum jhcfg_plan_kind kind)
{
	return kind < sizeof(kinds) / sizeof(kinds[0]) ? kinds[kind].name : "?";
}

/* --- all of them
 * --------------------------------------------------------------- */

/* Its name is what the operation says. */
static int add_cell(struct jhcfg_workspace *workspace,
		    const struct jhcfg_plan_op *op, struct plan_keys *keys)
{
	const struct jhcfg_config *root =
		jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	struct jhcfg_config *config =
		jhcfg_config_create(false, jhcfg_config_architecture(root));
	int err;

	if (!config)
		return -ENOMEM;
	err = jhcfg_config_set_name(config, op->what);
	jhcfg_config_set_cell_flags(config, op->flags);
	if (!err)
		err = jhcfg_workspace_add_cell(workspace, config, &keys->real);
	keys->planned = op->cell;
	jhcfg_config_free(config);
	return err;
}

static uint32_t real_key(const struct plan_keys *keys, uint32_t key)
{
	return key && key == keys->planned ? keys->real : key;
}

int plan_do(struct jhcfg_workspace *workspace, const struct jhcfg_plan_op *op,
	    struct plan_keys *keys)
{
	struct jhcfg_plan_op real = *op;
	struct work work = { .workspace = workspace, .op = &real };

	if (op->kind == JHCFG_PLAN_ADD_CELL)
		return add_cell(workspace, op, keys);
	if (!kinds[op->kind].run)
		return 0;
	real.cell = real_key(keys, op->cell);
	if (op->kind == JHCFG_PLAN_SET_LINK)
		for (unsigned int n = 0; n < op->link.num_peers; n++)
			real.link.peers[n] = real_key(keys, op->link.peers[n]);
	if (kinds[op->kind].edits) {
		work.config = jhcfg_workspace_edit_cell(workspace, real.cell);
		if (!work.config)
			return -ENOMEM;
		work.cell = jhcfg_config_cell(work.config);
	}
	return kinds[op->kind].run(&work);
}
