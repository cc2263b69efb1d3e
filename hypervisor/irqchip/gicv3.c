// SPDX-License-Identifier: GPL-2.0-only
/*
 * GICv3 distributor and redistributors: the hardware, and what cells see of it.
 * Register numbers in comments are of ARM IHI 0069H.
 *
 * Cells access the real registers through this filter: bits of interrupts they
 * do not own read 0 and ignore writes. Registers with a bit per interrupt are
 * set/clear pairs, so a masked write needs neither lock nor old value.
 */
#include <hv/entry.h>
#include <hv/gicv3.h>
#include <hv/pci.h>
#include <hv/printk.h>
#include <hv/unit.h>

#define FIRST_SPI 32U

/* GIC architecture in bits 7:4 of PIDR2 (12.9.26) */
#define PIDR2_ARCH(value) ((value) >> 4 & 0xf)

/* Set by the first CPU, constant afterwards. */
static char *gicd;
static char *gicr;
static u64 gicr_size;
static unsigned int gicr_shift; /* log2 of the distance between frames */
static unsigned int max_intid;
/* PPIs that a guest programs; the maintenance interrupt is the hypervisor's. */
static u32 guest_ppis;

/* CPU whose redistributor a frame is; written while CPUs come up. */
static struct cpu *frame_cpu[GICR_MAX_FRAMES];

/* Guards read-modify-write of registers that hold several cells' fields. */
static spinlock_t gicd_lock;

/* Enabled SPIs of the root, before a cell got them: to be restored. Written
 * with the root stopped. */
static u32 root_enabled[CELL_IRQ_WORDS];

/* --- finding out -------------------------------------------------------------
 */

unsigned int gicv3_max_intid(phys_t gicd_base)
{
	char *page =
		hv_map_temporary(gicd_base & PAGE_MASK, 1, PT_READ | PT_DEVICE);
	u32 typer;

	if (!arch_probe_read32(page + GICD_TYPER, &typer))
		return 0;
	return MIN(32 * ((typer & 0x1f) + 1) - 1, 1019U);
}

static bool probe_gicr(phys_t frame, u32 *typer, u32 *pidr2)
{
	char *page =
		hv_map_temporary(frame, HV_TEMP_PAGES, PT_READ | PT_DEVICE);

	return arch_probe_read32(page + GICR_TYPER, typer) &&
	       arch_probe_read32(page + GIC_PIDR2, pidr2) &&
	       (PIDR2_ARCH(*pidr2) == 3 || PIDR2_ARCH(*pidr2) == 4);
}

u64 gicv3_redistributors_size(phys_t gicr_base)
{
	u64 stride = GICR_FRAME, size = 0;
	u32 typer, pidr2;

	if (gicr_base & (GICD_SIZE - 1))
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

int gicv3_assign_redistributor(struct cpu *cpu)
{
	for (u64 n = 0; n << gicr_shift < gicr_size; n++) {
		char *frame = gicr + (n << gicr_shift);

		/* Affinity in the upper word of TYPER (12.11.35). */
		if (mmio_read32(frame + GICR_TYPER + 4) ==
		    affinity_of_mpidr(cpu->phys_id)) {
			cpu->gicr = frame;
			frame_cpu[n] = cpu;
			return 0;
		}
	}
	printk("No redist found for CPU %u (MPIDR 0x%llx)\n", cpu->id,
	       cpu->phys_id);
	return -ENODEV;
}

/* --- for the CPU interface
 * ------------------------------------------------------ */

/* Registers of interrupts below 32 lie in the redistributor's SGI frame, at
 * the same offsets. */
static char *bank(const struct cpu *cpu, unsigned int intid)
{
	return intid < FIRST_SPI ? (char *)cpu->gicr + GICR_SGI_BASE : gicd;
}

u8 gicv3_priority(const struct cpu *cpu, unsigned int intid)
{
	if (intid < 16)
		return cpu->sgi_priority[intid];
	return *(volatile u8 *)(bank(cpu, intid) + GICD_IPRIORITYR + intid);
}

bool gicv3_is_edge(const struct cpu *cpu, unsigned int intid)
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

void gicv3_set_pending(const struct cpu *cpu, unsigned int intid)
{
	write_bit(cpu, GICD_ISPENDR, intid);
}

void gicv3_clear_active(const struct cpu *cpu, unsigned int intid)
{
	write_bit(cpu, GICD_ICACTIVER, intid);
}

void gicv3_set_active(const struct cpu *cpu, unsigned int intid)
{
	write_bit(cpu, GICD_ISACTIVER, intid);
}

static void route(unsigned int intid, const struct cpu *cpu)
{
	mmio_write64(gicd + GICD_IROUTER + (u64)intid * 8, cpu->phys_id);
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
		if (cell->irqs[intid / 32] >> (intid % 32) & 1 &&
		    cpu_set_next(&cell->cpus, 0) < HV_MAX_CPUS)
			return cell;
	return NULL;
}

void gicv3_reroute_spi(unsigned int intid)
{
	const struct cell *owner;

	if (intid > max_intid)
		return;
	spin_lock(&cell_list_lock);
	owner = owner_of_spi(intid);
	if (owner) {
		route(intid, first_cpu(owner));
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
	if (intid >= FIRST_SPI && intid <= max_intid &&
	    cell->irqs[intid / 32] >> (intid % 32) & 1)
		mmio_write32(gicd + GICD_ISPENDR + intid / 32 * 4,
			     1U << (intid % 32));
}

/* --- distributor: what cells see
 * ------------------------------------------------ */

typedef enum mmio_result (*gicd_handler)(const struct cell *cell,
					 struct mmio_access *access,
					 unsigned int offset);

static enum mmio_result read_through(const struct cell *cell,
				     struct mmio_access *access,
				     unsigned int offset)
{
	(void)cell;
	if (!access->is_write && access->size == 4 && !(offset & 3))
		access->value = mmio_read32(gicd + offset);
	return MMIO_HANDLED;
}

/* CTLR, TYPER, IIDR, STATUSR; message-based SPIs are the only writes. */
static enum mmio_result gicd_control(const struct cell *cell,
				     struct mmio_access *access,
				     unsigned int offset)
{
	unsigned int intid = (unsigned int)access->value & 0x3ff;

	if (!access->is_write) {
		return read_through(cell, access, offset);
	}
	if ((offset == GICD_SETSPI_NSR || offset == GICD_CLRSPI_NSR) &&
	    intid >= FIRST_SPI && intid <= max_intid &&
	    cell->irqs[intid / 32] >> (intid % 32) & 1)
		mmio_write32(gicd + offset, intid);
	return MMIO_HANDLED;
}

/* One bit per interrupt; those below 32 are the redistributors' (8.9.7). */
static enum mmio_result gicd_bits(const struct cell *cell,
				  struct mmio_access *access,
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

static enum mmio_result gicd_bits_ro(const struct cell *cell,
				     struct mmio_access *access,
				     unsigned int offset)
{
	return access->is_write ? MMIO_HANDLED
				: gicd_bits(cell, access, offset);
}

/* A byte per interrupt, which may be accessed alone (12.1.3). */
static enum mmio_result gicd_priority(const struct cell *cell,
				      struct mmio_access *access,
				      unsigned int offset)
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
static u32 double_bits(u32 bits)
{
	bits &= 0xffff;
	bits = (bits | bits << 8) & 0x00ff00ff;
	bits = (bits | bits << 4) & 0x0f0f0f0f;
	bits = (bits | bits << 2) & 0x33333333;
	bits = (bits | bits << 1) & 0x55555555;
	return bits | bits << 1;
}

/* Two bits per interrupt: 16 of them share a word, with other cells too. */
static enum mmio_result gicd_config(const struct cell *cell,
				    struct mmio_access *access,
				    unsigned int offset)
{
	unsigned int intid = (offset - GICD_ICFGR) * 4;
	u32 owned = double_bits(cell->irqs[intid / 32] >> (intid % 32));
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
	    intid < FIRST_SPI || intid > max_intid ||
	    !(cell->irqs[intid / 32] >> (intid % 32) & 1))
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

/* Handlers by 128 bytes of the first 4 KiB; none: reads 0, ignores writes. */
static const gicd_handler gicd_handlers[32] = {
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
		handler = gicd_handlers[offset >> 7];
	else if (offset >= GICD_IROUTER && offset < GICD_IROUTER + 0x2000)
		handler = gicd_route;
	else if (offset >= GIC_IDS)
		handler = read_through;
	return handler ? handler(arg, access, offset) : MMIO_HANDLED;
}

/* --- redistributors: what cells see
 * ---------------------------------------------- */

/* RD_base: identification, and a state that is always awake. LPIs are not
 * partitioned, so their registers are not there. */
static void gicr_control(const char *frame, struct mmio_access *access,
			 unsigned int offset)
{
	bool readable =
		offset < 0x10 || offset == GICR_WAKER || offset >= GIC_IDS;

	if (access->is_write || !readable || offset & (access->size - 1U))
		return;
	if (access->size == 4)
		access->value = mmio_read32(frame + offset);
	else if (access->size == 8 && offset == GICR_TYPER)
		access->value = mmio_read64(frame + offset);
}

typedef void (*gicr_handler)(struct cpu *cpu, struct mmio_access *access,
			     unsigned int offset);

/* One bit per interrupt. The PPIs' half is the register's; the SGIs, which are
 * virtual, read as sgis. False if the access is none of the one register. */
static bool gicr_bits(const struct cpu *cpu, struct mmio_access *access,
		      unsigned int offset, u32 sgis)
{
	char *reg = (char *)cpu->gicr + GICR_SGI_BASE + offset;
	u32 value = (u32)access->value & guest_ppis;

	if (access->size != 4 || offset & 0x7f)
		return false;
	if (!access->is_write)
		access->value = (mmio_read32(reg) & guest_ppis) | sgis;
	else if (value)
		mmio_write32(reg, value);
	return true;
}

static void gicr_group(struct cpu *cpu, struct mmio_access *access,
		       unsigned int offset)
{
	if (!access->is_write)
		gicr_bits(cpu, access, offset, 0xffff);
}

/* SGIs are always enabled. */
static void gicr_enable(struct cpu *cpu, struct mmio_access *access,
			unsigned int offset)
{
	gicr_bits(cpu, access, offset, 0xffff);
}

/* SGIs become pending by software, too. */
static void gicr_pending(struct cpu *cpu, struct mmio_access *access,
			 unsigned int offset)
{
	u32 pending = READ_ONCE(cpu->sgi_pending) & 0xffff;
	u32 value = (u32)access->value & 0xffff;

	if (!gicr_bits(cpu, access, offset, pending) || !access->is_write)
		return;
	if (offset == GICD_ICPENDR) {
		__atomic_and_fetch(&cpu->sgi_pending, ~value, __ATOMIC_RELEASE);
	} else if (value) {
		__atomic_or_fetch(&cpu->sgi_pending, value, __ATOMIC_RELEASE);
		arch_kick(cpu);
	}
}

/* SGIs are never active here. */
static void gicr_active(struct cpu *cpu, struct mmio_access *access,
			unsigned int offset)
{
	gicr_bits(cpu, access, offset, 0);
}

static void gicr_priority(struct cpu *cpu, struct mmio_access *access,
			  unsigned int offset)
{
	unsigned int intid = offset - GICD_IPRIORITYR;

	if (access->size > 4 || offset & (access->size - 1U) ||
	    intid >= FIRST_SPI)
		return;
	for (unsigned int n = 0; n < access->size; n++, intid++) {
		volatile u8 *byte;

		if (intid < 16)
			byte = &cpu->sgi_priority[intid];
		else if (guest_ppis >> intid & 1)
			byte = (volatile u8 *)((char *)cpu->gicr +
					       GICR_SGI_BASE + offset + n);
		else
			continue;
		if (access->is_write)
			*byte = (u8)(access->value >> n * 8);
		else
			access->value |= (u64)*byte << n * 8;
	}
}

/* ICFGR1: the PPIs' triggers; ICFGR0, the SGIs', is fixed. */
static void gicr_config(struct cpu *cpu, struct mmio_access *access,
			unsigned int offset)
{
	char *reg = (char *)cpu->gicr + GICR_SGI_BASE + offset;
	u32 ours = double_bits(~guest_ppis >> 16);

	if (access->size != 4 || offset & 3 || offset > GICD_ICFGR + 4)
		return;
	if (!access->is_write)
		access->value = mmio_read32(reg);
	else if (offset == GICD_ICFGR + 4)
		mmio_write32(reg, ((u32)access->value & ~ours) |
					  (mmio_read32(reg) & ours));
}

/* Handlers by 128 bytes of the first 4 KiB of the SGI frame. */
static const gicr_handler gicr_handlers[32] = {
	[0x01] = gicr_group,   [0x02] = gicr_enable,   [0x03] = gicr_enable,
	[0x04] = gicr_pending, [0x05] = gicr_pending,  [0x06] = gicr_active,
	[0x07] = gicr_active,  [0x08] = gicr_priority, [0x18] = gicr_config,
};

/* All frames are there, so that guests find their own by affinity; only those
 * of CPUs of the cell have more than an identification. */
static enum mmio_result gicr_access(void *arg, struct mmio_access *access)
{
	const struct cell *cell = arg;
	u64 frame = access->address >> gicr_shift;
	unsigned int offset =
		(unsigned int)(access->address & ((1UL << gicr_shift) - 1));
	struct cpu *cpu = frame_cpu[frame];
	gicr_handler handler;

	if (offset < GICR_SGI_BASE) {
		gicr_control(gicr + (frame << gicr_shift), access, offset);
		return MMIO_HANDLED;
	}
	offset -= GICR_SGI_BASE;
	if (!cpu || cpu->cell != cell || offset >= 0x1000)
		return MMIO_HANDLED;
	handler = gicr_handlers[offset >> 7];
	if (handler)
		handler(cpu, access, offset);
	return MMIO_HANDLED;
}

/* --- ownership
 * ------------------------------------------------------------------- */

/* For each SPI of the cell; INTIDs that the GIC lacks do not exist. */
#define for_each_spi(intid, cell)                                              \
	for ((intid) = FIRST_SPI; (intid) <= max_intid; (intid)++)             \
		if ((cell)->irqs[(intid) / 32] == 0)                           \
			(intid) |= 31;                                         \
		else if ((cell)->irqs[(intid) / 32] >> ((intid) % 32) & 1)

/* Off, not pending, not active: 32 at a time. */
static void silence(const struct cell *cell)
{
	for (unsigned int word = 1; word <= max_intid / 32; word++) {
		u32 bits = cell->irqs[word];

		if (!bits)
			continue;
		mmio_write32(gicd + GICD_ICENABLER + word * 4, bits);
		mmio_write32(gicd + GICD_ICPENDR + word * 4, bits);
		mmio_write32(gicd + GICD_ICACTIVER + word * 4, bits);
	}
}

static int gicv3_cell_init(struct cell *cell)
{
	int err = mmio_add(&cell->mmio,
			   system_config->platform_info.arm.gicd_base,
			   GICD_SIZE, gicd_access, cell);

	if (!err)
		err = mmio_add(&cell->mmio,
			       system_config->platform_info.arm.gicr_base,
			       gicr_size, gicr_access, cell);
	return err;
}

static u32 gicv3_count_windows(const struct cell *cell)
{
	(void)cell;
	return 2;
}

/* A new cell: its SPIs come to it, silent. */
static void gicv3_config_commit(struct cell *cell)
{
	unsigned int intid;

	if (cell == &root_cell)
		return;
	for (unsigned int word = 1; word <= max_intid / 32; word++)
		if (cell->irqs[word]) {
			u32 enabled =
				mmio_read32(gicd + GICD_ISENABLER + word * 4);

			root_enabled[word] =
				(root_enabled[word] & ~cell->irqs[word]) |
				(enabled & cell->irqs[word]);
		}
	silence(cell);
	for_each_spi(intid, cell) route(intid, first_cpu(cell));
}

/* Back to the root, enabled as they were. */
static void gicv3_cell_exit(struct cell *cell)
{
	unsigned int intid;

	silence(cell);
	for_each_spi(intid, cell) route(intid, first_cpu(&root_cell));
	for (unsigned int word = 1; word <= max_intid / 32; word++) {
		u32 enable = root_enabled[word] & cell->irqs[word];

		if (enable)
			mmio_write32(gicd + GICD_ISENABLER + word * 4, enable);
	}
}

/* Between two runs of a cell. */
static void gicv3_cell_reset(struct cell *cell)
{
	silence(cell);
}

static int gicv3_init(void)
{
	phys_t gicd_base = system_config->platform_info.arm.gicd_base;
	phys_t gicr_base = system_config->platform_info.arm.gicr_base;
	u32 pidr2, typer;

	gicd = hv_map_device(gicd_base, GICD_SIZE);
	gicr_size = gicv3_redistributors_size(gicr_base);
	if (!gicd || !arch_probe_read32(gicd + GIC_PIDR2, &pidr2) ||
	    (PIDR2_ARCH(pidr2) != 3 && PIDR2_ARCH(pidr2) != 4)) {
		printk("Refused: no GICv3 distributor at 0x%llx\n", gicd_base);
		return -ENODEV;
	}
	if (!gicr_size) {
		printk("Refused: no GICv3 redistributor at 0x%llx\n",
		       gicr_base);
		return -ENODEV;
	}
	max_intid = gicv3_max_intid(gicd_base);
	gicr = hv_map_device(gicr_base, gicr_size);
	if (!gicr)
		return -ENOMEM;
	typer = mmio_read32(gicr + GICR_TYPER);
	gicr_shift = (unsigned int)__builtin_ctzll(
		typer & GICR_TYPER_VLPIS ? GICR_VLPI_SIZE : GICR_FRAME);
	guest_ppis = 0xffff0000U &
		     ~(1U << (system_config->platform_info.arm.maintenance_irq &
			      31));
	for (unsigned int n = 0; n < GICR_MAX_FRAMES; n++)
		frame_cpu[n] = NULL;
	return 0;
}

DEFINE_UNIT(gicv3_unit) = {
	.name = "irqchip",
	.phase = UNIT_PHASE_IRQCHIP,
	.init = gicv3_init,
	.count_windows = gicv3_count_windows,
	.cell_init = gicv3_cell_init,
	.cell_exit = gicv3_cell_exit,
	.config_commit = gicv3_config_commit,
	.cell_reset = gicv3_cell_reset,
};
