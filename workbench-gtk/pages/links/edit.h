/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Making and changing links: each call is one undoable step. */
#ifndef JHW_LINKS_EDIT_H
#define JHW_LINKS_EDIT_H

#include "model/document.h"

typedef enum {
	JHW_NEW_ETHERNET, /* what both ends of ivshmem-net expect */
	JHW_NEW_SHARED,	  /* @size for all ends to read and write */
	JHW_NEW_OUTPUTS,  /* @size for each end to write, and the other to read */
	JHW_NUM_NEW,
} JhwNewLink;

const char *jhw_new_link_name(JhwNewLink kind);
/* Memory, slot and interrupts are chosen. @size is of no account for ETHERNET. */
gboolean jhw_links_add(JhwDocument *document, uint32_t a, uint32_t b, JhwNewLink kind,
		       uint64_t size, GError **error);
gboolean jhw_links_remove(JhwDocument *document, uint32_t key, GError **error);
/* One more end, for a cell that is none yet: in a free slot, or a new one. */
gboolean jhw_links_join(JhwDocument *document, uint32_t key, uint32_t cell, GError **error);

#endif
