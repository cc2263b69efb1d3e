/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of the two palettes a widget is to be drawn with. */
#ifndef JHW_THEME_H
#define JHW_THEME_H

#include <gtk/gtk.h>

/* Whether it has light text, and so a dark surface. */
gboolean jhw_theme_is_dark(GtkWidget *widget);
gboolean jhw_theme_is_high_contrast(GtkWidget *widget);

#endif
