/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Frames of a window on a display: waiting for them, and having one as a picture. */
#ifndef TESTS_GTK_FRAMES_H
#define TESTS_GTK_FRAMES_H

#include <gtk/gtk.h>

/* Sizes are given in the first, lists are filled in the second. */
#define FRAMES_SETTLED 3U

/* Until @count more have been drawn. */
void frames_wait(GtkWidget *window, guint count);
/* All of the window, drawn now. */
GdkTexture *frames_paint(GtkWidget *window, int width, int height);

#endif
