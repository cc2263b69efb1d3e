// SPDX-License-Identifier: LGPL-2.1-or-later
/* The keys of CPUs, memory and devices of a board, one row each. */
#include "project/board_rows.h"

/* clang-format off */

/* --- names of constants --------------------------------------------------- */

static const struct jhcfg_name cache_types[] = {
	{ "data",        'd', SAYS("for data") },
	{ "instruction", 'i', SAYS("for instructions") },
	{ "unified",     'u', SAYS("for both") },
	{ 0 },
};

static const struct jhcfg_name memory_kinds[] = {
	{ "ram",      JHCFG_HW_RAM, SAYS("RAM") },
	{ "reserved", JHCFG_HW_RESERVED,
	  SAYS("kept from Linux; what it holds is not known") },
	{ "firmware", JHCFG_HW_FIRMWARE,
	  SAYS("of firmware and the secure world") },
	{ "shared",   JHCFG_HW_SHARED,
	  SAYS("shared with devices: DMA pools, remote processors, screens") },
	{ 0 },
};

static const struct jhcfg_name triggers[] = {
	{ "edge",  JHCFG_TRIGGER_EDGE, SAYS("rising edge") },
	{ "level", JHCFG_TRIGGER_LEVEL, SAYS("high level") },
	{ 0 },
};

static const struct jhcfg_name ref_kinds[] = {
	{ "clock",     JHCFG_REF_CLOCK, SAYS("clock that it runs on") },
	{ "power",     JHCFG_REF_POWER, SAYS("power domain that it is in") },
	{ "reset",     JHCFG_REF_RESET, SAYS("reset line that holds it") },
	{ "pinctrl",   JHCFG_REF_PINCTRL, SAYS("pins that it uses") },
	{ "dma",       JHCFG_REF_DMA, SAYS("DMA channels that it uses") },
	{ "phy",       JHCFG_REF_PHY, SAYS("PHY that it is connected to") },
	{ "regulator", JHCFG_REF_REGULATOR,
	  SAYS("regulator that it gets its power from") },
	{ "iommu",     JHCFG_REF_IOMMU, SAYS("IOMMU that guards its accesses") },
	{ "msi",       JHCFG_REF_MSI,
	  SAYS("controller that its message-signalled interrupts go to") },
	{ "other",     JHCFG_REF_OTHER, SAYS("anything else") },
	{ 0 },
};

static const struct jhcfg_name device_kinds[] = {
	{ "other",    JHCFG_HW_DEVICE_OTHER, SAYS("anything else") },
	{ "uart",     JHCFG_HW_DEVICE_UART, SAYS("serial port") },
	{ "timer",    JHCFG_HW_DEVICE_TIMER, SAYS("timer") },
	{ "net",      JHCFG_HW_DEVICE_NET, SAYS("network") },
	{ "storage",  JHCFG_HW_DEVICE_STORAGE, SAYS("disks and cards") },
	{ "gpio",     JHCFG_HW_DEVICE_GPIO, SAYS("pins") },
	{ "i2c",      JHCFG_HW_DEVICE_I2C, SAYS("I2C bus") },
	{ "spi",      JHCFG_HW_DEVICE_SPI, SAYS("SPI bus") },
	{ "usb",      JHCFG_HW_DEVICE_USB, SAYS("USB") },
	{ "display",  JHCFG_HW_DEVICE_DISPLAY, SAYS("display") },
	{ "dma",      JHCFG_HW_DEVICE_DMA, SAYS("DMA controller") },
	{ "clock",    JHCFG_HW_DEVICE_CLOCK, SAYS("clocks") },
	{ "pinctrl",  JHCFG_HW_DEVICE_PINCTRL, SAYS("pin multiplexer") },
	{ "watchdog", JHCFG_HW_DEVICE_WATCHDOG, SAYS("watchdog") },
	{ "irqchip",  JHCFG_HW_DEVICE_IRQCHIP, SAYS("interrupt controller") },
	{ "iommu",    JHCFG_HW_DEVICE_IOMMU, SAYS("IOMMU") },
	{ "pci-host", JHCFG_HW_DEVICE_PCI_HOST, SAYS("PCI host bridge") },
	{ "firmware", JHCFG_HW_DEVICE_FIRMWARE, SAYS("interface of firmware") },
	{ "memory",   JHCFG_HW_DEVICE_MEMORY, SAYS("SRAM and flash") },
	{ 0 },
};

/* --- parts ---------------------------------------------------------------- */

static const struct json_field range_fields[] = {
	VALUE("phys", board_start, struct jhcfg_range, start,
		SAYS("first address")),
	VALUE("size", json_size,   struct jhcfg_range, size, SAYS("length")),
};
const struct json_shape board_range_shape = SHAPE(range_fields);

/* --- CPUs and memory ------------------------------------------------------ */

#define CPU(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_cpu, name, __VA_ARGS__)
#define CPU_FIELDS(phys_key) \
	CPU("id",            json_number,  id,            REQUIRED, \
		SAYS("number that Linux has for it")), \
	CPU(phys_key,        json_address, phys_id,       REQUIRED, \
		SAYS("MPIDR affinity or APIC id")), \
	CPU("package",       json_number,  package, SAYS("socket")), \
	CPU("cluster",       json_number,  cluster, \
		SAYS("cluster in the socket")), \
	CPU("core",          json_number,  core, \
		SAYS("core in the cluster")), \
	CPU("thread",        json_number,  thread, \
		SAYS("thread of the core")), \
	CPU("compatible",    board_text,   compatible, \
		SAYS("type of the CPU, as device trees name it")), \
	CPU("enable_method", board_text,   enable_method, \
		SAYS("how it is started: psci, spin-table")), \
	CPU("source",        board_text,   source, \
		SAYS("where the fact comes from"))
static const struct json_field arm_cpu_fields[] = { CPU_FIELDS("mpidr") };
const struct json_shape board_arm_cpu_shape = SHAPE(arm_cpu_fields);
static const struct json_field x86_cpu_fields[] = { CPU_FIELDS("apic_id") };
const struct json_shape board_x86_cpu_shape = SHAPE(x86_cpu_fields);

#define CACHE(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_cache, name, __VA_ARGS__)
static const struct json_field cache_fields[] = {
	CACHE("level",     json_number, level,     REQUIRED,
		SAYS("level: 1, 2, 3")),
	CACHE("type",      json_choice, type,      NAMES(cache_types), REQUIRED,
		SAYS("what it holds")),
	CACHE("size",      json_size,   size, SAYS("size")),
	CACHE("line_size", json_number, line_size, SAYS("bytes of a line")),
	CACHE("sets",      json_number, sets, SAYS("number of sets")),
	CACHE("ways",      json_number, ways, SAYS("number of ways")),
	ARRAY("cpus", board_numbers, struct jhcfg_hw_cache, cpus, num_cpus,
		SAYS("CPUs that share it")),
	CACHE("source",    board_text,  source,
		SAYS("where the fact comes from")),
};
const struct json_shape board_cache_shape = SHAPE(cache_fields);

#define MEM(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_memory, name, __VA_ARGS__)
static const struct json_field memory_fields[] = {
	MEM("kind",     json_choice,  kind,     NAMES(memory_kinds),
		SAYS("what the memory is used for")),
	MEM("name",     board_text,   name,
		SAYS("what device tree or firmware call it")),
	RANGE(struct jhcfg_hw_memory, range),
	MEM("no_map",   json_boolean, no_map, SAYS("Linux does not map it")),
	MEM("reusable", json_boolean, reusable,
		SAYS("Linux uses it as long as the device does not")),
	MEM("source",   board_text,   source,
		SAYS("where the fact comes from")),
};
const struct json_shape board_memory_shape = SHAPE(memory_fields);

/* --- devices -------------------------------------------------------------- */

static const struct json_field window_fields[] = {
	VALUE("name", board_text, struct board_window, name,
		SAYS("which registers these are")),
	RANGE(struct board_window, range),
};
static const struct json_shape window_shape = SHAPE(window_fields);

static const struct json_field port_fields[] = {
	VALUE("name",   board_text,   struct jhcfg_hw_port, name,
		SAYS("whose ports they are")),
	VALUE("base",   json_address, struct jhcfg_hw_port, base,   REQUIRED,
		SAYS("first port")),
	VALUE("length", json_number,  struct jhcfg_hw_port, length, REQUIRED,
		SAYS("number of ports")),
};
const struct json_shape board_port_shape = SHAPE(port_fields);

#define IRQ(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_irq, name, __VA_ARGS__)
static const struct json_field irq_fields[] = {
	IRQ("number",     json_number,       number,     REQUIRED,
		SAYS("INTID, or global interrupt on x86; a pin, if it is "
		     "nested")),
	IRQ("name",       board_text,        name,
		SAYS("what the device calls it")),
	IRQ("trigger",    json_choice,       trigger,    NAMES(triggers),
		SAYS("how it is signalled")),
	IRQ("per_cpu",    json_boolean,      per_cpu,
		SAYS("each CPU has its own: an SGI or PPI")),
	IRQ("nested",     json_boolean,      nested,
		SAYS("it ends at another controller")),
	IRQ("controller", board_device_name, controller, NONE,
		SAYS("device that is this controller")),
};
static const struct json_shape irq_shape = SHAPE(irq_fields);

#define REF(key, kind, name, ...) \
	VALUE(key, kind, struct jhcfg_hw_ref, name, __VA_ARGS__)
static const struct json_field ref_fields[] = {
	REF("kind",     json_choice,       kind,     NAMES(ref_kinds), REQUIRED,
		SAYS("what is needed")),
	REF("device",   board_device_name, device,   NONE,
		SAYS("device that provides it")),
	REF("property", board_text,        property,
		SAYS("property of the device tree that says so")),
	REF("name",     board_text,        name,
		SAYS("what the device calls it")),
	ARRAY("args", board_ids, struct jhcfg_hw_ref, args, num_args,
		SAYS("numbers behind the reference")),
};
static const struct json_shape ref_shape = SHAPE(ref_fields);

#define DEV(key, kind, name, ...) \
	VALUE(key, kind, struct board_device, device.name, __VA_ARGS__)
#define DEVS(key, kind, name, count, ...) \
	ARRAY(key, kind, struct board_device, device.name, device.count, \
	      __VA_ARGS__)
static const struct json_field device_fields[] = {
	DEV("name",   board_text,        name,   REQUIRED,
		SAYS("label, alias or name of the node")),
	DEV("kind",   json_choice,       kind,   NAMES(device_kinds),
		SAYS("what it is")),
	DEV("path",   board_text,        path,
		SAYS("of the node, or of the device in sysfs")),
	DEVS("compatible", board_texts, compatible, num_compatible,
		SAYS("types, the most specific one first")),
	DEV("status", board_status,      status,
		SAYS("okay, disabled or reserved")),
	DEV("parent", board_device_name, parent, NONE,
		SAYS("device that it is a part of")),
	ARRAY("windows", board_objects, struct board_device, windows,
	      num_windows, SHAPED(window_shape),
		SAYS("physical addresses of its registers")),
	DEVS("ports",      board_objects,    ports, num_ports,
	     SHAPED(board_port_shape),
		SAYS("ports of its registers")),
	DEVS("interrupts", board_interrupts, irqs,  num_irqs,  SHAPED(irq_shape),
		SAYS("interrupts that it raises")),
	DEVS("references", board_objects,    refs,  num_refs,  SHAPED(ref_shape),
		SAYS("devices that it cannot do without")),
	DEVS("stream_ids", board_ids, stream_ids, num_stream_ids,
		SAYS("numbers by which the IOMMU knows its accesses")),
	DEV("dma",          json_boolean, dma,
		SAYS("it accesses memory by itself")),
	DEV("console_type", json_choice,  console_type,
	    NAMES(jhcfg_console_types), SAYS("UART: its type as a console")),
	DEV("reg_shift",    json_number,  reg_shift,
		SAYS("UART: distance of its registers, as a power of two")),
	DEV("reg_io_width", json_number,  reg_io_width,
		SAYS("UART: bytes of an access")),
	DEV("clock_hz",     json_number,  clock_hz,
		SAYS("UART: frequency of its clock")),
	DEV("boot_console", json_boolean, boot_console,
		SAYS("UART: Linux writes its messages to it")),
	DEV("source",       board_text,   source,
		SAYS("where the fact comes from")),
};
const struct json_shape board_device_shape = SHAPE(device_fields);
/* clang-format on */
