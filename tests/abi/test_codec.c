// SPDX-License-Identifier: GPL-2.0-or-later
/* What the codec writes stands where the description of the format puts it. */
#include <stdlib.h>
#include <string.h>

#include "model/private.h"

#include "cmocka_all.h"
#include "layout.h"
#include "sample.h"

#define CELL_HEAD   132
#define SYSTEM_HEAD 356
#define CPU_SET	    16 /* the sample has CPU 70 */

/* Compares field @name of the record at @bytes with a number of the model. */
#define SAME(layout, bytes, name, value)                                       \
	assert_int_equal(layout_get(&layout, name, bytes), value)

static void check_memory(const uint8_t *bytes, const struct jhcfg_memory *mem)
{
	SAME(layout_memory, bytes, "phys_start", mem->phys_start);
	SAME(layout_memory, bytes, "virt_start", mem->virt_start);
	SAME(layout_memory, bytes, "size", mem->size);
	SAME(layout_memory, bytes, "flags", mem->flags);
}

static void check_console(const uint8_t *bytes,
			  const struct jhcfg_console *console)
{
	SAME(layout_console, bytes, "address", console->address);
	SAME(layout_console, bytes, "size", console->size);
	SAME(layout_console, bytes, "type", console->type);
	SAME(layout_console, bytes, "flags", console->flags);
	SAME(layout_console, bytes, "divider", console->divider);
	SAME(layout_console, bytes, "gate_nr", console->gate_nr);
	SAME(layout_console, bytes, "clock_reg", console->clock_reg);
}

static void check_cache(const uint8_t *bytes, const struct jhcfg_cache *cache)
{
	SAME(layout_cache, bytes, "start", cache->start);
	SAME(layout_cache, bytes, "size", cache->size);
	SAME(layout_cache, bytes, "type", cache->type);
	SAME(layout_cache, bytes, "flags", cache->flags);
}

static void check_irqchip(const uint8_t *bytes,
			  const struct jhcfg_irqchip *chip)
{
	static const struct layout_field words[] = {
		{ "0", 16, 4 }, { "1", 20, 4 }, { "2", 24, 4 },
		{ "3", 28, 4 }, { NULL, 0, 0 },
	};
	static const struct layout bitmap = { "bitmap", 32, words };

	SAME(layout_irqchip, bytes, "address", chip->address);
	SAME(layout_irqchip, bytes, "id", chip->id);
	SAME(layout_irqchip, bytes, "pin_base", chip->pin_base);
	SAME(bitmap, bytes, "0", chip->pin_bitmap[0]);
	SAME(bitmap, bytes, "1", chip->pin_bitmap[1]);
	SAME(bitmap, bytes, "2", chip->pin_bitmap[2]);
	SAME(bitmap, bytes, "3", chip->pin_bitmap[3]);
}

static void check_pci_device(const uint8_t *bytes,
			     const struct jhcfg_pci_device *device)
{
#define PCI(name) SAME(layout_pci_device, bytes, #name, device->name)
	PCI(type);
	PCI(iommu);
	PCI(domain);
	PCI(bdf);
	for (unsigned int n = 0; n < 6; n++) {
		const struct layout_field bar[] = { { "bar", 6 + 4 * n, 4 },
						    { NULL, 0, 0 } };
		const struct layout layout = { "bars", 56, bar };

		SAME(layout, bytes, "bar", device->bar_mask[n]);
	}
	PCI(caps_start);
	PCI(num_caps);
	PCI(num_msi_vectors);
	SAME(layout_pci_device, bytes, "msi_flags",
	     (unsigned int)device->msi_64bits |
		     (unsigned int)device->msi_maskable << 1);
	PCI(num_msix_vectors);
	PCI(msix_region_size);
	PCI(msix_address);
	PCI(shmem_regions_start);
	PCI(shmem_dev_id);
	PCI(shmem_peers);
	PCI(shmem_protocol);
}

/* The arrays behind the descriptor, in their documented order. */
static void check_arrays(const uint8_t *pos, const struct jhcfg_cell *cell,
			 const uint8_t *end)
{
	assert_int_equal(pos[0], 0x0e); /* CPUs 1 to 3 */
	assert_int_equal(pos[8], 0x40); /* CPU 70 */
	pos += CPU_SET;
	for (size_t n = 0; n < jhcfg_cell_num_memory(cell); n++, pos += 32)
		check_memory(pos, jhcfg_cell_memory(cell, n));
	for (size_t n = 0; n < jhcfg_cell_num_cache(cell); n++, pos += 12)
		check_cache(pos, jhcfg_cell_cache(cell, n));
	for (size_t n = 0; n < jhcfg_cell_num_irqchips(cell); n++, pos += 32)
		check_irqchip(pos, jhcfg_cell_irqchip(cell, n));
	for (size_t n = 0; n < jhcfg_cell_num_pio(cell); n++, pos += 4) {
		SAME(layout_pio, pos, "base", jhcfg_cell_pio(cell, n)->base);
		SAME(layout_pio, pos, "length",
		     jhcfg_cell_pio(cell, n)->length);
	}
	for (size_t n = 0; n < jhcfg_cell_num_pci_devices(cell); n++, pos += 56)
		check_pci_device(pos, jhcfg_cell_pci_device(cell, n));
	for (size_t n = 0; n < jhcfg_cell_num_pci_caps(cell); n++, pos += 8) {
		const struct jhcfg_pci_cap *cap = jhcfg_cell_pci_cap(cell, n);

		SAME(layout_pci_cap, pos, "id", cap->id);
		SAME(layout_pci_cap, pos, "start", cap->start);
		SAME(layout_pci_cap, pos, "len", cap->len);
		SAME(layout_pci_cap, pos, "flags", cap->flags);
	}
	for (size_t n = 0; n < jhcfg_cell_num_stream_ids(cell); n++, pos += 4)
		SAME(layout_stream_id, pos, "id",
		     jhcfg_cell_stream_id(cell, n)->id);
	assert_ptr_equal(pos, end);
}

static void check_descriptor(const uint8_t *bytes,
			     const struct jhcfg_cell *cell)
{
#define DESC(name, value) SAME(layout_cell, bytes, name, value)
	assert_string_equal((const char *)bytes + 8, cell->name);
	DESC("id", 0);
	DESC("flags", cell->flags);
	DESC("cpu_set_size", CPU_SET);
	DESC("num_memory_regions", 2);
	DESC("num_cache_regions", 2);
	DESC("num_irqchips", 2);
	DESC("num_pio_regions", 2);
	DESC("num_pci_devices", 2);
	DESC("num_pci_caps", 2);
	DESC("num_stream_ids", 2);
	DESC("vpci_irq_base", cell->vpci_irq_base);
	DESC("cpu_reset_address", cell->reset_address);
	DESC("msg_reply_timeout", cell->msg_reply_timeout);
	check_console(bytes + 100, &cell->console);
}

static void test_cell_of_each_architecture_written_as_documented(void **state)
{
	(void)state;
	for (uint8_t architecture = 0; architecture <= 2; architecture++) {
		struct jhcfg_config *config =
			sample_config(false, architecture);
		size_t size;
		uint8_t *bytes = sample_binary(false, architecture, &size);

		assert_memory_equal(bytes, "JHCLL", 5);
		SAME(layout_cell, bytes, "architecture", architecture);
		SAME(layout_cell, bytes, "revision", 14);
		check_descriptor(bytes, &config->cell);
		check_arrays(bytes + CELL_HEAD, &config->cell, bytes + size);
		free(bytes);
		jhcfg_config_free(config);
	}
}

static void check_iommus(const uint8_t *pos,
			 const struct jhcfg_platform *platform)
{
	for (int n = 0; n < 8; n++, pos += 28) {
		const struct jhcfg_iommu *unit = &platform->iommu_units[n];

		SAME(layout_iommu, pos, "type", unit->type);
		SAME(layout_iommu, pos, "base", unit->base);
		SAME(layout_iommu, pos, "size", unit->size);
		if (unit->type == 1) {
			SAME(layout_iommu_amd, pos, "bdf", unit->amd_bdf);
			SAME(layout_iommu_amd, pos, "base_cap",
			     unit->amd_base_cap);
			SAME(layout_iommu_amd, pos, "msi_cap",
			     unit->amd_msi_cap);
			SAME(layout_iommu_amd, pos, "features",
			     unit->amd_features);
		}
		if (unit->type == 4) {
			SAME(layout_iommu_pvu, pos, "tlb_base", unit->tlb_base);
			SAME(layout_iommu_pvu, pos, "tlb_size", unit->tlb_size);
		}
	}
}

static void check_x86(const uint8_t *bytes, const struct jhcfg_platform *p)
{
#define X86(name) SAME(layout_system_x86, bytes, #name, p->name)
	X86(pm_timer_address);
	X86(apic_mode);
	X86(vtd_interrupt_limit);
	X86(tsc_khz);
	X86(apic_khz);
}

static void check_arm(const uint8_t *bytes, const struct jhcfg_platform *p)
{
#define ARM(name) SAME(layout_system_arm, bytes, #name, p->name)
	ARM(maintenance_irq);
	ARM(gic_version);
	ARM(gicd_base);
	ARM(gicc_base);
	ARM(gich_base);
	ARM(gicv_base);
	ARM(gicr_base);
}

static void check_system(const uint8_t *bytes,
			 const struct jhcfg_config *config)
{
	const struct jhcfg_platform *platform = &config->system.platform;

	SAME(layout_system, bytes, "architecture", config->architecture);
	SAME(layout_system, bytes, "revision", 14);
	SAME(layout_system, bytes, "flags", config->system.flags);
	check_memory(bytes + 12, &config->system.hypervisor_memory);
	check_console(bytes + 44, &config->system.debug_console);
	SAME(layout_system, bytes, "pci_mmconfig_base",
	     platform->pci_mmconfig_base);
	SAME(layout_system, bytes, "pci_mmconfig_end_bus",
	     platform->pci_mmconfig_end_bus);
	SAME(layout_system, bytes, "pci_is_virtual", platform->pci_is_virtual);
	SAME(layout_system, bytes, "pci_domain", platform->pci_domain);
	check_iommus(bytes + 88, platform);
	if (config->architecture == 0)
		check_x86(bytes, platform);
	else
		check_arm(bytes, platform);
}

static void test_system_of_each_architecture_written_as_documented(void **state)
{
	(void)state;
	for (uint8_t architecture = 0; architecture <= 2; architecture++) {
		struct jhcfg_config *config = sample_config(true, architecture);
		size_t size;
		uint8_t *bytes = sample_binary(true, architecture, &size);

		assert_memory_equal(bytes, "JHSYS", 5);
		check_system(bytes, config);
		/* the embedded root cell carries no signature */
		SAME(layout_cell, bytes + SYSTEM_HEAD, "signature", 0);
		SAME(layout_cell, bytes + SYSTEM_HEAD, "architecture", 0);
		SAME(layout_cell, bytes + SYSTEM_HEAD, "revision", 0);
		check_descriptor(bytes + SYSTEM_HEAD, &config->cell);
		check_arrays(bytes + SYSTEM_HEAD + CELL_HEAD, &config->cell,
			     bytes + size);
		free(bytes);
		jhcfg_config_free(config);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_cell_of_each_architecture_written_as_documented),
		cmocka_unit_test(
			test_system_of_each_architecture_written_as_documented),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
