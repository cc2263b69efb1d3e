// SPDX-License-Identifier: GPL-2.0-or-later
#include "smmuv3_fixture.h"

struct smmu_system smmu_system;
struct smmu_cell smmu_cell;
struct fake_smmu fake_smmu;

/* --- what it remembers -------------------------------------------------- */

#define REMEMBERED 64

static struct {
	bool valid;
	u32 stream;
	u64 ste[STE_WORDS];
} streams[REMEMBERED];

static struct {
	bool valid;
	u16 vmid;
	u64 page;
	phys_t phys;
	unsigned int flags;
} tlb[REMEMBERED];

static void forget_streams(bool all, u32 stream)
{
	for (size_t n = 0; n < REMEMBERED; n++)
		if (all || streams[n].stream == stream)
			streams[n].valid = false;
}

static void forget_pages(bool all, u16 vmid)
{
	for (size_t n = 0; n < REMEMBERED; n++)
		if (all || tlb[n].vmid == vmid)
			tlb[n].valid = false;
}

/* --- its registers and commands ----------------------------------------- */

static void run_command(const u64 *command)
{
	u32 opcode = command[0] & 0xff;

	fake_smmu.num_commands++;
	fake_smmu.opcodes[opcode]++;
	switch (opcode) {
	case CMD_CFGI_STE:
		forget_streams(false, (u32)(command[0] >> 32));
		break;
	case CMD_CFGI_ALL:
		forget_streams(true, 0);
		break;
	case CMD_TLBI_S12_VMALL:
		forget_pages(false, (u16)(command[0] >> 32));
		break;
	case CMD_TLBI_NSNH_ALL:
		forget_pages(true, 0);
		break;
	}
}

static void run_queue(void)
{
	unsigned int bits = *smmu64(SMMU_CMDQ_BASE) & 0x1f;
	u32 mask = (2U << bits) - 1;
	const u64 *queue;
	u32 cons = *smmu32(SMMU_CMDQ_CONS) & mask;

	if (!(*smmu32(SMMU_CR0) & CR0_CMDQEN) ||
	    (*smmu32(SMMU_GERROR) ^ *smmu32(SMMU_GERRORN)) & GERROR_CMDQ)
		return;
	queue = host_ram(*smmu64(SMMU_CMDQ_BASE) & 0xfffffffffffe0ULL,
			 16ULL << bits);
	while (cons != (*smmu32(SMMU_CMDQ_PROD) & mask)) {
		if (fake_smmu.error) {
			*smmu32(SMMU_CMDQ_CONS) = cons | fake_smmu.error << 24;
			*smmu32(SMMU_GERROR) ^= GERROR_CMDQ;
			return;
		}
		run_command(&queue[(cons & ((1U << bits) - 1)) * 2]);
		cons = (cons + 1) & mask;
	}
	*smmu32(SMMU_CMDQ_CONS) = cons;
}

static void work(void)
{
	if (fake_smmu.deaf)
		return;
	*smmu32(SMMU_CR0ACK) = *smmu32(SMMU_CR0);
	*smmu32(SMMU_GBPA) &= ~(u32)GBPA_UPDATE;
	run_queue();
}

/* --- devices -------------------------------------------------------------- */

/* The entry of the stream table, as the unit finds it now; NULL: none. */
static const u64 *walk_streams(u32 stream)
{
	u32 config = *smmu32(SMMU_STRTAB_BASE_CFG);
	phys_t base = *smmu64(SMMU_STRTAB_BASE) & TABLE_ADDRESS;
	unsigned int bits = config & 0x3f, split = config >> 6 & 0x1f;
	u64 descriptor;

	if (stream >> bits)
		return NULL;
	if (!(config & STRTAB_2LEVEL))
		return host_ram(base + stream * 64ULL, 64);
	assert_int_equal(base & ((8ULL << (bits - split)) - 1), 0);
	descriptor = *(u64 *)host_ram(base + (stream >> split) * 8ULL, 8);
	if (!(descriptor & 0x1f))
		return NULL;
	assert_int_equal(descriptor & 0x1f, split + 1);
	return host_ram((descriptor & TABLE_ADDRESS) +
				(stream & ((1U << split) - 1)) * 64ULL,
			64);
}

static const u64 *find_stream(u32 stream)
{
	const u64 *found;
	size_t free_slot = REMEMBERED;

	for (size_t n = 0; n < REMEMBERED; n++) {
		if (streams[n].valid && streams[n].stream == stream)
			return streams[n].ste;
		if (!streams[n].valid)
			free_slot = n;
	}
	found = walk_streams(stream);
	if (!found)
		return NULL;
	assert_true(free_slot < REMEMBERED);
	streams[free_slot].valid = true;
	streams[free_slot].stream = stream;
	memcpy(streams[free_slot].ste, found, sizeof(streams[0].ste));
	return streams[free_slot].ste;
}

static size_t find_page(const u64 *ste, u64 page)
{
	struct pt_space space = {
		.format = root_cell.memory.format,
		.root = hv_phys_to_virt(ste[3]),
	};
	u16 vmid = ste[2] & 0xffff;
	size_t slot = REMEMBERED;

	for (size_t n = 0; n < REMEMBERED; n++) {
		if (tlb[n].valid && tlb[n].vmid == vmid && tlb[n].page == page)
			return n;
		if (!tlb[n].valid)
			slot = n;
	}
	assert_true(slot < REMEMBERED);
	tlb[slot].phys = paging_lookup(&space, page, &tlb[slot].flags);
	if (tlb[slot].phys == PHYS_INVALID)
		return REMEMBERED; /* what is not there is not kept */
	tlb[slot].valid = true;
	tlb[slot].vmid = vmid;
	tlb[slot].page = page;
	return slot;
}

static phys_t fault(unsigned int type, u32 stream, u64 address, bool is_write)
{
	smmu_event((u64)stream << 32 | type, is_write ? 0 : EVENT_READ,
		   address);
	return PHYS_INVALID;
}

phys_t smmu_dma(u32 stream, u64 address, bool is_write)
{
	const u64 *ste;
	size_t slot;

	if (!(*smmu32(SMMU_CR0) & CR0_SMMUEN))
		return *smmu32(SMMU_GBPA) & GBPA_ABORT ? PHYS_INVALID : address;
	ste = find_stream(stream);
	if (!ste)
		return fault(0x02, stream, 0, is_write);
	if (!(ste[0] & STE_VALID))
		return fault(0x04, stream, 0, is_write);
	/* 5.2: second stage alone, AArch64, as the CPUs have it */
	assert_int_equal(ste[0], STE_VALID | 6 << 1);
	assert_int_equal(ste[2] >> 32 & 0x7ffff, arch_stage2_control());
	assert_true(ste[2] & BIT(51));
	slot = find_page(ste, address & PAGE_MASK);
	if (slot == REMEMBERED)
		return fault(0x10, stream, address, is_write);
	if (!(tlb[slot].flags & (is_write ? PT_WRITE : PT_READ)))
		return fault(0x13, stream, address, is_write);
	return tlb[slot].phys + (address & ~PAGE_MASK);
}

void smmu_event(u64 word0, u64 word1, u64 address)
{
	unsigned int bits = *smmu64(SMMU_EVENTQ_BASE) & 0x1f;
	u32 mask = (2U << bits) - 1, index = fake_smmu.event_prod;
	u64 *record;

	if (!(*smmu32(SMMU_CR0) & CR0_EVENTQEN))
		return;
	/* 7.4: full is when all but the wrap bit is equal */
	if (((fake_smmu.event_prod ^ *smmu32(SMMU_EVENTQ_CONS)) & mask) ==
	    1U << bits) {
		if (!((*smmu32(SMMU_EVENTQ_PROD) ^ *smmu32(SMMU_EVENTQ_CONS)) &
		      EVENTQ_OVERFLOW))
			*smmu32(SMMU_EVENTQ_PROD) ^= (u32)EVENTQ_OVERFLOW;
		return;
	}
	record = host_ram((*smmu64(SMMU_EVENTQ_BASE) & 0xfffffffffffe0ULL) +
				  32ULL * (index & ((1U << bits) - 1)),
			  32);
	record[0] = word0;
	record[1] = word1;
	record[2] = address;
	fake_smmu.event_prod = (index + 1) & mask;
	*smmu32(SMMU_EVENTQ_PROD) =
		(*smmu32(SMMU_EVENTQ_PROD) & (u32)EVENTQ_OVERFLOW) |
		fake_smmu.event_prod;
}

void smmu_poll(void)
{
	/* A second, so that neither the interval nor the budget is in the
	 * way. */
	host_clock_set(arch_ticks() + 2000000);
	iommu_poll();
}

/* --- the machine -----------------------------------------------------------
 */

static void set_up_registers(void)
{
	host_clock_set_step(10);
	forget_streams(true, 0);
	forget_pages(true, 0);
	fake_smmu.regs = host_device(SMMU_BASE, SMMU_SIZE);
	*smmu32(SMMU_IDR0) = fake_smmu.idr0;
	*smmu32(SMMU_IDR1) = fake_smmu.idr1;
	*smmu32(SMMU_IDR5) = fake_smmu.idr5;
	*smmu32(SMMU_CR0) = fake_smmu.linux_cr0;
	*smmu32(SMMU_CR1) = 0x123;
	*smmu64(SMMU_STRTAB_BASE) = 0x45678000;
	*smmu32(SMMU_GBPA) = 0x1000;
}

void smmu_defaults(void)
{
	machine_reset_configs();
	fake_smmu = (struct fake_smmu){
		.idr0 = IDR0_S2P | IDR0_TTF_AARCH64 | IDR0_COHACC |
			IDR0_ST_2LEVEL,
		.idr1 = 16 | 7 << 16 | 8 << 21,
		.idr5 = IDR5_GRAN4K | 4,
	};
	smmu_system = (struct smmu_system){
		.base = machine_system,
		.streams = { { ROOT_STREAM }, { SHARED_STREAM } },
	};
	smmu_system.base.head.platform_info.iommu_units[0] =
		(struct jailhouse_iommu){
			.type = JAILHOUSE_IOMMU_SMMUV3,
			.base = SMMU_BASE,
			.size = SMMU_SIZE,
		};
	smmu_system.base.head.root_cell.num_stream_ids = 2;
	smmu_cell = (struct smmu_cell){
		.base = machine_cell,
		.pci = { {
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = SHARED_STREAM,
		} },
		.streams = { { SHARED_STREAM }, { CELL_STREAM } },
	};
	smmu_cell.base.head.num_pci_devices = 1;
	smmu_cell.base.head.num_stream_ids = 2;
	host_boot_hook = set_up_registers;
	host_relax_hook = work;
}

int smmu_boot(void)
{
	int err = host_boot(&smmu_system.base.head, sizeof(smmu_system));

	if (!err)
		machine_booted();
	return err;
}

int smmu_setup(void **state)
{
	(void)state;
	smmu_defaults();
	return smmu_boot();
}

long smmu_create(void)
{
	memcpy(host_ram(CONFIG_GPA, sizeof(smmu_cell)), &smmu_cell,
	       sizeof(smmu_cell));
	return hypercall(JAILHOUSE_HC_CELL_CREATE, CONFIG_GPA, 0);
}
