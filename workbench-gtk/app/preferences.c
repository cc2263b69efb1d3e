// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/preferences.h"

#include "model/preferences.h"
#include "model/text.h"

#define KEY "jhw-preference"

void jhw_preferences_apply(void)
{
	GtkSettings *settings = gtk_settings_get_default();
	int theme = jhw_preference(JHW_PREFERENCE_THEME);

	if (theme)
		g_object_set(settings, "gtk-application-prefer-dark-theme", theme == 2, NULL);
	else
		gtk_settings_reset_property(settings, "gtk-application-prefer-dark-theme");
}

static void chosen(GtkDropDown *choice)
{
	JhwPreference which = GPOINTER_TO_UINT(g_object_get_data(G_OBJECT(choice), KEY));
	guint index = gtk_drop_down_get_selected(choice);
	g_autoptr(GError) error = NULL;

	if (index == GTK_INVALID_LIST_POSITION)
		return;
	if (!jhw_preference_set(which, jhw_preference_choices(which)[index].value, &error))
		g_message(_("preferences are not kept: %s"), error->message);
	jhw_preferences_apply();
}

static GtkWidget *new_choice(JhwPreference which)
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
	gtk_accessible_update_property(GTK_ACCESSIBLE(choice), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       jhw_said(jhw_preference_title(which)), -1);
	g_signal_connect(choice, "notify::selected", G_CALLBACK(chosen), NULL);
	return choice;
}

GtkWidget *jhw_preferences_window_new(GtkWindow *parent)
{
	GtkWidget *window = gtk_window_new(), *grid = gtk_grid_new();

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
		gtk_grid_attach(GTK_GRID(grid), new_choice((JhwPreference)n), 1, (int)n, 1, 1);
	}
	gtk_window_set_child(GTK_WINDOW(window), grid);
	return window;
}
