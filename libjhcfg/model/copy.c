// SPDX-License-Identifier: LGPL-2.1-or-later
/* Deep copies of configurations, and whether two say the same. */
#include <jhcfg/edit.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/private.h"

static int copy_attrs(struct jhcfg_attrs *to, const struct jhcfg_attrs *from)
{
	*to = (struct jhcfg_attrs){ 0 };
	for (size_t n = 0; n < from->count; n++)
		if (jhcfg_attrs_add(to, from->items[n].key,
				    from->items[n].json))
			return -ENOMEM;
	return 0;
}

static int copy_list(struct jhcfg_list *to, const struct jhcfg_list *from)
{
	*to = (struct jhcfg_list){ 0 };
	for (size_t n = 0; n < from->count; n++) {
		struct jhcfg_item *item = jhcfg_list_append(to);

		if (!item)
			return -ENOMEM;
		item->value = from->items[n].value;
		if (copy_attrs(&item->attrs, &from->items[n].attrs))
			return -ENOMEM;
	}
	return 0;
}

static int copy_cpus(struct jhcfg_cpu_set *to, const struct jhcfg_cpu_set *from)
{
	*to = (struct jhcfg_cpu_set){ 0 };
	if (!from->size)
		return 0;
	to->bytes = malloc(from->size);
	if (!to->bytes)
		return -ENOMEM;
	memcpy(to->bytes, from->bytes, from->size);
	to->size = from->size;
	return 0;
}

/* All members that own memory are replaced before any step can fail, so that
 * a half-made copy can be freed. */
static int copy_cell(struct jhcfg_cell *to, const struct jhcfg_cell *from)
{
	int err;

	*to = *from;
	to->attrs = (struct jhcfg_attrs){ 0 };
	to->cpus = (struct jhcfg_cpu_set){ 0 };
	memset(to->lists, 0, sizeof(to->lists));

	err = copy_attrs(&to->attrs, &from->attrs);
	if (!err)
		err = copy_cpus(&to->cpus, &from->cpus);
	for (size_t n = 0; !err && n < JHCFG_NUM_LISTS; n++)
		err = copy_list(&to->lists[n], &from->lists[n]);
	return err;
}

struct jhcfg_config *jhcfg_config_copy(const struct jhcfg_config *config)
{
	struct jhcfg_config *copy =
		jhcfg_config_new(config->has_system, config->architecture);
	int err;

	if (!copy)
		return NULL;
	copy->system = config->system;
	copy->system.attrs = (struct jhcfg_attrs){ 0 };
	err = copy_attrs(&copy->system.attrs, &config->system.attrs);
	if (!err)
		err = copy_cell(&copy->cell, &config->cell);
	if (err) {
		jhcfg_config_free(copy);
		return NULL;
	}
	return copy;
}

/* --- equality --------------------------------------------------------------
 */

static bool equal_attrs(const struct jhcfg_attrs *a,
			const struct jhcfg_attrs *b)
{
	if (a->count != b->count)
		return false;
	for (size_t n = 0; n < a->count; n++)
		if (strcmp(a->items[n].key, b->items[n].key) ||
		    strcmp(a->items[n].json, b->items[n].json))
			return false;
	return true;
}

static bool equal_memory(const struct jhcfg_memory *a,
			 const struct jhcfg_memory *b)
{
	return a->phys_start == b->phys_start &&
	       a->virt_start == b->virt_start && a->size == b->size &&
	       a->flags == b->flags;
}

static bool equal_console(const struct jhcfg_console *a,
			  const struct jhcfg_console *b)
{
	return a->address == b->address && a->size == b->size &&
	       a->type == b->type && a->flags == b->flags &&
	       a->divider == b->divider && a->gate_nr == b->gate_nr &&
	       a->clock_reg == b->clock_reg;
}

/* Items are zeroed when they are made and assigned member by member or as a
 * whole, so that their padding is 0 in both. */
static bool equal_list(const struct jhcfg_list *a, const struct jhcfg_list *b)
{
	if (a->count != b->count)
		return false;
	for (size_t n = 0; n < a->count; n++)
		if (memcmp(&a->items[n].value, &b->items[n].value,
			   sizeof(a->items[n].value)) ||
		    !equal_attrs(&a->items[n].attrs, &b->items[n].attrs))
			return false;
	return true;
}

static bool equal_cell(const struct jhcfg_cell *a, const struct jhcfg_cell *b)
{
	if (strcmp(a->name, b->name) || a->flags != b->flags ||
	    a->vpci_irq_base != b->vpci_irq_base ||
	    a->reset_address != b->reset_address ||
	    a->msg_reply_timeout != b->msg_reply_timeout ||
	    !equal_console(&a->console, &b->console) ||
	    !equal_attrs(&a->attrs, &b->attrs))
		return false;
	if (a->cpus.size != b->cpus.size ||
	    (a->cpus.size &&
	     memcmp(a->cpus.bytes, b->cpus.bytes, a->cpus.size)))
		return false;
	for (size_t n = 0; n < JHCFG_NUM_LISTS; n++)
		if (!equal_list(&a->lists[n], &b->lists[n]))
			return false;
	return true;
}

static bool equal_system(const struct jhcfg_system *a,
			 const struct jhcfg_system *b)
{
	return a->flags == b->flags &&
	       equal_memory(&a->hypervisor_memory, &b->hypervisor_memory) &&
	       equal_console(&a->debug_console, &b->debug_console) &&
	       !memcmp(&a->platform, &b->platform, sizeof(a->platform)) &&
	       equal_attrs(&a->attrs, &b->attrs);
}

bool jhcfg_config_equal(const struct jhcfg_config *a,
			const struct jhcfg_config *b)
{
	return a->has_system == b->has_system &&
	       a->architecture == b->architecture &&
	       (!a->has_system || equal_system(&a->system, &b->system)) &&
	       equal_cell(&a->cell, &b->cell);
}
