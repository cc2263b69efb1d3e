// SPDX-License-Identifier: LGPL-2.1-or-later
/* Rules that compare the ends of a link: V02, V03, V04, V07. */

#include <errno.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "check/pci.h"
#include "check/regions.h"
#include "check/shmem.h"

#define MAX_IDS 256U

/* Calls @judge for all ends of each link, the first of which is @ends[0]. */
static void for_each_link(struct check *check,
			  void (*judge)(struct check *check,
					const struct shmem_end *ends,
					size_t count))
{
	struct shmem_index index;
	size_t end;

	if (shmem_index_make(check, &index)) {
		check_no_memory(check);
		return;
	}
	for (size_t n = 0; n < index.count; n = end) {
		end = n + 1;
		while (end < index.count &&
		       index.ends[end].device->bdf == index.ends[n].device->bdf)
			end++;
		judge(check, &index.ends[n], end - n);
	}
	shmem_index_clear(&index);
}

static struct found at_end(const struct shmem_end *end,
			   const struct shmem_end *other)
{
	struct found found = at_pci_device(end->cell, end->index);

	found.unfixable |= !shmem_is_own(end->cell, end->index);
	if (other) {
		found.related = other->cell;
		found.related_element = JHCFG_AT_PCI_DEVICE;
		found.related_index = other->index;
	}
	return found;
}

static struct bdf_text end_text(const struct shmem_end *end)
{
	return bdf_text(end->device->domain, end->device->bdf);
}

/* The end that a finding is at, and the one it is related to. */
static struct shmem_end own_end(const struct fix *fix)
{
	const size_t index = fix->finding->at.index;

	return (struct shmem_end){
		.cell = fix->cell,
		.index = index,
		.device = jhcfg_cell_pci_device(fix->cell->cell, index),
	};
}

static struct shmem_end related_end(const struct fix *fix)
{
	const size_t index = fix->finding->related.index;

	return (struct shmem_end){
		.cell = fix->related,
		.index = index,
		.device = jhcfg_cell_pci_device(fix->related->cell, index),
	};
}

/* --- V02 ------------------------------------------------------------------
 */

static void judge_ids(struct check *check, const struct shmem_end *ends,
		      size_t count)
{
	const struct shmem_end *owner[MAX_IDS] = { NULL };

	for (size_t n = 0; n < count; n++) {
		const uint8_t id = ends[n].device->shmem_dev_id;
		const struct shmem_end *other = owner[id];
		struct found found = at_end(&ends[n], other);

		if (other) {
			check_report(check, &found,
				     "cell \"%s\" and cell \"%s\" both have id "
				     "%u on link %s",
				     ends[n].cell->name, other->cell->name, id,
				     end_text(&ends[n]).text);
			continue;
		}
		owner[id] = &ends[n];
		if (id < ends[n].device->shmem_peers)
			continue;
		found.other_severity = true;
		found.severity = JHCFG_WARNING;
		check_report(check, &found,
			     "cell \"%s\" has id %u on link %s of %u peers: it "
			     "has no output section",
			     ends[n].cell->name, id, end_text(&ends[n]).text,
			     ends[n].device->shmem_peers);
	}
}

void virtual_check_ids(struct check *check, const struct check_cell *root)
{
	(void)root;
	for_each_link(check, judge_ids);
}

/* The lowest id that no other end has. */
static unsigned int free_id(const struct shmem_index *index,
			    const struct shmem_end *own)
{
	bool used[MAX_IDS] = { false };
	unsigned int id = 0;

	for (size_t n = 0; n < index->count; n++)
		if (index->ends[n].device->bdf == own->device->bdf &&
		    (index->ends[n].cell != own->cell ||
		     index->ends[n].index != own->index))
			used[index->ends[n].device->shmem_dev_id] = true;
	while (id < MAX_IDS - 1 && used[id])
		id++;
	return id;
}

/* The right to write goes to the output section of the new id. */
static int set_id(const struct fix *fix, const struct shmem_end *end,
		  unsigned int id)
{
	struct jhcfg_config *config = fix_edit(fix);
	struct jhcfg_pci_device device = *end->device;
	const struct jhcfg_memory *old;
	struct jhcfg_memory memory;
	size_t at;
	int err;

	if (!config)
		return -ENOMEM;
	device.shmem_dev_id = (uint8_t)id;
	err = jhcfg_config_replace_pci_device(config, end->index, &device);
	for (size_t n = SHMEM_FIRST_OUTPUT;
	     !err && n < shmem_num_regions(&device); n++) {
		at = device.shmem_regions_start + n;
		old = jhcfg_cell_memory(jhcfg_config_cell(config), at);
		if (!old || !old->size)
			continue;
		memory = *old;
		memory.flags &= ~(uint64_t)JAILHOUSE_MEM_WRITE;
		memory.flags |= shmem_rights(n, device.shmem_dev_id);
		err = jhcfg_config_replace_memory(config, at, &memory);
	}
	return err;
}

int virtual_fix_ids(struct fix *fix)
{
	const struct shmem_end own = own_end(fix);
	struct shmem_index index;
	unsigned int id;
	int err = shmem_index_make(fix->check, &index);

	if (err)
		return err;
	id = free_id(&index, &own);
	shmem_index_clear(&index);
	if (id >= own.device->shmem_peers)
		return fix_refuse(fix,
				  "raise the number of peers in all cells "
				  "of the link",
				  "all %u ids of link %s are taken",
				  own.device->shmem_peers, end_text(&own).text);
	return set_id(fix, &own, id);
}

/* --- V03 ------------------------------------------------------------------
 */

#define VIRTIO_ROLE                                                            \
	(JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT ^ JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK)

/* Virtio has a front end and a back end, the others are alike. */
static uint16_t protocol_for(uint16_t other)
{
	return other >= JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT
		       ? (uint16_t)(other ^ VIRTIO_ROLE)
		       : other;
}

static void judge_protocol(struct check *check, const struct shmem_end *ends,
			   size_t count)
{
	for (size_t n = 1; n < count; n++) {
		const struct jhcfg_pci_device *a = ends[0].device;
		const struct jhcfg_pci_device *b = ends[n].device;
		struct found found = at_end(&ends[n], &ends[0]);

		if (a->shmem_peers != b->shmem_peers) {
			found.unfixable |= !shmem_fits(ends[0].cell, a) ||
					   !shmem_fits(ends[n].cell, b);
			check_report(check, &found,
				     "link %s has %u peers in cell \"%s\", but "
				     "%u in cell \"%s\"",
				     end_text(&ends[n]).text, b->shmem_peers,
				     ends[n].cell->name, a->shmem_peers,
				     ends[0].cell->name);
		} else if (b->shmem_protocol !=
			   protocol_for(a->shmem_protocol)) {
			check_report(check, &found,
				     "link %s has protocol 0x%04x in cell "
				     "\"%s\", but 0x%04x in cell \"%s\"%s",
				     end_text(&ends[n]).text, b->shmem_protocol,
				     ends[n].cell->name, a->shmem_protocol,
				     ends[0].cell->name,
				     protocol_for(a->shmem_protocol) !=
						     a->shmem_protocol
					     ? ": it takes a front end and a "
					       "back end"
					     : "");
		}
	}
}

void virtual_check_protocol(struct check *check, const struct check_cell *root)
{
	(void)root;
	for_each_link(check, judge_protocol);
}

/* As in the first end; the guest address stays. */
static int sync_memory(struct jhcfg_config *config, const struct shmem_end *own,
		       const struct shmem_end *model)
{
	const struct jhcfg_memory *first =
		shmem_region(own->cell, own->device, SHMEM_STATE);

	return shmem_sync(config, own->index, model, first->virt_start);
}

int virtual_fix_protocol(struct fix *fix)
{
	const struct shmem_end own = own_end(fix), other = related_end(fix);
	struct jhcfg_config *config = fix_edit(fix);
	struct jhcfg_pci_device device = *own.device;
	int err;

	if (!config)
		return -ENOMEM;
	device.shmem_protocol = protocol_for(other.device->shmem_protocol);
	err = jhcfg_config_replace_pci_device(config, own.index, &device);
	if (!err && device.shmem_peers != other.device->shmem_peers)
		err = sync_memory(config, &own, &other);
	return err;
}

/* --- V04 ------------------------------------------------------------------
 */

static const char *difference(const struct jhcfg_memory *a,
			      const struct jhcfg_memory *b)
{
	if (a->size != b->size)
		return "size";
	return a->size && a->phys_start != b->phys_start ? "address" : NULL;
}

static void compare_memory(struct check *check, const struct shmem_end *first,
			   const struct shmem_end *end)
{
	const struct found found = at_end(end, first);

	for (size_t n = 0; n < shmem_num_regions(end->device); n++) {
		const char *what =
			difference(shmem_region(first->cell, first->device, n),
				   shmem_region(end->cell, end->device, n));

		if (!what)
			continue;
		check_report(check, &found,
			     "link %s: %s has another %s than %s",
			     end_text(end).text,
			     region_text(end->cell,
					 end->device->shmem_regions_start + n)
				     .text,
			     what,
			     region_text(first->cell,
					 first->device->shmem_regions_start + n)
				     .text);
		return;
	}
}

/* Without regions it is for V01, with another number for V03. */
static void judge_memory(struct check *check, const struct shmem_end *ends,
			 size_t count)
{
	for (size_t n = 1; n < count; n++)
		if (ends[n].device->shmem_peers ==
			    ends[0].device->shmem_peers &&
		    shmem_fits(ends[0].cell, ends[0].device) &&
		    shmem_fits(ends[n].cell, ends[n].device))
			compare_memory(check, &ends[0], &ends[n]);
}

void virtual_check_memory(struct check *check, const struct check_cell *root)
{
	(void)root;
	for_each_link(check, judge_memory);
}

int virtual_fix_memory(struct fix *fix)
{
	const struct shmem_end own = own_end(fix), other = related_end(fix);
	struct jhcfg_config *config = fix_edit(fix);

	return config ? sync_memory(config, &own, &other) : -ENOMEM;
}

/* --- V07 ------------------------------------------------------------------
 */

static void judge_end(struct check *check, const struct shmem_end *root,
		      const struct shmem_end *end)
{
	const struct found found = at_end(end, root);

	for (size_t n = 0; n < shmem_num_regions(end->device); n++) {
		const struct jhcfg_memory *memory =
			shmem_region(end->cell, end->device, n);

		if (!memory || !memory->size ||
		    memory->flags & JAILHOUSE_MEM_ROOTSHARED)
			continue;
		check_report(check, &found,
			     "link %s: %s is not ROOTSHARED, so that cell "
			     "\"%s\", a peer, loses it",
			     end_text(end).text,
			     region_text(end->cell,
					 end->device->shmem_regions_start + n)
				     .text,
			     root->cell->name);
		return;
	}
}

static void judge_rootshared(struct check *check, const struct shmem_end *ends,
			     size_t count)
{
	/* The root has the lowest key. */
	for (size_t n = 1; n < count && ends[0].cell->is_root; n++)
		if (!ends[n].cell->is_root)
			judge_end(check, &ends[0], &ends[n]);
}

void virtual_check_rootshared(struct check *check,
			      const struct check_cell *root)
{
	(void)root;
	for_each_link(check, judge_rootshared);
}

int virtual_fix_rootshared(struct fix *fix)
{
	const struct shmem_end own = own_end(fix);
	struct jhcfg_config *config = fix_edit(fix);
	const struct jhcfg_memory *old;
	struct jhcfg_memory memory;
	int err = config ? 0 : -ENOMEM;

	for (size_t n = 0; !err && n < shmem_num_regions(own.device); n++) {
		old = shmem_region(own.cell, own.device, n);
		if (!old || !old->size)
			continue;
		memory = *old;
		memory.flags |= JAILHOUSE_MEM_ROOTSHARED;
		err = jhcfg_config_replace_memory(
			config, own.device->shmem_regions_start + n, &memory);
	}
	return err;
}
