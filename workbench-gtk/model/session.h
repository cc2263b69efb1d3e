/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * All that pages and panels of one open project share. A page gets the session
 * when it is made; another project is another session with new pages.
 *
 * Signal "show-page" (const char *id): somebody wants this page to be seen.
 * Signal "notice" (const char *text): something to be told for a moment.
 * Signal "scenario-changed": another scenario is looked at.
 */
#ifndef JHW_SESSION_H
#define JHW_SESSION_H

#include "model/checker.h"
#include "model/deploy.h"
#include "model/document.h"
#include "model/log.h"
#include "model/selection.h"
#include "model/target.h"

#define JHW_TYPE_SESSION (jhw_session_get_type())
G_DECLARE_FINAL_TYPE(JhwSession, jhw_session, JHW, SESSION, GObject)

JhwSession *jhw_session_new(JhwDocument *document, JhwLog *log);
/* Has it share a target with whatever was open before, in place of one of its
 * own; before anybody looks at it. */
void jhw_session_set_target(JhwSession *session, JhwTarget *target);
/* None of these gives a reference. */
JhwDocument *jhw_session_document(JhwSession *session);
JhwSelection *jhw_session_selection(JhwSession *session);
JhwChecker *jhw_session_checker(JhwSession *session);
JhwLog *jhw_session_log(JhwSession *session);
/* Never NULL; it may have no connection. */
JhwTarget *jhw_session_target(JhwSession *session);
/* Of its document to its target. */
JhwDeploy *jhw_session_deploy(JhwSession *session);
const struct jhcfg_workspace *jhw_session_workspace(JhwSession *session);

/* The scenario that somebody looks at, by which the rules judge; NULL: each. */
const char *jhw_session_scenario(JhwSession *session);
void jhw_session_set_scenario(JhwSession *session, const char *name);

/* Selects the object and shows a page that has it. */
void jhw_session_go_to(JhwSession *session, const JhwRef *ref);
void jhw_session_notice(JhwSession *session, const char *format, ...) G_GNUC_PRINTF(2, 3);
/* Logs and tells @error, which may be NULL, and frees it. */
void jhw_session_complain(JhwSession *session, GError *error);

#endif
