/* SPDX-License-Identifier: GPL-2.0-only */
/* Between the files of the validator: who is judged, and how to say what. */
#ifndef HV_CORE_VALIDATE_H
#define HV_CORE_VALIDATE_H

#include <hv/config.h>

/* Arrays of a configuration, for messages. */
enum entry_kind {
	ENTRY_NONE,
	ENTRY_MEMORY,
	ENTRY_CACHE,
	ENTRY_IRQCHIP,
	ENTRY_PIO,
	ENTRY_PCI_DEVICE,
	ENTRY_PCI_CAP,
	ENTRY_STREAM_ID,
	ENTRY_IOMMU,
};

/* What is accepted; each kind is said once per configuration, so that no
 * configuration can flood the console. */
enum warning {
	WARN_TRAILING_BYTES,
	WARN_UNKNOWN_FLAGS,
	WARN_NO_EFFECT,
	WARN_FIRMWARE_CALLS,
	WARN_NO_COMM_REGION,
	WARN_COMM_SIZE,
	WARN_RESET_ADDRESS,
	WARN_MEM_UNKNOWN_FLAGS,
	WARN_MEM_FLAGS, /* the first of as many as there are flag rules */
	WARN_MEM_FLAGS_LAST = WARN_MEM_FLAGS + 7,
	WARN_MEM_REPEATED,
	WARN_MEM_TWICE,
	WARN_MEM_NOT_ROOT,
	WARN_IRQ_PRIVATE,
	WARN_IRQ_BEYOND,
	WARN_IRQ_NOT_ROOT,
	WARN_PCI_NOT_ROOT,
	WARN_SHMEM_ID,
	WARN_SHMEM_LAYOUT,
	WARN_SHMEM_RIGHTS,
	WARN_SHMEM_IRQ,
	WARN_CONSOLE,
	WARN_IOMMU_GAP,
	NUM_WARNINGS
};
_Static_assert(NUM_WARNINGS <= 32, "judge.warned has a bit for each");

/* A configuration on trial. */
struct judge {
	const struct config_context *context;
	const struct jailhouse_cell_desc *config;
	const struct jailhouse_memory *mem; /* its regions */
	bool is_root;
	u32 warned; /* bit n: enum warning n was said */

	/* The entry that messages are about. */
	enum entry_kind entry;
	u32 index;
};

void judge_init(struct judge *judge, const struct config_context *context,
		const struct jailhouse_cell_desc *config, bool is_root);

/* Prints "Refused: cell ...: entry ...: " and the text; returns err. */
int judge_refuse(const struct judge *judge, int err, const char *fmt, ...)
	__printf(3, 4);
/* Prints a warning, unless one of this kind was printed. */
void judge_warn(struct judge *judge, unsigned int warning, const char *fmt, ...)
	__printf(3, 4);
/* The same for the system configuration around the root cell. */
int system_refuse(int err, const char *fmt, ...) __printf(2, 3);

/* What each file judges; 0 or a negated errno. */
int judge_memory(struct judge *judge);
int judge_irqchips(struct judge *judge);
int judge_pci(struct judge *judge);
int judge_stream_ids(struct judge *judge);
int judge_platform(struct judge *judge, const struct jailhouse_system *system);

/* Is there such an IOMMU unit? */
bool iommu_unit_exists(const struct jailhouse_system *system, unsigned int n);

/* Do two ranges, that are not empty and do not wrap, have a byte in common? */
static inline bool ranges_overlap(u64 a, u64 a_size, u64 b, u64 b_size)
{
	return a - b < b_size || b - a < a_size;
}

static inline bool range_wraps(u64 start, u64 size)
{
	return size && start + (size - 1) < start;
}

static inline bool is_arm(const struct judge *judge)
{
	return judge->context->architecture != JAILHOUSE_X86;
}

/* The reserved range that [start, start + size) touches, or NULL. */
static inline const struct reserved_range *find_reserved(
	const struct config_context *context, u64 start, u64 size)
{
	const struct reserved_range *range = context->reserved;

	for (unsigned int n = 0; n < context->num_reserved; n++, range++)
		if (ranges_overlap(start, size, range->start, range->size))
			return range;
	return NULL;
}

#endif
