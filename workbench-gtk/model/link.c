// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/link.h"

#include <errno.h>
#include <jailhouse/cell-config.h>
#include <jhcfg/check.h>

#include "model/owner.h"
#include "model/text.h"

#define FIRST_SPI     32U
#define NUM_PINS      4U /* of a PCI slot: INTA to INTD */
#define ETHERNET_ENDS 2U
#define RULE_OF_LINES "V08"

const struct jhcfg_link *jhw_link(const struct jhcfg_workspace *workspace, uint64_t key)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++)
		if (link->key == key)
			return link;
	return NULL;
}

gboolean jhw_link_has(const struct jhcfg_link *link, uint32_t cell)
{
	for (guint id = 0; id < link->num_peers; id++)
		if (link->peers[id] == cell)
			return TRUE;
	return FALSE;
}

const char *jhw_link_kind(uint16_t protocol)
{
	if (protocol == JAILHOUSE_SHMEM_PROTO_VETH)
		return "Ethernet";
	if (protocol >= JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT)
		return "virtio";
	return protocol >= JAILHOUSE_SHMEM_PROTO_CUSTOM ? _("custom") : _("shared memory");
}

uint64_t jhw_link_size(const struct jhcfg_link *link)
{
	return link->state_size + link->rw_size + link->output_size * link->num_peers;
}

gboolean jhw_link_line(const struct jhcfg_workspace *workspace, const struct jhcfg_link *link,
		       uint32_t cell, uint32_t *number)
{
	const struct jhcfg_cell *config = jhw_cell(workspace, cell);

	if (!config || link->num_msix_vectors)
		return FALSE;
	*number = FIRST_SPI + jhcfg_cell_vpci_irq_base(config) + (link->bdf >> 3) % NUM_PINS;
	return TRUE;
}

/* --- changing ----------------------------------------------------------------- */

static int refuse(struct jhcfg_diags *diags, const struct jhcfg_link *link, const char *what,
		  const char *hint, int err)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "", link->name, "", hint, "%s", what);
	return err;
}

/* What the rules find wrong about the lines of that cell, they can mend. */
static int find_lines(struct jhcfg_workspace *workspace, uint32_t cell, struct jhcfg_diags *diags)
{
	const struct jhcfg_finding *finding;
	struct jhcfg_findings *findings = NULL;
	int err = jhcfg_check(workspace, NULL, &findings);

	for (size_t n = 0; !err && (finding = jhcfg_findings_at(findings, n)); n++) {
		if (!finding->fixable || finding->at.cell != cell ||
		    !g_str_equal(finding->rule->id, RULE_OF_LINES))
			continue;
		err = jhcfg_check_fix(workspace, NULL, findings, finding, diags);
		break;
	}
	jhcfg_findings_free(findings);
	return err;
}

int jhw_link_replace(struct jhcfg_workspace *workspace, const struct jhcfg_link *link,
		     struct jhcfg_diags *diags)
{
	const struct jhcfg_link *old = jhw_link(workspace, link->key);
	uint32_t key = link->key, added[JHCFG_MAX_PEERS];
	guint num_added = 0;
	int err;

	if (!old)
		return -ENOENT;
	for (guint id = 0; id < link->num_peers; id++)
		if (link->peers[id] && !jhw_link_has(old, link->peers[id]))
			added[num_added++] = link->peers[id];
	err = jhcfg_workspace_set_link(workspace, link, &key);
	if (err == -EINVAL)
		return refuse(diags, link, _("that is no link"),
			      _("sizes and address are multiples of 4 KiB, and a cell has one end"),
			      err);
	for (guint n = 0; !err && n < num_added; n++)
		err = find_lines(workspace, added[n], diags);
	return err;
}

int jhw_link_add_end(struct jhcfg_workspace *workspace, uint64_t key, uint32_t cell,
		     struct jhcfg_diags *diags)
{
	const struct jhcfg_link *old = jhw_link(workspace, key);
	struct jhcfg_link link;
	guint slot = 0;

	if (!old)
		return -ENOENT;
	if (jhw_link_has(old, cell))
		return refuse(diags, old, _("the cell is an end of the link already"), "", -EEXIST);
	link = *old;
	while (slot < link.num_peers && link.peers[slot])
		slot++;
	if (slot == JHCFG_MAX_PEERS)
		return refuse(diags, old, _("the link has as many ends as there can be"), "",
			      -ENOSPC);
	if (link.protocol == JAILHOUSE_SHMEM_PROTO_VETH && slot >= ETHERNET_ENDS)
		return refuse(diags, old, _("an Ethernet link has two ends"),
			      _("make another link for the cell"), -ENOSPC);
	if (slot == link.num_peers)
		link.num_peers++;
	link.peers[slot] = cell;
	return jhw_link_replace(workspace, &link, diags);
}

int jhw_link_move_end(struct jhcfg_workspace *workspace, uint64_t key, uint32_t from, uint32_t to,
		      struct jhcfg_diags *diags)
{
	const struct jhcfg_link *old = jhw_link(workspace, key);
	struct jhcfg_link link;

	if (!old || !jhw_link_has(old, from))
		return -ENOENT;
	if (to && jhw_link_has(old, to))
		return refuse(diags, old, _("the cell is an end of the link already"), "", -EEXIST);
	link = *old;
	for (guint id = 0; id < link.num_peers; id++)
		if (link.peers[id] == from)
			link.peers[id] = to;
	return jhw_link_replace(workspace, &link, diags);
}
