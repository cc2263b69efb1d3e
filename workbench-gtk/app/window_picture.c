// SPDX-License-Identifier: GPL-2.0-or-later
/* The page that is shown as a picture, and all there are pictures of on paper. */
#include "app/picture.h"
#include "app/window_private.h"
#include "model/text.h"

/* The page in view or, if there is no picture of it, the first one. */
static const char *page_of(JhwWindow *window)
{
	const char *page = gtk_stack_get_visible_child_name(GTK_STACK(window->pages));

	return jhw_picture_has_page(page) ? page : jhw_picture_page(0);
}

static void save_to(JhwWindow *window, const char *path)
{
	GError *error = NULL;

	if (jhw_picture_save(jhw_session_workspace(window->session), page_of(window), path, &error))
		jhw_session_notice(window->session, _("Saved %s"), path);
	else
		jhw_window_complain(window, error);
}

static void responded(GtkNativeDialog *dialog, int response, JhwWindow *window)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	g_autofree char *path = file ? g_file_get_path(file) : NULL;

	if (response == GTK_RESPONSE_ACCEPT && path && window->session)
		save_to(window, path);
	g_object_unref(dialog);
	g_object_unref(window);
}

void jhw_window_save_picture(JhwWindow *window)
{
	g_autofree char *name = g_strdup_printf("%s.svg", page_of(window));
	GtkFileChooserNative *dialog =
		gtk_file_chooser_native_new(_("Save as SVG, PNG or PDF"), GTK_WINDOW(window),
					    GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);

	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(dialog), TRUE);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), name);
	g_signal_connect(dialog, "response", G_CALLBACK(responded), g_object_ref(window));
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

/* --- paper ---------------------------------------------------------------------- */

static void begin_print(GtkPrintOperation *operation)
{
	int pages = 0;

	while (jhw_picture_page((guint)pages))
		pages++;
	gtk_print_operation_set_n_pages(operation, pages);
}

/* As wide as the paper, and not higher. */
static void draw_page(G_GNUC_UNUSED GtkPrintOperation *operation, GtkPrintContext *context,
		      int page, JhwWindow *window)
{
	cairo_t *cairo = gtk_print_context_get_cairo_context(context);
	cairo_surface_t *record;
	int width, height;
	double zoom;

	record = jhw_picture_record(jhw_session_workspace(window->session),
				    jhw_picture_page((guint)page), &width, &height);
	if (!record)
		return;
	zoom = MIN(gtk_print_context_get_width(context) / width,
		   gtk_print_context_get_height(context) / height);
	cairo_scale(cairo, zoom, zoom);
	cairo_set_source_surface(cairo, record, 0, 0);
	cairo_paint(cairo);
	cairo_surface_destroy(record);
}

void jhw_window_print(JhwWindow *window)
{
	g_autoptr(GtkPrintOperation) operation = gtk_print_operation_new();
	GError *error = NULL;

	gtk_print_operation_set_job_name(operation,
					 jhw_document_title(jhw_session_document(window->session)));
	gtk_print_operation_set_embed_page_setup(operation, TRUE);
	g_signal_connect(operation, "begin-print", G_CALLBACK(begin_print), NULL);
	g_signal_connect(operation, "draw-page", G_CALLBACK(draw_page), window);
	gtk_print_operation_run(operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG,
				GTK_WINDOW(window), &error);
	if (error)
		jhw_window_complain(window, error);
}
