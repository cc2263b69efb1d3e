// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/lane.h"

#include "model/move.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/scenario.h"
#include "model/text.h"
#include "pages/partition/cell_dialogs.h"
#include "pages/partition/lane_drop.h"
#include "pages/partition/section.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"
#include "widgets/trace.h"
#include "widgets/wrap_layout.h"

#define HEAD 40 /* pixels: name and menu */

struct _JhwLane {
	GtkWidget parent_instance;
	JhwSession *session;
	uint32_t key;
	GtkWidget *bar; /* in the cell's colour */
	GtkWidget *box;
	GtkWidget *name;
	GtkWidget *summary;
	GtkWidget *problems;
	GtkWidget *body;
	GtkWidget *empty;
	const char *owner_class;
	gboolean in_view;
	GPtrArray *sections; /* JhwSection, which @body owns, by @ids */
	GPtrArray *ids;	     /* interned */
};

G_DEFINE_FINAL_TYPE(JhwLane, jhw_lane, GTK_TYPE_WIDGET)

uint32_t jhw_lane_key(JhwLane *lane)
{
	return lane->key;
}

JhwSession *jhw_lane_session(JhwLane *lane)
{
	return lane->session;
}

/* --- actions ----------------------------------------------------------------- */

static void select_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			  G_GNUC_UNUSED GVariant *parameter)
{
	JhwLane *lane = JHW_LANE(widget);

	jhw_selection_set(jhw_session_selection(lane->session),
			  &(JhwRef){ JHW_REF_CELL, lane->key, 0 });
}

static void put_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
		       G_GNUC_UNUSED GVariant *parameter)
{
	JhwLane *lane = JHW_LANE(widget);
	g_autoptr(JhwSession) session = g_object_ref(lane->session);
	g_autoptr(JhwRefList) refs = jhw_selection_list(jhw_session_selection(session));
	GError *error = NULL;

	if (jhw_move_makes_sense(jhw_session_document(session), refs, lane->key))
		jhw_move(jhw_session_document(session), refs, lane->key, &error);
	jhw_session_complain(session, error);
}

static void dialog_action(GtkWidget *widget, const char *name, G_GNUC_UNUSED GVariant *parameter)
{
	JhwLane *lane = JHW_LANE(widget);

	/* at its head: lanes of many CPUs are higher than the window */
	if (g_str_equal(name, "lane.add-memory"))
		jhw_add_memory_open(widget,
				    &(GdkRectangle){ 0, 0, gtk_widget_get_width(widget), HEAD },
				    lane->session, lane->key);
	else
		jhw_delete_cell(lane->session, lane->key);
}

static void clicked(G_GNUC_UNUSED GtkGestureClick *gesture, G_GNUC_UNUSED int count,
		    G_GNUC_UNUSED double x, G_GNUC_UNUSED double y, JhwLane *lane)
{
	gtk_widget_activate_action(GTK_WIDGET(lane), "lane.select", NULL);
}

/* --- making ------------------------------------------------------------------ */

static void jhw_lane_dispose(GObject *object)
{
	JhwLane *lane = JHW_LANE(object);
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(lane))))
		gtk_widget_unparent(child);
	g_clear_pointer(&lane->sections, g_ptr_array_unref);
	g_clear_pointer(&lane->ids, g_ptr_array_unref);
	g_clear_object(&lane->session);
	G_OBJECT_CLASS(jhw_lane_parent_class)->dispose(object);
}

static void snapshot(GtkWidget *widget, GtkSnapshot *onto)
{
	if (JHW_LANE(widget)->in_view)
		GTK_WIDGET_CLASS(jhw_lane_parent_class)->snapshot(widget, onto);
}

void jhw_lane_set_in_view(JhwLane *lane, gboolean in_view)
{
	if (lane->in_view == in_view)
		return;
	lane->in_view = in_view;
	gtk_widget_queue_draw(GTK_WIDGET(lane));
}

static void jhw_lane_class_init(JhwLaneClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_lane_dispose;
	widget_class->snapshot = snapshot;
	jhw_lane_install_drop_signals(G_TYPE_FROM_CLASS(class));
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BOX_LAYOUT);
	gtk_widget_class_set_css_name(widget_class, "lane");
	gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
	gtk_widget_class_install_action(widget_class, "lane.select", NULL, select_action);
	gtk_widget_class_install_action(widget_class, "lane.put", NULL, put_action);
	gtk_widget_class_install_action(widget_class, "lane.add-memory", NULL, dialog_action);
	gtk_widget_class_install_action(widget_class, "lane.delete", NULL, dialog_action);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Return, 0, "lane.select", NULL);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_v, GDK_CONTROL_MASK, "lane.put",
					    NULL);
}

static GtkWidget *new_label(const char *class)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(label, class);
	return label;
}

/* Made when it is wanted: a menu is large, and lanes may be many. */
static void make_menu(GtkMenuButton *button, gpointer lane)
{
	g_autoptr(GMenu) menu = g_menu_new();

	g_menu_append(menu, _("Move Selection Here"), "lane.put");
	if (JHW_LANE(lane)->key != JHCFG_ROOT_KEY) {
		g_menu_append(menu, _("Add Memory\342\200\246"), "lane.add-memory");
		g_menu_append(menu, _("Delete Cell"), "lane.delete");
	}
	gtk_menu_button_set_popover(button, gtk_popover_menu_new_from_model(G_MENU_MODEL(menu)));
}

static GtkWidget *new_header(JhwLane *lane)
{
	GtkWidget *header = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *button = gtk_menu_button_new();

	lane->name = new_label("lane-name");
	lane->summary = new_label("dim");
	gtk_widget_set_hexpand(lane->summary, TRUE);
	lane->problems = new_label("badge");
	gtk_menu_button_set_icon_name(GTK_MENU_BUTTON(button), "view-more-symbolic");
	gtk_menu_button_set_create_popup_func(GTK_MENU_BUTTON(button), make_menu, lane, NULL);
	gtk_menu_button_set_has_frame(GTK_MENU_BUTTON(button), FALSE);
	gtk_widget_set_valign(button, GTK_ALIGN_START);
	jhw_tooltip_set(button, _("What can be done with this cell"));
	jhw_accessible_name(button, _("What can be done with this cell"));
	gtk_widget_set_valign(lane->problems, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(header), lane->name);
	gtk_box_append(GTK_BOX(header), lane->summary);
	gtk_box_append(GTK_BOX(header), lane->problems);
	gtk_box_append(GTK_BOX(header), button);
	return header;
}

static void jhw_lane_init(JhwLane *lane)
{
	GtkWidget *widget = GTK_WIDGET(lane);

	lane->in_view = TRUE;
	lane->sections = g_ptr_array_new();
	lane->ids = g_ptr_array_new();
	lane->bar = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	gtk_widget_add_css_class(lane->bar, "lane-bar");
	gtk_widget_set_parent(lane->bar, widget);
	lane->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
	gtk_widget_add_css_class(lane->box, "lane-box");
	gtk_widget_set_hexpand(lane->box, TRUE);
	gtk_widget_set_parent(lane->box, widget);
	gtk_widget_set_overflow(widget, GTK_OVERFLOW_HIDDEN);
	gtk_widget_set_focusable(widget, TRUE);
}

GtkWidget *jhw_lane_new(JhwSession *session, uint32_t key)
{
	JhwLane *lane = g_object_new(JHW_TYPE_LANE, NULL);
	GtkGesture *click = gtk_gesture_click_new();

	lane->session = g_object_ref(session);
	lane->key = key;
	gtk_box_append(GTK_BOX(lane->box), new_header(lane));
	lane->body = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_set_layout_manager(lane->body, jhw_wrap_layout_new(24, 12));
	gtk_box_append(GTK_BOX(lane->box), lane->body);
	lane->empty = new_label("drop-hint");
	gtk_widget_set_halign(lane->empty, GTK_ALIGN_START);
	gtk_box_append(GTK_BOX(lane->box), lane->empty);
	g_signal_connect(click, "released", G_CALLBACK(clicked), lane);
	gtk_widget_add_controller(GTK_WIDGET(lane), GTK_EVENT_CONTROLLER(click));
	jhw_lane_add_drop(lane);
	return GTK_WIDGET(lane);
}

/* --- showing ----------------------------------------------------------------- */

static GtkWidget *section_of(JhwLane *lane, const char *id)
{
	GtkWidget *section;
	guint index;

	if (g_ptr_array_find(lane->ids, id, &index))
		return lane->sections->pdata[index];
	section = jhw_section_new(lane->session);
	gtk_widget_set_parent(section, lane->body);
	g_ptr_array_add(lane->sections, section);
	/* interned: only the pointer counts */
	g_ptr_array_add(lane->ids, (gpointer)(guintptr)id);
	return section;
}

static gboolean is_wanted(const GPtrArray *contents, gconstpointer id)
{
	for (guint n = 0; n < contents->len; n++)
		if (((JhwSectionSpec *)contents->pdata[n])->id == id)
			return TRUE;
	return FALSE;
}

static void remove_missing(JhwLane *lane, const GPtrArray *contents)
{
	for (guint n = lane->ids->len; n-- > 0;) {
		if (is_wanted(contents, lane->ids->pdata[n]))
			continue;
		gtk_widget_unparent(lane->sections->pdata[n]);
		g_ptr_array_remove_index(lane->sections, n);
		g_ptr_array_remove_index(lane->ids, n);
	}
}

/* What it lacks to run. */
static void show_hint(JhwLane *lane, gboolean all)
{
	gboolean cpus = jhw_cell_num_cpus(jhw_session_workspace(lane->session), lane->key) == 0;

	if (all || cpus)
		gtk_label_set_text(GTK_LABEL(lane->empty),
				   all ? _("Drag CPUs, UARTs, devices and memory onto this cell")
				       : _("No CPU yet: drop one here"));
	gtk_widget_set_visible(lane->empty, all || cpus);
}

static void update_body(JhwLane *lane, const JhwHoldings *holdings)
{
	g_autoptr(GPtrArray) contents =
		jhw_lane_contents(jhw_session_workspace(lane->session), holdings, lane->key);
	GtkWidget *previous = NULL;

	remove_missing(lane, contents);
	for (guint n = 0; n < contents->len; n++) {
		const JhwSectionSpec *spec = contents->pdata[n];
		GtkWidget *section = section_of(lane, spec->id);

		if (gtk_widget_get_prev_sibling(section) != previous)
			gtk_widget_insert_after(section, lane->body, previous);
		jhw_section_update(JHW_SECTION(section), spec, lane->key);
		previous = section;
	}
	show_hint(lane, contents->len == 0);
}

static void update_colour(JhwLane *lane)
{
	const char *class = jhw_owner_class(jhw_session_workspace(lane->session), lane->key);

	if (class == lane->owner_class)
		return;
	if (lane->owner_class)
		gtk_widget_remove_css_class(GTK_WIDGET(lane), lane->owner_class);
	gtk_widget_add_css_class(GTK_WIDGET(lane), class);
	lane->owner_class = class;
}

void jhw_lane_update_problems(JhwLane *lane)
{
	guint count = jhw_checker_count_of_cell(jhw_session_checker(lane->session), lane->key);
	g_autofree char *text =
		g_strdup_printf(ngettext("%u problem", "%u problems", count), count);

	gtk_label_set_text(GTK_LABEL(lane->problems), text);
	gtk_widget_set_visible(lane->problems, count > 0);
}

/* Paler where it does not run in the scenario that is looked at. */
static void update_scenario(JhwLane *lane)
{
	const struct jhcfg_scenario *scenario = jhw_scenario(jhw_session_workspace(lane->session),
							     jhw_session_scenario(lane->session));

	if (scenario && !jhw_scenario_has(scenario, lane->key))
		gtk_widget_add_css_class(GTK_WIDGET(lane), "resting");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(lane), "resting");
}

void jhw_lane_update_selected(JhwLane *lane)
{
	JhwRef ref = jhw_ref_cell(lane->key);

	if (jhw_selection_has(jhw_session_selection(lane->session), &ref))
		gtk_widget_add_css_class(GTK_WIDGET(lane), "selected");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(lane), "selected");
}

void jhw_lane_update(JhwLane *lane, const JhwHoldings *holdings)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(lane->session);
	g_autofree char *name = jhw_cell_title(workspace, lane->key);
	g_autofree char *summary = jhw_cell_summary(workspace, lane->key);
	g_autofree char *label = g_strdup_printf(_("cell %s"), name);

	gtk_label_set_text(GTK_LABEL(lane->name), name);
	gtk_label_set_text(GTK_LABEL(lane->summary), summary);
	gtk_accessible_update_property(GTK_ACCESSIBLE(lane), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
				       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, summary, -1);
	update_colour(lane);
	jhw_lane_update_problems(lane);
	jhw_lane_update_selected(lane);
	update_scenario(lane);
	update_body(lane, holdings);
}

void jhw_lane_trace(JhwLane *lane)
{
	g_autofree char *name = jhw_cell_title(jhw_session_workspace(lane->session), lane->key);
	g_autofree char *id = g_strdup_printf("lane:%s", name);

	jhw_trace_geometry(GTK_WIDGET(lane), id);
	for (guint n = 0; n < lane->sections->len; n++)
		jhw_section_trace(lane->sections->pdata[n]);
}
