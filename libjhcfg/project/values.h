/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Helpers that several kinds of values share. */
#ifndef JHCFG_PROJECT_VALUES_H
#define JHCFG_PROJECT_VALUES_H

#include "project/json.h"

/* A number up to @max from a JSON number or a string; complains otherwise. */
int json_get_number(struct json_reader *reader, struct json_object *json,
		    uint64_t max, uint64_t *value);

/* Bytes as hexadecimal digits: the text, checked, of at most @max bytes (NULL
 * after complaining); what it stands for; the reverse, 0 or -ENOMEM. */
const char *json_get_digits(struct json_reader *reader,
			    struct json_object *json, size_t max);
void json_put_digits(const char *text, uint8_t *bytes);
int json_write_digits(const uint8_t *bytes, size_t size,
		      struct json_object **value);

/* "known values: A, B, C" */
void json_list_names(const struct jhcfg_name *names, char *text, size_t size);

#endif
