/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Configurations as C source, the form that the established project has.
 * Reading one means compiling it, since it may use all of the language: with
 * the user's compiler, against headers that the library brings with it.
 */
#ifndef JHCFG_C_FORM_H
#define JHCFG_C_FORM_H

#include <jhcfg/codec.h>
#include <jhcfg/diag.h>
#include <jhcfg/model.h>

struct jhcfg_c_options {
	/* the header to compile against; NULL: the first that the source
	 * compiles with */
	const struct jhcfg_dialect *dialect;
	/* if the source does not say it; JHCFG_TELL_ARCHITECTURE to judge by
	 * its content */
	int architecture;
	/* command line of the compiler, split at blanks; NULL: $CC or "cc" */
	const char *compiler;
	/* more arguments for it, ends with NULL; may be NULL */
	const char *const *flags;
	unsigned int timeout_ms; /* for all attempts together; 0: 30 s */
};

/*
 * Compiles the C file @path, which is a configuration or includes one, and
 * reads the object "config" in what comes out. The compiler runs with limits
 * on time, memory and output; its messages become diagnostics. @options may be
 * NULL, and so may @dialect, which is what it was compiled as.
 * -ENOENT: no such file, or no compiler; -EINVAL: it does not compile, or is
 * no configuration; -ETIMEDOUT; -EFBIG; -ENOMEM; or what opening it said.
 * @diags says all of them but -ENOMEM.
 */
JHCFG_API int jhcfg_c_form_read(const char *path,
				const struct jhcfg_c_options *options,
				struct jhcfg_diags *diags,
				struct jhcfg_config **config,
				const struct jhcfg_dialect **dialect);

/*
 * Reads the object "config" of a compiled source: a relocatable ELF file of
 * @size bytes at @data, little-endian, 32 or 64 bits. Of @options, only dialect
 * and architecture count; what they leave open is told by the content.
 */
JHCFG_API int jhcfg_c_form_read_object(const void *data, size_t size,
				       const struct jhcfg_c_options *options,
				       struct jhcfg_diags *diags,
				       struct jhcfg_config **config,
				       const struct jhcfg_dialect **dialect);

/*
 * Writes @config as C source in the form of a dialect, as a new string that
 * the caller frees. What is noted at its parts becomes comments. Compiled with
 * the headers of the dialect, it is what jhcfg_codec_encode_as() writes.
 * @options may be NULL. Errors are those of jhcfg_codec_encode_as(), and
 * -ENOTSUP for a dialect without a C form.
 */
JHCFG_API int jhcfg_c_form_write(const struct jhcfg_config *config,
				 const struct jhcfg_encode_options *options,
				 struct jhcfg_diags *diags, char **text);

#endif
