// SPDX-License-Identifier: GPL-2.0-or-later
#include "sample.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/private.h"

#include "cmocka_all.h"

/* Never the same twice, and all bytes of a 64-bit number in use. */
struct numbers {
	uint64_t next;
};

static uint64_t number(struct numbers *numbers)
{
	numbers->next += 0x0102030405060709;
	return numbers->next;
}

/* A member that is wide enough for the low bits only. */
#define FILL(numbers, member) ((member) = (__typeof__(member))number(numbers))

/* Bits that mean something in forks only, where the model has them. */
static void drop_forks(struct jhcfg_cell *cell)
{
	struct jhcfg_list *memory = &cell->lists[JHCFG_LIST_MEMORY];

	cell->flags &= ~(uint32_t)(JHCFG_CELL_USE_VIRT_CPUID |
				   JHCFG_CELL_DEBUG_CONSOLE);
	cell->console.flags &= (uint16_t)~JHCFG_CON_SECOND_ON_ROOT_PAGE;
	for (size_t n = 0; n < memory->count; n++)
		memory->items[n].value.memory.flags &=
			~(uint64_t)(JHCFG_MEM_COLORED |
				    JHCFG_MEM_COLORED_NO_COPY |
				    JHCFG_MEM_TMP_ROOT_REMAP);
}

static struct jhcfg_item *append(struct jhcfg_cell *cell,
				 enum jhcfg_list_id list)
{
	struct jhcfg_item *item = jhcfg_list_append(&cell->lists[list]);

	assert_non_null(item);
	return item;
}

static void fill_console(struct numbers *n, struct jhcfg_console *console)
{
	FILL(n, console->address);
	FILL(n, console->size);
	FILL(n, console->type);
	FILL(n, console->flags);
	FILL(n, console->divider);
	FILL(n, console->gate_nr);
	FILL(n, console->clock_reg);
}

static void fill_pci_device(struct numbers *n, struct jhcfg_pci_device *device)
{
	FILL(n, device->type);
	FILL(n, device->iommu);
	FILL(n, device->domain);
	FILL(n, device->bdf);
	for (int i = 0; i < 6; i++)
		FILL(n, device->bar_mask[i]);
	FILL(n, device->caps_start);
	FILL(n, device->num_caps);
	FILL(n, device->num_msi_vectors);
	device->msi_maskable = true;
	FILL(n, device->num_msix_vectors);
	FILL(n, device->msix_region_size);
	FILL(n, device->msix_address);
	FILL(n, device->shmem_regions_start);
	FILL(n, device->shmem_dev_id);
	FILL(n, device->shmem_peers);
	FILL(n, device->shmem_protocol);
}

static void fill_lists(struct numbers *n, struct jhcfg_cell *cell)
{
	struct jhcfg_memory *memory =
		&append(cell, JHCFG_LIST_MEMORY)->value.memory;
	struct jhcfg_cache *cache =
		&append(cell, JHCFG_LIST_CACHE)->value.cache;
	struct jhcfg_irqchip *irqchip =
		&append(cell, JHCFG_LIST_IRQCHIPS)->value.irqchip;
	struct jhcfg_pio *pio = &append(cell, JHCFG_LIST_PIO)->value.pio;
	struct jhcfg_pci_cap *cap =
		&append(cell, JHCFG_LIST_PCI_CAPS)->value.pci_cap;

	FILL(n, memory->phys_start);
	FILL(n, memory->virt_start);
	FILL(n, memory->size);
	FILL(n, memory->flags);
	FILL(n, cache->start);
	FILL(n, cache->size);
	FILL(n, cache->type);
	FILL(n, cache->flags);
	FILL(n, irqchip->address);
	FILL(n, irqchip->id);
	FILL(n, irqchip->pin_base);
	for (int i = 0; i < 4; i++)
		FILL(n, irqchip->pin_bitmap[i]);
	FILL(n, pio->base);
	FILL(n, pio->length);
	fill_pci_device(
		n, &append(cell, JHCFG_LIST_PCI_DEVICES)->value.pci_device);
	FILL(n, cap->id);
	FILL(n, cap->start);
	FILL(n, cap->len);
	FILL(n, cap->flags);
	FILL(n, append(cell, JHCFG_LIST_STREAM_IDS)->value.stream_id.id);
}

static void fill_cell(struct numbers *n, struct jhcfg_cell *cell)
{
	snprintf(cell->name, sizeof(cell->name), "sample");
	FILL(n, cell->flags);
	FILL(n, cell->vpci_irq_base);
	FILL(n, cell->reset_address);
	FILL(n, cell->msg_reply_timeout);
	fill_console(n, &cell->console);
	assert_int_equal(jhcfg_cpu_set_add(&cell->cpus, 1, 3), 0);
	assert_int_equal(jhcfg_cpu_set_add(&cell->cpus, 70, 70), 0);
	fill_lists(n, cell);
	fill_lists(n, cell);
	drop_forks(cell);
}

static void fill_iommus(struct numbers *n, struct jhcfg_platform *platform)
{
	static const uint32_t types[] = { 1, 2, 3, 4, 5 };

	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++) {
		struct jhcfg_iommu *unit = &platform->iommu_units[i];

		unit->type = types[i];
		FILL(n, unit->base);
		FILL(n, unit->size);
		if (unit->type == 1) {
			FILL(n, unit->amd_bdf);
			FILL(n, unit->amd_base_cap);
			FILL(n, unit->amd_msi_cap);
			FILL(n, unit->amd_features);
		}
		if (unit->type == 4) {
			FILL(n, unit->tlb_base);
			FILL(n, unit->tlb_size);
		}
	}
}

static void fill_system(struct numbers *n, struct jhcfg_system *system,
			uint8_t architecture)
{
	struct jhcfg_platform *platform = &system->platform;

	FILL(n, system->flags);
	FILL(n, system->hypervisor_memory.phys_start);
	FILL(n, system->hypervisor_memory.size);
	fill_console(n, &system->debug_console);
	system->debug_console.flags &= (uint16_t)~JHCFG_CON_SECOND_ON_ROOT_PAGE;
	FILL(n, platform->pci_mmconfig_base);
	FILL(n, platform->pci_mmconfig_end_bus);
	FILL(n, platform->pci_is_virtual);
	FILL(n, platform->pci_domain);
	fill_iommus(n, platform);
	if (architecture == 0) {
		FILL(n, platform->pm_timer_address);
		FILL(n, platform->apic_mode);
		FILL(n, platform->vtd_interrupt_limit);
		FILL(n, platform->tsc_khz);
		FILL(n, platform->apic_khz);
		return;
	}
	FILL(n, platform->maintenance_irq);
	FILL(n, platform->gic_version);
	FILL(n, platform->gicd_base);
	FILL(n, platform->gicc_base);
	FILL(n, platform->gich_base);
	FILL(n, platform->gicv_base);
	FILL(n, platform->gicr_base);
}

struct jhcfg_config *sample_config(bool is_system, uint8_t architecture)
{
	struct jhcfg_config *config = jhcfg_config_new(is_system, architecture);
	struct numbers numbers = { 0 };

	assert_non_null(config);
	if (is_system)
		fill_system(&numbers, &config->system, architecture);
	fill_cell(&numbers, &config->cell);
	return config;
}

void *sample_binary(bool is_system, uint8_t architecture, size_t *size)
{
	struct jhcfg_config *config = sample_config(is_system, architecture);
	void *data;

	assert_int_equal(jhcfg_codec_encode(config, NULL, &data, size), 0);
	jhcfg_config_free(config);
	return data;
}

const struct jhcfg_diag *sample_finding(const struct jhcfg_diags *diags,
					const char *rule)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++) {
		if (!strcmp(diag->rule, rule))
			return diag;
	}
	fail_msg("no finding of rule %s", rule);
	return NULL;
}
