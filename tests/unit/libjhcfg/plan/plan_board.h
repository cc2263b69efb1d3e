/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A board for tests of the planner: two clusters of CPUs, two UARTs in one
 * page, one alone, a network device with DMA behind an IOMMU, one without, and
 * a clock; GICv3; RAM at 1 GiB with a carve-out of the firmware.
 */
#ifndef PLAN_BOARD_H
#define PLAN_BOARD_H

#include <jhcfg/workspace.h>

#define BOARD_GICD	0x01800000ULL
#define BOARD_RAM	0x40000000ULL
#define BOARD_RAM_SIZE	0x40000000ULL
#define BOARD_FIRMWARE	0x60000000ULL /* 1 MiB */
#define BOARD_UART0	0x02800000ULL
#define BOARD_UART1	0x02810000ULL /* and UART2 in the same page */
#define BOARD_UART2	0x02810100ULL
#define BOARD_ETH	0x02900000ULL
#define BOARD_DMA	0x02a00000ULL
#define BOARD_UART0_IRQ 40U
#define BOARD_UART1_IRQ 41U
#define BOARD_UART2_IRQ 42U
#define BOARD_ETH_IRQ	50U /* shared with the DMA engine */
#define BOARD_STREAM	0x77U

struct board_shape {
	unsigned int clusters, cpus_per_cluster;
	const char *command_line; /* NULL: nothing is reserved */
};

struct jhcfg_board *plan_board_make(const struct board_shape *shape);
/* A system that the library makes for the board; takes it over. */
struct jhcfg_workspace *plan_workspace_make(struct jhcfg_board *board);

#endif
