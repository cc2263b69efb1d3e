// SPDX-License-Identifier: GPL-2.0-or-later
/* Offsets of openEuler "14", from the format description. */
#include "offsets.h"

SIZE(struct jailhouse_cell_desc, 132);
AT(struct jailhouse_cell_desc, signature, 0);
AT(struct jailhouse_cell_desc, revision, 6);
AT(struct jailhouse_cell_desc, name, 8);
AT(struct jailhouse_cell_desc, id, 40);
AT(struct jailhouse_cell_desc, flags, 44);
AT(struct jailhouse_cell_desc, cpu_set_size, 48);
AT(struct jailhouse_cell_desc, num_memory_regions, 52);
AT(struct jailhouse_cell_desc, num_cache_regions, 56);
AT(struct jailhouse_cell_desc, num_irqchips, 60);
AT(struct jailhouse_cell_desc, num_pio_regions, 64);
AT(struct jailhouse_cell_desc, num_pci_devices, 68);
AT(struct jailhouse_cell_desc, num_pci_caps, 72);
AT(struct jailhouse_cell_desc, num_stream_ids, 76);
AT(struct jailhouse_cell_desc, vpci_irq_base, 80);
AT(struct jailhouse_cell_desc, cpu_reset_address, 84);
AT(struct jailhouse_cell_desc, msg_reply_timeout, 92);
AT(struct jailhouse_cell_desc, console, 100);

SIZE(struct jailhouse_system, 496);
AT(struct jailhouse_system, revision, 6);
AT(struct jailhouse_system, flags, 8);
AT(struct jailhouse_system, hypervisor_memory, 12);
AT(struct jailhouse_system, debug_console, 44);
AT(struct jailhouse_system, platform_info.pci_mmconfig_base, 76);
AT(struct jailhouse_system, platform_info.pci_machine_mmconfig_base, 84);
AT(struct jailhouse_system, platform_info.pci_mmconfig_end_bus, 92);
AT(struct jailhouse_system, platform_info.pci_is_virtual, 93);
AT(struct jailhouse_system, platform_info.pci_domain, 94);
AT(struct jailhouse_system, platform_info.iommu_units, 96);
AT(struct jailhouse_system, platform_info.x86.pm_timer_address, 320);
AT(struct jailhouse_system, platform_info.x86.apic_mode, 322);
AT(struct jailhouse_system, platform_info.x86.vtd_interrupt_limit, 324);
AT(struct jailhouse_system, platform_info.x86.tsc_khz, 328);
AT(struct jailhouse_system, platform_info.x86.apic_khz, 332);
AT(struct jailhouse_system, platform_info.arm.maintenance_irq, 320);
AT(struct jailhouse_system, platform_info.arm.gic_version, 321);
AT(struct jailhouse_system, platform_info.arm.gicd_base, 324);
AT(struct jailhouse_system, platform_info.arm.gicc_base, 332);
AT(struct jailhouse_system, platform_info.arm.gich_base, 340);
AT(struct jailhouse_system, platform_info.arm.gicv_base, 348);
AT(struct jailhouse_system, platform_info.arm.gicr_base, 356);
AT(struct jailhouse_system, root_cell, 364);

SIZE(struct jailhouse_console, 32);
AT(struct jailhouse_console, address, 0);
AT(struct jailhouse_console, size, 8);
AT(struct jailhouse_console, type, 12);
AT(struct jailhouse_console, flags, 14);
AT(struct jailhouse_console, divider, 16);
AT(struct jailhouse_console, gate_nr, 20);
AT(struct jailhouse_console, clock_reg, 24);

SIZE(struct jailhouse_memory, 32);
AT(struct jailhouse_memory, phys_start, 0);
AT(struct jailhouse_memory, virt_start, 8);
AT(struct jailhouse_memory, size, 16);
AT(struct jailhouse_memory, flags, 24);

SIZE(struct jailhouse_cache, 12);
AT(struct jailhouse_cache, start, 0);
AT(struct jailhouse_cache, size, 4);
AT(struct jailhouse_cache, type, 8);
AT(struct jailhouse_cache, flags, 10);

SIZE(struct jailhouse_irqchip, 32);
AT(struct jailhouse_irqchip, address, 0);
AT(struct jailhouse_irqchip, id, 8);
AT(struct jailhouse_irqchip, pin_base, 12);
AT(struct jailhouse_irqchip, pin_bitmap, 16);

SIZE(struct jailhouse_pio, 4);
AT(struct jailhouse_pio, base, 0);
AT(struct jailhouse_pio, length, 2);

SIZE(struct jailhouse_pci_capability, 8);
AT(struct jailhouse_pci_capability, id, 0);
AT(struct jailhouse_pci_capability, start, 2);
AT(struct jailhouse_pci_capability, len, 4);
AT(struct jailhouse_pci_capability, flags, 6);

SIZE(struct jailhouse_pci_device, 60);
AT(struct jailhouse_pci_device, type, 0);
AT(struct jailhouse_pci_device, iommu, 1);
AT(struct jailhouse_pci_device, domain, 2);
AT(struct jailhouse_pci_device, bdf, 4);
AT(struct jailhouse_pci_device, virt_bdf, 6);
AT(struct jailhouse_pci_device, bar_mask, 10);
AT(struct jailhouse_pci_device, caps_start, 34);
AT(struct jailhouse_pci_device, num_caps, 36);
AT(struct jailhouse_pci_device, num_msi_vectors, 38);
AT(struct jailhouse_pci_device, num_msix_vectors, 40);
AT(struct jailhouse_pci_device, msix_region_size, 42);
AT(struct jailhouse_pci_device, msix_address, 44);
AT(struct jailhouse_pci_device, shmem_regions_start, 52);
AT(struct jailhouse_pci_device, shmem_dev_id, 56);
AT(struct jailhouse_pci_device, shmem_peers, 57);
AT(struct jailhouse_pci_device, shmem_protocol, 58);

SIZE(union jailhouse_stream_id, 4);
AT(union jailhouse_stream_id, id, 0);
AT(union jailhouse_stream_id, mmu500.id, 0);
AT(union jailhouse_stream_id, mmu500.mask_out, 2);

SIZE(struct jailhouse_iommu, 28);
AT(struct jailhouse_iommu, type, 0);
AT(struct jailhouse_iommu, base, 4);
AT(struct jailhouse_iommu, size, 12);
AT(struct jailhouse_iommu, amd.bdf, 16);
AT(struct jailhouse_iommu, amd.base_cap, 18);
AT(struct jailhouse_iommu, amd.msi_cap, 19);
AT(struct jailhouse_iommu, amd.features, 20);
AT(struct jailhouse_iommu, tipvu.tlb_base, 16);
AT(struct jailhouse_iommu, tipvu.tlb_size, 24);
AT(struct jailhouse_iommu, arm_mmu500.sid_mask, 16);
