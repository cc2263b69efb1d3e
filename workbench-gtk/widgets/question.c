// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/question.h"

#include <string.h>

#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/trace.h"

#define KEY "jhw-question"

struct asked {
	GtkWindow **place;
	GtkWidget *entry; /* NULL: plain */
	void (*answered)(const char *text, gpointer data);
	gpointer data;
};

static void gone(gpointer data)
{
	struct asked *asked = data;

	*asked->place = NULL;
	g_free(asked);
}

/* The window goes first: who is answered may ask again. */
static void answer(GtkWidget *window, gboolean yes)
{
	struct asked *asked = g_object_get_data(G_OBJECT(window), KEY);
	const char *text = asked->entry ? gtk_editable_get_text(GTK_EDITABLE(asked->entry)) : "";
	g_autofree char *copy = yes ? g_strdup(text) : NULL;
	void (*answered)(const char *text, gpointer data) = asked->answered;
	gpointer data = asked->data;

	gtk_window_destroy(GTK_WINDOW(window));
	answered(copy, data);
	if (copy)
		explicit_bzero(copy, strlen(copy));
}

static void say_yes(GtkWidget *window)
{
	answer(window, TRUE);
}

static gboolean say_no(GtkWidget *window)
{
	answer(window, FALSE);
	return TRUE;
}

static gboolean key_pressed(GtkWidget *window, guint key)
{
	return key == GDK_KEY_Escape && say_no(window);
}

static GtkWidget *new_entry(const JhwQuestion *question, GtkWidget *window)
{
	GtkWidget *entry =
		question->entry == JHW_QUESTION_SECRET ? gtk_password_entry_new() : gtk_entry_new();

	gtk_accessible_update_property(GTK_ACCESSIBLE(entry), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       question->text, -1);
	g_signal_connect_swapped(entry, "activate", G_CALLBACK(say_yes), window);
	return entry;
}

static GtkWidget *new_buttons(const JhwQuestion *question, GtkWidget *window)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *no = jhw_button_new(_("_Cancel"));
	GtkWidget *yes = jhw_button_new(question->answer);

	gtk_widget_set_halign(box, GTK_ALIGN_END);
	gtk_widget_add_css_class(yes, "suggested-action");
	g_signal_connect_swapped(no, "clicked", G_CALLBACK(say_no), window);
	g_signal_connect_swapped(yes, "clicked", G_CALLBACK(say_yes), window);
	gtk_box_append(GTK_BOX(box), no);
	gtk_box_append(GTK_BOX(box), yes);
	return box;
}

static GtkWidget *new_text(const char *text)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 60);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_selectable(GTK_LABEL(label), TRUE);
	gtk_widget_set_focusable(label, FALSE);
	return label;
}

void jhw_question_open(GtkWindow **place, GtkWindow *parent, const JhwQuestion *question)
{
	GtkWidget *window = gtk_window_new(), *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 16);
	GtkEventController *keys = gtk_event_controller_key_new();
	struct asked *asked = g_new0(struct asked, 1);

	*asked = (struct asked){ place, NULL, question->answered, question->data };
	*place = GTK_WINDOW(window);
	g_object_set_data_full(G_OBJECT(window), KEY, asked, gone);
	gtk_window_set_title(GTK_WINDOW(window), question->title);
	gtk_window_set_transient_for(GTK_WINDOW(window), parent);
	gtk_window_set_modal(GTK_WINDOW(window), TRUE);
	gtk_window_set_resizable(GTK_WINDOW(window), FALSE);
	gtk_widget_add_css_class(box, "question");
	gtk_box_append(GTK_BOX(box), new_text(question->text));
	if (question->entry != JHW_QUESTION_PLAIN) {
		asked->entry = new_entry(question, window);
		gtk_box_append(GTK_BOX(box), asked->entry);
	}
	gtk_box_append(GTK_BOX(box), new_buttons(question, window));
	gtk_window_set_child(GTK_WINDOW(window), box);
	g_signal_connect(window, "close-request", G_CALLBACK(say_no), NULL);
	g_signal_connect_swapped(keys, "key-pressed", G_CALLBACK(key_pressed), window);
	gtk_widget_add_controller(window, keys);
	gtk_window_present(GTK_WINDOW(window));
	if (asked->entry)
		gtk_widget_grab_focus(asked->entry);
	jhw_trace("question %s", question->title);
}
