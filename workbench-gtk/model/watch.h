/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Notices when somebody else changes the files of a project. Signal "changed":
 * they differ from what the document read or wrote last. The files are read by threads.
 */
#ifndef JHW_WATCH_H
#define JHW_WATCH_H

#include "model/document.h"

#define JHW_TYPE_WATCH (jhw_watch_get_type())
G_DECLARE_FINAL_TYPE(JhwWatch, jhw_watch, JHW, WATCH, GObject)

JhwWatch *jhw_watch_new(JhwDocument *document);
/* What is there now is what the document knows: after a save, or when somebody
 * wants to keep the document as it is. */
void jhw_watch_settle(JhwWatch *watch);
/* No thread reads the files, and what is there is known. */
gboolean jhw_watch_is_settled(JhwWatch *watch);

#endif
