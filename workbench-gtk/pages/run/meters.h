/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a target does, as numbers over time: the one that is selected large, all
 * of them small below it, and the same as a list of words.
 */
#ifndef JHW_RUN_METERS_H
#define JHW_RUN_METERS_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_meters_new(JhwSession *session);

#endif
