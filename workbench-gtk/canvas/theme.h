/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Which of the palettes a widget is to be drawn with. */
#ifndef JHW_THEME_H
#define JHW_THEME_H

#include <gtk/gtk.h>

#include "canvas/palette.h"

/* Dark if it has light text, and of high contrast if the desktop's theme is so. */
JhwTheme jhw_theme_of(GtkWidget *widget);

#endif
