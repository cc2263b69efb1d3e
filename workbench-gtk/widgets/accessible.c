// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/accessible.h"

#include "model/text.h"

/* "__" stands for one that is seen. */
static char *without_keys(const char *text)
{
	GString *plain = g_string_new(NULL);

	for (; *text; text++) {
		if (*text == '_' && !*++text)
			break;
		g_string_append_c(plain, *text);
	}
	return g_string_free(plain, FALSE);
}

static void set_name(GtkWidget *widget, const char *name)
{
	gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
}

static gboolean has_label(GtkWidget *widget)
{
	g_autoptr(GList) labels = gtk_widget_list_mnemonic_labels(widget);

	return labels != NULL;
}

/* --- what is chosen --------------------------------------------------------------- */

static void say_chosen(GtkDropDown *choice, G_GNUC_UNUSED GParamSpec *spec, const char *name)
{
	GtkWidget *part = gtk_widget_get_first_child(GTK_WIDGET(choice));
	gpointer item = gtk_drop_down_get_selected_item(choice);
	g_autofree char *both = NULL;

	if (GTK_IS_STRING_OBJECT(item))
		both = g_strdup_printf("%s: %s", name,
				       gtk_string_object_get_string(GTK_STRING_OBJECT(item)));
	set_name(part, both ? both : name);
}

static void free_name(gpointer name, G_GNUC_UNUSED GClosure *closure)
{
	g_free(name);
}

/* It is its button that has the focus, and is read. */
static void follow_choice(GtkDropDown *choice, const char *name)
{
	g_signal_connect_data(choice, "notify::selected-item", G_CALLBACK(say_chosen),
			      g_strdup(name), free_name, 0);
	say_chosen(choice, NULL, name);
}

/* --- names ------------------------------------------------------------------------ */

void jhw_accessible_name(GtkWidget *widget, const char *name)
{
	GtkWidget *part = gtk_widget_get_first_child(widget);

	if (!has_label(widget))
		set_name(widget, name);
	if (GTK_IS_COLUMN_VIEW(widget)) {
		/* the row with the titles, and the list with all others */
		set_name(part, _("Titles"));
		set_name(gtk_widget_get_next_sibling(part), name);
	} else if (GTK_IS_DROP_DOWN(widget)) {
		follow_choice(GTK_DROP_DOWN(widget), name);
	}
}

void jhw_accessible_key_name(GtkWidget *widget, const char *label)
{
	g_autofree char *plain = without_keys(label);

	jhw_accessible_name(widget, plain);
}

void jhw_accessible_row(GtkListItem *item, const char *name)
{
	GtkWidget *row = gtk_list_item_get_child(item);
	GtkWidget *parent = gtk_widget_get_parent(row);

	for (; parent && !GTK_IS_LIST_VIEW(parent); parent = gtk_widget_get_parent(row))
		row = parent;
	if (parent)
		set_name(row, name);
}

/* GTK gives it the text with the underscore, and that of the label in it. */
void jhw_button_read_once(GtkWidget *button)
{
	gtk_accessible_reset_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL);
}

GtkWidget *jhw_button_new(const char *label)
{
	GtkWidget *button = gtk_button_new_with_mnemonic(label);

	jhw_button_read_once(button);
	return button;
}

void jhw_button_set_label(GtkWidget *button, const char *label)
{
	gtk_button_set_label(GTK_BUTTON(button), label);
	jhw_button_read_once(button);
}

GtkWidget *jhw_check_button_new(const char *label)
{
	GtkWidget *button = gtk_check_button_new_with_mnemonic(label);
	g_autofree char *plain = without_keys(label);

	set_name(button, plain);
	return button;
}

GtkWidget *jhw_decoration_new(const char *icon)
{
	return g_object_new(GTK_TYPE_IMAGE, "icon-name", icon, "accessible-role",
			    GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
}
