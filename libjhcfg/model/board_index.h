/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Look-up tables over the devices and the memory of a board. */
#ifndef JHCFG_MODEL_BOARD_INDEX_H
#define JHCFG_MODEL_BOARD_INDEX_H

#include <jhcfg/board.h>

#include "model/arena.h"

struct jhcfg_index_name {
	const char *name;
	size_t device;
};

/* end_so_far: the highest end of this window and all before it, so that a
 * search knows where no earlier, longer window can reach. */
struct jhcfg_index_window {
	uint64_t start, last, last_so_far;
	size_t device;
};

struct jhcfg_index_irq {
	uint32_t number;
	size_t device;
};

struct jhcfg_board_index {
	struct jhcfg_index_name *names;
	size_t num_names;
	struct jhcfg_index_window *windows;
	size_t num_windows;
	struct jhcfg_index_irq *irqs;
	size_t num_irqs;
	struct jhcfg_range *ram; /* sorted, merged */
	size_t num_ram;
};

/* Makes the names of devices unique as well (in place, texts in the arena). 0
 * or -ENOMEM. */
int jhcfg_board_index_make(struct jhcfg_board_index *index,
			   struct jhcfg_arena *arena,
			   struct jhcfg_hw_device *devices, size_t num_devices,
			   const struct jhcfg_hw_memory *memories,
			   size_t num_memories);
void jhcfg_board_index_clear(struct jhcfg_board_index *index);

size_t jhcfg_board_index_name(const struct jhcfg_board_index *index,
			      const char *name);
size_t jhcfg_board_index_window(const struct jhcfg_board_index *index,
				struct jhcfg_range range, size_t *position);
size_t jhcfg_board_index_irq(const struct jhcfg_board_index *index,
			     uint32_t number, size_t *position);
bool jhcfg_board_index_is_ram(const struct jhcfg_board_index *index,
			      struct jhcfg_range range);

#endif
