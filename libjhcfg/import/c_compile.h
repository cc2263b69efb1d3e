/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Running the user's compiler. */
#ifndef JHCFG_IMPORT_C_COMPILE_H
#define JHCFG_IMPORT_C_COMPILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/c_form.h>

/* JAILHOUSE_X86 in the headers that a source is compiled with, so that 0 says
 * that it does not set the architecture. */
#define C_X86 0x40

/* One source in a temporary folder of its own, compiled as often as needed. */
struct c_compile {
	const char *source;
	const struct jhcfg_c_options *options;
	uint64_t end_ms;     /* when to give up */
	bool has_array_size; /* the source defines ARRAY_SIZE itself */
	char *path;	     /* the source, as an argument */
	char folder[64];
	char *command; /* split into words */
	const char **words;
	size_t num_words;
};

/* -ENOMEM, or what the temporary folder has to say. */
int c_compile_open(struct c_compile *compile, const char *source,
		   const struct jhcfg_c_options *options);
void c_compile_close(struct c_compile *compile);

/*
 * Compiles it with the headers of @dialect. On success and with -EINVAL, if it
 * does not compile, *@messages is what the compiler said, and the caller frees
 * it; on success, *@object is the object file, too.
 * Other errors are those of jhcfg_process_run() and -ENOENT without headers.
 */
int c_compile_run(struct c_compile *compile, const char *dialect,
		  char **messages, void **object, size_t *size);

/* The name of the compiler, for messages. */
const char *c_compile_name(const struct c_compile *compile);

/* Number of errors among what a compiler said. */
unsigned int c_messages_count_errors(const char *messages);
/* Reports them and its warnings, with file and line. What is neither is
 * reported as @otherwise, if it is all there is. */
void c_messages_report(const char *messages, const char *source,
		       enum jhcfg_severity otherwise,
		       struct jhcfg_diags *diags);

#endif
