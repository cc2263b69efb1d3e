// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A flattened tree as source (Devicetree Specification v0.4, chapter 6). What a
 * property holds is guessed, as everybody does: text, cells or bytes, all of
 * which mean the same to a compiler.
 */
#include <jhcfg/emit.h>

#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#define CELLS_A_LINE 8

struct source {
	const void *blob;
	FILE *file;
	unsigned int depth;
};

static void indent(const struct source *source)
{
	for (unsigned int n = 0; n < source->depth; n++)
		fputc('\t', source->file);
}

/* One or more texts, none of them empty, in printable characters. */
static bool is_text(const char *data, int size)
{
	bool is_start = true;

	if (size < 2 || data[size - 1])
		return false;
	for (int n = 0; n < size; n++) {
		if (!data[n] && is_start)
			return false;
		if (data[n] && (data[n] < ' ' || data[n] > '~'))
			return false;
		is_start = !data[n];
	}
	return true;
}

static void put_text(const struct source *source, const char *data, int size)
{
	for (int n = 0; n < size; n++) {
		if (!n || !data[n - 1])
			fprintf(source->file, "%s\"", n ? ", " : "");
		if (data[n] == '"' || data[n] == '\\')
			fputc('\\', source->file);
		fputc(data[n] ? data[n] : '"', source->file);
	}
}

static void put_cells(const struct source *source, const void *data, int size)
{
	const char *cells = data;

	fputc('<', source->file);
	for (int n = 0; n < size / 4; n++) {
		fdt32_t cell;

		if (n && n % CELLS_A_LINE == 0) {
			fputc('\n', source->file);
			indent(source);
			fputc('\t', source->file);
		} else if (n) {
			fputc(' ', source->file);
		}
		memcpy(&cell, cells + 4 * n, sizeof(cell));
		fprintf(source->file, "0x%x", fdt32_to_cpu(cell));
	}
	fputc('>', source->file);
}

static void put_bytes(const struct source *source, const unsigned char *data,
		      int size)
{
	fputc('[', source->file);
	for (int n = 0; n < size; n++)
		fprintf(source->file, "%s%02x", n ? " " : "", data[n]);
	fputc(']', source->file);
}

static void put_property(const struct source *source, int offset)
{
	const char *name;
	int size;
	const void *data =
		fdt_getprop_by_offset(source->blob, offset, &name, &size);

	if (!data)
		return;
	indent(source);
	fputs(name, source->file);
	if (size)
		fputs(" = ", source->file);
	if (is_text(data, size))
		put_text(source, data, size);
	else if (size && size % 4 == 0)
		put_cells(source, data, size);
	else if (size)
		put_bytes(source, data, size);
	fputs(";\n", source->file);
}

static void put_node(struct source *source, int node)
{
	int property, child;
	const char *name = fdt_get_name(source->blob, node, NULL);

	indent(source);
	fprintf(source->file, "%s {\n", name && *name ? name : "/");
	source->depth++;
	fdt_for_each_property_offset(property, source->blob, node)
		put_property(source, property);
	fdt_for_each_subnode(child, source->blob, node)
	{
		fputc('\n', source->file);
		put_node(source, child);
	}
	source->depth--;
	indent(source);
	fputs("};\n", source->file);
}

/* How deep the tree is, so that a hostile one does not exhaust the stack. */
static bool is_deep(const void *blob)
{
	int depth = 0, node = 0;

	while (node >= 0) {
		if (depth > 64)
			return true;
		node = fdt_next_node(blob, node, &depth);
	}
	return false;
}

int jhcfg_emit_tree_source(const void *blob, size_t size, char **text)
{
	struct source source = { .blob = blob };
	size_t length;
	bool failed;

	if (fdt_check_full(blob, size) || is_deep(blob))
		return -EINVAL;
	source.file = open_memstream(text, &length);
	if (!source.file)
		return -ENOMEM;
	fputs("/dts-v1/;\n", source.file);
	if (fdt_path_offset(blob, "/fragment@0") >= 0)
		fputs("/plugin/;\n", source.file);
	fputc('\n', source.file);
	put_node(&source, 0);
	failed = ferror(source.file);
	if (fclose(source.file) || failed) {
		free(*text);
		return -ENOMEM;
	}
	return 0;
}
