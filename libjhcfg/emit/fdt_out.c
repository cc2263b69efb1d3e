// SPDX-License-Identifier: LGPL-2.1-or-later
#include "emit/fdt_out.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#define FIRST_SIZE (16 * 1024)
#define LAST_SIZE  (16 * 1024 * 1024)

void fdt_out_begin(struct fdt_out *out, const char *name)
{
	if (!out->error)
		out->error = fdt_begin_node(out->blob, name);
}

void fdt_out_begin_at(struct fdt_out *out, const char *name, uint64_t address)
{
	char full[256];

	snprintf(full, sizeof(full), "%s@%" PRIx64, name, address);
	fdt_out_begin(out, full);
}

void fdt_out_end(struct fdt_out *out)
{
	if (!out->error)
		out->error = fdt_end_node(out->blob);
}

void fdt_out_bytes(struct fdt_out *out, const char *name, const void *data,
		   size_t size)
{
	if (!out->error)
		out->error = fdt_property(out->blob, name, data, (int)size);
}

void fdt_out_text(struct fdt_out *out, const char *name, const char *text)
{
	fdt_out_bytes(out, name, text, strlen(text) + 1);
}

void fdt_out_empty(struct fdt_out *out, const char *name)
{
	fdt_out_bytes(out, name, "", 0);
}

void fdt_out_u32(struct fdt_out *out, const char *name, uint32_t value)
{
	fdt_out_cells(out, name, &value, 1);
}

void fdt_out_cells(struct fdt_out *out, const char *name, const uint32_t *cells,
		   size_t count)
{
	fdt32_t big[FDT_MAX_CELLS];

	for (size_t n = 0; n < count; n++)
		big[n] = cpu_to_fdt32(cells[n]);
	fdt_out_bytes(out, name, big, count * sizeof(*big));
}

void fdt_cells_add(struct fdt_cells *list, uint32_t value)
{
	if (list->count < FDT_MAX_CELLS)
		list->cells[list->count++] = value;
	else
		list->overflow = 1;
}

void fdt_cells_add64(struct fdt_cells *list, uint64_t value)
{
	fdt_cells_add(list, (uint32_t)(value >> 32));
	fdt_cells_add(list, (uint32_t)value);
}

void fdt_out_list(struct fdt_out *out, const char *name,
		  const struct fdt_cells *list)
{
	if (list->overflow && !out->error)
		out->error = -FDT_ERR_BADVALUE;
	fdt_out_cells(out, name, list->cells, list->count);
}

/* One attempt; -FDT_ERR_NOSPACE asks for another one. */
static int attempt(int (*fill)(struct fdt_out *out, void *context),
		   void *context, size_t size, struct fdt_out *out, int *err)
{
	out->blob = malloc(size);
	if (!out->blob) {
		*err = -ENOMEM;
		return 0;
	}
	out->error = fdt_create(out->blob, (int)size);
	if (!out->error)
		out->error = fdt_finish_reservemap(out->blob);
	*err = fill(out, context);
	if (!out->error)
		out->error = fdt_finish(out->blob);
	return out->error;
}

int fdt_out_make(int (*fill)(struct fdt_out *out, void *context), void *context,
		 void **blob, size_t *size)
{
	struct fdt_out out = { 0 };
	int err = -ENOMEM;

	for (size_t wanted = FIRST_SIZE; wanted <= LAST_SIZE; wanted *= 2) {
		int error = attempt(fill, context, wanted, &out, &err);

		if (!err && error != -FDT_ERR_NOSPACE)
			err = error ? -EINVAL : 0;
		else if (!err)
			err = -EAGAIN;
		if (err != -EAGAIN)
			break;
		free(out.blob);
		out.blob = NULL;
	}
	if (err) {
		free(out.blob);
		return err == -EAGAIN ? -ENOMEM : err;
	}
	*blob = out.blob;
	*size = fdt_totalsize(out.blob);
	return 0;
}
