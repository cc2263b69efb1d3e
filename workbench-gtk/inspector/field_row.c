// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspector/field_row.h"

#include "model/error.h"
#include "model/names.h"
#include "model/number.h"
#include "model/text.h"

struct _JhwFieldRow {
	GtkWidget parent_instance;
	JhwSession *session;
	const JhwField *field;
	JhwRef ref;
	GtkWidget *label;
	GtkWidget *value; /* a label, an entry or a switch */
	gboolean updating;
};

G_DEFINE_FINAL_TYPE(JhwFieldRow, jhw_field_row, GTK_TYPE_WIDGET)

/* --- changing ---------------------------------------------------------------- */

struct change {
	const JhwField *field;
	JhwRef ref;
	uint64_t number;
	const char *text;
};

static int change(struct jhcfg_workspace *workspace, gpointer data,
		  G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	const struct change *wanted = data;

	return wanted->field->set_text
		       ? wanted->field->set_text(workspace, &wanted->ref, wanted->text)
		       : wanted->field->set(workspace, &wanted->ref, wanted->number);
}

/* The row may go away with what it changes. */
static gboolean apply(JhwFieldRow *row, uint64_t number, const char *text, GError **error)
{
	struct change wanted = { row->field, row->ref, number, text };
	g_autofree char *object = jhw_ref_name(jhw_session_workspace(row->session), &row->ref);
	g_autofree char *name =
		g_strdup_printf(_("Change %s of %s"), jhw_said(row->field->label), object);

	return jhw_document_edit(jhw_session_document(row->session), name, change, &wanted, error);
}

static char *text_of(JhwFieldRow *row, uint64_t number)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(row->session);

	if (row->field->get_text)
		return row->field->get_text(workspace, &row->ref);
	return row->field->kind == JHW_FIELD_SIZE ? jhw_number_size_text(number)
						  : jhw_number_hex_text(number);
}

static void show_error(JhwFieldRow *row, const GError *error)
{
	if (!error) {
		gtk_widget_remove_css_class(row->value, "error");
		gtk_widget_set_tooltip_text(row->value, jhw_said(row->field->help));
		return;
	}
	gtk_widget_add_css_class(row->value, "error");
	gtk_widget_set_tooltip_text(row->value, error->message);
}

static void entered(JhwFieldRow *row)
{
	g_autofree char *text = g_strdup(gtk_editable_get_text(GTK_EDITABLE(row->value)));
	gboolean is_text = row->field->kind == JHW_FIELD_TEXT;
	g_autofree char *current = NULL;
	g_autoptr(GError) error = NULL;
	uint64_t number = 0;

	if (row->updating)
		return;
	if (row->field->get)
		row->field->get(jhw_session_workspace(row->session), &row->ref, &number);
	current = text_of(row, number);
	if (g_str_equal(current, text))
		return;
	g_object_ref(row);
	if (is_text || jhw_number_parse(text, &number, &error))
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

static void switched(JhwFieldRow *row)
{
	g_autoptr(GError) error = NULL;
	uint64_t number = 0;

	if (row->updating ||
	    !row->field->get(jhw_session_workspace(row->session), &row->ref, &number))
		return;
	number &= ~row->field->mask;
	if (gtk_switch_get_active(GTK_SWITCH(row->value)))
		number |= row->field->mask;
	g_object_ref(row);
	apply(row, number, NULL, &error);
	jhw_session_complain(row->session, g_steal_pointer(&error));
	jhw_field_row_update(row);
	g_object_unref(row);
}

/* --- showing ----------------------------------------------------------------- */

static void show_value(JhwFieldRow *row, uint64_t number, const char *text)
{
	switch (row->field->kind) {
	case JHW_FIELD_FLAG:
		gtk_switch_set_active(GTK_SWITCH(row->value), (number & row->field->mask) != 0);
		break;
	case JHW_FIELD_FACT:
		gtk_label_set_text(GTK_LABEL(row->value), text);
		break;
	default:
		if (!g_str_equal(gtk_editable_get_text(GTK_EDITABLE(row->value)), text)) {
			gtk_editable_set_text(GTK_EDITABLE(row->value), text);
			gtk_editable_set_position(GTK_EDITABLE(row->value), -1);
		}
	}
}

gboolean jhw_field_row_update(JhwFieldRow *row)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(row->session);
	g_autofree char *text = NULL;
	uint64_t number = 0;

	if (row->field->get && !row->field->get(workspace, &row->ref, &number))
		return FALSE;
	text = text_of(row, number);
	if (row->field->kind == JHW_FIELD_FACT && !*text)
		return FALSE;
	row->updating = TRUE;
	show_value(row, number, text);
	gtk_widget_set_sensitive(
		row->value, row->field->kind == JHW_FIELD_FACT ||
				    !jhw_document_read_only(jhw_session_document(row->session)));
	row->updating = FALSE;
	return TRUE;
}

/* --- making ------------------------------------------------------------------ */

static GtkWidget *new_entry(JhwFieldRow *row)
{
	GtkWidget *entry = gtk_entry_new();
	GtkEventController *focus = gtk_event_controller_focus_new();

	gtk_entry_set_alignment(GTK_ENTRY(entry), 1);
	gtk_editable_set_width_chars(GTK_EDITABLE(entry), 8);
	gtk_widget_set_hexpand(entry, TRUE);
	if (row->field->kind != JHW_FIELD_TEXT)
		gtk_widget_add_css_class(entry, "address");
	g_signal_connect_swapped(entry, "activate", G_CALLBACK(entered), row);
	g_signal_connect(focus, "leave", G_CALLBACK(left), row);
	gtk_widget_add_controller(entry, focus);
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

static GtkWidget *new_fact(void)
{
	GtkWidget *value = gtk_label_new(NULL);

	gtk_label_set_xalign(GTK_LABEL(value), 1);
	gtk_label_set_justify(GTK_LABEL(value), GTK_JUSTIFY_RIGHT);
	gtk_widget_set_valign(value, GTK_ALIGN_CENTER);
	gtk_label_set_wrap(GTK_LABEL(value), TRUE);
	gtk_label_set_wrap_mode(GTK_LABEL(value), PANGO_WRAP_WORD_CHAR);
	gtk_label_set_selectable(GTK_LABEL(value), TRUE);
	gtk_widget_set_focusable(value, FALSE);
	gtk_widget_set_hexpand(value, TRUE);
	return value;
}

static void jhw_field_row_dispose(GObject *object)
{
	JhwFieldRow *row = JHW_FIELD_ROW(object);

	/* an entry that loses the focus must not change anything any more */
	row->updating = TRUE;
	g_clear_pointer(&row->label, gtk_widget_unparent);
	g_clear_pointer(&row->value, gtk_widget_unparent);
	g_clear_object(&row->session);
	G_OBJECT_CLASS(jhw_field_row_parent_class)->dispose(object);
}

static void jhw_field_row_class_init(JhwFieldRowClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_field_row_dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BOX_LAYOUT);
	gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "field");
}

static void jhw_field_row_init(JhwFieldRow *row)
{
	GtkLayoutManager *layout = gtk_widget_get_layout_manager(GTK_WIDGET(row));

	gtk_box_layout_set_spacing(GTK_BOX_LAYOUT(layout), 12);
	row->label = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(row->label), 0);
	gtk_widget_set_valign(row->label, GTK_ALIGN_CENTER);
	gtk_widget_add_css_class(row->label, "dim");
	gtk_widget_set_parent(row->label, GTK_WIDGET(row));
}

GtkWidget *jhw_field_row_new(JhwSession *session, const JhwField *field, const JhwRef *ref)
{
	JhwFieldRow *row = g_object_new(JHW_TYPE_FIELD_ROW, NULL);

	row->session = g_object_ref(session);
	row->field = field;
	row->ref = *ref;
	gtk_label_set_text(GTK_LABEL(row->label), jhw_said(field->label));
	if (field->kind == JHW_FIELD_FLAG)
		row->value = new_switch(row);
	else
		row->value = field->kind == JHW_FIELD_FACT ? new_fact() : new_entry(row);
	gtk_widget_set_parent(row->value, GTK_WIDGET(row));
	gtk_widget_set_tooltip_text(GTK_WIDGET(row), jhw_said(field->help));
	gtk_accessible_update_property(GTK_ACCESSIBLE(row->value), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       jhw_said(field->label), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       field->help ? jhw_said(field->help) : "", -1);
	gtk_widget_set_visible(GTK_WIDGET(row), jhw_field_row_update(row));
	return GTK_WIDGET(row);
}
