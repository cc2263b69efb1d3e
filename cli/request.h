/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What "config plan" and "config edit" share: words of a command line as parts
 * of requests, systems to work on, and plans on the screen. */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include <stdbool.h>

#include <json-c/json.h>

#include <jhcfg/plan.h>

#include "subject.h"

/* "64M", "0x1000": all of @text. */
bool request_size(const char *text, uint64_t *size);
/* "2": any two; "2-3", "1,3": these, in a new array. */
bool request_cpus(const char *text, struct jhcfg_plan_request *request,
		  unsigned int **list);
/* Splits at commas, in place: a new array that ends with NULL. */
char **request_split(char *text);
/* "PEER", "PEER:net", "PEER:SIZE": @text is cut. */
bool request_link(char *text, struct jhcfg_plan_link *link);
/* What the header of an image file says of where it runs. */
int request_image(const char *path, struct jhcfg_plan_request *request);

/*
 * The workspace of a system to be changed: of a project, else made of the one
 * configuration or board that @subject has; it stays the subject's. @board
 * (NULL: none) names hardware to take in place of the project's.
 */
int request_workspace(struct subject *subject, const char *name,
		      const char *board);

void request_print_plan(const struct jhcfg_workspace *workspace,
			const struct jhcfg_plan *plan);
struct json_object *request_plan_json(const struct jhcfg_workspace *workspace,
				      const struct jhcfg_plan *plan);

/* Writes the project; @output NULL: where it came from. Old contents of files
 * that change stay in FILE~ if @backup. */
int request_save(struct subject *subject, const char *output, bool backup);

#endif
