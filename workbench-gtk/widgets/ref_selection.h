/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_REF_SELECTION_H
#define JHW_REF_SELECTION_H

#include <gtk/gtk.h>

#include "model/session.h"

/* The object that an item of a list stands for; kind NONE: none. */
typedef JhwRef (*JhwRefOf)(gpointer item);

/*
 * What is selected in a list of objects, one or several: it shows what the
 * session has selected, and sets it when somebody selects here. Takes over
 * @model.
 */
GtkSelectionModel *jhw_ref_selection_new(JhwSession *session, GListModel *model, JhwRefOf ref_of);

#endif
