// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/c_compile.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <jhcfg/file.h>

#include "import/c_headers.h"
#include "util/process.h"

#define DEFAULT_TIMEOUT_MS 30000
#define MAX_MESSAGES	   (256 * 1024)
#define MAX_SOURCE	   (16 * 1024 * 1024)
#define MAX_OBJECT	   (32 * 1024 * 1024)
#define MAX_MEMORY	   (UINT64_C(4) << 30) /* of address space */
#define NUM_OWN_WORDS	   24

static uint64_t now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

/* Old sources bring an ARRAY_SIZE of their own, which must be the only one. */
static int look_at_source(struct c_compile *compile)
{
	char *text;
	void *data;
	size_t size;
	int err;

	err = jhcfg_file_read(compile->source, MAX_SOURCE, &data, &size);
	if (err)
		return err;
	text = data;
	for (char *at = text; (at = strstr(at, "ARRAY_SIZE")); at++) {
		char *word = at;

		while (word > text && (word[-1] == ' ' || word[-1] == '\t'))
			word--;
		if (word - text >= 6 && !strncmp(word - 6, "define", 6))
			compile->has_array_size = true;
	}
	free(data);
	return 0;
}

/* Blanks separate words; there is no quoting, as in most uses of $CC. */
static int split_command(struct c_compile *compile)
{
	const char *command = compile->options->compiler;
	const char *from_environment = getenv("CC");
	char *rest;

	if (!command)
		command = from_environment && *from_environment
				  ? from_environment
				  : "cc";
	compile->command = strdup(command);
	compile->words =
		calloc(strlen(command) / 2 + 2, sizeof(*compile->words));
	if (!compile->command || !compile->words)
		return -ENOMEM;
	for (char *word = strtok_r(compile->command, " \t", &rest); word;
	     word = strtok_r(NULL, " \t", &rest))
		compile->words[compile->num_words++] = word;
	if (!compile->num_words)
		compile->words[compile->num_words++] = "cc";
	return 0;
}

static int make_folder(struct c_compile *compile)
{
	const char *parent = getenv("TMPDIR");

	if (!parent || strlen(parent) > 32)
		parent = "/tmp";
	snprintf(compile->folder, sizeof(compile->folder),
		 "%s/jailhouse-XXXXXX", parent);
	if (mkdtemp(compile->folder))
		return 0;
	compile->folder[0] = '\0';
	return -errno;
}

/* A path must not look like an option. */
static int copy_path(struct c_compile *compile)
{
	const char *prefix = compile->source[0] == '-' ? "./" : "";

	if (asprintf(&compile->path, "%s%s", prefix, compile->source) < 0) {
		compile->path = NULL;
		return -ENOMEM;
	}
	return 0;
}

int c_compile_open(struct c_compile *compile, const char *source,
		   const struct jhcfg_c_options *options)
{
	int err;

	*compile = (struct c_compile){
		.source = source,
		.options = options,
		.end_ms = now_ms() + (options->timeout_ms ? options->timeout_ms
							  : DEFAULT_TIMEOUT_MS),
	};
	err = look_at_source(compile);
	if (!err)
		err = copy_path(compile);
	if (!err)
		err = split_command(compile);
	if (!err)
		err = make_folder(compile);
	if (err)
		c_compile_close(compile);
	return err;
}

void c_compile_close(struct c_compile *compile)
{
	if (compile->folder[0])
		rmdir(compile->folder);
	free(compile->path);
	free(compile->words);
	free(compile->command);
}

const char *c_compile_name(const struct c_compile *compile)
{
	return compile->words[0];
}

static size_t count_flags(const struct c_compile *compile)
{
	const char *const *flags = compile->options->flags;
	size_t count = 0;

	while (flags && flags[count])
		count++;
	return count;
}

/* All words of the command line; the caller frees the array. */
static const char **make_arguments(const struct c_compile *compile,
				   const char *include, const char *object)
{
	size_t num_flags = count_flags(compile);
	const char **words = calloc(
		compile->num_words + num_flags + NUM_OWN_WORDS, sizeof(*words));
	const char *own[] = {
		"-x",
		"c",
		"-c",
		"-O0",
		"-g0",
		"-fno-lto",
		"-fdiagnostics-color=never",
		"-D__LINUX_COMPILER_TYPES_H",
		compile->has_array_size ? "-DJAILHOUSE_NO_ARRAY_SIZE"
					: "-UJAILHOUSE_NO_ARRAY_SIZE",
		"-I",
		include,
		"-o",
		object,
	};
	size_t count = 0;

	if (!words)
		return NULL;
	for (size_t n = 0; n < compile->num_words; n++)
		words[count++] = compile->words[n];
	for (size_t n = 0; n < sizeof(own) / sizeof(own[0]); n++)
		words[count++] = own[n];
	for (size_t n = 0; n < num_flags; n++)
		words[count++] = compile->options->flags[n];
	words[count] = compile->path;
	return words;
}

static int run_compiler(const struct c_compile *compile, const char *include,
			const char *object, char **messages, int *status)
{
	uint64_t now = now_ms();
	struct jhcfg_process process = {
		.max_output = MAX_MESSAGES,
		.max_file_size = MAX_OBJECT,
		.max_memory = MAX_MEMORY,
	};
	const char **words;
	size_t size;
	int err;

	if (now >= compile->end_ms)
		return -ETIMEDOUT;
	process.timeout_ms = (unsigned int)(compile->end_ms - now);
	words = make_arguments(compile, include, object);
	if (!words)
		return -ENOMEM;
	process.argv = words;
	err = jhcfg_process_run(&process, messages, &size, status);
	free(words);
	return err;
}

static bool has_succeeded(int status)
{
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int c_compile_run(struct c_compile *compile, const char *dialect,
		  char **messages, void **object, size_t *size)
{
	char include[PATH_MAX], path[PATH_MAX];
	int err, status;

	snprintf(include, sizeof(include), "%s/%s", compile->folder, dialect);
	snprintf(path, sizeof(path), "%s/config.o", compile->folder);
	err = c_headers_write(compile->folder, dialect);
	if (!err)
		err = run_compiler(compile, include, path, messages, &status);
	c_headers_remove(compile->folder, dialect);
	if (!err) {
		err = has_succeeded(status)
			      ? jhcfg_file_read(path, MAX_OBJECT, object, size)
			      : -EINVAL;
		if (err && err != -EINVAL)
			free(*messages);
	}
	unlink(path);
	return err;
}
