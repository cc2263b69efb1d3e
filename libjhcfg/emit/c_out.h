/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Writing C source: lines, indentation, and expressions that are wrapped. */
#ifndef JHCFG_EMIT_C_OUT_H
#define JHCFG_EMIT_C_OUT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "model/names.h"

struct c_out {
	FILE *file;
	unsigned int indent; /* tabs */
};

/* An indented line. */
void c_line(struct c_out *out, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void c_blank(struct c_out *out);
/* "NAME = {" resp. "{", and what follows is indented until c_close(). */
void c_open(struct c_out *out, const char *name);
void c_close(struct c_out *out);
/* A comment of any length on lines of its own. What could end it is changed. */
void c_comment(struct c_out *out, const char *text);

/* ".NAME = TERM | TERM ...," */
#define C_MAX_TERMS 72
#define C_TERM_SIZE 64

struct c_terms {
	char terms[C_MAX_TERMS][C_TERM_SIZE];
	unsigned int count;
};

void c_terms_add(struct c_terms *terms, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
/* The flags by their names, and the rest of them as a number. */
void c_terms_add_flags(struct c_terms *terms, uint64_t flags,
		       const struct jhcfg_name *names, const char *prefix);
void c_assign_terms(struct c_out *out, const char *name,
		    const struct c_terms *terms);

/* Room for a number of 64 bits. */
#define C_NUMBER_SIZE 24

#endif
