/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A window: the welcome page, or the editor of one project.
 * Actions: "win.open", "win.save", "win.save-as", "win.undo", "win.redo",
 * "win.export", "win.deploy", "win.connect" (s: target),
 * "win.choose-target", "win.open-recording", "win.disconnect", "win.new-cell", "win.show-problems",
 * "win.show-page" (s: id).
 */
#ifndef JHW_WINDOW_H
#define JHW_WINDOW_H

#include <gtk/gtk.h>

#include "model/session.h"

#define JHW_TYPE_WINDOW (jhw_window_get_type())
G_DECLARE_FINAL_TYPE(JhwWindow, jhw_window, JHW, WINDOW, GtkApplicationWindow)

JhwWindow *jhw_window_new(GtkApplication *application);
/* Loads it in a thread, and shows it; says so if that cannot be. */
void jhw_window_open(JhwWindow *window, const char *path);
/* Shows this project. */
void jhw_window_show(JhwWindow *window, JhwDocument *document);
/* Connects to a target, see jhw_target_open(); says so if that cannot be. */
void jhw_window_connect(JhwWindow *window, const char *target);
/* NULL: no project is open. */
JhwSession *jhw_window_session(JhwWindow *window);

#endif
