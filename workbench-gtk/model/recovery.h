/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What somebody typed is never lost: a copy of each project with changes that
 * are not saved is kept in the user's state folder, a few seconds behind, until
 * it is saved or given up. After a crash it is found again.
 */
#ifndef JHW_RECOVERY_H
#define JHW_RECOVERY_H

#include "model/document.h"

/* Keeps the copies of one document, written by a thread; signal "written" with
 * a gboolean: one is there, or could not be made; signal "failed" with the reason:
 * the first of those in a row that could not. It goes on until the object is freed;
 * the last copy then stays, unless jhw_recovery_discard() was called. */
#define JHW_TYPE_RECOVERY (jhw_recovery_get_type())
G_DECLARE_FINAL_TYPE(JhwRecovery, jhw_recovery, JHW, RECOVERY, GObject)

JhwRecovery *jhw_recovery_new(JhwDocument *document);
/* Has what is not written yet written now, and not a few seconds later. */
void jhw_recovery_hurry(JhwRecovery *recovery);
/* Beside whatever else is done, but before the program ends. */
void jhw_recovery_discard(JhwRecovery *recovery);

/* A copy that its program did not live to clear away. */
typedef struct {
	char *folder;
	char *origin; /* the project's file, empty: it had none yet */
	char *title;
} JhwLostWork;

/* What follows waits for the file system: for a thread (beside.h). */
/* JhwLostWork, those of programs that still run left out. */
GPtrArray *jhw_recovery_list(void);
/* What was lost of this project, NULL: nothing. Freed by _free(). */
JhwLostWork *jhw_recovery_find(const char *path);
void jhw_lost_work_free(JhwLostWork *lost);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwLostWork, jhw_lost_work_free)
/* The document as it was, with its old path, and modified. */
JhwDocument *jhw_lost_work_load(const JhwLostWork *lost, GError **error);
/* Deletes the copy: beside whatever else is done, but before the program ends. */
void jhw_lost_work_delete(const JhwLostWork *lost);

#endif
