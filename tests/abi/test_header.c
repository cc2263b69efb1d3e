// SPDX-License-Identifier: GPL-2.0-or-later
/* The structs of our ABI headers are where the description puts them. */
#include <string.h>

#include <jailhouse/cell-config.h>
#include <jailhouse/comm-region.h>
#include <jailhouse/driver.h>
#include <jailhouse/hypercall.h>

#include "cmocka_all.h"
#include "layout.h"

#define CHECK(layout, type, member, field)                                     \
	do {                                                                   \
		const struct layout_field *f = layout_find(&layout, field);    \
                                                                               \
		assert_int_equal(offsetof(type, member), f->off);              \
		assert_int_equal(sizeof(((type *)0)->member), f->width);       \
	} while (0)

#define CELL(m)	  CHECK(layout_cell, struct jailhouse_cell_desc, m, #m)
#define SYSTEM(m) CHECK(layout_system, struct jailhouse_system, m, #m)
#define PLATFORM(m)                                                            \
	CHECK(layout_system, struct jailhouse_system, platform_info.m, #m)
#define X86(m)                                                                 \
	CHECK(layout_system_x86, struct jailhouse_system, platform_info.x86.m, \
	      #m)
#define ARM(m)                                                                 \
	CHECK(layout_system_arm, struct jailhouse_system, platform_info.arm.m, \
	      #m)

static void test_cell_descriptor_members_at_documented_offsets(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct jailhouse_cell_desc), layout_cell.size);
	CELL(signature);
	CELL(architecture);
	CELL(revision);
	CELL(name);
	CELL(id);
	CELL(flags);
	CELL(cpu_set_size);
	CELL(num_memory_regions);
	CELL(num_cache_regions);
	CELL(num_irqchips);
	CELL(num_pio_regions);
	CELL(num_pci_devices);
	CELL(num_pci_caps);
	CELL(num_stream_ids);
	CELL(vpci_irq_base);
	CELL(cpu_reset_address);
	CELL(msg_reply_timeout);
	CELL(console);
}

static void test_system_members_at_documented_offsets(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct jailhouse_system), 488);
	assert_int_equal(offsetof(struct jailhouse_system, root_cell), 356);
	SYSTEM(signature);
	SYSTEM(architecture);
	SYSTEM(revision);
	SYSTEM(flags);
	SYSTEM(hypervisor_memory);
	SYSTEM(debug_console);
	PLATFORM(pci_mmconfig_base);
	PLATFORM(pci_mmconfig_end_bus);
	PLATFORM(pci_is_virtual);
	PLATFORM(pci_domain);
	PLATFORM(iommu_units);
	X86(pm_timer_address);
	X86(apic_mode);
	X86(vtd_interrupt_limit);
	X86(tsc_khz);
	X86(apic_khz);
	ARM(maintenance_irq);
	ARM(gic_version);
	ARM(gicd_base);
	ARM(gicc_base);
	ARM(gich_base);
	ARM(gicv_base);
	ARM(gicr_base);
}

#define MEMORY(m)  CHECK(layout_memory, struct jailhouse_memory, m, #m)
#define CACHE(m)   CHECK(layout_cache, struct jailhouse_cache, m, #m)
#define IRQCHIP(m) CHECK(layout_irqchip, struct jailhouse_irqchip, m, #m)
#define PIO(m)	   CHECK(layout_pio, struct jailhouse_pio, m, #m)
#define PCI(m)	   CHECK(layout_pci_device, struct jailhouse_pci_device, m, #m)
#define CAP(m)	   CHECK(layout_pci_cap, struct jailhouse_pci_capability, m, #m)
#define CONSOLE(m) CHECK(layout_console, struct jailhouse_console, m, #m)
#define IOMMU(m)   CHECK(layout_iommu, struct jailhouse_iommu, m, #m)

static void test_element_members_at_documented_offsets(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct jailhouse_memory), 32);
	MEMORY(phys_start);
	MEMORY(virt_start);
	MEMORY(size);
	MEMORY(flags);
	assert_int_equal(sizeof(struct jailhouse_cache), 12);
	CACHE(start);
	CACHE(size);
	CACHE(type);
	CACHE(flags);
	assert_int_equal(sizeof(struct jailhouse_irqchip), 32);
	IRQCHIP(address);
	IRQCHIP(id);
	IRQCHIP(pin_base);
	IRQCHIP(pin_bitmap);
	assert_int_equal(sizeof(struct jailhouse_pio), 4);
	PIO(base);
	PIO(length);
	assert_int_equal(sizeof(struct jailhouse_pci_capability), 8);
	CAP(id);
	CAP(start);
	CAP(len);
	CAP(flags);
	assert_int_equal(sizeof(struct jailhouse_console), 32);
	CONSOLE(address);
	CONSOLE(size);
	CONSOLE(type);
	CONSOLE(flags);
	CONSOLE(divider);
	CONSOLE(gate_nr);
	CONSOLE(clock_reg);
	assert_int_equal(sizeof(struct jailhouse_iommu), 28);
	IOMMU(type);
	IOMMU(base);
	IOMMU(size);
	CHECK(layout_iommu_amd, struct jailhouse_iommu, amd.bdf, "bdf");
	CHECK(layout_iommu_amd, struct jailhouse_iommu, amd.base_cap,
	      "base_cap");
	CHECK(layout_iommu_amd, struct jailhouse_iommu, amd.msi_cap, "msi_cap");
	CHECK(layout_iommu_amd, struct jailhouse_iommu, amd.features,
	      "features");
	CHECK(layout_iommu_pvu, struct jailhouse_iommu, tipvu.tlb_base,
	      "tlb_base");
	CHECK(layout_iommu_pvu, struct jailhouse_iommu, tipvu.tlb_size,
	      "tlb_size");
	assert_int_equal(sizeof(union jailhouse_stream_id), 4);
}

static void test_pci_device_members_at_documented_offsets(void **state)
{
	struct jailhouse_pci_device device = { 0 };
	const uint8_t *bytes = (const void *)&device;

	(void)state;
	assert_int_equal(sizeof(struct jailhouse_pci_device), 56);
	PCI(type);
	PCI(iommu);
	PCI(domain);
	PCI(bdf);
	PCI(bar_mask);
	PCI(caps_start);
	PCI(num_caps);
	PCI(num_msi_vectors);
	PCI(num_msix_vectors);
	PCI(msix_region_size);
	PCI(msix_address);
	PCI(shmem_regions_start);
	PCI(shmem_dev_id);
	PCI(shmem_peers);
	PCI(shmem_protocol);
	device.msi_64bits = 1;
	assert_int_equal(bytes[35], 1);
	device.msi_maskable = 1;
	assert_int_equal(bytes[35], 3);
}

static void test_comm_region_members_at_documented_offsets(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct jailhouse_comm_region_arm), 100);
	assert_int_equal(sizeof(struct jailhouse_comm_region_x86), 76);
#define AT(arch, member, off)                                                  \
	assert_int_equal(                                                      \
		offsetof(struct jailhouse_comm_region_##arch, member), off)
	AT(arm, signature, 0);
	AT(arm, revision, 6);
	AT(arm, cell_state, 8);
	AT(arm, msg_to_cell, 12);
	AT(arm, reply_from_cell, 16);
	AT(arm, flags, 20);
	AT(arm, console, 24);
	AT(arm, pci_mmconfig_base, 56);
	AT(arm, gic_version, 64);
	AT(arm, gicd_base, 72);
	AT(arm, gicc_base, 80);
	AT(arm, gicr_base, 88);
	AT(arm, vpci_irq_base, 96);
	AT(x86, pm_timer_address, 64);
	AT(x86, num_cpus, 66);
	AT(x86, tsc_khz, 68);
	AT(x86, apic_khz, 72);
}

static void test_ioctl_numbers_as_documented(void **state)
{
	(void)state;
	assert_int_equal(JAILHOUSE_ENABLE, 0x40080000);
	assert_int_equal(JAILHOUSE_DISABLE, 0x00000001);
	assert_int_equal(JAILHOUSE_CELL_CREATE, 0x40100002);
	assert_int_equal(JAILHOUSE_CELL_LOAD, 0x40300003);
	assert_int_equal(JAILHOUSE_CELL_START, 0x40280004);
	assert_int_equal(JAILHOUSE_CELL_DESTROY, 0x40280005);
}

static void test_ioctl_structs_as_documented(void **state)
{
	(void)state;
	assert_int_equal(sizeof(struct jailhouse_cell_create), 16);
	assert_int_equal(offsetof(struct jailhouse_cell_create, config_size),
			 8);
	assert_int_equal(sizeof(struct jailhouse_cell_id), 40);
	assert_int_equal(offsetof(struct jailhouse_cell_id, name), 8);
	assert_int_equal(sizeof(struct jailhouse_preload_image), 32);
	assert_int_equal(offsetof(struct jailhouse_preload_image, size), 8);
	assert_int_equal(
		offsetof(struct jailhouse_preload_image, target_address), 16);
	assert_int_equal(sizeof(struct jailhouse_cell_load), 48);
	assert_int_equal(
		offsetof(struct jailhouse_cell_load, num_preload_images), 40);
	assert_int_equal(offsetof(struct jailhouse_cell_load, image), 48);
}

static void test_hypercall_numbers_as_documented(void **state)
{
	(void)state;
	assert_int_equal(JAILHOUSE_HVC_IMMEDIATE, 0x4a48);
	assert_int_equal(JAILHOUSE_HC_DISABLE, 0);
	assert_int_equal(JAILHOUSE_HC_CELL_CREATE, 1);
	assert_int_equal(JAILHOUSE_HC_CELL_START, 2);
	assert_int_equal(JAILHOUSE_HC_CELL_SET_LOADABLE, 3);
	assert_int_equal(JAILHOUSE_HC_CELL_DESTROY, 4);
	assert_int_equal(JAILHOUSE_HC_HYPERVISOR_GET_INFO, 5);
	assert_int_equal(JAILHOUSE_HC_CELL_GET_STATE, 6);
	assert_int_equal(JAILHOUSE_HC_CPU_GET_INFO, 7);
	assert_int_equal(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, 8);
	assert_int_equal(JAILHOUSE_CPU_INFO_STAT_BASE, 1000);
}

static void test_constants_as_documented(void **state)
{
	(void)state;
	assert_int_equal(JAILHOUSE_CONFIG_REVISION, 14);
	assert_string_equal(JAILHOUSE_SYSTEM_SIGNATURE, "JHSYS");
	assert_string_equal(JAILHOUSE_CELL_DESC_SIGNATURE, "JHCLL");
	assert_int_equal(JAILHOUSE_X86, 0);
	assert_int_equal(JAILHOUSE_ARM, 1);
	assert_int_equal(JAILHOUSE_ARM64, 2);
	assert_int_equal(JAILHOUSE_CELL_PASSIVE_COMMREG, 0x1);
	assert_int_equal(JAILHOUSE_CELL_TEST_DEVICE, 0x2);
	assert_int_equal(JAILHOUSE_CELL_AARCH32, 0x4);
	assert_int_equal(JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED, 0x40000000);
	assert_int_equal(JAILHOUSE_CELL_VIRTUAL_CONSOLE_ACTIVE, 0x80000000);
	assert_int_equal(JAILHOUSE_MEM_READ, 0x0001);
	assert_int_equal(JAILHOUSE_MEM_WRITE, 0x0002);
	assert_int_equal(JAILHOUSE_MEM_EXECUTE, 0x0004);
	assert_int_equal(JAILHOUSE_MEM_DMA, 0x0008);
	assert_int_equal(JAILHOUSE_MEM_IO, 0x0010);
	assert_int_equal(JAILHOUSE_MEM_COMM_REGION, 0x0020);
	assert_int_equal(JAILHOUSE_MEM_LOADABLE, 0x0040);
	assert_int_equal(JAILHOUSE_MEM_ROOTSHARED, 0x0080);
	assert_int_equal(JAILHOUSE_MEM_NO_HUGEPAGES, 0x0100);
	assert_int_equal(JAILHOUSE_MEM_IO_UNALIGNED, 0x8000);
	assert_int_equal(JAILHOUSE_MEM_IO_8, 0x10000);
	assert_int_equal(JAILHOUSE_MEM_IO_16, 0x20000);
	assert_int_equal(JAILHOUSE_MEM_IO_32, 0x40000);
	assert_int_equal(JAILHOUSE_MEM_IO_64, 0x80000);
	assert_int_equal(JAILHOUSE_CON_TYPE_PL011, 3);
	assert_int_equal(JAILHOUSE_CON_ACCESS_MMIO, 1);
	assert_int_equal(JAILHOUSE_CON_REGDIST_4, 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
			test_cell_descriptor_members_at_documented_offsets),
		cmocka_unit_test(test_system_members_at_documented_offsets),
		cmocka_unit_test(test_element_members_at_documented_offsets),
		cmocka_unit_test(test_pci_device_members_at_documented_offsets),
		cmocka_unit_test(
			test_comm_region_members_at_documented_offsets),
		cmocka_unit_test(test_ioctl_numbers_as_documented),
		cmocka_unit_test(test_ioctl_structs_as_documented),
		cmocka_unit_test(test_hypercall_numbers_as_documented),
		cmocka_unit_test(test_constants_as_documented),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
