/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Source: the project as C, JSON, device trees and arguments, always current. */
#ifndef JHW_SOURCE_PAGE_H
#define JHW_SOURCE_PAGE_H

#include <gtk/gtk.h>

#include "model/session.h"

GtkWidget *jhw_source_page_new(JhwSession *session);

#endif
