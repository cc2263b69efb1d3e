// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a GICv2 has beyond gicd.c: SPIs go to sets of CPUs, SGIs are sent by a
 * register of the distributor and told apart by their senders. CPUs have their
 * interfaces by memory-mapped registers: cells find the virtual one (GICV)
 * where the physical one (GICC) is. Numbers in comments are of ARM IHI 0048B.
 */
#include "gicd.h"

#include <hv/gicv2.h>
#include <hv/paging.h>
#include <hv/printk.h>

char *gicv2_gicc;
char *gicv2_gich;

/* --- routes ----------------------------------------------------------------
 */

static void route(unsigned int intid, const struct cpu *cpu)
{
	*(volatile u8 *)(gicd + GICD_ITARGETSR + intid) = (u8)cpu->gic_target;
}

/* The CPUs of a cell, as targets. */
static u8 targets_of(const struct cell *cell)
{
	u64 targets = 0;
	unsigned int id;

	for_each_cpu (id, &cell->cpus)
		targets |= cpu_at(id)->gic_target;
	return (u8)targets;
}

/*
 * ITARGETSR (4.3.12): a byte per interrupt. Those of SGIs and PPIs are
 * constant, and tell a CPU who it is. CPUs of others are dropped from what is
 * written; an interrupt that is left with none comes to nobody.
 */
static enum mmio_result gicv2_targets(const struct cell *cell,
				      struct mmio_access *access,
				      unsigned int offset)
{
	unsigned int intid = offset - GICD_ITARGETSR;
	u8 mask;

	if (access->size > 4 || offset & (access->size - 1U))
		return MMIO_HANDLED;
	mask = access->is_write ? targets_of(cell) : 0xff;
	for (unsigned int n = 0; n < access->size; n++, intid++) {
		volatile u8 *byte = (volatile u8 *)(gicd + offset + n);

		if (intid < INTID_SPI ? access->is_write
				      : !gicd_owned(cell, intid))
			continue;
		if (access->is_write)
			*byte = (u8)(access->value >> n * 8) & mask;
		else
			access->value |= (u64)*byte << n * 8;
	}
	return MMIO_HANDLED;
}

/* --- SGIs -------------------------------------------------------------------
 * Virtual only: a bit for the sender in each target, which is then kicked.
 */

#define SGIR_FILTER(value) ((value) >> 24 & 3)
#define SGIR_OTHERS	   1U
#define SGIR_SELF	   2U

static void send(struct cpu *cpu, unsigned int sgi, u8 sources)
{
	__atomic_or_fetch(&cpu->sgi_sources[sgi], sources, __ATOMIC_RELAXED);
	__atomic_or_fetch(&cpu->sgi_pending, 1U << sgi, __ATOMIC_RELEASE);
	arch_kick(cpu);
}

static bool is_target(const struct cpu *cpu, u32 value)
{
	switch (SGIR_FILTER(value)) {
	case 0:
		return cpu->gic_target & (value >> 16 & 0xff);
	case SGIR_OTHERS:
		return cpu != this_cpu();
	case SGIR_SELF:
		return cpu == this_cpu();
	}
	return false; /* reserved */
}

/* SGIR (4.3.15). CPUs of other cells are simply not looked at. */
static void write_sgir(const struct cell *cell, u32 value)
{
	u8 source = (u8)this_cpu()->gic_target;
	unsigned int id;

	/* Whoever called this counts one for MMIO. */
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_VSGI]++;
	this_cpu()->stat[JAILHOUSE_CPU_STAT_VMEXITS_MMIO]--;
	for_each_cpu (id, &cell->cpus)
		if (is_target(cpu_at(id), value))
			send(cpu_at(id), value & 0xf, source);
}

/* CPENDSGIR and SPENDSGIR (4.3.16, 4.3.17): a byte per SGI, with a bit per
 * sender. Only of what has not reached a list register. */
static void pending_byte(const struct cell *cell, struct mmio_access *access,
			 unsigned int offset, unsigned int n)
{
	struct cpu *cpu = this_cpu();
	unsigned int sgi = (offset & 0xf) + n;
	u8 value = (u8)(access->value >> n * 8) & targets_of(cell);

	if (!access->is_write)
		access->value |= (u64)READ_ONCE(cpu->sgi_sources[sgi]) << n * 8;
	else if (offset < GICD_SPENDSGIR)
		__atomic_and_fetch(&cpu->sgi_sources[sgi], (u8)~value,
				   __ATOMIC_RELAXED);
	else if (value)
		send(cpu, sgi, value);
}

static enum mmio_result gicv2_sgi(const struct cell *cell,
				  struct mmio_access *access,
				  unsigned int offset)
{
	if (offset == GICD_SGIR) {
		if (access->is_write && access->size == 4)
			write_sgir(cell, (u32)access->value);
		return MMIO_HANDLED;
	}
	if (offset < GICD_CPENDSGIR || offset >= GICD_SPENDSGIR + 16 ||
	    access->size > 4 || offset & (access->size - 1U))
		return MMIO_HANDLED;
	for (unsigned int n = 0; n < access->size; n++)
		pending_byte(cell, access, offset, n);
	return MMIO_HANDLED;
}

/* --- distributor: what cells see ------------------------------------------ */

/* CTLR, TYPER, IIDR; and the identification at the end */
static enum mmio_result gicv2_control(const struct cell *cell,
				      struct mmio_access *access,
				      unsigned int offset)
{
	if (offset <= 8 || offset >= GICV2_IDS)
		return gicd_read_through(cell, access, offset);
	return MMIO_HANDLED;
}

/* IGROUPR is not there for the non-secure side (4.3.4), and so not here. */
static const gicd_handler handlers[32] = {
	[0x00] = gicv2_control, [0x02] = gicd_bits, /* ISENABLER */
	[0x03] = gicd_bits,			    /* ICENABLER */
	[0x04] = gicd_bits,			    /* ISPENDR */
	[0x05] = gicd_bits,			    /* ICPENDR */
	[0x06] = gicd_bits,			    /* ISACTIVER */
	[0x07] = gicd_bits,			    /* ICACTIVER */
	[0x08] = gicd_priority, [0x09] = gicd_priority, [0x0a] = gicd_priority,
	[0x0b] = gicd_priority, [0x0c] = gicd_priority, [0x0d] = gicd_priority,
	[0x0e] = gicd_priority, [0x0f] = gicd_priority, [0x10] = gicv2_targets,
	[0x11] = gicv2_targets, [0x12] = gicv2_targets, [0x13] = gicv2_targets,
	[0x14] = gicv2_targets, [0x15] = gicv2_targets, [0x16] = gicv2_targets,
	[0x17] = gicv2_targets, [0x18] = gicd_config,	[0x19] = gicd_config,
	[0x1e] = gicv2_sgi,	[0x1f] = gicv2_control,
};

/* Of SGIs only the senders' registers change what is pending (4.3.7). */
static enum mmio_result private_access(struct mmio_access *access,
				       unsigned int offset)
{
	unsigned int reg = offset & ~0x7fU;

	if (reg == GICD_IGROUPR)
		return MMIO_HANDLED;
	if (reg == GICD_ISPENDR || reg == GICD_ICPENDR)
		access->value &= 0xffff0000;
	gic_private_access(this_cpu(), access, offset);
	return MMIO_HANDLED;
}

static enum mmio_result gicd_access(void *arg, struct mmio_access *access)
{
	unsigned int offset = (unsigned int)access->address;
	gicd_handler handler = handlers[offset >> 7 & 31];

	if (gicd_is_private(offset))
		return private_access(access, offset);
	return handler ? handler(arg, access, offset) : MMIO_HANDLED;
}

/* --- the variant ------------------------------------------------------------
 */

static int refuse(const char *what, phys_t base)
{
	printk("Refused: no GICv2 %s at 0x%llx\n", what, base);
	return -ENODEV;
}

static int check_distributor(phys_t base)
{
	u32 pidr2;

	if (arch_probe_read32(gicd + GICV2_PIDR2, &pidr2) &&
	    GIC_ARCH(pidr2) == 2)
		return 0;
	refuse("distributor", base);
	if (!(base & 0xffff) && gicd_probe(base + 0xffe8, &pidr2) &&
	    GIC_ARCH(pidr2) >= 3)
		printk("The registers there are those of a GICv%u: gic_version "
		       "is to be 3\n",
		       GIC_ARCH(pidr2));
	return -ENODEV;
}

/*
 * A CPU interface, physical or virtual: 8 KiB, of which the second half has the
 * register that deactivates. Where frames are repeated to fill 64 KiB (ARM
 * "Server Base System Architecture", appendix of GICv2), the base that works is
 * the last 4 KiB of the first 64, since the next frame follows it.
 */
static int check_interface(const char *what, phys_t base)
{
	u32 iidr, next;

	if (!gicd_probe(base + GICC_IIDR, &iidr) || GICC_ARCH(iidr) != 2)
		return refuse(what, base);
	if (!gicd_probe(base + PAGE_SIZE + GICC_IIDR, &next) || next != iidr)
		return 0;
	refuse(what, base);
	printk("Its first 4 KiB are repeated: the base is to be 0x%llx\n",
	       (base & ~0xffffULL) + 0xf000);
	return -ENODEV;
}

static int gicv2_init(void)
{
	phys_t gicc = system_config->platform_info.arm.gicc_base;
	phys_t gich = system_config->platform_info.arm.gich_base;
	phys_t gicv = system_config->platform_info.arm.gicv_base;
	u32 vtr;
	int err = check_distributor(system_config->platform_info.arm.gicd_base);

	if (!err)
		err = check_interface("CPU interface", gicc);
	if (!err)
		err = check_interface("virtual CPU interface", gicv);
	if (err)
		return err;
	/* PRIbits and PREbits are 4: five bits of priority (5.3.2). */
	if (!gicd_probe(gich + GICH_VTR, &vtr) || vtr >> 26 != 0x24)
		return refuse("hypervisor interface", gich);
	gicv2_gicc = hv_map_device(gicc, GICC_SIZE);
	gicv2_gich = hv_map_device(gich, GICH_SIZE);
	return gicv2_gicc && gicv2_gich ? 0 : -ENOMEM;
}

/* The page tables go with the cell. */
static int gicv2_cell_init(struct cell *cell)
{
	return paging_map(&cell->memory,
			  system_config->platform_info.arm.gicc_base,
			  system_config->platform_info.arm.gicv_base, GICC_SIZE,
			  PT_READ | PT_WRITE | PT_DEVICE);
}

const struct gic_variant gicv2_variant = {
	.version = 2,
	.gicd_size = GICV2_GICD_SIZE,
	.access = gicd_access,
	.init = gicv2_init,
	.route = route,
	.num_windows = 0,
	.cell_init = gicv2_cell_init,
};
