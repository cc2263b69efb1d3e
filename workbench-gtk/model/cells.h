/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Making and changing cells as a whole: edits of a document. */
#ifndef JHW_CELLS_H
#define JHW_CELLS_H

#include "model/document.h"

/* A cell with a communication region and, if @ram is not 0, so much RAM that
 * its image is loaded into; it has no CPU yet. *@key is its key. */
gboolean jhw_cells_add(JhwDocument *document, const char *name, uint64_t ram, uint32_t *key,
		       GError **error);
/* The same with RAM that Linux can have, and a place for its loader. */
gboolean jhw_cells_add_linux(JhwDocument *document, const char *name, uint64_t ram, uint32_t *key,
			     GError **error);
/* A name that no cell has yet. */
char *jhw_cells_free_name(JhwDocument *document);
gboolean jhw_cells_remove(JhwDocument *document, uint32_t key, GError **error);
gboolean jhw_cells_add_memory(JhwDocument *document, uint32_t key, uint64_t size, GError **error);

#endif
