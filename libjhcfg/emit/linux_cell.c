// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/linux_cell.h>

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libfdt.h>

#include <jailhouse/cell-config.h>

#include "emit/linux_cell_dt.h"
#include "util/bytes.h"

#define PAGE	     0x1000ULL
#define KERNEL_ALIGN 0x200000ULL
#define LOW_START    0x2000ULL /* in a region at 0, for the loader */
#define PARAMS	     0x1000ULL /* behind the loader's start */

/* Header of an Image: Documentation/arch/arm64/booting.rst of the kernel */
#define HEADER_SIZE	   64U
#define HEADER_TEXT_OFFSET 8U
#define HEADER_IMAGE_SIZE  16U
#define HEADER_MAGIC	   56U
#define MAGIC		   0x644d5241U /* "ARM\x64" */

struct kernel {
	uint64_t text_offset;
	uint64_t size; /* with what it takes at run time */
};

struct planner {
	const struct jhcfg_cell *cell;
	const struct jhcfg_linux_images *images;
	struct jhcfg_diags *diags;
	struct kernel kernel;
	uint64_t dtb_limit;
};

static int refuse(const struct planner *p, int err, const char *rule,
		  const char *hint, const char *text)
{
	jhcfg_diags_add(p->diags, JHCFG_ERROR, rule, jhcfg_cell_name(p->cell),
			"", hint, "%s", text);
	return err;
}

bool jhcfg_linux_is_ram(const struct jhcfg_memory *mem)
{
	const uint64_t needed = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
				JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA;
	const uint64_t foreign = JAILHOUSE_MEM_IO | JAILHOUSE_MEM_COMM_REGION |
				 JAILHOUSE_MEM_ROOTSHARED;

	return (mem->flags & needed) == needed && !(mem->flags & foreign);
}

static int read_header(struct planner *p)
{
	const unsigned char *image = p->images->kernel;

	if (p->images->kernel_size < HEADER_SIZE ||
	    jhcfg_get_le(image + HEADER_MAGIC, 4) != MAGIC)
		return refuse(p, -EINVAL, "B08",
			      "give an arm64 \"Image\", as /boot/vmlinuz of "
			      "Debian is one",
			      "the kernel is not an arm64 image");
	p->kernel.text_offset = jhcfg_get_le(image + HEADER_TEXT_OFFSET, 8);
	p->kernel.size = jhcfg_get_le(image + HEADER_IMAGE_SIZE, 8);
	if (p->kernel.size < p->images->kernel_size)
		p->kernel.size = p->images->kernel_size;
	if (p->kernel.text_offset >= KERNEL_ALIGN ||
	    p->kernel.size > UINT32_MAX)
		return refuse(p, -EINVAL, "B08", NULL,
			      "the kernel's header makes no sense");
	return 0;
}

static uint64_t align(uint64_t value, uint64_t size)
{
	return (value + size - 1) / size * size;
}

/* Places all in this region; what is needed is in *end, even if that is too
 * much. Sizes are below 4 GiB each, so that nothing wraps below 2^63. */
static bool place(const struct planner *p, const struct jhcfg_memory *mem,
		  struct jhcfg_linux_plan *plan, uint64_t *end)
{
	const struct jhcfg_linux_images *images = p->images;
	uint64_t factor = images->factor ? images->factor : 1;

	if (mem->virt_start > INT64_MAX || mem->size > INT64_MAX)
		return false;
	plan->dtb = mem->virt_start ? align(mem->virt_start, PAGE) : LOW_START;
	plan->kernel = align(plan->dtb + align(p->dtb_limit, PAGE) + PAGE,
			     KERNEL_ALIGN) +
		       p->kernel.text_offset;
	*end = plan->kernel + p->kernel.size;
	plan->initrd = 0;
	if (images->initrd_size) {
		plan->initrd = align(*end + factor * images->kernel_size, PAGE);
		*end = plan->initrd + images->initrd_size;
	}
	*end -= mem->virt_start;
	return *end <= mem->size;
}

static int refuse_size(const struct planner *p, const char *what, uint64_t need,
		       uint64_t largest)
{
	char text[160];

	snprintf(text, sizeof(text),
		 "%s take 0x%" PRIx64
		 " bytes, the largest RAM region has 0x%" PRIx64,
		 what, need, largest);
	return refuse(p, -ENOSPC, "B04",
		      "give the cell more memory, or use a smaller initrd",
		      text);
}

static int check_ram(const struct planner *p)
{
	const struct jhcfg_memory *mem;

	for (size_t n = 0; (mem = jhcfg_cell_memory(p->cell, n)); n++)
		if (jhcfg_linux_is_ram(mem) && mem->size)
			return 0;
	return refuse(p, -EINVAL, "B04",
		      "RAM for Linux has the flags READ, WRITE, EXECUTE, DMA "
		      "and LOADABLE",
		      "the cell has no RAM for Linux");
}

/* The first RAM region that is large enough for all */
static int place_images(const struct planner *p, struct jhcfg_linux_plan *plan)
{
	const struct jhcfg_memory *mem;
	uint64_t need = 0, largest = 0;

	for (size_t n = 0; (mem = jhcfg_cell_memory(p->cell, n)); n++) {
		if (!jhcfg_linux_is_ram(mem))
			continue;
		if (place(p, mem, plan, &need)) {
			if (mem->flags & JAILHOUSE_MEM_LOADABLE)
				return 0;
			return refuse(p, -EINVAL, "B03",
				      "add LOADABLE to the flags of the region",
				      "the RAM for Linux cannot be loaded");
		}
		if (mem->size > largest)
			largest = mem->size;
	}
	return refuse_size(p, "device tree, kernel and initrd", need, largest);
}

/* The loader and its parameters lie where the cell starts. */
static int check_loader(const struct planner *p, struct jhcfg_linux_plan *plan)
{
	uint64_t start = jhcfg_cell_reset_address(p->cell);
	const struct jhcfg_memory *mem;

	plan->loader = start;
	plan->params = start + PARAMS;
	for (size_t n = 0; (mem = jhcfg_cell_memory(p->cell, n)); n++) {
		uint64_t offset = start - mem->virt_start;

		if (start < mem->virt_start || offset >= mem->size)
			continue;
		if (!(mem->flags & JAILHOUSE_MEM_LOADABLE) ||
		    mem->size - offset < 0x10000)
			break;
		return 0;
	}
	return refuse(p, -EINVAL, "B05",
		      "give it a region of 64K there, with the flags READ, "
		      "WRITE, EXECUTE and LOADABLE",
		      "there is no loadable memory for the loader at the "
		      "cell's reset address");
}

static int plan_all(struct planner *p, const void *dtb, size_t dtb_size,
		    const struct jhcfg_config *config,
		    struct jhcfg_linux_plan *plan)
{
	const struct jhcfg_linux_images *images = p->images;
	int err;

	p->dtb_limit = jhcfg_linux_dt_limit(dtb_size, config, images->cmdline);
	err = place_images(p, plan);
	if (!err)
		err = check_loader(p, plan);
	if (!err)
		err = jhcfg_linux_complete_dt(
			dtb, dtb_size, config, images->cmdline, plan->initrd,
			images->initrd_size, p->diags, &plan->dtb_data);
	if (err)
		return err;
	plan->dtb_size = fdt_totalsize(plan->dtb_data);
	snprintf(plan->params_text, sizeof(plan->params_text),
		 "kernel=0x%" PRIx64 " dtb=0x%" PRIx64, plan->kernel,
		 plan->dtb);
	return 0;
}

int jhcfg_linux_plan(const struct jhcfg_config *cell,
		     const struct jhcfg_linux_machine *machine,
		     const struct jhcfg_linux_images *images,
		     struct jhcfg_diags *diags, struct jhcfg_linux_plan *plan)
{
	struct planner p = {
		.cell = jhcfg_config_cell(cell),
		.images = images,
		.diags = diags,
	};
	const void *dtb = images->dtb;
	size_t dtb_size = images->dtb_size;
	void *made = NULL;
	int err;

	memset(plan, 0, sizeof(*plan));
	if (jhcfg_config_architecture(cell) != JAILHOUSE_ARM64)
		return refuse(&p, -EINVAL, "B08", NULL,
			      "the cell is of another architecture than arm64");
	err = read_header(&p);
	if (!err)
		err = check_ram(&p);
	if (!err && !dtb) {
		if (!machine)
			return refuse(&p, -EINVAL, "B08", "give a device tree",
				      "nothing is known of the machine");
		err = jhcfg_linux_make_dt(cell, machine, diags, &made);
		dtb = made;
		dtb_size = made ? fdt_totalsize(made) : 0;
	}
	if (!err)
		err = plan_all(&p, dtb, dtb_size, cell, plan);
	free(made);
	return err;
}

void jhcfg_linux_plan_release(struct jhcfg_linux_plan *plan)
{
	free(plan->dtb_data);
	plan->dtb_data = NULL;
}
