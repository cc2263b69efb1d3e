// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/event_row.h"

#include "model/console.h"

#define MAX_ROWS 512U /* what the model keeps */

G_DEFINE_FINAL_TYPE(JhwEventRow, jhw_event_row, G_TYPE_OBJECT)

static void jhw_event_row_finalize(GObject *object)
{
	JhwEventRow *row = JHW_EVENT_ROW(object);

	g_free(row->time);
	g_free(row->text);
	g_free(row->cell);
	G_OBJECT_CLASS(jhw_event_row_parent_class)->finalize(object);
}

static void jhw_event_row_class_init(JhwEventRowClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_event_row_finalize;
}

static void jhw_event_row_init(G_GNUC_UNUSED JhwEventRow *row)
{
}

/* --- all of them -------------------------------------------------------------- */

struct _JhwEventList {
	GObject parent_instance;
	GListStore *rows;
	guint64 last; /* serial that is in it */
	guint epoch;
};

G_DEFINE_FINAL_TYPE(JhwEventList, jhw_event_list, G_TYPE_OBJECT)

static void jhw_event_list_finalize(GObject *object)
{
	g_object_unref(JHW_EVENT_LIST(object)->rows);
	G_OBJECT_CLASS(jhw_event_list_parent_class)->finalize(object);
}

static void jhw_event_list_class_init(JhwEventListClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_event_list_finalize;
}

static void jhw_event_list_init(JhwEventList *list)
{
	list->rows = g_list_store_new(JHW_TYPE_EVENT_ROW);
}

JhwEventList *jhw_event_list_new(void)
{
	return g_object_new(JHW_TYPE_EVENT_LIST, NULL);
}

GListModel *jhw_event_list_rows(JhwEventList *list)
{
	return G_LIST_MODEL(list->rows);
}

/* Only whose cell is there still is known: an event is told when it is new. */
static JhwEventRow *row_of(const struct tui_model *model, const struct tui_event *event)
{
	JhwEventRow *row = g_object_new(JHW_TYPE_EVENT_ROW, NULL);
	int cell = event->cell_serial ? tui_model_find_cell(model, event->cell_serial) : -1;

	row->serial = event->serial;
	row->time = jhw_console_stamp(event->time_ms);
	row->text = g_strdup(event->text);
	row->severity = event->severity;
	if (cell >= 0) {
		row->cell = g_strdup(model->cells[cell].name);
		row->is_root = !model->cells[cell].id;
	}
	return row;
}

guint jhw_event_list_update(JhwEventList *list, JhwLive *live)
{
	const struct tui_model *model = jhw_live_model(live);
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_object_unref);
	guint bad = 0, count;

	if (!model || jhw_live_epoch(live) != list->epoch) {
		g_list_store_remove_all(list->rows);
		list->last = 0;
		list->epoch = jhw_live_epoch(live);
	}
	for (guint64 n = model ? model->num_events : 0; n > list->last; n--) {
		const struct tui_event *event = tui_model_event(model, n);

		if (!event)
			break;
		bad += event->severity != TUI_INFO;
		g_ptr_array_add(rows, row_of(model, event));
	}
	if (!rows->len)
		return 0;
	list->last = model->num_events;
	g_list_store_splice(list->rows, 0, 0, rows->pdata, rows->len);
	count = g_list_model_get_n_items(G_LIST_MODEL(list->rows));
	if (count > MAX_ROWS)
		g_list_store_splice(list->rows, MAX_ROWS, count - MAX_ROWS, NULL, 0);
	return bad;
}
