// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/text_list.h"

#include "model/list_sync.h"
#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/follow.h"
#include "widgets/move_menu.h"
#include "widgets/ref_row.h"

#define KEY "jhw-text-list"

/* --- rows --------------------------------------------------------------------- */

struct _JhwTextRow {
	GObject parent_instance;
	JhwRef ref;
	char **texts;
	const char *owner; /* a constant */
};

G_DEFINE_FINAL_TYPE(JhwTextRow, jhw_text_row, G_TYPE_OBJECT)

static void jhw_text_row_finalize(GObject *object)
{
	g_strfreev(JHW_TEXT_ROW(object)->texts);
	G_OBJECT_CLASS(jhw_text_row_parent_class)->finalize(object);
}

static void jhw_text_row_class_init(JhwTextRowClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_text_row_finalize;
}

static void jhw_text_row_init(G_GNUC_UNUSED JhwTextRow *row)
{
}

JhwTextRow *jhw_text_row_new(const JhwRef *ref, char **texts)
{
	JhwTextRow *row = g_object_new(JHW_TYPE_TEXT_ROW, NULL);

	row->ref = *ref;
	row->texts = texts;
	return row;
}

void jhw_text_row_set_owner(JhwTextRow *row, const char *owner)
{
	row->owner = owner;
}

static gboolean equal_rows(gconstpointer a, gconstpointer b)
{
	const JhwTextRow *first = a, *second = b;

	return jhw_ref_equal(&first->ref, &second->ref) && first->owner == second->owner &&
	       g_strv_equal((const char *const *)first->texts, (const char *const *)second->texts);
}

/* --- what it follows ---------------------------------------------------------- */

struct list {
	JhwSession *session;
	const JhwTextColumn *columns;
	JhwTextRows rows;
	gpointer data;
	GListStore *store;
	GtkWidget *scroller;
	gboolean filled; /* with what there is now */
};

/* Rows and their widgets take memory: there are none before somebody looks. */
static void update(struct list *list)
{
	g_autoptr(GPtrArray) rows = g_ptr_array_new_with_free_func(g_object_unref);

	list->filled = gtk_widget_get_mapped(list->scroller);
	if (!list->filled)
		return;
	list->rows(list->session, rows, list->data);
	jhw_list_sync(list->store, rows, equal_rows);
}

void jhw_text_list_update(GtkWidget *widget)
{
	update(g_object_get_data(G_OBJECT(widget), KEY));
}

static void free_list(gpointer data)
{
	struct list *list = data;

	g_signal_handlers_disconnect_by_data(jhw_session_document(list->session), list);
	g_object_unref(list->store);
	g_object_unref(list->session);
	g_free(list);
}

static JhwRef ref_of(gpointer row)
{
	return JHW_TEXT_ROW(row)->ref;
}

/* --- the view ----------------------------------------------------------------- */

static guint column_of(GtkSignalListItemFactory *factory)
{
	return GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(factory), "column"));
}

static GtkWidget *with_swatch(GtkWidget *label)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *swatch = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

	gtk_widget_set_valign(swatch, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(box), swatch);
	gtk_box_append(GTK_BOX(box), label);
	return box;
}

static void set_up(GtkSignalListItemFactory *factory, GtkListItem *item, struct list *list)
{
	const JhwTextColumn *column = &list->columns[column_of(factory)];
	GtkWidget *label = gtk_label_new(NULL);
	GtkWidget *child = column->swatch ? with_swatch(label) : label;

	gtk_label_set_xalign(GTK_LABEL(label), column->right ? 1 : 0);
	/* half an address is none */
	if (!column->monospace)
		gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(label, column->monospace ? "monospace" : "numeric");
	jhw_ref_row_add(child, item, ref_of, list->scroller, list->session);
	gtk_list_item_set_child(item, child);
}

static void set_swatch(GtkWidget *swatch, const char *owner)
{
	const char *classes[] = { "swatch", owner, NULL };

	gtk_widget_set_css_classes(swatch, classes);
	gtk_widget_set_visible(swatch, owner != NULL);
}

static void bind(GtkSignalListItemFactory *factory, GtkListItem *item)
{
	JhwTextRow *row = gtk_list_item_get_item(item);
	GtkWidget *child = gtk_list_item_get_child(item);

	if (!GTK_IS_LABEL(child)) {
		set_swatch(gtk_widget_get_first_child(child), row->owner);
		child = gtk_widget_get_last_child(child);
	}
	gtk_label_set_text(GTK_LABEL(child), row->texts[column_of(factory)]);
	if (column_of(factory) == 0) {
		g_autofree char *all = g_strjoinv(", ", row->texts);

		jhw_accessible_row(item, all);
	}
}

static void add_column(struct list *list, GtkWidget *view, guint index)
{
	const JhwTextColumn *column = &list->columns[index];
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	g_autoptr(GtkColumnViewColumn) view_column = NULL;

	g_object_set_data(G_OBJECT(factory), "column", GUINT_TO_POINTER(index));
	g_signal_connect(factory, "setup", G_CALLBACK(set_up), list);
	g_signal_connect(factory, "bind", G_CALLBACK(bind), NULL);
	view_column = gtk_column_view_column_new(jhw_said(column->title), factory);
	gtk_column_view_column_set_resizable(view_column, TRUE);
	gtk_column_view_column_set_expand(view_column, column->expand);
	gtk_column_view_append_column(GTK_COLUMN_VIEW(view), view_column);
}

static void follow_changes(gpointer data)
{
	update(data);
}

static void mapped(struct list *list)
{
	if (!list->filled)
		update(list);
}

GtkWidget *jhw_text_list_new(JhwSession *session, const char *name, const JhwTextColumn *columns,
			     guint num_columns, JhwTextRows rows, gpointer data)
{
	struct list *list = g_new0(struct list, 1);
	GtkWidget *view, *scroller = gtk_scrolled_window_new();

	list->session = g_object_ref(session);
	list->columns = columns;
	list->rows = rows;
	list->data = data;
	list->scroller = scroller;
	list->store = g_list_store_new(JHW_TYPE_TEXT_ROW);
	view = gtk_column_view_new(
		jhw_ref_selection_new(session, g_object_ref(G_LIST_MODEL(list->store)), ref_of));
	for (guint n = 0; n < num_columns; n++)
		add_column(list, view, n);
	jhw_accessible_name(view, name);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), view);
	gtk_widget_set_vexpand(scroller, TRUE);
	g_object_set_data_full(G_OBJECT(scroller), KEY, list, free_list);
	g_signal_connect_swapped(scroller, "map", G_CALLBACK(mapped), list);
	jhw_move_menu_install(scroller, session);
	jhw_follow_document(scroller, session, follow_changes, list);
	return scroller;
}
