// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * The device tree for Linux in a cell: what every cell has. Bindings are those
 * of Linux, Documentation/devicetree/bindings.
 */
#include "emit/linux_tree.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/import.h>
#include <libfdt.h>

/* --- memory --- */

/* What the established loader of Linux takes, too. */
static bool is_linux_ram(const struct jhcfg_memory *memory)
{
	const uint64_t wanted = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA;
	const uint64_t unwanted = JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION;

	return memory->size && (memory->flags & wanted) == wanted &&
	       !(memory->flags & unwanted);
}

static void emit_memory(struct linux_tree *tree, struct fdt_out *out)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(tree->cell, n)); n++) {
		struct fdt_cells reg = { .count = 0 };

		if (!is_linux_ram(memory))
			continue;
		fdt_cells_add64(&reg, memory->virt_start);
		fdt_cells_add64(&reg, memory->size);
		fdt_out_begin_at(out, "memory", memory->virt_start);
		fdt_out_text(out, "device_type", "memory");
		fdt_out_list(out, "reg", &reg);
		fdt_out_end(out);
	}
}

static bool has_memory(const struct linux_tree *tree)
{
	const struct jhcfg_memory *memory;

	for (size_t n = 0; (memory = jhcfg_cell_memory(tree->cell, n)); n++)
		if (is_linux_ram(memory))
			return true;
	return false;
}

/* --- CPUs --- */

static const struct jhcfg_hw_cpu *find_cpu(const struct linux_tree *tree,
					   unsigned int id)
{
	const struct jhcfg_hw_cpu *cpu;

	for (size_t n = 0;
	     tree->board && (cpu = jhcfg_board_cpu(tree->board, n)); n++)
		if (cpu->id == id)
			return cpu;
	return NULL;
}

static void emit_cpu(struct linux_tree *tree, struct fdt_out *out,
		     unsigned int id, bool is_wide)
{
	const struct jhcfg_hw_cpu *cpu = find_cpu(tree, id);
	uint64_t mpidr = cpu ? cpu->phys_id : id;
	const char *compatible = cpu && *cpu->compatible ? cpu->compatible
				 : linux_is_32bit(tree)	 ? "arm,armv7"
							 : "arm,armv8";
	struct fdt_cells reg = { .count = 0 };

	if (is_wide)
		fdt_cells_add64(&reg, mpidr);
	else
		fdt_cells_add(&reg, (uint32_t)mpidr);
	fdt_out_begin_at(out, "cpu", mpidr);
	fdt_out_text(out, "device_type", "cpu");
	fdt_out_text(out, "compatible", compatible);
	fdt_out_list(out, "reg", &reg);
	fdt_out_text(out, "enable-method", "psci");
	fdt_out_end(out);
}

static void emit_cpus(struct linux_tree *tree, struct fdt_out *out)
{
	bool is_wide = false, is_known = true;

	for (unsigned int id = 0; id < JHCFG_MAX_CPUS; id++) {
		const struct jhcfg_hw_cpu *cpu = NULL;

		if (!jhcfg_cell_has_cpu(tree->cell, id))
			continue;
		cpu = find_cpu(tree, id);
		is_known &= !!cpu;
		is_wide |= cpu && cpu->phys_id >> 32;
	}
	if (!is_known)
		jhcfg_diags_add(tree->diags, JHCFG_WARNING, "E03", "cpus", "",
				"give the project its board, or the board's "
				"tree",
				"the MPIDRs of CPUs are not known: taken for "
				"their numbers");
	fdt_out_begin(out, "cpus");
	fdt_out_u32(out, "#address-cells", is_wide ? 2 : 1);
	fdt_out_u32(out, "#size-cells", 0);
	for (unsigned int id = 0; id < JHCFG_MAX_CPUS; id++)
		if (jhcfg_cell_has_cpu(tree->cell, id))
			emit_cpu(tree, out, id, is_wide);
	fdt_out_end(out);
}

static void emit_psci(struct fdt_out *out)
{
	static const char compatible[] = "arm,psci-1.0\0arm,psci-0.2";

	fdt_out_begin(out, "psci");
	fdt_out_bytes(out, "compatible", compatible, sizeof(compatible));
	/* the hypervisor's own calls are HVCs, those of the firmware SMCs */
	fdt_out_text(out, "method", "smc");
	fdt_out_end(out);
}

/* What hvc_jailhouse looks for */
static void emit_hypervisor(const struct linux_tree *tree, struct fdt_out *out)
{
	fdt_out_begin(out, "hypervisor");
	fdt_out_text(out, "compatible", "jailhouse,cell");
	if (jhcfg_cell_flags(tree->cell) &
	    JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED)
		fdt_out_empty(out, "virtual-console");
	fdt_out_end(out);
}

/* --- all of it --- */

static void emit_chosen(struct linux_tree *tree, struct fdt_out *out)
{
	const struct jhcfg_range *initrd = &tree->options->initrd;
	struct fdt_cells start = { .count = 0 }, end = { .count = 0 };

	fdt_out_begin(out, "chosen");
	if (*tree->console)
		fdt_out_text(out, "stdout-path", tree->console);
	if (tree->options->command_line)
		fdt_out_text(out, "bootargs", tree->options->command_line);
	if (initrd->size) {
		fdt_cells_add64(&start, initrd->start);
		fdt_cells_add64(&end, initrd->start + initrd->size);
		fdt_out_list(out, "linux,initrd-start", &start);
		fdt_out_list(out, "linux,initrd-end", &end);
	}
	fdt_out_end(out);
	if (!*tree->console)
		return;
	fdt_out_begin(out, "aliases");
	fdt_out_text(out, "serial0", tree->console);
	fdt_out_end(out);
}

static int fill(struct fdt_out *out, void *context)
{
	struct linux_tree *tree = context;
	char model[128];

	tree->num_clocks = 0;
	tree->next_phandle = tree->gic_phandle + 1;
	snprintf(model, sizeof(model), "Jailhouse cell %s on %s",
		 jhcfg_cell_name(tree->cell),
		 jhcfg_cell_name(jhcfg_config_cell(tree->root)));
	fdt_out_begin(out, "");
	fdt_out_text(out, "model", model);
	fdt_out_text(out, "compatible", "jailhouse,cell");
	fdt_out_u32(out, "#address-cells", 2);
	fdt_out_u32(out, "#size-cells", 2);
	fdt_out_u32(out, "interrupt-parent", tree->gic_phandle);
	emit_chosen(tree, out);
	emit_cpus(tree, out);
	emit_psci(out);
	emit_memory(tree, out);
	linux_emit_timer(tree, out);
	if (tree->options->pmu)
		linux_emit_pmu(tree, out);
	linux_emit_gic(tree, out);
	linux_emit_pci(tree, out);
	emit_hypervisor(tree, out);
	linux_emit_devices(tree, out);
	fdt_out_end(out);
	return 0;
}

static int check(struct linux_tree *tree)
{
	if (jhcfg_config_architecture(tree->config) == JAILHOUSE_X86) {
		jhcfg_diags_add(tree->diags, JHCFG_ERROR, "E04", "cell", "",
				NULL, "only Arm cells have device trees");
		return -ENOTSUP;
	}
	if (!has_memory(tree)) {
		jhcfg_diags_add(tree->diags, JHCFG_ERROR, "E04", "cell", "",
				"give it a region with the flags READ, WRITE, "
				"EXECUTE and DMA",
				"it has no memory that Linux could run in");
		return -ENOTSUP;
	}
	return 0;
}

/* The board that the tree describes is better than any that was told before:
 * paths in it are those of the tree. */
static int use_board_tree(struct linux_tree *tree, struct jhcfg_board **board)
{
	const struct jhcfg_tree_options *options = tree->options;
	uint32_t last = 0;
	int err;

	*board = NULL;
	tree->gic_phandle = 1;
	if (!options->board_tree)
		return 0;
	err = jhcfg_import_fdt(options->board_tree, options->board_tree_size,
			       "board tree", tree->diags, board);
	if (err)
		return err;
	if (fdt_find_max_phandle(options->board_tree, &last) ||
	    last > UINT32_MAX / 2)
		return -EINVAL;
	tree->board = *board;
	tree->board_tree = options->board_tree;
	tree->gic_phandle = last + 1;
	return 0;
}

/* Attempts that did not fit have said it all already. */
static void move_findings(const struct jhcfg_diags *from,
			  struct jhcfg_diags *to)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(from, n)); n++)
		jhcfg_diags_add(to, diag->severity, diag->rule, diag->object,
				diag->place, diag->hint, "%s", diag->text);
}

static int fill_once(struct fdt_out *out, void *context)
{
	struct linux_tree *tree = context;
	struct jhcfg_diags *diags = tree->diags;
	struct jhcfg_diags *own = jhcfg_diags_new();
	int err;

	tree->diags = own;
	err = fill(out, tree);
	tree->diags = diags;
	if (out->error != -FDT_ERR_NOSPACE)
		move_findings(own, diags);
	jhcfg_diags_free(own);
	return err;
}

int jhcfg_emit_linux_tree(const struct jhcfg_workspace *workspace, uint32_t key,
			  const struct jhcfg_tree_options *options,
			  struct jhcfg_diags *diags, void **blob, size_t *size)
{
	static const struct jhcfg_tree_options none = { 0 };
	struct linux_tree tree = {
		.options = options ? options : &none,
		.board = jhcfg_workspace_board(workspace),
		.root = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY),
		.config = jhcfg_workspace_cell(workspace, key),
		.diags = diags,
	};
	struct jhcfg_board *board;
	int err;

	if (!tree.config || !tree.root)
		return -ENOENT;
	tree.cell = jhcfg_config_cell(tree.config);
	err = check(&tree);
	if (err)
		return err;
	err = use_board_tree(&tree, &board);
	if (!err) {
		linux_find_console(&tree);
		err = fdt_out_make(fill_once, &tree, blob, size);
	}
	jhcfg_board_free(board);
	return err;
}
