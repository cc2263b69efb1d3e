/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What the Memory page changes: each call is one undoable step. */
#ifndef JHW_MEMORY_EDIT_H
#define JHW_MEMORY_EDIT_H

#include "model/document.h"
#include "model/ref.h"

/* Which addresses a change is about. */
typedef enum {
	JHW_ADDRESS_PHYSICAL, /* guest-physical ones that are the same follow */
	JHW_ADDRESS_GUEST,    /* the physical ones stay, unless the cell is the root */
} JhwAddressSpace;

/* Whether @ref (REGION) is one that the project says itself, not a link's, and
 * may be changed. */
gboolean jhw_region_is_editable(const struct jhcfg_workspace *workspace, const JhwRef *ref);
/* Moves it so that it begins at @start, and makes it @size large. Both are to
 * be multiples of 4 KiB, unless the region is smaller than that. */
gboolean jhw_region_place(JhwDocument *document, const JhwRef *ref, JhwAddressSpace space,
			  uint64_t start, uint64_t size, GError **error);
/* Moves the start and keeps the end, in both address spaces. */
gboolean jhw_region_cut_start(JhwDocument *document, const JhwRef *ref, JhwAddressSpace space,
			      uint64_t start, GError **error);
/* Two regions, the second one from @offset on. */
gboolean jhw_region_split(JhwDocument *document, const JhwRef *ref, uint64_t offset,
			  GError **error);
/* One region of it and the one that goes on where it ends, in both address
 * spaces and with the same flags. */
gboolean jhw_region_merge(JhwDocument *document, const JhwRef *ref, GError **error);
/* Whether there is one to merge with. */
gboolean jhw_region_can_merge(const struct jhcfg_workspace *workspace, const JhwRef *ref);
gboolean jhw_region_remove(JhwDocument *document, const JhwRef *ref, GError **error);
/* Makes the region large enough for @bytes of an image; *@grown tells whether
 * it had to be. Fails where somebody else begins behind it. */
gboolean jhw_region_fit(JhwDocument *document, const JhwRef *ref, uint64_t bytes, gboolean *grown,
			GError **error);

#endif
