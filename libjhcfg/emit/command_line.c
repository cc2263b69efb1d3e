// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Arguments for the root's kernel. x86 takes a memmap= for each range; on Arm
 * there is only mem=, which cuts off all that lies above (Linux,
 * Documentation/admin-guide/kernel-parameters.txt).
 */
#include <jhcfg/emit.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "util/number.h"

struct arguments {
	FILE *file;
	unsigned int count;
};

/* As Linux is to see it. */
static void add(struct arguments *arguments, const char *text)
{
	fprintf(arguments->file, "%s%s", arguments->count++ ? " " : "", text);
}

static void add_memmaps(struct arguments *arguments,
			const struct jhcfg_range *ranges, size_t count)
{
	char size[JHCFG_NUMBER_SIZE], text[80];

	for (size_t n = 0; n < count; n++) {
		jhcfg_format_size(ranges[n].size, size);
		snprintf(text, sizeof(text), "memmap=%s$0x%" PRIx64, size,
			 ranges[n].start);
		add(arguments, text);
	}
}

/* RAM below and from @limit on; false if the board does not say. */
static bool measure(const struct jhcfg_board *board, uint64_t limit,
		    uint64_t *below, uint64_t *above)
{
	const struct jhcfg_hw_memory *memory;
	bool known = false;

	*below = *above = 0;
	for (size_t n = 0; board && (memory = jhcfg_board_memory(board, n));
	     n++) {
		uint64_t size = memory->range.size, under;

		if (memory->kind != JHCFG_HW_RAM)
			continue;
		known = true;
		under = memory->range.start >= limit
				? 0
				: limit - memory->range.start;
		*below += under < size ? under : size;
		*above += under < size ? size - under : 0;
	}
	return known;
}

/* Without a board, RAM is what the root cell has; what it has not, because
 * nobody may use it, counts as well. */
static void measure_root(const struct jhcfg_config *root, uint64_t limit,
			 uint64_t *below, uint64_t *above)
{
	const struct jhcfg_cell *cell = jhcfg_config_cell(root);
	const uint64_t ram = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			     JAILHOUSE_MEM_EXECUTE;
	const struct jhcfg_memory *memory;

	*below = *above = 0;
	for (size_t n = 0; (memory = jhcfg_cell_memory(cell, n)); n++) {
		uint64_t under = memory->phys_start >= limit
					 ? 0
					 : limit - memory->phys_start;

		if ((memory->flags & ram) != ram ||
		    memory->flags & JAILHOUSE_MEM_IO)
			continue;
		*below += under < memory->size ? under : memory->size;
		*above += under < memory->size ? memory->size - under : 0;
	}
}

/* What somebody decided for the board; 0 if there is none, or if it leaves
 * Linux too much. */
static uint64_t decided_mem(const struct jhcfg_board *board, uint64_t below)
{
	const char *line = board ? jhcfg_board_command_line(board) : "";
	uint64_t size = 0;
	char word[40];

	while (*(line += strspn(line, " "))) {
		size_t length = strcspn(line, " ");

		snprintf(word, sizeof(word), "%.*s", (int)length, line);
		if (!strncmp(word, "mem=", 4) &&
		    jhcfg_parse_number(word + 4, below, &size))
			return 0;
		line += length;
	}
	return size;
}

static void warn_of_lost(uint64_t size, struct jhcfg_diags *diags)
{
	char text[JHCFG_NUMBER_SIZE];

	jhcfg_format_size(size, text);
	jhcfg_diags_add(diags, JHCFG_WARNING, "E02", "command line", "",
			"reserve it in the device tree instead: jailhouse "
			"config export --format overlay",
			"mem= takes %s of RAM from Linux that nobody else uses",
			text);
}

static int add_mem(struct arguments *arguments,
		   const struct jhcfg_workspace *workspace,
		   const struct jhcfg_config *root,
		   const struct jhcfg_range *ranges, size_t count,
		   struct jhcfg_diags *diags)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	uint64_t below, above, decided, reserved = 0;
	char size[JHCFG_NUMBER_SIZE], text[40];

	for (size_t n = 0; n < count; n++)
		reserved += ranges[n].size;
	if (!measure(board, ranges[0].start, &below, &above))
		measure_root(root, ranges[0].start, &below, &above);
	if (!below) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "E01", "command line", "",
				"reserve it in the device tree: jailhouse "
				"config export --format overlay",
				"no RAM lies below 0x%" PRIx64
				", where what Linux must not use begins",
				ranges[0].start);
		return -ENOTSUP;
	}
	decided = decided_mem(board, below);
	/* holes between the pieces are not worth a word */
	if (!decided && above > reserved + reserved / 8)
		warn_of_lost(above - reserved, diags);
	jhcfg_format_size(decided ? decided : below, size);
	snprintf(text, sizeof(text), "mem=%s", size);
	add(arguments, text);
	return 0;
}

/* The hypervisor wants the IOMMUs for itself. */
static void add_iommus(struct arguments *arguments,
		       const struct jhcfg_platform *platform)
{
	static const struct {
		uint32_t type;
		const char *text;
	} rows[] = {
		{ JAILHOUSE_IOMMU_INTEL, "intel_iommu=off" },
		{ JAILHOUSE_IOMMU_AMD, "amd_iommu=off" },
	};

	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++)
		if (platform->iommu_units[0].type == rows[n].type)
			add(arguments, rows[n].text);
}

static int add_all(struct arguments *arguments,
		   const struct jhcfg_workspace *workspace,
		   const struct jhcfg_range *ranges, size_t count,
		   struct jhcfg_diags *diags)
{
	const struct jhcfg_config *root =
		jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	uint8_t architecture;
	int err = 0;

	if (!root)
		return -ENOMEM;
	architecture = jhcfg_config_architecture(root);
	if (architecture == JAILHOUSE_X86) {
		add_memmaps(arguments, ranges, count);
		add_iommus(arguments,
			   jhcfg_system_platform(jhcfg_config_system(root)));
		return 0;
	}
	if (count)
		err = add_mem(arguments, workspace, root, ranges, count, diags);
	/* the driver takes EL2 over from Linux, which must not keep it for
	 * KVM, nor run in it */
	if (!err && architecture == JAILHOUSE_ARM64)
		add(arguments, "kvm-arm.mode=none id_aa64mmfr1.vh=0");
	return err;
}

/* How each loader writes the arguments: before, behind, and what a dollar sign
 * becomes. /etc/default/grub is read by a shell, which takes one backslash, and
 * what comes out by GRUB, which takes another one. */
static const struct {
	const char *before, *behind, *dollar;
} loaders[] = {
	[JHCFG_BOOT_PLAIN] = { "", "", "$" },
	[JHCFG_BOOT_GRUB] = { "GRUB_CMDLINE_LINUX=\"$GRUB_CMDLINE_LINUX ", "\"",
			      "\\\\\\$" },
	[JHCFG_BOOT_UBOOT] = { "setenv bootargs \"${bootargs} ", "\"", "\\$" },
};

static int escape(const char *arguments, enum jhcfg_boot_loader loader,
		  char **text)
{
	size_t size;
	FILE *file = open_memstream(text, &size);
	bool failed;

	if (!file)
		return -ENOMEM;
	fputs(loaders[loader].before, file);
	for (; *arguments; arguments++) {
		if (*arguments == '$')
			fputs(loaders[loader].dollar, file);
		else
			fputc(*arguments, file);
	}
	fprintf(file, "%s\n", loaders[loader].behind);
	failed = ferror(file);
	if (fclose(file) || failed) {
		free(*text);
		return -ENOMEM;
	}
	return 0;
}

int jhcfg_emit_command_line(const struct jhcfg_workspace *workspace,
			    enum jhcfg_boot_loader loader,
			    struct jhcfg_diags *diags, char **text)
{
	struct arguments arguments = { 0 };
	struct jhcfg_range *ranges;
	char *plain = NULL, *result;
	size_t count, size;
	int err = jhcfg_emit_reserved(workspace, &ranges, &count);

	if (err)
		return err;
	arguments.file = open_memstream(&plain, &size);
	if (!arguments.file) {
		free(ranges);
		return -ENOMEM;
	}
	err = add_all(&arguments, workspace, ranges, count, diags);
	if (fclose(arguments.file) && !err)
		err = -ENOMEM;
	if (!err)
		err = escape(plain, loader, &result);
	if (!err)
		*text = result;
	free(plain);
	free(ranges);
	return err;
}
