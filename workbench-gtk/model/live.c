// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/live.h"

#include <errno.h>
#include <glib-unix.h>
#include <unistd.h>

#include "model/error.h"
#include "workbench-tui/model/session.h"

#define SHORTEST_MS	100U /* between two signals */
#define DELAY_MS	1000U
#define GAP_LOOKS	5 /* that may be late before a line is cut */
#define GAP_RECORDED_MS 10000

struct _JhwLive {
	GObject parent_instance;
	struct jhcfg_target *target;
	struct tui_session *watch;
	JhwMetrics *metrics;
	guint source; /* of the main loop */
	guint tell;   /* the same, for the signal */
	gint64 told;  /* monotonic, microseconds */
	guint delay;
	guint epoch;
	guint64 num_events; /* that there were */
	char *record_path;
	gint64 record_began; /* monotonic, microseconds */
};

G_DEFINE_FINAL_TYPE(JhwLive, jhw_live, G_TYPE_OBJECT)

enum {
	CHANGED,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS]; /* set once, with the class */

static gboolean tell_now(gpointer data)
{
	JhwLive *live = data;

	live->tell = 0;
	live->told = g_get_monotonic_time();
	g_signal_emit(live, signals[CHANGED], 0);
	return G_SOURCE_REMOVE;
}

static void tell(JhwLive *live)
{
	gint64 passed = (g_get_monotonic_time() - live->told) / 1000;

	if (live->tell)
		return;
	live->tell = g_timeout_add(passed < SHORTEST_MS ? SHORTEST_MS - (guint)passed : 0, tell_now,
				   live);
}

/* --- what the model says ------------------------------------------------------ */

static void taken(struct tui_session *session, void *user)
{
	JhwLive *live = user;
	const struct tui_model *model = tui_session_model(session);

	/* they only ever grow, but when it begins anew */
	if (model->num_events < live->num_events)
		live->epoch++;
	live->num_events = model->num_events;
	if (live->record_path && !tui_session_records(session))
		g_clear_pointer(&live->record_path, g_free);
	jhw_metrics_take(live->metrics, model);
	tell(live);
}

static gboolean dispatch(G_GNUC_UNUSED gint fd, G_GNUC_UNUSED GIOCondition condition, gpointer data)
{
	JhwLive *live = data;

	if (tui_session_dispatch(live->watch) > 0)
		tell(live);
	return G_SOURCE_CONTINUE;
}

static void detach(JhwLive *live)
{
	g_clear_handle_id(&live->source, g_source_remove);
	g_clear_pointer(&live->watch, tui_session_close);
	g_clear_pointer(&live->record_path, g_free);
	jhw_metrics_clear(live->metrics);
	live->target = NULL;
	live->num_events = 0;
	live->epoch++;
}

void jhw_live_attach(JhwLive *live, struct jhcfg_target *target)
{
	const struct tui_session_options options = {
		.delay_ms = live->delay,
		.taken = taken,
		.user = live,
		.target = target,
	};

	if (target == live->target)
		return;
	detach(live);
	/* what fails is memory, and then there is nothing to look at */
	if (target && !tui_session_open(NULL, &options, NULL, &live->watch)) {
		live->target = target;
		live->source = g_unix_fd_add(tui_session_fd(live->watch), G_IO_IN, dispatch, live);
	}
	tell(live);
}

void jhw_live_target_changed(JhwLive *live)
{
	if (!live->watch)
		return;
	tui_session_target_changed(live->watch);
	tell(live);
}

struct jhcfg_target *jhw_live_target(JhwLive *live)
{
	return live->target;
}

const struct tui_model *jhw_live_model(JhwLive *live)
{
	return live->watch ? tui_session_model(live->watch) : NULL;
}

const JhwMetrics *jhw_live_metrics(JhwLive *live)
{
	return live->metrics;
}

void jhw_live_set_delay(JhwLive *live, guint ms)
{
	live->delay = MAX(ms, SHORTEST_MS);
	if (live->watch)
		tui_session_set_delay(live->watch, live->delay);
}

guint jhw_live_delay(JhwLive *live)
{
	return live->delay;
}

gint64 jhw_live_gap(JhwLive *live)
{
	return jhw_live_is_recording(live) ? GAP_RECORDED_MS : (gint64)live->delay * GAP_LOOKS;
}

guint jhw_live_epoch(JhwLive *live)
{
	return live->epoch;
}

/* --- recording what it sees ----------------------------------------------------- */

gboolean jhw_live_record(JhwLive *live, const char *path, GError **error)
{
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	int err = -ENOTCONN;

	if (live->watch) {
		/* whoever chose it was asked; what is no file is refused */
		if (g_file_test(path, G_FILE_TEST_IS_REGULAR))
			unlink(path);
		err = tui_session_record(live->watch, path, diags);
	}
	if (err)
		return jhw_error_take(error, err, diags);
	live->record_path = g_strdup(path);
	live->record_began = g_get_monotonic_time();
	tui_session_refresh(live->watch);
	tell(live);
	return TRUE;
}

gboolean jhw_live_record_end(JhwLive *live, GError **error)
{
	int err = live->watch ? tui_session_record_end(live->watch) : 0;

	g_clear_pointer(&live->record_path, g_free);
	tell(live);
	return err ? jhw_error_take(error, err, NULL) : TRUE;
}

const char *jhw_live_record_path(JhwLive *live)
{
	return live->record_path;
}

gint64 jhw_live_record_time(JhwLive *live)
{
	return (g_get_monotonic_time() - live->record_began) / 1000;
}

/* --- recordings --------------------------------------------------------------- */

gboolean jhw_live_is_recording(JhwLive *live)
{
	return live->watch && tui_session_model(live->watch)->playback.replay;
}

void jhw_live_play(JhwLive *live, gboolean play)
{
	if (!live->watch)
		return;
	tui_session_pause(live->watch, !play);
	tell(live);
}

void jhw_live_seek(JhwLive *live, guint64 ms)
{
	if (!live->watch)
		return;
	tui_session_seek(live->watch, ms);
	tell(live);
}

void jhw_live_set_speed(JhwLive *live, guint milli)
{
	if (!live->watch)
		return;
	tui_session_set_speed(live->watch, milli);
	tell(live);
}

/* --- the object --------------------------------------------------------------- */

static void jhw_live_finalize(GObject *object)
{
	JhwLive *live = JHW_LIVE(object);

	detach(live);
	g_clear_handle_id(&live->tell, g_source_remove);
	jhw_metrics_free(live->metrics);
	G_OBJECT_CLASS(jhw_live_parent_class)->finalize(object);
}

static void jhw_live_class_init(JhwLiveClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_live_finalize;
	signals[CHANGED] = g_signal_new("changed", JHW_TYPE_LIVE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
					NULL, G_TYPE_NONE, 0);
}

static void jhw_live_init(JhwLive *live)
{
	live->metrics = jhw_metrics_new();
	live->delay = DELAY_MS;
}

JhwLive *jhw_live_new(void)
{
	return g_object_new(JHW_TYPE_LIVE, NULL);
}

/* --- of a window's target ------------------------------------------------------- */

static void follow_target(JhwTarget *target, JhwLive *live)
{
	jhw_live_attach(live, jhw_target_handle(target));
	jhw_live_target_changed(live);
}

static void leave_target(G_GNUC_UNUSED JhwTarget *target, JhwLive *live)
{
	jhw_live_attach(live, NULL);
}

JhwLive *jhw_live_of(JhwTarget *target)
{
	static const char key[] = "jhw-live";
	JhwLive *live = g_object_get_data(G_OBJECT(target), key);

	if (live)
		return live;
	live = jhw_live_new();
	g_object_set_data_full(G_OBJECT(target), key, live, g_object_unref);
	g_signal_connect_object(target, "changed", G_CALLBACK(follow_target), live, 0);
	g_signal_connect_object(target, "closing", G_CALLBACK(leave_target), live, 0);
	follow_target(target, live);
	return live;
}
