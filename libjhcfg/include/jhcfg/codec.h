/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Binary configurations: the .cell files that driver and hypervisor read.
 *
 * The format exists in many dialects: revisions of the established project,
 * and what vendors made of them under the same numbers. All of them are read
 * and written.
 */
#ifndef JHCFG_CODEC_H
#define JHCFG_CODEC_H

#include <jhcfg/diag.h>
#include <jhcfg/model.h>

/* A configuration that is longer than this is none. */
#define JHCFG_CELL_FILE_MAX (16 * 1024 * 1024)

/* One dialect; all of them are constants. */
struct jhcfg_dialect;

/* Dialect number @index, or NULL behind the last one. The first one is what
 * the driver and the hypervisor of this tree read. */
JHCFG_API const struct jhcfg_dialect *jhcfg_dialect_get(size_t index);
/* The dialect with that short name, or NULL. */
JHCFG_API const struct jhcfg_dialect *jhcfg_dialect_find(const char *name);
/* Short name, as the tools take it: "rev14", "nxp-10". */
JHCFG_API const char *jhcfg_dialect_name(const struct jhcfg_dialect *dialect);
/* For people: "revision 14", "NXP's revision 10". */
JHCFG_API const char *jhcfg_dialect_title(const struct jhcfg_dialect *dialect);
/* What it says in its files. */
JHCFG_API unsigned int jhcfg_dialect_revision(
	const struct jhcfg_dialect *dialect);
/* What the driver of an established release reads, by its version as it is in
 * /sys/module/jailhouse/version: "v0.12 (15-gabcdef)". NULL: not known. */
JHCFG_API const struct jhcfg_dialect *jhcfg_dialect_of_driver(
	const char *version);

struct jhcfg_encode_options {
	const struct jhcfg_dialect *dialect; /* NULL: the first one */
	/* leave out what the dialect cannot hold, with a warning for each
	 * value, instead of refusing it */
	bool drop;
};

/*
 * Writes @config. On success *@data is a new buffer of *@size bytes that the
 * caller frees. @options may be NULL.
 * -EINVAL: the dialect cannot hold it (see the diagnostics); -ENOMEM.
 */
JHCFG_API int jhcfg_codec_encode_as(const struct jhcfg_config *config,
				    const struct jhcfg_encode_options *options,
				    struct jhcfg_diags *diags, void **data,
				    size_t *size);

/* The same, in the first dialect. */
JHCFG_API int jhcfg_codec_encode(const struct jhcfg_config *config,
				 struct jhcfg_diags *diags, void **data,
				 size_t *size);

#define JHCFG_TELL_ARCHITECTURE	 (-1)
#define JHCFG_GUESS_ARCHITECTURE (-2)

struct jhcfg_decode_options {
	/* NULL: told by signature, revision, size and content */
	const struct jhcfg_dialect *dialect;
	/* JAILHOUSE_X86, ..., for files that do not say it (all up to revision
	 * 13); JHCFG_TELL_ARCHITECTURE to judge those by their content, and
	 * JHCFG_GUESS_ARCHITECTURE to do so whatever they say */
	int architecture;
};

/*
 * Reads @size bytes of a system or cell configuration. On success *@config is
 * a new object that the caller frees and, unless @dialect is NULL, *@dialect
 * is what it was written in. @options may be NULL.
 * -EINVAL: not a configuration, or it does not fit its own counts; -ENOMEM.
 */
JHCFG_API int jhcfg_codec_decode_as(const void *data, size_t size,
				    const struct jhcfg_decode_options *options,
				    struct jhcfg_diags *diags,
				    struct jhcfg_config **config,
				    const struct jhcfg_dialect **dialect);

/* The same, without options. */
JHCFG_API int jhcfg_codec_decode(const void *data, size_t size,
				 struct jhcfg_diags *diags,
				 struct jhcfg_config **config);

#endif
