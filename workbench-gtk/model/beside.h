/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What waits for the file system goes on beside the main thread: a disk that is
 * slow, or does not answer, keeps nobody from working. */
#ifndef JHW_BESIDE_H
#define JHW_BESIDE_H

#include <glib.h>

/* In a thread; what it returns is @done's. */
typedef gpointer (*JhwBesideWork)(gpointer data);
/* In the main thread, some time later. */
typedef void (*JhwBesideDone)(gpointer result, gpointer data);

/* @done NULL: nobody waits, and @work returns NULL. @data is freed in the main
 * thread, after @done. */
void jhw_beside(JhwBesideWork work, JhwBesideDone done, gpointer data, GDestroyNotify free_data);
/* The same of what has to be written: the program does not end before. */
void jhw_beside_to_the_end(JhwBesideWork work, JhwBesideDone done, gpointer data,
			   GDestroyNotify free_data);

#endif
