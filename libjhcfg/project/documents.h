/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The kinds of documents, and the tables that say what is in them. */
#ifndef JHCFG_PROJECT_DOCUMENTS_H
#define JHCFG_PROJECT_DOCUMENTS_H

#include "project/fields.h"

struct json_document {
	const char *kind;
	const char *schema;		    /* value of "$schema" */
	const char *text;		    /* what it is, for people */
	const struct json_shape *shapes[3]; /* NULL: there are no more */
	const struct json_shape *x86;	    /* instead of these; or NULL */
};

/* NULL behind the last one. */
const struct json_document *json_document_at(size_t index);
const struct json_document *json_document_find(const char *kind, size_t length);

#endif
