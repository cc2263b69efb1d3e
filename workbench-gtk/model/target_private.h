/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the files of JhwTarget share. */
#ifndef JHW_TARGET_PRIVATE_H
#define JHW_TARGET_PRIVATE_H

#include "model/target.h"

struct _JhwTarget {
	GObject parent_instance;
	char *name;
	struct jhcfg_target *handle;
	/* closed while it was dispatched: freed when that returns */
	struct jhcfg_target *doomed;
	guint dispatching;
	guint watch;
	char *failure; /* why it could not be opened at all */

	gboolean was_ready; /* so that it is worth trying again */
	guint retry;	    /* of the main loop */
	guint retry_s;

	struct jhcfg_reading *reading;
	gboolean starting; /* the reading, which must not go away meanwhile */
	gboolean ended;	   /* while it was started */
	int ended_error;
	const struct jhcfg_status *status;
	guint64 looks;	   /* that began */
	guint64 status_of; /* number of the one that the status is of */
	guint sampler;	   /* of the main loop */

	GPtrArray *commands; /* that run, for closing */
};

void jhw_target_changed(JhwTarget *target);
/* target_status.c */
void jhw_target_status_begin(JhwTarget *target);
void jhw_target_status_end(JhwTarget *target);
/* target_command.c: none of them gets an answer any more */
void jhw_target_commands_end(JhwTarget *target);

#endif
