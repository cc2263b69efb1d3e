/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What meters.c, which draws and selects, shares with the bar above and the list. */
#ifndef JHW_RUN_METERS_PRIVATE_H
#define JHW_RUN_METERS_PRIVATE_H

#include <gtk/gtk.h>

#include "canvas/palette.h"
#include "model/live.h"
#include "model/session.h"
#include "pages/run/meters_rows.h"

struct meters {
	JhwSession *session;
	JhwLive *live;
	GtkWidget *box;
	GtkWidget *title; /* of what is large */
	GtkWidget *large;
	GtkWidget *stack;  /* graphs or list */
	GtkWidget *graphs; /* rows and the large one */
	GtkWidget *pace;
	GtkWidget *rows;
	GtkWidget *scroller;
	GtkWidget *list;
	GPtrArray *shown; /* JhwMeter */
	char *cell, *key; /* of the metric that is selected */
	gint64 span_ms;
	gint64 drawn;	/* time of the last point that was */
	JhwTheme theme; /* colours of what is shown are for that */
	double pointed; /* x above the large one, < 0: nowhere */
};

/* As it is now. */
void jhw_meters_show(struct meters *meters);
/* meters_bar.c */
GtkWidget *jhw_meters_bar_new(struct meters *meters);
/* meters_list.c */
GtkWidget *jhw_meters_list_new(struct meters *meters);

#endif
