// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/record.h"

#include "model/live.h"
#include "model/text.h"
#include "widgets/tooltip.h"

#define KEY "jhw-record"

struct record {
	JhwSession *session;
	JhwLive *live;
	GtkWidget *button, *sign, *label;
	gboolean running;
};

/* --- looks ---------------------------------------------------------------------- */

static void show_running(struct record *record)
{
	gint64 seconds = jhw_live_record_time(record->live) / 1000;
	g_autofree char *text = g_strdup_printf(_("Stop Recording \302\267 %u:%02u"),
						(guint)(seconds / 60), (guint)(seconds % 60));

	gtk_label_set_text(GTK_LABEL(record->label), text);
}

static void update(struct record *record)
{
	JhwTarget *target = jhw_session_target(record->session);
	gboolean running = jhw_live_record_path(record->live) != NULL;

	gtk_widget_set_visible(record->button, running || (jhw_target_is_ready(target) &&
							   !jhw_target_is_recording(target)));
	if (running)
		show_running(record);
	if (running == record->running)
		return;
	record->running = running;
	gtk_widget_set_visible(record->sign, running);
	if (!running)
		gtk_label_set_text_with_mnemonic(GTK_LABEL(record->label),
						 _("_Record\342\200\246"));
}

/* --- doing it -------------------------------------------------------------------- */

void jhw_record_to(GtkWidget *button, const char *path)
{
	struct record *record = g_object_get_data(G_OBJECT(button), KEY);
	GError *error = NULL;

	if (jhw_live_record(record->live, path, &error))
		jhw_log_add(jhw_session_log(record->session), JHCFG_INFO, _("Recording to %s"),
			    path);
	else
		jhw_session_complain(record->session, error);
	update(record);
}

static void chosen(GtkNativeDialog *dialog, int response, GtkWidget *button)
{
	g_autoptr(GFile) file = gtk_file_chooser_get_file(GTK_FILE_CHOOSER(dialog));
	g_autofree char *path = file ? g_file_get_path(file) : NULL;

	if (response == GTK_RESPONSE_ACCEPT && path && g_object_get_data(G_OBJECT(button), KEY))
		jhw_record_to(button, path);
	g_object_unref(dialog);
	g_object_unref(button);
}

static void choose(struct record *record)
{
	GtkRoot *root = gtk_widget_get_root(record->button);
	GtkFileChooserNative *dialog = gtk_file_chooser_native_new(
		_("Record to a File"), GTK_WINDOW(root), GTK_FILE_CHOOSER_ACTION_SAVE, _("_Record"),
		_("_Cancel"));

	gtk_native_dialog_set_modal(GTK_NATIVE_DIALOG(dialog), TRUE);
	gtk_file_chooser_set_current_name(GTK_FILE_CHOOSER(dialog), "recording.jsonl");
	g_signal_connect(dialog, "response", G_CALLBACK(chosen), g_object_ref(record->button));
	gtk_native_dialog_show(GTK_NATIVE_DIALOG(dialog));
}

static void stop(struct record *record)
{
	g_autofree char *path = g_strdup(jhw_live_record_path(record->live));
	GError *error = NULL;

	if (jhw_live_record_end(record->live, &error))
		jhw_session_notice(record->session,
				   _("Recorded to %s: open it as a target to see it again"), path);
	else
		jhw_session_complain(record->session, error);
	update(record);
}

static void clicked(struct record *record)
{
	if (jhw_live_record_path(record->live))
		stop(record);
	else
		choose(record);
}

/* --- the button ------------------------------------------------------------------- */

static void destroyed(struct record *record)
{
	g_signal_handlers_disconnect_by_data(record->live, record);
	g_signal_handlers_disconnect_by_data(jhw_session_target(record->session), record);
}

static void free_record(gpointer data)
{
	struct record *record = data;

	g_object_unref(record->live);
	g_object_unref(record->session);
	g_free(record);
}

GtkWidget *jhw_record_button_new(JhwSession *session)
{
	struct record *record = g_new0(struct record, 1);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	record->session = g_object_ref(session);
	record->live = g_object_ref(jhw_live_of(jhw_session_target(session)));
	record->running = TRUE; /* so that it says that it is not */
	record->button = gtk_button_new();
	record->sign = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	record->label = gtk_label_new(NULL);
	gtk_widget_add_css_class(record->sign, "state-dot");
	gtk_widget_add_css_class(record->sign, "dot-bad");
	gtk_widget_add_css_class(record->label, "numeric");
	gtk_widget_set_valign(record->sign, GTK_ALIGN_CENTER);
	gtk_label_set_mnemonic_widget(GTK_LABEL(record->label), record->button);
	gtk_box_append(GTK_BOX(box), record->sign);
	gtk_box_append(GTK_BOX(box), record->label);
	gtk_button_set_child(GTK_BUTTON(record->button), box);
	jhw_tooltip_set(
		record->button,
		_("Write all that the target tells into a file, which can be played again"));
	g_object_set_data_full(G_OBJECT(record->button), KEY, record, free_record);
	g_signal_connect_swapped(record->button, "clicked", G_CALLBACK(clicked), record);
	g_signal_connect_swapped(record->button, "destroy", G_CALLBACK(destroyed), record);
	g_signal_connect_swapped(record->live, "changed", G_CALLBACK(update), record);
	g_signal_connect_swapped(jhw_session_target(session), "changed", G_CALLBACK(update),
				 record);
	update(record);
	return record->button;
}
