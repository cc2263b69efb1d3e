// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/hardware.h"

#include <string.h>

#include "model/names.h"
#include "model/number.h"
#include "model/text.h"

struct _JhwNode {
	GObject parent_instance;
	char *title;
	char *detail;
	char *haystack; /* in lower case */
	JhwRef ref;
	GListStore *children;
};

G_DEFINE_FINAL_TYPE(JhwNode, jhw_node, G_TYPE_OBJECT)

static void jhw_node_finalize(GObject *object)
{
	JhwNode *node = JHW_NODE(object);

	g_free(node->title);
	g_free(node->detail);
	g_free(node->haystack);
	g_clear_object(&node->children);
	G_OBJECT_CLASS(jhw_node_parent_class)->finalize(object);
}

static void jhw_node_class_init(JhwNodeClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_node_finalize;
}

static void jhw_node_init(G_GNUC_UNUSED JhwNode *node)
{
}

const char *jhw_node_title(JhwNode *node)
{
	return node->title;
}

const char *jhw_node_detail(JhwNode *node)
{
	return node->detail;
}

const JhwRef *jhw_node_ref(JhwNode *node)
{
	return &node->ref;
}

GListModel *jhw_node_children(JhwNode *node)
{
	return node->children ? G_LIST_MODEL(node->children) : NULL;
}

static gboolean has_words(const char *haystack, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 0);

	for (char **word = words; *word; word++)
		if (!strstr(haystack, *word))
			return FALSE;
	return TRUE;
}

gboolean jhw_node_matches(JhwNode *node, const char *text)
{
	guint count;

	if (!node->children)
		return has_words(node->haystack, text);
	count = g_list_model_get_n_items(G_LIST_MODEL(node->children));
	for (guint n = 0; n < count; n++) {
		g_autoptr(JhwNode) child = g_list_model_get_item(jhw_node_children(node), n);

		if (has_words(child->haystack, text))
			return TRUE;
	}
	return FALSE;
}

/* --- making ------------------------------------------------------------------ */

struct maker {
	const struct jhcfg_workspace *workspace;
	const struct jhcfg_board *board;
	GListStore *groups;
};

static JhwNode *new_group(const char *title)
{
	JhwNode *node = g_object_new(JHW_TYPE_NODE, NULL);

	node->title = g_strdup(title);
	node->haystack = g_strdup("");
	node->children = g_list_store_new(JHW_TYPE_NODE);
	return node;
}

/* @more: further words to find it by. */
static void add_child(const struct maker *maker, JhwNode *group, JhwRef ref, const char *more)
{
	g_autoptr(JhwNode) node = g_object_new(JHW_TYPE_NODE, NULL);
	g_autofree char *haystack = NULL;

	node->ref = ref;
	node->title = jhw_ref_name(maker->workspace, &ref);
	node->detail = jhw_ref_detail(maker->workspace, &ref);
	haystack = g_strdup_printf("%s %s %s %s", group->title, node->title, node->detail, more);
	node->haystack = g_utf8_strdown(haystack, -1);
	g_list_store_append(group->children, node);
}

/* Takes over the group, which stays away if there is nothing in it. */
static void add_group(const struct maker *maker, JhwNode *group)
{
	guint count = g_list_model_get_n_items(G_LIST_MODEL(group->children));

	if (!group->detail)
		group->detail = g_strdup_printf("%u", count);
	if (count)
		g_list_store_append(maker->groups, group);
	g_object_unref(group);
}

static void add_cpus(const struct maker *maker)
{
	JhwNode *group = new_group("CPUs");
	const struct jhcfg_hw_cpu *cpu;

	for (size_t n = 0; (cpu = jhcfg_board_cpu(maker->board, n)); n++)
		add_child(maker, group, jhw_ref_of(JHW_REF_CPU, cpu->id), cpu->compatible);
	add_group(maker, group);
}

static void add_memory(const struct maker *maker)
{
	JhwNode *group = new_group(_("Memory"));
	const struct jhcfg_hw_memory *memory;
	g_autofree char *size = NULL;
	uint64_t sum = 0;

	for (size_t n = 0; (memory = jhcfg_board_memory(maker->board, n)); n++) {
		if (memory->kind == JHCFG_HW_RAM)
			sum += memory->range.size;
		add_child(maker, group, jhw_ref_of(JHW_REF_RAM, n), "ram");
	}
	size = jhw_number_human(sum);
	group->detail = g_steal_pointer(&size);
	add_group(maker, group);
}

static void add_devices(const struct maker *maker, enum jhcfg_hw_device_kind kind)
{
	JhwNode *group = new_group(jhw_device_kind_title(kind));
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(maker->board, n)); n++)
		if (device->kind == kind)
			add_child(maker, group, jhw_ref_of(JHW_REF_DEVICE, n),
				  device->num_compatible ? device->compatible[0] : "");
	add_group(maker, group);
}

static void add_pci(const struct maker *maker)
{
	JhwNode *group = new_group("PCI");
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0; (function = jhcfg_board_pci_function(maker->board, n)); n++)
		add_child(maker, group,
			  jhw_ref_of(JHW_REF_PCI, (uint64_t)function->domain << 16 | function->bdf),
			  function->driver);
	add_group(maker, group);
}

static void add_links(const struct maker *maker)
{
	JhwNode *group = new_group(_("Links"));
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(maker->workspace, n)); n++)
		add_child(maker, group, jhw_ref_of(JHW_REF_LINK, link->key), "ivshmem");
	add_group(maker, group);
}

/* In the order in which people look for them; others at the end. */
static const enum jhcfg_hw_device_kind kinds[] = {
	JHCFG_HW_DEVICE_UART,	  JHCFG_HW_DEVICE_TIMER,  JHCFG_HW_DEVICE_NET,
	JHCFG_HW_DEVICE_STORAGE,  JHCFG_HW_DEVICE_USB,	  JHCFG_HW_DEVICE_DISPLAY,
	JHCFG_HW_DEVICE_I2C,	  JHCFG_HW_DEVICE_SPI,	  JHCFG_HW_DEVICE_GPIO,
	JHCFG_HW_DEVICE_DMA,	  JHCFG_HW_DEVICE_MEMORY, JHCFG_HW_DEVICE_WATCHDOG,
	JHCFG_HW_DEVICE_OTHER,	  JHCFG_HW_DEVICE_CLOCK,  JHCFG_HW_DEVICE_PINCTRL,
	JHCFG_HW_DEVICE_IRQCHIP,  JHCFG_HW_DEVICE_IOMMU,  JHCFG_HW_DEVICE_PCI_HOST,
	JHCFG_HW_DEVICE_FIRMWARE,
};

GListModel *jhw_hardware_tree(const struct jhcfg_workspace *workspace)
{
	struct maker maker = {
		.workspace = workspace,
		.board = jhcfg_workspace_board(workspace),
		.groups = g_list_store_new(JHW_TYPE_NODE),
	};

	if (maker.board) {
		add_cpus(&maker);
		add_devices(&maker, kinds[0]);
		add_memory(&maker);
		for (guint n = 1; n < G_N_ELEMENTS(kinds); n++)
			add_devices(&maker, kinds[n]);
		add_pci(&maker);
	}
	add_links(&maker);
	return G_LIST_MODEL(maker.groups);
}

guint jhw_hardware_count(const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	return board ? (guint)(jhcfg_board_num_devices(board) +
			       jhcfg_board_num_pci_functions(board))
		     : 0;
}
