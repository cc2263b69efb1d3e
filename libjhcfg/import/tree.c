// SPDX-License-Identifier: LGPL-2.1-or-later
/* From a blob to arrays of nodes. Devicetree Specification v0.4, 5. */
#include "import/tree.h"

#include <errno.h>
#include <libfdt.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/board.h>

/* What the walk counts first, and fills in then. */
struct walk {
	struct dt_tree *tree;
	const void *blob;
	bool filling;
	uint32_t stack[DT_MAX_DEPTH]; /* open nodes */
	size_t lengths[DT_MAX_DEPTH]; /* of their paths */
	unsigned int depth;
};

static int complain(struct dt_tree *tree, const char *hint, const char *text,
		    const char *detail)
{
	jhcfg_diags_add(tree->diags, JHCFG_ERROR, "D01", "device tree",
			tree->file, hint, "%s%s%s", text, *detail ? ": " : "",
			detail);
	return -EINVAL;
}

static int begin_node(struct walk *walk, int offset)
{
	struct dt_tree *tree = walk->tree;
	uint32_t parent = walk->depth ? walk->stack[walk->depth - 1] : DT_NONE;
	size_t length = walk->depth ? walk->lengths[walk->depth - 1] : 0;
	const char *name;
	int name_length;

	if (walk->depth == DT_MAX_DEPTH)
		return complain(tree, NULL, "nodes are nested too deep", "");
	if (!walk->depth && tree->num_nodes)
		return complain(tree, NULL, "it has more than one root", "");
	name = fdt_get_name(walk->blob, offset, &name_length);
	if (!name)
		return complain(tree, NULL, "a node has no name", "");
	/* A "/" for each level; the root's own name is empty. */
	length += walk->depth ? 1 + (size_t)name_length : 0;
	if (length + 1 >= DT_MAX_PATH)
		return complain(tree, NULL, "the path of a node is too long",
				"");
	walk->lengths[walk->depth] = length;
	walk->stack[walk->depth++] = tree->num_nodes;
	if (walk->filling)
		tree->nodes[tree->num_nodes] = (struct dt_node){
			.name = name,
			.parent = parent,
			.first_prop = tree->num_props,
			.address_cells = 2,
			.size_cells = 1,
			.device = JHCFG_NO_INDEX,
		};
	tree->num_nodes++;
	return 0;
}

static int end_node(struct walk *walk)
{
	if (!walk->depth)
		return complain(walk->tree, NULL, "a node ends twice", "");
	walk->depth--;
	if (walk->filling)
		walk->tree->nodes[walk->stack[walk->depth]].end =
			walk->tree->num_nodes;
	return 0;
}

static int add_prop(struct walk *walk, int offset)
{
	struct dt_tree *tree = walk->tree;
	struct dt_prop prop;
	int length;

	if (!walk->depth)
		return complain(tree, NULL, "a property is in no node", "");
	/* Properties come before children (5.4.2). */
	if (walk->stack[walk->depth - 1] != tree->num_nodes - 1)
		return complain(tree, NULL, "a property follows a child node",
				"");
	prop.data =
		fdt_getprop_by_offset(walk->blob, offset, &prop.name, &length);
	if (!prop.data || length < 0)
		return complain(tree, NULL, "a property cannot be read",
				fdt_strerror(length));
	if (strnlen(prop.name, DT_MAX_NAME) == DT_MAX_NAME)
		return complain(tree, NULL, "a property has too long a name",
				"");
	prop.size = (uint32_t)length;
	if (walk->filling) {
		tree->props[tree->num_props] = prop;
		tree->nodes[tree->num_nodes - 1].num_props++;
	}
	tree->num_props++;
	return 0;
}

static int walk_blob(struct walk *walk)
{
	int offset = 0, next = 0, err = 0;
	uint32_t tag;

	walk->tree->num_nodes = walk->tree->num_props = 0;
	walk->depth = 0;
	do {
		offset = next;
		tag = fdt_next_tag(walk->blob, offset, &next);
		if (next < 0)
			return complain(walk->tree, NULL, "it is damaged",
					fdt_strerror(next));
		if (tag == FDT_BEGIN_NODE)
			err = begin_node(walk, offset);
		else if (tag == FDT_END_NODE)
			err = end_node(walk);
		else if (tag == FDT_PROP)
			err = add_prop(walk, offset);
	} while (!err && tag != FDT_END);
	if (!err && (walk->depth || !walk->tree->num_nodes))
		err = complain(walk->tree, NULL, "it ends within a node", "");
	return err;
}

static int compare_phandles(const void *a, const void *b)
{
	const struct dt_phandle *x = a, *y = b;

	if (x->phandle != y->phandle)
		return x->phandle < y->phandle ? -1 : 1;
	return (x->node > y->node) - (x->node < y->node);
}

static uint32_t cells_of(const struct dt_tree *tree, uint32_t node,
			 const char *name, uint32_t fallback)
{
	uint32_t cells = dt_u32(tree, node, name, fallback);

	return cells > DT_MAX_CELLS ? DT_MAX_CELLS : cells;
}

/* What is asked for often. */
static int index_nodes(struct dt_tree *tree)
{
	tree->phandles = calloc(tree->num_nodes, sizeof(*tree->phandles));
	if (!tree->phandles)
		return -ENOMEM;
	for (uint32_t n = 0; n < tree->num_nodes; n++) {
		struct dt_node *node = &tree->nodes[n];

		node->address_cells = cells_of(tree, n, "#address-cells", 2);
		node->size_cells = cells_of(tree, n, "#size-cells", 1);
		node->phandle = dt_u32(tree, n, "phandle",
				       dt_u32(tree, n, "linux,phandle", 0));
		if (node->phandle && node->phandle != UINT32_MAX)
			tree->phandles[tree->num_phandles++] =
				(struct dt_phandle){ node->phandle, n };
	}
	qsort(tree->phandles, tree->num_phandles, sizeof(*tree->phandles),
	      compare_phandles);
	return 0;
}

static int fill(struct walk *walk)
{
	struct dt_tree *tree = walk->tree;
	int err = walk_blob(walk);

	if (err)
		return err;
	tree->nodes = calloc(tree->num_nodes, sizeof(*tree->nodes));
	tree->props = calloc(tree->num_props + 1, sizeof(*tree->props));
	if (!tree->nodes || !tree->props)
		return -ENOMEM;
	walk->filling = true;
	err = walk_blob(walk);
	return err ? err : index_nodes(tree);
}

/* Before version 16, names were laid out otherwise; nothing has written that
 * since 2005, and libfdt 1.6 follows a NULL pointer in some such blobs. */
const char *dt_blob_error(const void *blob, size_t size)
{
	int err;

	if (size < sizeof(struct fdt_header) || size > INT_MAX ||
	    fdt_magic(blob) != FDT_MAGIC)
		return "it is no flattened device tree";
	if (fdt_version(blob) < 17 || fdt_last_comp_version(blob) > 17)
		return "its version is not supported";
	err = fdt_check_full(blob, size);
	return err ? fdt_strerror(err) : NULL;
}

int dt_tree_read(struct dt_tree *tree, const void *blob, size_t size,
		 const char *file, struct jhcfg_diags *diags)
{
	struct walk walk = { .tree = tree, .blob = blob };
	const char *error = dt_blob_error(blob, size);
	int err;

	*tree = (struct dt_tree){ .file = file, .diags = diags };
	if (error)
		return complain(tree,
				"give a .dtb file, or a .dts file where dtc is "
				"installed",
				"it cannot be read", error);
	err = fill(&walk);
	if (err)
		dt_tree_clear(tree);
	return err;
}

void dt_tree_clear(struct dt_tree *tree)
{
	free(tree->nodes);
	free(tree->props);
	free(tree->phandles);
	*tree = (struct dt_tree){ 0 };
}
