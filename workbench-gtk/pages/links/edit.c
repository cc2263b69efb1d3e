// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/links/edit.h"

#include <errno.h>
#include <jailhouse/cell-config.h>

#include "model/error.h"
#include "model/names.h"
#include "model/text.h"

const char *jhw_new_link_name(JhwNewLink kind)
{
	static const char *const names[] = {
		[JHW_NEW_ETHERNET] = N_("Ethernet"),
		[JHW_NEW_SHARED] = N_("Memory that both write"),
		[JHW_NEW_OUTPUTS] = N_("Memory that each writes for the other"),
	};

	return jhw_said(names[kind]);
}

gboolean jhw_links_add(JhwDocument *document, uint32_t a, uint32_t b, JhwNewLink kind,
		       uint64_t size, GError **error)
{
	const struct jhcfg_workspace *workspace = jhw_document_workspace(document);
	const struct jhcfg_config *peer = jhcfg_workspace_cell(workspace, b);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	struct jhcfg_plan_link link = { .protocol = JAILHOUSE_SHMEM_PROTO_UNDEFINED };
	struct jhcfg_plan *plan = NULL;
	gboolean done;
	int err;

	if (!peer)
		return jhw_error_take(error, -ENOENT, NULL);
	link.peer = jhcfg_cell_name(jhcfg_config_cell(peer));
	if (kind == JHW_NEW_ETHERNET) {
		link.protocol = JAILHOUSE_SHMEM_PROTO_VETH;
		link.output_size = JHCFG_PLAN_NET_OUTPUT;
	} else if (kind == JHW_NEW_OUTPUTS) {
		link.output_size = size;
	} else {
		link.rw_size = size;
	}
	err = jhcfg_plan_add_link(workspace, a, NULL, &link, diags, &plan);
	if (err)
		return jhw_error_take(error, err, diags);
	done = jhw_document_apply_plan(document, plan, error);
	jhcfg_plan_free(plan);
	return done;
}

/* --- directly ----------------------------------------------------------------- */

struct change {
	uint32_t key;
	uint32_t cell;
};

static const struct jhcfg_link *find(const struct jhcfg_workspace *workspace, uint32_t key)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++)
		if (link->key == key)
			return link;
	return NULL;
}

static char *step_name(JhwDocument *document, const char *verb, uint32_t key)
{
	JhwRef ref = jhw_ref_of(JHW_REF_LINK, key);
	g_autofree char *name = jhw_ref_name(jhw_document_workspace(document), &ref);

	return g_strdup_printf("%s %s", verb, name);
}

static int run_remove(struct jhcfg_workspace *workspace, gpointer data,
		      G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	const struct change *change = data;

	return jhcfg_workspace_remove_link(workspace, change->key);
}

gboolean jhw_links_remove(JhwDocument *document, uint32_t key, GError **error)
{
	struct change change = { .key = key };
	g_autofree char *name = step_name(document, _("Remove link"), key);

	return jhw_document_edit(document, name, run_remove, &change, error);
}

static int refuse(struct jhcfg_diags *diags, const struct jhcfg_link *link, const char *what,
		  const char *hint, int err)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "", link->name, "", hint, "%s", what);
	return err;
}

static int run_join(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct change *change = data;
	const struct jhcfg_link *old = find(workspace, change->key);
	struct jhcfg_link link;
	uint32_t key = change->key;
	unsigned int slot = 0;

	if (!old)
		return -ENOENT;
	link = *old;
	for (unsigned int id = 0; id < link.num_peers; id++)
		if (link.peers[id] == change->cell)
			return refuse(diags, old, _("the cell is an end of the link already"), "",
				      -EEXIST);
	while (slot < link.num_peers && link.peers[slot])
		slot++;
	if (slot == JHCFG_MAX_PEERS)
		return refuse(diags, old, _("the link has as many ends as there can be"), "",
			      -ENOSPC);
	if (link.protocol == JAILHOUSE_SHMEM_PROTO_VETH && slot >= 2)
		return refuse(diags, old, _("an Ethernet link has two ends"),
			      _("make another link for the cell"), -ENOSPC);
	if (slot == link.num_peers)
		link.num_peers++;
	link.peers[slot] = change->cell;
	return jhcfg_workspace_set_link(workspace, &link, &key);
}

gboolean jhw_links_join(JhwDocument *document, uint32_t key, uint32_t cell, GError **error)
{
	struct change change = { key, cell };
	g_autofree char *name = step_name(document, _("Add an end to"), key);

	return jhw_document_edit(document, name, run_join, &change, error);
}
