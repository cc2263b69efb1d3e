// SPDX-License-Identifier: LGPL-2.1-or-later
/* The keys of what the lists of a cell have, one row each. */
#include "project/rows.h"

/* clang-format off */

#define MEM(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_memory, name, __VA_ARGS__)
static const struct json_field memory_fields[] = {
	/* the page of a comm region comes from the hypervisor */
	MEM("phys",  json_address, phys_start,
		SAYS("first address in the machine; the hypervisor chooses "
		     "that of a communication region")),
	MEM("virt",  json_address, virt_start, .presence = JSON_LIKE_PREVIOUS,
		SAYS("first address that the cell sees it at")),
	MEM("size",  json_size,    size,
		SAYS("length: 64M, 0x10000 or 1G-64K")),
	MEM("flags", json_flags,   flags,      NAMES(jhcfg_memory_flag_names),
		SAYS("what the cell may do with it")),
	MEM("colors",        json_address, colors,
		SAYS("mask of the cache colors that it is spread over; of "
		     "forks with cache coloring")),
	MEM("rebase_offset", json_address, rebase_offset,
		SAYS("distance to where the colored pages lie; of forks with "
		     "cache coloring")),
};
const struct json_shape json_memory_type = {
	FIELDS(memory_fields), JSON_NO_ATTRS
};

#define CACHE(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_cache, name, __VA_ARGS__)
static const struct json_field cache_fields[] = {
	CACHE("start", json_number, start, REQUIRED,
		SAYS("first way of the cache")),
	CACHE("size",  json_number, size,  REQUIRED, SAYS("number of ways")),
	CACHE("type",  json_choice, type,  NAMES(jhcfg_cache_types), REQUIRED,
		SAYS("which cache it is a part of")),
	CACHE("flags", json_flags,  flags, NAMES(jhcfg_cache_flag_names),
		SAYS("who else uses it")),
};
const struct json_shape json_cache_type = {
	FIELDS(cache_fields), JSON_NO_ATTRS
};

#define IRQCHIP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_irqchip, name, __VA_ARGS__)
static const struct json_field irqchip_fields[] = {
	IRQCHIP("address",    json_address, address,  REQUIRED,
		SAYS("physical address of the controller: the distributor of "
		     "a GIC, or an I/O APIC")),
	IRQCHIP("id",         json_address, id,
		SAYS("PCI function that an I/O APIC signals as, if "
		     "interrupts are remapped")),
	IRQCHIP("pin_base",   json_number,  pin_base,
		SAYS("first line that the entry covers: 32, 160, 288 and so "
		     "on at a GIC")),
	IRQCHIP("interrupts", json_pins,    pin_bitmap, REQUIRED,
		SAYS("lines that the cell has: INTIDs at a GIC, pins at an "
		     "I/O APIC")),
};
const struct json_shape json_irqchip_type = {
	FIELDS(irqchip_fields), JSON_NO_ATTRS
};

#define PIO(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_pio, name, __VA_ARGS__)
static const struct json_field pio_fields[] = {
	PIO("base",   json_address, base,   REQUIRED,
		SAYS("first port; on Arm, the first SiP firmware function "
		     "that the root may call")),
	PIO("length", json_number,  length, REQUIRED,
		SAYS("number of ports or functions")),
};
const struct json_shape json_pio_type = {
	FIELDS(pio_fields), JSON_NO_ATTRS
};

#define PCI(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_pci_device, name, __VA_ARGS__)
static const struct json_field pci_device_fields[] = {
	PCI("type",     json_choice,    type,   NAMES(jhcfg_pci_types), REQUIRED,
		SAYS("what kind of function it is")),
	PCI("iommu",    json_number,    iommu,
		SAYS("number of the IOMMU unit that guards its accesses")),
	PCI("domain",   json_number,    domain,
		SAYS("PCI domain (segment) of the function")),
	PCI("bdf",      json_bdf,       bdf,    REQUIRED,
		SAYS("bus, device and function: 00:1f.3")),
	PCI("virt_bdf", json_address,   virt_bdf,
		SAYS("where the cell finds it; of openEuler")),
	{ .key = "bar_mask", .kind = &json_addresses, .count = 6,
	  .member = offsetof(struct jhcfg_pci_device, bar_mask), .size = 4,
	  SAYS("for each base address register, the address bits that can be "
	       "written") },
	PCI("caps_start",          json_number,  caps_start,
		SAYS("first of its rows in pci_caps")),
	PCI("num_caps",            json_number,  num_caps,
		SAYS("number of its rows in pci_caps")),
	PCI("num_msi_vectors",     json_number,  num_msi_vectors,
		SAYS("MSI vectors that it has; 0: no MSI")),
	PCI("msi_64bits",          json_boolean, msi_64bits,
		SAYS("its MSI capability has 64-bit addresses")),
	PCI("msi_maskable",        json_boolean, msi_maskable,
		SAYS("its MSI vectors can be masked one by one")),
	PCI("num_msix_vectors",    json_number,  num_msix_vectors,
		SAYS("MSI-X vectors that it has; 0: no MSI-X")),
	PCI("msix_region_size",    json_size,    msix_region_size,
		SAYS("size of its MSI-X table, in whole pages")),
	PCI("msix_address",        json_address, msix_address,
		SAYS("physical address of its MSI-X table")),
	PCI("shmem_regions_start", json_number,  shmem_regions_start,
		SAYS("link: index of the state table in the memory of the "
		     "cell; the other sections follow")),
	PCI("shmem_dev_id",        json_number,  shmem_dev_id,
		SAYS("link: the number of this end, which its peers know it "
		     "by")),
	PCI("shmem_peers",         json_number,  shmem_peers,
		SAYS("link: number of ends")),
	PCI("shmem_protocol",      json_address, shmem_protocol,
		SAYS("link: what the ends speak: 0x1 Ethernet, 0x4000 to "
		     "0x7fff custom, 0x8000 and more virtio")),
};
const struct json_shape json_pci_device_type = {
	FIELDS(pci_device_fields), JSON_NO_ATTRS
};

#define CAP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_pci_cap, name, __VA_ARGS__)
static const struct json_field pci_cap_fields[] = {
	CAP("id",    json_address, id,    REQUIRED,
		SAYS("kind of the capability; extended ones have the bit "
		     "0x8000")),
	CAP("start", json_address, start, REQUIRED,
		SAYS("its offset in the configuration space")),
	CAP("len",   json_number,  len,   REQUIRED,
		SAYS("its length in bytes")),
	CAP("flags", json_flags,   flags, NAMES(jhcfg_pci_cap_flag_names),
		SAYS("what the cell may do with it")),
};
const struct json_shape json_pci_cap_type = {
	FIELDS(pci_cap_fields), JSON_NO_ATTRS
};

static const struct json_field stream_id_fields[] = {
	VALUE("id",   json_address, struct jhcfg_stream_id, id, REQUIRED,
		SAYS("number by which the IOMMU knows accesses of a device; "
		     "at an MMU-500, bits 16 to 31 are ignored ones")),
	VALUE("mask", json_address, struct jhcfg_stream_id, mask,
		SAYS("bits of the id that are ignored; of NXP, up to "
		     "revision 10")),
};
const struct json_shape json_stream_id_type = {
	FIELDS(stream_id_fields), JSON_NO_ATTRS
};

static const struct json_field cpu_id_fields[] = {
	VALUE("phys_id",  json_address, struct jhcfg_cpu_id, phys_id, REQUIRED,
		SAYS("MPIDR affinity or APIC id of a CPU")),
	VALUE("reserved", json_address, struct jhcfg_cpu_id, reserved,
		SAYS("kept as it is; of forks")),
};
const struct json_shape json_cpu_id_type = {
	FIELDS(cpu_id_fields), JSON_NO_ATTRS
};

#define REGMAP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_regmap, name, __VA_ARGS__)
static const struct json_field regmap_fields[] = {
	REGMAP("base",  json_address, reg_base, REQUIRED,
		SAYS("physical address of the first register")),
	REGMAP("count", json_number,  reg_count, SAYS("number of registers")),
	REGMAP("size",  json_number,  reg_size, SAYS("bytes of a register")),
	REGMAP("flags", json_address, flags,
		SAYS("kept as they are; of TI, before v0.12")),
	{ .key = "bitmap", .kind = &json_addresses, .count = 8,
	  .member = offsetof(struct jhcfg_regmap, reg_bitmap), .size = 4,
	  SAYS("a bit for each register that the cell may access") },
};
const struct json_shape json_regmap_type = {
	FIELDS(regmap_fields), JSON_NO_ATTRS
};

static const struct json_field blob_fields[] = {
	VALUE("bytes", json_bytes, struct jhcfg_blob, bytes,
		SAYS("an element of a fork, as hexadecimal digits")),
};
const struct json_shape json_blob_type = {
	FIELDS(blob_fields), JSON_NO_ATTRS
};
/* clang-format on */
