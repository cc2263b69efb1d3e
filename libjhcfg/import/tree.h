/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * A flattened device tree as arrays of nodes and properties that point into
 * the blob. The blob is judged by fdt_check_full() first, and then walked
 * once: libfdt finds parents and phandles by walking all of the tree again.
 *
 * Limits keep a small hostile blob from becoming much memory or time; no tree
 * in the field comes near.
 */
#ifndef JHCFG_IMPORT_TREE_H
#define JHCFG_IMPORT_TREE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/diag.h>

#define DT_NONE	     UINT32_MAX
#define DT_MAX_DEPTH 32
#define DT_MAX_PATH  512 /* bytes with the NUL */
#define DT_MAX_NAME  64	 /* of a property; the specification says 31 */
#define DT_MAX_CELLS 8	 /* of an address, a size or a specifier */

struct dt_prop {
	const char *name;
	const uint8_t *data;
	uint32_t size; /* bytes */
};

struct dt_node {
	const char *name; /* with the unit address */
	uint32_t parent;  /* DT_NONE: the root */
	uint32_t end;	  /* behind the last node of its subtree */
	uint32_t first_prop, num_props;
	uint32_t phandle;	/* 0: none */
	uint32_t address_cells; /* for its children */
	uint32_t size_cells;
	size_t device; /* in the board, or JHCFG_NO_INDEX */
};

struct dt_phandle {
	uint32_t phandle;
	uint32_t node;
};

struct dt_tree {
	const char *file; /* for sources and messages */
	struct jhcfg_diags *diags;
	struct dt_node *nodes; /* depth first; the root is number 0 */
	uint32_t num_nodes;
	struct dt_prop *props;
	uint32_t num_props;
	struct dt_phandle *phandles; /* sorted */
	uint32_t num_phandles;
};

/* What is wrong with a blob, or NULL; only what passed may be given to other
 * functions of libfdt. */
const char *dt_blob_error(const void *blob, size_t size);
/* The blob must outlive the tree. -EINVAL with a diagnostic; -ENOMEM. */
int dt_tree_read(struct dt_tree *tree, const void *blob, size_t size,
		 const char *file, struct jhcfg_diags *diags);
void dt_tree_clear(struct dt_tree *tree);

/* The node of the tree, DT_NONE without one. Paths are absolute; unit
 * addresses may be left out. */
uint32_t dt_find_path(const struct dt_tree *tree, const char *path);
uint32_t dt_find_phandle(const struct dt_tree *tree, uint32_t phandle);
/* The next child of @parent behind @child (DT_NONE: the first one). */
uint32_t dt_next_child(const struct dt_tree *tree, uint32_t parent,
		       uint32_t child);
bool dt_is_below(const struct dt_tree *tree, uint32_t node, uint32_t ancestor);
/* Is the part of the name before "@" this? */
bool dt_has_base_name(const struct dt_node *node, const char *base);

/* Writes "/soc/serial@1000" to @path, which has room for DT_MAX_PATH. */
void dt_path(const struct dt_tree *tree, uint32_t node, char *path);
/* Writes "FILE /soc/serial@1000", cut to @size. */
void dt_source(const struct dt_tree *tree, uint32_t node, char *text,
	       size_t size);

/* The property, or NULL. */
const struct dt_prop *dt_prop(const struct dt_tree *tree, uint32_t node,
			      const char *name);
/* The @index-th cell; 0 beyond the end. */
uint32_t dt_cell(const struct dt_prop *prop, size_t index);
size_t dt_num_cells(const struct dt_prop *prop);
/* @count cells as one number; false if it is not one of 64 bits. */
bool dt_number(const struct dt_prop *prop, size_t index, size_t count,
	       uint64_t *value);
/* The first cell of that property, or @fallback. */
uint32_t dt_u32(const struct dt_tree *tree, uint32_t node, const char *name,
		uint32_t fallback);
/* The text of that property, or "". */
const char *dt_text(const struct dt_tree *tree, uint32_t node,
		    const char *name);
/* The next text of a list: after @text, or the first one for NULL; NULL at the
 * end. Texts end within the property. */
const char *dt_next_text(const struct dt_prop *prop, const char *text);
/* Is it one of the node's compatible texts? */
bool dt_compatible(const struct dt_tree *tree, uint32_t node,
		   const char *compatible);
/* "okay", "disabled", ...; "disabled" also if an ancestor is. */
const char *dt_status(const struct dt_tree *tree, uint32_t node);

void dt_complain(const struct dt_tree *tree, enum jhcfg_severity severity,
		 const char *rule, uint32_t node, const char *hint,
		 const char *format, ...) __attribute__((format(printf, 6, 7)));

/* A row for devices with this compatible text. Tables end with a NULL; the
 * node's most specific text that has a row decides. */
struct dt_match {
	const char *compatible;
	int value;
};

/* The value of the first match, or @fallback. */
int dt_match(const struct dt_tree *tree, uint32_t node,
	     const struct dt_match *rows, int fallback);

#endif
