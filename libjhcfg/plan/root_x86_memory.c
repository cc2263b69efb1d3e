// SPDX-License-Identifier: LGPL-2.1-or-later
/* Memory of the root cell of a PC. */
#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>

#include "plan/root_system.h"
#include "plan/root_x86.h"

#define KIB		1024ULL
#define MIB		(1024 * KIB)
#define GIB		(1024 * MIB)
#define LARGE_PAGE	(2 * MIB)
#define HYPERVISOR_SIZE (6 * MIB)
#define INMATE_SIZE	(76 * MIB)
/* Where existing command lines and cells have it */
#define USUAL_START 0x3a000000ULL
/* What a PC has in its first MiB */
#define LOW_RAM_END (640 * KIB)
#define ROM_START   (768 * KIB)

#define RW  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define RAM (RW | JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA)
#define ROM (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_EXECUTE)

/* --- what there is -------------------------------------------------------- */

static bool is_memmap(const struct jhcfg_hw_memory *memory)
{
	return memory->kind == JHCFG_HW_RESERVED &&
	       !strcmp(memory->name, "memmap");
}

/* Memory that firmware lets devices access: theirs in spite of an IOMMU */
static bool is_dma(const struct jhcfg_hw_memory *memory)
{
	return !strncmp(memory->name, "RMRR", 4) ||
	       !strncmp(memory->name, "IVMD", 4);
}

/* What processors of AMD keep for HyperTransport, where nothing is: document
 * 48882, table 3. */
static bool is_hypertransport(const struct jhcfg_hw_memory *memory)
{
	return memory->range.start == 0xfd00000000 &&
	       memory->range.size == 0x300000000;
}

static void read_banks(struct x86_root *root)
{
	const struct jhcfg_hw_memory *memory;
	struct jhcfg_range ram = root->options->ram;

	ranges_add_pages(&root->ram, ram.start, ram.size);
	for (size_t n = 0; (memory = jhcfg_board_memory(root->board, n)); n++) {
		uint64_t start = memory->range.start, size = memory->range.size;

		if (memory->kind != JHCFG_HW_RAM) {
			if (is_dma(memory))
				ranges_add_pages(&root->dma, start, size);
			if (!is_memmap(memory) && !is_hypertransport(memory))
				ranges_add_pages(&root->reserved, start, size);
		} else if (!ram.size) {
			ranges_add_pages(&root->ram, start, size);
		}
	}
	/* Page 0 and the end of low memory have tables of the firmware that
	 * Linux reads; both are RAM. */
	ranges_add(&root->ram, 0, LOW_RAM_END);
}

/* Registers of devices, less of those that are the hypervisor's. */
static void read_windows(struct x86_root *root)
{
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(root->board, n)); n++) {
		bool keep = device->kind == JHCFG_HW_DEVICE_IRQCHIP ||
			    device->kind == JHCFG_HW_DEVICE_IOMMU ||
			    device->kind == JHCFG_HW_DEVICE_PCI_HOST;

		for (size_t i = 0; i < device->num_windows; i++)
			ranges_add_pages(keep ? &root->kept : &root->mmio,
					 device->windows[i].start,
					 device->windows[i].size);
	}
	/* The window of VGA, which belongs to no BAR */
	ranges_add(&root->mmio, LOW_RAM_END, ROM_START - LOW_RAM_END);
}

void x86_read_memory(struct x86_root *root)
{
	const struct jhcfg_hw_pci_host *host;
	const struct jhcfg_hw_iommu *iommu;

	read_banks(root);
	read_windows(root);
	for (size_t n = 0; (host = jhcfg_board_pci_host(root->board, n)); n++)
		ranges_add_pages(&root->kept, host->ecam.start,
				 host->ecam.size);
	for (size_t n = 0; (iommu = jhcfg_board_iommu(root->board, n)); n++)
		ranges_add_pages(&root->kept, iommu->unit.base,
				 iommu->unit.size);
	ranges_merge(&root->ram);
	ranges_merge(&root->reserved);
	ranges_merge(&root->dma);
	ranges_merge(&root->mmio);
}

/* --- placing -------------------------------------------------------------- */

static void place_at(struct x86_root *root, uint64_t start)
{
	root->hypervisor.start = start;
	root->inmates.start = start + root->hypervisor.size;
}

static bool overlaps(const struct ranges *set, uint64_t start, uint64_t end)
{
	for (size_t n = 0; n < set->count; n++)
		if (start < set->items[n].start + set->items[n].size &&
		    end > set->items[n].start)
			return true;
	return false;
}

/* What the command line has reserved is what it was reserved for, if it can be
 * RAM. */
static bool place_in_memmap(struct x86_root *root)
{
	const struct jhcfg_hw_memory *memory;
	uint64_t hypervisor = root->hypervisor.size;

	for (size_t n = 0; (memory = jhcfg_board_memory(root->board, n)); n++) {
		uint64_t start = (memory->range.start + 4095) & ~4095ULL;
		uint64_t end =
			(memory->range.start + memory->range.size) & ~4095ULL;

		if (!is_memmap(memory) || start < MIB || end <= start ||
		    end - start <= hypervisor ||
		    overlaps(&root->kept, start, end) ||
		    overlaps(&root->mmio, start, end))
			continue;
		if (root->options->inmate_size &&
		    end - start - hypervisor < root->options->inmate_size)
			continue;
		if (!root->options->inmate_size)
			root->inmates.size = end - start - hypervisor;
		place_at(root, start);
		root->reserved_already = true;
		return true;
	}
	return false;
}

static bool fits(const struct jhcfg_range *free, uint64_t start, uint64_t size)
{
	return start >= free->start && size <= free->size &&
	       start - free->start <= free->size - size;
}

/* Where everybody has it if there is room, else as high as possible below
 * 4 GiB, and not where ISA devices and kernels want to be. */
static bool place_in_ram(struct x86_root *root, const struct ranges *free)
{
	uint64_t size = root->hypervisor.size + root->inmates.size;

	for (size_t n = 0; n < free->count; n++)
		if (fits(&free->items[n], USUAL_START, size)) {
			place_at(root, USUAL_START);
			return true;
		}
	for (size_t n = free->count; n-- > 0;) {
		uint64_t end = free->items[n].start + free->items[n].size;
		uint64_t start;

		if (end > 4 * GIB)
			end = 4 * GIB;
		if (end < size)
			continue;
		start = (end - size) & ~(LARGE_PAGE - 1);
		if (start >= 16 * MIB && fits(&free->items[n], start, size)) {
			place_at(root, start);
			return true;
		}
	}
	return false;
}

static uint64_t pages_of(uint64_t size, uint64_t fallback)
{
	if (!size)
		size = fallback;
	return size > UINT64_MAX / 4 ? UINT64_MAX / 4 & ~4095ULL
				     : (size + 4095) & ~4095ULL;
}

int x86_place(struct x86_root *root)
{
	struct ranges free = { 0 };
	bool found;

	root->hypervisor.size =
		pages_of(root->options->hypervisor_size, HYPERVISOR_SIZE);
	root->inmates.size = pages_of(root->options->inmate_size, INMATE_SIZE);
	if (!root->options->ram.size && place_in_memmap(root))
		return 0;
	for (size_t n = 0; n < root->ram.count; n++)
		ranges_add(&free, root->ram.items[n].start,
			   root->ram.items[n].size);
	ranges_subtract(&free, &root->reserved);
	found = place_in_ram(root, &free);
	if (free.failed)
		root->ram.failed = true;
	ranges_clear(&free);
	if (found)
		return 0;
	x86_say(root, JHCFG_ERROR, "G07",
		"ask for less with --mem-inmates and --mem-hv",
		"no RAM below 4 GiB is free for hypervisor and inmates");
	return -ENOSPC;
}

/* --- regions -------------------------------------------------------------- */

static int add_regions(struct x86_root *root, const struct ranges *set,
		       uint64_t flags, const char *name)
{
	int err = 0;

	for (size_t n = 0; !err && n < set->count; n++)
		err = root_add_region(root->config, set->items[n], flags, name,
				      "");
	return err;
}

/* Registers are named by the first device that has them. */
static int add_registers(struct x86_root *root)
{
	int err = 0;

	for (size_t n = 0; !err && n < root->mmio.count; n++) {
		size_t position = 0;
		const struct jhcfg_hw_device *device = jhcfg_board_device(
			root->board,
			jhcfg_board_device_at(root->board, root->mmio.items[n],
					      &position));

		err = root_add_region(root->config, root->mmio.items[n],
				      RW | JAILHOUSE_MEM_IO,
				      device ? device->name : "registers", "");
	}
	return err;
}

/*
 * Each address is in one region: what is kept is in none, RAM goes before what
 * is reserved (the pages where one ends and the other begins are RAM's), and
 * both before registers.
 */
static void separate(struct x86_root *root)
{
	struct ranges placed = { 0 };
	const struct jhcfg_range rom = { ROM_START, MIB - ROM_START };

	ranges_add(&placed, root->hypervisor.start, root->hypervisor.size);
	ranges_add(&placed, root->inmates.start, root->inmates.size);
	ranges_merge(&placed);
	ranges_merge(&root->kept);
	ranges_subtract(&root->ram, &root->kept);
	ranges_subtract(&root->mmio, &root->ram);
	ranges_subtract(&root->ram, &placed);
	ranges_subtract(&root->reserved, &placed);
	ranges_subtract(&root->dma, &root->ram);
	ranges_add(&placed, rom.start, rom.size);
	ranges_merge(&placed);
	ranges_subtract(&root->mmio, &placed);
	ranges_subtract(&root->mmio, &root->kept);
	ranges_subtract(&root->dma, &placed);
	ranges_subtract(&root->dma, &root->kept);
	ranges_subtract(&root->mmio, &root->dma);
	ranges_subtract(&root->reserved, &root->kept);
	ranges_subtract(&root->reserved, &root->ram);
	ranges_subtract(&root->reserved, &root->dma);
	ranges_subtract(&root->reserved, &root->mmio);
	ranges_subtract(&root->reserved, &placed);
	root->ram.failed |= placed.failed;
	ranges_clear(&placed);
}

int x86_add_memory(struct x86_root *root)
{
	int err;

	separate(root);
	err = add_regions(root, &root->ram, RAM, "RAM");
	if (!err)
		err = root_add_region(root->config, root->inmates, RAM,
				      "inmate RAM", "");
	if (!err)
		err = root_add_region(
			root->config,
			(struct jhcfg_range){ ROM_START, MIB - ROM_START }, ROM,
			"ROMs", "");
	if (!err)
		err = add_regions(root, &root->reserved, RW, "firmware");
	if (!err)
		err = add_regions(root, &root->dma, RW | JAILHOUSE_MEM_DMA,
				  "firmware, with DMA");
	return err ? err : add_registers(root);
}
