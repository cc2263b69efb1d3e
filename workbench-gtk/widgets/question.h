/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A question in a window of its own, since nothing goes on without an answer. */
#ifndef JHW_QUESTION_H
#define JHW_QUESTION_H

#include <gtk/gtk.h>

typedef struct {
	const char *title;
	const char *text;
	const char *answer; /* on the button that says yes */
	enum {
		JHW_QUESTION_PLAIN, /* yes or no */
		JHW_QUESTION_TEXT,  /* a line */
		JHW_QUESTION_SECRET,
	} entry;
	/* @text: what was typed, empty for plain ones; NULL: no answer. Not
	 * called if the window is destroyed by somebody else. */
	void (*answered)(const char *text, gpointer data);
	gpointer data;
} JhwQuestion;

/* *@place is the window until it is gone, then NULL. */
void jhw_question_open(GtkWindow **place, GtkWindow *parent, const JhwQuestion *question);

#endif
