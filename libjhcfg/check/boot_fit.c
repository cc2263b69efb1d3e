// SPDX-License-Identifier: LGPL-2.1-or-later
/* B03, B04: images and the memory that they are loaded into. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "check/boot.h"
#include "check/image_kinds.h"
#include "check/linux_memory.h"
#include "check/regions.h"

#define LOAD_FLAGS ((uint64_t)(JAILHOUSE_MEM_WRITE | JAILHOUSE_MEM_LOADABLE))

const struct jhcfg_image *boot_next_image(const struct check *check,
					  const struct check_cell *cell,
					  size_t *position)
{
	while (*position < check->options->num_images) {
		const struct jhcfg_image *image =
			&check->options->images[(*position)++];

		if (image->cell == cell->key)
			return image;
	}
	return NULL;
}

const struct jhcfg_image *boot_image(const struct check *check,
				     const struct check_cell *cell,
				     enum jhcfg_image_kind kind)
{
	const struct jhcfg_image *image;
	size_t position = 0;

	while ((image = boot_next_image(check, cell, &position)))
		if (image->kind == kind)
			return image;
	return NULL;
}

/* --- growing -------------------------------------------------------------- */

/* Who has something in the physical range: a cell, the hypervisor, Linux. */
static const char *holder_of(const struct fix *fix, uint64_t start,
			     uint64_t last)
{
	const struct check *check = fix->check;
	struct linux_memory memory;
	uint64_t first;
	bool used;

	for (size_t n = 0; n < check->num_all_regions; n++) {
		const struct check_region *region = &check->all_regions[n];

		if ((!region->cell->is_root ||
		     region->cell->shmem[region->index]) &&
		    region->start <= last && region->last >= start)
			return region->cell->name;
	}
	if (check_overlaps(start, last - start + 1,
			   check->hypervisor->phys_start,
			   check->hypervisor->size))
		return "the hypervisor";
	used = linux_memory_make(&memory, check) ||
	       (memory.known &&
		linux_memory_uses(&memory, start, last - start + 1, &first));
	linux_memory_clear(&memory);
	return used ? "Linux" : NULL;
}

static bool guest_range_is_free(const struct check_cell *cell, size_t index,
				uint64_t start, uint64_t size)
{
	const struct jhcfg_memory *other;

	for (size_t n = 0; (other = jhcfg_cell_memory(cell->cell, n)); n++)
		if (n != index && check_overlaps(start, size, other->virt_start,
						 region_guest_size(other)))
			return false;
	return true;
}

int fix_grow(const struct fix *fix, size_t index, uint64_t size)
{
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	const char *holder;
	uint64_t more;
	int err = fix_region_of(fix, fix->cell, index, &config, &memory);

	if (err)
		return err;
	if (size > UINT64_MAX / 2)
		size = UINT64_MAX / 2; /* is refused below */
	size = (size + CHECK_PAGE_MASK) & ~CHECK_PAGE_MASK;
	if (size <= memory.size)
		return 0;
	more = size - memory.size;
	if (check_last(memory.phys_start, size) == UINT64_MAX ||
	    !guest_range_is_free(fix->cell, index,
				 memory.virt_start + memory.size, more))
		return fix_refuse(fix, "move the image, or the region",
				  "%s has no room behind it at guest addresses",
				  region_text(fix->cell, index).text);
	holder = holder_of(fix, memory.phys_start + memory.size,
			   check_last(memory.phys_start, size));
	if (holder)
		return fix_refuse(fix, "move the region",
				  "behind %s is memory of %s",
				  region_text(fix->cell, index).text, holder);
	memory.size = size;
	return jhcfg_config_replace_memory(config, index, &memory);
}

/* --- B03 ------------------------------------------------------------------ */

static void judge_image(struct check *check, const struct check_cell *cell,
			const struct jhcfg_image *image, size_t number)
{
	struct found found = {
		.cell = cell,
		.element = JHCFG_AT_IMAGE,
		.index = number,
	};
	const struct jhcfg_memory *memory;
	size_t index;

	memory = check_region_of_virt(cell, image->address, 1, &index);
	if (!memory || region_is_comm(memory)) {
		found.unfixable = true;
		check_report(check, &found,
			     "cell \"%s\": \"%s\" is to be loaded to 0x%" PRIx64
			     ", where it has no memory",
			     cell->name, image->name, image->address);
		return;
	}
	found.related = cell;
	found.related_element = JHCFG_AT_MEMORY;
	found.related_index = index;
	found.unfixable = index >= cell->num_own_memory;
	if ((memory->flags & LOAD_FLAGS) != LOAD_FLAGS)
		check_report(check, &found,
			     "cell \"%s\": \"%s\" is to be loaded to %s, which "
			     "is not LOADABLE and WRITE",
			     cell->name, image->name,
			     region_text(cell, index).text);
	else if (image->size >
		 memory->size - (image->address - memory->virt_start))
		check_report(check, &found,
			     "cell \"%s\": \"%s\" [0x%" PRIx64 "-0x%" PRIx64
			     "] is larger than what is left of %s",
			     cell->name, image->name, image->address,
			     check_last(image->address, image->size),
			     region_text(cell, index).text);
}

void check_images_fit(struct check *check, const struct check_cell *cell)
{
	const struct jhcfg_image *image;
	size_t position = 0;

	while (!cell->is_root &&
	       (image = boot_next_image(check, cell, &position)))
		if (image->size && image->kind != JHCFG_IMAGE_CONFIG)
			judge_image(check, cell, image, position - 1);
}

int fix_images_fit(struct fix *fix)
{
	const struct jhcfg_image *image =
		&fix->check->options->images[fix->finding->at.index];
	size_t index = fix->finding->related.index;
	struct jhcfg_config *config;
	struct jhcfg_memory memory;
	int err;

	err = fix_region_of(fix, fix->cell, index, &config, &memory);
	if (err)
		return err;
	if ((memory.flags & LOAD_FLAGS) == LOAD_FLAGS)
		return fix_grow(fix, index,
				image->size > UINT64_MAX / 2
					? UINT64_MAX / 2
					: image->address - memory.virt_start +
						  image->size);
	if (region_is_io(&memory))
		return fix_refuse(fix, "choose another address", "%s is no RAM",
				  region_text(fix->cell, index).text);
	memory.flags |= LOAD_FLAGS;
	return jhcfg_config_replace_memory(config, index, &memory);
}

/* --- B04 ------------------------------------------------------------------ */

#define LINUX_RAM                                                              \
	((uint64_t)(JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |                 \
		    JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA))
#define LARGE_PAGE (2 * 1024 * 1024ULL)

static uint64_t add_rounded(uint64_t sum, uint64_t size)
{
	if (size > UINT64_MAX / 4 || sum > UINT64_MAX / 2)
		return UINT64_MAX / 2;
	return sum + (size + LARGE_PAGE - 1) / LARGE_PAGE * LARGE_PAGE;
}

/* What kernel, initrd and tree take together; 0: no kernel is bound. */
static uint64_t linux_size(const struct check *check,
			   const struct check_cell *cell)
{
	const struct jhcfg_image *image;
	uint64_t sum = 0;
	size_t position = 0;
	bool kernel = false;

	while ((image = boot_next_image(check, cell, &position)))
		switch (image->kind) {
		case JHCFG_IMAGE_KERNEL:
			kernel = true;
			sum = add_rounded(sum, image_kernel_memory(image));
			break;
		case JHCFG_IMAGE_INITRD:
		case JHCFG_IMAGE_DTB:
			sum = add_rounded(sum, image->size);
			break;
		default:
			break;
		}
	return kernel ? sum : 0;
}

/* Its largest region that Linux can take for RAM; JHCFG_NO_INDEX: none. */
static size_t linux_ram(const struct check_cell *cell)
{
	const struct jhcfg_memory *memory;
	size_t best = JHCFG_NO_INDEX;
	uint64_t size = 0;

	for (size_t n = 0; (memory = jhcfg_cell_memory(cell->cell, n)); n++)
		if ((memory->flags & LINUX_RAM) == LINUX_RAM &&
		    memory->size > size) {
			best = n;
			size = memory->size;
		}
	return best;
}

void check_linux_fits(struct check *check, const struct check_cell *cell)
{
	const uint64_t size = linux_size(check, cell);
	const size_t index = linux_ram(cell);

	/* no such region at all is M15 */
	if (cell->is_root || !size || index == JHCFG_NO_INDEX ||
	    jhcfg_cell_memory(cell->cell, index)->size >= size)
		return;
	check_report(
		check,
		&(struct found){ .cell = cell,
				 .element = JHCFG_AT_MEMORY,
				 .index = index,
				 .unfixable = index >= cell->num_own_memory,
				 .detail = { size } },
		"kernel, initrd and device tree of cell \"%s\" take "
		"0x%" PRIx64 " bytes, more than %s",
		cell->name, size, region_text(cell, index).text);
}

int fix_linux_fits(struct fix *fix)
{
	return fix_grow(fix, fix->finding->at.index, fix->finding->detail[0]);
}
