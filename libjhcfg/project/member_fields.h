/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Members that are kept as text: what they mean, for the schema. */
#ifndef JHCFG_PROJECT_MEMBER_FIELDS_H
#define JHCFG_PROJECT_MEMBER_FIELDS_H

#include "project/board_form.h"

/* Beside those of json_system_type and json_cell_type, and in all objects. */
extern const struct json_shape json_system_members, json_cell_members,
	json_note_members;

/* Kinds that nothing here reads. */
extern const struct json_kind json_peers; /* names, or null */
extern const struct json_kind json_board_member;

#endif
