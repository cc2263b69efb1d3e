// SPDX-License-Identifier: GPL-2.0-only
#include <linux/io.h>
#include <linux/kernel.h>
#include <linux/mm.h>
#include <linux/sched/signal.h>
#include <linux/uaccess.h>

#include "arch.h"
#include "cell.h"
#include "config.h"
#include "jh.h"
#include "loader.h"
#include "memory.h"

/* Bounds what a large image takes of the kernel's address space, and how long
 * a killed process goes on. */
#define WINDOW_SIZE (4ULL << 20)

/* Copies to physical memory; source and size are checked by the copying. */
static int copy_window(u64 phys, const void __user *source, size_t size)
{
	u64 page = phys & PAGE_MASK;
	size_t offset = phys - page;
	void *window;
	int err = 0;

	window = jh_memory_map(page, offset + size);
	if (!window) {
		jh_err("[0x%llx-0x%llx] cannot be mapped: out of reach, or used by Linux",
		       phys, phys + size - 1);
		return -EBUSY;
	}
	if (copy_from_user(window + offset, source, size))
		err = -EFAULT;
	jh_arch_clean_to_memory(window + offset, size);
	memunmap(window);
	return err;
}

int jh_load_image(const struct jh_cell *cell,
		  const struct jailhouse_preload_image *image)
{
	u64 source = image->source_address, left = image->size, phys;
	struct jh_diag diag;
	int err;

	if (left == 0)
		return 0;
	err = jh_config_find_target(cell->regions, cell->num_regions,
				    image->target_address, left, &phys, &diag);
	if (err) {
		jh_err("cell \"%s\": %s", cell->name, diag.text);
		return err;
	}
	while (left > 0) {
		size_t size = min(left, WINDOW_SIZE);

		if (fatal_signal_pending(current))
			return -EINTR;
		err = copy_window(phys, u64_to_user_ptr(source), size);
		if (err)
			return err;
		phys += size;
		source += size;
		left -= size;
		cond_resched();
	}
	return 0;
}

void jh_load_finish(void)
{
	jh_arch_sync_instructions();
}
