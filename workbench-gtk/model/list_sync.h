/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef JHW_LIST_SYNC_H
#define JHW_LIST_SYNC_H

#include <gio/gio.h>

/*
 * Makes the store have @items, of which it takes references: what is equal at
 * its beginning and its end stays, so that views keep their rows, focus and
 * place, and are not made anew for nothing.
 */
void jhw_list_sync(GListStore *store, const GPtrArray *items, GEqualFunc equal);

#endif
