// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/welcome/page.h"

#include "model/beside.h"
#include "model/library.h"
#include "model/recent.h"
#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

#define MAX_RECENT 5U

static GtkWidget *new_label(const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	if (class)
		gtk_widget_add_css_class(label, class);
	return label;
}

/* A button with a title and what it means below, that activates a window's
 * action. */
static GtkWidget *new_choice(const char *icon, const char *title, const char *detail,
			     const char *action, GVariant *target)
{
	GtkWidget *button = gtk_button_new(), *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 14);
	GtkWidget *text = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);

	gtk_box_append(GTK_BOX(box), jhw_decoration_new(icon));
	gtk_box_append(GTK_BOX(text), new_label(title, "strong"));
	gtk_box_append(GTK_BOX(text), new_label(detail, "dim"));
	gtk_widget_set_hexpand(text, TRUE);
	gtk_box_append(GTK_BOX(box), text);
	gtk_button_set_child(GTK_BUTTON(button), box);
	gtk_widget_add_css_class(button, "choice");
	jhw_tooltip_set(button, detail);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
	if (target)
		gtk_actionable_set_action_target_value(GTK_ACTIONABLE(button), target);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
				       -1);
	return button;
}

static void add_column(GtkWidget *columns, const char *heading, GtkWidget *list)
{
	GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *label = new_label(heading, "heading");

	gtk_box_append(GTK_BOX(column), label);
	gtk_box_append(GTK_BOX(column), list);
	gtk_widget_set_hexpand(column, TRUE);
	gtk_box_append(GTK_BOX(columns), column);
}

static GtkWidget *new_sources(void)
{
	GtkWidget *list = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	gtk_box_append(GTK_BOX(list),
		       new_choice("document-open-symbolic", _("Open a project\342\200\246"),
				  _("system.json with its cells"), "win.open", NULL));
	gtk_box_append(GTK_BOX(list),
		       new_choice("view-list-symbolic", _("From a device tree\342\200\246"),
				  _(".dtb or .dts of the board"), "win.open", NULL));
	gtk_box_append(GTK_BOX(list),
		       new_choice("text-x-generic-symbolic", _("From a configuration\342\200\246"),
				  _(".cell of any revision, or C source"), "win.open", NULL));
	gtk_box_append(GTK_BOX(list),
		       new_choice("package-x-generic-symbolic",
				  _("From a recorded machine\342\200\246"),
				  _("what \"jailhouse config collect\" packed"), "win.open", NULL));
	gtk_box_append(GTK_BOX(list),
		       new_choice("network-server-symbolic", _("From a target\342\200\246"),
				  _("a machine behind SSH, or an emulated board"),
				  "win.choose-import", NULL));
	gtk_box_append(GTK_BOX(list), new_choice("computer-symbolic", _("From this machine"),
						 _("what Linux here knows of its hardware"),
						 "win.open-path", g_variant_new_string("/")));
	return list;
}

/* --- what is read from disks ---------------------------------------------------- */

static GtkWidget *new_list(JhwBesideWork read, JhwBesideDone show)
{
	GtkWidget *list = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	jhw_beside(read, show, g_object_ref_sink(list), g_object_unref);
	return list;
}

static gpointer read_boards(G_GNUC_UNUSED gpointer data)
{
	return jhw_library_boards();
}

static void show_boards(gpointer result, gpointer list)
{
	g_autoptr(GPtrArray) boards = result;

	for (guint n = 0; n < boards->len; n++) {
		const JhwLibraryBoard *board = boards->pdata[n];

		gtk_box_append(list, new_choice("drive-harddisk-solidstate-symbolic", board->title,
						board->name, "win.open-path",
						g_variant_new_string(board->path)));
	}
	if (!boards->len)
		gtk_box_append(list, new_label(_("No boards are installed."), "dim"));
}

static gpointer read_recent(G_GNUC_UNUSED gpointer data)
{
	return jhw_recent_list();
}

static void show_recent(gpointer result, gpointer list)
{
	g_auto(GStrv) paths = result;

	for (guint n = 0; n < MAX_RECENT && paths[n]; n++) {
		g_autofree char *folder = g_path_get_dirname(paths[n]);
		g_autofree char *name = g_path_get_basename(folder);

		gtk_box_append(list, new_choice("document-open-recent-symbolic", name, paths[n],
						"win.open-path", g_variant_new_string(paths[n])));
	}
	if (!paths[0])
		gtk_box_append(list, new_label(_("Projects that you save or open are listed here."),
					       "dim"));
}

/* --- the page ------------------------------------------------------------------- */

GtkWidget *jhw_welcome_page_new(void)
{
	GtkWidget *scroller = gtk_scrolled_window_new();
	GtkWidget *page = gtk_box_new(GTK_ORIENTATION_VERTICAL, 20);
	GtkWidget *columns = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 32);

	gtk_widget_add_css_class(page, "welcome");
	gtk_widget_set_valign(page, GTK_ALIGN_CENTER);
	gtk_widget_set_halign(page, GTK_ALIGN_CENTER);
	gtk_box_append(GTK_BOX(page), new_label(_("Divide a machine into cells"), "welcome-title"));
	gtk_box_append(
		GTK_BOX(page),
		new_label(_("Start with hardware that you know, or with a project that there "
			    "is."),
			  "dim"));
	gtk_box_set_homogeneous(GTK_BOX(columns), TRUE);
	add_column(columns, _("START WITH"), new_sources());
	add_column(columns, _("BOARDS"), new_list(read_boards, show_boards));
	add_column(columns, _("RECENT"), new_list(read_recent, show_recent));
	gtk_box_append(GTK_BOX(page), columns);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), page);
	gtk_widget_set_vexpand(scroller, TRUE);
	return scroller;
}
