// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/ref_selection.h"

struct sync {
	JhwSelection *shared;
	GtkSelectionModel *model; /* which owns this */
	JhwRefOf ref_of;
	gboolean updating;
};

static JhwRef ref_at(const struct sync *sync, guint position)
{
	g_autoptr(GObject) item = g_list_model_get_item(G_LIST_MODEL(sync->model), position);

	return item ? sync->ref_of(item) : (JhwRef){ 0 };
}

/* Rows of the same object are all selected. */
static void follow(struct sync *sync)
{
	guint count = g_list_model_get_n_items(G_LIST_MODEL(sync->model));
	g_autoptr(GtkBitset) all = gtk_bitset_new_range(0, count);
	g_autoptr(GtkBitset) wanted = gtk_bitset_new_empty();

	for (guint n = 0; n < count; n++) {
		JhwRef ref = ref_at(sync, n);

		if (ref.kind && jhw_selection_has(sync->shared, &ref))
			gtk_bitset_add(wanted, n);
	}
	sync->updating = TRUE;
	gtk_selection_model_set_selection(sync->model, wanted, all);
	sync->updating = FALSE;
}

static void add(GArray *refs, const JhwRef *ref)
{
	if (!ref->kind)
		return;
	for (guint n = 0; n < refs->len; n++)
		if (jhw_ref_equal(&g_array_index(refs, JhwRef, n), ref)) {
			g_array_remove_index(refs, n);
			break;
		}
	g_array_append_val(refs, *ref);
}

/* What changed last comes last, for the inspector. */
static void selected(struct sync *sync, guint position, guint count)
{
	g_autoptr(GArray) refs = g_array_new(FALSE, FALSE, sizeof(JhwRef));
	g_autoptr(GtkBitset) rows = NULL;
	guint passes = 0;

	if (sync->updating)
		return;
	rows = gtk_selection_model_get_selection(sync->model);
	for (; passes < 2; passes++)
		for (guint n = 0; n < gtk_bitset_get_size(rows); n++) {
			guint at = gtk_bitset_get_nth(rows, n);
			JhwRef ref = ref_at(sync, at);

			if ((at >= position && at - position < count) == (passes == 1))
				add(refs, &ref);
		}
	/* a heading stands for nothing: what was selected stays */
	if (!refs->len && gtk_bitset_get_size(rows))
		return;
	sync->updating = TRUE;
	jhw_selection_set_all(sync->shared, (const JhwRef *)(gpointer)refs->data, refs->len);
	sync->updating = FALSE;
}

static void shared_changed(struct sync *sync)
{
	if (!sync->updating)
		follow(sync);
}

static void free_sync(gpointer data)
{
	struct sync *sync = data;

	g_signal_handlers_disconnect_by_data(sync->shared, sync);
	g_object_unref(sync->shared);
	g_free(sync);
}

GtkSelectionModel *jhw_ref_selection_new(JhwSession *session, GListModel *model, JhwRefOf ref_of)
{
	struct sync *sync = g_new0(struct sync, 1);

	sync->shared = g_object_ref(jhw_session_selection(session));
	sync->ref_of = ref_of;
	sync->model = GTK_SELECTION_MODEL(gtk_multi_selection_new(model));
	g_object_set_data_full(G_OBJECT(sync->model), "jhw-sync", sync, free_sync);
	g_signal_connect_swapped(sync->model, "selection-changed", G_CALLBACK(selected), sync);
	/* after the view, which would be told of a selection among items that it
	 * does not know yet */
	g_signal_connect_data(sync->model, "items-changed", G_CALLBACK(follow), sync, NULL,
			      G_CONNECT_SWAPPED | G_CONNECT_AFTER);
	g_signal_connect_swapped(sync->shared, "changed", G_CALLBACK(shared_changed), sync);
	follow(sync);
	return sync->model;
}
