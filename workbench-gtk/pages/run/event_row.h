/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Something that happened on a target, as an item of a list. */
#ifndef JHW_EVENT_ROW_H
#define JHW_EVENT_ROW_H

#include <gio/gio.h>

#include "model/live.h"

#define JHW_TYPE_EVENT_ROW (jhw_event_row_get_type())
G_DECLARE_FINAL_TYPE(JhwEventRow, jhw_event_row, JHW, EVENT_ROW, GObject)

struct _JhwEventRow {
	GObject parent_instance;
	guint64 serial;
	char *time;
	char *text;
	char *cell; /* NULL: of none */
	gboolean is_root;
	enum tui_severity severity;
};

/* All that the model has, the youngest first. */
#define JHW_TYPE_EVENT_LIST (jhw_event_list_get_type())
G_DECLARE_FINAL_TYPE(JhwEventList, jhw_event_list, JHW, EVENT_LIST, GObject)

JhwEventList *jhw_event_list_new(void);
GListModel *jhw_event_list_rows(JhwEventList *list);
/* As @live is now. Returns how many warnings and errors are new. */
guint jhw_event_list_update(JhwEventList *list, JhwLive *live);

#endif
