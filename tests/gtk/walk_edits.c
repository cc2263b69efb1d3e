// SPDX-License-Identifier: GPL-2.0-or-later
/* Operations of the walk that are no drags. */
#include "cmocka_all.h"
#include "gtk_fixture.h"
#include "inspector/field_row.h"
#include "model/cells.h"
#include "model/owner.h"
#include "model/scenario.h"
#include "pages/interrupts/lines.h"
#include "pages/links/edit.h"
#include "pages/links/form.h"
#include "pages/memory/drag.h"
#include "walk.h"
#include "widget_fixture.h"

static const struct jhcfg_workspace *workspace_of(Walk *walk)
{
	return jhw_document_workspace(walk->document);
}

/* --- forms ----------------------------------------------------------------- */

/* Something that the inspector has fields for. */
static JhwRef any_form(Walk *walk)
{
	const struct jhcfg_link *link =
		jhcfg_workspace_link(workspace_of(walk), walk_random(walk, 2));

	switch (walk_random(walk, 4)) {
	case 0:
		return jhw_ref_cell(walk_cell(walk));
	case 1:
		return link ? jhw_ref_of(JHW_REF_LINK, link->key) : walk_thing(walk);
	case 2:
		return walk_thing(walk);
	default:
		return walk_region(walk);
	}
}

static gboolean is_input(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return (GTK_IS_ENTRY(widget) || GTK_IS_SWITCH(widget)) && gtk_widget_get_sensitive(widget);
}

static char *any_text(Walk *walk)
{
	static const char *const texts[] = {
		"rtos",
		"linux",
		"root",
		"",
		"64K + 1M",
		"0x40000000 + 16M",
		"-1",
		"a name that is far too long to be one",
		"\303\244\303\266",
		"1G - 4K",
		"dogs",
	};

	if (walk_random(walk, 2))
		return g_strdup(texts[walk_random(walk, G_N_ELEMENTS(texts))]);
	return g_strdup_printf("0x%" G_GINT64_MODIFIER "x", walk_number(walk));
}

gboolean walk_field(Walk *walk)
{
	uint64_t serial = jhcfg_workspace_serial(workspace_of(walk));
	JhwRef ref = any_form(walk);
	g_autoptr(GPtrArray) inputs = NULL;
	GtkWidget *input;

	jhw_selection_set(jhw_session_selection(walk->session), &ref);
	inputs = fixture_find_all(walk->inspector, is_input, NULL);
	if (!inputs->len)
		return FALSE;
	input = inputs->pdata[walk_random(walk, inputs->len)];
	if (GTK_IS_SWITCH(input)) {
		gtk_switch_set_active(GTK_SWITCH(input), !gtk_switch_get_active(GTK_SWITCH(input)));
	} else {
		g_autofree char *text = any_text(walk);

		gtk_editable_set_text(GTK_EDITABLE(input), text);
		g_signal_emit_by_name(input, "activate");
	}
	return jhcfg_workspace_serial(workspace_of(walk)) != serial;
}

/* --- memory ---------------------------------------------------------------- */

static gboolean place(Walk *walk, const JhwRef *region)
{
	uint64_t start = walk_number(walk), size = walk_number(walk);

	return jhw_region_place(walk->document, region, (JhwAddressSpace)walk_random(walk, 2),
				start, size, NULL);
}

static gboolean cut_start(Walk *walk, const JhwRef *region)
{
	const struct jhcfg_memory *memory =
		jhcfg_cell_memory(jhw_cell(workspace_of(walk), region->cell), region->id);
	JhwAddressSpace space = (JhwAddressSpace)walk_random(walk, 2);
	uint64_t start = space == JHW_ADDRESS_GUEST ? memory->virt_start : memory->phys_start;

	return jhw_region_cut_start(walk->document, region, space,
				    walk_random(walk, 2) ? start + 4096 : walk_number(walk), NULL);
}

static gboolean split(Walk *walk, const JhwRef *region)
{
	return jhw_region_split(walk->document, region,
				walk_random(walk, 2) ? 4096 : walk_number(walk), NULL);
}

static gboolean merge(Walk *walk, const JhwRef *region)
{
	gboolean possible = jhw_region_can_merge(workspace_of(walk), region);
	gboolean done = jhw_region_merge(walk->document, region, NULL);

	assert_int_equal(possible, done);
	return done;
}

static gboolean remove_region(Walk *walk, const JhwRef *region)
{
	return jhw_region_remove(walk->document, region, NULL);
}

static gboolean fit(Walk *walk, const JhwRef *region)
{
	gboolean grown = FALSE;

	return jhw_region_fit(walk->document, region, walk_number(walk), &grown, NULL) && grown;
}

static gboolean by_key(Walk *walk, const JhwRef *region)
{
	static const JhwPart parts[] = { JHW_PART_INSIDE, JHW_PART_START, JHW_PART_END };

	return jhw_memory_drag_by_key(
		walk->document, region, parts[walk_random(walk, G_N_ELEMENTS(parts))],
		walk_random(walk, 2) ? 1 : -1, 4096ULL << walk_random(walk, 10), NULL);
}

gboolean walk_memory(Walk *walk)
{
	static gboolean (*const edits[])(Walk * walk, const JhwRef *region) = {
		place, cut_start, split, split, merge, remove_region, fit, by_key, by_key,
	};
	JhwRef region = walk_region(walk);

	if (!walk_random(walk, 6))
		return jhw_cells_add_memory(walk->document, region.cell,
					    4096ULL << walk_random(walk, 14), NULL);
	return region.kind && edits[walk_random(walk, G_N_ELEMENTS(edits))](walk, &region);
}

/* --- links and interrupts -------------------------------------------------- */

gboolean walk_link(Walk *walk)
{
	guint count = (guint)jhcfg_workspace_num_links(workspace_of(walk));
	const struct jhcfg_link *link =
		jhcfg_workspace_link(workspace_of(walk), walk_random(walk, count));
	uint32_t a = walk_cell(walk), b = walk_cell(walk);

	switch (walk_random(walk, 3)) {
	case 0:
		return link && jhw_links_remove(walk->document, link->key, NULL);
	case 1:
		return link && jhw_links_join(walk->document, link->key, a, NULL);
	default:
		return jhw_links_add(walk->document, a, b, walk->steps % JHW_NUM_NEW,
				     4096ULL << walk_random(walk, 8), NULL);
	}
}

gboolean walk_interrupts(Walk *walk)
{
	g_autoptr(JhwLines) lines = jhw_lines_new(workspace_of(walk));
	guint first = walk_random(walk, lines->lines->len), count = 1 + walk_random(walk, 9);
	g_autofree JhwRef *refs = g_new0(JhwRef, count);
	g_autoptr(JhwRefList) list = NULL;

	for (guint n = 0; n < count; n++)
		refs[n] = jhw_ref_of(JHW_REF_IRQ, lines->first + first + n);
	list = jhw_ref_list_new(refs, count);
	return jhw_lines_give(walk->document, list, walk_cell(walk), NULL);
}

/* --- the system ------------------------------------------------------------ */

/* NULL: there is none. Names are of the workspace. */
static char *any_scenario(Walk *walk)
{
	guint count = (guint)jhcfg_workspace_num_scenarios(workspace_of(walk));

	return count ? g_strdup(jhcfg_workspace_scenario(workspace_of(walk),
							 walk_random(walk, count))
					->name)
		     : NULL;
}

static gboolean add_scenario(Walk *walk, const char *name)
{
	g_autofree char *free_name = jhw_scenario_free_name(workspace_of(walk));

	/* there is one of the other name */
	return jhw_scenario_add(walk->document, walk_random(walk, 4) ? free_name : name, NULL);
}

static gboolean rename_scenario(Walk *walk, const char *name)
{
	g_autofree char *to = any_text(walk);

	return jhw_scenario_rename(walk->document, name, to, NULL);
}

static gboolean delete_scenario(Walk *walk, const char *name)
{
	return jhw_scenario_delete(walk->document, name, NULL);
}

static gboolean put_in_scenario(Walk *walk, const char *name)
{
	return jhw_scenario_put(walk->document, name, walk_cell(walk), walk_random(walk, 2) == 0,
				NULL);
}

gboolean walk_scenario(Walk *walk)
{
	static gboolean (*const edits[])(Walk * walk, const char *name) = {
		add_scenario,	 add_scenario,	  rename_scenario, delete_scenario,
		put_in_scenario, put_in_scenario, put_in_scenario,
	};
	uint64_t serial = jhcfg_workspace_serial(workspace_of(walk));
	g_autofree char *name = any_scenario(walk);

	if (!name)
		return add_scenario(walk, "first");
	return edits[walk_random(walk, G_N_ELEMENTS(edits))](walk, name) &&
	       jhcfg_workspace_serial(workspace_of(walk)) != serial;
}

/* --- the form of a link ---------------------------------------------------- */

static gboolean is_drop_down(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return GTK_IS_DROP_DOWN(widget);
}

static gboolean is_popover(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return GTK_IS_POPOVER(widget);
}

/* None of those that are parts of something else. */
static gboolean is_button(GtkWidget *widget, gconstpointer data)
{
	(void)data;
	return G_OBJECT_TYPE(widget) == GTK_TYPE_BUTTON;
}

static void fill_form(Walk *walk, GtkWidget *form)
{
	g_autoptr(GPtrArray) choices = fixture_find_all(form, is_drop_down, NULL);
	GtkWidget *size = fixture_find(form, is_input, NULL);

	assert_int_equal(choices->len, 3);
	for (guint n = 0; n < choices->len; n++) {
		GtkDropDown *choice = choices->pdata[n];

		gtk_drop_down_set_selected(
			choice, walk_random(walk, g_list_model_get_n_items(
							  gtk_drop_down_get_model(choice))));
	}
	if (size) {
		g_autofree char *text = any_text(walk);

		gtk_editable_set_text(GTK_EDITABLE(size), text);
	}
}

gboolean walk_link_form(Walk *walk)
{
	uint64_t serial = jhcfg_workspace_serial(workspace_of(walk));
	/* pages follow what changes when something is open at them, too */
	GtkWidget *parent = gtk_widget_get_first_child(walk->partition), *form;

	jhw_link_form_open(parent, NULL, walk->session, walk_cell(walk), walk_cell(walk));
	form = fixture_find(parent, is_popover, NULL);
	assert_non_null(form);
	fill_form(walk, form);
	g_signal_emit_by_name(fixture_find(form, is_button, NULL), "clicked");
	/* with a message if it was wrong */
	if (jhcfg_workspace_serial(workspace_of(walk)) == serial)
		gtk_popover_popdown(GTK_POPOVER(form));
	while (fixture_find(parent, is_popover, NULL))
		g_main_context_iteration(NULL, TRUE);
	return jhcfg_workspace_serial(workspace_of(walk)) != serial;
}

/* --- cells ----------------------------------------------------------------- */

gboolean walk_cells(Walk *walk)
{
	g_autofree char *name = jhw_cells_free_name(walk->document);
	size_t count = jhcfg_workspace_num_cells(workspace_of(walk));
	uint32_t key;

	if (count > 3 && walk_random(walk, 2))
		return jhw_cells_remove(walk->document, walk_cell(walk), NULL);
	return count < 8 && jhw_cells_add(walk->document, name,
					  walk_random(walk, 2) ? 0 : 1ULL << 20, &key, NULL);
}
