// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/list.h"

#include <inttypes.h>
#include <jailhouse/cell-config.h>

#include "model/number.h"
#include "pages/memory/map.h"

#define JHW_TYPE_SEGMENT_ITEM (jhw_segment_item_get_type())
G_DECLARE_FINAL_TYPE(JhwSegmentItem, jhw_segment_item, JHW, SEGMENT_ITEM, GObject)

typedef enum {
	COLUMN_SPACE,
	COLUMN_ADDRESS,
	COLUMN_SIZE,
	COLUMN_OWNER,
	COLUMN_WHAT,
	COLUMN_ACCESS,
	NUM_COLUMNS
} Column;

/* A segment in words. */
struct _JhwSegmentItem {
	GObject parent_instance;
	JhwRef ref;
	char *texts[NUM_COLUMNS];
};

G_DEFINE_FINAL_TYPE(JhwSegmentItem, jhw_segment_item, G_TYPE_OBJECT)

static void jhw_segment_item_finalize(GObject *object)
{
	JhwSegmentItem *item = JHW_SEGMENT_ITEM(object);

	for (guint n = 0; n < NUM_COLUMNS; n++)
		g_free(item->texts[n]);
	G_OBJECT_CLASS(jhw_segment_item_parent_class)->finalize(object);
}

static void jhw_segment_item_class_init(JhwSegmentItemClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_segment_item_finalize;
}

static void jhw_segment_item_init(G_GNUC_UNUSED JhwSegmentItem *item)
{
}

/* "rwx dma, loaded" */
static char *access_text(uint64_t flags)
{
	static const struct {
		uint64_t flag;
		const char *text;
	} words[] = {
		{ JAILHOUSE_MEM_READ, "r" },	     { JAILHOUSE_MEM_WRITE, "w" },
		{ JAILHOUSE_MEM_EXECUTE, "x" },	     { JAILHOUSE_MEM_DMA, " dma" },
		{ JAILHOUSE_MEM_LOADABLE, " load" }, { JAILHOUSE_MEM_ROOTSHARED, " shared" },
	};
	GString *text = g_string_new(NULL);

	for (guint n = 0; n < G_N_ELEMENTS(words); n++)
		if (flags & words[n].flag)
			g_string_append(text, words[n].text);
	return g_string_free(text, FALSE);
}

static JhwSegmentItem *item_of(const JhwMemoryRow *row, const JhwSegment *segment)
{
	JhwSegmentItem *item = g_object_new(JHW_TYPE_SEGMENT_ITEM, NULL);

	item->ref = segment->ref;
	item->texts[COLUMN_SPACE] = g_strdup(row->cell ? row->title : "physical");
	item->texts[COLUMN_ADDRESS] =
		g_strdup_printf("0x%" PRIx64 "-0x%" PRIx64, segment->start, segment->last);
	item->texts[COLUMN_SIZE] = jhw_number_human(jhw_segment_size(segment));
	item->texts[COLUMN_OWNER] = g_strdup(segment->owner);
	item->texts[COLUMN_WHAT] =
		g_strdup(segment->kind == JHW_SEGMENT_OVERLAP ? "overlap" : segment->label);
	item->texts[COLUMN_ACCESS] = access_text(segment->flags);
	return item;
}

/* --- the model ---------------------------------------------------------------- */

struct list {
	JhwSession *session;
	GListStore *store;
	GtkSingleSelection *selection;
	gboolean updating;
};

static void follow_selection(struct list *list)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(list->session));
	guint count = g_list_model_get_n_items(G_LIST_MODEL(list->store));
	guint current = gtk_single_selection_get_selected(list->selection);

	for (guint n = 0; n < count && ref.kind != JHW_REF_NONE; n++) {
		/* the one that is selected may be the second that shows it */
		guint index = current < count ? (n + current) % count : n;
		g_autoptr(JhwSegmentItem) item =
			g_list_model_get_item(G_LIST_MODEL(list->store), index);

		if (!jhw_ref_equal(&item->ref, &ref))
			continue;
		gtk_single_selection_set_selected(list->selection, index);
		return;
	}
	gtk_single_selection_set_selected(list->selection, GTK_INVALID_LIST_POSITION);
}

static void selected(struct list *list)
{
	JhwSegmentItem *item = gtk_single_selection_get_selected_item(list->selection);

	if (item && !list->updating && item->ref.kind != JHW_REF_NONE)
		jhw_selection_set(jhw_session_selection(list->session), &item->ref);
}

static void shared_selection_changed(struct list *list)
{
	list->updating = TRUE;
	follow_selection(list);
	list->updating = FALSE;
}

static void update(struct list *list)
{
	g_autoptr(JhwMemoryMap) map = jhw_memory_map_new(jhw_session_workspace(list->session));
	g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(g_object_unref);

	for (guint n = 0; n < map->rows->len; n++) {
		const JhwMemoryRow *row = map->rows->pdata[n];

		for (guint m = 0; m < row->segments->len; m++)
			g_ptr_array_add(items, item_of(row, row->segments->pdata[m]));
	}
	list->updating = TRUE;
	g_list_store_splice(list->store, 0, g_list_model_get_n_items(G_LIST_MODEL(list->store)),
			    items->pdata, items->len);
	follow_selection(list);
	list->updating = FALSE;
}

static void free_list(gpointer data)
{
	struct list *list = data;

	g_signal_handlers_disconnect_by_data(jhw_session_document(list->session), list);
	g_signal_handlers_disconnect_by_data(jhw_session_selection(list->session), list);
	g_object_unref(list->session);
	g_free(list);
}

/* --- the view ----------------------------------------------------------------- */

static void set_up(G_GNUC_UNUSED GtkSignalListItemFactory *factory, GtkListItem *item,
		   gpointer data)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), GPOINTER_TO_INT(data) == COLUMN_SIZE ? 1 : 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	if (GPOINTER_TO_INT(data) == COLUMN_ADDRESS)
		gtk_widget_add_css_class(label, "monospace");
	gtk_list_item_set_child(item, label);
}

static void bind(G_GNUC_UNUSED GtkSignalListItemFactory *factory, GtkListItem *item, gpointer data)
{
	JhwSegmentItem *segment = gtk_list_item_get_item(item);

	gtk_label_set_text(GTK_LABEL(gtk_list_item_get_child(item)),
			   segment->texts[GPOINTER_TO_INT(data)]);
}

static void add_columns(GtkWidget *view)
{
	static const char *const titles[] = {
		[COLUMN_SPACE] = "Seen by",   [COLUMN_ADDRESS] = "Addresses",
		[COLUMN_SIZE] = "Size",	      [COLUMN_OWNER] = "Owner",
		[COLUMN_WHAT] = "What it is", [COLUMN_ACCESS] = "Access",
	};

	for (guint n = 0; n < NUM_COLUMNS; n++) {
		GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
		GtkColumnViewColumn *column;

		g_signal_connect(factory, "setup", G_CALLBACK(set_up), GUINT_TO_POINTER(n));
		g_signal_connect(factory, "bind", G_CALLBACK(bind), GUINT_TO_POINTER(n));
		column = gtk_column_view_column_new(titles[n], factory);
		gtk_column_view_column_set_resizable(column, TRUE);
		gtk_column_view_column_set_expand(column, n == COLUMN_WHAT);
		gtk_column_view_append_column(GTK_COLUMN_VIEW(view), column);
		g_object_unref(column);
	}
}

GtkWidget *jhw_memory_list_new(JhwSession *session)
{
	struct list *list = g_new0(struct list, 1);
	GtkWidget *view, *scroller = gtk_scrolled_window_new();

	list->session = g_object_ref(session);
	list->store = g_list_store_new(JHW_TYPE_SEGMENT_ITEM);
	list->selection = gtk_single_selection_new(G_LIST_MODEL(list->store));
	gtk_single_selection_set_autoselect(list->selection, FALSE);
	gtk_single_selection_set_can_unselect(list->selection, TRUE);
	view = gtk_column_view_new(GTK_SELECTION_MODEL(list->selection));
	add_columns(view);
	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       "Memory", -1);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), view);
	gtk_widget_set_vexpand(scroller, TRUE);
	g_object_set_data_full(G_OBJECT(scroller), "jhw-memory-list", list, free_list);
	g_signal_connect_swapped(jhw_session_document(session), "changed", G_CALLBACK(update),
				 list);
	g_signal_connect_swapped(jhw_session_selection(session), "changed",
				 G_CALLBACK(shared_selection_changed), list);
	update(list);
	g_signal_connect_swapped(list->selection, "notify::selected", G_CALLBACK(selected), list);
	return scroller;
}
