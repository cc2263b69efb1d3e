// SPDX-License-Identifier: LGPL-2.1-or-later
/* Deep copies of configurations, and whether two say the same. */
#include <jhcfg/edit.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "model/members.h"

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

static int copy_set(struct jhcfg_cpu_set *to, const struct jhcfg_cpu_set *from)
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
	to->rcpus = (struct jhcfg_cpu_set){ 0 };
	to->fpga_regions = (struct jhcfg_cpu_set){ 0 };
	memset(to->lists, 0, sizeof(to->lists));

	err = copy_attrs(&to->attrs, &from->attrs);
	if (!err)
		err = copy_set(&to->cpus, &from->cpus);
	if (!err)
		err = copy_set(&to->rcpus, &from->rcpus);
	if (!err)
		err = copy_set(&to->fpga_regions, &from->fpga_regions);
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

static bool equal_sets(const struct jhcfg_cpu_set *a,
		       const struct jhcfg_cpu_set *b)
{
	return a->size == b->size &&
	       (!a->size || !memcmp(a->bytes, b->bytes, a->size));
}

static bool equal_cell_notes(const struct jhcfg_cell *a,
			     const struct jhcfg_cell *b)
{
	if (!equal_attrs(&a->attrs, &b->attrs))
		return false;
	for (size_t n = 0; n < JHCFG_NUM_LISTS; n++)
		for (size_t i = 0; i < a->lists[n].count; i++)
			if (!equal_attrs(&a->lists[n].items[i].attrs,
					 &b->lists[n].items[i].attrs))
				return false;
	return true;
}

bool jhcfg_config_equal(const struct jhcfg_config *a,
			const struct jhcfg_config *b)
{
	/* lists of the same length, once their contents are equal */
	return a->has_system == b->has_system &&
	       a->architecture == b->architecture &&
	       !jhcfg_config_compare(a, b, NULL, NULL) &&
	       a->cell.pio_bitmap_size == b->cell.pio_bitmap_size &&
	       equal_sets(&a->cell.cpus, &b->cell.cpus) &&
	       equal_sets(&a->cell.rcpus, &b->cell.rcpus) &&
	       equal_sets(&a->cell.fpga_regions, &b->cell.fpga_regions) &&
	       equal_attrs(&a->system.attrs, &b->system.attrs) &&
	       equal_cell_notes(&a->cell, &b->cell);
}
