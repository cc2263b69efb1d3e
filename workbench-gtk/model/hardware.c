// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/hardware.h"

#include <inttypes.h>
#include <string.h>

#include "model/irq.h"
#include "model/names.h"
#include "model/number.h"
#include "model/pci.h"
#include "model/text.h"

struct _JhwNode {
	GObject parent_instance;
	char *title;
	char *detail;
	char *haystack; /* in lower case */
	JhwRef ref;
	GArray *ranges; /* struct jhcfg_range: addresses it answers at; NULL: none */
	GListStore *children;
};

G_DEFINE_FINAL_TYPE(JhwNode, jhw_node, G_TYPE_OBJECT)

static void jhw_node_finalize(GObject *object)
{
	JhwNode *node = JHW_NODE(object);

	g_free(node->title);
	g_free(node->detail);
	g_free(node->haystack);
	g_clear_pointer(&node->ranges, g_array_unref);
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

/* An address inside of its registers finds a device, too. */
static gboolean has_address(JhwNode *node, const char *word)
{
	uint64_t address;
	char *end;

	if (!node->ranges || !g_str_has_prefix(word, "0x") || !word[2])
		return FALSE;
	address = g_ascii_strtoull(word, &end, 16);
	for (guint n = 0; !*end && n < node->ranges->len; n++) {
		const struct jhcfg_range *range =
			&g_array_index(node->ranges, struct jhcfg_range, n);

		if (address >= range->start && address - range->start < range->size)
			return TRUE;
	}
	return FALSE;
}

static gboolean has_words(JhwNode *node, const char *text)
{
	g_auto(GStrv) words = g_strsplit(text, " ", 0);

	for (char **word = words; *word; word++)
		if (!strstr(node->haystack, *word) && !has_address(node, *word))
			return FALSE;
	return TRUE;
}

gboolean jhw_node_matches(JhwNode *node, const char *text)
{
	guint count;

	if (node->ref.kind || !node->children)
		return has_words(node, text);
	count = g_list_model_get_n_items(G_LIST_MODEL(node->children));
	for (guint n = 0; n < count; n++) {
		g_autoptr(JhwNode) child = g_list_model_get_item(jhw_node_children(node), n);

		if (has_words(child, text))
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

/* @more: further words to find it by. The group keeps the child. */
static JhwNode *add_child(const struct maker *maker, JhwNode *group, JhwRef ref, const char *more)
{
	g_autoptr(JhwNode) node = g_object_new(JHW_TYPE_NODE, NULL);
	g_autofree char *haystack = NULL;

	node->ref = ref;
	node->title = jhw_ref_name(maker->workspace, &ref);
	node->detail = jhw_ref_detail(maker->workspace, &ref);
	haystack = g_strdup_printf("%s %s %s %s", group->title, node->title, node->detail, more);
	node->haystack = g_utf8_strdown(haystack, -1);
	g_list_store_append(group->children, node);
	return node;
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

/* --- devices, with their interrupt lines --------------------------------------- */

/* All by which people may know it: types, addresses, interrupts. */
static char *words_of(const struct maker *maker, const struct jhcfg_hw_device *device)
{
	GString *words = g_string_new(device->path);

	for (size_t n = 0; n < device->num_compatible; n++)
		g_string_append_printf(words, " %s", device->compatible[n]);
	for (size_t n = 0; n < device->num_windows; n++)
		g_string_append_printf(words, " 0x%" PRIx64, device->windows[n].start);
	for (size_t n = 0; n < device->num_irqs; n++) {
		const struct jhcfg_hw_irq *irq = &device->irqs[n];
		g_autofree char *name = NULL;

		if (irq->nested)
			continue;
		name = jhw_irq_name(maker->workspace, irq->number);
		g_string_append_printf(words, " %u irq%u %s", irq->number, irq->number, name);
	}
	return g_string_free(words, FALSE);
}

/* What is found with the device is found with its lines. */
static void add_lines(const struct maker *maker, JhwNode *node,
		      const struct jhcfg_hw_device *device)
{
	for (size_t n = 0; n < device->num_irqs; n++) {
		const struct jhcfg_hw_irq *irq = &device->irqs[n];
		g_autofree char *name = NULL;
		JhwNode *line;

		if (irq->nested)
			continue;
		if (!node->children)
			node->children = g_list_store_new(JHW_TYPE_NODE);
		name = jhw_irq_name(maker->workspace, irq->number);
		line = add_child(maker, node, jhw_ref_of(JHW_REF_IRQ, irq->number), node->haystack);
		g_free(line->detail);
		line->detail = g_steal_pointer(&name);
		line->ranges = g_array_ref(node->ranges);
	}
}

static void add_device(const struct maker *maker, JhwNode *group,
		       const struct jhcfg_hw_device *device, size_t index)
{
	g_autofree char *words = words_of(maker, device);
	JhwNode *node = add_child(maker, group, jhw_ref_of(JHW_REF_DEVICE, index), words);

	node->ranges = g_array_new(FALSE, FALSE, sizeof(struct jhcfg_range));
	g_array_append_vals(node->ranges, device->windows, (guint)device->num_windows);
	add_lines(maker, node, device);
}

static void add_devices(const struct maker *maker, enum jhcfg_hw_device_kind kind)
{
	JhwNode *group = new_group(jhw_device_kind_title(kind));
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(maker->board, n)); n++)
		if (device->kind == kind)
			add_device(maker, group, device, n);
	add_group(maker, group);
}

/* --- PCI, links ---------------------------------------------------------------- */

static void add_function(const struct maker *maker, JhwNode *group,
			 const struct jhcfg_hw_pci_function *function)
{
	const char *class = jhw_pci_class_name(function->class_code);
	g_autofree char *words = g_strdup_printf("%s %s %04x:%04x", function->driver, class,
						 function->vendor, function->device);
	JhwNode *node = add_child(
		maker, group, jhw_ref_of(JHW_REF_PCI, jhw_pci_id(function->domain, function->bdf)),
		words);

	g_free(node->detail);
	node->detail = g_strdup(class);
	node->ranges = g_array_new(FALSE, FALSE, sizeof(struct jhcfg_range));
	for (guint n = 0; n < G_N_ELEMENTS(function->bar); n++)
		if (!function->bar[n].io)
			g_array_append_val(node->ranges, function->bar[n].range);
}

static void add_pci(const struct maker *maker)
{
	JhwNode *group = new_group("PCI");
	const struct jhcfg_hw_pci_function *function;

	for (size_t n = 0; (function = jhcfg_board_pci_function(maker->board, n)); n++)
		add_function(maker, group, function);
	add_group(maker, group);
}

static void fill_links(const struct maker *maker, JhwNode *group)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(maker->workspace, n)); n++)
		add_child(maker, group, jhw_ref_of(JHW_REF_LINK, link->key), "ivshmem");
	g_free(group->detail);
	group->detail =
		g_strdup_printf("%u", g_list_model_get_n_items(G_LIST_MODEL(group->children)));
}

/* Always there, and always last: links come and go. */
static void add_links(const struct maker *maker)
{
	g_autoptr(JhwNode) group = new_group(_("Links"));

	fill_links(maker, group);
	g_list_store_append(maker->groups, group);
}

static gboolean has_links(const struct jhcfg_workspace *workspace, JhwNode *group)
{
	const struct jhcfg_link *link;
	guint n = 0;

	for (; (link = jhcfg_workspace_link(workspace, n)); n++) {
		g_autoptr(JhwNode) child = g_list_model_get_item(jhw_node_children(group), n);

		if (!child || child->ref.id != link->key || !g_str_equal(child->title, link->name))
			return FALSE;
	}
	return n == g_list_model_get_n_items(jhw_node_children(group));
}

void jhw_hardware_update(GListModel *tree, const struct jhcfg_workspace *workspace)
{
	const struct maker maker = { .workspace = workspace };
	guint last = g_list_model_get_n_items(tree) - 1;
	g_autoptr(JhwNode) group = g_list_model_get_item(tree, last);

	if (has_links(workspace, group))
		return;
	g_list_store_remove_all(group->children);
	fill_links(&maker, group);
	/* its number is another one, which its row is to show */
	g_list_store_splice(G_LIST_STORE(tree), last, 1, (gpointer *)&group, 1);
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

void jhw_hardware_renew(GListModel *tree, const struct jhcfg_workspace *workspace)
{
	g_autoptr(GListModel) renewed = jhw_hardware_tree(workspace);
	guint count = g_list_model_get_n_items(renewed);
	g_autoptr(GPtrArray) groups = g_ptr_array_new_with_free_func(g_object_unref);

	for (guint n = 0; n < count; n++)
		g_ptr_array_add(groups, g_list_model_get_item(renewed, n));
	g_list_store_splice(G_LIST_STORE(tree), 0, g_list_model_get_n_items(tree), groups->pdata,
			    count);
}

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
