// SPDX-License-Identifier: LGPL-2.1-or-later
/* C09: the CPUs that a guest's device tree names. */
#include <inttypes.h>
#include <libfdt.h>
#include <stdlib.h>
#include <string.h>

#include "check/cpus.h"

struct guest_tree {
	struct check *check;
	const struct check_cell *cell;
	size_t image;
	void *fdt; /* a copy, which is aligned */
	unsigned int num_cpus;
	bool without_psci;
};

/* A tree that libfdt finds sound; NULL: it is none, which B08 says. */
static void *open_tree(const struct jhcfg_image *image)
{
	void *fdt;

	if (!image->bytes || image->size < sizeof(struct fdt_header) ||
	    image->size > INT32_MAX)
		return NULL;
	fdt = malloc(image->size);
	if (!fdt)
		return NULL;
	memcpy(fdt, image->bytes, image->size);
	if (!fdt_check_full(fdt, image->size))
		return fdt;
	free(fdt);
	return NULL;
}

static bool has_text(const void *fdt, int node, const char *property,
		     const char *text)
{
	int length;
	const char *value = fdt_getprop(fdt, node, property, &length);

	return value && length > 0 && (size_t)length == strlen(text) + 1 &&
	       !memcmp(value, text, (size_t)length);
}

static bool is_cpu(const void *fdt, int node)
{
	return has_text(fdt, node, "device_type", "cpu") &&
	       !has_text(fdt, node, "status", "disabled");
}

/* One or two cells; false for anything else. */
static bool read_reg(const void *fdt, int node, uint64_t *value)
{
	int length;
	const fdt32_t *cells = fdt_getprop(fdt, node, "reg", &length);

	if (!cells || (length != 4 && length != 8))
		return false;
	*value = 0;
	for (int n = 0; n < length / 4; n++)
		*value = *value << 32 | fdt32_to_cpu(cells[n]);
	return true;
}

/* Whether a CPU of the cell has this MPIDR. */
static bool is_of_cell(const struct guest_tree *tree, uint64_t mpidr)
{
	const struct jhcfg_hw_cpu *cpu;

	for (size_t n = 0; (cpu = jhcfg_board_cpu(tree->check->board, n)); n++)
		if (cpu->phys_id == mpidr &&
		    jhcfg_cell_has_cpu(tree->cell->cell, cpu->id))
			return true;
	return false;
}

static struct found found_in(const struct guest_tree *tree)
{
	return (struct found){
		.cell = tree->cell,
		.element = JHCFG_AT_IMAGE,
		.index = tree->image,
	};
}

static void judge_cpu(struct guest_tree *tree, int node)
{
	const struct found found = found_in(tree);
	uint64_t mpidr;

	tree->num_cpus++;
	tree->without_psci |=
		!has_text(tree->fdt, node, "enable-method", "psci");
	if (tree->check->board && read_reg(tree->fdt, node, &mpidr) &&
	    !is_of_cell(tree, mpidr) && !check_enough(tree->check))
		check_report(tree->check, &found,
			     "the device tree of cell \"%s\" has a CPU with "
			     "MPIDR 0x%" PRIx64 ", which is none of the cell's",
			     tree->cell->name, mpidr);
}

static void judge_tree(struct guest_tree *tree)
{
	const unsigned int wanted = jhcfg_cell_num_cpus(tree->cell->cell);
	const struct found found = found_in(tree);
	int cpus = fdt_path_offset(tree->fdt, "/cpus");
	int node;

	if (cpus >= 0)
		fdt_for_each_subnode(node, tree->fdt,
				     cpus) if (is_cpu(tree->fdt, node))
			judge_cpu(tree, node);
	if (tree->num_cpus != wanted)
		check_report(tree->check, &found,
			     "the device tree of cell \"%s\" has %u CPUs, the "
			     "cell %u",
			     tree->cell->name, tree->num_cpus, wanted);
	if (tree->num_cpus > 1 && tree->without_psci)
		check_report(tree->check, &found,
			     "the device tree of cell \"%s\" has several CPUs "
			     "without enable-method \"psci\"",
			     tree->cell->name);
}

void check_guest_cpus(struct check *check, const struct check_cell *cell)
{
	if (check_is_x86(check))
		return;
	for (size_t n = 0; n < check->options->num_images; n++) {
		const struct jhcfg_image *image = &check->options->images[n];
		struct guest_tree tree = { check, cell, n, NULL, 0, false };

		if (image->cell != cell->key || image->kind != JHCFG_IMAGE_DTB)
			continue;
		tree.fdt = open_tree(image);
		if (tree.fdt)
			judge_tree(&tree);
		free(tree.fdt);
	}
}
