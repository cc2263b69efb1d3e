/* SPDX-License-Identifier: GPL-2.0-or-later */
/* One field as a row of a form, for one object or for several of a kind. */
#ifndef JHW_INSPECTOR_FIELD_ROW_H
#define JHW_INSPECTOR_FIELD_ROW_H

#include <gtk/gtk.h>

#include "inspector/fields.h"
#include "model/session.h"

#define JHW_TYPE_FIELD_ROW (jhw_field_row_get_type())
G_DECLARE_FINAL_TYPE(JhwFieldRow, jhw_field_row, JHW, FIELD_ROW, GtkWidget)

/* @field is a constant. */
GtkWidget *jhw_field_row_new(JhwSession *session, const JhwField *field, JhwRefList *refs);
/* Shows the current value; FALSE: not all of the objects have such a field now.
 * What was typed and refused stays as long as the value does. */
gboolean jhw_field_row_update(JhwFieldRow *row);

#endif
