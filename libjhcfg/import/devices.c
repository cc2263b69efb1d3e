// SPDX-License-Identifier: LGPL-2.1-or-later
/* Nodes to devices: windows, interrupts, references, stream ids. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "import/address.h"
#include "import/device_tree.h"
#include "import/irq.h"
#include "import/kinds.h"
#include "import/refs.h"

/* Growing lists of one device, used again for the next. */
struct lists {
	struct dt_tree *tree;
	const char **compatible;
	struct jhcfg_range *windows;
	const char **window_names;
	struct jhcfg_hw_irq *irqs;
	struct jhcfg_hw_ref *refs;
	uint32_t *args;
	uint32_t *streams;
	size_t num_compatible, num_windows, num_irqs, num_refs, num_args,
		num_streams;
	size_t max_compatible, max_windows, max_names, max_irqs, max_refs,
		max_args, max_streams;
	bool failed;
};

/* The list with room for one more; as it was, with *max = count, if memory runs
 * out. */
static void *grow(struct lists *lists, void *items, size_t *max, size_t count,
		  size_t size)
{
	size_t more = *max ? 2 * *max : 16;
	void *larger;

	if (count < *max)
		return items;
	larger = reallocarray(items, more, size);
	if (!larger) {
		lists->failed = true;
		return items;
	}
	*max = more;
	return larger;
}

#define ROOM(lists, list)                                                      \
	((lists)->list = grow((lists), (lists)->list, &(lists)->max_##list,    \
			      (lists)->num_##list, sizeof(*(lists)->list)),    \
	 (lists)->num_##list < (lists)->max_##list)

/* --- which nodes are devices ------------------------------------------------
 */

/* Folders of the tree that describe other things. */
static const char *const not_devices[] = {
	"/cpus",       "/reserved-memory",  "/memory",
	"/aliases",    "/chosen",	    "/__symbols__",
	"/__fixups__", "/__local_fixups__", "/options",
};

static bool is_device(const struct dt_tree *tree, uint32_t node)
{
	struct jhcfg_range window;

	if (!node || !strcmp(dt_text(tree, node, "device_type"), "memory"))
		return false;
	if (dt_prop(tree, node, "compatible") ||
	    dt_prop(tree, node, "interrupts") ||
	    dt_prop(tree, node, "interrupts-extended"))
		return true;
	for (size_t n = 0; n < dt_num_reg(tree, node); n++)
		if (dt_reg(tree, node, n, &window))
			return true;
	return false;
}

static void number_devices(struct dt_tree *tree)
{
	size_t count = 0;

	for (uint32_t n = 0; n < tree->num_nodes;) {
		bool skip = false;

		for (size_t i = 0; tree->nodes[n].parent == 0 &&
				   i < sizeof(not_devices) / sizeof(char *);
		     i++)
			skip |= dt_has_base_name(&tree->nodes[n],
						 not_devices[i] + 1);
		if (skip) {
			n = tree->nodes[n].end;
			continue;
		}
		if (is_device(tree, n))
			tree->nodes[n].device = count++;
		n++;
	}
}

size_t dt_device_of(const struct dt_tree *tree, uint32_t node)
{
	while (node != DT_NONE && tree->nodes[node].device == JHCFG_NO_INDEX)
		node = tree->nodes[node].parent;
	return node == DT_NONE ? JHCFG_NO_INDEX : tree->nodes[node].device;
}

/* --- what belongs to one
 * ------------------------------------------------------ */

static void read_compatible(struct lists *lists, uint32_t node)
{
	const struct dt_prop *prop = dt_prop(lists->tree, node, "compatible");
	const char *text = NULL;

	while ((text = dt_next_text(prop, text)) && ROOM(lists, compatible))
		lists->compatible[lists->num_compatible++] = text;
}

static void read_windows(struct lists *lists, uint32_t node)
{
	const struct dt_prop *names = dt_prop(lists->tree, node, "reg-names");
	const char *name = NULL;
	size_t count = dt_num_reg(lists->tree, node);

	for (size_t n = 0; n < count; n++) {
		struct jhcfg_range range;

		if (names)
			name = dt_next_text(names, name);
		if (!name)
			names = NULL;
		if (!dt_reg(lists->tree, node, n, &range))
			continue;
		lists->window_names =
			grow(lists, lists->window_names, &lists->max_names,
			     lists->num_windows, sizeof(char *));
		if (!ROOM(lists, windows) ||
		    lists->num_windows >= lists->max_names)
			return;
		lists->window_names[lists->num_windows] = name ? name : "";
		lists->windows[lists->num_windows++] = range;
	}
}

static void read_irqs(struct lists *lists, uint32_t node)
{
	const struct dt_prop *names =
		dt_prop(lists->tree, node, "interrupt-names");
	const char *name = NULL;
	struct dt_irq_cursor cursor;
	struct dt_irq irq;

	dt_irq_begin(lists->tree, node, &cursor);
	while (dt_irq_next(lists->tree, node, &cursor, &irq) &&
	       ROOM(lists, irqs)) {
		if (names)
			name = dt_next_text(names, name);
		if (!name)
			names = NULL;
		lists->irqs[lists->num_irqs++] = (struct jhcfg_hw_irq){
			.number = irq.number,
			.trigger = irq.trigger,
			.per_cpu = irq.per_cpu,
			.name = name ? name : "",
			.nested = !irq.at_gic,
			.controller = dt_device_of(lists->tree, irq.controller),
		};
	}
}

/* Binding arm,smmu.yaml: a second cell is the mask; struct jhcfg_stream_id
 * says how both are one number. SMMUv3 has ids of 32 bits and no mask. */
static void read_stream(struct lists *lists, const struct dt_ref *ref)
{
	uint32_t id = ref->args[0];

	if (!ref->num_args || !ROOM(lists, streams))
		return;
	if (ref->num_args > 1)
		id = (ref->args[1] & 0xffff) << 16 | (id & 0xffff);
	lists->streams[lists->num_streams++] = id;
}

static void read_ref(void *context, const struct dt_ref *ref)
{
	struct lists *lists = context;

	if (ref->kind == JHCFG_REF_IOMMU)
		read_stream(lists, ref);
	if (!ROOM(lists, refs))
		return;
	lists->refs[lists->num_refs++] = (struct jhcfg_hw_ref){
		.kind = ref->kind,
		.device = dt_device_of(lists->tree, ref->node),
		.property = ref->property,
		.name = ref->name,
		.num_args = ref->num_args,
	};
	for (size_t n = 0; n < ref->num_args && ROOM(lists, args); n++)
		lists->args[lists->num_args++] = ref->args[n];
}

/* The list of arguments does not move any more. */
static void point_args(struct lists *lists)
{
	size_t at = 0;

	for (size_t n = 0; n < lists->num_refs && !lists->failed; n++) {
		lists->refs[n].args = lists->args ? lists->args + at : NULL;
		at += lists->refs[n].num_args;
	}
}

static void read_lists(struct lists *lists, uint32_t node)
{
	lists->num_compatible = lists->num_windows = lists->num_irqs = 0;
	lists->num_refs = lists->num_args = lists->num_streams = 0;
	read_compatible(lists, node);
	read_windows(lists, node);
	read_irqs(lists, node);
	dt_refs(lists->tree, node, read_ref, lists);
	point_args(lists);
}

static void free_lists(struct lists *lists)
{
	free(lists->compatible);
	free(lists->windows);
	free(lists->window_names);
	free(lists->irqs);
	free(lists->refs);
	free(lists->args);
	free(lists->streams);
}

/* --- names
 * ---------------------------------------------------------------------- */

/* For each node: its label or alias, or NULL. Labels are there if the tree was
 * built for overlays. */
static const char **read_names(const struct dt_tree *tree)
{
	static const char *const folders[] = { "/aliases", "/__symbols__" };
	const char **names = calloc(tree->num_nodes, sizeof(*names));

	for (size_t f = 0; names && f < 2; f++) {
		uint32_t folder = dt_find_path(tree, folders[f]);

		for (uint32_t n = 0;
		     folder != DT_NONE && n < tree->nodes[folder].num_props;
		     n++) {
			const struct dt_prop *prop =
				&tree->props[tree->nodes[folder].first_prop +
					     n];
			const char *path = dt_next_text(prop, NULL);
			uint32_t node = path && *path == '/'
						? dt_find_path(tree, path)
						: DT_NONE;

			if (node != DT_NONE)
				names[node] = prop->name;
		}
	}
	return names;
}

/* "stdout-path": a path or an alias, and options behind a colon. Old trees
 * name the property "linux,stdout-path". */
static uint32_t boot_console(const struct dt_tree *tree)
{
	uint32_t chosen = dt_find_path(tree, "/chosen"), aliases;
	const char *text;
	char path[DT_MAX_PATH];

	if (chosen == DT_NONE)
		return DT_NONE;
	text = dt_text(tree, chosen, "stdout-path");
	if (!*text)
		text = dt_text(tree, chosen, "linux,stdout-path");
	snprintf(path, sizeof(path), "%.*s", (int)strcspn(text, ":"), text);
	if (!*path)
		return DT_NONE;
	if (*path == '/')
		return dt_find_path(tree, path);
	aliases = dt_find_path(tree, "/aliases");
	text = aliases == DT_NONE ? "" : dt_text(tree, aliases, path);
	return *text ? dt_find_path(tree, text) : DT_NONE;
}

static void add_device(struct lists *lists, struct jhcfg_board *board,
		       uint32_t node, const char *name, bool console)
{
	const struct dt_tree *tree = lists->tree;
	char path[DT_MAX_PATH], source[DT_MAX_SOURCE];
	struct jhcfg_hw_device device = {
		.kind = dt_device_kind(tree, node),
		.name = name ? name : tree->nodes[node].name,
		.path = path,
		.status = dt_status(tree, node),
		.parent = dt_device_of(tree, tree->nodes[node].parent),
		.boot_console = console,
		.source = source,
	};

	read_lists(lists, node);
	dt_path(tree, node, path);
	dt_source(tree, node, source, sizeof(source));
	if (device.kind == JHCFG_HW_DEVICE_UART)
		dt_uart(tree, node, &device);
	device.compatible = lists->compatible;
	device.num_compatible = lists->num_compatible;
	device.windows = lists->windows;
	device.window_names = lists->window_names;
	device.num_windows = lists->num_windows;
	device.irqs = lists->irqs;
	device.num_irqs = lists->num_irqs;
	device.refs = lists->refs;
	device.num_refs = lists->num_refs;
	device.stream_ids = lists->streams;
	device.num_stream_ids = lists->num_streams;
	device.dma = device.num_stream_ids || dt_kind_masters(device.kind) ||
		     dt_prop(tree, node, "dma-coherent");
	jhcfg_board_add_device(board, &device);
}

int dt_add_devices(struct dt_tree *tree, struct jhcfg_board *board)
{
	struct lists lists = { .tree = tree };
	const char **names = read_names(tree);
	uint32_t console = boot_console(tree);

	if (!names)
		return -ENOMEM;
	number_devices(tree);
	for (uint32_t n = 0; n < tree->num_nodes && !lists.failed; n++)
		if (tree->nodes[n].device != JHCFG_NO_INDEX)
			add_device(&lists, board, n, names[n], n == console);
	free(names);
	free_lists(&lists);
	return lists.failed ? -ENOMEM : 0;
}
