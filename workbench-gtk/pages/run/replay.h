/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Plays a recording: play and pause, where, how fast. Hidden for other targets. */
#ifndef JHW_RUN_REPLAY_H
#define JHW_RUN_REPLAY_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_replay_new(JhwSession *session);

#endif
