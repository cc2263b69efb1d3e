// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/list_sync.h"

static gboolean is_at(GListModel *model, guint position, gconstpointer item, GEqualFunc equal)
{
	g_autoptr(GObject) there = g_list_model_get_item(model, position);

	return equal(there, item);
}

void jhw_list_sync(GListStore *store, const GPtrArray *items, GEqualFunc equal)
{
	GListModel *model = G_LIST_MODEL(store);
	guint count = g_list_model_get_n_items(model), both = MIN(count, items->len);
	guint head = 0, tail = 0;

	while (head < both && is_at(model, head, items->pdata[head], equal))
		head++;
	while (tail < both - head &&
	       is_at(model, count - 1 - tail, items->pdata[items->len - 1 - tail], equal))
		tail++;
	if (head + tail < count || head + tail < items->len)
		g_list_store_splice(store, head, count - head - tail, items->pdata + head,
				    items->len - head - tail);
}
