/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Memory as it is drawn: rows of segments, made from a project and never
 * changed. The first row is physical memory, with whoever has it; then one for
 * each cell, by the addresses that the cell sees.
 */
#ifndef JHW_MEMORY_MAP_H
#define JHW_MEMORY_MAP_H

#include <glib.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

typedef enum {
	JHW_SEGMENT_FREE,      /* RAM of nobody */
	JHW_SEGMENT_RAM,       /* a cell's */
	JHW_SEGMENT_REGISTERS, /* a cell's */
	JHW_SEGMENT_SHARED,    /* of a cell with the root */
	JHW_SEGMENT_LINK,
	JHW_SEGMENT_COMM, /* communication region; in rows of cells only */
	JHW_SEGMENT_HYPERVISOR,
	JHW_SEGMENT_FIRMWARE, /* kept from everybody by the board */
	JHW_SEGMENT_OVERLAP,  /* of several that run together */
} JhwSegmentKind;

typedef struct {
	uint64_t start, last; /* in the addresses of the row, both included */
	uint64_t phys;	      /* where it begins physically; not for COMM */
	uint64_t flags;	      /* of the region: JAILHOUSE_MEM_... */
	JhwSegmentKind kind;
	uint32_t cell; /* key, 0: none */
	guint colour;  /* the cell's, as jhw_owner_colour() has it */
	JhwRef ref;    /* what a click selects; kind NONE: nothing */
	char *label;   /* "RAM 64 MiB" */
	char *owner;   /* "rtos"; of an overlap all, of a link its ends */
} JhwSegment;

typedef struct {
	uint32_t cell;	/* key; 0: physical memory */
	char *title;	/* "rtos" */
	char *subtitle; /* "guest-physical = physical - 0x70000000" */
	/* Added to an address of the row it gives the one below which it is
	 * drawn, modulo 2^64: so the RAM of a cell lies below itself. */
	uint64_t shift;
	GPtrArray *segments; /* JhwSegment, ascending, disjoint */
} JhwMemoryRow;

typedef struct {
	GPtrArray *rows; /* JhwMemoryRow, never empty */
	/* From the first to the last byte of RAM, of the banks around the
	 * hypervisor if there are others far away; the same if there is none. */
	uint64_t ram_start, ram_last;
	/* What keeps Linux from memory of others, as the kernel's command line
	 * or a device tree says it; empty: nothing is needed. */
	char *reservation;
	gboolean reserved; /* the board's command line says so already */
} JhwMemoryMap;

JhwMemoryMap *jhw_memory_map_new(const struct jhcfg_workspace *workspace);
void jhw_memory_map_free(JhwMemoryMap *map);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwMemoryMap, jhw_memory_map_free)

/* The segment of @row that has @address, NULL: none has. */
const JhwSegment *jhw_memory_row_at(const JhwMemoryRow *row, uint64_t address);
/* "RAM", "overlap": what the kind is called in lists. */
const char *jhw_segment_kind_name(JhwSegmentKind kind);
/* Bytes; 0 stands for all of 2^64. */
static inline uint64_t jhw_segment_size(const JhwSegment *segment)
{
	return segment->last - segment->start + 1;
}

#endif
