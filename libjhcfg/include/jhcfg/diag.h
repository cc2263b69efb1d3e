/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Diagnostics: what a function that judges user input found. A function
 * appends any number of them to the list that its caller passed, also when it
 * succeeds, and never prints.
 */
#ifndef JHCFG_DIAG_H
#define JHCFG_DIAG_H

#include <stddef.h>

#include <jhcfg/api.h>

enum jhcfg_severity {
	JHCFG_ERROR,
	JHCFG_WARNING,
	JHCFG_INFO,
};

/*
 * One finding. The strings belong to the list and are never NULL; hint is
 * empty if there is nothing to advise.
 */
struct jhcfg_diag {
	enum jhcfg_severity severity;
	const char *rule;   /* stable id, see docs: "F05", "J02" */
	const char *object; /* what it is about: `cell "rtos"` */
	const char *place;  /* where in the input: "/memory/3/flags", "0x84" */
	const char *text;   /* lower case, no full stop */
	const char *hint;   /* what to do next */
};

struct jhcfg_diags;

/* A new, empty list, or NULL without memory. */
JHCFG_API struct jhcfg_diags *jhcfg_diags_new(void);
/* Frees a list and all in it; NULL is legal. */
JHCFG_API void jhcfg_diags_free(struct jhcfg_diags *diags);

/* Number of findings of one severity. */
JHCFG_API size_t jhcfg_diags_count(const struct jhcfg_diags *diags,
				   enum jhcfg_severity severity);
/*
 * The finding number @index in the order of discovery, or NULL behind the last
 * one. Valid until the list changes.
 */
JHCFG_API const struct jhcfg_diag *jhcfg_diags_get(
	const struct jhcfg_diags *diags, size_t index);

/* "error", "warning" or "info". */
JHCFG_API const char *jhcfg_severity_name(enum jhcfg_severity severity);

/*
 * Appends a finding; all strings are copied, @hint may be NULL. A NULL list
 * is legal and swallows it; so does a list that has grown too long (a hostile
 * input must not fill the memory with complaints about itself).
 */
JHCFG_API void jhcfg_diags_add(struct jhcfg_diags *diags,
			       enum jhcfg_severity severity, const char *rule,
			       const char *object, const char *place,
			       const char *hint, const char *format, ...)
	__attribute__((format(printf, 7, 8)));

#endif
