// SPDX-License-Identifier: GPL-2.0-or-later
#include "plan_board.h"

#include <cmocka_all.h>
#include <jailhouse/cell-config.h>
#include <jhcfg/root.h>

#include "model/board.h"

static void add_cpus(struct jhcfg_board *board, const struct board_shape *shape)
{
	for (unsigned int cluster = 0; cluster < shape->clusters; cluster++)
		for (unsigned int core = 0; core < shape->cpus_per_cluster;
		     core++)
			jhcfg_board_add_cpu(
				board,
				&(struct jhcfg_hw_cpu){
					.id = cluster *
						      shape->cpus_per_cluster +
					      core,
					.phys_id = cluster << 8 | core,
					.cluster = cluster,
					.core = core,
					.enable_method = "psci",
				});
}

static void add_memory(struct jhcfg_board *board)
{
	jhcfg_board_add_memory(board,
			       &(struct jhcfg_hw_memory){
				       .kind = JHCFG_HW_RAM,
				       .range = { BOARD_RAM, BOARD_RAM_SIZE },
			       });
	jhcfg_board_add_memory(board,
			       &(struct jhcfg_hw_memory){
				       .kind = JHCFG_HW_FIRMWARE,
				       .range = { BOARD_FIRMWARE, 0x100000 },
				       .no_map = true,
				       .name = "tf-a",
			       });
}

static size_t add_device(struct jhcfg_board *board, const char *name,
			 uint64_t start, uint64_t size, uint32_t irq,
			 struct jhcfg_hw_device device)
{
	struct jhcfg_range window = { start, size };
	struct jhcfg_hw_irq line = { .number = irq,
				     .trigger = JHCFG_TRIGGER_LEVEL };

	device.name = name;
	device.path = name;
	device.status = "okay";
	device.parent = JHCFG_NO_INDEX;
	device.windows = &window;
	device.num_windows = 1;
	device.irqs = &line;
	device.num_irqs = irq ? 1 : 0;
	return jhcfg_board_add_device(board, &device);
}

static void add_devices(struct jhcfg_board *board)
{
	static const uint32_t stream = BOARD_STREAM;
	size_t clock = add_device(
		board, "clk", 0x00600000, 0x1000, 0,
		(struct jhcfg_hw_device){ .kind = JHCFG_HW_DEVICE_CLOCK });
	struct jhcfg_hw_ref ref = { .kind = JHCFG_REF_CLOCK,
				    .device = clock,
				    .property = "clocks",
				    .name = "fck" };
	struct jhcfg_hw_device uart = {
		.kind = JHCFG_HW_DEVICE_UART,
		.console_type = JAILHOUSE_CON_TYPE_8250,
		.reg_shift = 2,
		.reg_io_width = 4,
		.refs = &ref,
		.num_refs = 1,
	};

	uart.boot_console = true;
	add_device(board, "uart0", BOARD_UART0, 0x100, BOARD_UART0_IRQ, uart);
	uart.boot_console = false;
	add_device(board, "uart1", BOARD_UART1, 0x100, BOARD_UART1_IRQ, uart);
	add_device(board, "uart2", BOARD_UART2, 0x100, BOARD_UART2_IRQ, uart);
	add_device(board, "eth", BOARD_ETH, 0x10000, BOARD_ETH_IRQ,
		   (struct jhcfg_hw_device){ .kind = JHCFG_HW_DEVICE_NET,
					     .dma = true,
					     .stream_ids = &stream,
					     .num_stream_ids = 1 });
	add_device(board, "dma", BOARD_DMA, 0x1000, BOARD_ETH_IRQ,
		   (struct jhcfg_hw_device){ .kind = JHCFG_HW_DEVICE_DMA,
					     .dma = true });
	add_device(board, "smmu", 0x02b00000, 0x20000, 60,
		   (struct jhcfg_hw_device){ .kind = JHCFG_HW_DEVICE_IOMMU });
	add_device(board, "far", 0x03000000, 0x1000, 127,
		   (struct jhcfg_hw_device){ .kind = JHCFG_HW_DEVICE_TIMER });
}

struct jhcfg_board *plan_board_make(const struct board_shape *shape)
{
	struct jhcfg_board *board = jhcfg_board_new(JAILHOUSE_ARM64);
	struct jhcfg_range gicr = { BOARD_GICD + 0x80000,
				    (uint64_t)shape->clusters *
					    shape->cpus_per_cluster * 0x20000 };
	struct jhcfg_hw_irqchip gic = {
		.kind = JHCFG_HW_GICV3,
		.device = JHCFG_NO_INDEX,
		.gicd = { BOARD_GICD, 0x10000 },
		.gicr = &gicr,
		.num_gicr = 1,
		.maintenance_irq = 25,
	};
	struct jhcfg_hw_iommu iommu = {
		.unit = { .type = JAILHOUSE_IOMMU_SMMUV3,
			  .base = 0x02b00000,
			  .size = 0x20000 },
		.device = JHCFG_NO_INDEX,
	};

	jhcfg_board_set_name(board, "planboard", "Board of the planner");
	jhcfg_board_set_source(board, "plan_board.c");
	jhcfg_board_set_psci(board, "smc");
	jhcfg_board_set_address_bits(board, 40);
	if (shape->command_line)
		jhcfg_board_set_command_line(board, shape->command_line);
	add_cpus(board, shape);
	add_memory(board);
	add_devices(board);
	jhcfg_board_add_irqchip(board, &gic);
	jhcfg_board_add_iommu(board, &iommu);
	assert_int_equal(jhcfg_board_finish(board), 0);
	return board;
}

struct jhcfg_workspace *plan_workspace_make(struct jhcfg_board *board)
{
	struct jhcfg_root_options options = { .hypervisor_size = 0 };
	struct jhcfg_workspace *workspace = NULL;
	struct jhcfg_config *system = NULL;

	assert_int_equal(jhcfg_root_generate(board, &options, NULL, &system),
			 0);
	assert_int_equal(jhcfg_workspace_from_configs(system, NULL, 0, board,
						      NULL, &workspace),
			 0);
	jhcfg_config_free(system);
	jhcfg_board_free(board);
	return workspace;
}
