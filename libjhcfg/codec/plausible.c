// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * How likely it is that a reading of a file is the right one. Layouts that
 * differ by a few bytes may fit the same file; under the wrong one, numbers
 * come out that nobody writes. Each such oddity counts.
 */
#include <ctype.h>

#include <jailhouse/cell-config.h>

#include "codec/codec.h"
#include "model/members.h"

#define PAGE_MASK 0xfffu
/* from where on a 32-bit address is one of an IOAPIC or local APIC */
#define X86_CHIPS     0xfec00000u
#define X86_CHIPS_END 0xfef00000u

static bool is_page_aligned(uint64_t value)
{
	return (value & PAGE_MASK) == 0;
}

static uint64_t all_flags(const struct jhcfg_name *names)
{
	uint64_t flags = 0;

	for (; names->name; names++)
		flags |= names->value;
	return flags;
}

static unsigned int judge_memory(const struct jhcfg_memory *region)
{
	uint64_t flags = region->flags;
	bool is_subpage = !is_page_aligned(region->virt_start | region->size);
	bool has_widths = flags & (JAILHOUSE_MEM_IO_8 | JAILHOUSE_MEM_IO_16 |
				   JAILHOUSE_MEM_IO_32 | JAILHOUSE_MEM_IO_64);
	unsigned int odd = 0;

	odd += (flags & ~all_flags(jhcfg_memory_flag_names)) != 0;
	odd += region->phys_start + region->size < region->phys_start;
	odd += region->virt_start + region->size < region->virt_start;
	if (!(flags & JAILHOUSE_MEM_COMM_REGION))
		odd += !is_page_aligned(region->phys_start ^
					region->virt_start);
	odd += is_subpage && !has_widths;
	/* the two that changed places */
	odd += is_subpage && (flags & JAILHOUSE_MEM_NO_HUGEPAGES);
	odd += !is_subpage && (flags & JAILHOUSE_MEM_IO_UNALIGNED);
	odd += region->colors && !(flags & JHCFG_MEM_COLORED);
	return odd;
}

static unsigned int judge_console(const struct jhcfg_dialect *dialect,
				  const struct jhcfg_console *console)
{
	unsigned int odd = 0;

	odd += console->type > dialect->max_console_type &&
	       console->type != dialect->own_console_type;
	odd += (console->flags & ~all_flags(jhcfg_console_flag_names)) != 0;
	odd += console->type && !console->address;
	odd += !console->type && console->address;
	odd += console->gate_nr > 31;
	return odd;
}

/* Of the new kind, with its state table, common and output sections. */
static unsigned int judge_ivshmem(const struct jhcfg_pci_device *device,
				  size_t num_memory)
{
	uint16_t protocol = device->shmem_protocol;
	uint64_t last = device->shmem_regions_start;
	unsigned int odd = protocol > JAILHOUSE_SHMEM_PROTO_VETH &&
			   protocol < JAILHOUSE_SHMEM_PROTO_CUSTOM;

	if (!device->shmem_peers)
		return odd + (last >= num_memory);
	last += 1u + device->shmem_peers;
	return odd + (device->shmem_peers < 2) +
	       (device->shmem_dev_id >= device->shmem_peers) +
	       (last >= num_memory);
}

static unsigned int judge_pci_device(const struct jhcfg_pci_device *device,
				     const struct jhcfg_cell *cell)
{
	size_t num_caps = cell->lists[JHCFG_LIST_PCI_CAPS].count;
	unsigned int odd = 0;

	odd += !jhcfg_name_of(jhcfg_pci_types, device->type);
	odd += device->iommu >= JHCFG_MAX_IOMMU_UNITS;
	odd += (size_t)device->caps_start + device->num_caps > num_caps;
	odd += !is_page_aligned(device->msix_address);
	if (device->type == JAILHOUSE_PCI_TYPE_IVSHMEM)
		odd += judge_ivshmem(device,
				     cell->lists[JHCFG_LIST_MEMORY].count);
	else
		odd += device->shmem_protocol != 0;
	return odd;
}

static unsigned int judge_irqchip(const struct jhcfg_irqchip *chip)
{
	return (chip->pin_base % 32 != 0) + (chip->pin_base > 1024) +
	       (chip->address % 4 != 0);
}

static unsigned int judge_iommus(const struct jhcfg_dialect *dialect,
				 const struct jhcfg_platform *platform)
{
	unsigned int odd = 0, used = 0;

	for (unsigned int n = 0; n < JHCFG_MAX_IOMMU_UNITS; n++) {
		const struct jhcfg_iommu *unit = &platform->iommu_units[n];

		if (jhcfg_is_zero(unit, sizeof(*unit)))
			continue;
		odd += n > used; /* a gap before it */
		used = n + 1;
		odd += !unit->base || !is_page_aligned(unit->base);
		odd += !unit->size || !is_page_aligned(unit->size);
		odd += unit->type > dialect->max_iommu_type;
	}
	return odd;
}

static unsigned int judge_platform(uint8_t architecture,
				   const struct jhcfg_platform *platform)
{
	unsigned int odd = 0;

	odd += !is_page_aligned(platform->pci_mmconfig_base);
	odd += platform->pci_is_virtual > 1;
	if (architecture == JAILHOUSE_X86) {
		odd += platform->apic_mode > JAILHOUSE_APIC_MODE_X2APIC;
		odd += platform->vtd_interrupt_limit > 0x10000;
		odd += platform->tsc_khz > 10000000;
		return odd;
	}
	odd += platform->gic_version != 2 && platform->gic_version != 3;
	odd += !platform->gicd_base || !is_page_aligned(platform->gicd_base);
	odd += !is_page_aligned(platform->gicc_base | platform->gich_base |
				platform->gicv_base | platform->gicr_base);
	return odd;
}

static unsigned int judge_system(const struct jhcfg_dialect *dialect,
				 const struct jhcfg_config *config)
{
	const struct jhcfg_system *system = &config->system;
	const struct jhcfg_memory *memory = &system->hypervisor_memory;
	unsigned int odd = 0;

	odd += (system->flags & ~all_flags(jhcfg_system_flag_names)) != 0;
	odd += !is_page_aligned(memory->phys_start) || !memory->phys_start;
	odd += !is_page_aligned(memory->size) || !memory->size;
	return odd + judge_console(dialect, &system->debug_console) +
	       judge_platform(config->architecture, &system->platform) +
	       judge_iommus(dialect, &system->platform);
}

static unsigned int judge_name(const char *name)
{
	if (!*name)
		return 1;
	for (; *name; name++) {
		if (!isprint((unsigned char)*name))
			return 1;
	}
	return 0;
}

bool codec_is_nameless(const struct jhcfg_config *config)
{
	return judge_name(config->cell.name);
}

unsigned int codec_count_head_oddities(const struct jhcfg_dialect *dialect,
				       const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = &config->cell;
	unsigned int odd = judge_name(cell->name);

	odd += (cell->flags & ~all_flags(jhcfg_cell_flag_names)) != 0;
	odd += cell->cpus.size % 8 != 0;
	odd += cell->vpci_irq_base > 1024;
	odd += judge_console(dialect, &cell->console);
	if (config->has_system)
		odd += judge_system(dialect, config);
	return odd;
}

unsigned int codec_count_list_oddities(const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = &config->cell;
	const struct jhcfg_list *memory = &cell->lists[JHCFG_LIST_MEMORY];
	const struct jhcfg_list *pci = &cell->lists[JHCFG_LIST_PCI_DEVICES];
	const struct jhcfg_list *chips = &cell->lists[JHCFG_LIST_IRQCHIPS];
	unsigned int odd = 0;

	for (size_t n = 0; n < memory->count; n++)
		odd += judge_memory(&memory->items[n].value.memory);
	for (size_t n = 0; n < pci->count; n++)
		odd += judge_pci_device(&pci->items[n].value.pci_device, cell);
	for (size_t n = 0; n < chips->count; n++)
		odd += judge_irqchip(&chips->items[n].value.irqchip);
	return odd;
}

static bool has_x86_chip(const struct jhcfg_cell *cell)
{
	const struct jhcfg_list *chips = &cell->lists[JHCFG_LIST_IRQCHIPS];

	for (size_t n = 0; n < chips->count; n++) {
		uint64_t address = chips->items[n].value.irqchip.address;

		if (address >= X86_CHIPS && address < X86_CHIPS_END)
			return true;
	}
	return false;
}

uint8_t codec_guess_architecture(const struct jhcfg_config *config)
{
	const struct jhcfg_cell *cell = &config->cell;
	bool is_x86 = cell->pio_bitmap_size ||
		      cell->lists[JHCFG_LIST_PIO].count ||
		      cell->lists[JHCFG_LIST_CACHE].count ||
		      (cell->flags & JAILHOUSE_CELL_TEST_DEVICE) ||
		      has_x86_chip(cell);

	return is_x86 ? JAILHOUSE_X86 : JAILHOUSE_ARM64;
}
