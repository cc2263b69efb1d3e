// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/source/page.h"

#include <string.h>

#include "model/names.h"
#include "model/sources.h"
#include "model/text.h"
#include "pages/source/syntax.h"
#include "widgets/accessible.h"
#include "widgets/follow.h"

struct page {
	JhwSession *session;
	GtkWidget *box;
	GtkWidget *forms;
	GtkWidget *of; /* whose it is */
	GtkTextBuffer *buffer;
	GtkTextTag *tags[JHW_NUM_TOKENS];
	uint32_t cell;
};

/* --- text -------------------------------------------------------------------- */

static const struct jhw_source_form *form_of(const struct page *page)
{
	return jhw_source_form_at(gtk_drop_down_get_selected(GTK_DROP_DOWN(page->forms)));
}

/* Offsets of a buffer count characters; those of spans count bytes. */
static void colour(struct page *page, enum jhw_syntax syntax, const char *text)
{
	struct jhw_span span = { 0 };
	glong characters = 0;
	size_t bytes = 0;

	while (jhw_syntax_next(syntax, text, bytes, &span)) {
		GtkTextIter start, end;
		glong first =
			characters + g_utf8_strlen(text + bytes, (gssize)(span.start - bytes));
		glong last =
			first + g_utf8_strlen(text + span.start, (gssize)(span.end - span.start));

		gtk_text_buffer_get_iter_at_offset(page->buffer, &start, (int)first);
		gtk_text_buffer_get_iter_at_offset(page->buffer, &end, (int)last);
		gtk_text_buffer_apply_tag(page->buffer, page->tags[span.token], &start, &end);
		characters = last;
		bytes = span.end;
	}
}

static void show_owner(struct page *page, const struct jhw_source_form *form)
{
	g_autofree char *name = jhw_cell_title(jhw_session_workspace(page->session), page->cell);
	g_autofree char *text = g_strdup_printf(_("of cell %s"), name);

	gtk_label_set_text(GTK_LABEL(page->of), form->per_cell ? text : _("of the project"));
}

static void update(gpointer data)
{
	struct page *page = data;
	const struct jhcfg_workspace *workspace = jhw_session_workspace(page->session);
	const struct jhw_source_form *form = form_of(page);
	g_autoptr(GError) error = NULL;
	g_autofree char *text = NULL, *valid = NULL;

	if (!form)
		return;
	if (!jhcfg_workspace_cell(workspace, page->cell))
		page->cell = JHCFG_ROOT_KEY;
	show_owner(page, form);
	text = form->make(workspace, page->cell, &error);
	valid = g_utf8_make_valid(text ? text : error->message, -1);
	gtk_text_buffer_set_text(page->buffer, valid, -1);
	if (text)
		colour(page, form->syntax, valid);
}

/* The cell of what is selected; anything else leaves it. */
static void selection_changed(struct page *page)
{
	JhwRef ref = jhw_selection_current(jhw_session_selection(page->session));

	if (!ref.cell || ref.cell == page->cell)
		return;
	page->cell = ref.cell;
	update(page);
}

/* --- buttons ----------------------------------------------------------------- */

static char *whole_text(struct page *page)
{
	GtkTextIter start, end;

	gtk_text_buffer_get_bounds(page->buffer, &start, &end);
	return gtk_text_buffer_get_text(page->buffer, &start, &end, FALSE);
}

static void copy(struct page *page)
{
	g_autofree char *text = whole_text(page);

	gdk_clipboard_set_text(gtk_widget_get_clipboard(page->box), text);
	jhw_session_notice(page->session, _("Copied"));
}

struct saving {
	JhwSession *session;
	GtkFileChooserNative *dialog;
	char *text;
};

static void save_responded(GtkNativeDialog *dialog, int response, struct saving *saving)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	GError *error = NULL;

	if (response == GTK_RESPONSE_ACCEPT && file)
		g_file_replace_contents(file, saving->text, strlen(saving->text), NULL, FALSE,
					G_FILE_CREATE_NONE, NULL, NULL, &error);
	jhw_session_complain(saving->session, error);
	g_object_unref(saving->dialog);
	g_object_unref(saving->session);
	g_free(saving->text);
	g_free(saving);
}

static void save(struct page *page)
{
	const struct jhw_source_form *form = form_of(page);
	g_autofree char *cell = jhw_cell_title(jhw_session_workspace(page->session), page->cell);
	g_autofree char *name = g_strconcat(form->per_cell ? cell : "project", form->suffix, NULL);
	struct saving *saving = g_new0(struct saving, 1);

	saving->session = g_object_ref(page->session);
	saving->text = whole_text(page);
	saving->dialog = gtk_file_chooser_native_new(_("Save Source"),
						     GTK_WINDOW(gtk_widget_get_root(page->box)),
						     GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(saving->dialog), name);
	g_signal_connect(saving->dialog, "response", G_CALLBACK(save_responded), saving);
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(saving->dialog));
}

/* --- making ------------------------------------------------------------------ */

/* Readable on light and on dark ground. */
static void make_tags(struct page *page)
{
	static const char *const colours[JHW_NUM_TOKENS][2] = {
		[JHW_TOKEN_COMMENT] = { "#68686d", "#a9a9ae" },
		[JHW_TOKEN_STRING] = { "#2b6f2b", "#7fcf7f" },
		[JHW_TOKEN_NUMBER] = { "#9141ac", "#d08ce6" },
		[JHW_TOKEN_NAME] = { "#1a5fb4", "#99c1f1" },
		[JHW_TOKEN_DIRECTIVE] = { "#986a44", "#d2a679" },
	};
	gboolean dark = FALSE;

	g_object_get(gtk_settings_get_default(), "gtk-application-prefer-dark-theme", &dark, NULL);
	for (guint n = 0; n < JHW_NUM_TOKENS; n++)
		g_object_set(page->tags[n], "foreground", colours[n][dark ? 1 : 0], NULL);
}

static GtkWidget *new_text(struct page *page)
{
	GtkWidget *scroller = gtk_scrolled_window_new(), *view = gtk_text_view_new();

	page->buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(view));
	for (guint n = 0; n < JHW_NUM_TOKENS; n++)
		page->tags[n] = gtk_text_buffer_create_tag(page->buffer, NULL, NULL);
	make_tags(page);
	gtk_text_view_set_editable(GTK_TEXT_VIEW(view), FALSE);
	gtk_text_view_set_monospace(GTK_TEXT_VIEW(view), TRUE);
	gtk_text_view_set_cursor_visible(GTK_TEXT_VIEW(view), FALSE);
	gtk_widget_add_css_class(view, "source");
	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Source"), -1);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), view);
	gtk_widget_set_vexpand(scroller, TRUE);
	gtk_widget_add_css_class(scroller, "card");
	gtk_widget_set_overflow(scroller, GTK_OVERFLOW_HIDDEN);
	return scroller;
}

static GtkWidget *new_button(struct page *page, const char *label, void (*clicked)(struct page *))
{
	GtkWidget *button = jhw_button_new(label);

	g_signal_connect_swapped(button, "clicked", G_CALLBACK(clicked), page);
	return button;
}

static GtkWidget *new_tools(struct page *page)
{
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 10);
	g_autoptr(GPtrArray) titles = g_ptr_array_new();
	const struct jhw_source_form *form;

	for (guint n = 0; (form = jhw_source_form_at(n)); n++)
		g_ptr_array_add(titles, g_strdup(jhw_said(form->title)));
	g_ptr_array_add(titles, NULL);
	page->forms = gtk_drop_down_new_from_strings((const char *const *)titles->pdata);
	g_ptr_array_set_free_func(titles, g_free);
	jhw_accessible_name(page->forms, _("Form"));
	page->of = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(page->of), 0);
	gtk_label_set_ellipsize(GTK_LABEL(page->of), PANGO_ELLIPSIZE_END);
	gtk_widget_set_hexpand(page->of, TRUE);
	gtk_widget_add_css_class(page->of, "dim");
	gtk_box_append(GTK_BOX(bar), page->forms);
	gtk_box_append(GTK_BOX(bar), page->of);
	gtk_box_append(GTK_BOX(bar), new_button(page, _("_Copy"), copy));
	gtk_box_append(GTK_BOX(bar), new_button(page, _("_Save\342\200\246"), save));
	return bar;
}

static void free_page(gpointer data)
{
	struct page *page = data;

	g_signal_handlers_disconnect_by_data(jhw_session_selection(page->session), page);
	g_signal_handlers_disconnect_by_data(gtk_settings_get_default(), page);
	g_object_unref(page->session);
	g_free(page);
}

GtkWidget *jhw_source_page_new(JhwSession *session)
{
	struct page *page = g_new0(struct page, 1);

	page->session = g_object_ref(session);
	page->cell = JHCFG_ROOT_KEY;
	page->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
	gtk_widget_add_css_class(page->box, "page");
	gtk_box_append(GTK_BOX(page->box), new_tools(page));
	gtk_box_append(GTK_BOX(page->box), new_text(page));
	g_signal_connect_swapped(page->forms, "notify::selected", G_CALLBACK(update), page);
	g_signal_connect_swapped(jhw_session_selection(session), "changed",
				 G_CALLBACK(selection_changed), page);
	g_signal_connect_swapped(gtk_settings_get_default(),
				 "notify::gtk-application-prefer-dark-theme", G_CALLBACK(make_tags),
				 page);
	g_object_set_data_full(G_OBJECT(page->box), "jhw-page", page, free_page);
	jhw_follow_document(page->box, session, update, page);
	update(page);
	return page->box;
}
