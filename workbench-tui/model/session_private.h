/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A session as the files session*.c share it. */
#ifndef TUI_SESSION_PRIVATE_H
#define TUI_SESSION_PRIVATE_H

#include <jhcfg/recording.h>

#include "model/console.h"
#include "model/root_links.h"
#include "model/sample.h"
#include "model/session.h"

#define SESSION_MAX_PATHS (SAMPLE_NUM_PATHS + LINKS_PATHS)

struct session_actions; /* session_act.c */
struct session_config;	/* session_config.c */

struct tui_session {
	struct tui_store *store;
	struct sample sample;
	struct jhcfg_target *target;
	struct jhcfg_reading *reading;
	struct jhcfg_tree_request request;
	const char *paths[SESSION_MAX_PATHS + 1]; /* of the request */
	struct links_paths links;
	struct tui_console console;
	struct session_actions *actions;
	struct session_config *config; /* what is being read */
	int epoll, timer;
	unsigned int delay_ms;
	bool borrowed; /* the target is somebody else's */
	bool writable;
	bool changed;	       /* since dispatch() was called */
	bool again;	       /* look once more when this look is over */
	bool failed;	       /* the last look did */
	uint64_t began_ms;     /* monotonic */
	int64_t began_wall_ms; /* the same moment, since 1970 */
	void (*ask)(struct tui_session *session, void *user,
		    enum jhcfg_question question, const char *prompt);
	void (*taken)(struct tui_session *session, void *user);
	void *user;

	struct jhcfg_recorder *recorder;
	uint64_t record_ms; /* when it began, behind began_ms */
	/* a recorded target */
	struct jhcfg_recording *recording;
	size_t moment;	    /* that was read last */
	bool any_moment;    /* there is one */
	uint64_t anchor_ms; /* monotonic time at which position_ms was right */
};

uint64_t session_now_ms(void);
/* Milliseconds until it fires; 0: not at all. */
void session_set_timer(struct tui_session *session, uint64_t ms, bool again);
/* Takes in what the reading has, as of that time. */
void session_take(struct tui_session *session, uint64_t clock_ms,
		  int64_t time_ms);

/* session_replay.c */
void session_replay_open(struct tui_session *session, bool replay);
void session_replay_timer(struct tui_session *session);

/* session_record.c */
int session_record_open(struct tui_session *session, const char *path,
			struct jhcfg_diags *diags);
/* Adds the moment of that time, behind began_ms; what fails ends it. */
void session_record_add(struct tui_session *session, uint64_t ms,
			const struct jhcfg_tree *tree);

/* session_config.c: reads configurations of cells that have none */
void session_configs(struct tui_session *session);
void session_configs_free(struct tui_session *session);

/* session_act.c */
struct session_actions *session_actions_new(struct tui_session *session);
void session_actions_free(struct session_actions *actions);
/* Begins the next one, if none is going on. */
void session_actions_next(struct session_actions *actions);
/* The target has gone, and may be another one when it is back. */
void session_actions_lost(struct session_actions *actions);

#endif
