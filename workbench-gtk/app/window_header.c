// SPDX-License-Identifier: GPL-2.0-or-later
/* What the header says: project, Undo and Redo with their names, problems. */
#include "app/window_private.h"
#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"
#include "widgets/trace.h"

static void update_title(JhwWindow *window)
{
	JhwDocument *document = window->session ? jhw_session_document(window->session) : NULL;
	const struct jhcfg_board *board =
		document ? jhcfg_workspace_board(jhw_document_workspace(document)) : NULL;
	const char *path = document ? jhw_document_path(document) : NULL;
	g_autofree char *folder = path ? g_path_get_dirname(path) : NULL;
	g_autofree char *base = folder ? g_path_get_basename(folder) : NULL;
	const char *name = base ? base : document ? jhw_document_title(document) : NULL;
	g_autofree char *title = g_strdup_printf(
		"%s%s", document && jhw_document_modified(document) ? "\342\200\242 " : "",
		name ? name : "Jailhouse Workbench");
	g_autofree char *subtitle = g_strdup_printf(
		"%s%s", board ? jhcfg_board_title(board) : "",
		!document			   ? ""
		: jhw_document_read_only(document) ? _(" \302\267 read-only")
		: jhw_document_is_saving(document) ? _(" \302\267 saving\342\200\246")
		: jhw_document_modified(document)  ? _(" \302\267 not saved")
						   : "");

	gtk_label_set_text(GTK_LABEL(window->title), title);
	gtk_label_set_text(GTK_LABEL(window->subtitle), subtitle);
	gtk_widget_set_visible(window->subtitle, *subtitle != '\0');
	gtk_window_set_title(GTK_WINDOW(window), title);
}

/* To set a tooltip asks the display where the pointer is. */
static void set_tip(GtkWidget *widget, const char *tip)
{
	if (g_strcmp0(gtk_widget_get_tooltip_text(widget), tip) != 0)
		jhw_tooltip_set(widget, tip);
}

static void update_step(GtkWidget *button, const char *verb, const char *name)
{
	g_autofree char *tip = name ? g_strdup_printf("%s: %s", verb, name) : g_strdup(verb);

	set_tip(button, tip);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip,
				       -1);
}

static void update_problems(JhwWindow *window)
{
	JhwChecker *checker = window->session ? jhw_session_checker(window->session) : NULL;
	guint errors = checker ? jhw_checker_count(checker, JHCFG_ERROR) : 0;
	guint warnings = checker ? jhw_checker_count(checker, JHCFG_WARNING) : 0;
	g_autofree char *count = g_strdup_printf("%u", errors + warnings);
	g_autofree char *error_text =
		g_strdup_printf(ngettext("%u error", "%u errors", errors), errors);
	g_autofree char *warning_text =
		g_strdup_printf(ngettext("%u warning", "%u warnings", warnings), warnings);
	g_autofree char *tip = g_strdup_printf("%s, %s", error_text, warning_text);

	gtk_label_set_text(GTK_LABEL(window->problems_count), count);
	gtk_widget_set_visible(window->problems_count, errors + warnings > 0);
	gtk_label_set_text(GTK_LABEL(window->problems_label),
			   errors + warnings ? _("Problems") : _("No problems"));
	gtk_widget_remove_css_class(window->problems_count,
				    errors ? "badge-warning" : "badge-error");
	gtk_widget_add_css_class(window->problems_count, errors ? "badge-error" : "badge-warning");
	set_tip(window->problems_button, tip);
	jhw_accessible_name(window->problems_button, tip);
}

static void trace_problems(JhwWindow *window)
{
	JhwChecker *checker = jhw_session_checker(window->session);

	guint errors = jhw_checker_count(checker, JHCFG_ERROR);
	guint warnings = jhw_checker_count(checker, JHCFG_WARNING);
	guint both = errors << 16 | warnings;

	if (!jhw_checker_is_settled(checker) || both == window->traced_problems)
		return;
	window->traced_problems = both;
	jhw_trace("problems %u errors %u warnings", errors, warnings);
}

void jhw_window_update_header(JhwWindow *window)
{
	JhwDocument *document = window->session ? jhw_session_document(window->session) : NULL;
	gboolean open = document != NULL;

	update_title(window);
	update_step(window->undo_button, _("Undo"), open ? jhw_document_undo_name(document) : NULL);
	update_step(window->redo_button, _("Redo"), open ? jhw_document_redo_name(document) : NULL);
	update_problems(window);
	gtk_widget_set_visible(window->undo_button, open);
	gtk_widget_set_visible(window->redo_button, open);
	gtk_widget_set_visible(window->problems_button, open);
	gtk_widget_set_visible(window->deploy_button, open);
	gtk_widget_set_visible(window->target_button, open);
	jhw_window_update_actions(window);
	if (open)
		trace_problems(window);
}
