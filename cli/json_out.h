/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What --json prints. */
#ifndef CLI_JSON_OUT_H
#define CLI_JSON_OUT_H

#include <stdio.h>

#include <jhcfg/diag.h>
#include <json-c/json.h>

/* Prints @object and a newline, and drops it; -ENOMEM if it is NULL. */
int json_out_print(FILE *out, struct json_object *object);

/* Findings as an array of objects; NULL without memory. */
struct json_object *json_out_diags(const struct jhcfg_diags *diags);

/* What a command made of @input, on stdout: the file or folder @output, and
 * what there was to say. Takes over nothing. */
int json_out_made(const char *input, const char *output,
		  const struct jhcfg_diags *diags);

#endif
