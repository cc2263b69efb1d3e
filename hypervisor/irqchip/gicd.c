// SPDX-License-Identifier: GPL-2.0-only
/*
 * The distributor of a GICv2 or GICv3: the hardware, and what cells see of it.
 *
 * Cells access the real registers through this filter: bits of interrupts they
 * do not own read 0 and ignore writes. Registers with a bit per interrupt are
 * set/clear pairs, so a masked write needs neither lock nor old value.
 */
#include "gicd.h"

#include <hv/entry.h>
#include <hv/pci.h>
#include <hv/printk.h>
#include <hv/unit.h>

char *gicd;
unsigned int gicd_max_intid;
spinlock_t gicd_lock;

/* Set by the first CPU, constant afterwards. */
static const struct gic_variant *variant;

/* Enabled SPIs of the root, before a cell got them: to be restored. Written
 * with the root stopped. */
static u32 root_enabled[CELL_IRQ_WORDS];

/* --- finding out -------------------------------------------------------- */

__cold bool gicd_probe(phys_t phys, u32 *value)
{
	char *page = hv_map_temporary(phys & PAGE_MASK, 1, PT_READ | PT_DEVICE);

	return arch_probe_read32(page + (phys & ~PAGE_MASK), value);
}

__cold unsigned int gic_max_intid(phys_t gicd_base)
{
	u32 typer;

	if (!gicd_probe(gicd_base + GICD_TYPER, &typer))
		return 0;
	return MIN(32 * ((typer & 0x1f) + 1) - 1, INTID_LAST);
}

/* --- for the CPU interface ------------------------------------------------ */

/* Registers of private interrupts are elsewhere, at the same offsets. */
static char *bank(const struct cpu *cpu, unsigned int intid)
{
	return intid < INTID_SPI ? cpu->gic_bank : gicd;
}

u8 gic_priority(const struct cpu *cpu, unsigned int intid)
{
	if (intid < INTID_PPI)
		return cpu->sgi_priority[intid];
	return *(volatile u8 *)(bank(cpu, intid) + GICD_IPRIORITYR + intid);
}

bool gic_is_edge(const struct cpu *cpu, unsigned int intid)
{
	u32 config =
		mmio_read32(bank(cpu, intid) + GICD_ICFGR + intid / 16 * 4);

	return config >> (intid % 16 * 2 + 1) & 1;
}

static void write_bit(const struct cpu *cpu, unsigned int reg,
		      unsigned int intid)
{
	mmio_write32(bank(cpu, intid) + reg + intid / 32 * 4,
		     1U << (intid % 32));
}

void gic_set_pending(const struct cpu *cpu, unsigned int intid)
{
	write_bit(cpu, GICD_ISPENDR, intid);
}

void gic_clear_active(const struct cpu *cpu, unsigned int intid)
{
	write_bit(cpu, GICD_ICACTIVER, intid);
}

void gic_set_active(const struct cpu *cpu, unsigned int intid)
{
	write_bit(cpu, GICD_ISACTIVER, intid);
}

static struct cpu *first_cpu(const struct cell *cell)
{
	return cpu_at(cpu_set_next(&cell->cpus, 0));
}

/* A cell that is being built has no CPUs yet. */
static const struct cell *owner_of_spi(unsigned int intid)
{
	const struct cell *cell;

	for_each_cell (cell)
		if (gicd_owned(cell, intid) &&
		    cpu_set_next(&cell->cpus, 0) < HV_MAX_CPUS)
			return cell;
	return NULL;
}

void gic_reroute_spi(unsigned int intid)
{
	const struct cell *owner;

	if (intid > gicd_max_intid)
		return;
	spin_lock(&cell_list_lock);
	owner = owner_of_spi(intid);
	if (owner) {
		variant->route(intid, first_cpu(owner));
		mmio_write32(gicd + GICD_ISPENDR + intid / 32 * 4,
			     1U << (intid % 32));
	} else {
		/* Nobody's: it shall not come again. */
		mmio_write32(gicd + GICD_ICENABLER + intid / 32 * 4,
			     1U << (intid % 32));
	}
	spin_unlock(&cell_list_lock);
}

void irqchip_trigger(struct cell *cell, unsigned int intid)
{
	/* The real line, on which no device is: the distributor routes it to
	 * whichever CPU the cell has chosen. */
	if (intid >= INTID_SPI && intid <= gicd_max_intid &&
	    gicd_owned(cell, intid))
		mmio_write32(gicd + GICD_ISPENDR + intid / 32 * 4,
			     1U << (intid % 32));
}

/* --- what cells see ---------------------------------------------------------
 */

enum mmio_result gicd_read_through(const struct cell *cell,
				   struct mmio_access *access,
				   unsigned int offset)
{
	(void)cell;
	if (!access->is_write && access->size == 4 && !(offset & 3))
		access->value = mmio_read32(gicd + offset);
	return MMIO_HANDLED;
}

/* One bit per interrupt; those below 32 are not here. */
enum mmio_result gicd_bits(const struct cell *cell, struct mmio_access *access,
			   unsigned int offset)
{
	u32 owned = cell->irqs[(offset & 0x7f) / 4];

	if (access->size != 4 || offset & 3)
		return MMIO_HANDLED;
	if (!access->is_write)
		access->value = mmio_read32(gicd + offset) & owned;
	else if ((u32)access->value & owned)
		mmio_write32(gicd + offset, (u32)access->value & owned);
	return MMIO_HANDLED;
}

enum mmio_result gicd_bits_ro(const struct cell *cell,
			      struct mmio_access *access, unsigned int offset)
{
	return access->is_write ? MMIO_HANDLED
				: gicd_bits(cell, access, offset);
}

/* A byte per interrupt, which may be accessed alone (IHI 0048B 4.1.4, IHI
 * 0069H 12.1.3). */
enum mmio_result gicd_priority(const struct cell *cell,
			       struct mmio_access *access, unsigned int offset)
{
	unsigned int intid = offset - GICD_IPRIORITYR;
	u32 owned = cell->irqs[intid / 32] >> (intid % 32);

	if (access->size > 4 || offset & (access->size - 1U))
		return MMIO_HANDLED;
	for (unsigned int n = 0; n < access->size; n++) {
		volatile u8 *byte = (volatile u8 *)(gicd + offset + n);

		if (!(owned >> n & 1))
			continue;
		if (access->is_write)
			*byte = (u8)(access->value >> n * 8);
		else
			access->value |= (u64)*byte << n * 8;
	}
	return MMIO_HANDLED;
}

/* Each of the lower 16 bits twice, side by side. */
u32 gicd_double_bits(u32 bits)
{
	bits &= 0xffff;
	bits = (bits | bits << 8) & 0x00ff00ff;
	bits = (bits | bits << 4) & 0x0f0f0f0f;
	bits = (bits | bits << 2) & 0x33333333;
	bits = (bits | bits << 1) & 0x55555555;
	return bits | bits << 1;
}

/* Two bits per interrupt: 16 of them share a word, with other cells too. */
enum mmio_result gicd_config(const struct cell *cell,
			     struct mmio_access *access, unsigned int offset)
{
	unsigned int intid = (offset - GICD_ICFGR) * 4;
	u32 owned = gicd_double_bits(cell->irqs[intid / 32] >> (intid % 32));
	u32 value;

	if (access->size != 4 || offset & 3)
		return MMIO_HANDLED;
	if (!access->is_write) {
		access->value = mmio_read32(gicd + offset) & owned;
		return MMIO_HANDLED;
	}
	spin_lock(&gicd_lock);
	value = mmio_read32(gicd + offset) & ~owned;
	mmio_write32(gicd + offset, value | ((u32)access->value & owned));
	spin_unlock(&gicd_lock);
	return MMIO_HANDLED;
}

/* --- ownership -------------------------------------------------------------
 */

/* For each SPI of the cell; INTIDs that the GIC lacks do not exist. */
#define for_each_spi(intid, cell)                                              \
	for ((intid) = INTID_SPI; (intid) <= gicd_max_intid; (intid)++)        \
		if ((cell)->irqs[(intid) / 32] == 0)                           \
			(intid) |= 31;                                         \
		else if ((cell)->irqs[(intid) / 32] >> ((intid) % 32) & 1)

/* Off, not pending, not active: 32 at a time. */
static __cold void silence(const struct cell *cell)
{
	for (unsigned int word = 1; word <= gicd_max_intid / 32; word++) {
		u32 bits = cell->irqs[word];

		if (!bits)
			continue;
		mmio_write32(gicd + GICD_ICENABLER + word * 4, bits);
		mmio_write32(gicd + GICD_ICPENDR + word * 4, bits);
		mmio_write32(gicd + GICD_ICACTIVER + word * 4, bits);
	}
}

static __cold int unit_cell_init(struct cell *cell)
{
	int err = mmio_add(&cell->mmio,
			   system_config->platform_info.arm.gicd_base,
			   variant->gicd_size, variant->access, cell);

	return err ? err : variant->cell_init(cell);
}

static __cold u32 unit_count_windows(const struct cell *cell)
{
	(void)cell;
	return 1 + variant->num_windows;
}

/* A new cell: its SPIs come to it, silent. */
static __cold void unit_config_commit(struct cell *cell)
{
	unsigned int intid;

	if (cell == &root_cell)
		return;
	for (unsigned int word = 1; word <= gicd_max_intid / 32; word++)
		if (cell->irqs[word]) {
			u32 enabled =
				mmio_read32(gicd + GICD_ISENABLER + word * 4);

			root_enabled[word] =
				(root_enabled[word] & ~cell->irqs[word]) |
				(enabled & cell->irqs[word]);
		}
	silence(cell);
	for_each_spi(intid, cell) variant->route(intid, first_cpu(cell));
}

/* Back to the root, enabled as they were. */
static __cold void unit_cell_exit(struct cell *cell)
{
	unsigned int intid;

	silence(cell);
	for_each_spi(intid, cell) variant->route(intid, first_cpu(&root_cell));
	for (unsigned int word = 1; word <= gicd_max_intid / 32; word++) {
		u32 enable = root_enabled[word] & cell->irqs[word];

		if (enable)
			mmio_write32(gicd + GICD_ISENABLER + word * 4, enable);
	}
}

/* Between two runs of a cell. */
static __cold void unit_cell_reset(struct cell *cell)
{
	silence(cell);
}

static __cold int unit_init(void)
{
	phys_t base = system_config->platform_info.arm.gicd_base;

	variant = system_config->platform_info.arm.gic_version == 2
			  ? &gicv2_variant
			  : &gicv3_variant;
	gicd = hv_map_device(base, variant->gicd_size);
	if (!gicd)
		return -ENOMEM;
	gicd_max_intid = gic_max_intid(base);
	return variant->init();
}

DEFINE_UNIT(gic_unit) = {
	.name = "irqchip",
	.phase = UNIT_PHASE_IRQCHIP,
	.init = unit_init,
	.count_windows = unit_count_windows,
	.cell_init = unit_cell_init,
	.cell_exit = unit_cell_exit,
	.config_commit = unit_config_commit,
	.cell_reset = unit_cell_reset,
};
