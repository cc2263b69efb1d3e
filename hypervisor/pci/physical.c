// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real functions: what of their configuration space a cell may change.
 *
 * BARs are shadows, since the memory behind them is mapped by the cell's
 * regions and must not move. Capabilities are read through; those that the
 * configuration marks as writable are written through.
 *
 * A message-signalled interrupt is a write of the device. The root's messages
 * are its own affair. Those of other cells are kept back, and given to the
 * device when the cell turns them on, if the cell may write there itself: the
 * frame of registers that takes messages (GICv2m) is then a region of the cell,
 * 1:1, so that the address is the same with and without an IOMMU in between.
 * MSI-X stays off for them, since its messages are in the device's own memory.
 */
#include <hv/pci.h>
#include <hv/printk.h>

#define PCI_CAP_MSI  0x05
#define PCI_CAP_MSIX 0x11
#define MSI_CONTROL  0x02U
#define MSI_MESSAGE  0x04U
#define MSI_ENABLE   0x0001U
#define MSIX_ENABLE  0x8000U
#define STATUS_CAPS  0x0010U

/* The register in the platform's ECAM, mapped for this access. */
static char *config_register(const struct jailhouse_pci_device *info,
			     unsigned int reg)
{
	phys_t function = system_config->platform_info.pci_mmconfig_base +
			  ((phys_t)info->bdf << 12);
	char *page =
		hv_map_temporary(function, 1, PT_READ | PT_WRITE | PT_DEVICE);

	return page + reg;
}

static u32 config_read(const struct jailhouse_pci_device *info,
		       unsigned int reg, unsigned int size)
{
	struct mmio_access access = { .size = (u8)size };

	/* As the specification has it for a function that does not answer */
	if (!mmio_perform(config_register(info, reg), &access))
		return ~0U;
	return (u32)access.value;
}

static void config_write(const struct jailhouse_pci_device *info,
			 unsigned int reg, unsigned int size, u32 value)
{
	struct mmio_access access = {
		.size = (u8)size,
		.is_write = true,
		.value = value,
	};

	mmio_perform(config_register(info, reg), &access);
}

/* --- capabilities
 * -------------------------------------------------------------- */

static const struct jailhouse_pci_capability *find_cap(
	const struct pci_device *device, unsigned int reg)
{
	const struct jailhouse_pci_capability *cap =
		jailhouse_cell_pci_caps(device->cell->config) +
		device->info->caps_start;

	for (u32 n = 0; n < device->info->num_caps; n++, cap++)
		if (reg >= cap->start && reg - cap->start < cap->len)
			return cap;
	return NULL;
}

/* Words of the MSI capability that hold the message: their index in the
 * shadow, -1 for others. With 64-bit addresses the data are one word later. */
static int msi_word(const struct pci_device *device,
		    const struct jailhouse_pci_capability *cap,
		    unsigned int reg)
{
	unsigned int word = (reg - cap->start) / 4U;

	if (cap->id != PCI_CAP_MSI || word < 1)
		return -1;
	if (word == 1)
		return 0;
	if (device->info->msi_64bits)
		return word <= 3 ? (int)word - 1 : -1;
	return word == 2 ? 2 : -1;
}

static u32 insert(u32 old, const struct pci_access *access)
{
	unsigned int shift = (access->reg & 3U) * 8;
	u32 mask = access->size == 4 ? ~0U : (1U << access->size * 8) - 1;

	return (old & ~(mask << shift)) | (access->value & mask) << shift;
}

static u32 extract(u32 word, const struct pci_access *access)
{
	u32 value = word >> (access->reg & 3U) * 8;

	return access->size == 4 ? value
				 : value & ((1U << access->size * 8) - 1);
}

/* --- reading
 * ------------------------------------------------------------------- */

static bool read_access(struct pci_device *device, struct pci_access *access)
{
	const struct jailhouse_pci_device *info = device->info;
	const struct jailhouse_pci_capability *cap;
	int word;

	if (info->type == JAILHOUSE_PCI_TYPE_DEVICE) {
		if (access->reg >= PCI_CFG_BAR &&
		    access->reg < PCI_CFG_BAR_END) {
			u32 bar = device->bar[(access->reg - PCI_CFG_BAR) / 4];

			access->value = extract(bar, access);
			return true;
		}
		if (access->reg >= PCI_CFG_ROMBAR &&
		    access->reg < PCI_CFG_CAPS) {
			access->value = 0;
			return true;
		}
	}
	cap = access->reg >= PCI_CFG_HEADER_END ? find_cap(device, access->reg)
						: NULL;
	word = cap ? msi_word(device, cap, access->reg) : -1;
	if (word >= 0)
		access->value = extract(device->msi[word], access);
	else
		access->value = config_read(info, access->reg, access->size);
	return true;
}

/* --- writing
 * ------------------------------------------------------------------- */

enum write_policy {
	REFUSE,
	PASS,
	IGNORE,
	SHADOW_BAR
};

struct write_row {
	u8 first, end;
	u8 policy;
};

/* The header of type 0, and of bridges (type 1). */
static const struct write_row endpoint_rows[] = {
	{ 0x04, 0x08, PASS },	    { 0x0c, 0x10, PASS },
	{ 0x10, 0x28, SHADOW_BAR }, { 0x30, 0x34, IGNORE },
	{ 0x3c, 0x3d, PASS },
};

static const struct write_row bridge_rows[] = {
	{ 0x04, 0x08, PASS },	{ 0x0c, 0x10, PASS }, { 0x1c, 0x1e, IGNORE },
	{ 0x20, 0x34, IGNORE }, { 0x3c, 0x3d, PASS }, { 0x3e, 0x40, PASS },
};

static enum write_policy header_policy(const struct pci_device *device,
				       const struct pci_access *access)
{
	bool bridge = device->info->type == JAILHOUSE_PCI_TYPE_BRIDGE;
	const struct write_row *row = bridge ? bridge_rows : endpoint_rows;
	size_t count =
		bridge ? sizeof(bridge_rows) / sizeof(bridge_rows[0])
		       : sizeof(endpoint_rows) / sizeof(endpoint_rows[0]);

	for (; count; count--, row++)
		if (access->reg >= row->first &&
		    (u32)access->reg + access->size <= row->end)
			return row->policy;
	/* A word or dword at the interrupt line: only the line is written. */
	if (access->reg == PCI_CFG_INT && !bridge)
		return PASS;
	return REFUSE;
}

/*
 * The low bits say what kind of BAR it is, and stay. One that is put where it
 * was when the cell got the device is put there indeed: drivers do so when they
 * wake a device that has forgotten it.
 */
static void write_bar(struct pci_device *device,
		      const struct pci_access *access)
{
	unsigned int n = (access->reg - PCI_CFG_BAR) / 4U;
	u32 mask = device->info->bar_mask[n];

	device->bar[n] = (insert(device->bar[n], access) & mask) |
			 (device->bar[n] & ~mask);
	if (device->bar[n] == device->hardware_bar[n])
		config_write(device->info, PCI_CFG_BAR + n * 4, 4,
			     device->bar[n]);
}

static bool write_header(struct pci_device *device, struct pci_access *access)
{
	switch (header_policy(device, access)) {
	case REFUSE:
		return false;
	case IGNORE:
		return true;
	case SHADOW_BAR:
		write_bar(device, access);
		return true;
	case PASS:
		break;
	}
	config_write(device->info, access->reg, access->size, access->value);
	return true;
}

/* --- messages
 * ------------------------------------------------------------------ */

/* Whether the cell could write the message itself, to this very address. */
static bool may_send(const struct cell *cell, u64 address)
{
	unsigned int flags = 0;
	phys_t page = paging_lookup(&cell->memory, address & PAGE_MASK, &flags);

	return page == (address & PAGE_MASK) && flags & PT_WRITE &&
	       !(address & 3);
}

static void write_message(const struct pci_device *device, unsigned int cap)
{
	unsigned int data = device->info->msi_64bits ? 8 : 4;

	config_write(device->info, cap + MSI_MESSAGE, 4, device->msi[0]);
	if (device->info->msi_64bits)
		config_write(device->info, cap + MSI_MESSAGE + 4, 4,
			     device->msi[1]);
	config_write(device->info, cap + MSI_MESSAGE + data, 2,
		     device->msi[2] & 0xffff);
}

/*
 * The cell turned its messages on or off, or changed one that is on. The device
 * never sends one that is half written.
 */
static void apply_messages(struct pci_device *device, unsigned int cap,
			   u32 control)
{
	u64 address = device->msi[0];

	config_write(device->info, cap + MSI_CONTROL, 2, control & ~MSI_ENABLE);
	if (!(control & MSI_ENABLE))
		return;
	if (device->info->msi_64bits)
		address |= (u64)device->msi[1] << 32;
	if (!may_send(device->cell, address)) {
		printk_guest(device->cell,
			     "PCI device " PCI_FORMAT " of cell \"%s\": MSI "
			     "stays off, 0x%llx is not the cell's to write\n",
			     PCI_ARGS(device->info->bdf),
			     device->cell->config->name, address);
		return;
	}
	write_message(device, cap);
	config_write(device->info, cap + MSI_CONTROL, 2, control);
}

/* The register of a capability with the control word; its id does not change.
 */
static bool is_control(const struct jailhouse_pci_capability *cap,
		       const struct pci_access *access)
{
	return access->reg < cap->start + 4U;
}

/* What a cell, not the root, writes into the capabilities of messages. */
static bool write_messages(struct pci_device *device,
			   const struct jailhouse_pci_capability *cap,
			   const struct pci_access *access)
{
	int word = msi_word(device, cap, access->reg);
	u32 control = config_read(device->info, cap->start + MSI_CONTROL, 2);

	if (cap->id == PCI_CAP_MSIX)
		return is_control(cap, access);
	if (word >= 0) {
		device->msi[word] = insert(device->msi[word], access);
		if (control & MSI_ENABLE)
			apply_messages(device, cap->start, control);
		return true;
	}
	if (!is_control(cap, access))
		return false;
	control = insert(control << 16, access) >> 16;
	apply_messages(device, cap->start, control);
	return true;
}

static bool write_access(struct pci_device *device, struct pci_access *access)
{
	const struct jailhouse_pci_capability *cap;
	int word;

	if (access->reg < PCI_CFG_HEADER_END)
		return write_header(device, access);
	cap = find_cap(device, access->reg);
	if (!cap || !(cap->flags & JAILHOUSE_PCICAPS_WRITE) ||
	    (u32)access->reg + access->size > (u32)cap->start + cap->len)
		return false;
	if (device->cell != &root_cell &&
	    (cap->id == PCI_CAP_MSI || cap->id == PCI_CAP_MSIX) &&
	    write_messages(device, cap, access))
		return true;
	word = msi_word(device, cap, access->reg);
	if (word >= 0)
		device->msi[word] = insert(device->msi[word], access);
	config_write(device->info, access->reg, access->size, access->value);
	return true;
}

bool pci_physical_access(struct pci_device *device, struct pci_access *access)
{
	return access->is_write ? write_access(device, access)
				: read_access(device, access);
}

/* --- changing hands
 * -------------------------------------------------------------- */

/* The place of this capability, 0 if there is none. Follows the list of the
 * hardware, at most as far as 256 bytes can hold capabilities. */
static unsigned int find_hardware_cap(const struct jailhouse_pci_device *info,
				      u32 id)
{
	unsigned int cap;

	if (!(config_read(info, PCI_CFG_STATUS, 2) & STATUS_CAPS))
		return 0;
	cap = config_read(info, PCI_CFG_CAPS, 1) & 0xfc;
	for (unsigned int n = 0; cap >= PCI_CFG_HEADER_END && n < 48; n++) {
		if (config_read(info, cap, 1) == id)
			return cap;
		cap = config_read(info, cap + 1, 1) & 0xfc;
	}
	return 0;
}

/* The device has just become this cell's: BARs as the hardware has them, and
 * messages that Linux may have set up before. */
__cold void pci_physical_take(struct pci_device *device)
{
	const struct jailhouse_pci_device *info = device->info;
	unsigned int msi = find_hardware_cap(info, PCI_CAP_MSI);
	unsigned int words = info->msi_64bits ? 3 : 2;

	for (unsigned int n = 0; n < PCI_NUM_BARS; n++)
		device->bar[n] = device->hardware_bar[n] =
			config_read(info, PCI_CFG_BAR + n * 4, 4);
	for (unsigned int n = 0; n < 3; n++)
		device->msi[n] = 0;
	for (unsigned int n = 0; msi && n < words; n++)
		device->msi[words == 2 && n ? 2 : n] =
			config_read(info, msi + MSI_MESSAGE + n * 4, 4);
}

/* As it was when it came: a cell can reset its device by some capabilities, and
 * what decodes nothing does not come back to its place. */
__cold void pci_physical_restore(const struct pci_device *device)
{
	if (device->info->type != JAILHOUSE_PCI_TYPE_DEVICE)
		return;
	for (unsigned int n = 0; n < PCI_NUM_BARS; n++)
		config_write(device->info, PCI_CFG_BAR + n * 4, 4,
			     device->hardware_bar[n]);
}

/* No DMA, no decoding, no interrupt. */
__cold void pci_physical_quiesce(const struct jailhouse_pci_device *info)
{
	static const struct {
		u8 id;
		u16 enable;
	} caps[] = { { PCI_CAP_MSI, MSI_ENABLE },
		     { PCI_CAP_MSIX, MSIX_ENABLE } };

	if (info->type != JAILHOUSE_PCI_TYPE_DEVICE)
		return;
	config_write(info, PCI_CFG_COMMAND, 2, PCI_CMD_INTX_OFF);
	for (size_t n = 0; n < sizeof(caps) / sizeof(caps[0]); n++) {
		unsigned int cap = find_hardware_cap(info, caps[n].id);

		if (cap)
			config_write(info, cap + MSI_CONTROL, 2,
				     config_read(info, cap + MSI_CONTROL, 2) &
					     ~(u32)caps[n].enable);
	}
}
