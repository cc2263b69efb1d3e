/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which scenario is looked at; new ones, other names, none any more. */
#ifndef JHW_PANELS_SCENARIOS_H
#define JHW_PANELS_SCENARIOS_H

#include <gtk/gtk.h>

#include "model/session.h"

/* A button with a menu. Actions: "scenario.choose" (s, empty: each of them),
 * "scenario.new", "scenario.rename", "scenario.delete". */
GtkWidget *jhw_scenario_button_new(JhwSession *session);

#endif
