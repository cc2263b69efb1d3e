/* SPDX-License-Identifier: LGPL-2.1-or-later */
#ifndef JHCFG_PROJECT_PRINT_H
#define JHCFG_PROJECT_PRINT_H

#include <json-c/json.h>

/*
 * JSON as a person would lay it out: a member a line, indented by tabs, short
 * arrays of numbers and strings on one line. Ends with a newline; the caller
 * frees *@text. -ENOMEM.
 */
int json_print(struct json_object *document, char **text);

/* The same, but what is short goes on one line as a whole, also objects: for
 * documents with very many of them. */
int json_print_dense(struct json_object *document, char **text);

#endif
