// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/heap.h"

#include <glib.h>

#ifdef __GLIBC__

#include <malloc.h>

#define LARGE	  (128 * 1024) /* bytes: has pages of its own */
#define TIDY_TIME 2	       /* seconds */

/* Of the main thread. */
static guint timeout;

/*
 * By itself malloc() raises this limit each time when something large is freed,
 * as far as 32 MiB. Pictures of a window (4 MiB each) then lie between small
 * objects that stay, and so does what was read of a project's files: with 64
 * cells 18 MiB were held that nobody used.
 */
void jhw_heap_start(void)
{
	mallopt(M_MMAP_THRESHOLD, LARGE);
	mallopt(M_TRIM_THRESHOLD, LARGE);
}

static gboolean tidy(G_GNUC_UNUSED gpointer data)
{
	timeout = 0;
	malloc_trim(0);
	return G_SOURCE_REMOVE;
}

/* The heaps of threads (reading, rules) are not trimmed by anything else. */
void jhw_heap_tidy_soon(void)
{
	g_clear_handle_id(&timeout, g_source_remove);
	timeout = g_timeout_add_seconds_full(G_PRIORITY_LOW, TIDY_TIME, tidy, NULL, NULL);
}

#else

void jhw_heap_start(void)
{
}

void jhw_heap_tidy_soon(void)
{
}

#endif
