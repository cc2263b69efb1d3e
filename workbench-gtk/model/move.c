// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/move.h"

#include <errno.h>
#include <inttypes.h>

#include <jailhouse/cell-config.h>

#include "model/error.h"
#include "model/irq.h"
#include "model/link.h"
#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/text.h"

struct move {
	const JhwRefList *refs;
	uint32_t cell;
	GPtrArray *lines; /* NULL: nobody wants to know */
};

/* --- one thing --------------------------------------------------------------- */

static void free_line(gpointer data)
{
	JhwMoveLine *line = data;

	g_free(line->what);
	g_free(line->reason);
	g_free(line);
}

static gboolean is_memory(const struct jhcfg_plan_op *op)
{
	return op->kind == JHCFG_PLAN_ADD_MEMORY || op->kind == JHCFG_PLAN_REMOVE_MEMORY;
}

/* Memory by its addresses: names and sources are for the inspector. */
static char *what_of(const struct jhcfg_plan_op *op)
{
	g_autofree char *size = NULL;

	if (!is_memory(op))
		return g_strdup(op->what);
	size = jhw_number_size_text(op->memory.size);
	return g_strdup_printf("%s 0x%" PRIx64 " + %s",
			       op->memory.flags & JAILHOUSE_MEM_IO ? _("registers") : _("memory"),
			       op->memory.phys_start, size);
}

/* Remarks with the same reason are one line. */
static gboolean join(JhwMoveLine *line, const JhwMoveLine *other)
{
	char *both;

	if (line->kind != other->kind || line->kind != JHCFG_PLAN_NOTE ||
	    !g_str_equal(line->reason, other->reason))
		return FALSE;
	both = g_strdup_printf("%s, %s", line->what, other->what);
	g_free(line->what);
	line->what = both;
	return TRUE;
}

static void note(GPtrArray *lines, const struct jhcfg_plan_op *op)
{
	JhwMoveLine *line = g_new0(JhwMoveLine, 1);

	line->kind = op->kind;
	line->cell = op->cell;
	line->what = what_of(op);
	line->reason = g_strdup(is_memory(op) ? op->what : op->reason);
	for (guint n = 0; n < lines->len; n++)
		if (join(lines->pdata[n], line)) {
			free_line(line);
			return;
		}
	g_ptr_array_add(lines, line);
}

static int plan_one(const struct jhcfg_workspace *workspace, const JhwRef *ref, uint32_t cell,
		    struct jhcfg_diags *diags, struct jhcfg_plan **plan)
{
	switch (ref->kind) {
	case JHW_REF_CPU:
		return jhcfg_plan_move_cpu(workspace, cell, (unsigned int)ref->id, diags, plan);
	case JHW_REF_DEVICE:
		return jhcfg_plan_assign_device(workspace, cell, ref->id, diags, plan);
	case JHW_REF_PCI:
		return jhcfg_plan_assign_pci(workspace, cell, (uint16_t)(ref->id >> 16),
					     (uint16_t)ref->id, diags, plan);
	default:
		return -ENOTSUP;
	}
}

/* A region as it is; the root needs none, since it has all of the memory that
 * no other cell has. */
static int move_region(struct jhcfg_workspace *workspace, const JhwRef *ref, uint32_t cell,
		       struct jhcfg_diags *diags)
{
	const struct jhcfg_cell *from = jhw_cell(workspace, ref->cell);
	const struct jhcfg_memory *memory = from ? jhcfg_cell_memory(from, ref->id) : NULL;
	struct jhcfg_memory copy;
	char name[64];
	int err;

	if (!memory)
		return -ENOENT;
	if (ref->cell == cell)
		return 0;
	if (ref->cell == JHCFG_ROOT_KEY) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", _("memory of the root cell"), "",
				_("use \"Add memory...\" in the menu of the cell"),
				_("it is not moved as a whole"));
		return -EPERM;
	}
	copy = *memory;
	if (!jhcfg_config_memory_note(jhcfg_workspace_cell(workspace, ref->cell), ref->id, "name",
				      name, sizeof(name)))
		*name = '\0';
	err = jhcfg_config_remove_memory(jhcfg_workspace_edit_cell(workspace, ref->cell), ref->id);
	if (err || cell == JHCFG_ROOT_KEY)
		return err;
	err = jhcfg_config_insert_memory(jhcfg_workspace_edit_cell(workspace, cell), SIZE_MAX,
					 &copy);
	if (!err && *name)
		err = jhcfg_config_set_memory_note(
			jhcfg_workspace_edit_cell(workspace, cell),
			jhcfg_cell_num_memory(jhw_cell(workspace, cell)) - 1, "name", name);
	return err;
}

/* The end that is meant, or one more if it is the link as a whole. */
static int move_end(struct jhcfg_workspace *workspace, const JhwRef *ref, uint32_t cell,
		    struct jhcfg_diags *diags)
{
	JhwRef end = { JHW_REF_LINK, ref->cell, ref->id };

	return jhw_cell_has(workspace, end.cell, &end)
		       ? jhw_link_move_end(workspace, ref->id, ref->cell, cell, diags)
		       : jhw_link_add_end(workspace, ref->id, cell, diags);
}

static int move_one(struct jhcfg_workspace *workspace, const JhwRef *ref, const struct move *move,
		    struct jhcfg_diags *diags)
{
	const struct jhcfg_plan_op *op;
	struct jhcfg_plan *plan = NULL;
	int err;

	if (ref->kind == JHW_REF_REGION)
		return move_region(workspace, ref, move->cell, diags);
	if (ref->kind == JHW_REF_LINK)
		return move_end(workspace, ref, move->cell, diags);
	if (ref->kind == JHW_REF_IRQ)
		return jhw_irq_give(workspace, (uint32_t)ref->id, move->cell);
	err = plan_one(workspace, ref, move->cell, diags, &plan);
	if (err)
		return err;
	for (size_t n = 0; move->lines && (op = jhcfg_plan_op(plan, n)); n++)
		note(move->lines, op);
	err = jhcfg_plan_apply(workspace, plan);
	jhcfg_plan_free(plan);
	return err;
}

int jhw_move_one(struct jhcfg_workspace *workspace, const JhwRef *ref, uint32_t cell,
		 struct jhcfg_diags *diags)
{
	const struct move move = { .cell = cell };

	return move_one(workspace, ref, &move, diags);
}

static gint by_descending_index(gconstpointer a, gconstpointer b, G_GNUC_UNUSED gpointer data)
{
	const JhwRef *first = a, *second = b;

	return first->id < second->id ? 1 : first->id > second->id ? -1 : 0;
}

/* Regions last and from the end, since their indices move. */
static int move_all(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct move *move = data;
	g_autofree JhwRef *regions = g_new(JhwRef, move->refs->count + 1);
	guint num_regions = 0;
	int err = 0;

	for (guint n = 0; !err && n < move->refs->count; n++) {
		const JhwRef *ref = &move->refs->refs[n];

		if (ref->kind == JHW_REF_REGION)
			regions[num_regions++] = *ref;
		else if (jhw_is_movable(workspace, ref))
			err = move_one(workspace, ref, move, diags);
	}
	g_qsort_with_data(regions, (gint)num_regions, sizeof(*regions), by_descending_index, NULL);
	for (guint n = 0; !err && n < num_regions; n++)
		err = move_one(workspace, &regions[n], move, diags);
	return err;
}

/* --- all of them ------------------------------------------------------------- */

static gboolean is_with(const struct jhcfg_workspace *workspace, const JhwRef *ref, uint32_t cell)
{
	/* the root's configuration names what others take from it, too */
	if ((cell == JHCFG_ROOT_KEY && ref->kind != JHW_REF_LINK) || ref->kind == JHW_REF_REGION)
		return jhw_owner_of(workspace, ref) == cell;
	return jhw_cell_has(workspace, cell, ref);
}

gboolean jhw_move_makes_sense(JhwDocument *document, const JhwRefList *refs, uint32_t cell)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);

	if (jhw_document_read_only(document) || !jhcfg_workspace_cell(workspace, cell))
		return FALSE;
	for (guint n = 0; n < refs->count; n++)
		if (jhw_is_movable(workspace, &refs->refs[n]) &&
		    !is_with(workspace, &refs->refs[n], cell))
			return TRUE;
	return FALSE;
}

static char *title_of(const struct jhcfg_workspace *workspace, const JhwRefList *refs)
{
	return refs->count == 1 ? jhw_ref_name(workspace, &refs->refs[0])
				: g_strdup_printf(_("%u things"), refs->count);
}

gboolean jhw_move(JhwDocument *document, const JhwRefList *refs, uint32_t cell, GError **error)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	struct move move = { .refs = refs, .cell = cell };
	g_autofree char *title = title_of(workspace, refs);
	g_autofree char *to = jhw_cell_title(workspace, cell);
	g_autofree char *name = g_strdup_printf(_("Move %s to %s"), title, to);

	return jhw_document_edit(document, name, move_all, &move, error);
}

/* --- preview ----------------------------------------------------------------- */

static char *owners_of(const struct jhcfg_workspace *workspace, const JhwRefList *refs)
{
	g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);

	for (guint n = 0; n < refs->count; n++) {
		uint32_t owner = jhw_owner_of(workspace, &refs->refs[n]);
		g_autofree char *name =
			owner ? jhw_cell_title(workspace, owner) : g_strdup(_("nobody"));

		if (!g_ptr_array_find_with_equal_func(names, name, g_str_equal, NULL))
			g_ptr_array_add(names, g_steal_pointer(&name));
	}
	g_ptr_array_add(names, NULL);
	return g_strjoinv(", ", (char **)names->pdata);
}

static int try_move(struct jhcfg_workspace *fork, struct move *move, struct jhcfg_diags *diags)
{
	int err = fork ? jhcfg_workspace_begin(fork, "try") : -ENOMEM;

	if (err)
		return err;
	err = move_all(fork, move, diags);
	jhcfg_workspace_end(fork);
	return err;
}

JhwMovePreview *jhw_move_preview(JhwDocument *document, const JhwRefList *refs, uint32_t cell)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	g_autoptr(JhwWorkspace) fork = jhw_document_fork(document);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	JhwMovePreview *preview = g_new0(JhwMovePreview, 1);
	g_autoptr(GError) error = NULL;
	struct move move = { .refs = refs, .cell = cell };
	int err;

	preview->cell = cell;
	preview->title = title_of(workspace, refs);
	preview->from = owners_of(workspace, refs);
	preview->lines = g_ptr_array_new_with_free_func(free_line);
	move.lines = preview->lines;
	err = try_move(fork, &move, diags);
	if (err) {
		jhw_error_take(&error, err, diags);
		preview->refusal = g_strdup(error->message);
	} else {
		preview->after = g_steal_pointer(&fork);
	}
	return preview;
}

void jhw_move_preview_free(JhwMovePreview *preview)
{
	g_free(preview->title);
	g_free(preview->from);
	g_free(preview->refusal);
	g_ptr_array_unref(preview->lines);
	jhcfg_workspace_free(preview->after);
	g_free(preview);
}
