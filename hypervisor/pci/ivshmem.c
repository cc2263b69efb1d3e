// SPDX-License-Identifier: GPL-2.0-only
/*
 * ivshmem, version 2: shared memory between cells with doorbells, as PCI
 * devices. A link is made of the devices with one bdf, each the end of another
 * cell; ends come and go while others run.
 *
 * The link's lock guards its list of ends and the registers of each. It is
 * never held while a guest is waited for. Order: a device's lock, then the
 * link's.
 */
#include <hv/arch.h>
#include <hv/page_pool.h>
#include <hv/pci.h>
#include <hv/printk.h>
#include <hv/string.h>

/* The validator lets no more than this through. */
#define MAX_PEERS   12U
#define MAX_VECTORS 16U

/* Registers, BAR0 */
#define REG_ID	      0x00
#define REG_MAX_PEERS 0x04
#define REG_INT_CTRL  0x08
#define REG_DOORBELL  0x0c
#define REG_STATE     0x10
#define INT_ENABLE    BIT(0)

/* Configuration space */
#define CONFIG_SIZE    0x80U
#define CFG_VENDOR_CAP 0x40
#define CFG_PRIV_CTRL  0x43
#define CFG_STATE_SIZE 0x44
#define CFG_RW_SIZE    0x48
#define CFG_OUT_SIZE   0x50
#define CFG_ADDRESS    0x58
#define CFG_MSIX_CAP   0x60
#define ONE_SHOT       BIT(0)
#define MSIX_ENABLE    BIT(31) /* in the dword at CFG_MSIX_CAP */
#define MSIX_MASK      BIT(30)

#define IVSHMEM_ID    0x4106110aU
#define IVSHMEM_CLASS 0xff000000U
#define STATUS_CAPS   0x00100000U
#define COMMAND_BITS  (PCI_CMD_MEM | PCI_CMD_MASTER | PCI_CMD_INTX_OFF)

/* BAR1: vector table, then pending bits, which are always 0 */
#define MSIX_PBA	  0x100U
#define MSIX_END	  0x200U
#define MSIX_ENTRY_MASKED BIT(0)

#define INTID_SPI 32U

/* Regions of the device, from shmem_regions_start on */
enum {
	REGION_STATE,
	REGION_RW,
	REGION_OUTPUT
};

struct msix_entry {
	u32 address_low, address_high, data, control;
};

struct ivshmem_endpoint {
	struct pci_device *device;
	struct ivshmem_link *link;
	u32 config[CONFIG_SIZE / 4]; /* the configuration space */
	u32 state;
	u32 int_control;
	u32 windows; /* bit n: BAR n is in the MMIO map, at window_start[n] */
	u64 window_start[2];
	struct msix_entry vector[MAX_VECTORS];
};

struct ivshmem_link {
	struct ivshmem_link *next;
	spinlock_t lock;
	u16 bdf;
	phys_t state_table;
	struct ivshmem_endpoint *end[MAX_PEERS]; /* NULL: nobody there */
};

/* Written with all management serialized; read under no lock by nobody else. */
static struct ivshmem_link *links;

__cold size_t ivshmem_endpoint_size(void)
{
	return ALIGN_UP(sizeof(struct ivshmem_endpoint), 16UL);
}

__cold u32 ivshmem_count_windows(const struct jailhouse_pci_device *info)
{
	return info->num_msix_vectors ? 2 : 1;
}

static const struct jailhouse_memory *region(const struct pci_device *device,
					     unsigned int n)
{
	return jailhouse_cell_mem_regions(device->cell->config) +
	       device->info->shmem_regions_start + n;
}

/* --- interrupts
 * ---------------------------------------------------------------- */

/* The vector's interrupt line as the guest chose it, 0 if it is not to come. */
static unsigned int msix_intid(const struct ivshmem_endpoint *end,
			       unsigned int vector)
{
	u32 control = end->config[CFG_MSIX_CAP / 4];

	if (!(control & MSIX_ENABLE) || control & MSIX_MASK ||
	    !(end->config[PCI_CFG_COMMAND / 4] & PCI_CMD_MASTER) ||
	    end->vector[vector].control & MSIX_ENTRY_MASKED)
		return 0;
	return end->vector[vector].data;
}

static unsigned int intx_intid(const struct ivshmem_endpoint *end,
			       unsigned int vector)
{
	u32 pin = end->config[PCI_CFG_INT / 4] >> 8 & 0xff;

	if (vector || !pin ||
	    end->config[PCI_CFG_COMMAND / 4] & PCI_CMD_INTX_OFF)
		return 0;
	return INTID_SPI + end->device->cell->config->vpci_irq_base + pin - 1;
}

/* Under the link's lock. */
static void interrupt(struct ivshmem_endpoint *end, unsigned int vector)
{
	unsigned int vectors = end->device->info->num_msix_vectors;
	unsigned int intid;

	if (!(end->int_control & INT_ENABLE) || vector >= MAX(vectors, 1U))
		return;
	intid = vectors ? msix_intid(end, vector) : intx_intid(end, vector);
	if (end->config[CFG_PRIV_CTRL / 4] >> 24 & ONE_SHOT)
		end->int_control = 0;
	if (intid >= INTID_SPI)
		irqchip_trigger(end->device->cell, intid);
}

/* Under the link's lock. */
static void set_state(struct ivshmem_endpoint *end, u32 state)
{
	struct ivshmem_link *link = end->link;
	unsigned int id = end->device->info->shmem_dev_id;
	u32 *table;

	if (end->state == state)
		return;
	end->state = state;
	table = hv_map_temporary(link->state_table & PAGE_MASK, 1,
				 PT_READ | PT_WRITE);
	/* What the guest wrote before it changed its state is visible to
	 * those who see the new one. */
	__atomic_store_n(&table[id], state, __ATOMIC_RELEASE);
	/* And it is there before the peers are told: their interrupts are a
	 * write to a register of the GIC, and stores to memory and to devices
	 * have no order of their own (ARM DDI 0487, B2.3). */
	arch_dma_barrier();

	for (unsigned int n = 0; n < MAX_PEERS; n++)
		if (link->end[n] && link->end[n] != end)
			interrupt(link->end[n], 0);
}

/* --- registers
 * ------------------------------------------------------------------ */

static void doorbell(struct ivshmem_endpoint *end, u32 value)
{
	unsigned int target = value >> 16;
	unsigned int vector = value & 0xffff;

	if (target < MAX_PEERS && end->link->end[target])
		interrupt(end->link->end[target], vector);
}

static void write_register(struct ivshmem_endpoint *end, u64 offset, u32 value)
{
	spin_lock(&end->link->lock);
	switch (offset) {
	case REG_INT_CTRL:
		end->int_control = value & INT_ENABLE;
		break;
	case REG_DOORBELL:
		doorbell(end, value);
		break;
	case REG_STATE:
		set_state(end, value);
		break;
	}
	spin_unlock(&end->link->lock);
}

static u32 read_register(const struct ivshmem_endpoint *end, u64 offset)
{
	switch (offset) {
	case REG_ID:
		return end->device->info->shmem_dev_id;
	case REG_MAX_PEERS:
		return end->device->info->shmem_peers;
	case REG_INT_CTRL:
		return READ_ONCE(end->int_control);
	case REG_STATE:
		return end->state;
	}
	return 0;
}

/* Unknown offsets and other widths read 0 and ignore writes. */
static enum mmio_result register_access(void *arg, struct mmio_access *access)
{
	bool known = access->size == 4 && !(access->address & 3);

	if (access->is_write) {
		if (known)
			write_register(arg, access->address,
				       (u32)access->value);
	} else {
		access->value = known ? read_register(arg, access->address) : 0;
	}
	return MMIO_HANDLED;
}

/* The message must be an interrupt of the cell's own. */
static bool vector_permitted(const struct ivshmem_endpoint *end, u32 intid)
{
	return intid >= INTID_SPI && intid < CELL_IRQ_WORDS * 32 &&
	       end->device->cell->irqs[intid / 32] >> (intid % 32) & 1;
}

static enum mmio_result msix_access(void *arg, struct mmio_access *access)
{
	struct ivshmem_endpoint *end = arg;
	u64 offset = access->address;
	unsigned int n = (unsigned int)(offset / 16);
	u32 *word;

	if (!access->is_write)
		access->value = 0;
	if (offset >= MSIX_END)
		return MMIO_HANDLED;
	if (access->size != 4 || offset & 3)
		return MMIO_ERROR;
	if (offset >= MSIX_PBA)
		return access->is_write ? MMIO_ERROR : MMIO_HANDLED;
	if (n >= end->device->info->num_msix_vectors)
		return MMIO_ERROR;

	word = &end->vector[n].address_low + offset / 4 % 4;
	if (!access->is_write) {
		access->value = READ_ONCE(*word);
		return MMIO_HANDLED;
	}
	if (word == &end->vector[n].data && access->value &&
	    !vector_permitted(end, (u32)access->value))
		return MMIO_ERROR;
	spin_lock(&end->link->lock);
	*word = (u32)access->value;
	spin_unlock(&end->link->lock);
	return MMIO_HANDLED;
}

/* --- configuration space
 * ----------------------------------------------------------- */

static const mmio_handler bar_handlers[2] = { register_access, msix_access };

/* BARs that decode are in the MMIO map, where the guest put them. */
static void update_windows(struct ivshmem_endpoint *end)
{
	struct mmio_map *map = &end->device->cell->mmio;
	bool decode = end->config[PCI_CFG_COMMAND / 4] & PCI_CMD_MEM;
	u32 bars = ivshmem_count_windows(end->device->info);

	for (unsigned int n = 0; n < bars; n++) {
		u64 start = end->config[PCI_CFG_BAR / 4 + n];
		u32 mask = end->device->info->bar_mask[n];
		u64 size = (u64)~mask + 1;
		bool mapped = end->windows >> n & 1;
		bool wanted = decode && start && mask;

		if (mapped && (!wanted || end->window_start[n] != start)) {
			mmio_remove(map, end->window_start[n]);
			end->windows &= ~(1U << n);
			mapped = false;
		}
		/* Over something else: it does not decode there. */
		if (wanted && !mapped &&
		    !mmio_add(map, start, size, bar_handlers[n], end)) {
			end->window_start[n] = start;
			end->windows |= 1U << n;
		}
	}
}

/* Bits of each dword of the configuration space that a guest may change. */
static u32 writable_bits(const struct ivshmem_endpoint *end, unsigned int dword)
{
	const struct jailhouse_pci_device *info = end->device->info;

	switch (dword * 4) {
	case PCI_CFG_COMMAND:
		return COMMAND_BITS;
	case PCI_CFG_BAR:
		return info->bar_mask[0];
	case PCI_CFG_BAR + 4:
		return info->num_msix_vectors ? info->bar_mask[1] : 0;
	case PCI_CFG_INT:
		return 0xff;
	case CFG_VENDOR_CAP:
		return ONE_SHOT << 24;
	case CFG_MSIX_CAP:
		return info->num_msix_vectors ? MSIX_ENABLE | MSIX_MASK : 0;
	}
	return 0;
}

/* Registers whose writes are legal on any device, though they have no effect
 * here: what an operating system does to find out about a device. */
static bool write_is_ignored(unsigned int reg)
{
	return reg == PCI_CFG_CACHELINE ||
	       (reg >= PCI_CFG_BAR && reg < PCI_CFG_BAR_END) ||
	       reg == PCI_CFG_ROMBAR;
}

bool ivshmem_config_access(struct pci_device *device, struct pci_access *access)
{
	struct ivshmem_endpoint *end = device->ivshmem;
	unsigned int dword = access->reg / 4U;
	unsigned int shift = (access->reg & 3U) * 8;
	u32 mask = access->size == 4 ? ~0U : (1U << access->size * 8) - 1;
	u32 bits;

	if (!access->is_write) {
		access->value = access->reg < CONFIG_SIZE
					? end->config[dword] >> shift & mask
					: mask;
		return true;
	}
	if (access->reg >= CONFIG_SIZE)
		return false;
	bits = writable_bits(end, dword);
	if (!bits)
		return write_is_ignored(dword * 4);

	bits &= mask << shift;
	/* interrupt() looks at it from other CPUs. */
	spin_lock(&end->link->lock);
	end->config[dword] =
		(end->config[dword] & ~bits) | (access->value << shift & bits);
	spin_unlock(&end->link->lock);
	if (dword * 4 == PCI_CFG_COMMAND || dword * 4 == PCI_CFG_BAR ||
	    dword * 4 == PCI_CFG_BAR + 4)
		update_windows(end);
	return true;
}

/* --- links
 * ----------------------------------------------------------------------- */

static void put64(u32 *dword, u64 value)
{
	dword[0] = (u32)value;
	dword[1] = (u32)(value >> 32);
}

static __cold void fill_config(struct ivshmem_endpoint *end)
{
	const struct pci_device *device = end->device;
	const struct jailhouse_pci_device *info = device->info;
	u32 vectors = info->num_msix_vectors;
	u32 *config = end->config;

	memset(config, 0, sizeof(end->config));
	config[PCI_CFG_ID / 4] = IVSHMEM_ID;
	config[PCI_CFG_COMMAND / 4] = STATUS_CAPS;
	config[PCI_CFG_CLASS / 4] = IVSHMEM_CLASS | (u32)info->shmem_protocol
							    << 8;
	config[PCI_CFG_SUBSYSTEM / 4] = IVSHMEM_ID;
	config[PCI_CFG_CAPS / 4] = CFG_VENDOR_CAP;
	if (!vectors)
		config[PCI_CFG_INT / 4] = ((info->bdf >> 3 & 3U) + 1) << 8;
	config[CFG_VENDOR_CAP / 4] =
		0x200009U | (vectors ? CFG_MSIX_CAP << 8 : 0);
	config[CFG_STATE_SIZE / 4] = (u32)region(device, REGION_STATE)->size;
	put64(&config[CFG_RW_SIZE / 4], region(device, REGION_RW)->size);
	put64(&config[CFG_OUT_SIZE / 4], region(device, REGION_OUTPUT)->size);
	put64(&config[CFG_ADDRESS / 4],
	      region(device, REGION_STATE)->virt_start);
	if (vectors) {
		config[CFG_MSIX_CAP / 4] = 0x11U | (vectors - 1) << 16;
		config[CFG_MSIX_CAP / 4 + 1] = 1; /* table: BAR 1, offset 0 */
		config[CFG_MSIX_CAP / 4 + 2] = 1 | MSIX_PBA;
	}
}

__cold void ivshmem_reset(struct pci_device *device)
{
	struct ivshmem_endpoint *end = device->ivshmem;

	spin_lock(&end->link->lock);
	end->int_control = 0;
	set_state(end, 0);
	fill_config(end);
	memset(end->vector, 0, sizeof(end->vector));
	for (unsigned int n = 0; n < MAX_VECTORS; n++)
		end->vector[n].control = MSIX_ENTRY_MASKED;
	spin_unlock(&end->link->lock);
	update_windows(end);
}

static __cold struct ivshmem_link *find_link(u16 bdf)
{
	struct ivshmem_link *link = links;

	while (link && link->bdf != bdf)
		link = link->next;
	return link;
}

static __cold struct ivshmem_link *new_link(const struct pci_device *device)
{
	struct ivshmem_link *link = page_alloc(1);
	u32 *table;

	if (!link)
		return NULL;
	link->bdf = device->info->bdf;
	link->state_table = region(device, REGION_STATE)->phys_start;
	link->next = links;
	links = link;
	/* Nobody is there yet. */
	table = hv_map_temporary(link->state_table & PAGE_MASK, 1,
				 PT_READ | PT_WRITE);
	memset(table, 0, device->info->shmem_peers * sizeof(*table));
	return link;
}

static __cold void free_link(struct ivshmem_link *link)
{
	struct ivshmem_link **at = &links;

	while (*at != link)
		at = &(*at)->next;
	*at = link->next;
	page_free(link, 1);
}

static bool is_empty(const struct ivshmem_link *link)
{
	for (unsigned int n = 0; n < MAX_PEERS; n++)
		if (link->end[n])
			return false;
	return true;
}

static __cold void announce(const struct ivshmem_link *link)
{
	printk("Shared memory connection established, peer cells:\n");
	for (unsigned int n = 0; n < MAX_PEERS; n++)
		if (link->end[n])
			printk(" \"%s\"\n",
			       link->end[n]->device->cell->config->name);
}

__cold int ivshmem_init(struct pci_device *device, void *memory)
{
	struct ivshmem_endpoint *end = memory;
	struct ivshmem_link *link = find_link(device->info->bdf);
	bool first = !link;

	if (device->info->shmem_dev_id >= MAX_PEERS)
		return -EINVAL;
	if (first)
		link = new_link(device);
	if (!link)
		return -ENOMEM;
	if (link->end[device->info->shmem_dev_id])
		return -EBUSY;

	end->device = device;
	end->link = link;
	device->ivshmem = end;
	ivshmem_reset(device);
	spin_lock(&link->lock);
	link->end[device->info->shmem_dev_id] = end;
	spin_unlock(&link->lock);
	if (!first)
		announce(link);
	return 0;
}

__cold void ivshmem_exit(struct pci_device *device)
{
	struct ivshmem_endpoint *end = device->ivshmem;
	struct ivshmem_link *link = end->link;

	ivshmem_reset(device);
	spin_lock(&link->lock);
	link->end[device->info->shmem_dev_id] = NULL;
	spin_unlock(&link->lock);
	device->ivshmem = NULL;
	if (is_empty(link))
		free_link(link);
}
