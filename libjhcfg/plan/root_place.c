// SPDX-License-Identifier: LGPL-2.1-or-later
/* Where hypervisor, inmates and virtual PCI of an Arm board go. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "plan/root.h"

#define MIB		(1ULL << 20)
#define GIB		(1ULL << 30)
#define LARGE_PAGE	(2 * MIB)
#define HYPERVISOR_SIZE (4 * MIB)
#define INMATE_SIZE	(64 * MIB)
#define ASSUMED_RAM	GIB

/* --- RAM ----------------------------------------------------------------- */

static uint64_t align_up(uint64_t value, uint64_t align)
{
	return (value + align - 1) & ~(align - 1);
}

/* The widest hole between registers below 4 GiB is where RAM is, as a rule. */
static uint64_t guess_ram(const struct root *root)
{
	uint64_t at = 0, best = 0, best_size = 0;

	for (size_t n = 0; n <= root->mmio.count && at < 4 * GIB; n++) {
		bool end = n == root->mmio.count ||
			   root->mmio.items[n].start > 4 * GIB;
		uint64_t next = end ? 4 * GIB : root->mmio.items[n].start;

		if (next > at && next - at > best_size) {
			best = at;
			best_size = next - at;
		}
		if (end)
			break;
		at = root->mmio.items[n].start + root->mmio.items[n].size;
	}
	return best_size > 2 * GIB ? align_up(best, GIB)
				   : align_up(best, GIB / 4);
}

/* What the boot loader would fill in: from where the tree says, or a guess, and
 * no more than every such board has. */
static void assume_ram(struct root *root)
{
	uint64_t start = jhcfg_board_ram_start(root->board);

	if (!start)
		start = guess_ram(root);
	ranges_add(&root->ram, start, ASSUMED_RAM);
	jhcfg_diags_add(root->diags, JHCFG_WARNING, "G06", "root cell",
			jhcfg_board_source(root->board),
			"import /sys/firmware/fdt of the running board, or "
			"say where RAM is with --ram",
			"the boot loader fills in where RAM is: assumed "
			"[0x%" PRIx64 "-0x%" PRIx64 "]",
			start, start + (uint64_t)(ASSUMED_RAM - 1));
}

static void read_memory(struct root *root)
{
	const struct jhcfg_hw_memory *memory;
	struct jhcfg_range ram = root->options->ram;

	ranges_add(&root->ram, ram.start, ram.size);
	for (size_t n = 0; (memory = jhcfg_board_memory(root->board, n)); n++) {
		uint64_t start = memory->range.start, size = memory->range.size;

		if (memory->kind != JHCFG_HW_RAM)
			ranges_add_pages(&root->reserved, start, size);
		else if (!ram.size)
			ranges_add(&root->ram, start, size & ~4095ULL);
		if (memory->kind == JHCFG_HW_FIRMWARE && memory->no_map)
			ranges_add_pages(&root->firmware, start, size);
	}
	if (!root->ram.count)
		assume_ram(root);
	ranges_merge(&root->ram);
	ranges_merge(&root->reserved);
	ranges_merge(&root->firmware);
}

/* Hypervisor behind the inmates, as high as possible, below 4 GiB if there is
 * room: a mem= then keeps Linux from both. */
static bool place_below(struct root *root, const struct ranges *free,
			uint64_t size, uint64_t limit)
{
	for (size_t n = free->count; n-- > 0;) {
		uint64_t start = free->items[n].start;
		uint64_t end = start + free->items[n].size;

		if (end > limit)
			end = limit;
		end &= ~(LARGE_PAGE - 1);
		if (end < size || end - size < start)
			continue;
		root->inmates.start = end - size;
		root->hypervisor.start = end - root->hypervisor.size;
		return true;
	}
	return false;
}

/* A reservation that somebody made for us, as root_generate() proposes it: the
 * hypervisor gets its end, inmates what is before. */
static bool place_reserved(struct root *root)
{
	const struct jhcfg_hw_memory *memory;

	for (size_t n = 0; (memory = jhcfg_board_memory(root->board, n)); n++) {
		uint64_t start = align_up(memory->range.start, 4096);
		uint64_t end = (memory->range.start + memory->range.size) &
			       ~(LARGE_PAGE - 1);
		uint64_t size = root->hypervisor.size + root->inmates.size;

		if (memory->kind != JHCFG_HW_RESERVED ||
		    !strstr(memory->name, "jailhouse") ||
		    !jhcfg_board_is_ram(root->board, memory->range) ||
		    end < start || end - start < size)
			continue;
		root->hypervisor.start = end - root->hypervisor.size;
		if (!root->options->inmate_size)
			root->inmates.size = root->hypervisor.start - start;
		root->inmates.start =
			root->hypervisor.start - root->inmates.size;
		root->reserved_for_us = true;
		return true;
	}
	return false;
}

static int place(struct root *root)
{
	struct ranges free = { 0 };
	uint64_t total = 0, size;
	bool found;

	for (size_t n = 0; n < root->ram.count; n++) {
		total += root->ram.items[n].size;
		ranges_add(&free, root->ram.items[n].start,
			   root->ram.items[n].size);
	}
	ranges_subtract(&free, &root->reserved);
	ranges_subtract(&free, &root->mmio);
	root->hypervisor.size = root->options->hypervisor_size
					? root->options->hypervisor_size
					: HYPERVISOR_SIZE;
	root->inmates.size = root->options->inmate_size
				     ? root->options->inmate_size
			     : total >= 8 * INMATE_SIZE ? INMATE_SIZE
							: total / 8;
	root->hypervisor.size = align_up(root->hypervisor.size, LARGE_PAGE);
	root->inmates.size = align_up(root->inmates.size, LARGE_PAGE);
	size = root->hypervisor.size + root->inmates.size;
	found = place_reserved(root) ||
		place_below(root, &free, size, 4 * GIB) ||
		place_below(root, &free, size, UINT64_MAX);
	ranges_clear(&free);
	return found ? 0
		     : root_refuse(
			       root, -ENOSPC, "G07",
			       "ask for less with --mem-inmates and --mem-hv",
			       "no RAM is free for hypervisor and inmates");
}

/* --- virtual PCI --------------------------------------------------------- */

static bool is_domain_of_host(const struct jhcfg_board *board, uint16_t domain)
{
	const struct jhcfg_hw_pci_host *host;

	for (size_t n = 0; (host = jhcfg_board_pci_host(board, n)); n++)
		if (host->domain == domain)
			return true;
	return false;
}

/* The lowest that no host bridge has: a tree may number them as it likes. */
static uint16_t free_domain(const struct jhcfg_board *board)
{
	uint16_t domain = 0;

	while (domain < 0xfffe && is_domain_of_host(board, domain))
		domain++;
	return domain;
}

/* The tightest hole between registers, so that RAM that the tree does not know
 * of is far. */
static int place_pci(struct root *root)
{
	struct ranges taken = { 0 };
	const struct ranges *sources[] = { &root->mmio, &root->registers,
					   &root->ram, &root->reserved };
	uint64_t best = 0, best_size = UINT64_MAX;

	for (size_t s = 0; s < sizeof(sources) / sizeof(*sources); s++)
		for (size_t n = 0; n < sources[s]->count; n++)
			ranges_add(&taken, sources[s]->items[n].start,
				   sources[s]->items[n].size);
	ranges_merge(&taken);
	for (size_t n = 0; n + 1 < taken.count; n++) {
		uint64_t start =
			align_up(taken.items[n].start + taken.items[n].size,
				 ROOT_PCI_WINDOW);
		uint64_t end = taken.items[n + 1].start;

		if (end > start && end - start >= ROOT_PCI_WINDOW &&
		    end - start < best_size && start < 4 * GIB) {
			best = start;
			best_size = end - start;
		}
	}
	root->reserved.failed |= taken.failed;
	ranges_clear(&taken);
	if (!best)
		return root_refuse(
			root, -ENOSPC, "G08", NULL,
			"no address is free for the virtual PCI host");
	root->platform.pci_mmconfig_base = best;
	root->platform.pci_is_virtual = 1;
	root->platform.pci_domain = free_domain(root->board);
	return 0;
}

/* Four SPIs in a row that no device has, the highest that the GIC is sure to
 * have: it has as many as its devices need, by 32. */
static int place_vpci_irqs(struct root *root)
{
	bool used[ROOT_NUM_INTIDS] = { false };
	uint32_t highest = ROOT_FIRST_SPI + 31;
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++)
		for (size_t i = 0; i < device->num_irqs; i++) {
			uint32_t number = device->irqs[i].number;

			if (device->irqs[i].nested || number >= ROOT_NUM_INTIDS)
				continue;
			used[number] = true;
			if (number > highest)
				highest = number;
		}
	highest |= 31;
	if (highest >= ROOT_NUM_INTIDS)
		highest = ROOT_NUM_INTIDS - 1;
	for (uint32_t first = highest - 3; first >= ROOT_FIRST_SPI; first--)
		if (!used[first] && !used[first + 1] && !used[first + 2] &&
		    !used[first + 3]) {
			jhcfg_config_set_vpci_irq_base(root->config,
						       first - ROOT_FIRST_SPI);
			return 0;
		}
	return root_refuse(root, -ENOSPC, "G09", NULL,
			   "no four SPIs in a row are free for virtual PCI");
}

int root_place(struct root *root)
{
	int err;

	read_memory(root);
	err = place(root);
	if (!err)
		err = place_pci(root);
	return err ? err : place_vpci_irqs(root);
}
