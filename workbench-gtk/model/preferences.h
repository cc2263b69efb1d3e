/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a person chose for all projects, kept in the user's configuration: a
 * table of choices, in which a new preference is a row. */
#ifndef JHW_PREFERENCES_H
#define JHW_PREFERENCES_H

#include <glib.h>

typedef enum {
	JHW_PREFERENCE_THEME,	   /* 0: as the desktop, 1: light, 2: dark */
	JHW_PREFERENCE_COPIES,	   /* seconds between a change and its copy for recovery */
	JHW_PREFERENCE_SNAP,	   /* whether edges of memory snap to more than pages */
	JHW_PREFERENCE_ADDRESSES,  /* the base that they are shown in: 16 or 10 */
	JHW_PREFERENCE_INTERRUPTS, /* the same */
	JHW_NUM_PREFERENCES
} JhwPreference;

typedef struct {
	int value;
	const char *label; /* to be translated; NULL behind the last one */
} JhwPreferenceChoice;

/* What it is called, to be translated, and what may be chosen. */
const char *jhw_preference_title(JhwPreference which);
const JhwPreferenceChoice *jhw_preference_choices(JhwPreference which);

/* One of the choices' values. Main thread only, as all of it. */
int jhw_preference(JhwPreference which);
/* FALSE with @error: it holds, but could not be kept for the next time. */
gboolean jhw_preference_set(JhwPreference which, int value, GError **error);
/* Has @changed called when one is another one; returns what ends that. */
guint jhw_preferences_follow(void (*changed)(gpointer data), gpointer data);
void jhw_preferences_leave(guint follower);
/* Reads the file again. */
void jhw_preferences_load(void);

#endif
