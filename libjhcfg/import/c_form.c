// SPDX-License-Identifier: LGPL-2.1-or-later
/* From a C source to a configuration. */
#include <jhcfg/c_form.h>

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "import/c_compile.h"
#include "import/elf_object.h"

#define OBJECT_NAME "config"

static const struct jhcfg_c_options defaults = {
	.architecture = JHCFG_TELL_ARCHITECTURE,
};

/* Where the descriptor has it since the signatures lost a character. */
static bool has_architecture(const uint8_t *data, size_t size)
{
	size_t off = offsetof(struct jailhouse_cell_desc, architecture);

	return size > off &&
	       (!memcmp(data, JAILHOUSE_SYSTEM_SIGNATURE, 5) ||
		!memcmp(data, JAILHOUSE_CELL_DESC_SIGNATURE, 5)) &&
	       data[off] != 'T';
}

/*
 * Which architecture to read it as, and the one that it says itself put
 * right: @x86 is the number that JAILHOUSE_X86 was when it was compiled. 0 may
 * be what nobody set.
 */
static int settle_architecture(const struct jhcfg_c_options *options,
			       uint8_t x86, uint8_t *data, size_t size)
{
	uint8_t *architecture =
		data + offsetof(struct jailhouse_cell_desc, architecture);

	if (!has_architecture(data, size))
		return options->architecture;
	if (*architecture && *architecture == x86) {
		*architecture = JAILHOUSE_X86;
		return JHCFG_TELL_ARCHITECTURE;
	}
	if (*architecture != 0)
		return JHCFG_TELL_ARCHITECTURE;
	/* it says nothing */
	if (options->architecture == JHCFG_TELL_ARCHITECTURE)
		return JHCFG_GUESS_ARCHITECTURE;
	*architecture = (uint8_t)options->architecture;
	return JHCFG_TELL_ARCHITECTURE;
}

static int read_object(const void *data, size_t size, uint8_t x86,
		       const struct jhcfg_c_options *options,
		       const struct jhcfg_dialect *as,
		       struct jhcfg_diags *diags, struct jhcfg_config **config,
		       const struct jhcfg_dialect **dialect)
{
	struct jhcfg_decode_options decode = { .dialect = as };
	struct elf_object object;
	const char *error = elf_find_object(data, size, OBJECT_NAME, &object);
	void *copy;
	int err;

	if (error) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "K04", "C source", "",
				"define one object \"config\" of a packed "
				"struct, as configurations do",
				"the object file %s", error);
		return -EINVAL;
	}
	copy = malloc(object.size);
	if (!copy)
		return -ENOMEM;
	memcpy(copy, object.data, object.size);
	decode.architecture =
		settle_architecture(options, x86, copy, object.size);
	err = jhcfg_codec_decode_as(copy, object.size, &decode, diags, config,
				    dialect);
	free(copy);
	return err;
}

int jhcfg_c_form_read_object(const void *data, size_t size,
			     const struct jhcfg_c_options *options,
			     struct jhcfg_diags *diags,
			     struct jhcfg_config **config,
			     const struct jhcfg_dialect **dialect)
{
	if (!options)
		options = &defaults;
	return read_object(data, size, JAILHOUSE_X86, options, options->dialect,
			   diags, config, dialect);
}

/* What the compiler said in the attempt that came closest. */
struct attempt {
	char *messages;
	unsigned int errors;
};

static void keep_better(struct attempt *best, char *messages)
{
	unsigned int errors = c_messages_count_errors(messages);

	if (best->messages && best->errors <= errors) {
		free(messages);
		return;
	}
	free(best->messages);
	best->messages = messages;
	best->errors = errors;
}

/* One dialect after the other, until it compiles; -EINVAL with the messages of
 * the best attempt. */
static int compile_any(struct c_compile *compile, struct attempt *best,
		       const struct jhcfg_dialect **as, void **object,
		       size_t *size)
{
	const struct jhcfg_dialect *wanted = compile->options->dialect;
	const struct jhcfg_dialect *dialect;
	int err = -EINVAL;

	for (size_t n = 0; (dialect = jhcfg_dialect_get(n)); n++) {
		char *messages;

		if (wanted && wanted != dialect)
			continue;
		err = c_compile_run(compile, jhcfg_dialect_name(dialect),
				    &messages, object, size);
		if (err && err != -EINVAL)
			return err;
		if (!err) {
			free(best->messages);
			best->messages = messages;
			*as = dialect;
			return 0;
		}
		keep_better(best, messages);
	}
	return err;
}

static void report_failure(const struct c_compile *compile, int err,
			   struct jhcfg_diags *diags)
{
	const char *compiler = c_compile_name(compile);

	switch (err) {
	case -ENOENT:
		jhcfg_diags_add(diags, JHCFG_ERROR, "K01", "C source", "",
				"install gcc or clang, or set CC",
				"it takes a C compiler to read this, and there "
				"is no \"%s\"",
				compiler);
		break;
	case -ETIMEDOUT:
		jhcfg_diags_add(diags, JHCFG_ERROR, "K03", "C source", "", NULL,
				"\"%s\" took too long and was stopped",
				compiler);
		break;
	case -EFBIG:
		jhcfg_diags_add(diags, JHCFG_ERROR, "K03", "C source", "", NULL,
				"\"%s\" wrote too much and was stopped",
				compiler);
		break;
	default:
		jhcfg_diags_add(diags, JHCFG_ERROR, "K01", "C source", "",
				"set CC to a C compiler",
				"\"%s\" cannot be run: %s", compiler,
				strerror(-err));
	}
}

static int compile_and_read(struct c_compile *compile,
			    struct jhcfg_diags *diags,
			    struct jhcfg_config **config,
			    const struct jhcfg_dialect **dialect)
{
	const struct jhcfg_dialect *as = NULL;
	struct attempt attempt = { 0 };
	void *object = NULL;
	size_t size;
	int err;

	err = compile_any(compile, &attempt, &as, &object, &size);
	if (err == -EINVAL)
		c_messages_report(attempt.messages, compile->source,
				  JHCFG_ERROR, diags);
	else if (err && err != -ENOMEM)
		report_failure(compile, err, diags);
	if (!err) {
		c_messages_report(attempt.messages, compile->source,
				  JHCFG_WARNING, diags);
		err = read_object(object, size, C_X86, compile->options, as,
				  diags, config, dialect);
	}
	free(object);
	free(attempt.messages);
	return err;
}

int jhcfg_c_form_read(const char *path, const struct jhcfg_c_options *options,
		      struct jhcfg_diags *diags, struct jhcfg_config **config,
		      const struct jhcfg_dialect **dialect)
{
	struct c_compile compile;
	int err;

	if (!options)
		options = &defaults;
	err = c_compile_open(&compile, path, options);
	if (err) {
		if (err != -ENOMEM)
			jhcfg_diags_add(diags, JHCFG_ERROR, "K04", "C source",
					"", NULL, "it cannot be read: %s",
					strerror(-err));
		return err;
	}
	err = compile_and_read(&compile, diags, config, dialect);
	c_compile_close(&compile);
	return err;
}
