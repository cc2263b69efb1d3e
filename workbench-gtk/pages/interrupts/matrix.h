/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The lines as squares, 32 in a row. Pointer and keys select one or a range;
 * whoever owns the widget says what is done with them.
 *
 * Signal "pointed" (guint index): below the pointer; G_MAXUINT: none.
 * Signal "menu" (double x, double y): lines were selected, for something to be
 * done with them.
 */
#ifndef JHW_MATRIX_H
#define JHW_MATRIX_H

#include <gtk/gtk.h>

#include "model/session.h"
#include "pages/interrupts/lines.h"

#define JHW_TYPE_MATRIX (jhw_matrix_get_type())
G_DECLARE_FINAL_TYPE(JhwMatrix, jhw_matrix, JHW, MATRIX, GtkWidget)

GtkWidget *jhw_matrix_new(JhwSession *session);
/* Must be called first; @lines outlive their being shown. */
void jhw_matrix_set_lines(JhwMatrix *matrix, const JhwLines *lines);
/* Others than those that match are pale; NULL: none is. In lower case. */
void jhw_matrix_set_filter(JhwMatrix *matrix, const char *text);

#endif
