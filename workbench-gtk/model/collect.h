/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a target says about its hardware, made into a document that is no
 * project yet: what "jailhouse config collect" does, over any connection. */
#ifndef JHW_COLLECT_H
#define JHW_COLLECT_H

#include "model/document.h"
#include "model/target.h"

/* Waits until the target is connected, collects there, and imports that in a
 * thread. Nothing is left on the target. What was said is added to @diags,
 * which lives until the end. */
void jhw_collect_async(JhwTarget *target, struct jhcfg_diags *diags, GCancellable *cancellable,
		       GAsyncReadyCallback callback, gpointer data);
/* NULL with @error. */
JhwDocument *jhw_collect_finish(JhwTarget *target, GAsyncResult *result, GError **error);

#endif
