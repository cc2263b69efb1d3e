/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * An SMMUv3 that remembers: what it read of stream and page tables counts until
 * a command tells it to forget, so that one that is missing is seen. It works
 * while the hypervisor waits for it.
 */
#ifndef SMMUV3_FIXTURE_H
#define SMMUV3_FIXTURE_H

#include "machine.h"

#include "../../../hypervisor/iommu/smmuv3.h"

#define SMMU_BASE 0x09050000ULL

/* Streams: of the root, of the root and cell 1, of cell 1 alone, of nobody. */
#define ROOT_STREAM   0x08U
#define SHARED_STREAM 0x10U /* PCI device 00:02.0 of cell 1 */
#define CELL_STREAM   0x4321U
#define STRAY_STREAM  0x99U

struct smmu_system {
	struct machine_system base;
	union jailhouse_stream_id streams[2];
} __attribute__((packed));

struct smmu_cell {
	struct machine_cell base;
	struct jailhouse_pci_device pci[1];
	union jailhouse_stream_id streams[2];
} __attribute__((packed));

extern struct smmu_system smmu_system;
extern struct smmu_cell smmu_cell;

/* How the unit is, from smmu_defaults() on. */
struct fake_smmu {
	char *regs;
	u32 idr0, idr1, idr5;
	u32 linux_cr0;
	bool deaf; /* takes no settings and no command */
	u32 error; /* of the next command; 0: none */
	u32 event_prod;

	unsigned int num_commands; /* since it was reset */
	u32 opcodes[256];	   /* how often */
};
extern struct fake_smmu fake_smmu;

static inline u32 *smmu32(unsigned int offset)
{
	return (u32 *)(void *)(fake_smmu.regs + offset);
}

static inline u64 *smmu64(unsigned int offset)
{
	return (u64 *)(void *)(fake_smmu.regs + offset);
}

void smmu_defaults(void);
/* What host_boot() returns with these. */
int smmu_boot(void);
/* For CMocka: all of it with the defaults; teardown is machine_teardown(). */
int smmu_setup(void **state);

long smmu_create(void);

/* A device accesses memory: where it arrives, or PHYS_INVALID; an event is in
 * the queue then, if that is on. */
phys_t smmu_dma(u32 stream, u64 address, bool is_write);

/* The unit writes an event with these words. */
void smmu_event(u64 word0, u64 word1, u64 address);

/* The root's CPU looks for events. */
void smmu_poll(void);

#endif
