/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A board as a sorted list of facts: what it is compared and hashed by. */
#ifndef JHCFG_DIFF_FACTS_H
#define JHCFG_DIFF_FACTS_H

#include <jhcfg/board.h>

#include "model/arena.h"

enum fact_area {
	FACT_CPUS,
	FACT_MEMORY,
	FACT_CONTROLLERS, /* of interrupts, DMA and PCI */
	FACT_DEVICES,
	FACT_PCI,
	FACT_NUM_AREAS,
};

struct fact {
	enum fact_area area;
	const char *object; /* "CPU 3", "device uart1" */
	const char *member; /* "interrupts" */
	const char *value;
	/* somebody's choice, as what mem= takes from Linux, and no property of
	 * the hardware */
	bool is_choice;
};

struct facts {
	struct jhcfg_arena texts;
	struct fact *items;
	size_t count, capacity;
	bool failed;
};

/* Sorted by area, object and member. */
void facts_collect(struct facts *facts, const struct jhcfg_board *board);
void facts_clear(struct facts *facts);
/* < 0, 0, > 0: by area and object, and by member, too. */
int facts_compare_object(const struct fact *a, const struct fact *b);
int facts_compare(const struct fact *a, const struct fact *b);

extern const char *const fact_area_names[FACT_NUM_AREAS];

#endif
