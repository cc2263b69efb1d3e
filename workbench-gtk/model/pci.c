// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/pci.h"

#include <inttypes.h>
#include <jailhouse/cell-config.h>

#include "model/link.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/pci_index.h"
#include "model/text.h"

G_DEFINE_FINAL_TYPE(JhwPciNode, jhw_pci_node, G_TYPE_OBJECT)

static void jhw_pci_node_finalize(GObject *object)
{
	JhwPciNode *node = JHW_PCI_NODE(object);

	g_free(node->title);
	g_free(node->what);
	g_free(node->group);
	g_free(node->messages);
	g_free(node->conflict);
	g_clear_object(&node->children);
	G_OBJECT_CLASS(jhw_pci_node_parent_class)->finalize(object);
}

static void jhw_pci_node_class_init(JhwPciNodeClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_pci_node_finalize;
}

static void jhw_pci_node_init(G_GNUC_UNUSED JhwPciNode *node)
{
}

static JhwPciNode *new_node(JhwPciKind kind, char *title, char *what)
{
	JhwPciNode *node = g_object_new(JHW_TYPE_PCI_NODE, NULL);

	node->kind = kind;
	node->title = title;
	node->what = what;
	node->group = g_strdup("");
	node->messages = g_strdup("");
	node->conflict = g_strdup("");
	return node;
}

/* Takes over the child. */
static void add_child(JhwPciNode *node, JhwPciNode *child)
{
	if (!node->children)
		node->children = g_list_store_new(JHW_TYPE_PCI_NODE);
	g_list_store_append(node->children, child);
	g_object_unref(child);
}

static void set_text(char **text, char *value)
{
	g_free(*text);
	*text = value;
}

/* --- functions ---------------------------------------------------------------- */

char *jhw_pci_messages(const struct jhcfg_pci_device *device)
{
	GString *text = g_string_new(NULL);

	if (device && device->num_msi_vectors)
		g_string_append_printf(text, "MSI %u", device->num_msi_vectors);
	if (device && device->num_msix_vectors)
		g_string_append_printf(text, "%sMSI-X %u", text->len ? ", " : "",
				       device->num_msix_vectors);
	return g_string_free(text, FALSE);
}

static char *what_of(const struct jhw_pci_entry *entry)
{
	const struct jhcfg_hw_pci_function *function = entry->function;

	if (!function)
		return g_strdup(entry->device->type == JAILHOUSE_PCI_TYPE_BRIDGE
					? _("PCI bridge")
					: _("not known to the board"));
	return g_strdup_printf("%s, %04x:%04x", jhw_pci_class_name(function->class_code),
			       function->vendor, function->device);
}

/* Who else is where this function cannot be told from it. */
static char *conflict_of(const struct jhcfg_workspace *workspace, const GArray *index,
			 const struct jhw_pci_entry *entry)
{
	for (guint n = 0; n < index->len; n++) {
		const struct jhw_pci_entry *other = &g_array_index(index, struct jhw_pci_entry, n);
		g_autofree char *cell = NULL;
		g_autofree char *name = NULL;

		if (!jhw_pci_entries_clash(entry, other))
			continue;
		cell = jhw_cell_title(workspace, other->owner);
		name = jhw_pci_short_name(other->id);
		return entry->function->iommu_group >= 0
			       ? g_strdup_printf(_("%s of %s is in the same IOMMU group"), name,
						 cell)
			       : g_strdup_printf(_("%s of %s is in the same device"), name, cell);
	}
	if (!entry->device)
		return g_strdup(_("the root's configuration does not list it"));
	return g_strdup("");
}

static JhwPciNode *new_function(const struct jhcfg_workspace *workspace, const GArray *index,
				const struct jhw_pci_entry *entry)
{
	JhwPciNode *node = new_node(entry->bridge ? JHW_PCI_BRIDGE : JHW_PCI_FUNCTION,
				    jhw_pci_short_name(entry->id), what_of(entry));

	node->ref = jhw_ref_of(JHW_REF_PCI, entry->id);
	node->owner = entry->owner;
	set_text(&node->messages, jhw_pci_messages(entry->device));
	set_text(&node->conflict, conflict_of(workspace, index, entry));
	if (entry->function && entry->function->iommu_group >= 0)
		set_text(&node->group, g_strdup_printf("%d", entry->function->iommu_group));
	return node;
}

/* --- by bridge ---------------------------------------------------------------- */

/* Those right behind entry @bridge, and what is behind them. */
static void add_behind(const struct jhcfg_workspace *workspace, const GArray *index, guint bridge,
		       JhwPciNode *node)
{
	for (guint n = 0; n < index->len; n++) {
		const struct jhw_pci_entry *entry = &g_array_index(index, struct jhw_pci_entry, n);
		JhwPciNode *child;

		if (entry->parent != bridge)
			continue;
		child = new_function(workspace, index, entry);
		add_behind(workspace, index, n, child);
		add_child(node, child);
	}
}

static gboolean is_host_of(const struct jhcfg_hw_pci_host *host, const struct jhw_pci_entry *entry)
{
	guint bus = entry->id >> 8 & 0xff;

	return host->domain == entry->id >> 16 && bus >= host->first_bus && bus <= host->last_bus;
}

static void add_host(const struct jhcfg_workspace *workspace, const GArray *index,
		     const struct jhcfg_hw_pci_host *host, GListStore *list, GHashTable *placed)
{
	const struct jhcfg_hw_device *device =
		jhcfg_board_device(jhcfg_workspace_board(workspace), host->device);
	g_autoptr(JhwPciNode) node =
		new_node(JHW_PCI_HOST, g_strdup(device ? device->name : _("PCI host")),
			 g_strdup_printf(_("domain %u, buses %u to %u"), host->domain,
					 host->first_bus, host->last_bus));

	if (host->device != JHCFG_NO_INDEX)
		node->ref = jhw_ref_of(JHW_REF_DEVICE, host->device);
	for (guint n = 0; n < index->len; n++) {
		const struct jhw_pci_entry *entry = &g_array_index(index, struct jhw_pci_entry, n);
		JhwPciNode *child;

		if (!is_host_of(host, entry) || entry->parent != JHW_PCI_NO_PARENT ||
		    !g_hash_table_add(placed, GUINT_TO_POINTER(n + 1)))
			continue;
		child = new_function(workspace, index, entry);
		add_behind(workspace, index, n, child);
		add_child(node, child);
	}
	g_list_store_append(list, node);
}

/* Functions of domains whose host nobody knows. */
static void add_rest(const struct jhcfg_workspace *workspace, const GArray *index, GListStore *list,
		     GHashTable *placed)
{
	g_autoptr(JhwPciNode) node = NULL;
	uint64_t domain = 0;

	for (guint n = 0; n < index->len; n++) {
		const struct jhw_pci_entry *entry = &g_array_index(index, struct jhw_pci_entry, n);
		JhwPciNode *child;

		if (entry->parent != JHW_PCI_NO_PARENT ||
		    g_hash_table_contains(placed, GUINT_TO_POINTER(n + 1)))
			continue;
		if (node && domain != entry->id >> 16) {
			g_list_store_append(list, node);
			g_clear_object(&node);
		}
		domain = entry->id >> 16;
		if (!node)
			node = new_node(JHW_PCI_HOST, g_strdup(_("PCI host")),
					g_strdup_printf(_("domain %u"), (guint)domain));
		child = new_function(workspace, index, entry);
		add_behind(workspace, index, n, child);
		add_child(node, child);
	}
	if (node)
		g_list_store_append(list, node);
}

static void add_hosts(const struct jhcfg_workspace *workspace, const GArray *index,
		      GListStore *list)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	g_autoptr(GHashTable) placed = g_hash_table_new(NULL, NULL);
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; board && (host = jhcfg_board_pci_host(board, n)); n++)
		add_host(workspace, index, host, list, placed);
	add_rest(workspace, index, list, placed);
}

/* --- by IOMMU group ------------------------------------------------------------ */

static JhwPciNode *group_node(GListStore *list, GHashTable *groups, int group)
{
	JhwPciNode *node = g_hash_table_lookup(groups, GINT_TO_POINTER(group + 2));

	if (!node) {
		node = new_node(JHW_PCI_GROUP,
				group >= 0 ? g_strdup_printf(_("IOMMU group %d"), group)
					   : g_strdup(_("No IOMMU group")),
				g_strdup(""));
		g_hash_table_insert(groups, GINT_TO_POINTER(group + 2), node);
		g_list_store_append(list, node);
		g_object_unref(node);
	}
	return node;
}

static void add_groups(const struct jhcfg_workspace *workspace, const GArray *index,
		       GListStore *list)
{
	g_autoptr(GHashTable) groups = g_hash_table_new(NULL, NULL);

	for (guint n = 0; n < index->len; n++) {
		const struct jhw_pci_entry *entry = &g_array_index(index, struct jhw_pci_entry, n);
		int group = entry->function ? entry->function->iommu_group : -1;
		JhwPciNode *node = group_node(list, groups, MAX(group, -1));
		JhwPciNode *child = new_function(workspace, index, entry);

		if (*child->conflict && group >= 0)
			set_text(&node->conflict, g_strdup(_("split between cells")));
		add_child(node, child);
	}
}

/* --- links -------------------------------------------------------------------- */

static JhwPciNode *new_end(const struct jhcfg_workspace *workspace, const struct jhcfg_link *link,
			   guint id)
{
	g_autofree char *cell = jhw_cell_title(workspace, link->peers[id]);
	JhwPciNode *node = new_node(JHW_PCI_END, jhw_pci_short_name(link->bdf),
				    g_strdup_printf(_("virtual function, id %u"), id));
	uint32_t line;

	node->ref = (JhwRef){ JHW_REF_LINK, link->peers[id], link->key };
	node->owner = link->peers[id];
	if (link->num_msix_vectors)
		set_text(&node->messages, g_strdup_printf("MSI-X %u", link->num_msix_vectors));
	else if (jhw_link_line(workspace, link, link->peers[id], &line))
		set_text(&node->messages, g_strdup_printf(_("INTx, line %" PRIu32), line));
	return node;
}

static void add_links(const struct jhcfg_workspace *workspace, GListStore *list)
{
	g_autoptr(JhwPciNode) host = new_node(JHW_PCI_VIRTUAL, g_strdup(_("Virtual PCI")),
					      g_strdup(_("the hypervisor's, for links")));
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++) {
		JhwPciNode *node = new_node(JHW_PCI_LINK, g_strdup(link->name),
					    g_strdup(jhw_link_kind(link->protocol)));

		node->ref = jhw_ref_of(JHW_REF_LINK, link->key);
		for (guint id = 0; id < link->num_peers; id++)
			if (link->peers[id])
				add_child(node, new_end(workspace, link, id));
		add_child(host, node);
	}
	if (host->children)
		g_list_store_append(list, host);
}

GListModel *jhw_pci_tree(const struct jhcfg_workspace *workspace, JhwPciOrder order)
{
	GListStore *list = g_list_store_new(JHW_TYPE_PCI_NODE);
	g_autoptr(GArray) index = jhw_pci_index(workspace);

	if (order == JHW_PCI_BY_GROUP)
		add_groups(workspace, index, list);
	else
		add_hosts(workspace, index, list);
	add_links(workspace, list);
	return G_LIST_MODEL(list);
}
