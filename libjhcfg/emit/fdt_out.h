/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing a flattened device tree from its start to its end, in a buffer that
 * grows as needed. */
#ifndef JHCFG_EMIT_FDT_OUT_H
#define JHCFG_EMIT_FDT_OUT_H

#include <stddef.h>
#include <stdint.h>

struct fdt_out {
	void *blob;
	int error; /* of libfdt, the first one; nothing is written after it */
};

/* Nodes and properties, in the order of the tree: the properties of a node come
 * before its children. */
void fdt_out_begin(struct fdt_out *out, const char *name);
/* "NAME@ADDRESS" */
void fdt_out_begin_at(struct fdt_out *out, const char *name, uint64_t address);
void fdt_out_end(struct fdt_out *out);
void fdt_out_bytes(struct fdt_out *out, const char *name, const void *data,
		   size_t size);
void fdt_out_text(struct fdt_out *out, const char *name, const char *text);
void fdt_out_empty(struct fdt_out *out, const char *name);
void fdt_out_u32(struct fdt_out *out, const char *name, uint32_t value);
void fdt_out_cells(struct fdt_out *out, const char *name, const uint32_t *cells,
		   size_t count);

/* A list of cells that grows. */
#define FDT_MAX_CELLS 512

struct fdt_cells {
	uint32_t cells[FDT_MAX_CELLS];
	size_t count;
	int overflow; /* what did not fit is missing */
};

void fdt_cells_add(struct fdt_cells *list, uint32_t value);
/* As two cells. */
void fdt_cells_add64(struct fdt_cells *list, uint64_t value);
void fdt_out_list(struct fdt_out *out, const char *name,
		  const struct fdt_cells *list);

/*
 * Has @fill write the tree, from its root node on, into buffers that become
 * larger until it fits. @fill returns 0 or an error of its own, which ends it.
 * The blob is new. -ENOMEM, -EINVAL (a node or property libfdt refuses).
 */
int fdt_out_make(int (*fill)(struct fdt_out *out, void *context), void *context,
		 void **blob, size_t *size);

#endif
