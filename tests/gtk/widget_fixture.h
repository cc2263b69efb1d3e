/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tests with widgets in their process share: finding them, and drops
 * without a pointer. */
#ifndef TESTS_GTK_WIDGET_FIXTURE_H
#define TESTS_GTK_WIDGET_FIXTURE_H

#include <gtk/gtk.h>

#include "model/ref.h"
#include "model/session.h"

typedef gboolean (*FixtureWanted)(GtkWidget *widget, gconstpointer data);

/* The first widget at or below @widget that is wanted; NULL: there is none. */
GtkWidget *fixture_find(GtkWidget *widget, FixtureWanted is_wanted, gconstpointer data);
/* All of them, in their order; a new array. */
GPtrArray *fixture_find_all(GtkWidget *widget, FixtureWanted is_wanted, gconstpointer data);
/* The widgets of one thing (JhwRef) and of one cell (uint32_t key). */
gboolean fixture_is_chip(GtkWidget *widget, gconstpointer ref);
gboolean fixture_is_lane(GtkWidget *widget, gconstpointer key);
/* What those around a widget do before a press in its middle reaches it. */
void fixture_press(GtkWidget *widget);
/* What the chip (or a row of objects) gives to a drag is dropped on the lane (or
 * a row of a cell); whether it was taken. */
gboolean fixture_drop(GtkWidget *chip, GtkWidget *lane);
/* Shows the window, and waits until it was drawn and lists have their rows. */
void fixture_show(GtkWidget *window);
/* Destroys the window, waits for the rules, and lets go of the other two. */
void fixture_close(GtkWidget *window, JhwSession *session, JhwDocument *document);
/* A label with just this text. */
gboolean fixture_is_label(GtkWidget *widget, gconstpointer text);

#endif
