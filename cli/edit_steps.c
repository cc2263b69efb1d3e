// SPDX-License-Identifier: GPL-2.0-or-later
#include "edit_steps.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/plan.h>

#include "output.h"
#include "request.h"

/* --- words -------------------------------------------------------------------
 */

uint32_t edit_find_cell(const struct edit *edit, const char *name)
{
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(edit->workspace, n));
	     n++)
		if (!strcmp(jhcfg_cell_name(
				    jhcfg_config_cell(jhcfg_workspace_cell(
					    edit->workspace, key))),
			    name))
			return key;
	if (!strcmp(name, "root"))
		return JHCFG_ROOT_KEY;
	output_error("%s: there is no cell \"%s\"", edit->file, name);
	return 0;
}

static bool read_number(const char *text, uint64_t max, uint64_t *number)
{
	if (request_size(text, number) && *number <= max)
		return true;
	output_error("%s: not a number up to %" PRIu64, text, max);
	return false;
}

/* --- by plans ----------------------------------------------------------------
 */

/* Takes over the plan. */
static int apply(struct edit *edit, int err, struct jhcfg_plan *plan)
{
	const struct jhcfg_plan_op *op;

	if (err)
		return err;
	for (size_t n = 0; (op = jhcfg_plan_op(plan, n)); n++)
		if (op->kind == JHCFG_PLAN_NOTE ||
		    op->kind == JHCFG_PLAN_WARNING)
			fprintf(stderr, "%s: %s (%s)\n",
				jhcfg_plan_kind_name(op->kind), op->what,
				op->reason);
	err = jhcfg_plan_apply(edit->workspace, plan);
	jhcfg_plan_free(plan);
	if (err)
		output_errno(edit->file, err);
	return err;
}

int edit_give_cpu(struct edit *edit, char **arguments)
{
	uint32_t cell = edit_find_cell(edit, arguments[0]);
	struct jhcfg_plan *plan = NULL;
	uint64_t cpu;
	int err;

	if (!cell || !read_number(arguments[1], JHCFG_MAX_CPUS - 1, &cpu))
		return -EINVAL;
	err = jhcfg_plan_move_cpu(edit->workspace, cell, (unsigned int)cpu,
				  edit->diags, &plan);
	return apply(edit, err, plan);
}

/* "0000:00:02.0" or "00:02.0" */
static bool read_bdf(const char *text, uint16_t *domain, uint16_t *bdf)
{
	unsigned int d = 0, bus, device, function;
	int used = -1;

	if (sscanf(text, "%4x:%2x:%2x.%1x%n", &d, &bus, &device, &function,
		   &used) != 4) {
		d = 0;
		used = -1;
		if (sscanf(text, "%2x:%2x.%1x%n", &bus, &device, &function,
			   &used) != 3)
			return false;
	}
	if (used < 0 || text[used] || device > 31 || function > 7)
		return false;
	*domain = (uint16_t)d;
	*bdf = (uint16_t)(bus << 8 | device << 3 | function);
	return true;
}

int edit_give_device(struct edit *edit, char **arguments)
{
	const struct jhcfg_board *board =
		jhcfg_workspace_board(edit->workspace);
	uint32_t cell = edit_find_cell(edit, arguments[0]);
	size_t device = board ? jhcfg_board_find_device(board, arguments[1])
			      : JHCFG_NO_INDEX;
	struct jhcfg_plan *plan = NULL;
	uint16_t domain, bdf;
	int err;

	if (!cell)
		return -EINVAL;
	/* Boards of PCs name their PCI functions so, too; as such they have
	 * more than registers. */
	if (read_bdf(arguments[1], &domain, &bdf)) {
		err = jhcfg_plan_assign_pci(edit->workspace, cell, domain, bdf,
					    edit->diags, &plan);
	} else if (device != JHCFG_NO_INDEX) {
		err = jhcfg_plan_assign_device(edit->workspace, cell, device,
					       edit->diags, &plan);
	} else {
		output_error("%s: there is no device \"%s\"", edit->file,
			     arguments[1]);
		output_hint(board ? "\"config show\" of the board lists them"
				  : "name the hardware with --board");
		return -ENOENT;
	}
	return apply(edit, err, plan);
}

/* SIZE[@PHYS[:VIRT]] */
static bool read_memory(char *text, struct jhcfg_plan_memory *memory)
{
	char *at = strchr(text, '@');
	char *colon = at ? strchr(at, ':') : NULL;

	*memory = (struct jhcfg_plan_memory){ .fixed_phys = at,
					      .identity = at && !colon };
	if (at)
		*at++ = 0;
	if (colon)
		*colon++ = 0;
	if (!request_size(text, &memory->size) || !memory->size ||
	    (at && !request_size(at, &memory->phys)) ||
	    (colon && !request_size(colon, &memory->virt))) {
		output_error("%s: not SIZE, SIZE@ADDRESS or "
			     "SIZE@ADDRESS:GUEST-ADDRESS",
			     text);
		return false;
	}
	return true;
}

int edit_add_memory(struct edit *edit, char **arguments)
{
	uint32_t cell = edit_find_cell(edit, arguments[0]);
	struct jhcfg_plan_memory memory;
	struct jhcfg_plan *plan = NULL;
	int err;

	if (!cell || !read_memory(arguments[1], &memory))
		return -EINVAL;
	err = jhcfg_plan_add_memory(edit->workspace, cell, NULL, &memory,
				    edit->diags, &plan);
	return apply(edit, err, plan);
}

int edit_add_link(struct edit *edit, char **arguments)
{
	uint32_t cell = edit_find_cell(edit, arguments[0]);
	struct jhcfg_plan_link link;
	struct jhcfg_plan *plan = NULL;
	int err;

	if (!cell)
		return -EINVAL;
	if (!request_link(arguments[1], &link)) {
		output_error("%s: not PEER, PEER:net or PEER:SIZE",
			     arguments[1]);
		return -EINVAL;
	}
	err = jhcfg_plan_add_link(edit->workspace, cell, NULL, &link,
				  edit->diags, &plan);
	return apply(edit, err, plan);
}

/* --- directly ----------------------------------------------------------------
 */

/* The cell's configuration inside a step, NULL after a message. What fails
 * between begin() and end() says so itself. */
static struct jhcfg_config *begin(struct edit *edit, const char *name)
{
	uint32_t key = edit_find_cell(edit, name);
	struct jhcfg_config *config;

	if (!key)
		return NULL;
	if (jhcfg_workspace_begin(edit->workspace, "Edit")) {
		output_errno(edit->file, ENOMEM);
		return NULL;
	}
	config = jhcfg_workspace_edit_cell(edit->workspace, key);
	if (!config) {
		jhcfg_workspace_cancel(edit->workspace);
		output_errno(edit->file, ENOMEM);
	}
	return config;
}

int edit_end(struct edit *edit, int err)
{
	if (err)
		jhcfg_workspace_cancel(edit->workspace);
	else
		jhcfg_workspace_end(edit->workspace);
	if (err == -ENOMEM)
		output_errno(edit->file, err);
	return err;
}

int edit_add_cell(struct edit *edit, char **arguments)
{
	const struct jhcfg_config *root =
		jhcfg_workspace_cell(edit->workspace, JHCFG_ROOT_KEY);
	struct jhcfg_config *config =
		jhcfg_config_create(false, jhcfg_config_architecture(root));
	int err = config ? jhcfg_workspace_begin(edit->workspace, "Add cell")
			 : -ENOMEM;
	uint32_t key;

	if (err) {
		jhcfg_config_free(config);
		output_errno(edit->file, err);
		return err;
	}
	err = jhcfg_config_set_name(config, arguments[0]);
	if (!err)
		err = jhcfg_workspace_add_cell(edit->workspace, config, &key);
	jhcfg_config_free(config);
	if (err == -EEXIST)
		output_error("%s: there is a cell \"%s\" already", edit->file,
			     arguments[0]);
	if (err == -EINVAL)
		output_error("%s: a name has 1 to 31 printable characters",
			     arguments[0]);
	return edit_end(edit, err);
}

int edit_remove_cell(struct edit *edit, char **arguments)
{
	uint32_t key = edit_find_cell(edit, arguments[0]);
	int err;

	if (!key)
		return -ENOENT;
	err = jhcfg_workspace_begin(edit->workspace, "Remove cell");
	if (err)
		return err;
	return edit_end(edit,
			jhcfg_workspace_remove_cell(edit->workspace, key));
}

int edit_remove_memory(struct edit *edit, char **arguments)
{
	struct jhcfg_config *config = begin(edit, arguments[0]);
	const struct jhcfg_memory *memory;
	uint64_t address = UINT64_MAX;
	char name[64];

	if (!config)
		return -EINVAL;
	if (!request_size(arguments[1], &address))
		address = UINT64_MAX;
	for (size_t n = 0;
	     (memory = jhcfg_cell_memory(jhcfg_config_cell(config), n)); n++)
		if ((jhcfg_config_memory_note(config, n, "name", name,
					      sizeof(name)) &&
		     !strcmp(name, arguments[1])) ||
		    memory->phys_start == address)
			return edit_end(edit,
					jhcfg_config_remove_memory(config, n));
	output_error("%s: cell \"%s\" has no region \"%s\"", edit->file,
		     arguments[0], arguments[1]);
	return edit_end(edit, -ENOENT);
}

static int change_irq(struct edit *edit, char **arguments, bool add)
{
	uint64_t number;
	uint32_t key;
	int err;

	if (!read_number(arguments[1], 1019, &number))
		return -EINVAL;
	if (!begin(edit, arguments[0]))
		return -EINVAL;
	key = edit_find_cell(edit, arguments[0]);
	err = (add ? jhcfg_workspace_add_irq : jhcfg_workspace_remove_irq)(
		edit->workspace, key, (uint32_t)number);
	return edit_end(edit, err);
}

int edit_add_irq(struct edit *edit, char **arguments)
{
	return change_irq(edit, arguments, true);
}

int edit_remove_irq(struct edit *edit, char **arguments)
{
	return change_irq(edit, arguments, false);
}

int edit_remove_link(struct edit *edit, char **arguments)
{
	const struct jhcfg_link *link;
	int err;

	for (size_t n = 0; (link = jhcfg_workspace_link(edit->workspace, n));
	     n++) {
		uint32_t key = link->key;

		if (strcmp(link->name, arguments[0]))
			continue;
		err = jhcfg_workspace_begin(edit->workspace, "Remove link");
		return err ? err
			   : edit_end(edit, jhcfg_workspace_remove_link(
						    edit->workspace, key));
	}
	output_error("%s: there is no link \"%s\"", edit->file, arguments[0]);
	return -ENOENT;
}

/* --- set ---------------------------------------------------------------------
 */

static int set_name(struct jhcfg_config *config, const char *value)
{
	int err = jhcfg_config_set_name(config, value);

	if (err)
		output_error("%s: a name has 1 to 31 printable characters",
			     value);
	return err;
}

static const struct {
	const char *name;
	uint32_t flag;
} flags[] = {
	{ "PASSIVE_COMMREG", JAILHOUSE_CELL_PASSIVE_COMMREG },
	{ "TEST_DEVICE", JAILHOUSE_CELL_TEST_DEVICE },
	{ "AARCH32", JAILHOUSE_CELL_AARCH32 },
	{ "VIRTUAL_CONSOLE_PERMITTED",
	  JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED },
	{ "VIRTUAL_CONSOLE_ACTIVE", JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE },
};

/* "+FLAG" or "no-FLAG" */
static int set_flags(struct jhcfg_config *config, const char *value)
{
	uint32_t now = jhcfg_cell_flags(jhcfg_config_cell(config));
	bool add = *value == '+';
	const char *name = add			       ? value + 1
			   : !strncmp(value, "no-", 3) ? value + 3
						       : "";

	for (size_t n = 0; n < sizeof(flags) / sizeof(flags[0]); n++) {
		if (strcmp(flags[n].name, name))
			continue;
		now = add ? now | flags[n].flag : now & ~flags[n].flag;
		jhcfg_config_set_cell_flags(config, now);
		return 0;
	}
	output_error("%s: not \"+\" or \"no-\" and one of these flags:", value);
	for (size_t n = 0; n < sizeof(flags) / sizeof(flags[0]); n++)
		fprintf(stderr, "  %s\n", flags[n].name);
	return -EINVAL;
}

static int set_reset(struct jhcfg_config *config, const char *value)
{
	uint64_t number;

	if (!read_number(value, UINT64_MAX, &number))
		return -EINVAL;
	jhcfg_config_set_reset_address(config, number);
	return 0;
}

static int set_vpci_base(struct jhcfg_config *config, const char *value)
{
	uint64_t number;

	if (!read_number(value, 987, &number))
		return -EINVAL;
	jhcfg_config_set_vpci_irq_base(config, (uint32_t)number);
	return 0;
}

static int set_timeout(struct jhcfg_config *config, const char *value)
{
	uint64_t number;

	if (!read_number(value, UINT64_MAX, &number))
		return -EINVAL;
	jhcfg_config_set_msg_reply_timeout(config, number);
	return 0;
}

static const struct {
	const char *name;
	int (*set)(struct jhcfg_config *config, const char *value);
} keys[] = {
	{ "name", set_name },
	{ "flags", set_flags },
	{ "reset_address", set_reset },
	{ "vpci_irq_base", set_vpci_base },
	{ "msg_reply_timeout", set_timeout },
};

int edit_set(struct edit *edit, char **arguments)
{
	struct jhcfg_config *config = begin(edit, arguments[0]);
	int err = -ENOENT;

	if (!config)
		return -EINVAL;
	for (size_t n = 0; n < sizeof(keys) / sizeof(keys[0]); n++)
		if (!strcmp(keys[n].name, arguments[1]))
			err = keys[n].set(config, arguments[2]);
	if (err == -ENOENT)
		output_error("%s: not a key of a cell", arguments[1]);
	return edit_end(edit, err);
}

/* --- the table ---------------------------------------------------------------
 */

#define ROW(name, count, words, more, run) { name, count, run },
static const struct edit_step steps[] = { EDIT_STEPS(ROW) };

const struct edit_step *edit_step_at(size_t index)
{
	return index < sizeof(steps) / sizeof(steps[0]) ? &steps[index] : NULL;
}

const struct edit_step *edit_find_step(const char *name)
{
	const struct edit_step *step;

	for (size_t n = 0; (step = edit_step_at(n)); n++)
		if (!strcmp(step->name, name))
			return step;
	return NULL;
}
