// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/card_list.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"
#include "pages/run/card.h"
#include "widgets/trace.h"
#include "widgets/wrap_layout.h"

#define KEY "jhw-card-list"

/* More cells than four are scrolled, so that there is room for what they say. */
#define CARDS_HEIGHT 194
#define GAP	     6

struct list {
	JhwSession *session;
	GtkWidget *scroller, *cards;
	GtkWidget *absent;  /* row of those that the target does not have */
	char *absent_text;  /* as it shows them */
	GHashTable *traced; /* name to what was said of it */
};

/* --- what there is ------------------------------------------------------------ */

static const struct jhcfg_status *status_of(struct list *list)
{
	return jhw_target_status(jhw_session_target(list->session));
}

static gboolean is_on_target(struct list *list, const char *name)
{
	return jhw_target_cell(jhw_session_target(list->session), name) != NULL;
}

/* --- cards -------------------------------------------------------------------- */

GtkWidget *jhw_card_list_find(GtkWidget *widget, const char *name)
{
	struct list *list = g_object_get_data(G_OBJECT(widget), KEY);
	GtkWidget *card = gtk_widget_get_first_child(list->cards);

	while (card && !g_str_equal(jhw_run_card_name(card), name))
		card = gtk_widget_get_next_sibling(card);
	return card;
}

static void remove_gone(struct list *list)
{
	GtkWidget *card = gtk_widget_get_first_child(list->cards), *next;

	for (; card; card = next) {
		next = gtk_widget_get_next_sibling(card);
		if (!is_on_target(list, jhw_run_card_name(card)))
			gtk_box_remove(GTK_BOX(list->cards), card);
	}
}

/* In the target's order; one that is there already keeps its focus. */
static void show_cards(GtkWidget *widget, struct list *list)
{
	const struct jhcfg_status *status = status_of(list);
	GtkWidget *card, *previous = NULL;

	remove_gone(list);
	for (size_t n = 0; status && n < status->num_cells; n++) {
		const char *name = status->cells[n].name;

		card = jhw_card_list_find(widget, name);
		if (!card) {
			card = jhw_run_card_new(list->session, name);
			gtk_box_insert_child_after(GTK_BOX(list->cards), card, previous);
		} else if (gtk_widget_get_prev_sibling(card) != previous) {
			gtk_box_reorder_child_after(GTK_BOX(list->cards), card, previous);
		}
		jhw_run_card_update(card);
		previous = card;
	}
	gtk_widget_set_visible(list->scroller, previous != NULL);
}

/* --- those that the target does not have ---------------------------------------- */

static void add_absent(struct list *list, uint32_t key)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(list->session);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	GtkWidget *swatch = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	g_autofree char *title = jhw_cell_title(workspace, key);
	GtkWidget *label = gtk_label_new(title);

	gtk_widget_add_css_class(swatch, "swatch");
	gtk_widget_add_css_class(swatch, jhw_owner_class(workspace, key));
	gtk_widget_set_valign(swatch, GTK_ALIGN_CENTER);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 32);
	gtk_box_append(GTK_BOX(box), swatch);
	gtk_box_append(GTK_BOX(box), label);
	gtk_widget_set_parent(box, list->absent);
}

/* All that the row shows, to see whether it is another one. */
static char *absent_text(struct list *list, GArray *keys)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(list->session);
	GString *text = g_string_new(NULL);

	for (guint n = 0; n < keys->len; n++) {
		uint32_t key = g_array_index(keys, uint32_t, n);
		g_autofree char *title = jhw_cell_title(workspace, key);

		g_string_append_printf(text, "%s %s\n", title, jhw_owner_class(workspace, key));
	}
	return g_string_free(text, FALSE);
}

static void fill_absent(struct list *list, GArray *keys)
{
	GtkWidget *child, *heading = gtk_label_new(_("Not created"));

	while ((child = gtk_widget_get_first_child(list->absent)))
		gtk_widget_unparent(child);
	gtk_widget_add_css_class(heading, "dim");
	gtk_widget_set_parent(heading, list->absent);
	for (guint n = 0; n < keys->len; n++)
		add_absent(list, g_array_index(keys, uint32_t, n));
}

static void show_absent(struct list *list)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(list->session);
	g_autoptr(GArray) keys = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	JhwTargetState state = jhw_target_state(jhw_session_target(list->session));
	g_autofree char *text = NULL;
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (!is_on_target(list, jhcfg_cell_name(jhw_cell(workspace, key))))
			g_array_append_val(keys, key);
	gtk_widget_set_visible(list->absent, keys->len && state == JHW_TARGET_ENABLED);
	text = absent_text(list, keys);
	if (!g_strcmp0(text, list->absent_text))
		return;
	g_free(list->absent_text);
	list->absent_text = g_steal_pointer(&text);
	fill_absent(list, keys);
}

/* --- for tests ------------------------------------------------------------------ */

static void trace(struct list *list, const char *name)
{
	const struct jhcfg_cell_status *status =
		jhw_target_cell(jhw_session_target(list->session), name);
	const char *text = status ? jhw_cell_state_text(status) : "absent";

	if (!g_strcmp0(g_hash_table_lookup(list->traced, name), text))
		return;
	g_hash_table_insert(list->traced, g_strdup(name), g_strdup(text));
	jhw_trace("cell %s %s", name, text);
}

static void trace_all(struct list *list)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(list->session);
	const struct jhcfg_status *status = status_of(list);
	uint32_t key;

	if (!jhw_trace_on())
		return;
	for (size_t n = 0; status && n < status->num_cells; n++)
		trace(list, status->cells[n].name);
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		trace(list, jhcfg_cell_name(jhw_cell(workspace, key)));
}

/* --- the list ------------------------------------------------------------------- */

void jhw_card_list_update(GtkWidget *widget)
{
	struct list *list = g_object_get_data(G_OBJECT(widget), KEY);

	show_cards(widget, list);
	show_absent(list);
	trace_all(list);
	gtk_widget_set_visible(widget, gtk_widget_get_visible(list->scroller) ||
					       gtk_widget_get_visible(list->absent));
}

static void free_list(gpointer data)
{
	struct list *list = data;

	g_object_unref(list->session);
	g_hash_table_unref(list->traced);
	g_free(list->absent_text);
	g_free(list);
}

static GtkWidget *new_scroller(GtkWidget *child)
{
	GtkWidget *scroller = gtk_scrolled_window_new();

	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), child);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_propagate_natural_height(GTK_SCROLLED_WINDOW(scroller), TRUE);
	gtk_scrolled_window_set_max_content_height(GTK_SCROLLED_WINDOW(scroller), CARDS_HEIGHT);
	return scroller;
}

GtkWidget *jhw_card_list_new(JhwSession *session)
{
	struct list *list = g_new0(struct list, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	list->session = g_object_ref(session);
	list->traced = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
	list->cards = gtk_box_new(GTK_ORIENTATION_VERTICAL, GAP);
	list->scroller = new_scroller(list->cards);
	list->absent = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_set_layout_manager(list->absent, jhw_wrap_layout_new(14, 4));
	gtk_widget_add_css_class(list->absent, "absent-cells");
	gtk_box_append(GTK_BOX(box), list->scroller);
	gtk_box_append(GTK_BOX(box), list->absent);
	g_object_set_data_full(G_OBJECT(box), KEY, list, free_list);
	jhw_card_list_update(box);
	return box;
}
