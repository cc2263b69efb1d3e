/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What comes before an action: finds out how to act on the target, once, and
 * brings the file there that the action is about. Nothing in here waits.
 */
#ifndef TUI_SESSION_BRING_H
#define TUI_SESSION_BRING_H

#include <jhcfg/site.h>

#include "model/model.h"

struct session_bring;

/* 0 and where the target has the file (NULL: there is none), which holds
 * during the call; or -errno and why, which is never empty then. */
typedef void session_bring_done(void *user, int err, const char *why,
				const char *path);

/* @changed: there is more to tell by session_bring_sent(). */
struct session_bring *session_bring_new(struct jhcfg_target *target,
					session_bring_done *done,
					void (*changed)(void *user),
					void *user);
void session_bring_free(struct session_bring *bring);
/* @file of this machine, which may be NULL. done() follows, maybe from in
 * here. One at a time. */
void session_bring_start(struct session_bring *bring, const char *file);
/* done() does not follow, and nothing is left on the target. */
void session_bring_cancel(struct session_bring *bring);
/* The target has gone, and may be another one when it is back. */
void session_bring_forget(struct session_bring *bring);

/* After it was done once. */
const struct jhcfg_site *session_bring_site(const struct session_bring *bring);
/* Bytes of the file that are on their way; @size 0: none is brought. */
void session_bring_sent(const struct session_bring *bring, uint64_t *sent,
			uint64_t *size);

#endif
