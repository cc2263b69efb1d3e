/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A valid system, a valid new cell, and a cell that runs beside; and rows that
 * change a field or two of them, with the outcome that this must have.
 */
#ifndef VALIDATE_FIXTURE_H
#define VALIDATE_FIXTURE_H

#include "hv_test.h"

#define PACKED __attribute__((packed))

struct fixture_system {
	struct jailhouse_system head;
	u64 cpus[1];
	struct jailhouse_memory mem[8];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci[3];
	union jailhouse_stream_id streams[2];
} PACKED;

/* Indices into mem[] */
enum {
	ROOT_RAM = 0,
	ROOT_MMIO,
	ROOT_SHMEM,
	ROOT_MORE = ROOT_SHMEM + 4,
	CELL_RAM = 0,
	CELL_UART,
	CELL_COMM,
	CELL_SUBPAGE,
	CELL_SHMEM,
	CELL_MORE = CELL_SHMEM + 4,
};

struct fixture_cell {
	struct jailhouse_cell_desc head;
	u64 cpus[1];
	struct jailhouse_memory mem[9];
	struct jailhouse_irqchip irqchips[2];
	struct jailhouse_pci_device pci[2];
	struct jailhouse_pci_capability caps[2];
	union jailhouse_stream_id streams[2];
} PACKED;

/* Takes the place of the arrays that ARM has not. */
struct fixture_x86 {
	struct jailhouse_cell_desc head;
	u64 cpus[1];
	struct jailhouse_cache cache[2];
	struct jailhouse_pio pio[1];
} PACKED;

struct fixture {
	struct fixture_system system;
	struct fixture_cell cell;  /* id 1, CPU 3: on trial */
	struct fixture_cell other; /* id 2, CPU 2: runs */
	struct fixture_x86 x86;
	struct config_context context;
};

/* value is written to `size` bytes at `offset` of struct fixture. */
struct patch {
	size_t offset;
	size_t size;
	u64 value;
};

#define SET(field, new_value)                                                  \
	{                                                                      \
		offsetof(struct fixture, field),                               \
			sizeof(((struct fixture *)0)->field), (u64)(new_value) \
	}

#define MAX_PATCHES 6

struct validate_row {
	const char *name; /* of the test */
	int err;
	const char *text; /* in the one line printed; NULL: none is */
	struct patch bad[MAX_PATCHES];
	/* What makes it acceptable again, after bad, without a line; a row
	 * that expects a warning has the same. */
	struct patch good[MAX_PATCHES];
};

/* Runs each row as a test: judge is called on the fixture. */
int validate_run_rows(const struct validate_row *rows, size_t num_rows,
		      int (*judge)(struct fixture *fixture));

/* The pieces, for tests that are no row. */
void validate_init(struct fixture *fixture);
int validate_cell(struct fixture *fixture);
int validate_system(struct fixture *fixture);

/* The same for any bytes in place of the fixture's own configuration. */
int validate_cell_bytes(struct fixture *fixture, const void *config,
			size_t size);
int validate_system_bytes(struct fixture *fixture, const void *config,
			  size_t size);

#endif
