// SPDX-License-Identifier: LGPL-2.1-or-later
/* Memory regions, each with a comment that says what it is. */
#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "emit/c_emitter.h"

#define NUM_NET_REGIONS 4

static const struct jhcfg_list *regions(const struct c_emitter *emitter)
{
	return &emitter->config->cell.lists[JHCFG_LIST_MEMORY];
}

static bool is_colored(const struct c_emitter *emitter,
		       const struct jhcfg_memory *memory)
{
	return c_style_has(emitter->style, C_COLORED_ARRAY) &&
	       memory->flags & JHCFG_MEM_COLORED;
}

size_t c_count_memory(const struct c_emitter *emitter, bool colored)
{
	const struct jhcfg_list *list = regions(emitter);
	size_t count = 0;

	for (size_t n = 0; n < list->count; n++)
		count += is_colored(emitter, &list->items[n].value.memory) ==
			 colored;
	return count;
}

/* The device whose link the region is part of, or NULL. */
static const struct jhcfg_pci_device *link_of(const struct c_emitter *emitter,
					      size_t index)
{
	uint32_t user = emitter->region_users[index];
	const struct jhcfg_list *devices =
		&emitter->config->cell.lists[JHCFG_LIST_PCI_DEVICES];

	return user ? &devices->items[user - 1].value.pci_device : NULL;
}

static void describe_link(const struct jhcfg_pci_device *link, size_t index,
			  char *text, size_t size)
{
	size_t part = index - link->shmem_regions_start;
	char bdf[C_BDF_SIZE];

	c_format_bdf(link->bdf, bdf);
	if (!link->shmem_peers)
		snprintf(text, size, "link %s", bdf);
	else if (part == 0)
		snprintf(text, size, "link %s: state table", bdf);
	else if (part == 1)
		snprintf(text, size, "link %s: read/write section", bdf);
	else
		snprintf(text, size, "link %s: output of peer %zu%s", bdf,
			 part - 2,
			 part - 2 == link->shmem_dev_id ? ", this one" : "");
}

/* The first row all of whose flags the region has. */
static const struct {
	uint64_t flags;
	const char *text;
} kinds[] = {
	{ JAILHOUSE_MEM_COMM_REGION, "communication region" },
	{ JAILHOUSE_MEM_IO, "device" },
	{ JAILHOUSE_MEM_LOADABLE, "RAM, loadable" },
	{ JAILHOUSE_MEM_ROOTSHARED, "RAM, shared with the root cell" },
	{ JAILHOUSE_MEM_EXECUTE, "RAM" },
};

static bool describe_kind(const struct jhcfg_memory *memory, char *text,
			  size_t size)
{
	for (size_t n = 0; n < sizeof(kinds) / sizeof(kinds[0]); n++) {
		if ((memory->flags & kinds[n].flags) != kinds[n].flags)
			continue;
		snprintf(text, size, "%s", kinds[n].text);
		return true;
	}
	return false;
}

static void comment_region(struct c_emitter *emitter, size_t index)
{
	const struct jhcfg_memory *memory =
		&regions(emitter)->items[index].value.memory;
	const struct jhcfg_pci_device *link = link_of(emitter, index);
	char text[1024];

	if (c_item_note(emitter, JHCFG_LIST_MEMORY, index, text, sizeof(text)))
		c_comment(&emitter->out, text);
	else if (link) {
		describe_link(link, index, text, sizeof(text));
		c_comment(&emitter->out, text);
	} else if (describe_kind(memory, text, sizeof(text))) {
		c_comment(&emitter->out, text);
	}
}

/* Addresses and size even if they are 0: that is a place, too. */
static void emit_members(struct c_emitter *emitter,
			 const struct jhcfg_memory *memory)
{
	const struct jhcfg_type *type =
		jhcfg_list_infos[JHCFG_LIST_MEMORY].type;
	bool has_phys = !(memory->flags & JAILHOUSE_MEM_COMM_REGION);

	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];
		const uint8_t *value = (const uint8_t *)memory + member->offset;
		bool is_place = value == (const void *)&memory->virt_start ||
				(value == (const void *)&memory->phys_start &&
				 has_phys);

		if (is_place || !jhcfg_is_zero(value, member->size))
			c_emit_member(emitter, member, member->name, value);
	}
}

static void emit_colored(struct c_emitter *emitter,
			 const struct jhcfg_memory *memory)
{
	const struct jhcfg_type *type =
		jhcfg_list_infos[JHCFG_LIST_MEMORY].type;
	struct jhcfg_memory plain = *memory;

	plain.flags &= ~(uint64_t)JHCFG_MEM_COLORED;
	plain.colors = plain.rebase_offset = 0;
	c_open(&emitter->out, "memory");
	emit_members(emitter, &plain);
	c_close(&emitter->out);
	plain = (struct jhcfg_memory){
		.colors = memory->colors,
		.rebase_offset = memory->rebase_offset,
	};
	c_emit_members(emitter, type, &plain, NULL);
}

/* What JAILHOUSE_SHMEM_NET_REGIONS() expands to. */
static void make_net_regions(uint64_t start, unsigned int id,
			     struct jhcfg_memory net[NUM_NET_REGIONS])
{
	static const uint64_t offsets[] = { 0, 0, 0x1000, 0x80000 };
	static const uint64_t sizes[] = { 0x1000, 0, 0x7f000, 0x7f000 };

	memset(net, 0, NUM_NET_REGIONS * sizeof(*net));
	for (unsigned int n = 0; n < NUM_NET_REGIONS; n++) {
		if (!sizes[n])
			continue;
		net[n].phys_start = net[n].virt_start = start + offsets[n];
		net[n].size = sizes[n];
		net[n].flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED;
		if (n == id + 2)
			net[n].flags |= JAILHOUSE_MEM_WRITE;
	}
}

/* The peer whose macro these regions are, or -1. */
static int find_net_peer(const struct c_emitter *emitter, size_t index)
{
	const struct jhcfg_list *list = regions(emitter);
	struct jhcfg_memory net[NUM_NET_REGIONS];
	unsigned int n;

	if (c_style_has(emitter->style, C_OLD_IVSHMEM) ||
	    list->count - index < NUM_NET_REGIONS)
		return -1;
	for (unsigned int id = 0; id < 2; id++) {
		make_net_regions(list->items[index].value.memory.phys_start, id,
				 net);
		for (n = 0; n < NUM_NET_REGIONS; n++) {
			if (memcmp(&net[n],
				   &list->items[index + n].value.memory,
				   sizeof(net[n])) != 0)
				break;
		}
		if (n == NUM_NET_REGIONS)
			return (int)id;
	}
	return -1;
}

static void emit_net(struct c_emitter *emitter, size_t index, int peer)
{
	const struct jhcfg_memory *first =
		&regions(emitter)->items[index].value.memory;
	const struct jhcfg_pci_device *link = link_of(emitter, index);
	char text[1024], bdf[C_BDF_SIZE];

	if (c_item_note(emitter, JHCFG_LIST_MEMORY, index, text,
			sizeof(text))) {
		c_comment(&emitter->out, text);
	} else if (link) {
		c_format_bdf(link->bdf, bdf);
		snprintf(text, sizeof(text), "link %s", bdf);
		c_comment(&emitter->out, text);
	}
	c_line(&emitter->out, "JAILHOUSE_SHMEM_NET_REGIONS(0x%" PRIx64 ", %d),",
	       first->phys_start, peer);
}

static void emit_region(struct c_emitter *emitter, size_t index)
{
	const struct jhcfg_memory *memory =
		&regions(emitter)->items[index].value.memory;

	comment_region(emitter, index);
	if (jhcfg_is_zero(memory, sizeof(*memory))) {
		c_line(&emitter->out, "{ 0 },");
		return;
	}
	c_open(&emitter->out, NULL);
	if (is_colored(emitter, memory))
		emit_colored(emitter, memory);
	else
		emit_members(emitter, memory);
	c_close(&emitter->out);
}

void c_emit_memory(struct c_emitter *emitter, bool colored)
{
	const struct jhcfg_list *list = regions(emitter);

	for (size_t n = 0; n < list->count; n++) {
		int peer;

		if (is_colored(emitter, &list->items[n].value.memory) !=
		    colored)
			continue;
		peer = find_net_peer(emitter, n);
		if (peer < 0) {
			emit_region(emitter, n);
		} else {
			emit_net(emitter, n, peer);
			n += NUM_NET_REGIONS - 1;
		}
	}
}
