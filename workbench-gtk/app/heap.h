/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What is freed goes back to the system, not only to the C library. */
#ifndef JHW_HEAP_H
#define JHW_HEAP_H

/* To be called before threads are started. */
void jhw_heap_start(void);
/* Much was just made and freed, or is going to be: once that is over, what is
 * free is given back. */
void jhw_heap_tidy_soon(void);

#endif
