/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a move would break: with many cells the rules take a while, so that a
 * thread asks them. */
#ifndef JHW_MOVE_JUDGE_H
#define JHW_MOVE_JUDGE_H

#include "model/document.h"

/* Takes over @after, a copy of the document in which the move is done. It is
 * not looked at if @cancellable has been cancelled by then. @callback is called
 * in any case, in the main thread. */
void jhw_move_judge_async(JhwDocument *document, struct jhcfg_workspace *after,
			  GCancellable *cancellable, GAsyncReadyCallback callback, gpointer data);
/* Errors that there would be and are not now, "M02<tab>message": a new array of
 * char *; NULL: it was cancelled. */
GPtrArray *jhw_move_judge_finish(JhwDocument *document, GAsyncResult *result);

#endif
