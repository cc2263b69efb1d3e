/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* How the rows of fields are written. Further designators may follow. */
#ifndef JHCFG_PROJECT_ROWS_H
#define JHCFG_PROJECT_ROWS_H

#include <stddef.h>

#include "project/fields.h"

/* clang-format off */
#define MEMBER(type, name) \
	.member = offsetof(type, name), .size = sizeof(((type *)0)->name)
#define FIELDS(table) \
	.fields = table, .num_fields = sizeof(table) / sizeof((table)[0])

/* A plain value, which is 0 or empty if it is absent. */
#define VALUE(key_, kind_, type_, name_, ...) \
	{ .key = key_, .kind = &kind_, MEMBER(type_, name_), __VA_ARGS__ }
#define REQUIRED .presence = JSON_REQUIRED
#define NONE .presence = JSON_NONE
#define NAMES(names_) .names = names_
#define SHAPED(shape_) .type = &shape_
/* clang-format on */

#endif
