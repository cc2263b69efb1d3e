// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/pci/details.h"

#include "model/names.h"
#include "model/pci.h"
#include "model/pci_details.h"
#include "model/pci_index.h"
#include "model/text.h"
#include "widgets/follow.h"
#include "widgets/tooltip.h"

#define HEIGHT 168

struct details {
	JhwSession *session;
	GtkWidget *box;
	JhwRef shown; /* kind NONE: nothing yet */
};

static GtkWidget *add_label(GtkWidget *box, const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	/* half an address is none */
	if (g_strcmp0(class, "address"))
		gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	if (class)
		gtk_widget_add_css_class(label, class);
	gtk_box_append(GTK_BOX(box), label);
	return label;
}

/* A column with a heading that scrolls by itself. */
static GtkWidget *add_column(struct details *details, const char *title, gboolean wide)
{
	GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);
	GtkWidget *scroller = gtk_scrolled_window_new();
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);

	add_label(column, title, "section-heading");
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), box);
	gtk_widget_set_vexpand(scroller, TRUE);
	gtk_widget_set_hexpand(column, wide);
	gtk_box_append(GTK_BOX(column), scroller);
	gtk_box_append(GTK_BOX(details->box), column);
	return box;
}

/* --- registers ---------------------------------------------------------------- */

static void show_region(GtkWidget *button, JhwSession *session)
{
	jhw_session_go_to(session, g_object_get_data(G_OBJECT(button), "jhw-region"));
}

static void add_region(struct details *details, GtkWidget *row, const JhwPciBar *bar)
{
	g_autofree char *cell =
		jhw_cell_title(jhw_session_workspace(details->session), bar->region.cell);
	g_autofree char *own =
		jhw_ref_name(jhw_session_workspace(details->session), &details->shown);
	g_autofree char *text = g_strdup_printf(_("%s of %s"), bar->region_name, cell);
	g_autofree char *tip = g_strdup_printf(_("Show %s in Memory"), text);
	/* most regions are called as the function is */
	GtkWidget *button =
		gtk_button_new_with_label(g_str_equal(own, bar->region_name) ? cell : text);

	gtk_label_set_ellipsize(GTK_LABEL(gtk_button_get_child(GTK_BUTTON(button))),
				PANGO_ELLIPSIZE_END);
	gtk_widget_add_css_class(button, "flat");
	gtk_widget_add_css_class(button, "reference");
	jhw_tooltip_set(button, tip);
	g_object_set_data_full(G_OBJECT(button), "jhw-region", jhw_ref_dup(&bar->region), g_free);
	g_signal_connect_object(button, "clicked", G_CALLBACK(show_region), details->session, 0);
	gtk_box_append(GTK_BOX(row), button);
}

static void add_bar(struct details *details, GtkWidget *box, const JhwPciBar *bar)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 10);

	add_label(row, bar->name, "dim");
	add_label(row, bar->place, "address");
	if (bar->region.kind)
		add_region(details, row, bar);
	else
		add_label(row, bar->kind, "dim");
	jhw_tooltip_set(row, bar->kind);
	gtk_box_append(GTK_BOX(box), row);
}

static void add_bars(struct details *details, const struct jhcfg_workspace *workspace)
{
	g_autoptr(GPtrArray) bars = jhw_pci_bars(workspace, details->shown.id);
	GtkWidget *box = add_column(details, _("Registers"), TRUE);

	for (guint n = 0; n < bars->len; n++)
		add_bar(details, box, bars->pdata[n]);
	if (!bars->len)
		add_label(box, _("none"), "dim");
}

/* --- capabilities -------------------------------------------------------------- */

static void add_caps(struct details *details, const struct jhcfg_workspace *workspace)
{
	g_autoptr(GPtrArray) caps = jhw_pci_caps(workspace, details->shown.id);
	GtkWidget *box = add_column(details, _("Capabilities"), TRUE);

	for (guint n = 0; n < caps->len; n++) {
		const JhwPciCap *cap = caps->pdata[n];
		GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 10);

		add_label(row, cap->name, NULL);
		add_label(row, cap->place, "address");
		add_label(row, cap->writable ? _("writable") : _("read-only"), "dim");
		gtk_box_append(GTK_BOX(box), row);
	}
	if (!caps->len)
		add_label(box, _("none for the cell"), "dim");
}

static void add_name(struct details *details, const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_hw_pci_function *function =
		jhw_pci_function(workspace, details->shown.id);
	g_autofree char *name = jhw_pci_short_name(details->shown.id);
	g_autofree char *driver = NULL;
	GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 4);

	add_label(column, name, "strong");
	if (function) {
		add_label(column, jhw_pci_class_name(function->class_code), NULL);
		driver = g_strdup_printf(_("driver %s"), function->driver);
		if (*function->driver)
			add_label(column, driver, "dim");
	}
	gtk_box_append(GTK_BOX(details->box), column);
}

/* --- all of it ---------------------------------------------------------------- */

static gboolean is_there(const struct jhcfg_workspace *workspace, uint64_t id)
{
	const struct jhcfg_cell *cell;

	return jhw_pci_function(workspace, id) || jhw_pci_device(workspace, id, &cell);
}

static void update(gpointer data)
{
	struct details *details = data;
	const struct jhcfg_workspace *workspace = jhw_session_workspace(details->session);
	GtkWidget *child;
	gboolean any;

	while ((child = gtk_widget_get_first_child(details->box)))
		gtk_box_remove(GTK_BOX(details->box), child);
	any = details->shown.kind && is_there(workspace, details->shown.id);
	gtk_widget_set_size_request(details->box, -1, any ? HEIGHT : -1);
	if (!any) {
		add_label(details->box,
			  _("Select a function to see its registers and capabilities. "
			    "Drag it onto a cell at the left, or press M, to give it away."),
			  "dim");
		return;
	}
	add_name(details, workspace);
	add_bars(details, workspace);
	add_caps(details, workspace);
}

/* What is selected elsewhere meanwhile (a region, by a BAR) changes nothing. */
static void selection_changed(struct details *details)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(details->session));

	if (ref.kind != JHW_REF_PCI || jhw_ref_equal(&ref, &details->shown))
		return;
	details->shown = ref;
	update(details);
}

static void free_details(gpointer data)
{
	struct details *details = data;

	g_signal_handlers_disconnect_by_data(jhw_session_selection(details->session), details);
	g_object_unref(details->session);
	g_free(details);
}

GtkWidget *jhw_pci_details_new(JhwSession *session)
{
	struct details *details = g_new0(struct details, 1);

	details->session = g_object_ref(session);
	details->box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 24);
	gtk_widget_add_css_class(details->box, "card");
	gtk_widget_add_css_class(details->box, "details");
	/* the tree above gets the room */
	gtk_widget_set_vexpand(details->box, FALSE);
	g_object_set_data_full(G_OBJECT(details->box), "jhw-details", details, free_details);
	g_signal_connect_swapped(jhw_session_selection(session), "changed",
				 G_CALLBACK(selection_changed), details);
	jhw_follow_document(details->box, session, update, details);
	selection_changed(details);
	update(details);
	return details->box;
}
