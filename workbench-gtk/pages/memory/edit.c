// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/edit.h"

#include <errno.h>
#include <inttypes.h>
#include <jailhouse/cell-config.h>

#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/text.h"
#include "pages/memory/map.h"

#define PAGE 4096ULL

typedef struct {
	const JhwRef *ref;
	struct jhcfg_memory memory; /* what it becomes */
	struct jhcfg_memory second; /* size 0: there is none */
	gboolean merge;		    /* the partner goes */
	size_t partner;
} Change;

/* --- regions ------------------------------------------------------------------ */

static const struct jhcfg_memory *find(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_cell *cell =
		ref->kind == JHW_REF_REGION ? jhw_cell(workspace, ref->cell) : NULL;

	return cell ? jhcfg_cell_memory(cell, ref->id) : NULL;
}

/* What links add comes behind what the file says. */
static size_t num_own(const struct jhcfg_workspace *workspace, uint32_t key)
{
	size_t count = jhcfg_cell_num_memory(jhw_cell(workspace, key));
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++)
		for (unsigned int id = 0; id < link->num_peers; id++)
			if (link->peers[id] == key)
				count -= MIN(count, 2 + (size_t)link->num_peers);
	return count;
}

gboolean jhw_region_is_editable(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return find(workspace, ref) && ref->id < num_own(workspace, ref->cell);
}

static gboolean fail(GError **error, const char *format, ...) G_GNUC_PRINTF(2, 3);
static gboolean fail(GError **error, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	g_set_error_literal(error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "");
	if (error) {
		g_free((*error)->message);
		(*error)->message = g_strdup_vprintf(format, arguments);
	}
	va_end(arguments);
	return FALSE;
}

/* --- the step ----------------------------------------------------------------- */

static int run(struct jhcfg_workspace *workspace, gpointer data,
	       G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	const Change *change = data;
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, change->ref->cell);
	int err;

	if (!config)
		return -ENOMEM;
	err = jhcfg_config_replace_memory(config, change->ref->id, &change->memory);
	if (!err && change->second.size)
		err = jhcfg_config_insert_memory(config, change->ref->id + 1, &change->second);
	if (!err && change->merge)
		err = jhcfg_config_remove_memory(config, change->partner);
	return err;
}

static gboolean commit(JhwDocument *document, const char *verb, Change *change, GError **error)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autofree char *region = jhw_region_name(workspace, change->ref->cell, change->ref->id);
	g_autofree char *cell = jhw_cell_title(workspace, change->ref->cell);
	g_autofree char *name = g_strdup_printf("%s %s of %s", verb, region, cell);

	return jhw_document_edit(document, name, run, change, error);
}

static const struct jhcfg_memory *editable(JhwDocument *document, const JhwRef *ref, GError **error)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);

	if (jhw_region_is_editable(workspace, ref))
		return find(workspace, ref);
	fail(error, _("This memory belongs to a link: change the link on the Links page"));
	return NULL;
}

static gboolean check(const struct jhcfg_memory *memory, GError **error)
{
	uint64_t mask = memory->size < PAGE ? 3 : PAGE - 1;

	if (!memory->size)
		return fail(error, _("A region needs at least one page: 4 KiB"));
	if ((memory->phys_start | memory->virt_start | memory->size) & mask)
		return fail(error, _("Addresses and sizes of regions are multiples of %s"),
			    mask == 3 ? _("4 bytes") : "4 KiB");
	if (memory->phys_start + memory->size - 1 < memory->phys_start ||
	    memory->virt_start + memory->size - 1 < memory->virt_start)
		return fail(error, _("The region would end beyond the last address"));
	return TRUE;
}

/* --- moving and growing ------------------------------------------------------- */

/* Begins by @by bytes later, modulo 2^64. */
static void shift(struct jhcfg_memory *memory, uint32_t cell, JhwAddressSpace space, uint64_t by)
{
	gboolean same = memory->phys_start == memory->virt_start;

	if (space == JHW_ADDRESS_PHYSICAL || cell == JHCFG_ROOT_KEY)
		memory->phys_start += by;
	if (space == JHW_ADDRESS_GUEST || same)
		memory->virt_start += by;
}

static uint64_t start_in(const struct jhcfg_memory *memory, JhwAddressSpace space)
{
	return space == JHW_ADDRESS_PHYSICAL ? memory->phys_start : memory->virt_start;
}

gboolean jhw_region_place(JhwDocument *document, const JhwRef *ref, JhwAddressSpace space,
			  uint64_t start, uint64_t size, GError **error)
{
	const struct jhcfg_memory *memory = editable(document, ref, error);
	Change change = { .ref = ref };
	gboolean moved;

	if (!memory)
		return FALSE;
	change.memory = *memory;
	moved = start != start_in(memory, space);
	shift(&change.memory, ref->cell, space, start - start_in(memory, space));
	change.memory.size = size;
	return check(&change.memory, error) &&
	       commit(document, moved ? _("Move") : _("Resize"), &change, error);
}

gboolean jhw_region_cut_start(JhwDocument *document, const JhwRef *ref, JhwAddressSpace space,
			      uint64_t start, GError **error)
{
	const struct jhcfg_memory *memory = editable(document, ref, error);
	Change change = { .ref = ref };
	uint64_t by;

	if (!memory)
		return FALSE;
	by = start - start_in(memory, space);
	if (start - start_in(memory, space) >= memory->size && start > start_in(memory, space))
		return fail(error, _("The region would end before it begins"));
	change.memory = *memory;
	change.memory.phys_start += by;
	change.memory.virt_start += by;
	change.memory.size -= by;
	return check(&change.memory, error) && commit(document, _("Resize"), &change, error);
}

/* --- splitting and merging ---------------------------------------------------- */

gboolean jhw_region_split(JhwDocument *document, const JhwRef *ref, uint64_t offset, GError **error)
{
	const struct jhcfg_memory *memory = editable(document, ref, error);
	Change change = { .ref = ref };

	if (!memory)
		return FALSE;
	if (!offset || offset >= memory->size)
		return fail(error, _("A region is split inside: at 4 KiB to 0x%" PRIx64),
			    (uint64_t)(memory->size - PAGE));
	change.memory = change.second = *memory;
	change.memory.size = offset;
	change.second.phys_start += offset;
	change.second.virt_start += offset;
	change.second.size -= offset;
	return check(&change.memory, error) && check(&change.second, error) &&
	       commit(document, _("Split"), &change, error);
}

/* SIZE_MAX: there is none. */
static size_t find_partner(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_memory *memory = find(workspace, ref), *other;

	for (size_t n = 0; memory && n < num_own(workspace, ref->cell); n++) {
		other = jhcfg_cell_memory(jhw_cell(workspace, ref->cell), n);
		if (n != ref->id && other->flags == memory->flags &&
		    other->phys_start == memory->phys_start + memory->size &&
		    other->virt_start == memory->virt_start + memory->size)
			return n;
	}
	return SIZE_MAX;
}

gboolean jhw_region_can_merge(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	return jhw_region_is_editable(workspace, ref) && find_partner(workspace, ref) != SIZE_MAX;
}

gboolean jhw_region_merge(JhwDocument *document, const JhwRef *ref, GError **error)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	const struct jhcfg_memory *memory = editable(document, ref, error);
	Change change = { .ref = ref, .merge = TRUE };

	if (!memory)
		return FALSE;
	change.partner = find_partner(workspace, ref);
	if (change.partner == SIZE_MAX)
		return fail(error, _("No region of the cell goes on where this one ends, with the "
				     "same flags and at the next guest-physical address"));
	change.memory = *memory;
	change.memory.size +=
		jhcfg_cell_memory(jhw_cell(workspace, ref->cell), change.partner)->size;
	return commit(document, _("Merge"), &change, error);
}

static int run_remove(struct jhcfg_workspace *workspace, gpointer data,
		      G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	const JhwRef *ref = data;
	struct jhcfg_config *config = jhcfg_workspace_edit_cell(workspace, ref->cell);

	return config ? jhcfg_config_remove_memory(config, ref->id) : -ENOMEM;
}

gboolean jhw_region_remove(JhwDocument *document, const JhwRef *ref, GError **error)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autofree char *region = jhw_region_name(workspace, ref->cell, ref->id);
	g_autofree char *name = g_strdup_printf(_("Remove %s"), region);
	JhwRef copy = *ref;

	return editable(document, ref, error) &&
	       jhw_document_edit(document, name, run_remove, &copy, error);
}

/* --- images ------------------------------------------------------------------- */

/* Bytes behind the region that nobody but the root, or nobody at all, has. */
static uint64_t room_behind(const struct jhcfg_workspace *workspace,
			    const struct jhcfg_memory *memory)
{
	g_autoptr(JhwMemoryMap) map = jhw_memory_map_new(workspace);
	const JhwMemoryRow *row = map->rows->pdata[0];
	uint64_t next = memory->phys_start + memory->size;
	const JhwSegment *segment;
	uint64_t room = 0;

	while ((segment = jhw_memory_row_at(row, next)) &&
	       (segment->kind == JHW_SEGMENT_FREE ||
		(segment->kind == JHW_SEGMENT_RAM && segment->cell == JHCFG_ROOT_KEY))) {
		room += segment->last - next + 1;
		next = segment->last + 1;
	}
	return room;
}

gboolean jhw_region_fit(JhwDocument *document, const JhwRef *ref, uint64_t bytes, gboolean *grown,
			GError **error)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	const struct jhcfg_memory *memory = editable(document, ref, error);
	uint64_t size = (bytes + PAGE - 1) & ~(PAGE - 1);
	uint64_t room;

	if (!memory)
		return FALSE;
	if (!bytes || size < bytes)
		return fail(error, _("The image is empty"));
	*grown = size > memory->size;
	if (!*grown)
		return TRUE;
	room = room_behind(workspace, memory);
	if (size - memory->size > room) {
		g_autofree char *wanted = jhw_number_human(size);
		g_autofree char *there = jhw_number_human(memory->size + room);

		return fail(error,
			    _("The image takes %s, and there are %s before somebody else's "
			      "memory: move the region to where there is room first"),
			    wanted, there);
	}
	return jhw_region_place(document, ref, JHW_ADDRESS_PHYSICAL, memory->phys_start, size,
				error);
}
