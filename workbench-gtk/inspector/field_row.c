// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspector/field_row.h"

#include <string.h>

#include "inspector/field_value.h"
#include "model/number.h"
#include "model/text.h"
#include "widgets/accessible.h"

struct _JhwFieldRow {
	GtkWidget parent_instance;
	JhwSession *session;
	const JhwField *field;
	JhwRefList *refs;
	GtkWidget *line; /* label and value, beside or below each other */
	GtkWidget *label;
	GtkWidget *value;   /* a label, an entry, a switch or a list to choose from */
	GtkWidget *message; /* why what was typed is refused */
	char *shown;	    /* text of the value that is shown; NULL: none yet */
	gboolean updating;
};

G_DEFINE_FINAL_TYPE(JhwFieldRow, jhw_field_row, GTK_TYPE_WIDGET)

static gboolean is_fact(const JhwFieldRow *row)
{
	return row->field->kind == JHW_FIELD_FACT || row->field->kind == JHW_FIELD_PROSE;
}

/* --- changing ---------------------------------------------------------------- */

/* The row may go away with what it changes. */
static gboolean apply(JhwFieldRow *row, uint64_t number, const char *text, GError **error)
{
	return jhw_field_write(row->field, jhw_session_document(row->session), row->refs, number,
			       text, error);
}

static void show_error(JhwFieldRow *row, const GError *error)
{
	if (error)
		gtk_widget_add_css_class(row->value, "error");
	else
		gtk_widget_remove_css_class(row->value, "error");
	gtk_label_set_text(GTK_LABEL(row->message), error ? error->message : "");
	gtk_widget_set_visible(row->message, error != NULL);
	gtk_accessible_update_state(
		GTK_ACCESSIBLE(row->value), GTK_ACCESSIBLE_STATE_INVALID,
		error ? GTK_ACCESSIBLE_INVALID_TRUE : GTK_ACCESSIBLE_INVALID_FALSE, -1);
}

static gboolean is_refused(const JhwFieldRow *row)
{
	return gtk_widget_has_css_class(row->value, "error");
}

static void entered(JhwFieldRow *row)
{
	g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(row->value)));
	g_autoptr(GError) error = NULL;
	uint64_t number = 0;

	if (row->updating || g_strcmp0(row->shown, text) == 0) {
		if (!row->updating)
			show_error(row, NULL);
		return;
	}
	g_object_ref(row);
	if (row->field->kind == JHW_FIELD_TEXT || jhw_number_parse(text, &number, &error))
		apply(row, number, text, &error);
	show_error(row, error);
	if (!error)
		jhw_field_row_update(row);
	g_object_unref(row);
}

static void left(G_GNUC_UNUSED GtkEventControllerFocus *controller, JhwFieldRow *row)
{
	/* not while the window goes away */
	if (gtk_widget_get_root(GTK_WIDGET(row)))
		entered(row);
}

/* Back to what it is. */
static gboolean key_pressed(G_GNUC_UNUSED GtkEventControllerKey *keys, guint key,
			    G_GNUC_UNUSED guint code, G_GNUC_UNUSED GdkModifierType state,
			    JhwFieldRow *row)
{
	if (key != GDK_KEY_Escape)
		return FALSE;
	show_error(row, NULL);
	g_clear_pointer(&row->shown, g_free);
	jhw_field_row_update(row);
	return TRUE;
}

/* Switches and lists: what cannot be is told, and shown as it was. */
static void chosen(JhwFieldRow *row, uint64_t number)
{
	GError *error = NULL;

	if (row->updating)
		return;
	g_object_ref(row);
	apply(row, number, NULL, &error);
	jhw_session_complain(row->session, error);
	jhw_field_row_update(row);
	g_object_unref(row);
}

static void switched(JhwFieldRow *row)
{
	chosen(row, gtk_switch_get_active(GTK_SWITCH(row->value)));
}

static void selected(JhwFieldRow *row)
{
	guint index = gtk_drop_down_get_selected(GTK_DROP_DOWN(row->value));

	if (index != GTK_INVALID_LIST_POSITION)
		chosen(row, index);
}

/* --- showing ----------------------------------------------------------------- */

static gboolean same_choices(GListModel *model, char **choices)
{
	guint count = choices ? g_strv_length(choices) : 0;

	if (!model || g_list_model_get_n_items(model) != count)
		return FALSE;
	for (guint n = 0; n < count; n++)
		if (!g_str_equal(gtk_string_list_get_string(GTK_STRING_LIST(model), n), choices[n]))
			return FALSE;
	return TRUE;
}

static void show_choice(JhwFieldRow *row, const JhwFieldValue *value)
{
	GtkDropDown *list = GTK_DROP_DOWN(row->value);
	g_auto(GStrv) choices =
		row->field->choices(jhw_session_workspace(row->session), &row->refs->refs[0]);
	g_autoptr(GtkStringList) model = NULL;

	if (!same_choices(gtk_drop_down_get_model(list), choices)) {
		model = gtk_string_list_new((const char *const *)choices);
		gtk_drop_down_set_model(list, G_LIST_MODEL(model));
	}
	gtk_drop_down_set_selected(list,
				   value->mixed ? GTK_INVALID_LIST_POSITION : (guint)value->number);
}

static void show_text(JhwFieldRow *row, const JhwFieldValue *value)
{
	if (is_refused(row) && g_strcmp0(row->shown, value->text) == 0)
		return;
	show_error(row, NULL);
	if (g_str_equal(gtk_editable_get_text(GTK_EDITABLE(row->value)), value->text))
		return;
	gtk_editable_set_text(GTK_EDITABLE(row->value), value->text);
	gtk_editable_set_position(GTK_EDITABLE(row->value), -1);
}

static void show_value(JhwFieldRow *row, const JhwFieldValue *value)
{
	switch (row->field->kind) {
	case JHW_FIELD_FLAG:
		gtk_switch_set_active(GTK_SWITCH(row->value), !value->mixed && value->number);
		break;
	case JHW_FIELD_CHOICE:
		show_choice(row, value);
		break;
	case JHW_FIELD_FACT:
	case JHW_FIELD_PROSE:
		gtk_label_set_text(GTK_LABEL(row->value),
				   value->mixed ? _("several") : value->text);
		break;
	default:
		show_text(row, value);
		gtk_entry_set_placeholder_text(GTK_ENTRY(row->value),
					       value->mixed ? _("several") : NULL);
	}
	if (value->mixed)
		gtk_widget_add_css_class(row->value, "mixed");
	else
		gtk_widget_remove_css_class(row->value, "mixed");
	g_free(row->shown);
	row->shown = g_strdup(value->text);
}

gboolean jhw_field_row_update(JhwFieldRow *row)
{
	g_auto(JhwFieldValue) value = { 0 };

	jhw_field_read(row->field, jhw_session_workspace(row->session), row->refs, &value);
	if (!value.there)
		return FALSE;
	row->updating = TRUE;
	show_value(row, &value);
	if (!is_fact(row))
		gtk_widget_set_sensitive(
			row->value, !jhw_document_read_only(jhw_session_document(row->session)));
	row->updating = FALSE;
	return TRUE;
}

/* --- making ------------------------------------------------------------------ */

static GtkWidget *new_entry(JhwFieldRow *row)
{
	GtkWidget *entry = gtk_entry_new();
	GtkEventController *focus = gtk_event_controller_focus_new();
	GtkEventController *keys = gtk_event_controller_key_new();

	gtk_entry_set_alignment(GTK_ENTRY(entry), 1);
	gtk_editable_set_width_chars(GTK_EDITABLE(entry), 8);
	gtk_widget_set_hexpand(entry, TRUE);
	if (row->field->kind != JHW_FIELD_TEXT)
		gtk_widget_add_css_class(entry, "address");
	g_signal_connect_swapped(entry, "activate", G_CALLBACK(entered), row);
	g_signal_connect(focus, "leave", G_CALLBACK(left), row);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), row);
	gtk_widget_add_controller(entry, focus);
	gtk_widget_add_controller(entry, keys);
	return entry;
}

static GtkWidget *new_switch(JhwFieldRow *row)
{
	GtkWidget *value = gtk_switch_new();

	gtk_widget_set_halign(value, GTK_ALIGN_END);
	gtk_widget_set_hexpand(value, TRUE);
	gtk_widget_set_valign(value, GTK_ALIGN_CENTER);
	g_signal_connect_swapped(value, "notify::active", G_CALLBACK(switched), row);
	return value;
}

static GtkWidget *new_choice(JhwFieldRow *row)
{
	GtkWidget *value = gtk_drop_down_new(NULL, NULL);

	gtk_widget_set_halign(value, GTK_ALIGN_END);
	gtk_widget_set_hexpand(value, TRUE);
	g_signal_connect_swapped(value, "notify::selected", G_CALLBACK(selected), row);
	return value;
}

static GtkWidget *new_fact(JhwFieldRow *row)
{
	GtkWidget *value = gtk_label_new(NULL);
	gboolean prose = row->field->kind == JHW_FIELD_PROSE;

	gtk_label_set_xalign(GTK_LABEL(value), prose ? 0 : 1);
	gtk_label_set_justify(GTK_LABEL(value), prose ? GTK_JUSTIFY_LEFT : GTK_JUSTIFY_RIGHT);
	gtk_widget_set_valign(value, GTK_ALIGN_CENTER);
	gtk_label_set_wrap(GTK_LABEL(value), TRUE);
	gtk_label_set_wrap_mode(GTK_LABEL(value), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_selectable(GTK_LABEL(value), TRUE);
	gtk_widget_set_focusable(value, FALSE);
	gtk_widget_set_hexpand(value, TRUE);
	return value;
}

/* What it means, and what it is called in files and by "jailhouse explain". */
static gboolean jhw_field_row_query_tooltip(GtkWidget *widget, G_GNUC_UNUSED int x,
					    G_GNUC_UNUSED int y, G_GNUC_UNUSED gboolean keyboard,
					    GtkTooltip *tooltip)
{
	const JhwField *field = JHW_FIELD_ROW(widget)->field;
	g_autofree char *markup = g_markup_printf_escaped("%s\n<small>%s</small>",
							  jhw_field_help(field), field->schema);

	gtk_tooltip_set_markup(tooltip, markup);
	return TRUE;
}

static void jhw_field_row_dispose(GObject *object)
{
	JhwFieldRow *row = JHW_FIELD_ROW(object);

	/* an entry that loses the focus must not change anything any more */
	row->updating = TRUE;
	g_clear_pointer(&row->line, gtk_widget_unparent);
	g_clear_pointer(&row->message, gtk_widget_unparent);
	g_clear_object(&row->session);
	g_clear_pointer(&row->refs, jhw_ref_list_unref);
	g_clear_pointer(&row->shown, g_free);
	G_OBJECT_CLASS(jhw_field_row_parent_class)->dispose(object);
}

static void jhw_field_row_class_init(JhwFieldRowClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_field_row_dispose;
	GTK_WIDGET_CLASS(class)->query_tooltip = jhw_field_row_query_tooltip;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BOX_LAYOUT);
	gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "field");
}

static void jhw_field_row_init(JhwFieldRow *row)
{
	GtkLayoutManager *layout = gtk_widget_get_layout_manager(GTK_WIDGET(row));

	gtk_orientable_set_orientation(GTK_ORIENTABLE(layout), GTK_ORIENTATION_VERTICAL);
	row->label = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(row->label), 0);
	gtk_widget_set_valign(row->label, GTK_ALIGN_CENTER);
	gtk_widget_add_css_class(row->label, "dim");
	row->message = gtk_label_new(NULL);
	gtk_label_set_wrap(GTK_LABEL(row->message), TRUE);
	gtk_label_set_xalign(GTK_LABEL(row->message), 0);
	gtk_widget_add_css_class(row->message, "error");
	gtk_widget_set_visible(row->message, FALSE);
}

static GtkWidget *new_value(JhwFieldRow *row)
{
	switch (row->field->kind) {
	case JHW_FIELD_FLAG:
		return new_switch(row);
	case JHW_FIELD_CHOICE:
		return new_choice(row);
	case JHW_FIELD_FACT:
	case JHW_FIELD_PROSE:
		return new_fact(row);
	default:
		return new_entry(row);
	}
}

GtkWidget *jhw_field_row_new(JhwSession *session, const JhwField *field, JhwRefList *refs)
{
	JhwFieldRow *row = g_object_new(JHW_TYPE_FIELD_ROW, NULL);
	gboolean prose = field->kind == JHW_FIELD_PROSE;

	row->session = g_object_ref(session);
	row->field = field;
	row->refs = jhw_ref_list_ref(refs);
	gtk_label_set_text(GTK_LABEL(row->label), jhw_said(field->label));
	row->value = new_value(row);
	row->line = gtk_box_new(prose ? GTK_ORIENTATION_VERTICAL : GTK_ORIENTATION_HORIZONTAL,
				prose ? 2 : 12);
	gtk_widget_set_vexpand(row->line, TRUE);
	gtk_box_append(GTK_BOX(row->line), row->label);
	gtk_box_append(GTK_BOX(row->line), row->value);
	gtk_label_set_mnemonic_widget(GTK_LABEL(row->label), row->value);
	gtk_widget_set_parent(row->line, GTK_WIDGET(row));
	gtk_widget_set_parent(row->message, GTK_WIDGET(row));
	gtk_widget_set_has_tooltip(GTK_WIDGET(row), TRUE);
	jhw_accessible_name(row->value, jhw_said(field->label));
	gtk_accessible_update_property(GTK_ACCESSIBLE(row->value),
				       GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, jhw_field_help(field),
				       -1);
	gtk_widget_set_visible(GTK_WIDGET(row), jhw_field_row_update(row));
	return GTK_WIDGET(row);
}
