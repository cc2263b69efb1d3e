// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/ref.h"

#include <string.h>

gboolean jhw_ref_equal(const JhwRef *a, const JhwRef *b)
{
	return a->kind == b->kind && a->id == b->id &&
	       (a->cell == b->cell || a->kind == JHW_REF_LINK);
}

gboolean jhw_ref_equal_func(gconstpointer a, gconstpointer b)
{
	return jhw_ref_equal(a, b);
}

guint jhw_ref_hash(gconstpointer data)
{
	const JhwRef *ref = data;
	guint64 mixed = ref->id * 31 + (ref->kind == JHW_REF_LINK ? 0 : ref->cell);

	return g_int64_hash(&(gint64){ (gint64)mixed }) * 31 + ref->kind;
}

JhwRef *jhw_ref_dup(const JhwRef *ref)
{
	return g_memdup2(ref, sizeof(*ref));
}

JhwRefList *jhw_ref_list_new(const JhwRef *refs, guint count)
{
	JhwRefList *list = g_malloc(sizeof(*list) + count * sizeof(*refs));

	g_ref_count_init(&list->references);
	list->count = count;
	if (count)
		memcpy(list->refs, refs, count * sizeof(*refs));
	return list;
}

JhwRefList *jhw_ref_list_ref(JhwRefList *list)
{
	g_ref_count_inc(&list->references);
	return list;
}

void jhw_ref_list_unref(JhwRefList *list)
{
	if (g_ref_count_dec(&list->references))
		g_free(list);
}

gboolean jhw_ref_list_has(const JhwRefList *list, const JhwRef *ref)
{
	for (guint n = 0; n < list->count; n++)
		if (jhw_ref_equal(&list->refs[n], ref))
			return TRUE;
	return FALSE;
}

G_DEFINE_BOXED_TYPE(JhwRefList, jhw_ref_list, jhw_ref_list_ref, jhw_ref_list_unref)
