// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Recordings in time: every moment is taken in, in its turn, so that what
 * happened is told as it was told then.
 */
#include "model/session_private.h"
#include "model/update.h"

/* How far it is gone back for what came before a moment that is sought. */
#define RUN_UP 600

static struct tui_playback *playback_of(struct tui_session *session)
{
	return &session->store->model.playback;
}

static void take_moment(struct tui_session *session, size_t moment)
{
	const struct jhcfg_recording *recording = session->recording;
	uint64_t ms = jhcfg_recording_time(recording, moment);

	jhcfg_target_seek(session->target, moment);
	/* its files are at hand: this is over when it returns */
	if (jhcfg_reading_start(session->reading, 0))
		return;
	session->moment = moment;
	session->any_moment = true;
	session_take(session, ms,
		     jhcfg_recording_began(recording) * 1000 + (int64_t)ms);
}

/* All moments up to the one that is right at position_ms. */
static void catch_up(struct tui_session *session)
{
	size_t to = jhcfg_recording_at(session->recording,
				       playback_of(session)->position_ms);
	size_t next = session->any_moment ? session->moment + 1 : 0;

	for (; next <= to; next++)
		take_moment(session, next);
}

/* Where it is by the clock. */
static void set_position(struct tui_session *session)
{
	struct tui_playback *playback = playback_of(session);
	uint64_t now = session_now_ms(), passed = now - session->anchor_ms;

	session->anchor_ms = now;
	if (!playback->replay || playback->paused)
		return;
	playback->position_ms += passed * playback->speed_milli / 1000;
	if (playback->position_ms >= playback->length_ms) {
		playback->position_ms = playback->length_ms;
		playback->paused = true;
		session->changed = true;
	}
}

/* Fires when the next moment is due. */
static void arm(struct tui_session *session)
{
	const struct tui_playback *playback = playback_of(session);
	uint64_t next, wait;

	if (!playback->replay || playback->paused ||
	    session->moment + 1 >= jhcfg_recording_count(session->recording)) {
		session_set_timer(session, 0, false);
		return;
	}
	next = jhcfg_recording_time(session->recording, session->moment + 1);
	wait = next > playback->position_ms ? next - playback->position_ms : 0;
	wait = wait * 1000 / playback->speed_milli;
	/* 0 would be never; and nobody sees more than that */
	session_set_timer(session, wait < 20 ? 20 : wait + 1, false);
}

void session_replay_open(struct tui_session *session, bool replay)
{
	struct tui_playback *playback = playback_of(session);
	size_t count = jhcfg_recording_count(session->recording);

	*playback = (struct tui_playback){
		.replay = true,
		.paused = !replay,
		.speed_milli = 1000,
		.length_ms =
			jhcfg_recording_time(session->recording, count - 1),
	};
	session->anchor_ms = session_now_ms();
	if (replay) {
		take_moment(session, 0);
		arm(session);
	} else {
		tui_session_seek(session, playback->length_ms);
	}
}

void session_replay_timer(struct tui_session *session)
{
	set_position(session);
	catch_up(session);
	arm(session);
}

bool tui_session_step(struct tui_session *session)
{
	struct tui_playback *playback = playback_of(session);

	if (!session->recording ||
	    session->moment + 1 >= jhcfg_recording_count(session->recording))
		return false;
	take_moment(session, session->moment + 1);
	playback->position_ms =
		jhcfg_recording_time(session->recording, session->moment);
	arm(session);
	return true;
}

void tui_session_pause(struct tui_session *session, bool paused)
{
	struct tui_playback *playback = playback_of(session);

	session->changed = true;
	if (!session->recording) {
		playback->paused = paused;
		session_set_timer(session, paused ? 0 : session->delay_ms,
				  true);
		return;
	}
	set_position(session);
	/* at its end it begins again */
	if (!paused && playback->position_ms >= playback->length_ms)
		tui_session_seek(session, 0);
	playback->paused = paused;
	arm(session);
}

void tui_session_seek(struct tui_session *session, uint64_t ms)
{
	struct tui_playback *playback = playback_of(session);
	size_t to, from;

	if (!session->recording)
		return;
	set_position(session);
	playback->position_ms =
		ms < playback->length_ms ? ms : playback->length_ms;
	to = jhcfg_recording_at(session->recording, playback->position_ms);
	from = to > RUN_UP ? to - RUN_UP : 0;
	if (!session->any_moment || to < session->moment ||
	    from > session->moment + 1) {
		update_begin_again(session->store);
		console_forget(&session->console);
		session->console.seen = false;
		take_moment(session, from);
	}
	catch_up(session);
	arm(session);
	session->changed = true;
}

void tui_session_set_speed(struct tui_session *session,
			   unsigned int speed_milli)
{
	struct tui_playback *playback = playback_of(session);

	if (!session->recording)
		return;
	set_position(session);
	playback->speed_milli = speed_milli < 250     ? 250
				: speed_milli > 64000 ? 64000
						      : speed_milli;
	arm(session);
	session->changed = true;
}
