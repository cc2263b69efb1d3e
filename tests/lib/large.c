// SPDX-License-Identifier: GPL-2.0-or-later
#include "large.h"

#include <stdio.h>

#include <jailhouse/cell-config.h>

#include "model/board.h"

#define MIB 0x100000ULL
#define GIB 0x40000000ULL

#define RW  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define IO  (RW | JAILHOUSE_MEM_IO)
#define RAM (RW | JAILHOUSE_MEM_EXECUTE)

#define GICD 0x08000000ULL
#define GICR 0x100000000ULL
/* of all, from here: RAM of Linux, of cells (a piece each), hypervisor */
#define RAM_START	 GIB
#define CELLS_START	 (2 * GIB)
#define CELL_SIZE	 (2 * MIB)
#define HYPERVISOR_START (3 * GIB)
#define HYPERVISOR_SIZE	 (64 * MIB)
/* registers: a page for each region, with a page between */
#define REGISTERS_START	  0x10000000ULL
#define REGISTERS_OF_CELL (LARGE_REGIONS * 0x2000ULL)

static uint64_t registers_of(unsigned int cell, unsigned int region)
{
	return REGISTERS_START + cell * REGISTERS_OF_CELL + region * 0x2000ULL;
}

/* With 64 cells nearly all that a GIC can have. */
static uint32_t irq_of(unsigned int cell, unsigned int region)
{
	return 32 + cell * LARGE_IRQS + region;
}

/* --- the board ------------------------------------------------------------ */

static void add_device(struct jhcfg_board *board, unsigned int cell,
		       unsigned int region)
{
	const struct jhcfg_range window = { registers_of(cell, region),
					    0x1000 };
	const struct jhcfg_hw_irq irq = {
		.number = irq_of(cell, region),
		.trigger = JHCFG_TRIGGER_LEVEL,
		.name = "",
	};
	char name[32];

	snprintf(name, sizeof(name), "device-%u-%u", cell, region);
	jhcfg_board_add_device(
		board,
		&(struct jhcfg_hw_device){ .name = name,
					   .path = name,
					   .status = "okay",
					   .parent = JHCFG_NO_INDEX,
					   .windows = &window,
					   .num_windows = 1,
					   .irqs = &irq,
					   .num_irqs = region < LARGE_IRQS });
}

static void add_devices(struct jhcfg_board *board, unsigned int cells)
{
	for (unsigned int cell = 0; cell <= cells; cell++)
		for (unsigned int n = 0; n < LARGE_REGIONS - 3; n++)
			add_device(board, cell, n);
}

static struct jhcfg_board *make_board(unsigned int cells)
{
	struct jhcfg_board *board = jhcfg_board_new(JAILHOUSE_ARM64);
	const struct jhcfg_range gicr = { GICR, (cells + 1) * LARGE_CPUS *
							0x20000ULL };

	if (!board)
		return NULL;
	jhcfg_board_set_name(board, "large", "");
	jhcfg_board_set_psci(board, "smc");
	jhcfg_board_set_address_bits(board, 40);
	for (unsigned int n = 0; n < (cells + 1) * LARGE_CPUS; n++)
		jhcfg_board_add_cpu(board, &(struct jhcfg_hw_cpu){
						   .id = n,
						   .phys_id = n,
						   .cluster = n / LARGE_CPUS,
						   .core = n,
						   .enable_method = "psci" });
	jhcfg_board_add_memory(
		board,
		&(struct jhcfg_hw_memory){ .kind = JHCFG_HW_RAM,
					   .range = { RAM_START, 3 * GIB } });
	jhcfg_board_add_memory(board, &(struct jhcfg_hw_memory){
					      .kind = JHCFG_HW_RESERVED,
					      .range = { CELLS_START, 2 * GIB },
					      .no_map = true,
					      .name = "jailhouse" });
	jhcfg_board_add_irqchip(
		board, &(struct jhcfg_hw_irqchip){ .kind = JHCFG_HW_GICV3,
						   .device = JHCFG_NO_INDEX,
						   .gicd = { GICD, 0x10000 },
						   .gicr = &gicr,
						   .num_gicr = 1,
						   .maintenance_irq = 25 });
	add_devices(board, cells);
	if (!jhcfg_board_finish(board))
		return board;
	jhcfg_board_free(board);
	return NULL;
}

/* --- configurations ------------------------------------------------------- */

static int add(struct jhcfg_config *config, uint64_t phys, uint64_t virt,
	       uint64_t size, uint64_t flags)
{
	const struct jhcfg_memory memory = {
		.phys_start = phys,
		.virt_start = virt,
		.size = size,
		.flags = flags,
	};

	return jhcfg_config_insert_memory(config, SIZE_MAX, &memory);
}

static int add_registers(struct jhcfg_config *config, unsigned int cell,
			 unsigned int count)
{
	int err = 0;

	for (unsigned int n = 0; !err && n < count; n++)
		err = add(config, registers_of(cell, n), registers_of(cell, n),
			  0x1000, IO);
	return err;
}

static int fill_cell(struct jhcfg_config *config, unsigned int cell)
{
	int err = add(config, CELLS_START + (cell - 1) * CELL_SIZE, 0, MIB,
		      RAM | JAILHOUSE_MEM_LOADABLE);

	if (!err)
		err = add(config, 0, 0x80000000, 0x1000,
			  RW | JAILHOUSE_MEM_COMM_REGION);
	if (!err)
		err = add_registers(config, cell, LARGE_REGIONS - 3);
	for (unsigned int n = 0; !err && n < LARGE_CPUS; n++)
		err = jhcfg_config_add_cpu(config, cell * LARGE_CPUS + n);
	for (unsigned int n = 0; !err && n < LARGE_IRQS; n++)
		err = jhcfg_config_add_irq(config, GICD, irq_of(cell, n));
	jhcfg_config_set_msg_reply_timeout(config, 1000000);
	return err;
}

static void fill_system(struct jhcfg_config *config)
{
	const struct jhcfg_platform platform = {
		.maintenance_irq = 25,
		.gic_version = 3,
		.gicd_base = GICD,
		.gicr_base = GICR,
	};
	const struct jhcfg_memory hypervisor = {
		.phys_start = HYPERVISOR_START,
		.size = HYPERVISOR_SIZE,
	};

	jhcfg_config_set_name(config, "large");
	jhcfg_config_set_platform(config, &platform);
	jhcfg_config_set_hypervisor_memory(config, &hypervisor);
	jhcfg_config_set_system_flags(config,
				      JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE);
}

static int fill_root(struct jhcfg_config *config, unsigned int cells)
{
	int err =
		add(config, RAM_START, RAM_START, GIB, RAM | JAILHOUSE_MEM_DMA);

	fill_system(config);
	if (!err)
		err = add(config, CELLS_START, CELLS_START, GIB, RAM);
	/* all registers that cells are given, in a region each cell */
	for (unsigned int n = 1; !err && n <= cells; n++)
		err = add(config, registers_of(n, 0), registers_of(n, 0),
			  REGISTERS_OF_CELL - 0x1000, IO);
	for (unsigned int n = 0; !err && n < (cells + 1) * LARGE_CPUS; n++)
		err = jhcfg_config_add_cpu(config, n);
	for (uint32_t n = 32; !err && n < 1020; n++)
		err = jhcfg_config_add_irq(config, GICD, n);
	return err;
}

static int fill(struct jhcfg_workspace *workspace, unsigned int cells)
{
	struct jhcfg_config *config =
		jhcfg_workspace_edit_cell(workspace, JHCFG_ROOT_KEY);
	int err = config ? fill_root(config, cells) : -1;

	for (unsigned int n = 1; !err && n <= cells; n++) {
		char name[16];
		uint32_t key;

		config = jhcfg_config_create(false, JAILHOUSE_ARM64);
		if (!config)
			return -1;
		snprintf(name, sizeof(name), "cell-%u", n);
		err = jhcfg_config_set_name(config, name);
		if (!err)
			err = fill_cell(config, n);
		if (!err)
			err = jhcfg_workspace_add_cell(workspace, config, &key);
		jhcfg_config_free(config);
	}
	return err;
}

struct jhcfg_workspace *large_system(unsigned int cells)
{
	struct jhcfg_board *board = make_board(cells);
	struct jhcfg_workspace *workspace =
		board ? jhcfg_workspace_new(JAILHOUSE_ARM64, board) : NULL;
	int err = workspace ? jhcfg_workspace_begin(workspace, "Fill") : -1;

	jhcfg_board_free(board);
	if (!err) {
		err = fill(workspace, cells);
		jhcfg_workspace_end(workspace);
	}
	if (!err)
		return workspace;
	jhcfg_workspace_free(workspace);
	return NULL;
}

struct jhcfg_config *large_root(unsigned int regions)
{
	struct jhcfg_config *config =
		jhcfg_config_create(true, JAILHOUSE_ARM64);
	int err;

	if (!config)
		return NULL;
	err = fill_root(config, 0);
	if (!err && regions > jhcfg_cell_num_memory(jhcfg_config_cell(config)))
		err = add_registers(config, 0,
				    regions -
					    (unsigned int)jhcfg_cell_num_memory(
						    jhcfg_config_cell(config)));
	if (!err)
		return config;
	jhcfg_config_free(config);
	return NULL;
}
