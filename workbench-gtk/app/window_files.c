// SPDX-License-Identifier: GPL-2.0-or-later
/* Files that a window opens and writes, and what is asked about them. */
#include "app/window_private.h"
#include "model/recent.h"
#include "model/text.h"
#include "widgets/accessible.h"

typedef void (*Chosen)(JhwWindow *window, const char *path);

struct choice {
	JhwWindow *window;
	GtkFileChooserNative *dialog;
	Chosen chosen;
};

static void responded(GtkNativeDialog *dialog, int response, struct choice *choice)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	g_autofree char *path = file ? g_file_get_path(file) : NULL;

	if (response == GTK_RESPONSE_ACCEPT && path)
		choice->chosen(choice->window, path);
	else
		choice->window->close_when_saved = FALSE;
	g_object_unref(choice->dialog);
	g_object_unref(choice->window);
	g_free(choice);
}

static void choose(JhwWindow *window, const char *title, GtkFileChooserAction action,
		   const char *name, Chosen chosen)
{
	struct choice *choice = g_new0(struct choice, 1);

	choice->window = g_object_ref(window);
	choice->chosen = chosen;
	choice->dialog = gtk_file_chooser_native_new(title, GTK_WINDOW(window), action, NULL, NULL);
	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(choice->dialog), TRUE);
	if (name)
		gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(choice->dialog), name);
	g_signal_connect(choice->dialog, "response", G_CALLBACK(responded), choice);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(choice->dialog));
}

void jhw_window_choose_file(JhwWindow *window)
{
	choose(window, _("Open"), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, jhw_window_open);
}

/* --- saving ------------------------------------------------------------------ */

static void save_to(JhwWindow *window, const char *path);
static void close_anyway(JhwWindow *window);

/* It may be that another project is open by now, or that there were changes
 * while it was written. @data: the window. */
static void saved(GObject *source, GAsyncResult *result, gpointer data)
{
	JhwDocument *document = JHW_DOCUMENT(source);
	g_autoptr(JhwWindow) window = data;
	gboolean again = window->save_again, close = window->close_when_saved;
	GError *error = NULL;

	window->save_again = window->close_when_saved = FALSE;
	if (!jhw_document_save_finish(document, result, &error)) {
		jhw_window_complain(window, error);
		return;
	}
	jhw_recent_add(jhw_document_path(document));
	jhw_log_add(window->log, JHCFG_INFO, _("Saved %s"), jhw_document_path(document));
	if (!window->session || jhw_session_document(window->session) != document)
		return;
	if (jhw_document_modified(document)) {
		if (again || close)
			save_to(window, NULL);
		window->close_when_saved = close;
	} else if (close) {
		close_anyway(window);
	} else {
		g_autofree char *text = g_strdup_printf(_("Saved %s"), jhw_document_path(document));

		jhw_window_notice(window, text);
	}
}

static void save_to(JhwWindow *window, const char *path)
{
	JhwDocument *document = jhw_session_document(window->session);

	if (!path && jhw_document_is_saving(document))
		window->save_again = TRUE;
	else
		jhw_document_save_async(document, path, saved, g_object_ref(window));
}

void jhw_window_save(JhwWindow *window, gboolean elsewhere)
{
	if (!elsewhere && jhw_document_path(jhw_session_document(window->session)))
		save_to(window, NULL);
	else
		choose(window, _("Save As"), GTK_FILE_CHOOSER_ACTION_SAVE, "system.json", save_to);
}

void jhw_window_export(JhwWindow *window)
{
	choose(window, _("Export to Folder"), GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, NULL,
	       jhw_window_export_to);
}

static void open_recording(JhwWindow *window, const char *path)
{
	g_autofree char *name = g_strconcat("recorded:", path, NULL);

	jhw_window_connect(window, name);
}

void jhw_window_open_recording(JhwWindow *window)
{
	choose(window, _("Open Recording"), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, open_recording);
}

/* --- closing ----------------------------------------------------------------- */

static void close_anyway(JhwWindow *window)
{
	window->close_confirmed = TRUE;
	gtk_window_close(GTK_WINDOW(window));
}

static void save_and_close(JhwWindow *window)
{
	GtkWidget *question = g_object_get_data(G_OBJECT(window), "jhw-question");

	gtk_window_destroy(GTK_WINDOW(question));
	window->close_when_saved = TRUE;
	jhw_window_save(window, FALSE);
}

static void discard_and_close(JhwWindow *window)
{
	GtkWidget *question = g_object_get_data(G_OBJECT(window), "jhw-question");

	gtk_window_destroy(GTK_WINDOW(question));
	if (window->recovery)
		jhw_recovery_discard(window->recovery);
	close_anyway(window);
}

static void add_button(GtkWidget *box, JhwWindow *window, const char *label, const char *class,
		       GCallback callback, gpointer data)
{
	GtkWidget *button = jhw_button_new(label);

	if (class)
		gtk_widget_add_css_class(button, class);
	g_signal_connect_swapped(button, "clicked", callback, data ? data : window);
	gtk_box_append(GTK_BOX(box), button);
}

static void ask(JhwWindow *window)
{
	GtkWidget *question = gtk_window_new();
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 16);
	GtkWidget *buttons = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	gtk_window_set_title(GTK_WINDOW(question), _("Save changes?"));
	gtk_window_set_transient_for(GTK_WINDOW(question), GTK_WINDOW(window));
	gtk_window_set_modal(GTK_WINDOW(question), TRUE);
	gtk_window_set_resizable(GTK_WINDOW(question), FALSE);
	gtk_widget_add_css_class(box, "question");
	gtk_box_append(GTK_BOX(box),
		       gtk_label_new(_("The project has changes that are not saved.")));
	gtk_widget_set_halign(buttons, GTK_ALIGN_END);
	add_button(buttons, window, _("_Cancel"), NULL, G_CALLBACK(gtk_window_destroy), question);
	add_button(buttons, window, _("Close _without Saving"), "destructive-action",
		   G_CALLBACK(discard_and_close), NULL);
	add_button(buttons, window, _("_Save"), "suggested-action", G_CALLBACK(save_and_close),
		   NULL);
	gtk_box_append(GTK_BOX(box), buttons);
	gtk_window_set_child(GTK_WINDOW(question), box);
	g_object_set_data(G_OBJECT(window), "jhw-question", question);
	gtk_window_present(GTK_WINDOW(question));
}

gboolean jhw_window_may_close(JhwWindow *window)
{
	if (!window->session || !jhw_document_modified(jhw_session_document(window->session)))
		return TRUE;
	ask(window);
	return FALSE;
}
