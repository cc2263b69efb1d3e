// SPDX-License-Identifier: GPL-2.0-only
/*
 * SGIs and PPIs: their registers, which each CPU has for itself. In a GICv3
 * they are in the SGI frame of its redistributor, in a GICv2 the distributor
 * shows each CPU its own (IHI 0048B, register banking); the offsets are the
 * same.
 */
#include "gicd.h"

#include <hv/printk.h>

static u32 maintenance_bit(void)
{
	return 1U << (system_config->platform_info.arm.maintenance_irq & 31);
}

/* PPIs that a guest programs; the maintenance interrupt is the hypervisor's. */
static u32 guest_ppis(void)
{
	return 0xffff0000U & ~maintenance_bit();
}

/* --- what cells see --------------------------------------------------------
 */

typedef void (*private_handler)(struct cpu *cpu, struct mmio_access *access,
				unsigned int offset);

/* One bit per interrupt. The PPIs' half is the register's; the SGIs, which are
 * virtual, read as sgis. False if the access is none of the one register. */
static bool private_bits(const struct cpu *cpu, struct mmio_access *access,
			 unsigned int offset, u32 sgis)
{
	char *reg = (char *)cpu->gic_bank + offset;
	u32 value = (u32)access->value & guest_ppis();

	if (access->size != 4 || offset & 0x7f)
		return false;
	if (!access->is_write)
		access->value = (mmio_read32(reg) & guest_ppis()) | sgis;
	else if (value)
		mmio_write32(reg, value);
	return true;
}

static void private_group(struct cpu *cpu, struct mmio_access *access,
			  unsigned int offset)
{
	if (!access->is_write)
		private_bits(cpu, access, offset, 0xffff);
}

/* SGIs are always enabled. */
static void private_enable(struct cpu *cpu, struct mmio_access *access,
			   unsigned int offset)
{
	private_bits(cpu, access, offset, 0xffff);
}

/* SGIs become pending by software, too. */
static void private_pending(struct cpu *cpu, struct mmio_access *access,
			    unsigned int offset)
{
	u32 pending = READ_ONCE(cpu->sgi_pending) & 0xffff;
	u32 value = (u32)access->value & 0xffff;

	if (!private_bits(cpu, access, offset, pending) || !access->is_write)
		return;
	if (offset == GICD_ICPENDR) {
		__atomic_and_fetch(&cpu->sgi_pending, ~value, __ATOMIC_RELEASE);
	} else if (value) {
		__atomic_or_fetch(&cpu->sgi_pending, value, __ATOMIC_RELEASE);
		arch_kick(cpu);
	}
}

/* SGIs are never active here. */
static void private_active(struct cpu *cpu, struct mmio_access *access,
			   unsigned int offset)
{
	private_bits(cpu, access, offset, 0);
}

static void private_priority(struct cpu *cpu, struct mmio_access *access,
			     unsigned int offset)
{
	unsigned int intid = offset - GICD_IPRIORITYR;

	if (access->size > 4 || offset & (access->size - 1U) ||
	    intid >= INTID_SPI)
		return;
	for (unsigned int n = 0; n < access->size; n++, intid++) {
		volatile u8 *byte;

		if (intid < INTID_PPI)
			byte = &cpu->sgi_priority[intid];
		else if (guest_ppis() >> intid & 1)
			byte = (volatile u8 *)cpu->gic_bank + offset + n;
		else
			continue;
		if (access->is_write)
			*byte = (u8)(access->value >> n * 8);
		else
			access->value |= (u64)*byte << n * 8;
	}
}

/* ICFGR1: the PPIs' triggers; ICFGR0, the SGIs', is fixed. */
static void private_config(struct cpu *cpu, struct mmio_access *access,
			   unsigned int offset)
{
	char *reg = (char *)cpu->gic_bank + offset;
	u32 ours = gicd_double_bits(~guest_ppis() >> 16);

	if (access->size != 4 || offset & 3 || offset > GICD_ICFGR + 4)
		return;
	if (!access->is_write)
		access->value = mmio_read32(reg);
	else if (offset == GICD_ICFGR + 4)
		mmio_write32(reg, ((u32)access->value & ~ours) |
					  (mmio_read32(reg) & ours));
}

/* Handlers by 128 bytes of the first 4 KiB . */
static const private_handler private_handlers[32] = {
	[0x01] = private_group,	  [0x02] = private_enable,
	[0x03] = private_enable,  [0x04] = private_pending,
	[0x05] = private_pending, [0x06] = private_active,
	[0x07] = private_active,  [0x08] = private_priority,
	[0x18] = private_config,
};

void gic_private_access(struct cpu *cpu, struct mmio_access *access,
			unsigned int offset)
{
	private_handler handler = private_handlers[offset >> 7 & 31];

	if (handler)
		handler(cpu, access, offset);
}

/* --- taking over from Linux, giving back -----------------------------------
 */

static __cold u32 own_interrupts(void)
{
	return 1U << GIC_KICK_SGI | maintenance_bit();
}

static char *private_reg(const struct cpu *cpu, unsigned int offset)
{
	return (char *)cpu->gic_bank + offset;
}

static __cold u8 read_priority(const struct cpu *cpu, unsigned int intid)
{
	return *(volatile u8 *)private_reg(cpu, GICD_IPRIORITYR + intid);
}

static __cold void write_priority(const struct cpu *cpu, unsigned int intid,
				  u8 value)
{
	*(volatile u8 *)private_reg(cpu, GICD_IPRIORITYR + intid) = value;
}

__cold int gic_take_private(struct cpu *cpu)
{
	unsigned int maintenance =
		system_config->platform_info.arm.maintenance_irq;
	u32 missing;

	for (unsigned int sgi = 0; sgi < INTID_PPI; sgi++)
		cpu->sgi_priority[sgi] = read_priority(cpu, sgi);
	cpu->linux_enable = mmio_read32(private_reg(cpu, GICD_ISENABLER));
	cpu->linux_ppi_config = mmio_read32(private_reg(cpu, GICD_ICFGR + 4));
	cpu->linux_maintenance_priority = read_priority(cpu, maintenance);

	write_priority(cpu, GIC_KICK_SGI, 0);
	write_priority(cpu, maintenance, 0);
	mmio_write32(private_reg(cpu, GICD_ISENABLER), own_interrupts());
	/* Those of the secure side read as zero (IHI 0048B 4.3.5). */
	missing = own_interrupts() &
		  ~mmio_read32(private_reg(cpu, GICD_ISENABLER));
	if (!missing)
		return 0;
	printk("Refused: CPU %u: interrupt %d cannot be enabled, it is the "
	       "firmware's\n",
	       cpu->id, __builtin_ctz(missing));
	gic_return_private(cpu);
	return -ENODEV;
}

__cold void gic_return_private(struct cpu *cpu)
{
	u32 ours = own_interrupts() & ~cpu->linux_enable;

	for (unsigned int sgi = 0; sgi < INTID_PPI; sgi++)
		write_priority(cpu, sgi, cpu->sgi_priority[sgi]);
	write_priority(cpu, system_config->platform_info.arm.maintenance_irq,
		       cpu->linux_maintenance_priority);
	mmio_write32(private_reg(cpu, GICD_ICENABLER), ours);
	mmio_write32(private_reg(cpu, GICD_ICPENDR), ours);
}

__cold void gic_reset_private(struct cpu *cpu)
{
	u32 ppis = guest_ppis();

	mmio_write32(private_reg(cpu, GICD_ICENABLER), ppis);
	mmio_write32(private_reg(cpu, GICD_ICPENDR), ppis);
	mmio_write32(private_reg(cpu, GICD_ICACTIVER), ppis);
	mmio_write32(private_reg(cpu, GICD_ICFGR + 4), cpu->linux_ppi_config);
	for (unsigned int intid = 0; intid < INTID_SPI; intid++)
		if (intid < INTID_PPI)
			cpu->sgi_priority[intid] = 0;
		else if (ppis >> intid & 1)
			write_priority(cpu, intid, 0);
}
