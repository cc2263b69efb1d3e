// SPDX-License-Identifier: LGPL-2.1-or-later
/* The keys of a board, one row each; those of its devices are in
 * board_devices.c. */
#include "project/board_rows.h"

/* clang-format off */

/* --- names of constants --------------------------------------------------- */

static const struct jhcfg_name irqchip_kinds[] = {
	{ "gicv2",  JHCFG_HW_GICV2, SAYS("Arm GICv2") },
	{ "gicv3",  JHCFG_HW_GICV3, SAYS("Arm GICv3") },
	{ "ioapic", JHCFG_HW_IOAPIC, SAYS("I/O APIC") },
	{ "other",  JHCFG_HW_OTHER_IRQCHIP,
	  SAYS("one whose lines cells cannot be given") },
	{ 0 },
};

static const struct jhcfg_name pci_spaces[] = {
	{ "io",       JHCFG_PCI_IO, SAYS("ports") },
	{ "memory32", JHCFG_PCI_MEM32, SAYS("memory below 4 GiB") },
	{ "memory64", JHCFG_PCI_MEM64, SAYS("memory") },
	{ 0 },
};

/* --- platform ------------------------------------------------------------- */

#define CHIP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_irqchip, name, __VA_ARGS__)
static const struct json_field irqchip_fields[] = {
	CHIP("kind",   json_choice,       kind,   NAMES(irqchip_kinds), REQUIRED,
		SAYS("which controller it is")),
	CHIP("device", board_device_name, device, NONE,
		SAYS("device that it is")),
	CHIP("distributor",           board_object, gicd, SHAPED(board_range_shape),
		SAYS("registers of the distributor, or of the I/O APIC")),
	CHIP("cpu_interface",         board_object, gicc, SHAPED(board_range_shape),
		SAYS("registers of the CPU interface (GICv2)")),
	CHIP("hypervisor_interface",  board_object, gich, SHAPED(board_range_shape),
		SAYS("registers of the hypervisor interface (GICv2)")),
	CHIP("virtual_cpu_interface", board_object, gicv, SHAPED(board_range_shape),
		SAYS("registers of the virtual CPU interface (GICv2)")),
	ARRAY("redistributors", board_objects, struct jhcfg_hw_irqchip, gicr,
	      num_gicr, SHAPED(board_range_shape),
		SAYS("registers of the redistributors (GICv3)")),
	CHIP("redistributor_stride",  json_size,    gicr_stride,
		SAYS("distance of two redistributors; 0: as the hardware "
		     "says")),
	CHIP("maintenance_interrupt", json_number,  maintenance_irq,
		SAYS("INTID of the maintenance interrupt")),
	CHIP("its", board_object, its, SHAPED(board_range_shape),
		SAYS("registers of the ITS")),
	CHIP("id",       json_number, id, SAYS("I/O APIC: its id")),
	CHIP("gsi_base", json_number, gsi_base,
		SAYS("I/O APIC: global interrupt of its first pin")),
	CHIP("pins",     json_number, num_pins,
		SAYS("I/O APIC: number of pins")),
	CHIP("bdf",      json_bdf,    bdf,
		SAYS("I/O APIC: PCI function that it signals as")),
	CHIP("iommu",    json_number, iommu,    NONE,
		SAYS("I/O APIC: IOMMU that remaps its interrupts")),
	CHIP("source",   board_text,  source,
		SAYS("where the fact comes from")),
};
static const struct json_shape irqchip_shape = SHAPE(irqchip_fields);

#define IOMMU(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_iommu, name, __VA_ARGS__)
static const struct json_field iommu_fields[] = {
	IOMMU("unit",   json_object_kind,  unit, SHAPED(json_iommu_type), REQUIRED,
		SAYS("the unit, as configurations name it")),
	IOMMU("device", board_device_name, device, NONE,
		SAYS("device that it is")),
	IOMMU("source", board_text,        source,
		SAYS("where the fact comes from")),
};
static const struct json_shape iommu_shape = SHAPE(iommu_fields);

#define WINDOW(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_pci_window, name, __VA_ARGS__)
static const struct json_field pci_window_fields[] = {
	WINDOW("type", json_choice,  space, NAMES(pci_spaces), REQUIRED,
		SAYS("what is behind it")),
	WINDOW("bus",  json_address, bus,   REQUIRED,
		SAYS("first address on the bus")),
	RANGE(struct jhcfg_hw_pci_window, cpu),
	WINDOW("prefetchable", json_boolean, prefetchable,
		SAYS("reads have no side effects")),
};
static const struct json_shape pci_window_shape = SHAPE(pci_window_fields);

#define INTX(key_, index, ...) \
	{ .key = key_, .kind = &json_number, .member = 4 * (index), .size = 4, \
	  __VA_ARGS__ }
static const struct json_field intx_fields[] = {
	INTX("a", 0, SAYS("of INTA")),
	INTX("b", 1, SAYS("of INTB")),
	INTX("c", 2, SAYS("of INTC")),
	INTX("d", 3, SAYS("of INTD")),
};
static const struct json_shape intx_shape = SHAPE(intx_fields);

#define HOST(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_pci_host, name, __VA_ARGS__)
static const struct json_field pci_host_fields[] = {
	HOST("device",    board_device_name, device,    NONE,
		SAYS("device that it is")),
	HOST("domain",    json_number,       domain, SAYS("PCI domain")),
	HOST("first_bus", json_number,       first_bus, SAYS("first bus")),
	HOST("last_bus",  json_number,       last_bus, SAYS("last bus")),
	HOST("ecam",      board_object,      ecam,      SHAPED(board_range_shape),
		SAYS("configuration window")),
	ARRAY("windows", board_objects, struct jhcfg_hw_pci_host, windows,
	      num_windows, SHAPED(pci_window_shape),
		SAYS("addresses that it passes on")),
	HOST("intx",   board_object, intx,   SHAPED(intx_shape),
		SAYS("INTIDs of the four interrupt pins of slot 0")),
	HOST("source", board_text,   source,
		SAYS("where the fact comes from")),
};
static const struct json_shape pci_host_shape = SHAPE(pci_host_fields);

#define FUNCTION(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_pci_function, name, __VA_ARGS__)
/* Offsets are those of the first one, less where it is. */
#define BAR(key_, kind_, name_, ...) \
	{ .key = key_, .kind = &kind_, \
	  .member = offsetof(struct jhcfg_hw_pci_function, bar[0].name_) - \
		    offsetof(struct jhcfg_hw_pci_function, bar), \
	  .size = sizeof(((struct jhcfg_hw_pci_function *)0)->bar[0].name_), \
	  __VA_ARGS__ }
static const struct json_field bar_fields[] = {
	BAR("phys",         board_start,  range.start, SAYS("first address")),
	BAR("size",         json_size,    range.size,
		SAYS("length; 0: there is none")),
	BAR("io",           json_boolean, io, SAYS("it has ports")),
	BAR("is_64bit",     json_boolean, is_64bit,
		SAYS("it is a 64-bit one, which takes the next one, too")),
	BAR("prefetchable", json_boolean, prefetchable,
		SAYS("reads have no side effects")),
};
static const struct json_shape bar_shape = SHAPE(bar_fields);

static const struct json_field pci_function_fields[] = {
	FUNCTION("domain",    json_number,  domain, SAYS("PCI domain")),
	FUNCTION("bdf",       json_bdf,     bdf,         REQUIRED,
		SAYS("bus, device and function: 00:1f.3")),
	FUNCTION("vendor",    json_address, vendor, SAYS("vendor id")),
	FUNCTION("device",    json_address, device, SAYS("device id")),
	FUNCTION("class",     json_address, class_code,
		SAYS("class code: what it is")),
	FUNCTION("header",    json_number,  header_type,
		SAYS("0: a device, 1: a bridge")),
	FUNCTION("secondary_bus",   json_number, secondary_bus,
		SAYS("bridge: bus behind it")),
	FUNCTION("subordinate_bus", json_number, subordinate_bus,
		SAYS("bridge: last bus behind it")),
	{ .key = "bars", .kind = &json_iommu_units,
	  .member = offsetof(struct jhcfg_hw_pci_function, bar),
	  .size = sizeof(((struct jhcfg_hw_pci_function *)0)->bar[0]),
	  .count = 6, .type = &bar_shape, SAYS("base address registers") },
	FUNCTION("interrupt_pin", json_number, interrupt_pin,
		SAYS("1 to 4: INTA to INTD; 0: none")),
	FUNCTION("iommu_group",   json_number, iommu_group,   NONE,
		SAYS("group of functions that an IOMMU cannot tell apart")),
	FUNCTION("iommu",         json_number, iommu,         NONE,
		SAYS("IOMMU that guards its accesses")),
	FUNCTION("driver",        board_text,  driver,
		SAYS("driver of Linux that has it")),
	ARRAY("config", board_bytes, struct jhcfg_hw_pci_function, config,
	      config_size, SAYS("configuration space, as hexadecimal digits")),
	FUNCTION("source",        board_text,  source,
		SAYS("where the fact comes from")),
};
static const struct json_shape pci_function_shape = SHAPE(pci_function_fields);

/* --- the board ------------------------------------------------------------ */

#define HEAD(key, kind, name, ...) \
	VALUE(key, kind, struct board_head, name, __VA_ARGS__)

/* Objects of one value, in which people note its source. */
static const struct json_field command_line_fields[] = {
	{ .key = "value", .kind = &board_text, .size = sizeof(char *),
	  SAYS("the command line") },
};
static const struct json_shape command_line_shape = SHAPE(command_line_fields);
static const struct json_field psci_fields[] = {
	{ .key = "method", .kind = &board_text, .size = sizeof(char *),
	  SAYS("smc or hvc") },
};
static const struct json_shape psci_shape = SHAPE(psci_fields);
static const struct json_field bits_fields[] = {
	{ .key = "value", .kind = &json_number, .size = sizeof(unsigned int),
	  SAYS("number of bits") },
};
static const struct json_shape bits_shape = SHAPE(bits_fields);
static const struct json_field timer_irq_fields[] = {
	INTX("secure", 0, SAYS("of the secure timer")),
	INTX("physical", 1, SAYS("of the physical timer")),
	INTX("virtual", 2, SAYS("of the virtual timer")),
	INTX("hypervisor", 3, SAYS("of the timer of the hypervisor")),
};
static const struct json_shape timer_irq_shape = SHAPE(timer_irq_fields);
static const struct json_field timer_fields[] = {
	{ .key = "interrupts", .kind = &board_object,
	  .size = sizeof(uint32_t[4]), .type = &timer_irq_shape,
	  SAYS("INTIDs of its interrupts") },
};
static const struct json_shape timer_shape = SHAPE(timer_fields);

#define LIST(key_, list_, shape_, ...) \
	{ .key = key_, .kind = &board_list, .count = list_, .type = &shape_, \
	  __VA_ARGS__ }
#define BOARD_FIELDS(cpu_shape_) \
	HEAD("name",   board_text, name,   REQUIRED, SAYS("short name")), \
	HEAD("title",  board_text, title, SAYS("name for people")), \
	HEAD("architecture", json_choice, architecture, \
	     NAMES(jhcfg_architectures), REQUIRED, \
		SAYS("architecture of the machine")), \
	HEAD("source", board_text, source, \
		SAYS("where the fact comes from")), \
	HEAD("kernel_command_line", board_object, command_line, \
	     SHAPED(command_line_shape), \
		SAYS("command line of its kernel: recorded, or what cells " \
		     "need")), \
	HEAD("psci", board_object, psci_method, SHAPED(psci_shape), \
		SAYS("how firmware is called to start and stop CPUs")), \
	HEAD("physical_address_bits", board_object, address_bits, \
	     SHAPED(bits_shape), SAYS("width of physical addresses")), \
	HEAD("ram_start", json_address, ram_start, \
		SAYS("where RAM begins, if a boot loader fills in how much " \
		     "there is")), \
	LIST("cpus",   BOARD_CPUS,     cpu_shape_, SAYS("CPUs")), \
	LIST("caches", BOARD_CACHES,   board_cache_shape, SAYS("caches")), \
	LIST("memory", BOARD_MEMORIES, board_memory_shape, \
		SAYS("RAM, and what of it is in use")), \
	LIST("interrupt_controllers", BOARD_IRQCHIPS, irqchip_shape, \
		SAYS("interrupt controllers")), \
	HEAD("timer", board_object, timer_irqs, SHAPED(timer_shape), \
		SAYS("the timer that each CPU has")), \
	LIST("devices",       BOARD_DEVICES,       board_device_shape, \
		SAYS("devices")), \
	LIST("iommus",        BOARD_IOMMUS,        iommu_shape, \
		SAYS("IOMMUs")), \
	LIST("pci_hosts",     BOARD_PCI_HOSTS,     pci_host_shape, \
		SAYS("PCI host bridges")), \
	LIST("pci_functions", BOARD_PCI_FUNCTIONS, pci_function_shape, \
		SAYS("PCI functions that were found")), \
	LIST("ports",         BOARD_PORTS,         board_port_shape, \
		SAYS("ports that are in use"))

static const struct json_field arm_fields[] = {
	BOARD_FIELDS(board_arm_cpu_shape),
};
const struct json_shape board_arm_shape = SHAPE(arm_fields);
static const struct json_field x86_fields[] = {
	BOARD_FIELDS(board_x86_cpu_shape),
};
const struct json_shape board_x86_shape = SHAPE(x86_fields);
/* clang-format on */
