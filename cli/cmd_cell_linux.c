// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * cell linux: creates a cell and boots Linux in it. All that can be judged
 * beforehand is: nothing is created if the images do not fit.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>

#include <jhcfg/codec.h>
#include <jhcfg/file.h>

#include "cells_start.h"
#include "commands.h"
#include "config_file.h"
#include "device.h"
#include "linux_machine.h"
#include "output.h"
#include "unpack.h"

#define MAX_IMAGE (1024UL * 1024 * 1024)

struct file {
	const char *path; /* NULL: none is wanted */
	void *data;
	size_t size;
};

/* All that a run holds */
struct linux_cell {
	const struct cmd_line *line;
	struct config_file config_file;
	struct jhcfg_config *config;
	struct file kernel, initrd, dtb, loader;
	bool unpacked; /* the kernel's file is not what is loaded */
	struct jhcfg_linux_plan plan;
};

/* --- what is given
 * ---------------------------------------------------------------- */

static int read_file(struct file *file)
{
	int err;

	if (!file->path)
		return 0;
	err = jhcfg_file_read(file->path, MAX_IMAGE, &file->data, &file->size);
	if (!err && !file->size) {
		free(file->data);
		file->data = NULL;
		output_error("%s: the file is empty", file->path);
		return -EINVAL;
	}
	if (err)
		output_errno(file->path, err);
	return err;
}

static int unpack_kernel(struct linux_cell *cell)
{
	struct file *kernel = &cell->kernel;
	void *data;
	size_t size;
	int err;

	if (!unpack_is_gzip(kernel->data, kernel->size))
		return 0;
	err = unpack_gzip(kernel->path, MAX_IMAGE, &data, &size);
	if (err)
		return err;
	free(kernel->data);
	kernel->data = data;
	kernel->size = size;
	cell->unpacked = true;
	return 0;
}

static const char *find_loader(void)
{
	static const char *const places[] = {
		"/usr/libexec/jailhouse/linux-loader.bin",
		"/usr/share/jailhouse/inmates/linux-loader.bin",
		"/usr/local/libexec/jailhouse/linux-loader.bin",
	};

	for (size_t n = 0; n < sizeof(places) / sizeof(places[0]); n++)
		if (!access(places[n], R_OK))
			return places[n];
	return places[1];
}

static int read_config(struct linux_cell *cell)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = config_file_load(cell->line->argv[0], &cell->config_file);

	if (!err)
		err = jhcfg_codec_decode(cell->config_file.data,
					 cell->config_file.size, diags,
					 &cell->config);
	if (!err && jhcfg_config_system(cell->config)) {
		output_error("%s: this is a system, not a cell",
			     cell->config_file.path);
		err = -EINVAL;
	}
	output_diags(cell->line->argv[0], diags);
	jhcfg_diags_free(diags);
	return err;
}

static int read_files(struct linux_cell *cell)
{
	int err = read_config(cell);

	if (!err)
		err = read_file(&cell->kernel);
	if (!err)
		err = unpack_kernel(cell);
	if (!err)
		err = read_file(&cell->initrd);
	if (!err)
		err = read_file(&cell->dtb);
	return err;
}

/* --- the plan
 * --------------------------------------------------------------------- */

static bool parse_factor(const char *text, unsigned int *factor)
{
	unsigned long value;
	char *end;

	*factor = 0;
	if (!text)
		return true;
	errno = 0;
	value = strtoul(text, &end, 0);
	if (errno || end == text || *end || value < 1 || value > 100) {
		output_error("%s: the factor is a number from 1 to 100", text);
		return false;
	}
	*factor = (unsigned int)value;
	return true;
}

static int make_plan(struct linux_cell *cell)
{
	struct jhcfg_linux_images images = {
		.kernel = cell->kernel.data,
		.kernel_size = cell->kernel.size,
		.initrd_size = cell->initrd.size,
		.cmdline = cmd_option(cell->line, "cmdline"),
		.dtb = cell->dtb.data,
		.dtb_size = cell->dtb.size,
	};
	struct jhcfg_linux_machine machine = { 0 };
	struct jhcfg_diags *diags;
	int err = 0;

	if (!parse_factor(cmd_option(cell->line, "kernel-decomp-factor"),
			  &images.factor))
		return -EINVAL;
	if (!images.dtb)
		err = linux_machine_read(&machine);
	if (err)
		return err;
	diags = jhcfg_diags_new();
	err = jhcfg_linux_plan(cell->config, images.dtb ? NULL : &machine,
			       &images, diags, &cell->plan);
	output_diags(cell->line->argv[0], diags);
	if (err == -ENOMEM)
		output_errno("cell linux", err);
	jhcfg_diags_free(diags);
	linux_machine_release(&machine);
	return err;
}

/* --- doing it
 * --------------------------------------------------------------------- */

static void cell_id(const struct linux_cell *cell, struct jailhouse_cell_id *id)
{
	device_make_cell_id(jhcfg_cell_name(jhcfg_config_cell(cell->config)),
			    true, id);
}

#define MAX_IMAGES 5

static void add_image(struct jailhouse_cell_load *load, const void *data,
		      size_t size, uint64_t address)
{
	struct jailhouse_preload_image *image =
		&load->image[load->num_preload_images];

	if (!size)
		return;
	image->source_address = (uintptr_t)data;
	image->size = size;
	image->target_address = address;
	load->num_preload_images++;
}

static int load_images(struct linux_cell *cell)
{
	const struct jhcfg_linux_plan *plan = &cell->plan;
	struct jailhouse_cell_load *load;
	int err;

	load = calloc(1, sizeof(*load) + MAX_IMAGES * sizeof(load->image[0]));
	if (!load)
		return -ENOMEM;
	cell_id(cell, &load->cell_id);
	add_image(load, cell->loader.data, cell->loader.size, plan->loader);
	add_image(load, plan->params_text, strlen(plan->params_text) + 1,
		  plan->params);
	add_image(load, plan->dtb_data, plan->dtb_size, plan->dtb);
	add_image(load, cell->kernel.data, cell->kernel.size, plan->kernel);
	add_image(load, cell->initrd.data, cell->initrd.size, plan->initrd);
	err = device_request(DEVICE_CELL_LOAD, load);
	free(load);
	return err;
}

/* What failed half-way leaves no cell behind. */
static int boot(struct linux_cell *cell)
{
	struct jailhouse_cell_id id;
	int err;

	cell->loader.path = find_loader();
	err = read_file(&cell->loader);
	if (!err)
		err = cell_create(&cell->config_file);
	if (err)
		return err;
	cell_id(cell, &id);
	err = load_images(cell);
	if (!err)
		err = device_request(DEVICE_CELL_START, &id);
	if (err)
		device_request(DEVICE_CELL_DESTROY, &id);
	return err;
}

static void print_image(const char *path, uint64_t address)
{
	printf(" %s -a 0x%" PRIx64, path, address);
}

/* The same by the plain commands, with the device tree as a file */
static int write_params(struct linux_cell *cell, const char *path)
{
	const struct jhcfg_linux_plan *plan = &cell->plan;
	const char *name = jhcfg_cell_name(jhcfg_config_cell(cell->config));
	int err;

	if (cell->unpacked) {
		output_error("%s: the plain commands cannot unpack a kernel",
			     cell->kernel.path);
		output_hint("unpack it with gunzip");
		return -EINVAL;
	}
	err = jhcfg_file_write(path, plan->dtb_data, plan->dtb_size);
	if (err) {
		output_errno(path, err);
		return err;
	}
	printf("jailhouse cell create %s\n", cell->line->argv[0]);
	printf("jailhouse cell load --name %s", name);
	print_image(find_loader(), plan->loader);
	print_image(cell->kernel.path, plan->kernel);
	if (cell->initrd.path)
		print_image(cell->initrd.path, plan->initrd);
	print_image(path, plan->dtb);
	printf(" -s \"%s\" -a 0x%" PRIx64 "\n", plan->params_text,
	       plan->params);
	printf("jailhouse cell start --name %s\n", name);
	return 0;
}

/* --- the command
 * ------------------------------------------------------------------ */

static const struct {
	const char *name, *machine;
	bool known;
} archs[] = {
	{ "arm64", "aarch64", true },
	{ "arm", "armv7l", false },
	{ "x86", "x86_64", false },
};

/* By the option, else by the kernel that runs */
static bool arch_is_known(const char *wanted)
{
	struct utsname kernel;

	uname(&kernel);
	for (size_t n = 0; n < sizeof(archs) / sizeof(archs[0]); n++) {
		if (wanted ? strcmp(archs[n].name, wanted)
			   : strcmp(archs[n].machine, kernel.machine))
			continue;
		if (archs[n].known)
			return true;
		output_error("Linux cells of architecture %s are not "
			     "supported",
			     archs[n].name);
		return false;
	}
	output_error("%s: not an architecture; there are arm64, arm and x86",
		     wanted ? wanted : kernel.machine);
	return false;
}

static void release(struct linux_cell *cell)
{
	jhcfg_linux_plan_release(&cell->plan);
	free(cell->loader.data);
	free(cell->dtb.data);
	free(cell->initrd.data);
	free(cell->kernel.data);
	jhcfg_config_free(cell->config);
	if (cell->config_file.mapping)
		config_file_unload(&cell->config_file);
}

static int run(const struct cmd_line *line)
{
	const char *params = cmd_option(line, "write-params");
	struct linux_cell cell = {
		.line = line,
		.kernel.path = line->argv[1],
		.initrd.path = cmd_option(line, "initrd"),
		.dtb.path = cmd_option(line, "dtb"),
	};
	int err;

	if (!arch_is_known(cmd_option(line, "arch")))
		return CMD_FAILED;
	err = read_files(&cell);
	if (!err)
		err = make_plan(&cell);
	if (!err)
		err = params ? write_params(&cell, params) : boot(&cell);
	release(&cell);
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	{ 'd', "dtb", "DTB",
	  "device tree of the cell; without it, one is made from the "
	  "configuration",
	  COMPLETE_FILE },
	{ 'i', "initrd", "FILE", "initial RAM disk", COMPLETE_FILE },
	{ 'c', "cmdline", "TEXT", "command line of the kernel",
	  COMPLETE_NOTHING },
	{ 'w', "write-params", "FILE",
	  "create nothing: write the device tree to FILE and print the "
	  "commands that do the same",
	  COMPLETE_FILE },
	{ 'a', "arch", "ARCH", "arm64 (default: that of the running kernel)",
	  COMPLETE_NOTHING },
	{ 'k', "kernel-decomp-factor", "N",
	  "leave N times the size of the kernel free behind it (1)",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_cell_linux = {
	.words = { "cell", "linux" },
	.operands = "CELLCONFIG KERNEL",
	.summary = "boot Linux in a new cell",
	.description =
		"Creates the cell of the binary configuration CELLCONFIG, "
		"loads the kernel image KERNEL with its initial RAM disk and "
		"device tree, and starts it. Whether all of it fits is checked "
		"first. RAM for Linux are regions with the flags READ, WRITE, "
		"EXECUTE and DMA; the loader needs 64K of loadable memory at "
		"the reset address. A kernel compressed by gzip is unpacked. "
		"Without --dtb, the device tree is made of the configuration "
		"and the tree that the root runs with: it has the devices "
		"whose registers the cell owns, and says which of their "
		"clocks, resets and the like stay with the root.",
	.example = "jailhouse cell linux qemu-arm64-linux-demo.cell vmlinuz "
		   "-i initrd -c \"console=hvc0\"",
	.options = options,
	.min_operands = 2,
	.max_operands = 2,
	.usage_exit = CMD_FAILED,
	.complete = COMPLETE_FILE,
	.run = run,
};
