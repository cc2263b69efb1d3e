// SPDX-License-Identifier: GPL-2.0-or-later
/* What stands above a console: search, log, times. */
#include "model/text.h"
#include "pages/run/console_view_private.h"
#include "widgets/accessible.h"
#include "widgets/stay_at_end.h"
#include "widgets/tooltip.h"

/* --- search ------------------------------------------------------------------- */

static void find(JhwConsoleView *view, gboolean backwards)
{
	GtkTextBuffer *buffer = jhw_console_text_buffer(view->text);
	const char *wanted = gtk_editable_get_text(GTK_EDITABLE(view->search));
	gboolean found = jhw_console_text_find(view->text, backwards);

	if (found || !*wanted)
		gtk_widget_remove_css_class(view->search, "error");
	else
		gtk_widget_add_css_class(view->search, "error");
	if (!found)
		return;
	jhw_stay_at_end_set(view->view, FALSE);
	gtk_text_view_scroll_to_mark(GTK_TEXT_VIEW(view->view), gtk_text_buffer_get_insert(buffer),
				     0.1, FALSE, 0, 0);
}

static void search_changed(JhwConsoleView *view)
{
	jhw_console_text_set_search(view->text, gtk_editable_get_text(GTK_EDITABLE(view->search)));
	find(view, TRUE);
}

static void find_next(JhwConsoleView *view)
{
	find(view, FALSE);
}

static void find_previous(JhwConsoleView *view)
{
	find(view, TRUE);
}

/* --- log ---------------------------------------------------------------------- */

static void chosen(GtkNativeDialog *dialog, int response, JhwConsoleView *view)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	g_autofree char *path = file ? g_file_get_path(file) : NULL;
	g_autoptr(GError) error = NULL;

	if (response == GTK_RESPONSE_ACCEPT && path && view->console &&
	    !jhw_console_log_to(view->console, path, &error))
		gtk_label_set_text(GTK_LABEL(view->state), error->message);
	g_object_unref(dialog);
	g_object_unref(view);
}

static void log_clicked(JhwConsoleView *view)
{
	GtkRoot *root = gtk_widget_get_root(GTK_WIDGET(view));
	GtkFileChooserNative *dialog;

	if (jhw_console_log_path(view->console)) {
		jhw_console_log_to(view->console, NULL, NULL);
		return;
	}
	dialog = gtk_file_chooser_native_new(_("Log to a File"), GTK_WINDOW(root),
					     GTK_FILE_CHOOSER_ACTION_SAVE, _("_Log"), _("_Cancel"));
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), "console.log");
	g_signal_connect(dialog, "response", G_CALLBACK(chosen), g_object_ref(view));
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

/* --- the bar ------------------------------------------------------------------ */

static void stamps_toggled(JhwConsoleView *view, GtkToggleButton *button)
{
	jhw_console_text_set_stamps(view->text, gtk_toggle_button_get_active(button));
	jhw_stay_at_end_set(view->view, TRUE);
}

static void clear_clicked(JhwConsoleView *view)
{
	jhw_console_clear(view->console);
	jhw_console_view_show(view);
}

static GtkWidget *add_button(JhwConsoleView *view, GtkWidget *bar, const char *icon,
			     const char *label, const char *tip, void (*clicked)(JhwConsoleView *))
{
	GtkWidget *button =
		icon ? gtk_button_new_from_icon_name(icon) : gtk_button_new_with_label(label);

	jhw_tooltip_set(button, tip);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, tip,
				       -1);
	gtk_widget_add_css_class(button, "small");
	gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
	g_signal_connect_swapped(button, "clicked", G_CALLBACK(clicked), view);
	gtk_box_append(GTK_BOX(bar), button);
	return button;
}

GtkWidget *jhw_console_bar_new(JhwConsoleView *view)
{
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	GtkWidget *stamps = gtk_toggle_button_new_with_label(_("Times"));

	view->state = gtk_label_new(NULL);
	gtk_widget_add_css_class(view->state, "dim");
	gtk_label_set_xalign(GTK_LABEL(view->state), 0);
	gtk_label_set_ellipsize(GTK_LABEL(view->state), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(view->state, TRUE);
	gtk_box_append(GTK_BOX(bar), view->state);
	view->search = gtk_search_entry_new();
	g_object_set(view->search, "placeholder-text", _("Search"), "search-delay", 50, NULL);
	jhw_accessible_name(view->search, _("Search"));
	gtk_widget_set_size_request(view->search, 150, -1);
	g_signal_connect_swapped(view->search, "search-changed", G_CALLBACK(search_changed), view);
	g_signal_connect_swapped(view->search, "activate", G_CALLBACK(find_previous), view);
	g_signal_connect_swapped(view->search, "next-match", G_CALLBACK(find_next), view);
	g_signal_connect_swapped(view->search, "previous-match", G_CALLBACK(find_previous), view);
	gtk_box_append(GTK_BOX(bar), view->search);
	add_button(view, bar, "go-up-symbolic", NULL, _("The line before that has it"),
		   find_previous);
	add_button(view, bar, "go-down-symbolic", NULL, _("The next line that has it"), find_next);
	gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(stamps), TRUE);
	jhw_tooltip_set(stamps, _("When each line came"));
	gtk_widget_add_css_class(stamps, "small");
	gtk_widget_set_valign(stamps, GTK_ALIGN_CENTER);
	g_signal_connect_swapped(stamps, "toggled", G_CALLBACK(stamps_toggled), view);
	gtk_box_append(GTK_BOX(bar), stamps);
	view->log = add_button(view, bar, NULL, "", _("Write all lines into a file"), log_clicked);
	add_button(view, bar, "edit-clear-all-symbolic", NULL, _("Clear"), clear_clicked);
	gtk_widget_add_css_class(bar, "console-bar");
	return bar;
}
