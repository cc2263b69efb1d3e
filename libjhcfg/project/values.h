/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Helpers that several kinds of values share. */
#ifndef JHCFG_PROJECT_VALUES_H
#define JHCFG_PROJECT_VALUES_H

#include "project/json.h"

/* A number up to @max from a JSON number or a string; complains otherwise. */
int json_get_number(struct json_reader *reader, struct json_object *json,
		    uint64_t max, uint64_t *value);

/* "known values: A, B, C" */
void json_list_names(const struct jhcfg_name *names, char *text, size_t size);

#endif
