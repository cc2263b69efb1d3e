// SPDX-License-Identifier: GPL-2.0-only
/* Command and event queue of an SMMUv3 (ARM IHI 0070F, chapters 4 and 7). */
#include <hv/arch.h>
#include <hv/printk.h>
#include "smmuv3.h"

/* --- queues: an index, and above it a bit that says how often it wrapped -- */

static u32 queue_mask(unsigned int bits)
{
	return (2U << bits) - 1;
}

static u32 queue_index(u32 position, unsigned int bits)
{
	return position & ((1U << bits) - 1);
}

/* --- commands ------------------------------------------------------------- */

void smmuv3_fail(struct smmuv3 *smmu, const char *what, u32 value)
{
	if (smmu->unit.failed)
		return;
	smmu->unit.failed = true;
	printk("IOMMU unit %u: %s (0x%x): DMA behind it is stopped\n",
	       smmu->unit.index, what, value);
	/* What bypasses the unit aborts; then all bypasses it (6.3.9.6). */
	smmu_write(smmu, SMMU_GBPA, GBPA_UPDATE | GBPA_ABORT);
	iommu_wait(smmu_reg(smmu, SMMU_GBPA), GBPA_UPDATE, 0);
	smmu_write(smmu, SMMU_CR0, 0);
	iommu_wait(smmu_reg(smmu, SMMU_CR0ACK), CR0_ENABLES, 0);
}

static void put_command(struct smmuv3 *smmu, u64 low, u64 high)
{
	u32 index = queue_index(smmu->command_prod, smmu->command_bits);
	u64 *entry = &smmu->commands[index * CMD_ENTRY_WORDS];

	entry[0] = low;
	entry[1] = high;
	smmu->command_prod =
		(smmu->command_prod + 1) & queue_mask(smmu->command_bits);
}

void smmuv3_run(struct smmuv3 *smmu, u64 low, u64 high)
{
	u32 mask = queue_mask(smmu->command_bits);
	u32 error;

	if (smmu->unit.failed)
		return;
	/* The queue is empty, since each command was waited for. */
	put_command(smmu, low, high);
	put_command(smmu, CMD_SYNC, 0);
	/* The commands, and the tables that they are about, come before. */
	arch_dma_barrier();
	smmu_write(smmu, SMMU_CMDQ_PROD, smmu->command_prod);

	/* A CMD_SYNC is consumed when all before it is complete, 4.7.3. */
	if (iommu_wait(smmu_reg(smmu, SMMU_CMDQ_CONS), mask,
		       smmu->command_prod) == 0)
		return;
	error = smmu_read(smmu, SMMU_GERROR) ^ smmu_read(smmu, SMMU_GERRORN);
	if (error & GERROR_CMDQ)
		smmuv3_fail(smmu, "refuses a command, reason",
			    CMDQ_CONS_ERR(smmu_read(smmu, SMMU_CMDQ_CONS)));
	else
		smmuv3_fail(smmu, "does not answer, command", (u32)low & 0xff);
}

/* --- events --------------------------------------------------------------- */

/* 7.3; without a row: only the number is known. */
static const struct {
	const char *text;
	bool has_address;
} event_types[] = {
	[0x01] = { "unsupported access", true },
	[0x02] = { "access refused", false },
	[0x03] = { "stream table entry cannot be read", false },
	[0x04] = { "access refused", false },
	[0x05] = { "address translation request refused", true },
	[0x06] = { "substreams are not enabled", false },
	[0x07] = { "translated access refused", true },
	[0x08] = { "bad substream", false },
	[0x09] = { "context descriptor cannot be read", false },
	[0x0a] = { "bad context descriptor", false },
	[0x0b] = { "page table cannot be read", true },
	[0x10] = { "no translation", true },
	[0x11] = { "address out of range", true },
	[0x12] = { "access flag", true },
	[0x13] = { "not permitted", true },
	[0x20] = { "conflict in the TLB", true },
	[0x21] = { "conflict in the configuration cache", false },
};

static bool is_stream(union jailhouse_stream_id entry, u32 stream)
{
	return entry.id == stream;
}

static struct iommu_fault decode_event(const struct smmuv3 *smmu,
				       const u64 *record)
{
	unsigned int type = EVENT_TYPE(record);
	struct iommu_fault fault = {
		.unit = smmu->unit.index,
		.cell = iommu_stream_owner(EVENT_STREAM(record), is_stream),
		.stream = EVENT_STREAM(record),
		.type = type,
		.address = record[2],
		.is_write = !(record[1] & EVENT_READ),
	};

	if (type < ARRAY_SIZE(event_types)) {
		fault.reason = event_types[type].text;
		fault.has_address = event_types[type].has_address;
	}
	return fault;
}

/* The unit dropped events, or could not write them; said once each time. */
static void check_losses(struct smmuv3 *smmu, u32 prod)
{
	u32 acknowledged = smmu_read(smmu, SMMU_GERRORN);
	u32 error = smmu_read(smmu, SMMU_GERROR) ^ acknowledged;

	if ((prod ^ smmu->event_cons) & EVENTQ_OVERFLOW)
		printk_guest(&root_cell,
			     "IOMMU unit %u: more events than its queue "
			     "holds; some are lost\n",
			     smmu->unit.index);
	if (error & GERROR_EVENTQ_ABT) {
		printk_guest(&root_cell,
			     "IOMMU unit %u: an event could not be written\n",
			     smmu->unit.index);
		smmu_write(smmu, SMMU_GERRORN,
			   acknowledged ^ (u32)GERROR_EVENTQ_ABT);
	}
}

void smmuv3_read_events(struct iommu_unit *unit)
{
	struct smmuv3 *smmu = to_smmuv3(unit);
	u32 prod = smmu_read(smmu, SMMU_EVENTQ_PROD);
	u32 mask = queue_mask(smmu->event_bits);
	u32 cons = smmu->event_cons & mask;
	struct iommu_fault run = { .count = 0 }, fault;

	if (smmu->unit.failed)
		return;
	check_losses(smmu, prod);
	if (prod == smmu->event_cons)
		return;
	/* Records are read behind the index that says they are there. */
	__atomic_thread_fence(__ATOMIC_ACQUIRE);
	/* Never more than the queue holds, whatever the index says. */
	for (u32 n = 0; cons != (prod & mask) && n < 1U << smmu->event_bits;
	     n++) {
		u32 index = queue_index(cons, smmu->event_bits);

		fault = decode_event(smmu, &smmu->events[index * EVENT_WORDS]);
		iommu_add_fault(&run, &fault);
		cons = (cons + 1) & mask;
	}
	iommu_report(&run);
	/* Acknowledges the overflow, too, 7.4. */
	smmu->event_cons = (prod & mask) | (prod & (u32)EVENTQ_OVERFLOW);
	smmu_write(smmu, SMMU_EVENTQ_CONS, smmu->event_cons);
}
