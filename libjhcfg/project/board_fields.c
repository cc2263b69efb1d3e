// SPDX-License-Identifier: LGPL-2.1-or-later
/* The keys of a board, one row each. */
#include <stddef.h>

#include "project/board_form.h"

#define MEMBER(type, name)                                                     \
	.member = offsetof(type, name), .size = sizeof(((type *)0)->name)
#define FIELDS(table)                                                          \
	.fields = table, .num_fields = sizeof(table) / sizeof((table)[0])
#define SHAPE(table)                                                           \
	{                                                                      \
		FIELDS(table), JSON_NO_ATTRS                                   \
	}

/* clang-format off */
#define VALUE(key_, kind_, type_, name_, ...) \
	{ .key = key_, .kind = &kind_, MEMBER(type_, name_), __VA_ARGS__ }
#define REQUIRED .presence = JSON_REQUIRED
#define PLAIN .presence = JSON_OPTIONAL
#define NONE .presence = JSON_NONE
#define NAMES(names_) .names = names_
#define SHAPED(shape_) .type = &shape_
/* An array: where its count is, and how large one element. */
#define ARRAY(key_, kind_, type_, name_, count_, ...) \
	{ .key = key_, .kind = &kind_, .member = offsetof(type_, name_), \
	  .size = sizeof(*((type_ *)0)->name_), \
	  .count = offsetof(type_, count_), __VA_ARGS__ }

/* --- names of constants --------------------------------------------------- */

static const struct jhcfg_name cache_types[] = {
	{ "data",        'd' },
	{ "instruction", 'i' },
	{ "unified",     'u' },
	{ NULL,          0 },
};

static const struct jhcfg_name memory_kinds[] = {
	{ "ram",      JHCFG_HW_RAM },
	{ "reserved", JHCFG_HW_RESERVED },
	{ "firmware", JHCFG_HW_FIRMWARE },
	{ "shared",   JHCFG_HW_SHARED },
	{ NULL,       0 },
};

static const struct jhcfg_name triggers[] = {
	{ "edge",  JHCFG_TRIGGER_EDGE },
	{ "level", JHCFG_TRIGGER_LEVEL },
	{ NULL,    0 },
};

static const struct jhcfg_name ref_kinds[] = {
	{ "clock",     JHCFG_REF_CLOCK },
	{ "power",     JHCFG_REF_POWER },
	{ "reset",     JHCFG_REF_RESET },
	{ "pinctrl",   JHCFG_REF_PINCTRL },
	{ "dma",       JHCFG_REF_DMA },
	{ "phy",       JHCFG_REF_PHY },
	{ "regulator", JHCFG_REF_REGULATOR },
	{ "iommu",     JHCFG_REF_IOMMU },
	{ "msi",       JHCFG_REF_MSI },
	{ "other",     JHCFG_REF_OTHER },
	{ NULL,        0 },
};

static const struct jhcfg_name device_kinds[] = {
	{ "other",    JHCFG_HW_DEVICE_OTHER },
	{ "uart",     JHCFG_HW_DEVICE_UART },
	{ "timer",    JHCFG_HW_DEVICE_TIMER },
	{ "net",      JHCFG_HW_DEVICE_NET },
	{ "storage",  JHCFG_HW_DEVICE_STORAGE },
	{ "gpio",     JHCFG_HW_DEVICE_GPIO },
	{ "i2c",      JHCFG_HW_DEVICE_I2C },
	{ "spi",      JHCFG_HW_DEVICE_SPI },
	{ "usb",      JHCFG_HW_DEVICE_USB },
	{ "display",  JHCFG_HW_DEVICE_DISPLAY },
	{ "dma",      JHCFG_HW_DEVICE_DMA },
	{ "clock",    JHCFG_HW_DEVICE_CLOCK },
	{ "pinctrl",  JHCFG_HW_DEVICE_PINCTRL },
	{ "watchdog", JHCFG_HW_DEVICE_WATCHDOG },
	{ "irqchip",  JHCFG_HW_DEVICE_IRQCHIP },
	{ "iommu",    JHCFG_HW_DEVICE_IOMMU },
	{ "pci-host", JHCFG_HW_DEVICE_PCI_HOST },
	{ "firmware", JHCFG_HW_DEVICE_FIRMWARE },
	{ "memory",   JHCFG_HW_DEVICE_MEMORY },
	{ NULL,       0 },
};

static const struct jhcfg_name irqchip_kinds[] = {
	{ "gicv2",  JHCFG_HW_GICV2 },
	{ "gicv3",  JHCFG_HW_GICV3 },
	{ "ioapic", JHCFG_HW_IOAPIC },
	{ "other",  JHCFG_HW_OTHER_IRQCHIP },
	{ NULL,     0 },
};

static const struct jhcfg_name pci_spaces[] = {
	{ "io",       JHCFG_PCI_IO },
	{ "memory32", JHCFG_PCI_MEM32 },
	{ "memory64", JHCFG_PCI_MEM64 },
	{ NULL,       0 },
};

/* --- parts ---------------------------------------------------------------- */

#define RANGE(type, name) \
	VALUE("phys", board_start, type, name.start, PLAIN), \
	VALUE("size", json_size, type, name.size, PLAIN)

static const struct json_field range_fields[] = {
	VALUE("phys", board_start, struct jhcfg_range, start, PLAIN),
	VALUE("size", json_size,   struct jhcfg_range, size,  PLAIN),
};
static const struct json_shape range_shape = SHAPE(range_fields);

/* --- CPUs and memory ------------------------------------------------------ */

#define CPU(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_cpu, name, __VA_ARGS__)
#define CPU_FIELDS(phys_key) \
	CPU("id",            json_number,  id,            REQUIRED), \
	CPU(phys_key,        json_address, phys_id,       REQUIRED), \
	CPU("package",       json_number,  package,       PLAIN), \
	CPU("cluster",       json_number,  cluster,       PLAIN), \
	CPU("core",          json_number,  core,          PLAIN), \
	CPU("thread",        json_number,  thread,        PLAIN), \
	CPU("compatible",    board_text,   compatible,    PLAIN), \
	CPU("enable_method", board_text,   enable_method, PLAIN), \
	CPU("source",        board_text,   source,        PLAIN)
static const struct json_field arm_cpu_fields[] = { CPU_FIELDS("mpidr") };
static const struct json_shape arm_cpu_shape = SHAPE(arm_cpu_fields);
static const struct json_field x86_cpu_fields[] = { CPU_FIELDS("apic_id") };
static const struct json_shape x86_cpu_shape = SHAPE(x86_cpu_fields);

#define CACHE(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_cache, name, __VA_ARGS__)
static const struct json_field cache_fields[] = {
	CACHE("level",     json_number, level,     REQUIRED),
	CACHE("type",      json_choice, type,      NAMES(cache_types), REQUIRED),
	CACHE("size",      json_size,   size,      PLAIN),
	CACHE("line_size", json_number, line_size, PLAIN),
	CACHE("sets",      json_number, sets,      PLAIN),
	CACHE("ways",      json_number, ways,      PLAIN),
	ARRAY("cpus", board_numbers, struct jhcfg_hw_cache, cpus, num_cpus, PLAIN),
	CACHE("source",    board_text,  source,    PLAIN),
};
static const struct json_shape cache_shape = SHAPE(cache_fields);

#define MEM(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_memory, name, __VA_ARGS__)
static const struct json_field memory_fields[] = {
	MEM("kind",     json_choice,  kind,     NAMES(memory_kinds), PLAIN),
	MEM("name",     board_text,   name,     PLAIN),
	RANGE(struct jhcfg_hw_memory, range),
	MEM("no_map",   json_boolean, no_map,   PLAIN),
	MEM("reusable", json_boolean, reusable, PLAIN),
	MEM("source",   board_text,   source,   PLAIN),
};
static const struct json_shape memory_shape = SHAPE(memory_fields);

/* --- devices -------------------------------------------------------------- */

static const struct json_field window_fields[] = {
	VALUE("name", board_text, struct board_window, name, PLAIN),
	RANGE(struct board_window, range),
};
static const struct json_shape window_shape = SHAPE(window_fields);

static const struct json_field port_fields[] = {
	VALUE("name",   board_text,   struct jhcfg_hw_port, name,   PLAIN),
	VALUE("base",   json_address, struct jhcfg_hw_port, base,   REQUIRED),
	VALUE("length", json_number,  struct jhcfg_hw_port, length, REQUIRED),
};
static const struct json_shape port_shape = SHAPE(port_fields);

#define IRQ(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_irq, name, __VA_ARGS__)
static const struct json_field irq_fields[] = {
	IRQ("number",     json_number,       number,     REQUIRED),
	IRQ("name",       board_text,        name,       PLAIN),
	IRQ("trigger",    json_choice,       trigger,    NAMES(triggers), PLAIN),
	IRQ("per_cpu",    json_boolean,      per_cpu,    PLAIN),
	IRQ("nested",     json_boolean,      nested,     PLAIN),
	IRQ("controller", board_device_name, controller, NONE),
};
static const struct json_shape irq_shape = SHAPE(irq_fields);

#define REF(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_ref, name, __VA_ARGS__)
static const struct json_field ref_fields[] = {
	REF("kind",     json_choice,       kind,     NAMES(ref_kinds), REQUIRED),
	REF("device",   board_device_name, device,   NONE),
	REF("property", board_text,        property, PLAIN),
	REF("name",     board_text,        name,     PLAIN),
	ARRAY("args", board_ids, struct jhcfg_hw_ref, args, num_args, PLAIN),
};
static const struct json_shape ref_shape = SHAPE(ref_fields);

#define DEV(key, kind, name, ...) \
	VALUE(key, kind, struct board_device, device.name, __VA_ARGS__)
#define DEVS(key, kind, name, count, ...) \
	ARRAY(key, kind, struct board_device, device.name, device.count, \
	      __VA_ARGS__)
static const struct json_field device_fields[] = {
	DEV("name",   board_text,        name,   REQUIRED),
	DEV("kind",   json_choice,       kind,   NAMES(device_kinds), PLAIN),
	DEV("path",   board_text,        path,   PLAIN),
	DEVS("compatible", board_texts, compatible, num_compatible, PLAIN),
	DEV("status", board_status,      status, PLAIN),
	DEV("parent", board_device_name, parent, NONE),
	ARRAY("windows", board_objects, struct board_device, windows,
	      num_windows, SHAPED(window_shape)),
	DEVS("ports",      board_objects,    ports, num_ports, SHAPED(port_shape)),
	DEVS("interrupts", board_interrupts, irqs,  num_irqs,  SHAPED(irq_shape)),
	DEVS("references", board_objects,    refs,  num_refs,  SHAPED(ref_shape)),
	DEVS("stream_ids", board_ids, stream_ids, num_stream_ids, PLAIN),
	DEV("dma",          json_boolean, dma,          PLAIN),
	DEV("console_type", json_choice,  console_type,
	    NAMES(jhcfg_console_types), PLAIN),
	DEV("reg_shift",    json_number,  reg_shift,    PLAIN),
	DEV("reg_io_width", json_number,  reg_io_width, PLAIN),
	DEV("clock_hz",     json_number,  clock_hz,     PLAIN),
	DEV("boot_console", json_boolean, boot_console, PLAIN),
	DEV("source",       board_text,   source,       PLAIN),
};
static const struct json_shape device_shape = SHAPE(device_fields);

/* --- platform ------------------------------------------------------------- */

#define CHIP(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_irqchip, name, __VA_ARGS__)
static const struct json_field irqchip_fields[] = {
	CHIP("kind",   json_choice,       kind,   NAMES(irqchip_kinds), REQUIRED),
	CHIP("device", board_device_name, device, NONE),
	CHIP("distributor",           board_object, gicd, SHAPED(range_shape)),
	CHIP("cpu_interface",         board_object, gicc, SHAPED(range_shape)),
	CHIP("hypervisor_interface",  board_object, gich, SHAPED(range_shape)),
	CHIP("virtual_cpu_interface", board_object, gicv, SHAPED(range_shape)),
	ARRAY("redistributors", board_objects, struct jhcfg_hw_irqchip, gicr,
	      num_gicr, SHAPED(range_shape)),
	CHIP("redistributor_stride",  json_size,    gicr_stride,     PLAIN),
	CHIP("maintenance_interrupt", json_number,  maintenance_irq, PLAIN),
	CHIP("its", board_object, its, SHAPED(range_shape)),
	CHIP("id",       json_number, id,       PLAIN),
	CHIP("gsi_base", json_number, gsi_base, PLAIN),
	CHIP("pins",     json_number, num_pins, PLAIN),
	CHIP("bdf",      json_bdf,    bdf,      PLAIN),
	CHIP("iommu",    json_number, iommu,    NONE),
	CHIP("source",   board_text,  source,   PLAIN),
};
static const struct json_shape irqchip_shape = SHAPE(irqchip_fields);

#define IOMMU(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_iommu, name, __VA_ARGS__)
static const struct json_field iommu_fields[] = {
	IOMMU("unit",   json_object_kind,  unit, SHAPED(json_iommu_type), REQUIRED),
	IOMMU("device", board_device_name, device, NONE),
	IOMMU("source", board_text,        source, PLAIN),
};
static const struct json_shape iommu_shape = SHAPE(iommu_fields);

#define WINDOW(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_pci_window, name, __VA_ARGS__)
static const struct json_field pci_window_fields[] = {
	WINDOW("type", json_choice,  space, NAMES(pci_spaces), REQUIRED),
	WINDOW("bus",  json_address, bus,   REQUIRED),
	RANGE(struct jhcfg_hw_pci_window, cpu),
	WINDOW("prefetchable", json_boolean, prefetchable, PLAIN),
};
static const struct json_shape pci_window_shape = SHAPE(pci_window_fields);

#define INTX(key_, index) \
	{ .key = key_, .kind = &json_number, .member = 4 * (index), .size = 4 }
static const struct json_field intx_fields[] = {
	INTX("a", 0), INTX("b", 1), INTX("c", 2), INTX("d", 3),
};
static const struct json_shape intx_shape = SHAPE(intx_fields);

#define HOST(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_pci_host, name, __VA_ARGS__)
static const struct json_field pci_host_fields[] = {
	HOST("device",    board_device_name, device,    NONE),
	HOST("domain",    json_number,       domain,    PLAIN),
	HOST("first_bus", json_number,       first_bus, PLAIN),
	HOST("last_bus",  json_number,       last_bus,  PLAIN),
	HOST("ecam",      board_object,      ecam,      SHAPED(range_shape)),
	ARRAY("windows", board_objects, struct jhcfg_hw_pci_host, windows,
	      num_windows, SHAPED(pci_window_shape)),
	HOST("intx",   board_object, intx,   SHAPED(intx_shape)),
	HOST("source", board_text,   source, PLAIN),
};
static const struct json_shape pci_host_shape = SHAPE(pci_host_fields);

#define FUNCTION(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_pci_function, name, __VA_ARGS__)
/* Offsets are those of the first one, less where it is. */
#define BAR(key_, kind_, name_) \
	{ .key = key_, .kind = &kind_, \
	  .member = offsetof(struct jhcfg_hw_pci_function, bar[0].name_) - \
		    offsetof(struct jhcfg_hw_pci_function, bar), \
	  .size = sizeof(((struct jhcfg_hw_pci_function *)0)->bar[0].name_) }
static const struct json_field bar_fields[] = {
	BAR("phys",         board_start,  range.start),
	BAR("size",         json_size,    range.size),
	BAR("io",           json_boolean, io),
	BAR("is_64bit",     json_boolean, is_64bit),
	BAR("prefetchable", json_boolean, prefetchable),
};
static const struct json_shape bar_shape = SHAPE(bar_fields);

static const struct json_field pci_function_fields[] = {
	FUNCTION("domain",    json_number,  domain,      PLAIN),
	FUNCTION("bdf",       json_bdf,     bdf,         REQUIRED),
	FUNCTION("vendor",    json_address, vendor,      PLAIN),
	FUNCTION("device",    json_address, device,      PLAIN),
	FUNCTION("class",     json_address, class_code,  PLAIN),
	FUNCTION("header",    json_number,  header_type, PLAIN),
	FUNCTION("secondary_bus",   json_number, secondary_bus,   PLAIN),
	FUNCTION("subordinate_bus", json_number, subordinate_bus, PLAIN),
	{ .key = "bars", .kind = &json_iommu_units,
	  .member = offsetof(struct jhcfg_hw_pci_function, bar),
	  .size = sizeof(((struct jhcfg_hw_pci_function *)0)->bar[0]),
	  .count = 6, .type = &bar_shape },
	FUNCTION("interrupt_pin", json_number, interrupt_pin, PLAIN),
	FUNCTION("iommu_group",   json_number, iommu_group,   NONE),
	FUNCTION("iommu",         json_number, iommu,         NONE),
	FUNCTION("driver",        board_text,  driver,        PLAIN),
	ARRAY("config", board_bytes, struct jhcfg_hw_pci_function, config,
	      config_size, PLAIN),
	FUNCTION("source",        board_text,  source,        PLAIN),
};
static const struct json_shape pci_function_shape = SHAPE(pci_function_fields);

/* --- the board ------------------------------------------------------------ */

#define HEAD(key, kind, name, ...) \
	VALUE(key, kind, struct board_head, name, __VA_ARGS__)

/* Objects of one value, in which people note its source. */
static const struct json_field command_line_fields[] = {
	{ .key = "value", .kind = &board_text, .size = sizeof(char *) },
};
static const struct json_shape command_line_shape = SHAPE(command_line_fields);
static const struct json_field psci_fields[] = {
	{ .key = "method", .kind = &board_text, .size = sizeof(char *) },
};
static const struct json_shape psci_shape = SHAPE(psci_fields);
static const struct json_field bits_fields[] = {
	{ .key = "value", .kind = &json_number, .size = sizeof(unsigned int) },
};
static const struct json_shape bits_shape = SHAPE(bits_fields);
static const struct json_field timer_irq_fields[] = {
	INTX("secure", 0), INTX("physical", 1), INTX("virtual", 2),
	INTX("hypervisor", 3),
};
static const struct json_shape timer_irq_shape = SHAPE(timer_irq_fields);
static const struct json_field timer_fields[] = {
	{ .key = "interrupts", .kind = &board_object,
	  .size = sizeof(uint32_t[4]), .type = &timer_irq_shape },
};
static const struct json_shape timer_shape = SHAPE(timer_fields);

#define LIST(key_, list_, shape_) \
	{ .key = key_, .kind = &board_list, .count = list_, .type = &shape_ }
#define BOARD_FIELDS(cpu_shape_) \
	HEAD("name",   board_text, name,   REQUIRED), \
	HEAD("title",  board_text, title,  PLAIN), \
	HEAD("architecture", json_choice, architecture, \
	     NAMES(jhcfg_architectures), REQUIRED), \
	HEAD("source", board_text, source, PLAIN), \
	HEAD("kernel_command_line", board_object, command_line, \
	     SHAPED(command_line_shape)), \
	HEAD("psci", board_object, psci_method, SHAPED(psci_shape)), \
	HEAD("physical_address_bits", board_object, address_bits, \
	     SHAPED(bits_shape)), \
	HEAD("ram_start", json_address, ram_start, PLAIN), \
	LIST("cpus",   BOARD_CPUS,     cpu_shape_), \
	LIST("caches", BOARD_CACHES,   cache_shape), \
	LIST("memory", BOARD_MEMORIES, memory_shape), \
	LIST("interrupt_controllers", BOARD_IRQCHIPS, irqchip_shape), \
	HEAD("timer", board_object, timer_irqs, SHAPED(timer_shape)), \
	LIST("devices",       BOARD_DEVICES,       device_shape), \
	LIST("iommus",        BOARD_IOMMUS,        iommu_shape), \
	LIST("pci_hosts",     BOARD_PCI_HOSTS,     pci_host_shape), \
	LIST("pci_functions", BOARD_PCI_FUNCTIONS, pci_function_shape), \
	LIST("ports",         BOARD_PORTS,         port_shape)

static const struct json_field arm_fields[] = { BOARD_FIELDS(arm_cpu_shape) };
const struct json_shape board_arm_shape = SHAPE(arm_fields);
static const struct json_field x86_fields[] = { BOARD_FIELDS(x86_cpu_shape) };
const struct json_shape board_x86_shape = SHAPE(x86_fields);
/* clang-format on */
