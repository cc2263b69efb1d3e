// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/step_row.h"

#include "model/text.h"
#include "widgets/tooltip.h"
#include "widgets/trace.h"

struct row {
	JhwDeployStep *step;
	GtkWidget *sign;
	GtkWidget *progress;
	GtkWidget *message;
	enum jhcfg_deploy_state said;
};

/* What a state looks like, and its name for those who do not see it. */
static const struct {
	const char *sign, *class, *name;
} states[] = {
	[JHCFG_DEPLOY_WAITING] = { "", "sign-waiting", N_("waiting") },
	[JHCFG_DEPLOY_WORKING] = { "\342\200\246", "sign-working", N_("working") },
	[JHCFG_DEPLOY_SUCCEEDED] = { "\342\234\223", "sign-ok", N_("done") },
	[JHCFG_DEPLOY_BROKEN] = { "\342\234\227", "sign-problem", N_("failed") },
	[JHCFG_DEPLOY_LEFT_OUT] = { "\342\200\223", "sign-waiting", N_("left out") },
};

static void update(struct row *row)
{
	enum jhcfg_deploy_state state = jhw_deploy_step_state(row->step);
	double fraction = jhw_deploy_step_fraction(row->step);
	const char *message = jhw_deploy_step_message(row->step);

	gtk_label_set_text(GTK_LABEL(row->sign), states[state].sign);
	jhw_tooltip_set(row->sign, jhw_said(states[state].name));
	for (guint n = 0; n < G_N_ELEMENTS(states); n++)
		if (n != state && g_strcmp0(states[n].class, states[state].class))
			gtk_widget_remove_css_class(row->sign, states[n].class);
	gtk_widget_add_css_class(row->sign, states[state].class);
	gtk_widget_set_visible(row->progress, fraction >= 0);
	if (fraction >= 0)
		gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(row->progress), fraction);
	gtk_label_set_text(GTK_LABEL(row->message), message);
	gtk_widget_set_visible(row->message, *message);
	if (state != row->said)
		jhw_trace("step %s: %s", jhw_deploy_step_title(row->step), states[state].name);
	row->said = state;
}

static void free_row(gpointer data)
{
	struct row *row = data;

	g_signal_handlers_disconnect_by_data(row->step, row);
	g_object_unref(row->step);
	g_free(row);
}

static GtkWidget *new_line(const char *title, const char *value, GtkWidget *sign)
{
	GtkWidget *line = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *words = gtk_label_new(title), *detail = gtk_label_new(value);

	gtk_label_set_xalign(GTK_LABEL(words), 0);
	gtk_label_set_ellipsize(GTK_LABEL(words), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(words, TRUE);
	gtk_label_set_ellipsize(GTK_LABEL(detail), PANGO_ELLIPSIZE_END);
	gtk_label_set_max_width_chars(GTK_LABEL(detail), 16);
	gtk_widget_add_css_class(detail, "dim");
	gtk_widget_set_visible(detail, *value);
	gtk_widget_add_css_class(sign, "sign");
	gtk_box_append(GTK_BOX(line), words);
	gtk_box_append(GTK_BOX(line), detail);
	gtk_box_append(GTK_BOX(line), sign);
	return line;
}

static GtkWidget *new_words(const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_wrap_mode(GTK_LABEL(label), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_selectable(GTK_LABEL(label), TRUE);
	gtk_widget_set_focusable(label, FALSE);
	gtk_widget_set_visible(label, *text);
	return label;
}

GtkWidget *jhw_step_row_new(JhwDeployStep *step)
{
	struct row *row = g_new0(struct row, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
	g_autofree char *title =
		jhw_deploy_step_is_back(step)
			? g_strdup_printf("\342\206\251 %s", jhw_deploy_step_title(step))
			: g_strdup(jhw_deploy_step_title(step));

	row->step = g_object_ref(step);
	row->sign = gtk_label_new(NULL);
	row->progress = gtk_progress_bar_new();
	row->message = new_words("");
	gtk_widget_add_css_class(row->message, "error");
	gtk_box_append(GTK_BOX(box), new_line(title, "", row->sign));
	gtk_box_append(GTK_BOX(box), row->progress);
	gtk_box_append(GTK_BOX(box), row->message);
	gtk_widget_add_css_class(box, "sign-row");
	jhw_tooltip_set(box, jhw_deploy_step_detail(step));
	g_object_set_data_full(G_OBJECT(box), "jhw-row", row, free_row);
	g_signal_connect_swapped(step, "changed", G_CALLBACK(update), row);
	update(row);
	return box;
}

GtkWidget *jhw_sign_row_new(const char *title, const char *value, const char *sign,
			    const char *class, const char *below)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
	GtkWidget *mark = gtk_label_new(sign), *words = new_words(below);

	gtk_widget_add_css_class(mark, class);
	gtk_widget_add_css_class(words, "dim");
	gtk_box_append(GTK_BOX(box), new_line(title, value, mark));
	gtk_box_append(GTK_BOX(box), words);
	gtk_widget_add_css_class(box, "sign-row");
	return box;
}
