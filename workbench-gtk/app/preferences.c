// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/preferences.h"

#include "app/window.h"
#include "model/preferences.h"
#include "model/text.h"
#include "widgets/accessible.h"

#define KEY	"jhw-preference"
#define MESSAGE "jhw-message"

void jhw_preferences_apply(void)
{
	GtkSettings *settings = gtk_settings_get_default();
	int theme = jhw_preference(JHW_PREFERENCE_THEME);

	if (theme)
		g_object_set(settings, "gtk-application-prefer-dark-theme", theme == 2, NULL);
	else
		gtk_settings_reset_property(settings, "gtk-application-prefer-dark-theme");
}

/* Windows show numbers as they are to be shown now. */
static void show_again(void)
{
	g_autoptr(GList) windows = gtk_window_list_toplevels();

	for (GList *at = windows; at; at = at->next) {
		JhwSession *session = JHW_IS_WINDOW(at->data) ? jhw_window_session(at->data) : NULL;

		if (session)
			jhw_document_look_again(jhw_session_document(session));
	}
}

/* It holds for now, but the next start will not know of it. */
static void show_error(GtkDropDown *choice, const GError *error)
{
	GtkWidget *label = g_object_get_data(G_OBJECT(choice), MESSAGE);
	g_autofree char *text =
		error ? g_strdup_printf(_("This holds until you quit: it cannot be kept. %s"),
					error->message)
		      : NULL;

	gtk_label_set_text(GTK_LABEL(label), text ? text : "");
	gtk_widget_set_visible(label, text != NULL);
}

static void chosen(GtkDropDown *choice)
{
	JhwPreference which = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(choice), KEY));
	guint index = gtk_drop_down_get_selected(choice);
	g_autoptr(GError) error = NULL;

	if (index == GTK_INVALID_LIST_POSITION)
		return;
	jhw_preference_set(which, jhw_preference_choices(which)[index].value, &error);
	show_error(choice, error);
	jhw_preferences_apply();
	show_again();
}

static GtkWidget *new_choice(JhwPreference which, GtkWidget *message)
{
	const JhwPreferenceChoice *choices = jhw_preference_choices(which);
	g_autoptr(GtkStringList) labels = gtk_string_list_new(NULL);
	GtkWidget *choice;
	guint selected = 0;

	for (guint n = 0; choices[n].label; n++) {
		gtk_string_list_append(labels, jhw_said(choices[n].label));
		if (choices[n].value == jhw_preference(which))
			selected = n;
	}
	choice = gtk_drop_down_new(G_LIST_MODEL(g_steal_pointer(&labels)), NULL);
	gtk_drop_down_set_selected(GTK_DROP_DOWN(choice), selected);
	gtk_widget_set_hexpand(choice, TRUE);
	g_object_set_data(G_OBJECT(choice), KEY, GUINT_TO_POINTER(which));
	g_object_set_data(G_OBJECT(choice), MESSAGE, message);
	jhw_accessible_name(choice, jhw_said(jhw_preference_title(which)));
	g_signal_connect(choice, "notify::selected", G_CALLBACK(chosen), NULL);
	return choice;
}

GtkWidget *jhw_preferences_window_new(GtkWindow *parent)
{
	GtkWidget *window = gtk_window_new(), *grid = gtk_grid_new();
	GtkWidget *message = gtk_label_new(NULL);

	gtk_window_set_title(GTK_WINDOW(window), _("Preferences"));
	gtk_window_set_transient_for(GTK_WINDOW(window), parent);
	gtk_window_set_resizable(GTK_WINDOW(window), FALSE);
	gtk_widget_add_css_class(grid, "question");
	gtk_grid_set_row_spacing(GTK_GRID(grid), 10);
	gtk_grid_set_column_spacing(GTK_GRID(grid), 16);
	for (guint n = 0; n < JHW_NUM_PREFERENCES; n++) {
		GtkWidget *label = gtk_label_new(jhw_said(jhw_preference_title((JhwPreference)n)));

		gtk_label_set_xalign(GTK_LABEL(label), 0);
		gtk_grid_attach(GTK_GRID(grid), label, 0, (int)n, 1, 1);
		gtk_grid_attach(GTK_GRID(grid), new_choice((JhwPreference)n, message), 1, (int)n, 1,
				1);
	}
	gtk_label_set_wrap(GTK_LABEL(message), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(message), 48);
	gtk_label_set_xalign(GTK_LABEL(message), 0);
	gtk_widget_add_css_class(message, "error");
	gtk_widget_set_visible(message, FALSE);
	gtk_grid_attach(GTK_GRID(grid), message, 0, JHW_NUM_PREFERENCES, 2, 1);
	gtk_window_set_child(GTK_WINDOW(window), grid);
	return window;
}
