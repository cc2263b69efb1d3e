/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * The inside of the model. Codecs and the project form reach members through
 * their field tables (offset and width), so the structs here are what those
 * tables describe.
 */
#ifndef JHCFG_MODEL_PRIVATE_H
#define JHCFG_MODEL_PRIVATE_H

#include <jhcfg/model.h>

#include "model/attrs.h"

/* The resource lists of a cell, in the order of the binary format. */
enum jhcfg_list_id {
	JHCFG_LIST_MEMORY,
	JHCFG_LIST_CACHE,
	JHCFG_LIST_IRQCHIPS,
	JHCFG_LIST_PIO,
	JHCFG_LIST_PCI_DEVICES,
	JHCFG_LIST_PCI_CAPS,
	JHCFG_LIST_STREAM_IDS,
	/* of forks */
	JHCFG_LIST_CPU_IDS,
	JHCFG_LIST_REGMAPS,
	JHCFG_LIST_QOS_DEVICES,
	JHCFG_LIST_RCPU_DEVICES,
	JHCFG_LIST_FPGA_DEVICES,
	JHCFG_NUM_LISTS,
};

/* One resource with what the binary format does not hold: name, source. */
struct jhcfg_item {
	struct jhcfg_attrs attrs;
	union {
		struct jhcfg_memory memory;
		struct jhcfg_cache cache;
		struct jhcfg_irqchip irqchip;
		struct jhcfg_pio pio;
		struct jhcfg_pci_device pci_device;
		struct jhcfg_pci_cap pci_cap;
		struct jhcfg_stream_id stream_id;
		struct jhcfg_regmap regmap;
		struct jhcfg_cpu_id cpu_id;
		struct jhcfg_blob blob;
	} value;
};

struct jhcfg_list {
	struct jhcfg_item *items;
	size_t count;
	size_t capacity;
};

struct jhcfg_cpu_set {
	uint8_t *bytes; /* LSB first, logical CPU numbers */
	size_t size;	/* bytes, as in the file: a multiple of 8 */
};

struct jhcfg_cell {
	struct jhcfg_attrs attrs;
	char name[JHCFG_NAME_SIZE];
	uint32_t id; /* of a cell that runs; 0 in files */
	uint32_t flags;
	uint32_t vpci_irq_base; /* SPI number */
	uint64_t reset_address;
	uint64_t msg_reply_timeout; /* us */
	struct jhcfg_console console;
	struct jhcfg_cpu_set cpus;
	struct jhcfg_list lists[JHCFG_NUM_LISTS];
	/* up to revision 10: bytes of the port bitmap; 0: as needed */
	uint32_t pio_bitmap_size;
	/* NXP, up to revision 10 */
	uint64_t pci_cfg_base;
	uint64_t pci_cfg_size;
	uint32_t ivshmem_irq;
	/* Omnivisor: bitmaps of remote CPUs and FPGA regions */
	struct jhcfg_cpu_set rcpus;
	struct jhcfg_cpu_set fpga_regions;
};

struct jhcfg_system {
	struct jhcfg_attrs attrs;
	uint32_t flags;
	struct jhcfg_memory hypervisor_memory;
	struct jhcfg_console debug_console;
	struct jhcfg_platform platform;
};

struct jhcfg_config {
	bool has_system;
	uint8_t architecture;
	struct jhcfg_system system; /* only if has_system */
	struct jhcfg_cell cell;	    /* the root cell if has_system */
};

/* An empty configuration; NULL without memory. */
struct jhcfg_config *jhcfg_config_new(bool has_system, uint8_t architecture);

/* A zeroed item at the end of the list, valid until the next call; NULL
 * without memory. */
struct jhcfg_item *jhcfg_list_append(struct jhcfg_list *list);

/* Makes room for CPUs 0 to @size * 8 - 1 (and forgets none); -ENOMEM. */
int jhcfg_cpu_set_resize(struct jhcfg_cpu_set *set, size_t size);
/* Adds @first to @last, at most JHCFG_MAX_CPUS - 1; -ENOMEM. */
int jhcfg_cpu_set_add(struct jhcfg_cpu_set *set, unsigned int first,
		      unsigned int last);
bool jhcfg_cpu_set_has(const struct jhcfg_cpu_set *set, unsigned int cpu);

#endif
