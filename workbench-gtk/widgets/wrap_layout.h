/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A layout manager that puts children one beside the other and wraps them like
 * words, each with its natural size. */
#ifndef JHW_WRAP_LAYOUT_H
#define JHW_WRAP_LAYOUT_H

#include <gtk/gtk.h>

#define JHW_TYPE_WRAP_LAYOUT (jhw_wrap_layout_get_type())
G_DECLARE_FINAL_TYPE(JhwWrapLayout, jhw_wrap_layout, JHW, WRAP_LAYOUT, GtkLayoutManager)

/* Gaps in pixels. */
GtkLayoutManager *jhw_wrap_layout_new(int column_gap, int row_gap);

#endif
