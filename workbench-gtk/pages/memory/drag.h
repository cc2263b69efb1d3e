/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A region that is moved or resized: by the pointer, step by step, or a key. */
#ifndef JHW_MEMORY_DRAG_H
#define JHW_MEMORY_DRAG_H

#include "pages/memory/draw.h"
#include "pages/memory/edit.h"

typedef struct JhwMemoryDrag JhwMemoryDrag;

/* Whether what was hit may be changed at all. */
gboolean jhw_memory_drag_possible(const struct jhcfg_workspace *workspace, const JhwMemoryHit *hit);
/* NULL: nothing there can be dragged. */
JhwMemoryDrag *jhw_memory_drag_new(JhwDocument *document, const JhwMemoryMap *map,
				   const JhwMemoryHit *hit);
void jhw_memory_drag_free(JhwMemoryDrag *drag);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwMemoryDrag, jhw_memory_drag_free)

/* The map as it would be, had the drag ended @dx pixels from its start; NULL
 * with @error: that cannot be. *@text says where it would be. */
JhwMemoryMap *jhw_memory_drag_preview(const JhwMemoryDrag *drag, const JhwScale *scale, double dx,
				      char **text, GError **error);
/* One undoable step; none, if it ends where it began. */
gboolean jhw_memory_drag_finish(const JhwMemoryDrag *drag, const JhwScale *scale, double dx,
				GError **error);
/* What edges snap to: what is wide enough on the screen, or what people prefer. */
uint64_t jhw_memory_drag_unit(const JhwScale *scale);
/* Moves the region (INSIDE) or its end by @unit, to greater addresses if
 * @direction is positive. */
gboolean jhw_memory_drag_by_key(JhwDocument *document, const JhwRef *ref, JhwPart part,
				int direction, uint64_t unit, GError **error);

#endif
