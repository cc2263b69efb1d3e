/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Building a board, for importers. All that is passed in is copied; a failed
 * allocation is remembered, so that an importer adds everything and asks once,
 * at the end, whether it worked.
 */
#ifndef JHCFG_MODEL_BOARD_H
#define JHCFG_MODEL_BOARD_H

#include <jhcfg/board.h>

#include "model/attrs.h"

struct jhcfg_board *jhcfg_board_new(uint8_t architecture);

void jhcfg_board_set_name(struct jhcfg_board *board, const char *name,
			  const char *title);
void jhcfg_board_set_source(struct jhcfg_board *board, const char *source);
void jhcfg_board_set_command_line(struct jhcfg_board *board, const char *text);
void jhcfg_board_set_psci(struct jhcfg_board *board, const char *method);
void jhcfg_board_set_address_bits(struct jhcfg_board *board, unsigned int bits);
void jhcfg_board_set_ram_start(struct jhcfg_board *board, uint64_t start);
void jhcfg_board_set_timer_irq(struct jhcfg_board *board, unsigned int index,
			       uint32_t intid);

/* Each returns the index of the new entry, JHCFG_NO_INDEX without memory. */
size_t jhcfg_board_add_cpu(struct jhcfg_board *board,
			   const struct jhcfg_hw_cpu *cpu);
size_t jhcfg_board_add_cache(struct jhcfg_board *board,
			     const struct jhcfg_hw_cache *cache);
size_t jhcfg_board_add_memory(struct jhcfg_board *board,
			      const struct jhcfg_hw_memory *memory);
size_t jhcfg_board_add_device(struct jhcfg_board *board,
			      const struct jhcfg_hw_device *device);
size_t jhcfg_board_add_irqchip(struct jhcfg_board *board,
			       const struct jhcfg_hw_irqchip *irqchip);
size_t jhcfg_board_add_iommu(struct jhcfg_board *board,
			     const struct jhcfg_hw_iommu *iommu);
size_t jhcfg_board_add_pci_host(struct jhcfg_board *board,
				const struct jhcfg_hw_pci_host *host);
size_t jhcfg_board_add_pci_function(
	struct jhcfg_board *board,
	const struct jhcfg_hw_pci_function *function);
size_t jhcfg_board_add_port(struct jhcfg_board *board,
			    const struct jhcfg_hw_port *port);

/*
 * What a board's file says beyond what the model knows, of one entry of a list
 * or, by a list of the caller's, of something else. A set takes over @attrs,
 * which is empty afterwards; sets stay in the order in which they came.
 * -ENOMEM.
 */
struct jhcfg_board_notes {
	unsigned int list;
	size_t index;
	struct jhcfg_attrs attrs;
};

int jhcfg_board_add_notes(struct jhcfg_board *board, unsigned int list,
			  size_t index, struct jhcfg_attrs *attrs);
/* Set number @n, or NULL behind the last one. */
const struct jhcfg_board_notes *jhcfg_board_notes(
	const struct jhcfg_board *board, size_t n);

/*
 * Ends the building: sorts the look-up tables, makes names of devices unique
 * ("serial", "serial-2"). 0; or -ENOMEM if any call before failed: the board
 * is of no use then, but must still be freed.
 */
int jhcfg_board_finish(struct jhcfg_board *board);

#endif
