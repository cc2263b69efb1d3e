// SPDX-License-Identifier: GPL-2.0-or-later
/* Offsets of Omnivisor-14, from the format description. */
#include "offsets.h"

SIZE(struct jailhouse_cell_desc, 152);
AT(struct jailhouse_cell_desc, signature, 0);
AT(struct jailhouse_cell_desc, revision, 6);
AT(struct jailhouse_cell_desc, name, 8);
AT(struct jailhouse_cell_desc, id, 40);
AT(struct jailhouse_cell_desc, flags, 44);
AT(struct jailhouse_cell_desc, architecture, 5);
AT(struct jailhouse_cell_desc, cpu_set_size, 48);
AT(struct jailhouse_cell_desc, rcpu_set_size, 52);
AT(struct jailhouse_cell_desc, fpga_regions_size, 56);
AT(struct jailhouse_cell_desc, num_memory_regions, 60);
AT(struct jailhouse_cell_desc, num_cache_regions, 64);
AT(struct jailhouse_cell_desc, num_irqchips, 68);
AT(struct jailhouse_cell_desc, num_pio_regions, 72);
AT(struct jailhouse_cell_desc, num_pci_devices, 76);
AT(struct jailhouse_cell_desc, num_pci_caps, 80);
AT(struct jailhouse_cell_desc, num_stream_ids, 84);
AT(struct jailhouse_cell_desc, num_qos_devices, 88);
AT(struct jailhouse_cell_desc, num_rcpu_devices, 92);
AT(struct jailhouse_cell_desc, num_fpga_devices, 96);
AT(struct jailhouse_cell_desc, vpci_irq_base, 100);
AT(struct jailhouse_cell_desc, cpu_reset_address, 104);
AT(struct jailhouse_cell_desc, msg_reply_timeout, 112);
AT(struct jailhouse_cell_desc, console, 120);

SIZE(struct jailhouse_system, 645);
AT(struct jailhouse_system, revision, 6);
AT(struct jailhouse_system, flags, 8);
AT(struct jailhouse_system, hypervisor_memory, 12);
AT(struct jailhouse_system, debug_console, 52);
AT(struct jailhouse_system, platform_info.pci_mmconfig_base, 84);
AT(struct jailhouse_system, platform_info.pci_mmconfig_end_bus, 92);
AT(struct jailhouse_system, platform_info.pci_is_virtual, 93);
AT(struct jailhouse_system, platform_info.pci_domain, 94);
AT(struct jailhouse_system, platform_info.no_spectre_mitigation, 96);
AT(struct jailhouse_system, platform_info.iommu_units, 100);
AT(struct jailhouse_system, platform_info.color.way_size, 324);
AT(struct jailhouse_system, platform_info.color.root_map_offset, 332);
AT(struct jailhouse_system, platform_info.memguard, 340);
AT(struct jailhouse_system, platform_info.qos.nic_base, 388);
AT(struct jailhouse_system, platform_info.qos.nic_size, 396);
AT(struct jailhouse_system, platform_info.fpga, 404);
AT(struct jailhouse_system, platform_info.x86.pm_timer_address, 449);
AT(struct jailhouse_system, platform_info.x86.apic_mode, 451);
AT(struct jailhouse_system, platform_info.x86.vtd_interrupt_limit, 453);
AT(struct jailhouse_system, platform_info.x86.tsc_khz, 457);
AT(struct jailhouse_system, platform_info.x86.apic_khz, 461);
AT(struct jailhouse_system, platform_info.arm.maintenance_irq, 449);
AT(struct jailhouse_system, platform_info.arm.gic_version, 450);
AT(struct jailhouse_system, platform_info.arm.gicd_base, 453);
AT(struct jailhouse_system, platform_info.arm.gicc_base, 461);
AT(struct jailhouse_system, platform_info.arm.gich_base, 469);
AT(struct jailhouse_system, platform_info.arm.gicv_base, 477);
AT(struct jailhouse_system, platform_info.arm.gicr_base, 485);
AT(struct jailhouse_system, root_cell, 493);
AT(struct jailhouse_system, architecture, 5);

SIZE(struct jailhouse_console, 32);
AT(struct jailhouse_console, address, 0);
AT(struct jailhouse_console, size, 8);
AT(struct jailhouse_console, type, 12);
AT(struct jailhouse_console, flags, 14);
AT(struct jailhouse_console, divider, 16);
AT(struct jailhouse_console, gate_nr, 20);
AT(struct jailhouse_console, clock_reg, 24);

SIZE(struct jailhouse_memory, 40);
AT(struct jailhouse_memory, phys_start, 0);
AT(struct jailhouse_memory, virt_start, 8);
AT(struct jailhouse_memory, size, 16);
AT(struct jailhouse_memory, flags, 24);
AT(struct jailhouse_memory, colors, 32);

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

SIZE(struct jailhouse_pci_device, 56);
AT(struct jailhouse_pci_device, type, 0);
AT(struct jailhouse_pci_device, iommu, 1);
AT(struct jailhouse_pci_device, domain, 2);
AT(struct jailhouse_pci_device, bdf, 4);
AT(struct jailhouse_pci_device, bar_mask, 6);
AT(struct jailhouse_pci_device, caps_start, 30);
AT(struct jailhouse_pci_device, num_caps, 32);
AT(struct jailhouse_pci_device, num_msi_vectors, 34);
AT(struct jailhouse_pci_device, num_msix_vectors, 36);
AT(struct jailhouse_pci_device, msix_region_size, 38);
AT(struct jailhouse_pci_device, msix_address, 40);
AT(struct jailhouse_pci_device, shmem_regions_start, 48);
AT(struct jailhouse_pci_device, shmem_dev_id, 52);
AT(struct jailhouse_pci_device, shmem_peers, 53);
AT(struct jailhouse_pci_device, shmem_protocol, 54);

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

SIZE(struct jailhouse_qos_device, 20);

SIZE(struct jailhouse_rcpu_device, 66);

SIZE(struct jailhouse_fpga_device, 109);
