/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What is selected: one list that all pages and panels share. Its last entry
 * is the one that the inspector shows. Signal "changed".
 */
#ifndef JHW_SELECTION_H
#define JHW_SELECTION_H

#include "model/ref.h"

#define JHW_TYPE_SELECTION (jhw_selection_get_type())
G_DECLARE_FINAL_TYPE(JhwSelection, jhw_selection, JHW, SELECTION, GObject)

JhwSelection *jhw_selection_new(void);
/* Nothing else stays selected; kind JHW_REF_NONE selects nothing at all. */
void jhw_selection_set(JhwSelection *selection, const JhwRef *ref);
/* These, the last one to be shown by the inspector. */
void jhw_selection_set_all(JhwSelection *selection, const JhwRef *refs, guint count);
/* Adds it, or takes it away if it is there. */
void jhw_selection_toggle(JhwSelection *selection, const JhwRef *ref);
gboolean jhw_selection_has(JhwSelection *selection, const JhwRef *ref);
/* The last one; kind JHW_REF_NONE if there is none. */
JhwRef jhw_selection_current(JhwSelection *selection);
/* What a drag that begins on that object, or a menu there, is about: the object
 * is selected unless it is among what is selected; then all of that, a new
 * reference. */
JhwRefList *jhw_selection_take(JhwSelection *selection, const JhwRef *ref);
/* All of them, a new reference. */
JhwRefList *jhw_selection_list(JhwSelection *selection);

#endif
