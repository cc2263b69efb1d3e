/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * IOMMUs: what a device reaches by DMA is what its cell reaches. Devices are
 * told by the stream ids of the configurations; each one is translated by the
 * second stage of the cell that has it, the same tables that the cell's CPUs
 * use. A stream that is nobody's reaches nothing. A root that lists no stream
 * at all, as one that was made from a device tree, has those that no cell
 * lists.
 */
#ifndef HV_IOMMU_H
#define HV_IOMMU_H

#include <hv/cell.h>
#include <hv/cpu.h>

/* --- events --------------------------------------------------------------
 *
 * Configurations name no interrupt of an IOMMU, so events are looked for when
 * a CPU of the root is in the hypervisor anyway, once a millisecond at most.
 * CPUs of other cells never spend time on them.
 */

/* A unit is on. Written with all other CPUs of the root held. */
extern bool iommu_active;

/* The slower half of iommu_poll(): looks at the clock, then at the units. */
void iommu_poll_units(void);

/* On each CPU of the root, now and then. */
static inline void iommu_poll(void)
{
	if (READ_ONCE(iommu_active) && this_cell() == &root_cell)
		iommu_poll_units();
}

/* --- between the drivers in iommu/ ----------------------------------------*/

#define IOMMU_TIMEOUT_US 100000U /* of a unit's answer, in any case */

struct iommu_ops;

/* One unit; drivers have it as the first member of what they know of theirs. */
struct iommu_unit {
	const struct iommu_ops *ops;
	unsigned int index; /* in the configuration */
	bool failed;	    /* it does not answer; DMA behind it was stopped */
	bool saved;	    /* what Linux had is in the driver's part */
};

/* Largest struct of a driver. */
#define IOMMU_UNIT_SIZE 160

/*
 * What drives one kind of unit. A unit that failed is only asked to exit().
 * Those without a comment may be NULL.
 */
struct iommu_ops {
	u32 type;	/* JAILHOUSE_IOMMU_... */
	bool has_masks; /* entries of configurations are JAILHOUSE's mmu500 */

	/* Never NULL: all but the translation itself: 0, or what is missing in
	 * a line on the console and a negated errno. exit() undoes it, complete
	 * or not. */
	int (*init)(struct iommu_unit *unit,
		    const struct jailhouse_iommu *info);
	void (*exit)(struct iommu_unit *unit);
	/* Never NULL: DMA is translated from here on; the root's streams are
	 * assigned. */
	int (*start)(struct iommu_unit *unit);

	/* Never NULL: room for an entry of a cell's streams, which is still
	 * nobody's, and no need of it any more. -EINVAL: it overlaps others;
	 * -ERANGE: the unit has no such stream; -ENOMEM. */
	int (*reserve)(struct iommu_unit *unit, union jailhouse_stream_id id);
	void (*release)(struct iommu_unit *unit, union jailhouse_stream_id id);
	/* What a cell needs beside its streams; says why it has none. */
	int (*attach)(struct iommu_unit *unit, const struct cell *cell);
	void (*detach)(struct iommu_unit *unit, const struct cell *cell);
	/* Never NULL: gives the entry to the cell; takes it from the cell,
	 * unless another one has it. */
	void (*assign)(struct iommu_unit *unit, union jailhouse_stream_id id,
		       const struct cell *cell);
	void (*withdraw)(struct iommu_unit *unit, union jailhouse_stream_id id,
			 const struct cell *cell);
	/* Never NULL: the second stage of a cell changed, or the cell goes:
	 * drop what is cached of it. */
	void (*invalidate)(struct iommu_unit *unit, const struct cell *cell);
	/* Never NULL: prints what the unit reported. */
	void (*poll)(struct iommu_unit *unit);
};

/* The kinds of this architecture, up to NULL. */
extern const struct iommu_ops *const iommu_kinds[];

/* Says why the unit is not taken, and returns err. */
int iommu_refuse(const struct iommu_unit *unit, int err, const char *why);

/* Waits until (*reg & mask) == value. -ETIMEDOUT after IOMMU_TIMEOUT_US. */
int iommu_wait(const volatile void *reg, u32 mask, u32 value);

/* The root lists no streams. */
bool iommu_root_has_rest(void);

/* Who has the stream, if matches(entry, stream) says that an entry of the
 * configuration is it: a cell, then the root, else NULL. */
struct cell *iommu_stream_owner(u32 stream,
				bool (*matches)(union jailhouse_stream_id entry,
						u32 stream));

/*
 * An access that a unit refused, or several that come one after the other and
 * differ by their address within a page only.
 */
struct iommu_fault {
	unsigned int unit;
	struct cell *cell; /* NULL: nobody has the stream */
	u32 stream;
	unsigned int type;  /* the unit's number for it */
	const char *reason; /* NULL: that number is all there is to say */
	bool has_address;
	u64 address; /* the first one */
	bool is_write;
	u32 count; /* 0: nothing to report */
};

/* One line, within the budget of the cell (nobody's: of the root):
 *   IOMMU unit 0: cell "rtos": PCI device 00:02.0 (stream 0x10): write to
 *   0x40000000: no translation (32 times)
 */
void iommu_report(const struct iommu_fault *fault);

/* The next fault: counted in run if it is of the same kind, else that is
 * reported and begins anew. */
void iommu_add_fault(struct iommu_fault *run, const struct iommu_fault *fault);

#endif
