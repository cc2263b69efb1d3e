// SPDX-License-Identifier: GPL-2.0-or-later
#include "panels/problems.h"

#include "model/text.h"
#include "panels/problem_actions.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

struct row {
	JhwSession *session;
	GtkListItem *item;
	GtkWidget *box;
	GtkWidget *badge;
	GtkWidget *message;
	GtkWidget *fix;
	GtkWidget *waive;
};

static JhwProblem *problem_of(const struct row *row)
{
	return gtk_list_item_get_item(row->item);
}

static void fix_clicked(struct row *row)
{
	jhw_fix_open(row->fix, row->session, problem_of(row));
}

static void waive_clicked(struct row *row)
{
	jhw_waive_open(row->waive, row->session, problem_of(row));
}

static void free_row(gpointer data)
{
	struct row *row = data;

	g_object_unref(row->session);
	g_free(row);
}

static GtkWidget *new_button(const char *label, const char *class)
{
	GtkWidget *button = gtk_button_new_with_label(label);

	gtk_widget_add_css_class(button, "small");
	if (class)
		gtk_widget_add_css_class(button, class);
	gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
	return button;
}

static void setup(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item, JhwSession *session)
{
	struct row *row = g_new0(struct row, 1);

	row->session = g_object_ref(session);
	row->item = item;
	row->box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 10);
	row->badge = gtk_label_new(NULL);
	gtk_widget_add_css_class(row->badge, "badge");
	gtk_widget_set_valign(row->badge, GTK_ALIGN_CENTER);
	row->message = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(row->message), 0);
	gtk_label_set_wrap(GTK_LABEL(row->message), TRUE);
	gtk_label_set_lines(GTK_LABEL(row->message), 2);
	gtk_label_set_ellipsize(GTK_LABEL(row->message), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(row->message, TRUE);
	row->fix = new_button(_("Fix\342\200\246"), NULL);
	row->waive = new_button(_("Waive\342\200\246"), "flat");
	gtk_box_append(GTK_BOX(row->box), row->badge);
	gtk_box_append(GTK_BOX(row->box), row->message);
	gtk_box_append(GTK_BOX(row->box), row->fix);
	gtk_box_append(GTK_BOX(row->box), row->waive);
	gtk_list_item_set_child(item, row->box);
	g_signal_connect_swapped(row->fix, "clicked", G_CALLBACK(fix_clicked), row);
	g_signal_connect_swapped(row->waive, "clicked", G_CALLBACK(waive_clicked), row);
	g_object_set_data_full(G_OBJECT(item), "jhw-row", row, free_row);
}

static void set_badge(struct row *row, JhwProblem *problem)
{
	static const char *const classes[] = { "badge-error", "badge-warning", "badge-info" };

	for (guint n = 0; n < G_N_ELEMENTS(classes); n++)
		gtk_widget_remove_css_class(row->badge, classes[n]);
	gtk_widget_add_css_class(row->badge, jhw_problem_waiver(problem)
						     ? "badge-info"
						     : classes[jhw_problem_severity(problem)]);
	gtk_label_set_text(GTK_LABEL(row->badge), jhw_problem_rule(problem)->id);
	jhw_tooltip_set(row->badge, jhcfg_severity_name(jhw_problem_severity(problem)));
}

static void bind(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item)
{
	struct row *row = g_object_get_data(G_OBJECT(item), "jhw-row");
	JhwProblem *problem = gtk_list_item_get_item(item);
	const char *waiver = jhw_problem_waiver(problem);
	g_autofree char *text = waiver ? g_strdup_printf(_("%s \302\267 waived: %s"),
							 jhw_problem_message(problem), waiver)
				       : g_strdup(jhw_problem_message(problem));
	g_autofree char *tip =
		g_strdup_printf(_("%s\n%s\n\n%s\n\nAdvice: %s"), text, jhw_problem_object(problem),
				jhw_problem_rule(problem)->doc, jhw_problem_advice(problem));

	set_badge(row, problem);
	gtk_label_set_text(GTK_LABEL(row->message), text);
	jhw_tooltip_set(row->message, tip);
	jhw_accessible_row(item, text);
	gtk_widget_set_visible(row->fix, jhw_problem_fixable(problem) && !waiver);
	gtk_button_set_label(GTK_BUTTON(row->waive),
			     waiver ? _("Take back") : _("Waive\342\200\246"));
	if (waiver)
		gtk_widget_add_css_class(row->message, "dim");
	else
		gtk_widget_remove_css_class(row->message, "dim");
}

static void teardown(G_GNUC_UNUSED GtkListItemFactory *factory, GtkListItem *item)
{
	g_object_set_data(G_OBJECT(item), "jhw-row", NULL);
}

static void activated(GtkListView *view, guint position, JhwSession *session)
{
	g_autoptr(JhwProblem) problem =
		g_list_model_get_item(G_LIST_MODEL(gtk_list_view_get_model(view)), position);
	JhwRef ref;

	ref = jhw_problem_ref(problem, jhw_session_workspace(session));
	jhw_session_go_to(session, &ref);
}

/* --- empty ------------------------------------------------------------------- */

static void show_state(JhwChecker *checker, GtkStack *stack)
{
	gboolean any = g_list_model_get_n_items(jhw_checker_problems(checker)) > 0;

	gtk_stack_set_visible_child_name(stack, any ? "list" : "none");
}

static GtkWidget *new_list(JhwSession *session)
{
	GtkListItemFactory *factory = gtk_signal_list_item_factory_new();
	GListModel *problems = g_object_ref(jhw_checker_problems(jhw_session_checker(session)));
	GtkWidget *scroller = gtk_scrolled_window_new();
	GtkWidget *view =
		gtk_list_view_new(GTK_SELECTION_MODEL(gtk_no_selection_new(problems)), factory);

	g_signal_connect_data(factory, "setup", G_CALLBACK(setup), g_object_ref(session),
			      (GClosureNotify)(void (*)(void))g_object_unref, 0);
	g_signal_connect(factory, "bind", G_CALLBACK(bind), NULL);
	g_signal_connect(factory, "teardown", G_CALLBACK(teardown), NULL);
	gtk_widget_add_css_class(view, "problems");
	gtk_list_view_set_single_click_activate(GTK_LIST_VIEW(view), TRUE);
	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Problems"), -1);
	g_signal_connect_object(view, "activate", G_CALLBACK(activated), session, 0);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), view);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	return scroller;
}

GtkWidget *jhw_problems_panel_new(JhwSession *session)
{
	GtkWidget *stack = gtk_stack_new(), *none = gtk_label_new(_("No problems found."));

	gtk_widget_add_css_class(none, "dim");
	gtk_stack_add_named(GTK_STACK(stack), none, "none");
	gtk_stack_add_named(GTK_STACK(stack), new_list(session), "list");
	g_signal_connect_object(jhw_session_checker(session), "changed", G_CALLBACK(show_state),
				stack, 0);
	show_state(jhw_session_checker(session), GTK_STACK(stack));
	return stack;
}
