// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/links/edit.h"

#include <errno.h>
#include <jailhouse/cell-config.h>

#include "model/error.h"
#include "model/link.h"
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

static int run_join(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct change *change = data;

	return jhw_link_add_end(workspace, change->key, change->cell, diags);
}

gboolean jhw_links_join(JhwDocument *document, uint32_t key, uint32_t cell, GError **error)
{
	struct change change = { key, cell };
	g_autofree char *name = step_name(document, _("Add an end to"), key);

	return jhw_document_edit(document, name, run_join, &change, error);
}
