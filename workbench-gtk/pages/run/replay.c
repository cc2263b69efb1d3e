// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/replay.h"

#include "model/live.h"
#include "model/text.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

/* Thousandths. */
static const guint speeds[] = { 250, 500, 1000, 2000, 4000, 16000, 64000 };
#define NORMAL_SPEED 2

struct replay {
	JhwLive *live;
	JhwTarget *target;
	GtkWidget *box;
	GtkWidget *play;
	GtkWidget *scale;
	GtkWidget *time;
	gboolean updating;
	int shown; /* paused, as the button shows it; -1: not yet */
};

static char *time_text(guint64 ms)
{
	guint64 seconds = ms / 1000;

	if (seconds >= 3600)
		return g_strdup_printf("%" G_GUINT64_FORMAT ":%02u:%02u", seconds / 3600,
				       (guint)(seconds / 60 % 60), (guint)(seconds % 60));
	return g_strdup_printf("%u:%02u", (guint)(seconds / 60), (guint)(seconds % 60));
}

static void show_button(struct replay *replay, gboolean paused)
{
	const char *tip = paused ? _("Play") : _("Pause");

	if (replay->shown == paused)
		return;
	replay->shown = paused;
	gtk_button_set_icon_name(GTK_BUTTON(replay->play),
				 paused ? "media-playback-start-symbolic"
					: "media-playback-pause-symbolic");
	jhw_tooltip_set(replay->play, tip);
	gtk_accessible_update_property(GTK_ACCESSIBLE(replay->play), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       tip, -1);
}

static void update(struct replay *replay)
{
	const struct tui_model *model = jhw_live_model(replay->live);
	g_autofree char *position = NULL, *length = NULL, *text = NULL;

	gtk_widget_set_visible(replay->box, jhw_live_is_recording(replay->live));
	if (!jhw_live_is_recording(replay->live))
		return;
	position = time_text(model->playback.position_ms);
	length = time_text(model->playback.length_ms);
	text = g_strdup_printf("%s / %s", position, length);
	show_button(replay, model->playback.paused);
	replay->updating = TRUE;
	gtk_range_set_range(GTK_RANGE(replay->scale), 0, MAX(1, (double)model->playback.length_ms));
	gtk_range_set_value(GTK_RANGE(replay->scale), (double)model->playback.position_ms);
	replay->updating = FALSE;
	gtk_label_set_text(GTK_LABEL(replay->time), text);
	/* states of cells are of the same moment */
	jhw_target_refresh(replay->target);
}

static void play_clicked(struct replay *replay)
{
	const struct tui_model *model = jhw_live_model(replay->live);

	if (model)
		jhw_live_play(replay->live, model->playback.paused);
}

static void sought(struct replay *replay)
{
	if (!replay->updating)
		jhw_live_seek(replay->live, (guint64)gtk_range_get_value(GTK_RANGE(replay->scale)));
}

static void speed_chosen(GtkDropDown *choice, G_GNUC_UNUSED GParamSpec *property,
			 struct replay *replay)
{
	guint chosen = gtk_drop_down_get_selected(choice);

	if (chosen < G_N_ELEMENTS(speeds))
		jhw_live_set_speed(replay->live, speeds[chosen]);
}

static GtkWidget *new_speeds(struct replay *replay)
{
	static const char *const texts[] = { "\302\274\303\227", "\302\275\303\227",
					     "1\303\227",	 "2\303\227",
					     "4\303\227",	 "16\303\227",
					     "64\303\227",	 NULL };
	GtkWidget *choice = gtk_drop_down_new_from_strings(texts);

	gtk_drop_down_set_selected(GTK_DROP_DOWN(choice), NORMAL_SPEED);
	jhw_tooltip_set(choice, _("How fast it is played"));
	jhw_accessible_name(choice, _("Speed"));
	g_signal_connect(choice, "notify::selected", G_CALLBACK(speed_chosen), replay);
	return choice;
}

static void destroyed(struct replay *replay)
{
	g_signal_handlers_disconnect_by_data(replay->live, replay);
}

static void free_replay(gpointer data)
{
	struct replay *replay = data;

	g_object_unref(replay->live);
	g_object_unref(replay->target);
	g_free(replay);
}

GtkWidget *jhw_replay_new(JhwSession *session)
{
	struct replay *replay = g_new0(struct replay, 1);

	replay->target = g_object_ref(jhw_session_target(session));
	replay->live = g_object_ref(jhw_live_of(replay->target));
	replay->box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 10);
	replay->play = gtk_button_new();
	replay->shown = -1;
	replay->scale = gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, 0, 1, 1000);
	replay->time = gtk_label_new(NULL);
	gtk_widget_set_hexpand(replay->scale, TRUE);
	gtk_widget_add_css_class(replay->time, "numeric");
	gtk_widget_add_css_class(replay->time, "dim");
	gtk_accessible_update_property(GTK_ACCESSIBLE(replay->scale), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Position in the recording"), -1);
	gtk_box_append(GTK_BOX(replay->box), replay->play);
	gtk_box_append(GTK_BOX(replay->box), replay->scale);
	gtk_box_append(GTK_BOX(replay->box), replay->time);
	gtk_box_append(GTK_BOX(replay->box), new_speeds(replay));
	gtk_widget_add_css_class(replay->box, "card");
	gtk_widget_add_css_class(replay->box, "replay");
	g_object_set_data_full(G_OBJECT(replay->box), "jhw-replay", replay, free_replay);
	g_signal_connect_swapped(replay->play, "clicked", G_CALLBACK(play_clicked), replay);
	g_signal_connect_swapped(replay->scale, "value-changed", G_CALLBACK(sought), replay);
	g_signal_connect_swapped(replay->live, "changed", G_CALLBACK(update), replay);
	g_signal_connect_swapped(replay->box, "destroy", G_CALLBACK(destroyed), replay);
	update(replay);
	return replay->box;
}
