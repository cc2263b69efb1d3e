// SPDX-License-Identifier: GPL-2.0-or-later
#include "validate_fixture.h"

#define MEM_RW	JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE
#define MEM_RWX MEM_RW | JAILHOUSE_MEM_EXECUTE

#define MAX_RANGES 16

static const struct fixture_system valid_system = {
	.head = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.hypervisor_memory = {
			.phys_start = 0x7fc00000,
			.size = 0x400000,
		},
		.debug_console = {
			.address = 0x09000000,
			.size = 0x1000,
			.type = JAILHOUSE_CON_TYPE_PL011,
			.flags = JAILHOUSE_CON_ACCESS_MMIO,
		},
		.platform_info = {
			.pci_mmconfig_base = 0x08e00000,
			.pci_is_virtual = 1,
			.iommu_units[0] = {
				.type = JAILHOUSE_IOMMU_SMMUV3,
				.base = 0x09050000,
				.size = 0x20000,
			},
			.arm = {
				.maintenance_irq = 25,
				.gic_version = 3,
				.gicd_base = HOST_GICD_BASE,
				.gicc_base = 0x08010000,
				.gich_base = 0x08030000,
				.gicv_base = 0x08040000,
				.gicr_base = HOST_GICR_BASE,
			},
		},
		.root_cell = {
			.name = "root",
			.cpu_set_size = sizeof(valid_system.cpus),
			.num_memory_regions = ARRAY_SIZE(valid_system.mem),
			.num_irqchips = ARRAY_SIZE(valid_system.irqchips),
			.num_pci_devices = ARRAY_SIZE(valid_system.pci),
			.num_stream_ids = ARRAY_SIZE(valid_system.streams),
			.vpci_irq_base = 108,
		},
	},
	.cpus = { 0xf },
	.mem = {
		[ROOT_RAM] = {
			.phys_start = 0x40000000,
			.virt_start = 0x40000000,
			.size = 0x3fb00000,
			.flags = MEM_RWX | JAILHOUSE_MEM_DMA,
		},
		[ROOT_MMIO] = {
			.phys_start = 0x09000000,
			.virt_start = 0x09000000,
			.size = 0x50000,
			.flags = MEM_RW | JAILHOUSE_MEM_IO,
		},
		JAILHOUSE_SHMEM_NET_REGIONS(0x7fb00000, 0),
		[ROOT_MORE] = { .size = 0 },
	},
	.irqchips = {
		{
			.address = HOST_GICD_BASE,
			.pin_base = 32,
			.pin_bitmap = { ~0U, ~0U, ~0U, ~0U },
		},
		{
			.address = HOST_GICD_BASE,
			.pin_base = 160,
			.pin_bitmap = { ~0U, ~0U, ~0U, ~0U },
		},
	},
	.pci = {
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,
			.shmem_regions_start = ROOT_SHMEM,
			.shmem_dev_id = 0,
			.shmem_peers = 2,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		},
		{ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = 0x10 },
		{ .type = JAILHOUSE_PCI_TYPE_DEVICE, .bdf = 0x18 },
	},
	.streams = { { .id = 1 }, { .id = 7 } },
};

static const struct fixture_cell valid_cell = {
	.head = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "rtos",
		.id = 1,
		.cpu_set_size = sizeof(valid_cell.cpus),
		.num_memory_regions = ARRAY_SIZE(valid_cell.mem),
		.num_irqchips = ARRAY_SIZE(valid_cell.irqchips),
		.num_pci_devices = ARRAY_SIZE(valid_cell.pci),
		.num_pci_caps = ARRAY_SIZE(valid_cell.caps),
		.num_stream_ids = ARRAY_SIZE(valid_cell.streams),
		.vpci_irq_base = 108,
	},
	.cpus = { 0x8 },
	.mem = {
		[CELL_RAM] = {
			.phys_start = 0x70000000,
			.virt_start = 0,
			.size = 0x10000,
			.flags = MEM_RWX | JAILHOUSE_MEM_LOADABLE,
		},
		[CELL_UART] = {
			.phys_start = 0x09000000,
			.virt_start = 0x09000000,
			.size = 0x1000,
			.flags = MEM_RW | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_ROOTSHARED,
		},
		[CELL_COMM] = {
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = MEM_RW | JAILHOUSE_MEM_COMM_REGION,
		},
		[CELL_SUBPAGE] = {
			.phys_start = 0x09010100,
			.virt_start = 0x09010100,
			.size = 0x80,
			.flags = MEM_RW | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_IO_32,
		},
		JAILHOUSE_SHMEM_NET_REGIONS(0x7fb00000, 1),
		[CELL_MORE] = { .size = 0 },
	},
	.irqchips = {
		{
			.address = HOST_GICD_BASE,
			.pin_base = 32,
			/* INTID 33 and 140 */
			.pin_bitmap = { 1 << 1, 0, 0, 1 << 12 },
		},
		{ .address = HOST_GICD_BASE, .pin_base = 160 },
	},
	.pci = {
		{
			.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
			.bdf = 0,
			.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,
			.shmem_regions_start = CELL_SHMEM,
			.shmem_dev_id = 1,
			.shmem_peers = 2,
			.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
		},
		{
			.type = JAILHOUSE_PCI_TYPE_DEVICE,
			.bdf = 0x10,
			.num_caps = 2,
		},
	},
	.caps = {
		{ .id = PCI_CAP_ID_PM, .start = 0x40, .len = 8 },
		{
			.id = PCI_EXT_CAP_ID_ERR | JAILHOUSE_PCI_EXT_CAP,
			.start = 0x100,
			.len = 0x40,
		},
	},
	.streams = { { .id = 1 }, { .id = 2 } },
};

static const struct fixture_x86 valid_x86 = {
	.head = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_X86,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "x86",
		.id = 1,
		.flags = JAILHOUSE_CELL_PASSIVE_COMMREG,
		.cpu_set_size = sizeof(valid_x86.cpus),
		.num_cache_regions = ARRAY_SIZE(valid_x86.cache),
		.num_pio_regions = ARRAY_SIZE(valid_x86.pio),
	},
	.cpus = { 0x8 },
};

/* The one that runs has its own of everything. */
static void init_other(struct fixture *fixture)
{
	struct fixture_cell *other = &fixture->other;

	*other = valid_cell;
	strcpy(other->head.name, "other");
	other->head.id = 2;
	other->cpus[0] = 0x4;
	other->mem[CELL_RAM].phys_start = 0x71000000;
	other->mem[CELL_SUBPAGE].phys_start = 0x09010180;
	other->mem[CELL_SUBPAGE].virt_start = 0x09010180;
	for (unsigned int n = 0; n < 4; n++)
		other->mem[CELL_SHMEM + n] = (struct jailhouse_memory){ 0 };
	other->irqchips[0].pin_bitmap[0] = 1 << 8; /* INTID 40 */
	other->irqchips[0].pin_bitmap[3] = 0;
	other->pci[0] = (struct jailhouse_pci_device){
		.type = JAILHOUSE_PCI_TYPE_DEVICE,
		.bdf = 0x18,
	};
	other->pci[1] = (struct jailhouse_pci_device){
		.type = JAILHOUSE_PCI_TYPE_BRIDGE,
		.bdf = 0x100,
	};
	other->streams[0].id = 7;
	other->streams[1].id = 8;
}

void validate_init(struct fixture *fixture)
{
	fixture->system = valid_system;
	fixture->cell = valid_cell;
	fixture->x86 = valid_x86;
	init_other(fixture);
	fixture->context = (struct config_context){
		.architecture = JAILHOUSE_ARM64,
		.num_cpus = 4,
		.online = { .word = { 0xf } },
		.calling_cpu = 0,
		.max_cell_id = 255,
		.max_spi = HOST_MAX_INTID,
		.max_address = HOST_MAX_ADDRESS,
	};
}

static void fill_context(struct fixture *fixture, struct reserved_range *ranges)
{
	struct config_context *context = &fixture->context;

	context->system = &fixture->system.head;
	context->reserved = ranges;
	context->num_reserved = config_reserved_ranges(
		context->system, HOST_GICR_SIZE, ranges, MAX_RANGES);
}

static void set_irqs(struct cell *cell, const struct jailhouse_irqchip *chip)
{
	for (unsigned int n = 0; n < 2; n++, chip++)
		for (unsigned int i = 0; i < 4; i++)
			cell->irqs[chip->pin_base / 32 + i] =
				chip->pin_bitmap[i];
}

/* Judged from copies of exact size, so that ASan sees a byte too many. */
static void *exact_copy(const void *object, size_t size)
{
	void *copy = malloc(size ? size : 1);

	assert_non_null(copy);
	return memcpy(copy, object, size);
}

int validate_cell_bytes(struct fixture *fixture, const void *config,
			size_t size)
{
	struct reserved_range ranges[MAX_RANGES];
	struct cell root = {
		.config = &fixture->system.head.root_cell,
		.cpus = { .word = { 0xb } },
	};
	struct cell other = {
		.config = &fixture->other.head,
		.id = fixture->other.head.id,
		.cpus = { .word = { 0x4 } },
	};
	struct jailhouse_cell_desc *copy = exact_copy(config, size);
	int err;

	fill_context(fixture, ranges);
	set_irqs(&root, fixture->system.irqchips);
	set_irqs(&other, fixture->other.irqchips);
	for (unsigned int n = 0; n < CELL_IRQ_WORDS; n++)
		root.irqs[n] &= ~other.irqs[n];
	fixture->context.root = &root;
	fixture->context.cells = &other;
	err = config_check_cell(&fixture->context, copy, size);
	free(copy);
	return err;
}

int validate_cell(struct fixture *fixture)
{
	return validate_cell_bytes(fixture, &fixture->cell,
				   sizeof(fixture->cell));
}

/* Ranges are computed from the system as a whole; a part of one has none. */
int validate_system_bytes(struct fixture *fixture, const void *config,
			  size_t size)
{
	struct reserved_range ranges[MAX_RANGES];
	struct jailhouse_system *copy = exact_copy(config, size);
	int err;

	memcpy(&fixture->system.head, config,
	       MIN(size, sizeof(fixture->system.head)));
	fill_context(fixture, ranges);
	fixture->context.system = copy;
	fixture->context.root = NULL;
	fixture->context.cells = NULL;
	err = config_check_system(&fixture->context, copy, size);
	free(copy);
	return err;
}

int validate_system(struct fixture *fixture)
{
	struct fixture_system system = fixture->system;

	return validate_system_bytes(fixture, &system, sizeof(system));
}

/* --- rows -------------------------------------------------------------- */

static int (*judge_fixture)(struct fixture *fixture);

static void apply(struct fixture *fixture, const struct patch *patch)
{
	for (unsigned int n = 0; n < MAX_PATCHES && patch->size; n++, patch++) {
		assert_true(patch->offset + patch->size <= sizeof(*fixture));
		assert_true(patch->size <= sizeof(patch->value));
		memcpy((char *)fixture + patch->offset, &patch->value,
		       patch->size);
	}
}

static unsigned int count_lines(const char *text)
{
	unsigned int lines = 0;

	for (; *text; text++)
		lines += *text == '\n';
	return lines;
}

/* One line, that begins as it must and holds the reason. */
static void check_line(const char *line, const struct validate_row *row)
{
	const char *begin = row->err ? "Refused: " : "Warning: ";

	if (count_lines(line) != (row->text ? 1 : 0))
		fail_msg("%s: printed \"%s\"", row->name, line);
	if (row->text && strncmp(line, begin, strlen(begin)))
		fail_msg("%s: \"%s\" begins wrongly", row->name, line);
	if (row->text && !strstr(line, row->text))
		fail_msg("%s: \"%s\" lacks \"%s\"", row->name, line, row->text);
}

static void run_row(void **state)
{
	const struct validate_row *row = *state;
	struct fixture fixture;
	int err;

	validate_init(&fixture);
	apply(&fixture, row->bad);
	host_console_reset();
	err = judge_fixture(&fixture);
	if (err != row->err)
		fail_msg("%s: result %d, %d expected; \"%s\"", row->name, err,
			 row->err, host_console_text());
	check_line(host_console_text(), row);

	apply(&fixture, row->good);
	host_console_reset();
	err = judge_fixture(&fixture);
	if (err || *host_console_text())
		fail_msg("%s: the valid neighbour: %d \"%s\"", row->name, err,
			 host_console_text());
}

int validate_run_rows(const struct validate_row *rows, size_t num_rows,
		      int (*judge)(struct fixture *fixture))
{
	struct CMUnitTest *tests = calloc(num_rows, sizeof(*tests));
	int failed;

	if (!tests)
		return 1;
	for (size_t n = 0; n < num_rows; n++)
		tests[n] = (struct CMUnitTest){
			.name = rows[n].name,
			.test_func = run_row,
			.initial_state = (void *)(uintptr_t)&rows[n],
		};
	judge_fixture = judge;
	failed = _cmocka_run_group_tests("rows", tests, num_rows, NULL, NULL);
	free(tests);
	return failed;
}
