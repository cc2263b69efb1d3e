// SPDX-License-Identifier: GPL-2.0-or-later
#include "machine.h"

#include <hv/cell.h>

#define MEM_RW	JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE
#define MEM_RWX MEM_RW | JAILHOUSE_MEM_EXECUTE

static const struct machine_system default_system = {
	.head = {
		.signature = JAILHOUSE_SYSTEM_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.hypervisor_memory = {
			.phys_start = HOST_HV_BASE,
			.size = HOST_HV_SIZE,
		},
		.platform_info = {
			.pci_mmconfig_base = 0x08e00000,
			.arm = {
				.maintenance_irq = 25,
				.gic_version = 3,
				.gicd_base = HOST_GICD_BASE,
				.gicr_base = HOST_GICR_BASE,
			},
		},
		.root_cell = {
			.name = "root",
			.cpu_set_size = sizeof(default_system.cpus),
			.num_memory_regions = ARRAY_SIZE(default_system.mem),
			.num_irqchips = ARRAY_SIZE(default_system.irqchips),
		},
	},
	.cpus = { (1 << MACHINE_CPUS) - 1 },
	.mem = {
		{
			.phys_start = HOST_RAM_BASE,
			.virt_start = HOST_RAM_BASE,
			.size = HOST_RAM_SIZE - HOST_HV_SIZE,
			.flags = MEM_RWX | JAILHOUSE_MEM_DMA,
		},
		{
			.phys_start = UART_PHYS,
			.virt_start = UART_PHYS,
			.size = 0x10000,
			.flags = MEM_RW | JAILHOUSE_MEM_IO,
		},
	},
	.irqchips = { {
		.address = HOST_GICD_BASE,
		.pin_base = 32,
		.pin_bitmap = { ~0U, ~0U, ~0U, ~0U },
	} },
};

static const struct machine_cell default_cell = {
	.head = {
		.signature = JAILHOUSE_CELL_DESC_SIGNATURE,
		.architecture = JAILHOUSE_ARM64,
		.revision = JAILHOUSE_CONFIG_REVISION,
		.name = "rtos",
		.id = 1,
		.flags = JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED,
		.cpu_set_size = sizeof(default_cell.cpus),
		.num_memory_regions = MEM_COUNT,
		.num_irqchips = ARRAY_SIZE(default_cell.irqchips),
		.cpu_reset_address = 0x100,
		.console = { .address = UART_PHYS, .size = 0x1000 },
	},
	.cpus = { 1 << 3 },
	.mem = {
		[MEM_RAM] = {
			.phys_start = CELL_RAM_PHYS,
			.virt_start = 0,
			.size = 0x10000,
			.flags = MEM_RWX | JAILHOUSE_MEM_LOADABLE,
		},
		[MEM_SHARED] = {
			.phys_start = 0x43000000,
			.virt_start = 0x43000000,
			.size = 0x1000,
			.flags = MEM_RW | JAILHOUSE_MEM_ROOTSHARED,
		},
		[MEM_COMM] = {
			.virt_start = 0x80000000,
			.size = 0x1000,
			.flags = MEM_RW | JAILHOUSE_MEM_COMM_REGION,
		},
		[MEM_SUBPAGE] = {
			.phys_start = UART_PHYS + 0x2100,
			.virt_start = UART_PHYS + 0x2100,
			.size = 0x80,
			.flags = MEM_RW | JAILHOUSE_MEM_IO |
				 JAILHOUSE_MEM_IO_32,
		},
		[MEM_UART] = {
			.phys_start = UART_PHYS + 0x4000,
			.virt_start = UART_PHYS + 0x4000,
			.size = 0x1000,
			.flags = MEM_RW | JAILHOUSE_MEM_IO,
		},
	},
	.irqchips = { {
		.address = HOST_GICD_BASE,
		.pin_base = 32,
		.pin_bitmap = { 1 << 8 },
	} },
};

struct machine_system machine_system;
struct machine_cell machine_cell;
struct machine_cell machine_other;

void machine_reset_configs(void)
{
	machine_system = default_system;
	machine_cell = default_cell;
	machine_other = default_cell;
	strcpy(machine_other.head.name, "other");
	machine_other.head.id = 2;
	machine_other.cpus[0] = 1 << 2;
	machine_other.mem[MEM_RAM].phys_start = OTHER_RAM_PHYS;
	machine_other.mem[MEM_SUBPAGE].phys_start += 0x80;
	machine_other.mem[MEM_SUBPAGE].virt_start += 0x80;
	machine_other.mem[MEM_UART].phys_start += 0x1000;
	machine_other.mem[MEM_UART].virt_start += 0x1000;
	machine_other.irqchips[0].pin_bitmap[0] = 1 << 9;
}

static unsigned long pages_at_boot;
static void *hoard[1024];
static size_t num_hoard;

void machine_booted(void)
{
	num_hoard = 0; /* maybe of a test that failed */
	pages_at_boot = mem_pool.used;
	machine_quiet();
}

void machine_boot(void)
{
	assert_int_equal(
		host_boot(&machine_system.head, sizeof(machine_system)), 0);
	machine_booted();
}

int machine_setup(void **state)
{
	(void)state;
	machine_reset_configs();
	machine_boot();
	return 0;
}

/* Cells that the test left behind go, and then all must be as before. */
int machine_teardown(void **state)
{
	struct cell *cell;
	bool clean;

	(void)state;
	for_each_non_root_cell (cell)
		cell->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
	while (root_cell.next && !machine_destroy(root_cell.next->id))
		;
	clean = num_cells == 1 && mem_pool.used == pages_at_boot;
	host_shutdown();
	return clean ? 0 : -1;
}

long machine_create(const struct machine_cell *config)
{
	memcpy(host_ram(CONFIG_GPA, sizeof(*config)), config, sizeof(*config));
	return hypercall(JAILHOUSE_HC_CELL_CREATE, CONFIG_GPA, 0);
}

static void look_at(struct machine_view *view, u64 start, u64 size)
{
	for (u64 gpa = start; gpa < start + size; gpa += PAGE_SIZE) {
		size_t n = view->count++;

		assert_true(n < ARRAY_SIZE(view->page));
		view->page[n].flags = 0;
		view->page[n].phys = paging_lookup(&root_cell.memory, gpa,
						   &view->page[n].flags);
	}
}

void machine_look(struct machine_view *view)
{
	view->count = 0;
	look_at(view, HOST_RAM_BASE, HOST_RAM_SIZE);
	look_at(view, UART_PHYS, 0x10000);
	view->windows = root_cell.mmio.count;
	view->cpus = root_cell.cpus;
	memcpy(view->irqs, root_cell.irqs, sizeof(view->irqs));
	view->pages_used = mem_pool.used;
}

void machine_assert_same(const struct machine_view *a,
			 const struct machine_view *b)
{
	assert_int_equal(a->count, b->count);
	for (size_t n = 0; n < a->count; n++) {
		assert_int_equal(a->page[n].phys, b->page[n].phys);
		assert_int_equal(a->page[n].flags, b->page[n].flags);
	}
	assert_int_equal(a->windows, b->windows);
	assert_memory_equal(&a->cpus, &b->cpus, sizeof(a->cpus));
	assert_memory_equal(a->irqs, b->irqs, sizeof(a->irqs));
	assert_int_equal(a->pages_used, b->pages_used);
}

void machine_drain(unsigned long left)
{
	while (mem_pool.pages - mem_pool.used > left) {
		assert_true(num_hoard < ARRAY_SIZE(hoard));
		hoard[num_hoard++] = page_pool_take(&mem_pool, 1, 1);
	}
}

void machine_refill(void)
{
	while (num_hoard)
		page_free(hoard[--num_hoard], 1);
}

bool machine_said(const char *text)
{
	return strstr(host_console_text(), text);
}

void machine_quiet(void)
{
	host_console_reset();
}

void machine_guest_polite(struct cpu *cpu)
{
	struct jailhouse_comm_region *comm = cpu->cell->comm;

	switch (comm->msg_to_cell) {
	case JAILHOUSE_MSG_SHUTDOWN_REQUEST:
		comm->msg_to_cell = JAILHOUSE_MSG_NONE;
		comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
		comm->reply_from_cell = JAILHOUSE_MSG_REQUEST_APPROVED;
		break;
	case JAILHOUSE_MSG_RECONFIG_COMPLETED:
		comm->msg_to_cell = JAILHOUSE_MSG_NONE;
		comm->reply_from_cell = JAILHOUSE_MSG_RECEIVED;
		break;
	}
}

struct wanted {
	unsigned int cpu;
	unsigned int resets;
};

static bool enough_resets(void *arg)
{
	const struct wanted *wanted = arg;

	return host_cpu_resets(wanted->cpu, NULL, NULL) >= wanted->resets;
}

void machine_wait_resets(unsigned int cpu, unsigned int count)
{
	struct wanted wanted = { cpu, count };

	host_wait_until(enough_resets, &wanted);
}
