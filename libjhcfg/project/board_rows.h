/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the rows of boards are written, and the shapes that they share. */
#ifndef JHCFG_PROJECT_BOARD_ROWS_H
#define JHCFG_PROJECT_BOARD_ROWS_H

#include "project/board_form.h"
#include "project/rows.h"

/* clang-format off */
#define SHAPE(table)                                                           \
	{                                                                      \
		FIELDS(table), JSON_NO_ATTRS                                   \
	}

/* An array: where its count is, and how large one element. */
#define ARRAY(key_, kind_, type_, name_, count_, ...) \
	{ .key = key_, .kind = &kind_, .member = offsetof(type_, name_), \
	  .size = sizeof(*((type_ *)0)->name_), \
	  .count = offsetof(type_, count_), __VA_ARGS__ }

#define RANGE(type, name) \
	VALUE("phys", board_start, type, name.start, SAYS("first address")), \
	VALUE("size", json_size, type, name.size, SAYS("length"))
/* clang-format on */

extern const struct json_shape board_range_shape, board_arm_cpu_shape,
	board_x86_cpu_shape, board_cache_shape, board_memory_shape,
	board_port_shape, board_device_shape;

#endif
