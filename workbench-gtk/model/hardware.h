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
/* JhwNode, NULL for what is no group; no reference is given. */
GListModel *jhw_node_children(JhwNode *node);
/* Whether all words of @text, which is in lower case, are in its title, detail
 * or compatible strings; for a group, in those of one of its children. */
gboolean jhw_node_matches(JhwNode *node, const char *text);

/* The groups, a new list that does not change. */
GListModel *jhw_hardware_tree(const struct jhcfg_workspace *workspace);
/* Devices that somebody may search for. */
guint jhw_hardware_count(const struct jhcfg_workspace *workspace);

#endif
