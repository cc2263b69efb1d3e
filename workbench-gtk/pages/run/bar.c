// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/bar.h"

#include <inttypes.h>

#include "model/text.h"
#include "pages/run/record.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

struct bar {
	JhwTarget *target;
	GtkWidget *dot;
	GtkWidget *name;
	GtkWidget *words;
	GtkWidget *disable;
	GtkWidget *connect;
};

static char *pool_text(const struct jhcfg_status *status)
{
	g_autofree char *used = NULL, *size = NULL;

	if (!status || !status->enabled || status->mem_pool_used == JHCFG_NO_VALUE ||
	    status->mem_pool_size == JHCFG_NO_VALUE)
		return g_strdup("");
	used = g_strdup_printf("%" PRIu64, status->mem_pool_used);
	size = g_strdup_printf("%" PRIu64, status->mem_pool_size);
	return g_strdup_printf(_(" \302\267 pool %s of %s pages"), used, size);
}

static void set_dot(struct bar *bar, JhwTargetState state)
{
	for (guint n = 0; n <= JHW_TARGET_ENABLED; n++)
		gtk_widget_remove_css_class(bar->dot, jhw_target_state_class(n));
	gtk_widget_add_css_class(bar->dot, jhw_target_state_class(state));
}

static void update(struct bar *bar)
{
	JhwTargetState state = jhw_target_state(bar->target);
	g_autofree char *pool = pool_text(jhw_target_status(bar->target));
	const char *name = jhw_target_name(bar->target), *reason = jhw_target_reason(bar->target);
	g_autofree char *words = g_strdup_printf(
		"%s%s%s%s", state == JHW_TARGET_NONE ? "" : jhw_target_state_text(bar->target),
		pool, *reason ? ": " : "", reason);

	set_dot(bar, state);
	gtk_label_set_text(GTK_LABEL(bar->name), name ? name : _("No target"));
	gtk_label_set_text(GTK_LABEL(bar->words), words);
	jhw_tooltip_set(bar->words, *reason ? words : NULL);
	gtk_widget_set_visible(bar->disable, state == JHW_TARGET_ENABLED &&
						     !jhw_target_is_recording(bar->target));
	gtk_widget_set_visible(bar->connect, state == JHW_TARGET_LOST);
}

static void free_bar(gpointer data)
{
	struct bar *bar = data;

	g_signal_handlers_disconnect_by_data(bar->target, bar);
	g_object_unref(bar->target);
	g_free(bar);
}

static GtkWidget *add_button(GtkWidget *box, const char *label, const char *action)
{
	GtkWidget *button = jhw_button_new(label);

	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
	gtk_box_append(GTK_BOX(box), button);
	return button;
}

GtkWidget *jhw_run_bar_new(JhwSession *session)
{
	struct bar *bar = g_new0(struct bar, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	bar->target = g_object_ref(jhw_session_target(session));
	bar->dot = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_add_css_class(bar->dot, "state-dot");
	gtk_widget_set_valign(bar->dot, GTK_ALIGN_CENTER);
	bar->name = gtk_label_new(NULL);
	gtk_widget_add_css_class(bar->name, "strong");
	gtk_label_set_ellipsize(GTK_LABEL(bar->name), PANGO_ELLIPSIZE_MIDDLE);
	bar->words = gtk_label_new(NULL);
	gtk_widget_add_css_class(bar->words, "dim");
	gtk_label_set_xalign(GTK_LABEL(bar->words), 0);
	gtk_label_set_ellipsize(GTK_LABEL(bar->words), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(bar->words, TRUE);
	gtk_box_append(GTK_BOX(box), bar->dot);
	gtk_box_append(GTK_BOX(box), bar->name);
	gtk_box_append(GTK_BOX(box), bar->words);
	gtk_box_append(GTK_BOX(box), jhw_record_button_new(session));
	bar->connect = add_button(box, _("_Connect Again"), "run.connect");
	bar->disable = add_button(box, _("_Disable\342\200\246"), "run.disable");
	gtk_widget_add_css_class(box, "target-bar");
	g_object_set_data_full(G_OBJECT(box), "jhw-bar", bar, free_bar);
	g_signal_connect_swapped(bar->target, "changed", G_CALLBACK(update), bar);
	g_signal_connect_swapped(bar->target, "sampled", G_CALLBACK(update), bar);
	update(bar);
	return box;
}
