// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/page.h"

#include <stdlib.h>

#include <jhcfg/project.h>

#include "model/names.h"
#include "model/owner.h"
#include "pages/partition/lane.h"
#include "pages/partition/preview_place.h"
#include "widgets/edge_scroll.h"
#include "widgets/follow.h"
#include "widgets/preview.h"
#include "widgets/trace.h"

#define SEEN 24 /* pixels of a lane that are enough */

struct _JhwPartitionPage {
	GtkWidget parent_instance;
	JhwSession *session;
	GtkWidget *overlay;
	GtkWidget *scroller;
	GtkWidget *lanes;
	GtkWidget *preview;
	double x, y;	    /* the pointer's place when it drags */
	GHashTable *by_key; /* key to JhwLane, which @lanes owns */
	uint32_t wanted;    /* key of the cell that is to be seen, 0: none */
};

G_DEFINE_FINAL_TYPE(JhwPartitionPage, jhw_partition_page, GTK_TYPE_WIDGET)

static void jhw_partition_page_dispose(GObject *object)
{
	JhwPartitionPage *page = JHW_PARTITION_PAGE(object);

	g_clear_pointer(&page->by_key, g_hash_table_unref);
	g_clear_pointer(&page->overlay, gtk_widget_unparent);
	g_clear_object(&page->session);
	G_OBJECT_CLASS(jhw_partition_page_parent_class)->dispose(object);
}

/* All that is drawn has been placed by now, and scrolling draws, too. */
static void jhw_partition_page_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	JhwPartitionPage *page = JHW_PARTITION_PAGE(widget);
	float height = (float)gtk_widget_get_height(page->scroller);
	GHashTableIter iterator;
	graphene_rect_t bounds;
	gpointer lane;

	g_hash_table_iter_init(&iterator, page->by_key);
	while (g_hash_table_iter_next(&iterator, NULL, &lane))
		if (gtk_widget_compute_bounds(lane, page->scroller, &bounds))
			jhw_lane_set_in_view(lane,
					     bounds.origin.y < height &&
						     bounds.origin.y + bounds.size.height > 0);
	GTK_WIDGET_CLASS(jhw_partition_page_parent_class)->snapshot(widget, snapshot);
}

/* No size changes when the pointer moves: only this is asked anew. */
static gboolean place_preview(GtkOverlay *overlay, GtkWidget *preview, GdkRectangle *at,
			      JhwPartitionPage *page)
{
	GtkRequisition size;
	struct card_place place;

	gtk_widget_get_preferred_size(preview, NULL, &size);
	place = card_place((int)page->x, (int)page->y, size.width, size.height,
			   gtk_widget_get_width(GTK_WIDGET(overlay)),
			   gtk_widget_get_height(GTK_WIDGET(overlay)));
	*at = (GdkRectangle){ place.x, place.y, size.width, size.height };
	return TRUE;
}

static void jhw_partition_page_class_init(JhwPartitionPageClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_partition_page_dispose;
	GTK_WIDGET_CLASS(class)->snapshot = jhw_partition_page_snapshot;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "partition");
}

static void jhw_partition_page_init(JhwPartitionPage *page)
{
	page->by_key = g_hash_table_new(NULL, NULL);
	page->lanes = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	gtk_widget_add_css_class(page->lanes, "page");
	page->scroller = gtk_scrolled_window_new();
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(page->scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(page->scroller), page->lanes);
	jhw_edge_scroll_add(GTK_SCROLLED_WINDOW(page->scroller));
	page->overlay = gtk_overlay_new();
	gtk_overlay_set_child(GTK_OVERLAY(page->overlay), page->scroller);
	page->preview = jhw_preview_new();
	gtk_overlay_add_overlay(GTK_OVERLAY(page->overlay), page->preview);
	g_signal_connect(page->overlay, "get-child-position", G_CALLBACK(place_preview), page);
	gtk_widget_set_parent(page->overlay, GTK_WIDGET(page));
}

/* --- drags above lanes ------------------------------------------------------- */

static void hover(JhwLane *lane, JhwRefList *refs, double x, double y, JhwPartitionPage *page)
{
	jhw_preview_show(JHW_PREVIEW(page->preview), jhw_session_document(page->session), refs,
			 jhw_lane_key(lane));
	gtk_widget_translate_coordinates(GTK_WIDGET(lane), page->overlay, x, y, &page->x, &page->y);
	gtk_widget_queue_allocate(page->overlay);
}

static void unhover(G_GNUC_UNUSED JhwLane *lane, JhwPartitionPage *page)
{
	jhw_preview_hide(JHW_PREVIEW(page->preview));
}

/* Another lane is below the pointer now, which has not said so yet. */
static void scrolled(JhwPartitionPage *page)
{
	jhw_preview_hide(JHW_PREVIEW(page->preview));
}

/* --- lanes ------------------------------------------------------------------- */

static GtkWidget *lane_of(JhwPartitionPage *page, uint32_t key)
{
	GtkWidget *lane = g_hash_table_lookup(page->by_key, GUINT_TO_POINTER(key));

	if (!lane) {
		lane = jhw_lane_new(page->session, key);
		g_signal_connect_object(lane, "hover", G_CALLBACK(hover), page, 0);
		g_signal_connect_object(lane, "leave", G_CALLBACK(unhover), page, 0);
		gtk_box_append(GTK_BOX(page->lanes), lane);
		g_hash_table_insert(page->by_key, GUINT_TO_POINTER(key), lane);
	}
	return lane;
}

static void remove_missing(JhwPartitionPage *page)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(page->session);
	GHashTableIter iterator;
	gpointer key, lane;

	g_hash_table_iter_init(&iterator, page->by_key);
	while (g_hash_table_iter_next(&iterator, &key, &lane)) {
		if (jhcfg_workspace_cell(workspace, GPOINTER_TO_UINT(key)))
			continue;
		g_hash_table_iter_remove(&iterator);
		gtk_box_remove(GTK_BOX(page->lanes), lane);
	}
}

static void trace(JhwPartitionPage *page)
{
	GHashTableIter iterator;
	gpointer lane;

	g_hash_table_iter_init(&iterator, page->by_key);
	while (g_hash_table_iter_next(&iterator, NULL, &lane))
		jhw_lane_trace(lane);
	jhw_trace("SETTLED");
}

/* After the frame in which all have got their places. */
static void painted(GdkFrameClock *clock, JhwPartitionPage *page)
{
	g_signal_handlers_disconnect_by_func(clock, painted, page);
	trace(page);
}

static void trace_soon(JhwPartitionPage *page)
{
	GdkFrameClock *clock = gtk_widget_get_frame_clock(GTK_WIDGET(page));

	if (!jhw_trace_on() || !clock)
		return;
	g_signal_handlers_disconnect_by_func(clock, painted, page);
	g_signal_connect_object(clock, "after-paint", G_CALLBACK(painted), page, 0);
	gtk_widget_queue_draw(GTK_WIDGET(page));
}

static void update(JhwPartitionPage *page)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(page->session);
	g_autoptr(JhwHoldings) holdings = jhw_holdings_new(workspace);
	GtkWidget *previous = NULL;
	uint32_t key;

	remove_missing(page);
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		GtkWidget *lane = lane_of(page, key);

		gtk_box_reorder_child_after(GTK_BOX(page->lanes), lane, previous);
		jhw_lane_update(JHW_LANE(lane), holdings);
		previous = lane;
	}
	trace_soon(page);
}

/* For tests: whether it is what it was before. */
static void trace_digest(JhwPartitionPage *page)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(page->session);
	g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
	uint32_t key;

	if (!jhw_trace_on())
		return;
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		char *text = NULL;

		if (!jhcfg_project_write(jhcfg_workspace_cell(workspace, key), &text))
			g_checksum_update(sum, (const guchar *)text, -1);
		free(text);
	}
	jhw_trace("DIGEST %s", g_checksum_get_string(sum));
}

/* Also while nobody sees the page. */
static void trace_change(JhwPartitionPage *page)
{
	JhwDocument *document = jhw_session_document(page->session);
	const char *undo = jhw_document_undo_name(document);
	const char *redo = jhw_document_redo_name(document);

	trace_digest(page);
	jhw_trace("changed undo=%s redo=%s", undo ? undo : "", redo ? redo : "");
}

static void for_each_lane(JhwPartitionPage *page, void (*update_lane)(JhwLane *lane))
{
	GHashTableIter iterator;
	gpointer lane;

	g_hash_table_iter_init(&iterator, page->by_key);
	while (g_hash_table_iter_next(&iterator, NULL, &lane))
		update_lane(lane);
	trace_soon(page);
}

/* --- what is selected is seen ------------------------------------------------------ */

/* Lanes that are seen at all stay where they are: somebody points at them. */
static void show_lane(GdkFrameClock *clock, JhwPartitionPage *page)
{
	GtkAdjustment *scroll =
		gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(page->scroller));
	GtkWidget *lane = g_hash_table_lookup(page->by_key, GUINT_TO_POINTER(page->wanted));
	float height = (float)gtk_widget_get_height(page->scroller);
	graphene_rect_t bounds;

	g_signal_handlers_disconnect_by_func(clock, show_lane, page);
	page->wanted = 0;
	if (!lane || !gtk_widget_compute_bounds(lane, page->scroller, &bounds) ||
	    (bounds.origin.y + bounds.size.height > SEEN && bounds.origin.y < height - SEEN))
		return;
	gtk_adjustment_set_value(
		scroll, gtk_adjustment_get_value(scroll) + bounds.origin.y +
				(bounds.origin.y > 0 ? MIN(bounds.size.height - height, 0) : 0));
	/* places are told once, when they are the new ones */
	trace_soon(page);
}

/* After the frame in which it has got its place. */
static void show_wanted(JhwPartitionPage *page)
{
	GdkFrameClock *clock = gtk_widget_get_frame_clock(GTK_WIDGET(page));

	if (!page->wanted || !clock || !gtk_widget_get_mapped(GTK_WIDGET(page)))
		return;
	g_signal_handlers_disconnect_by_func(clock, show_lane, page);
	g_signal_connect_object(clock, "after-paint", G_CALLBACK(show_lane), page, 0);
	gtk_widget_queue_draw(GTK_WIDGET(page));
}

/* Chips look for themselves. */
static void selection_changed(JhwPartitionPage *page)
{
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(page->session));
	JhwRef current = jhw_selection_current(jhw_session_selection(page->session));
	g_autofree char *name = jhw_ref_name(jhw_session_workspace(page->session), &current);

	/* what several cells may have was perhaps clicked in another one's lane */
	page->wanted = current.kind == JHW_REF_CELL ? current.cell : 0;
	show_wanted(page);
	jhw_trace("selected %u %s", refs->count, name);
	for_each_lane(page, jhw_lane_update_selected);
}

/* Somebody leads here, to what is selected. */
static void led_here(JhwPartitionPage *page, const char *id)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(page->session));

	if (!g_str_equal(id, "partition") || ref.kind == JHW_REF_NONE)
		return;
	page->wanted = ref.kind == JHW_REF_CELL
			       ? ref.cell
			       : jhw_owner_of(jhw_session_workspace(page->session), &ref);
	show_wanted(page);
}

static void problems_changed(JhwPartitionPage *page)
{
	for_each_lane(page, jhw_lane_update_problems);
}

static void update_data(gpointer page)
{
	update(page);
}

GtkWidget *jhw_partition_page_new(JhwSession *session)
{
	JhwPartitionPage *page = g_object_new(JHW_TYPE_PARTITION_PAGE, NULL);

	page->session = g_object_ref(session);
	g_signal_connect_object(jhw_session_document(session), "changed", G_CALLBACK(trace_change),
				page, G_CONNECT_SWAPPED);
	jhw_follow_document(GTK_WIDGET(page), session, update_data, page);
	g_signal_connect(page, "map", G_CALLBACK(show_wanted), NULL);
	g_signal_connect_object(session, "show-page", G_CALLBACK(led_here), page,
				G_CONNECT_SWAPPED);
	/* selection and problems show on the lanes, too */
	g_signal_connect_object(jhw_session_selection(session), "changed",
				G_CALLBACK(selection_changed), page, G_CONNECT_SWAPPED);
	g_signal_connect_object(session, "scenario-changed", G_CALLBACK(update), page,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(jhw_session_checker(session), "changed",
				G_CALLBACK(problems_changed), page, G_CONNECT_SWAPPED);
	g_signal_connect(page, "map", G_CALLBACK(trace_soon), NULL);
	g_signal_connect_object(
		gtk_scrolled_window_get_vadjustment(GTK_SCROLLED_WINDOW(page->scroller)),
		"value-changed", G_CALLBACK(scrolled), page, G_CONNECT_SWAPPED);
	update(page);
	return GTK_WIDGET(page);
}
