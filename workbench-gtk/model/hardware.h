/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The hardware as a tree: groups with what belongs to them. */
#ifndef JHW_HARDWARE_H
#define JHW_HARDWARE_H

#include <gio/gio.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

#define JHW_TYPE_NODE (jhw_node_get_type())
G_DECLARE_FINAL_TYPE(JhwNode, jhw_node, JHW, NODE, GObject)

const char *jhw_node_title(JhwNode *node);
/* An address, or how many there are; may be empty. */
const char *jhw_node_detail(JhwNode *node);
/* Kind JHW_REF_NONE: a group. */
const JhwRef *jhw_node_ref(JhwNode *node);
/* JhwNode, NULL: there are none; no reference is given. */
GListModel *jhw_node_children(JhwNode *node);
/* Whether all words of @text, which is in lower case, are in its title, detail,
 * types, addresses or interrupts, or are an address of its registers; for a
 * group, whether that is so for one of its children. */
gboolean jhw_node_matches(JhwNode *node, const char *text);

/* The groups, a new list; below devices are their interrupt lines. */
GListModel *jhw_hardware_tree(const struct jhcfg_workspace *workspace);
/* Brings up to date what is not the board's: links, the last group. */
void jhw_hardware_update(GListModel *tree, const struct jhcfg_workspace *workspace);
/* Makes all of it anew: its texts show numbers in another base. */
void jhw_hardware_renew(GListModel *tree, const struct jhcfg_workspace *workspace);
/* Devices that somebody may search for. */
guint jhw_hardware_count(const struct jhcfg_workspace *workspace);

#endif
