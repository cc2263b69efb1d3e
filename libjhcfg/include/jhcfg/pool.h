/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What the hypervisor of this tree needs of its memory: how large that has to
 * be, and how many pages of its pool a set of cells takes, and what for.
 */
#ifndef JHCFG_POOL_H
#define JHCFG_POOL_H

#include <jhcfg/board.h>
#include <jhcfg/diag.h>

/* A firmware image: what its header says of the room that it takes. */
struct jhcfg_firmware {
	uint8_t architecture;
	uint64_t core_size;	   /* bytes, with what is zero at first */
	uint32_t cpu_shared_size;  /* bytes for each CPU */
	uint32_t cpu_private_size; /* the same, multiple of the page size */
	char version[33];
};

/* The firmware that comes with the library, to be used as long as no file is at
 * hand; NULL for architectures that it does not exist for. */
JHCFG_API const struct jhcfg_firmware *jhcfg_firmware_default(
	uint8_t architecture);

/* Reads the header of an image (jailhouse.bin). Only the first 128 bytes are
 * needed. -EINVAL: it is none that we know, see @diags. */
JHCFG_API int jhcfg_firmware_read(const void *data, size_t size,
				  struct jhcfg_diags *diags,
				  struct jhcfg_firmware *firmware);

enum jhcfg_pool_use {
	JHCFG_POOL_OWN,	      /* tables and bitmap for the pool itself */
	JHCFG_POOL_REGISTERS, /* mappings of registers that it uses */
	JHCFG_POOL_CELLS,     /* descriptors, configurations, communication */
	JHCFG_POOL_CONSOLES,  /* virtual consoles */
	JHCFG_POOL_TABLES,    /* memory of cells: second-stage tables */
	JHCFG_POOL_SPLITS,    /* the root's, for what cells take of it */
	JHCFG_POOL_TRAPS,     /* registers and parts of pages that trap */
	JHCFG_POOL_PCI,	      /* functions, and ends of links */
	JHCFG_POOL_IOMMU,     /* queues, and tables of streams */
	JHCFG_POOL_NUM_USES,
};

struct jhcfg_pool {
	uint64_t use[JHCFG_POOL_NUM_USES]; /* pages of 4 KiB */
	uint64_t used;			   /* their sum */
	/* pages that the configured memory has for it; 0: not even what lies
	 * in front of the pool fits */
	uint64_t pages;
	/* the second pool: addresses for registers, in pages */
	uint64_t remap_used, remap_pages;
	uint64_t fixed; /* bytes in front of the pool: image, CPUs, config */
	/* smallest hypervisor_memory.size with which all this fits, in bytes */
	uint64_t minimum;
};

/*
 * Estimates what @system and the @num_cells configurations at @cells, all
 * created and loaded at once, take. @board (may be NULL) tells how many
 * redistributors there are; @firmware NULL: the default one.
 * -EINVAL: @system is none; -ENOTSUP: no firmware for the architecture;
 * -ENOMEM.
 */
JHCFG_API int jhcfg_pool_estimate(const struct jhcfg_config *system,
				  const struct jhcfg_config *const *cells,
				  size_t num_cells,
				  const struct jhcfg_board *board,
				  const struct jhcfg_firmware *firmware,
				  struct jhcfg_pool *pool);

/* What a use is, for people: "second-stage tables of cells". */
JHCFG_API const char *jhcfg_pool_use_name(enum jhcfg_pool_use use);

#endif
