/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The hardware: what a board or machine has, told by a device tree, by Linux,
 * by ACPI tables or by a person. Importers fill a board once; afterwards it is
 * read-only and may be shared. Every fact carries its source ("k3-am625-sk.dtb
 * /bus@f0000/serial@2800000", "/proc/iomem line 12").
 *
 * The structs are plain values; their strings and arrays belong to the board.
 * Strings are never NULL; what is unknown is empty or 0 unless said otherwise.
 */
#ifndef JHCFG_BOARD_H
#define JHCFG_BOARD_H

#include <jhcfg/model.h>

#define JHCFG_NO_INDEX ((size_t)-1)

struct jhcfg_range {
	uint64_t start;
	uint64_t size;
};

struct jhcfg_hw_cpu {
	unsigned int id;      /* Linux' logical number */
	uint64_t phys_id;     /* MPIDR affinity or APIC id */
	unsigned int package; /* topology; the same where it is not known */
	unsigned int cluster;
	unsigned int core;
	unsigned int thread;
	const char *compatible;
	const char *enable_method; /* "psci", "spin-table" */
	const char *source;
};

struct jhcfg_hw_cache {
	unsigned int level;
	char type; /* 'd', 'i' or 'u'nified */
	uint64_t size;
	unsigned int line_size, sets, ways;
	const unsigned int *cpus; /* ids of the CPUs that share it, ascending */
	size_t num_cpus;
	const char *source;
};

enum jhcfg_hw_memory_kind {
	JHCFG_HW_RAM,
	JHCFG_HW_RESERVED, /* kept from Linux, contents unknown */
	JHCFG_HW_FIRMWARE, /* secure world, TF-A, OP-TEE, ACPI, EFI */
	JHCFG_HW_SHARED,   /* DMA pools, remote processors, framebuffers */
};

struct jhcfg_hw_memory {
	enum jhcfg_hw_memory_kind kind;
	struct jhcfg_range range;
	bool no_map;	  /* Linux does not map it */
	bool reusable;	  /* CMA: Linux uses it meanwhile */
	const char *name; /* "optee@9e800000" */
	const char *source;
};

enum jhcfg_hw_trigger {
	JHCFG_TRIGGER_UNKNOWN,
	JHCFG_TRIGGER_EDGE,  /* rising */
	JHCFG_TRIGGER_LEVEL, /* high */
};

/* A port range of x86. */
struct jhcfg_hw_port {
	uint16_t base;
	uint32_t length;
	const char *name;
};

/* An interrupt at the controller that cells are given: the GIC's INTID, the
 * global system interrupt on x86. One that is nested ends at another
 * controller (a GPIO block, a message box), and the number is a pin of that. */
struct jhcfg_hw_irq {
	uint32_t number;
	bool nested;
	size_t controller; /* if nested: device, or JHCFG_NO_INDEX */
	enum jhcfg_hw_trigger trigger;
	bool per_cpu;	  /* SGI or PPI */
	const char *name; /* interrupt-names */
};

enum jhcfg_hw_ref_kind {
	JHCFG_REF_CLOCK,
	JHCFG_REF_POWER,
	JHCFG_REF_RESET,
	JHCFG_REF_PINCTRL,
	JHCFG_REF_DMA,
	JHCFG_REF_PHY,
	JHCFG_REF_REGULATOR,
	JHCFG_REF_IOMMU,
	JHCFG_REF_MSI,
	JHCFG_REF_OTHER, /* any other phandle: syscon, mailbox, ... */
};

/* A device that this one cannot do without. */
struct jhcfg_hw_ref {
	enum jhcfg_hw_ref_kind kind;
	size_t device;	      /* index of the provider, or JHCFG_NO_INDEX */
	const char *property; /* "assigned-clocks" */
	const char *name;     /* clock-names and so on */
	const uint32_t *args; /* cells behind the phandle */
	size_t num_args;
};

enum jhcfg_hw_device_kind {
	JHCFG_HW_DEVICE_OTHER,
	JHCFG_HW_DEVICE_UART,
	JHCFG_HW_DEVICE_TIMER,
	JHCFG_HW_DEVICE_NET,
	JHCFG_HW_DEVICE_STORAGE,
	JHCFG_HW_DEVICE_GPIO,
	JHCFG_HW_DEVICE_I2C,
	JHCFG_HW_DEVICE_SPI,
	JHCFG_HW_DEVICE_USB,
	JHCFG_HW_DEVICE_DISPLAY,
	JHCFG_HW_DEVICE_DMA,
	JHCFG_HW_DEVICE_CLOCK,
	JHCFG_HW_DEVICE_PINCTRL,
	JHCFG_HW_DEVICE_WATCHDOG,
	JHCFG_HW_DEVICE_IRQCHIP,
	JHCFG_HW_DEVICE_IOMMU,
	JHCFG_HW_DEVICE_PCI_HOST,
	JHCFG_HW_DEVICE_FIRMWARE,
	JHCFG_HW_DEVICE_MEMORY, /* SRAM, flash */
};

struct jhcfg_hw_device {
	enum jhcfg_hw_device_kind kind;
	const char *name;	       /* label, alias or node name; unique */
	const char *path;	       /* of the node, or of the sysfs device */
	const char *const *compatible; /* most specific first */
	size_t num_compatible;
	const char *status; /* "okay", "disabled", "reserved" */
	size_t parent;	    /* index, or JHCFG_NO_INDEX */

	const struct jhcfg_range *windows; /* CPU addresses of registers */
	const char *const *window_names;   /* as many, maybe empty strings */
	size_t num_windows;
	const struct jhcfg_hw_port *ports; /* x86 */
	size_t num_ports;
	const struct jhcfg_hw_irq *irqs;
	size_t num_irqs;
	const struct jhcfg_hw_ref *refs;
	size_t num_refs;
	/* DMA: as the IOMMU sees it; none where there is no IOMMU */
	const uint32_t *stream_ids;
	size_t num_stream_ids;
	bool dma; /* it is a bus master, as far as one can tell */

	/* UARTs: what a struct jhcfg_console wants */
	uint16_t console_type; /* JAILHOUSE_CON_TYPE_..., 0: none of ours */
	uint8_t reg_shift;
	uint8_t reg_io_width; /* bytes, 0: 1 << reg_shift is not more */
	uint32_t clock_hz;
	bool boot_console; /* stdout-path or console= */

	const char *source;
};

enum jhcfg_hw_irqchip_kind {
	JHCFG_HW_GICV2 = 2,
	JHCFG_HW_GICV3 = 3,
	JHCFG_HW_IOAPIC = 16,
	JHCFG_HW_OTHER_IRQCHIP = 32,
};

struct jhcfg_hw_irqchip {
	enum jhcfg_hw_irqchip_kind kind;
	size_t device;		 /* index, or JHCFG_NO_INDEX */
	struct jhcfg_range gicd; /* or the IOAPIC's registers */
	struct jhcfg_range gicc, gich, gicv;
	const struct jhcfg_range *gicr; /* redistributor regions */
	size_t num_gicr;
	uint64_t gicr_stride;	  /* 0: what the hardware says */
	uint32_t maintenance_irq; /* INTID */
	struct jhcfg_range its;	  /* size 0: none */
	/* IOAPIC */
	uint32_t id, gsi_base, num_pins;
	uint16_t bdf; /* requester */
	int iommu;    /* index of the one responsible, -1: none */
	const char *source;
};

struct jhcfg_hw_iommu {
	struct jhcfg_iommu unit; /* as configurations name it */
	size_t device;
	const char *source;
};

enum jhcfg_hw_pci_space {
	JHCFG_PCI_IO,
	JHCFG_PCI_MEM32,
	JHCFG_PCI_MEM64
};

struct jhcfg_hw_pci_window {
	enum jhcfg_hw_pci_space space;
	uint64_t bus; /* PCI address */
	struct jhcfg_range cpu;
	bool prefetchable;
};

struct jhcfg_hw_pci_host {
	size_t device;
	uint16_t domain;
	uint8_t first_bus, last_bus;
	struct jhcfg_range ecam; /* size 0: not an ECAM */
	const struct jhcfg_hw_pci_window *windows;
	size_t num_windows;
	uint32_t intx[4]; /* INTIDs of INTA to INTD of slot 0, 0: unknown */
	const char *source;
};

/* A PCI function that was found, with what its configuration space says. */
struct jhcfg_hw_pci_function {
	uint16_t domain, bdf;
	uint16_t vendor, device;
	uint32_t class_code;			/* 24 bits */
	uint8_t header_type;			/* 0 device, 1 bridge */
	uint8_t secondary_bus, subordinate_bus; /* bridges */
	struct {
		struct jhcfg_range range; /* size 0: none */
		bool io, is_64bit, prefetchable;
	} bar[6];
	uint8_t interrupt_pin;
	int iommu_group; /* -1: none */
	int iommu;	 /* index of the one responsible, -1: none */
	const char *driver;
	const uint8_t *config; /* raw configuration space */
	size_t config_size;
	const char *source;
};

struct jhcfg_board;

JHCFG_API void jhcfg_board_free(struct jhcfg_board *board);
/* Another reference to the same, immutable board. */
JHCFG_API struct jhcfg_board *jhcfg_board_ref(struct jhcfg_board *board);

JHCFG_API const char *jhcfg_board_name(const struct jhcfg_board *board);
/* "Texas Instruments AM625 SK" */
JHCFG_API const char *jhcfg_board_title(const struct jhcfg_board *board);
JHCFG_API uint8_t jhcfg_board_architecture(const struct jhcfg_board *board);
JHCFG_API const char *jhcfg_board_source(const struct jhcfg_board *board);
/* The kernel command line that goes with it: recorded, or recommended. */
JHCFG_API const char *jhcfg_board_command_line(const struct jhcfg_board *board);
/* "smc", "hvc", or empty: no PSCI. */
JHCFG_API const char *jhcfg_board_psci_method(const struct jhcfg_board *board);
/* Of CPU physical addresses; 0: unknown. */
JHCFG_API unsigned int jhcfg_board_address_bits(
	const struct jhcfg_board *board);
/* Where RAM begins if the source leaves its size to the boot loader; else 0. */
JHCFG_API uint64_t jhcfg_board_ram_start(const struct jhcfg_board *board);
/* INTIDs of the architected timer: secure, physical, virtual, hypervisor; 0:
 * unknown. */
JHCFG_API uint32_t jhcfg_board_timer_irq(const struct jhcfg_board *board,
					 unsigned int index);

/* Lists: the count, and entry @index or NULL behind the last one. */
#define JHCFG_BOARD_LIST(name, plural)                                         \
	JHCFG_API size_t jhcfg_board_num_##plural(                             \
		const struct jhcfg_board *board);                              \
	JHCFG_API const struct jhcfg_hw_##name *jhcfg_board_##name(            \
		const struct jhcfg_board *board, size_t index);
JHCFG_BOARD_LIST(cpu, cpus)
JHCFG_BOARD_LIST(cache, caches)
JHCFG_BOARD_LIST(memory, memories)
JHCFG_BOARD_LIST(device, devices)
JHCFG_BOARD_LIST(irqchip, irqchips)
JHCFG_BOARD_LIST(iommu, iommus)
JHCFG_BOARD_LIST(pci_host, pci_hosts)
JHCFG_BOARD_LIST(pci_function, pci_functions)
JHCFG_BOARD_LIST(port, ports)
#undef JHCFG_BOARD_LIST

/* --- answers, in O(log n) ------------------------------------------------ */

/* The device with this name or path, JHCFG_NO_INDEX without one. */
JHCFG_API size_t jhcfg_board_find_device(const struct jhcfg_board *board,
					 const char *name);
/* First device, in ascending order of windows, that has a register window in
 * [start, start + size); *position goes on where the last call ended (0 at
 * first). JHCFG_NO_INDEX when there is no further one. */
JHCFG_API size_t jhcfg_board_device_at(const struct jhcfg_board *board,
				       struct jhcfg_range range,
				       size_t *position);
/* The device whose interrupt it is, or JHCFG_NO_INDEX; *position as above. */
JHCFG_API size_t jhcfg_board_device_of_irq(const struct jhcfg_board *board,
					   uint32_t number, size_t *position);
/* The whole range is RAM, in one bank or adjacent ones. */
JHCFG_API bool jhcfg_board_is_ram(const struct jhcfg_board *board,
				  struct jhcfg_range range);
/* The GIC that cells are given interrupts of, or the first IOAPIC; NULL if the
 * board has none. */
JHCFG_API const struct jhcfg_hw_irqchip *jhcfg_board_main_irqchip(
	const struct jhcfg_board *board);
/*
 * What configurations have to name as the CPU interface of a GICv2, and as its
 * virtual one. Where the window has room for two frames of 64 KiB, each is
 * filled with copies of 4 KiB, and the base that works is the last copy in the
 * first frame, since the registers go on for 8 KiB.
 */
JHCFG_API uint64_t jhcfg_hw_gicc_base(const struct jhcfg_hw_irqchip *gic);
JHCFG_API uint64_t jhcfg_hw_gicv_base(const struct jhcfg_hw_irqchip *gic);

#endif
