// SPDX-License-Identifier: GPL-2.0-or-later
/* The codec on compiled samples of every dialect. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/edit.h>
#include <jhcfg/jhcfg.h>

#include "samples.h"

static bool has(const struct sample *sample, unsigned int feature)
{
	return sample->features & feature;
}

static bool is(const struct sample *sample, const char *dialect)
{
	return !strcmp(sample->dialect, dialect);
}

static void name_sample(const struct sample *sample)
{
	printf("# %s, %s, %s\n", sample->dialect,
	       sample->is_system ? "system" : "cell",
	       sample->is_x86 ? "x86" : "arm64");
}

static void print_diags(const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		printf("#   %s %s: %s: %s\n", diag->rule, diag->place,
		       diag->object, diag->text);
}

/* Reads a sample, by its dialect or as whatever it looks like. */
static struct jhcfg_config *decode(const struct sample *sample, bool by_name,
				   const struct jhcfg_dialect **dialect)
{
	const struct jhcfg_decode_options options = {
		.dialect = by_name ? jhcfg_dialect_find(sample->dialect) : NULL,
		.architecture = JHCFG_TELL_ARCHITECTURE,
	};
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL;
	int err;

	assert_non_null(jhcfg_dialect_find(sample->dialect));
	err = jhcfg_codec_decode_as(sample->data, sample->size, &options, diags,
				    &config, dialect);
	if (err)
		print_diags(diags);
	assert_int_equal(err, 0);
	assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 0);
	if (by_name && jhcfg_diags_count(diags, JHCFG_WARNING))
		print_diags(diags);
	if (by_name)
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_WARNING), 0);
	jhcfg_diags_free(diags);
	return config;
}

static void assert_same_bytes(const struct sample *sample,
			      const struct jhcfg_config *config,
			      const struct jhcfg_dialect *dialect)
{
	const struct jhcfg_encode_options options = { .dialect = dialect };
	struct jhcfg_diags *diags = jhcfg_diags_new();
	const uint8_t *was = sample->data, *is;
	void *data = NULL;
	size_t size = 0;
	int err;

	err = jhcfg_codec_encode_as(config, &options, diags, &data, &size);
	print_diags(diags);
	assert_int_equal(err, 0);
	assert_int_equal(size, sample->size);
	is = data;
	for (size_t n = 0; n < size; n++) {
		if (is[n] != was[n])
			fail_msg("byte 0x%zx was %02x, is %02x", n, was[n],
				 is[n]);
	}
	free(data);
	jhcfg_diags_free(diags);
}

static void test_codec_each_dialect_round_trips(void **state)
{
	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		const struct jhcfg_dialect *dialect;
		struct jhcfg_config *config;

		name_sample(samples[n]);
		config = decode(samples[n], true, &dialect);
		assert_string_equal(jhcfg_dialect_name(dialect),
				    samples[n]->dialect);
		assert_same_bytes(samples[n], config, dialect);
		jhcfg_config_free(config);
	}
}

/* Cells of these are the same as cells of the other one, to the byte. */
static const char *const twins[][2] = {
	{ "rev13-first", "rev13" },
	{ "openeuler-13", "rev13" },
	{ "nxp-12", "rev12" },
};

static bool may_be_taken_for(const struct sample *sample, const char *dialect)
{
	if (is(sample, dialect))
		return true;
	for (size_t n = 0; n < sizeof(twins) / sizeof(twins[0]); n++) {
		if (!sample->is_system && is(sample, twins[n][0]) &&
		    !strcmp(dialect, twins[n][1]))
			return true;
	}
	return false;
}

static void test_codec_each_sample_is_recognized(void **state)
{
	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		const struct jhcfg_dialect *dialect;
		struct jhcfg_config *config;

		name_sample(samples[n]);
		config = decode(samples[n], false, &dialect);
		if (!may_be_taken_for(samples[n], jhcfg_dialect_name(dialect)))
			fail_msg("taken for %s", jhcfg_dialect_name(dialect));
		assert_int_equal(jhcfg_config_architecture(config),
				 samples[n]->is_x86 ? JAILHOUSE_X86
						    : JAILHOUSE_ARM64);
		assert_same_bytes(samples[n], config, dialect);
		jhcfg_config_free(config);
	}
}

static void test_codec_truncated_sample_is_refused(void **state)
{
	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		name_sample(samples[n]);
		for (size_t size = 0; size < samples[n]->size; size++) {
			struct jhcfg_diags *diags = jhcfg_diags_new();
			/* at its exact size, for the address sanitizer */
			void *data = malloc(size ? size : 1);
			struct jhcfg_config *config = NULL;

			memcpy(data, samples[n]->data, size);
			if (jhcfg_codec_decode(data, size, diags, &config) !=
			    -EINVAL)
				fail_msg("%zu of %zu bytes were read", size,
					 samples[n]->size);
			assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR),
					 1);
			assert_null(config);
			free(data);
			jhcfg_diags_free(diags);
		}
	}
}

/* Nothing of any fork is lost on the way through the project form. */
static void test_project_form_holds_each_sample(void **state)
{
	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		struct jhcfg_diags *diags = jhcfg_diags_new();
		struct jhcfg_config *config, *again = NULL;
		const struct jhcfg_dialect *dialect;
		char *text = NULL, *same = NULL;
		int err;

		name_sample(samples[n]);
		config = decode(samples[n], true, &dialect);
		assert_int_equal(jhcfg_project_write(config, &text), 0);
		err = jhcfg_project_read(text, strlen(text), diags, &again);
		print_diags(diags);
		assert_int_equal(err, 0);
		assert_null(jhcfg_diags_get(diags, 0));
		assert_true(jhcfg_config_equal(config, again));
		assert_same_bytes(samples[n], again, dialect);
		assert_int_equal(jhcfg_project_write(again, &same), 0);
		assert_string_equal(text, same);
		jhcfg_config_free(again);
		jhcfg_config_free(config);
		jhcfg_diags_free(diags);
		free(text);
		free(same);
	}
}

static void check_memory(const struct sample *sample,
			 const struct jhcfg_cell *cell)
{
	const struct jhcfg_memory *memory = jhcfg_cell_memory(cell, 0);
	uint64_t flags = JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			 JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA |
			 JAILHOUSE_MEM_LOADABLE;

	if (!has(sample, FEATURE_OLD_IVSHMEM))
		flags |= JAILHOUSE_MEM_NO_HUGEPAGES;
	if (is(sample, "wip-cache-coloring"))
		flags |= JHCFG_MEM_COLORED;
	assert_int_equal(memory->phys_start, 0x41000000);
	assert_int_equal(memory->virt_start, 0x1000);
	assert_int_equal(memory->size, 0x00ffe000);
	assert_int_equal(memory->flags, flags);

	memory = jhcfg_cell_memory(cell, 1);
	assert_int_equal(memory->phys_start, 0x123456780);
	assert_int_equal(memory->virt_start, 0x223456780);
	assert_int_equal(memory->size, 0x40);
	assert_int_equal(memory->flags, JAILHOUSE_MEM_READ | JAILHOUSE_MEM_IO |
						JAILHOUSE_MEM_IO_8 |
						JAILHOUSE_MEM_IO_32 |
						JAILHOUSE_MEM_IO_UNALIGNED);
	assert_int_equal(jhcfg_cell_memory(cell, 4)->virt_start, 0x80000000);
}

static void check_colors(const struct sample *sample,
			 const struct jhcfg_cell *cell)
{
	bool is_bu = !strncmp(sample->dialect, "bu-13", 5);
	size_t index = is_bu ? 5 : 4;
	const struct jhcfg_memory *memory = jhcfg_cell_memory(cell, index);

	assert_int_equal(jhcfg_cell_num_memory(cell), is_bu ? 7 : 5);
	if (!has(sample, FEATURE_COLORS))
		return;
	assert_true(memory->flags & JHCFG_MEM_COLORED);
	assert_int_equal(memory->colors, 0x00ff00ff00ff00f0);
	assert_int_equal(memory->rebase_offset,
			 is(sample, "bu-13-rebase") ? 0x123456789000 : 0);
	if (!is_bu)
		return;
	assert_int_equal(memory->phys_start, 0x900000000);
	memory = jhcfg_cell_memory(cell, 6);
	assert_int_equal(memory->phys_start, 0xb0000000);
	assert_int_equal(memory->flags, JHCFG_MEM_COLORED);
}

static void check_chips(const struct sample *sample,
			const struct jhcfg_cell *cell)
{
	static const uint32_t pins[] = { 0x11223344, 0x55667788, 0x99aabbcc,
					 0xddeeff00 };
	const struct jhcfg_irqchip *chip = jhcfg_cell_irqchip(cell, 0);

	assert_int_equal(jhcfg_cell_num_irqchips(cell), 1);
	assert_int_equal(chip->address,
			 sample->is_x86 ? 0xfec00000 : 0x2f000000);
	assert_int_equal(chip->id, sample->is_x86 ? 0x1f0f8 : 0);
	assert_int_equal(chip->pin_base, sample->is_x86 ? 0 : 32);
	assert_memory_equal(chip->pin_bitmap, pins, sizeof(pins));
}

static void check_x86_lists(const struct sample *sample,
			    const struct jhcfg_cell *cell)
{
	static const struct jhcfg_pio ports[] = {
		{ 0x40, 4 },
		{ 0x2f8, 8 },
		{ 0xd00, 0xf300 },
	};
	const struct jhcfg_cache *cache = jhcfg_cell_cache(cell, 0);

	assert_int_equal(jhcfg_cell_num_cache(cell), sample->is_x86);
	assert_int_equal(jhcfg_cell_num_pio(cell), sample->is_x86 ? 3 : 0);
	if (!sample->is_x86)
		return;
	assert_int_equal(cache->start, 3);
	assert_int_equal(cache->size, 5);
	assert_int_equal(cache->type, JAILHOUSE_CACHE_L3);
	assert_int_equal(cache->flags, JAILHOUSE_CACHE_ROOTSHARED);
	for (size_t n = 0; n < 3; n++) {
		assert_int_equal(jhcfg_cell_pio(cell, n)->base, ports[n].base);
		assert_int_equal(jhcfg_cell_pio(cell, n)->length,
				 ports[n].length);
	}
}

static void check_pci(const struct sample *sample,
		      const struct jhcfg_cell *cell)
{
	static const uint32_t masks[] = { 0xfffe0000, 0xffffffe0, 0xfffffff8,
					  0xffff0000, 0xffffffff, 0xfffff800 };
	const struct jhcfg_pci_device *device = jhcfg_cell_pci_device(cell, 0);
	bool is_old = has(sample, FEATURE_OLD_IVSHMEM);

	assert_int_equal(jhcfg_cell_num_pci_devices(cell), 3);
	assert_int_equal(device->type, JAILHOUSE_PCI_TYPE_DEVICE);
	assert_int_equal(device->iommu, 1);
	assert_int_equal(device->domain, 0x1234);
	assert_int_equal(device->bdf, 0x01f8);
	assert_int_equal(device->virt_bdf,
			 is(sample, "openeuler-14") ? 0xabcdef : 0);
	assert_memory_equal(device->bar_mask, masks, sizeof(masks));
	assert_int_equal(device->caps_start, 0);
	assert_int_equal(device->num_caps, 2);
	assert_int_equal(device->num_msi_vectors, 4);
	assert_int_equal(device->msi_64bits, 1);
	assert_int_equal(device->msi_maskable, 1);
	assert_int_equal(device->num_msix_vectors, 0x105);
	assert_int_equal(device->msix_region_size, 0x2000);
	assert_int_equal(device->msix_address, 0xf123450000);

	device = jhcfg_cell_pci_device(cell, 1);
	assert_int_equal(device->type, JAILHOUSE_PCI_TYPE_BRIDGE);
	assert_int_equal(device->caps_start, 1);
	assert_int_equal(device->msi_64bits, 0);
	assert_int_equal(device->msi_maskable, 1);

	device = jhcfg_cell_pci_device(cell, 2);
	assert_int_equal(device->type, JAILHOUSE_PCI_TYPE_IVSHMEM);
	assert_int_equal(device->shmem_protocol, JAILHOUSE_SHMEM_PROTO_VETH);
	assert_int_equal(device->shmem_regions_start, is_old ? 2 : 1);
	assert_int_equal(device->shmem_dev_id, is_old ? 0 : 1);
	assert_int_equal(device->shmem_peers, is_old ? 0 : 2);
}

static void check_caps(const struct jhcfg_cell *cell)
{
	const struct jhcfg_pci_cap *cap = jhcfg_cell_pci_cap(cell, 0);

	assert_int_equal(jhcfg_cell_num_pci_caps(cell), 2);
	assert_int_equal(cap->id, PCI_CAP_ID_MSI);
	assert_int_equal(cap->start, 0xd0);
	assert_int_equal(cap->len, 14);
	assert_int_equal(cap->flags, JAILHOUSE_PCICAPS_WRITE);
	cap = jhcfg_cell_pci_cap(cell, 1);
	assert_int_equal(cap->id, JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_ERR);
	assert_int_equal(cap->start, 0x100);
}

static void check_stream_ids(const struct sample *sample,
			     const struct jhcfg_cell *cell)
{
	const struct jhcfg_stream_id *id = jhcfg_cell_stream_id(cell, 0);

	if (is(sample, "nxp-10")) {
		assert_int_equal(jhcfg_cell_num_stream_ids(cell), 3);
		assert_int_equal(id->id, 0x11);
		assert_int_equal(id->mask, 0x7f80);
		assert_int_equal(jhcfg_cell_stream_id(cell, 2)->mask, 0x7c00);
	} else if (has(sample, FEATURE_STREAM_IDS)) {
		assert_int_equal(jhcfg_cell_num_stream_ids(cell), 3);
		assert_int_equal(id->id, 0x12340011);
		assert_int_equal(jhcfg_cell_stream_id(cell, 2)->id, 0x13);
	} else {
		assert_int_equal(jhcfg_cell_num_stream_ids(cell), 0);
	}
}

static void check_fork_lists(const struct sample *sample,
			     const struct jhcfg_cell *cell)
{
	const struct jhcfg_regmap *map = jhcfg_cell_regmap(cell, 0);
	const struct jhcfg_cpu_id *id = jhcfg_cell_cpu_id(cell, 0);

	if (is(sample, "ti-old-12")) {
		assert_int_equal(jhcfg_cell_num_regmaps(cell), 2);
		assert_int_equal(map->reg_base, 0x11c000);
		assert_int_equal(map->reg_count, 200);
		assert_int_equal(map->reg_size, 4);
		assert_int_equal(map->flags, 3);
		assert_int_equal(map->reg_bitmap[7], 0x80000000);
	}
	if (is(sample, "wip-cpu-config")) {
		assert_int_equal(jhcfg_cell_num_cpu_ids(cell), 2);
		assert_int_equal(id->phys_id, 0x80000001);
		assert_int_equal(id->reserved, 0x1122334455667788);
	} else {
		assert_int_equal(jhcfg_cell_num_cpus(cell), 8);
		assert_true(jhcfg_cell_has_cpu(cell, 15));
		assert_true(jhcfg_cell_has_cpu(cell, 64));
		assert_false(jhcfg_cell_has_cpu(cell, 1));
	}
}

static void check_descriptor(const struct sample *sample,
			     const struct jhcfg_cell *cell)
{
	const struct jhcfg_console *console = jhcfg_cell_console(cell);
	uint32_t flags = JAILHOUSE_CELL_PASSIVE_COMMREG;

	flags |= is(sample, "rev9") ? JHCFG_CELL_DEBUG_CONSOLE
				    : JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED;
	if (sample->is_x86)
		flags |= JAILHOUSE_CELL_TEST_DEVICE;
	else if (has(sample, FEATURE_AARCH32))
		flags |= JAILHOUSE_CELL_AARCH32;
	if (is(sample, "openeuler-14"))
		flags |= JHCFG_CELL_USE_VIRT_CPUID;
	assert_int_equal(jhcfg_cell_flags(cell), flags);
	assert_int_equal(jhcfg_cell_vpci_irq_base(cell), 123);
	assert_int_equal(jhcfg_cell_reset_address(cell), 0x1122334455667000);
	assert_int_equal(jhcfg_cell_msg_reply_timeout(cell),
			 0x8877665544332211);
	if (!has(sample, FEATURE_CELL_CONSOLE) || sample->is_x86)
		return;
	assert_int_equal(console->address, 0x1c0a0000);
	assert_int_equal(console->size, 0x1000);
	assert_int_equal(console->type, strncmp(sample->dialect, "bu", 2)
						? JAILHOUSE_CON_TYPE_XUARTPS
						: JHCFG_CON_TYPE_LINFLEX);
	assert_int_equal(console->flags, JAILHOUSE_CON_ACCESS_MMIO |
						 JAILHOUSE_CON_INVERTED_GATE |
						 JAILHOUSE_CON_REGDIST_4);
	assert_int_equal(console->divider, 13);
	assert_int_equal(console->gate_nr, 11);
	assert_int_equal(console->clock_reg, 0x1c0203044);
}

static void test_codec_cell_samples_have_their_values(void **state)
{
	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		const struct sample *sample = samples[n];
		struct jhcfg_config *config;
		const struct jhcfg_cell *cell;

		name_sample(sample);
		config = decode(sample, true, NULL);
		cell = jhcfg_config_cell(config);
		assert_string_equal(
			jhcfg_cell_name(cell),
			sample->is_system ? "root"
					  : "a-cell-with-a-name-of-31-chars!");
		check_descriptor(sample, cell);
		check_memory(sample, cell);
		check_colors(sample, cell);
		check_chips(sample, cell);
		check_x86_lists(sample, cell);
		check_pci(sample, cell);
		check_caps(cell);
		check_stream_ids(sample, cell);
		check_fork_lists(sample, cell);
		jhcfg_config_free(config);
	}
}

static void check_x86(const struct jhcfg_platform *platform)
{
	const struct jhcfg_iommu *unit = &platform->iommu_units[1];

	assert_int_equal(platform->pm_timer_address, 0x1808);
	assert_int_equal(platform->vtd_interrupt_limit, 256);
	assert_int_equal(platform->apic_mode, JAILHOUSE_APIC_MODE_X2APIC);
	assert_int_equal(platform->tsc_khz, 2904010);
	assert_int_equal(platform->apic_khz, 23913);
	assert_int_equal(unit->type, JAILHOUSE_IOMMU_AMD);
	assert_int_equal(unit->base, 0xfed90000);
	assert_int_equal(unit->size, 0x1000);
	assert_int_equal(unit->amd_bdf, 3);
	assert_int_equal(unit->amd_base_cap, 0x40);
	assert_int_equal(unit->amd_msi_cap, 0x64);
	assert_int_equal(unit->amd_features, 0x80048824);
	assert_int_equal(platform->iommu_units[2].type, 0);
}

static void check_arm_units(const struct sample *sample,
			    const struct jhcfg_platform *platform)
{
	const struct jhcfg_iommu *unit = platform->iommu_units;

	if (has(sample, FEATURE_NO_ARM_UNITS))
		return;
	assert_int_equal(unit->type, has(sample, FEATURE_UNTYPED_UNITS)
					     ? JAILHOUSE_IOMMU_ARM_MMU500
					     : JAILHOUSE_IOMMU_SMMUV3);
	assert_int_equal(unit->base, 0x36600000);
	assert_int_equal(unit->size, 0x100000);
	if (!strncmp(sample->dialect, "nxp", 3)) {
		assert_int_equal(unit->arm_sid_mask, 0x7f80);
		assert_int_equal(unit->arm_smmu_arch, 2);
		assert_int_equal(unit->arm_smmu_impl, 1);
	}
	if (!has(sample, FEATURE_PVU))
		return;
	unit++;
	assert_int_equal(unit->type, JAILHOUSE_IOMMU_PVU);
	assert_int_equal(unit->base, 0x30f80000);
	assert_int_equal(unit->size, 0x1000);
	assert_int_equal(unit->tlb_base, 0x36000000);
	assert_int_equal(unit->tlb_size, 0x40000);
	unit++;
	if (is(sample, "rev13"))
		assert_int_equal(unit->arm_sid_mask, 0x7f80);
}

static void check_arm(const struct sample *sample,
		      const struct jhcfg_platform *platform)
{
	assert_int_equal(platform->maintenance_irq, 25);
	assert_int_equal(platform->gic_version, 3);
	assert_int_equal(platform->gicd_base, 0x2f000000);
	assert_int_equal(platform->gicc_base, 0x2c000000);
	assert_int_equal(platform->gich_base, 0x2c010000);
	assert_int_equal(platform->gicv_base, 0x2c02f000);
	assert_int_equal(platform->gicr_base, 0x2f100000);
	check_arm_units(sample, platform);
}

static void check_omnivisor(const struct jhcfg_platform *platform)
{
	assert_int_equal(platform->no_spectre_mitigation, 1);
	assert_int_equal(platform->color_way_size, 0x10000);
	assert_int_equal(platform->color_root_map_offset, 0x0c000000000);
	assert_int_equal(platform->memguard[47], 2);
	assert_int_equal(platform->qos_nic_base, 0xfd700000);
	assert_int_equal(platform->qos_nic_size, 0x100000);
	assert_int_equal(platform->fpga[44], 4);
}

static void check_system(const struct sample *sample,
			 const struct jhcfg_system *system)
{
	const struct jhcfg_memory *memory =
		jhcfg_system_hypervisor_memory(system);
	const struct jhcfg_console *console =
		jhcfg_system_debug_console(system);
	const struct jhcfg_platform *platform = jhcfg_system_platform(system);

	assert_int_equal(jhcfg_system_flags(system),
			 has(sample, FEATURE_SYSTEM_FLAGS));
	assert_int_equal(memory->phys_start, 0x3a000000);
	assert_int_equal(memory->size, 0x600000);
	assert_int_equal(console->address, 0x1c090000);
	assert_int_equal(console->type, JAILHOUSE_CON_TYPE_PL011);
	assert_int_equal(console->flags,
			 JAILHOUSE_CON_ACCESS_MMIO | JAILHOUSE_CON_REGDIST_4 |
				 (is(sample, "rev9")
					  ? JHCFG_CON_SECOND_ON_ROOT_PAGE
					  : 0));
	assert_int_equal(console->divider, 27);
	assert_int_equal(console->gate_nr, 16);
	assert_int_equal(console->clock_reg, 0x1c0203040);
	assert_int_equal(platform->pci_mmconfig_base, 0xb0000000);
	assert_int_equal(platform->pci_mmconfig_end_bus, 0xfe);
	assert_int_equal(platform->pci_is_virtual, 1);
	assert_int_equal(platform->pci_domain, 0xffff);
	assert_int_equal(platform->pci_machine_mmconfig_base,
			 strncmp(sample->dialect, "openeuler", 9) ? 0
								  : 0xc0000000);
	assert_int_equal(platform->max_cache_colors,
			 is(sample, "wip-cache-coloring") ? 16 : 0);
	if (is(sample, "omnivisor-14"))
		check_omnivisor(platform);
	if (sample->is_x86)
		check_x86(platform);
	else
		check_arm(sample, platform);
}

static void test_codec_system_samples_have_their_values(void **state)
{
	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		struct jhcfg_config *config;

		if (!samples[n]->is_system)
			continue;
		name_sample(samples[n]);
		config = decode(samples[n], true, NULL);
		check_system(samples[n], jhcfg_config_system(config));
		jhcfg_config_free(config);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codec_each_dialect_round_trips),
		cmocka_unit_test(test_codec_cell_samples_have_their_values),
		cmocka_unit_test(test_codec_system_samples_have_their_values),
		cmocka_unit_test(test_codec_each_sample_is_recognized),
		cmocka_unit_test(test_codec_truncated_sample_is_refused),
		cmocka_unit_test(test_project_form_holds_each_sample),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
