/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What an importer of a machine has read, and the steps that fill a board. */
#ifndef IMPORT_LINUX_LINUX_H
#define IMPORT_LINUX_LINUX_H

#include "import/linux/acpi.h"
#include "import/linux/cpuinfo.h"
#include "import/linux/interrupts.h"
#include "import/linux/machine.h"
#include "import/linux/resources.h"
#include "model/arena.h"
#include "model/board.h"

#define LINUX_MAX_TABLES 16
#define LINUX_MAX_SOURCE 256
#define LINUX_MAX_LINE	 4096

struct linux_pci {
	struct jhcfg_hw_pci_function function;
	char name[16]; /* "0000:00:1f.2" */
	uint32_t irq;  /* Linux' number; 0: none */
	size_t device; /* in the board */
};

struct linux_tables {
	char *data[LINUX_MAX_TABLES];
	size_t count;
};

struct linux_import {
	struct machine *machine;
	struct jhcfg_diags *diags;
	struct jhcfg_board *board;
	struct jhcfg_arena arena;
	struct resources iomem, ioports;
	struct cpuinfo cpuinfo;
	struct interrupts interrupts;
	struct acpi acpi;
	struct linux_tables tables; /* what acpi points into */
	struct linux_pci *pci;	    /* sorted by domain and bdf */
	size_t num_pci;
	char command_line[LINUX_MAX_LINE];
};

/* --- reading: each fills its part of the import; -ENOMEM or what has to stop
 * the import, with a diagnostic */
int linux_read_text(struct linux_import *import);
int linux_read_tables(struct linux_import *import);
int linux_read_pci(struct linux_import *import);

/* --- filling the board: memory that runs out is remembered by it */
int linux_add_cpus(struct linux_import *import);
int linux_add_caches(struct linux_import *import);
void linux_add_memory(struct linux_import *import);
void linux_add_irqchips(struct linux_import *import);
void linux_add_iommus(struct linux_import *import);
void linux_add_pci_hosts(struct linux_import *import);
void linux_add_pci_functions(struct linux_import *import);
void linux_add_ttys(struct linux_import *import);
void linux_add_others(struct linux_import *import);

/* --- helpers */
/* "NAME/proc/iomem line 12" */
void linux_source(const struct linux_import *import, const char *file,
		  unsigned int line, char text[LINUX_MAX_SOURCE]);
/* "NAME/sys/firmware/acpi/tables/DMAR offset 0x30" */
void linux_table_source(const struct linux_import *import, const char *table,
			size_t offset, char text[LINUX_MAX_SOURCE]);
/* "Standard PC (Q35 + ICH9, 2009)" becomes "standard-pc-q35-ich9-2009": names
 * become parts of file names and of findings. Cut to @size. */
void linux_make_name(const char *from, char *name, size_t size);
/* The PCI function with this address, or NULL. */
struct linux_pci *linux_find_pci(const struct linux_import *import,
				 uint16_t domain, uint16_t bdf);
/* Finds the functions that scopes of IOMMUs name. */
void linux_find_scopes(struct linux_import *import);
/* The IOMMU (index in the board) of a function, of an IOAPIC; -1: none. For
 * the latter *@bdf is the requester id that the tables give it. */
int linux_iommu_of(const struct linux_import *import, uint16_t domain,
		   uint16_t bdf);
int linux_iommu_of_ioapic(const struct linux_import *import, uint8_t id,
			  uint16_t *bdf);
/* The global system interrupt of a number of Linux; false: unknown. */
bool linux_gsi(const struct linux_import *import, unsigned int number,
	       struct jhcfg_hw_irq *irq);
/* Ranges that memmap=SIZE$START takes from Linux: the next one behind *@at
 * (of the command line, to begin with). */
bool linux_next_memmap(const char **at, struct jhcfg_range *range);

#endif
