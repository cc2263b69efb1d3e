// SPDX-License-Identifier: LGPL-2.1-or-later
/* Questions about nodes and properties; all bounds are checked here. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "import/tree.h"

/* --- nodes -----------------------------------------------------------------
 */

uint32_t dt_next_child(const struct dt_tree *tree, uint32_t parent,
		       uint32_t child)
{
	uint32_t next = child == DT_NONE ? parent + 1 : tree->nodes[child].end;

	return next < tree->nodes[parent].end ? next : DT_NONE;
}

bool dt_is_below(const struct dt_tree *tree, uint32_t node, uint32_t ancestor)
{
	return ancestor != DT_NONE && node > ancestor &&
	       node < tree->nodes[ancestor].end;
}

bool dt_has_base_name(const struct dt_node *node, const char *base)
{
	size_t length = strlen(base);

	return !strncmp(node->name, base, length) &&
	       (!node->name[length] || node->name[length] == '@');
}

static bool has_name(const struct dt_node *node, const char *name,
		     size_t length)
{
	if (strncmp(node->name, name, length))
		return false;
	return !node->name[length] ||
	       (node->name[length] == '@' && !memchr(name, '@', length));
}

uint32_t dt_find_path(const struct dt_tree *tree, const char *path)
{
	uint32_t node = 0;

	while (*path == '/')
		path++;
	while (*path && node != DT_NONE) {
		size_t length = strcspn(path, "/");
		uint32_t child = dt_next_child(tree, node, DT_NONE);

		while (child != DT_NONE &&
		       !has_name(&tree->nodes[child], path, length))
			child = dt_next_child(tree, node, child);
		node = child;
		path += length;
		while (*path == '/')
			path++;
	}
	return node;
}

uint32_t dt_find_phandle(const struct dt_tree *tree, uint32_t phandle)
{
	uint32_t low = 0, high = tree->num_phandles;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (tree->phandles[middle].phandle < phandle)
			low = middle + 1;
		else
			high = middle;
	}
	return low < tree->num_phandles &&
			       tree->phandles[low].phandle == phandle
		       ? tree->phandles[low].node
		       : DT_NONE;
}

void dt_path(const struct dt_tree *tree, uint32_t node, char *path)
{
	uint32_t chain[DT_MAX_DEPTH];
	unsigned int depth = 0;
	size_t used = 0;

	/* dt_tree_read() refused what is deeper or longer. */
	for (; node && node != DT_NONE && depth < DT_MAX_DEPTH;
	     node = tree->nodes[node].parent)
		chain[depth++] = node;
	strcpy(path, depth ? "" : "/");
	while (depth) {
		int length = snprintf(path + used, DT_MAX_PATH - used, "/%s",
				      tree->nodes[chain[--depth]].name);

		used += (size_t)length;
		if (used >= DT_MAX_PATH)
			break;
	}
}

void dt_source(const struct dt_tree *tree, uint32_t node, char *text,
	       size_t size)
{
	char path[DT_MAX_PATH];

	dt_path(tree, node, path);
	snprintf(text, size, "%s %s", tree->file, path);
}

/* --- properties ------------------------------------------------------------
 */

const struct dt_prop *dt_prop(const struct dt_tree *tree, uint32_t node,
			      const char *name)
{
	const struct dt_node *owner = &tree->nodes[node];

	for (uint32_t n = 0; n < owner->num_props; n++) {
		const struct dt_prop *prop =
			&tree->props[owner->first_prop + n];

		if (!strcmp(prop->name, name))
			return prop;
	}
	return NULL;
}

size_t dt_num_cells(const struct dt_prop *prop)
{
	return prop ? prop->size / 4 : 0;
}

uint32_t dt_cell(const struct dt_prop *prop, size_t index)
{
	const uint8_t *at;

	if (index >= dt_num_cells(prop))
		return 0;
	at = prop->data + 4 * index;
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

bool dt_number(const struct dt_prop *prop, size_t index, size_t count,
	       uint64_t *value)
{
	uint64_t number = 0;

	if (index > dt_num_cells(prop) || count > dt_num_cells(prop) - index)
		return false;
	for (size_t n = 0; n < count; n++) {
		if (number >> 32)
			return false;
		number = number << 32 | dt_cell(prop, index + n);
	}
	*value = number;
	return true;
}

uint32_t dt_u32(const struct dt_tree *tree, uint32_t node, const char *name,
		uint32_t fallback)
{
	const struct dt_prop *prop = dt_prop(tree, node, name);

	return dt_num_cells(prop) ? dt_cell(prop, 0) : fallback;
}

const char *dt_next_text(const struct dt_prop *prop, const char *text)
{
	const char *data, *end;

	if (!prop || !prop->size)
		return NULL;
	data = (const char *)prop->data;
	end = data + prop->size;
	text = text ? text + strlen(text) + 1 : data;
	/* What has no NUL within the property is no text. */
	return text < end && memchr(text, 0, (size_t)(end - text)) ? text
								   : NULL;
}

const char *dt_text(const struct dt_tree *tree, uint32_t node, const char *name)
{
	const char *text = dt_next_text(dt_prop(tree, node, name), NULL);

	return text ? text : "";
}

bool dt_compatible(const struct dt_tree *tree, uint32_t node,
		   const char *compatible)
{
	const struct dt_prop *prop = dt_prop(tree, node, "compatible");
	const char *text = NULL;

	while ((text = dt_next_text(prop, text)))
		if (!strcmp(text, compatible))
			return true;
	return false;
}

const char *dt_status(const struct dt_tree *tree, uint32_t node)
{
	const char *own = dt_text(tree, node, "status");

	/* "ok" is what old trees say. */
	if (!*own || !strcmp(own, "ok"))
		own = "okay";
	if (strcmp(own, "okay"))
		return own;
	for (node = tree->nodes[node].parent; node != DT_NONE;
	     node = tree->nodes[node].parent) {
		const char *status = dt_text(tree, node, "status");

		if (*status && strcmp(status, "okay") && strcmp(status, "ok"))
			return "disabled";
	}
	return "okay";
}

int dt_match(const struct dt_tree *tree, uint32_t node,
	     const struct dt_match *rows, int fallback)
{
	const struct dt_prop *prop = dt_prop(tree, node, "compatible");
	const char *text = NULL;

	while ((text = dt_next_text(prop, text)))
		for (const struct dt_match *row = rows; row->compatible; row++)
			if (!strcmp(row->compatible, text))
				return row->value;
	return fallback;
}

void dt_complain(const struct dt_tree *tree, enum jhcfg_severity severity,
		 const char *rule, uint32_t node, const char *hint,
		 const char *format, ...)
{
	char path[DT_MAX_PATH], text[512];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	dt_path(tree, node, path);
	jhcfg_diags_add(tree->diags, severity, rule, path, tree->file, hint,
			"%s", text);
}
