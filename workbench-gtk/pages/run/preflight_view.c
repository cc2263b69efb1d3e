// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/preflight.h"
#include "model/text.h"
#include "pages/run/side.h"
#include "pages/run/step_row.h"
#include "widgets/tooltip.h"
#include "widgets/trace.h"

struct view {
	JhwPreflight *preflight;
	GtkWidget *box;
	GtkWidget *list;
	GtkWidget *words;
	GtkWidget *again;
};

static const struct {
	const char *sign, *class;
} states[] = {
	[JHCFG_PROBE_OK] = { "\342\234\223", "sign-ok" },
	[JHCFG_PROBE_ADVICE] = { "!", "sign-advice" },
	[JHCFG_PROBE_PROBLEM] = { "\342\234\227", "sign-problem" },
	[JHCFG_PROBE_UNKNOWN] = { "?", "sign-waiting" },
};

static void show_rows(struct view *view)
{
	const struct jhcfg_probe_row *row;
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(view->list)))
		gtk_box_remove(GTK_BOX(view->list), child);
	for (guint n = 0; (row = jhw_preflight_at(view->preflight, n)); n++) {
		GtkWidget *line = jhw_sign_row_new(row->title, row->found, states[row->state].sign,
						   states[row->state].class, row->advice);

		jhw_tooltip_set(line, *row->found ? row->found : NULL);
		gtk_box_append(GTK_BOX(view->list), line);
	}
	gtk_widget_set_visible(view->list, gtk_widget_get_first_child(view->list) != NULL);
}

static void update(struct view *view)
{
	gboolean busy = jhw_preflight_is_busy(view->preflight);
	const char *failure = jhw_preflight_failure(view->preflight);
	const char *words = busy ? _("Looking at the target") : failure;

	show_rows(view);
	gtk_label_set_text(GTK_LABEL(view->words), words);
	gtk_widget_set_visible(view->words, *words);
	gtk_widget_set_visible(view->box, *words || gtk_widget_get_visible(view->list));
	gtk_widget_set_sensitive(view->again, !busy);
	if (!busy && gtk_widget_get_visible(view->list))
		jhw_trace("preflight %u problems",
			  jhw_preflight_count(view->preflight, JHCFG_PROBE_PROBLEM));
}

static void free_view(gpointer data)
{
	struct view *view = data;

	g_signal_handlers_disconnect_by_data(view->preflight, view);
	g_object_unref(view->preflight);
	g_free(view);
}

static GtkWidget *new_heading(struct view *view)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	GtkWidget *heading = gtk_label_new(_("PREFLIGHT"));

	gtk_label_set_xalign(GTK_LABEL(heading), 0);
	gtk_widget_set_hexpand(heading, TRUE);
	gtk_widget_add_css_class(heading, "heading");
	view->again = gtk_button_new_from_icon_name("view-refresh-symbolic");
	gtk_widget_add_css_class(view->again, "flat");
	gtk_widget_set_valign(view->again, GTK_ALIGN_END);
	jhw_tooltip_set(view->again, _("Look again"));
	g_signal_connect_swapped(view->again, "clicked", G_CALLBACK(jhw_preflight_run),
				 view->preflight);
	gtk_box_append(GTK_BOX(row), heading);
	gtk_box_append(GTK_BOX(row), view->again);
	return row;
}

GtkWidget *jhw_preflight_view_new(JhwSession *session)
{
	struct view *view = g_new0(struct view, 1);

	view->preflight = jhw_preflight_new(jhw_session_target(session));
	view->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	view->list = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	view->words = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(view->words), 0);
	gtk_label_set_wrap(GTK_LABEL(view->words), TRUE);
	gtk_widget_add_css_class(view->words, "dim");
	gtk_widget_add_css_class(view->list, "card");
	gtk_box_append(GTK_BOX(view->box), new_heading(view));
	gtk_box_append(GTK_BOX(view->box), view->words);
	gtk_box_append(GTK_BOX(view->box), view->list);
	g_object_set_data_full(G_OBJECT(view->box), "jhw-view", view, free_view);
	g_signal_connect_swapped(view->preflight, "changed", G_CALLBACK(update), view);
	update(view);
	return view->box;
}
