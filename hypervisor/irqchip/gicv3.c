// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a GICv3 has beyond gicd.c: routes by affinity, and redistributors.
 * Register numbers in comments are of ARM IHI 0069H.
 */
#include "gicd.h"

#include <hv/gicv2.h>
#include <hv/gicv3.h>
#include <hv/printk.h>

/* Set by the first CPU, constant afterwards. */
static char *gicr;
static u64 gicr_size;
static unsigned int gicr_shift; /* log2 of the distance between frames */

/* CPU whose redistributor a frame is; written while CPUs come up. */
static struct cpu *frame_cpu[GICR_MAX_FRAMES];

/* --- finding out -------------------------------------------------------- */

static __cold bool probe_gicr(phys_t frame, u32 *typer, u32 *pidr2)
{
	char *page =
		hv_map_temporary(frame, HV_TEMP_PAGES, PT_READ | PT_DEVICE);

	return arch_probe_read32(page + GICR_TYPER, typer) &&
	       arch_probe_read32(page + GICV3_PIDR2, pidr2) &&
	       (GIC_ARCH(*pidr2) == 3 || GIC_ARCH(*pidr2) == 4);
}

__cold u64 gicv3_redistributors_size(phys_t gicr_base)
{
	u64 stride = GICR_FRAME, size = 0;
	u32 typer, pidr2;

	if (gicr_base & (GICV3_GICD_SIZE - 1))
		return 0;
	for (unsigned int n = 0; n < GICR_MAX_FRAMES; n++) {
		if (!probe_gicr(gicr_base + size, &typer, &pidr2))
			break;
		if (typer & GICR_TYPER_VLPIS)
			stride = GICR_VLPI_SIZE;
		size += stride;
		if (typer & GICR_TYPER_LAST)
			break;
	}
	return size;
}

static u64 affinity_of_mpidr(u64 mpidr)
{
	return (mpidr >> 32 & 0xff) << 24 | (mpidr & 0xffffff);
}

__cold int gicv3_assign_redistributor(struct cpu *cpu)
{
	for (u64 n = 0; n << gicr_shift < gicr_size; n++) {
		char *frame = gicr + (n << gicr_shift);

		/* Affinity in the upper word of TYPER (12.11.35). */
		if (mmio_read32(frame + GICR_TYPER + 4) ==
		    affinity_of_mpidr(cpu->phys_id)) {
			cpu->gic_bank = frame + GICR_SGI_BASE;
			frame_cpu[n] = cpu;
			return 0;
		}
	}
	printk("No redist found for CPU %u (MPIDR 0x%llx)\n", cpu->id,
	       cpu->phys_id);
	return -ENODEV;
}

/* --- distributor: what cells see ------------------------------------------ */

/* CTLR, TYPER, IIDR, STATUSR; message-based SPIs are the only writes. */
static enum mmio_result gicd_control(const struct cell *cell,
				     struct mmio_access *access,
				     unsigned int offset)
{
	unsigned int intid;

	if (!access->is_write)
		return gicd_read_through(cell, access, offset);
	intid = (unsigned int)access->value & 0x3ff;
	if ((offset == GICD_SETSPI_NSR || offset == GICD_CLRSPI_NSR) &&
	    intid >= INTID_SPI && intid <= gicd_max_intid &&
	    gicd_owned(cell, intid))
		mmio_write32(gicd + offset, intid);
	return MMIO_HANDLED;
}

static void route(unsigned int intid, const struct cpu *cpu)
{
	mmio_write64(gicd + GICD_IROUTER + (u64)intid * 8, cpu->phys_id);
}

static bool is_cpu_of(const struct cell *cell, u64 mpidr)
{
	unsigned int id;

	for_each_cpu (id, &cell->cpus)
		if (cpu_at(id)->phys_id == mpidr)
			return true;
	return false;
}

/* A 64-bit route per SPI, also by halves. Only to CPUs of the cell: others, and
 * "any of the machine's" (bit 31), are ignored. */
static enum mmio_result gicd_route(const struct cell *cell,
				   struct mmio_access *access,
				   unsigned int offset)
{
	unsigned int intid = (offset - GICD_IROUTER) / 8;
	char *reg = gicd + (offset & ~7U);
	unsigned int shift = (offset & 4) * 8;
	u64 value, mask;

	if (access->size < 4 || offset & (access->size - 1U) ||
	    intid < INTID_SPI || intid > gicd_max_intid ||
	    !gicd_owned(cell, intid))
		return MMIO_HANDLED;
	mask = access->size == 8 ? ~0ULL : 0xffffffffULL << shift;
	spin_lock(&gicd_lock);
	value = mmio_read64(reg);
	if (!access->is_write) {
		access->value = (value & mask) >> shift;
	} else {
		value = (value & ~mask) | (access->value << shift & mask);
		if (is_cpu_of(cell, value))
			mmio_write64(reg, value);
	}
	spin_unlock(&gicd_lock);
	return MMIO_HANDLED;
}

static const gicd_handler handlers[32] = {
	[0x00] = gicd_control,	[0x01] = gicd_bits_ro, /* IGROUPR: group 0 is
							  not for cells */
	[0x02] = gicd_bits,			       /* ISENABLER */
	[0x03] = gicd_bits,			       /* ICENABLER */
	[0x04] = gicd_bits,			       /* ISPENDR */
	[0x05] = gicd_bits,			       /* ICPENDR */
	[0x06] = gicd_bits,			       /* ISACTIVER */
	[0x07] = gicd_bits,			       /* ICACTIVER */
	[0x08] = gicd_priority, [0x09] = gicd_priority, [0x0a] = gicd_priority,
	[0x0b] = gicd_priority, [0x0c] = gicd_priority, [0x0d] = gicd_priority,
	[0x0e] = gicd_priority, [0x0f] = gicd_priority, [0x18] = gicd_config,
	[0x19] = gicd_config,
};

static enum mmio_result gicd_access(void *arg, struct mmio_access *access)
{
	unsigned int offset = (unsigned int)access->address;
	gicd_handler handler = NULL;

	if (offset < 0x1000)
		handler = handlers[offset >> 7];
	else if (offset >= GICD_IROUTER && offset < GICD_IROUTER + 0x2000)
		handler = gicd_route;
	else if (offset >= GICV3_IDS)
		handler = gicd_read_through;
	return handler ? handler(arg, access, offset) : MMIO_HANDLED;
}

/* --- redistributors: what cells see --------------------------------------- */

/* RD_base: identification, and a state that is always awake. LPIs are not
 * partitioned, so their registers are not there. */
static void gicr_control(const char *frame, struct mmio_access *access,
			 unsigned int offset)
{
	bool readable =
		offset < 0x10 || offset == GICR_WAKER || offset >= GICV3_IDS;

	if (access->is_write || !readable || offset & (access->size - 1U))
		return;
	if (access->size == 4)
		access->value = mmio_read32(frame + offset);
	else if (access->size == 8 && offset == GICR_TYPER)
		access->value = mmio_read64(frame + offset);
}

/* All frames are there, so that guests find their own by affinity; only those
 * of CPUs of the cell have more than an identification. */
static enum mmio_result gicr_access(void *arg, struct mmio_access *access)
{
	const struct cell *cell = arg;
	u64 frame = access->address >> gicr_shift;
	unsigned int offset =
		(unsigned int)(access->address & ((1UL << gicr_shift) - 1));
	struct cpu *cpu = frame_cpu[frame];

	if (offset < GICR_SGI_BASE) {
		gicr_control(gicr + (frame << gicr_shift), access, offset);
		return MMIO_HANDLED;
	}
	offset -= GICR_SGI_BASE;
	if (!cpu || cpu->cell != cell || offset >= 0x1000)
		return MMIO_HANDLED;
	gic_private_access(cpu, access, offset);
	return MMIO_HANDLED;
}

/* --- the variant ------------------------------------------------------------
 */

static __cold int refuse_distributor(phys_t base)
{
	u32 pidr2;

	printk("Refused: no GICv3 distributor at 0x%llx\n", base);
	if (gicd_probe(base + GICV2_PIDR2, &pidr2) && GIC_ARCH(pidr2) == 2)
		printk("The registers there are those of a GICv2: gic_version "
		       "is to be 2\n");
	return -ENODEV;
}

static __cold int gicv3_init(void)
{
	phys_t gicd_base = system_config->platform_info.arm.gicd_base;
	phys_t gicr_base = system_config->platform_info.arm.gicr_base;
	u32 pidr2, typer;

	gicr_size = gicv3_redistributors_size(gicr_base);
	if (!arch_probe_read32(gicd + GICV3_PIDR2, &pidr2) ||
	    (GIC_ARCH(pidr2) != 3 && GIC_ARCH(pidr2) != 4))
		return refuse_distributor(gicd_base);
	if (!gicr_size) {
		printk("Refused: no GICv3 redistributor at 0x%llx\n",
		       gicr_base);
		return -ENODEV;
	}
	gicr = hv_map_device(gicr_base, gicr_size);
	if (!gicr)
		return -ENOMEM;
	typer = mmio_read32(gicr + GICR_TYPER);
	gicr_shift = (unsigned int)__builtin_ctzll(
		typer & GICR_TYPER_VLPIS ? GICR_VLPI_SIZE : GICR_FRAME);
	for (unsigned int n = 0; n < GICR_MAX_FRAMES; n++)
		frame_cpu[n] = NULL;
	return 0;
}

static __cold int gicv3_cell_init(struct cell *cell)
{
	return mmio_add(&cell->mmio, system_config->platform_info.arm.gicr_base,
			gicr_size, gicr_access, cell);
}

const struct gic_variant gicv3_variant = {
	.version = 3,
	.gicd_size = GICV3_GICD_SIZE,
	.access = gicd_access,
	.init = gicv3_init,
	.route = route,
	.num_windows = 1,
	.cell_init = gicv3_cell_init,
};
