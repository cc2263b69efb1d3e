/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A target that is looked at again and again: it keeps a model up to date,
 * records it if that is wanted, replays recordings, and does what it is asked
 * to do there. One for each tab.
 *
 * Nothing in here waits. Who has an event loop watches tui_session_fd() and
 * calls tui_session_dispatch() when it is readable: that is all, the timers
 * are behind the same descriptor.
 */
#ifndef TUI_SESSION_H
#define TUI_SESSION_H

#include <jhcfg/diag.h>
#include <jhcfg/target.h>

#include "model/budget.h"
#include "model/model.h"

struct tui_session;

struct tui_session_options {
	unsigned int delay_ms; /* between two refreshes; 0: 1000 */
	const char *record;    /* file that is written; NULL: none */
	bool writable;	       /* actions are allowed */
	/* "recorded:FILE" begins at its begin and goes on at its speed,
	 * instead of standing at its last moment */
	bool replay;
	const struct tui_budgets *budgets; /* copied; NULL: none */
	/* password and host key questions, as of struct jhcfg_target_handler;
	 * NULL: they fail */
	void (*ask)(struct tui_session *session, void *user,
		    enum jhcfg_question question, const char *prompt);
	/* After each moment that was taken in; several come at once where a
	 * recording is sought. It must not close the session. NULL: whoever
	 * dispatches it sees. */
	void (*taken)(struct tui_session *session, void *user);
	void *user;
	/* A target that is open already, and stays so when this is closed.
	 * Whoever opened it dispatches it, answers its questions, connects it
	 * again, and tells by tui_session_target_changed(). NULL: one is
	 * opened. */
	struct jhcfg_target *target;
};

/* Opens the target of that name, see jhcfg_target_open(). 0 or -errno, with
 * @diags telling why. @options may be NULL. @name is not looked at if they
 * have a target. */
int tui_session_open(const char *name,
		     const struct tui_session_options *options,
		     struct jhcfg_diags *diags, struct tui_session **session);
void tui_session_close(struct tui_session *session);

/* Never NULL; the same pointer all the time. */
const struct tui_model *tui_session_model(const struct tui_session *session);
int tui_session_fd(const struct tui_session *session);
/* Is it this machine that is looked at? */
bool tui_session_local(const struct tui_session *session);
/* Does what is due. > 0: the model has changed, 0: it has not, or -errno if
 * the loop itself failed. */
int tui_session_dispatch(struct tui_session *session);
/* Look now, not only when it is time. */
void tui_session_refresh(struct tui_session *session);
void tui_session_set_delay(struct tui_session *session, unsigned int ms);
unsigned int tui_session_delay(const struct tui_session *session);
void tui_session_answer(struct tui_session *session, const char *answer);
/* The target that it was given is ready, or lost. */
void tui_session_target_changed(struct tui_session *session);
void tui_session_set_budgets(struct tui_session *session,
			     const struct tui_budgets *budgets);

/* --- recording ------------------------------------------------------------ */

/*
 * Records into the new file @path from the next refresh on, as the option does
 * from the begin; it ends with the session, if it is ended, or if it cannot go
 * on, which is an event. -EROFS: the target is a recording; -EBUSY: there is
 * one already; or what jhcfg_recorder_open() said, with @diags telling why.
 */
int tui_session_record(struct tui_session *session, const char *path,
		       struct jhcfg_diags *diags);
/* 0, or why its end could not be written. */
int tui_session_record_end(struct tui_session *session);
bool tui_session_records(const struct tui_session *session);

/* --- replay ---------------------------------------------------------------
 *
 * Of recorded targets; a live one may only be paused: then nothing is looked
 * at. A jump back begins events and lines at serial 1 again.
 */
void tui_session_pause(struct tui_session *session, bool paused);
/* To @ms behind the begin, at most its end. */
void tui_session_seek(struct tui_session *session, uint64_t ms);
/* The next moment, at once. false: there is none. */
bool tui_session_step(struct tui_session *session);
/* 250 to 64000 thousandths. */
void tui_session_set_speed(struct tui_session *session,
			   unsigned int speed_milli);

/* --- actions -------------------------------------------------------------- */

enum tui_verb {
	TUI_START,
	TUI_SHUTDOWN,
	TUI_DESTROY,
	TUI_LOAD,   /* @file into the cell, at @address if that is known */
	TUI_CREATE, /* a cell from the configuration @file */
};

struct tui_action {
	enum tui_verb verb;
	uint32_t cell; /* serial; unused by TUI_CREATE */
	/* of this machine: brought to the target if that is another one */
	const char *file;
	uint64_t address; /* TUI_NO_VALUE: the tool's default */
};

/*
 * Begins to do it: the file is brought to the target, if that is another
 * machine, then its tool is run; further ones are queued. How it ended is an
 * event.
 * 0; -EROFS: the session is not writable, or nothing runs on this target;
 * -ESRCH: the cell is gone (and nothing is done to another one that has its id
 * now); -ENOENT and so on: @file cannot be read; -EBUSY: too many wait.
 */
int tui_session_act(struct tui_session *session,
		    const struct tui_action *action);

/* The one that is going on. */
struct tui_doing {
	enum tui_verb verb;
	const char *name;    /* of the cell, or the file to create it from */
	uint64_t sent, size; /* of a file that is brought; size 0: none is */
	bool running;	     /* the tool of the target does it now */
	size_t waiting;	     /* others */
};
/* false: none is. */
bool tui_session_doing(const struct tui_session *session,
		       struct tui_doing *doing);
/* Nothing becomes of those that wait, or whose file is being brought; what
 * runs already goes on to its end. How many that were; each is an event. */
size_t tui_session_cancel(struct tui_session *session);
bool tui_session_writable(const struct tui_session *session);
/* "shutdown" */
const char *tui_verb_name(enum tui_verb verb);

#endif
