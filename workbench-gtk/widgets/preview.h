/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The card that says what a drop would bring along, and what it would break. */
#ifndef JHW_PREVIEW_H
#define JHW_PREVIEW_H

#include <gtk/gtk.h>

#include "model/move.h"

#define JHW_TYPE_PREVIEW (jhw_preview_get_type())
G_DECLARE_FINAL_TYPE(JhwPreview, jhw_preview, JHW, PREVIEW, GtkWidget)

GtkWidget *jhw_preview_new(void);
/* Fills it, unless it shows the same move already. */
void jhw_preview_show(JhwPreview *preview, JhwDocument *document, JhwRefList *refs, uint32_t cell);
void jhw_preview_hide(JhwPreview *preview);

#endif
