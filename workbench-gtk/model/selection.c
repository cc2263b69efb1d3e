// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/selection.h"

struct _JhwSelection {
	GObject parent_instance;
	GArray *refs;
};

G_DEFINE_FINAL_TYPE(JhwSelection, jhw_selection, G_TYPE_OBJECT)

static guint changed_signal; /* set once, with the class */

static void jhw_selection_finalize(GObject *object)
{
	g_array_unref(JHW_SELECTION(object)->refs);
	G_OBJECT_CLASS(jhw_selection_parent_class)->finalize(object);
}

static void jhw_selection_class_init(JhwSelectionClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_selection_finalize;
	changed_signal = g_signal_new("changed", JHW_TYPE_SELECTION, G_SIGNAL_RUN_LAST, 0, NULL,
				      NULL, NULL, G_TYPE_NONE, 0);
}

static void jhw_selection_init(JhwSelection *selection)
{
	selection->refs = g_array_new(FALSE, FALSE, sizeof(JhwRef));
}

JhwSelection *jhw_selection_new(void)
{
	return g_object_new(JHW_TYPE_SELECTION, NULL);
}

static const JhwRef *entry(JhwSelection *selection, guint index)
{
	return &g_array_index(selection->refs, JhwRef, index);
}

void jhw_selection_set(JhwSelection *selection, const JhwRef *ref)
{
	if (ref->kind ? selection->refs->len == 1 && jhw_ref_equal(entry(selection, 0), ref)
		      : !selection->refs->len)
		return;
	g_array_set_size(selection->refs, 0);
	if (ref->kind)
		g_array_append_val(selection->refs, *ref);
	g_signal_emit(selection, changed_signal, 0);
}

static gint find(JhwSelection *selection, const JhwRef *ref)
{
	for (guint n = 0; n < selection->refs->len; n++)
		if (jhw_ref_equal(entry(selection, n), ref))
			return (gint)n;
	return -1;
}

void jhw_selection_set_all(JhwSelection *selection, const JhwRef *refs, guint count)
{
	g_array_set_size(selection->refs, 0);
	g_array_append_vals(selection->refs, refs, count);
	g_signal_emit(selection, changed_signal, 0);
}

void jhw_selection_toggle(JhwSelection *selection, const JhwRef *ref)
{
	gint index = find(selection, ref);

	if (index >= 0)
		g_array_remove_index(selection->refs, (guint)index);
	else
		g_array_append_val(selection->refs, *ref);
	g_signal_emit(selection, changed_signal, 0);
}

gboolean jhw_selection_has(JhwSelection *selection, const JhwRef *ref)
{
	return find(selection, ref) >= 0;
}

JhwRef jhw_selection_current(JhwSelection *selection)
{
	if (!selection->refs->len)
		return (JhwRef){ 0 };
	return *entry(selection, selection->refs->len - 1);
}

JhwRefList *jhw_selection_take(JhwSelection *selection, const JhwRef *ref)
{
	gint index = find(selection, ref);

	if (index >= 0) /* of the ends of a link, this one is meant */
		g_array_index(selection->refs, JhwRef, index) = *ref;
	else
		jhw_selection_set(selection, ref);
	return jhw_selection_list(selection);
}

JhwRefList *jhw_selection_list(JhwSelection *selection)
{
	return jhw_ref_list_new((const JhwRef *)(gpointer)selection->refs->data,
				selection->refs->len);
}
