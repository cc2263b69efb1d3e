// SPDX-License-Identifier: GPL-2.0-only
/*
 * Real functions: what of their configuration space a cell may change.
 *
 * BARs are shadows, since the memory behind them is mapped by the cell's
 * regions and must not move. Capabilities are read through; those that the
 * configuration marks as writable are written through. MSI messages are
 * shadows too, and never enabled for a cell: without interrupt remapping the
 * address of a message is a write to anywhere.
 */
#include <hv/pci.h>

#define PCI_CAP_MSI  0x05
#define PCI_CAP_MSIX 0x11
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

static bool write_header(struct pci_device *device, struct pci_access *access)
{
	unsigned int n = (access->reg - PCI_CFG_BAR) / 4U;

	switch (header_policy(device, access)) {
	case REFUSE:
		return false;
	case IGNORE:
		return true;
	case SHADOW_BAR:
		/* The low bits say what kind of BAR it is, and stay. */
		device->bar[n] = (insert(device->bar[n], access) &
				  device->info->bar_mask[n]) |
				 (device->bar[n] & ~device->info->bar_mask[n]);
		return true;
	case PASS:
		break;
	}
	config_write(device->info, access->reg, access->size, access->value);
	return true;
}

/* The control words of MSI and MSI-X, which hold the enable bits. A cell's
 * device stays at INTx: its messages cannot be confined to the cell. */
static bool enables_messages(const struct jailhouse_pci_capability *cap,
			     const struct pci_access *access)
{
	return (cap->id == PCI_CAP_MSI || cap->id == PCI_CAP_MSIX) &&
	       access->reg < cap->start + 4U;
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
	word = msi_word(device, cap, access->reg);
	if (word >= 0)
		device->msi[word] = insert(device->msi[word], access);
	if (device->cell != &root_cell &&
	    (word >= 0 || enables_messages(cap, access)))
		return true;
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

/* The device has just become this cell's: BARs as the hardware has them. */
void pci_physical_take(struct pci_device *device)
{
	for (unsigned int n = 0; n < PCI_NUM_BARS; n++)
		device->bar[n] =
			config_read(device->info, PCI_CFG_BAR + n * 4, 4);
	for (unsigned int n = 0; n < 3; n++)
		device->msi[n] = 0;
}

/* No DMA, no decoding, no interrupt. Follows the capability list of the
 * hardware, at most as far as 256 bytes can hold capabilities. */
void pci_physical_quiesce(const struct jailhouse_pci_device *info)
{
	unsigned int cap;

	if (info->type != JAILHOUSE_PCI_TYPE_DEVICE)
		return;
	config_write(info, PCI_CFG_COMMAND, 2, PCI_CMD_INTX_OFF);
	if (!(config_read(info, PCI_CFG_STATUS, 2) & STATUS_CAPS))
		return;
	cap = config_read(info, PCI_CFG_CAPS, 1) & 0xfc;
	for (unsigned int n = 0; cap >= PCI_CFG_HEADER_END && n < 48; n++) {
		u32 id = config_read(info, cap, 1);
		u32 off = id == PCI_CAP_MSI    ? MSI_ENABLE
			  : id == PCI_CAP_MSIX ? MSIX_ENABLE
					       : 0;

		if (off)
			config_write(info, cap + 2, 2,
				     config_read(info, cap + 2, 2) & ~off);
		cap = config_read(info, cap + 1, 1) & 0xfc;
	}
}
