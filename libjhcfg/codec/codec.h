/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* What the files of the codec share. */
#ifndef JHCFG_CODEC_CODEC_H
#define JHCFG_CODEC_CODEC_H

#include "codec/dialect.h"

#define CODEC_OBJECT_SIZE (JHCFG_NAME_SIZE + 16)

/* More elements than any configuration has; it bounds what a file can make us
 * allocate, and tells layouts apart. */
#define CODEC_MAX_COUNT	  0xffff
#define CODEC_MAX_CPU_SET 4096

/* `system "name"` or `cell "name"`, for diagnostics. */
void codec_object_name(const struct jhcfg_config *config,
		       char object[CODEC_OBJECT_SIZE]);

/* The bytes of a file, and which of the two kinds its signature says. */
struct codec_input {
	const uint8_t *data;
	size_t size;
	bool has_system;
};

/* Which signature it has; one of them it is. */
enum codec_family codec_family_of(const struct codec_input *in);

/* How a file compares with one dialect. */
enum codec_fit {
	CODEC_FITS,
	CODEC_HAS_MORE, /* bytes follow the last array */
	CODEC_ENDS_IN_HEAD,
	CODEC_ENDS_IN_ARRAY,
	CODEC_BAD_COUNT, /* of the array: more than possible */
};

struct codec_measure {
	enum codec_fit fit;
	uint64_t size; /* as the counts say */
	/* the array that the file ends in or whose count is bad */
	const struct codec_array *array;
	uint32_t count;	  /* its own */
	size_t count_off; /* in the file */
};

struct codec_measure codec_measure(const struct jhcfg_dialect *dialect,
				   const struct codec_input *in);

/* Where the cell descriptor starts. */
size_t codec_cell_off(const struct jhcfg_dialect *dialect,
		      const struct codec_input *in);

/* Reads what was measured to fit; -ENOMEM. */
int codec_read(const struct jhcfg_dialect *dialect, uint8_t architecture,
	       const struct codec_input *in, struct jhcfg_config **config);

/* A file under one reading. */
struct codec_reading {
	const struct jhcfg_dialect *dialect;
	struct jhcfg_config *config;
	/* what speaks against it: in the descriptors; bytes that the model
	 * does not hold; these and what is odd in the arrays */
	unsigned int head_oddities;
	unsigned int lost;
	unsigned int score;
	bool may_differ; /* other readings are as good and say other things */
	bool architecture_guessed;
	const struct jhcfg_dialect *other; /* one of them */
};

/*
 * The best reading of a file that fits a dialect: the only one that
 * options->dialect allows, or the most plausible one. -ENOENT: there is none;
 * -ENOMEM.
 */
int codec_detect(const struct codec_input *in,
		 const struct jhcfg_decode_options *options,
		 struct codec_reading *best);

/* Whether a file of this signature and revision may be of @dialect. */
bool codec_may_be(const struct jhcfg_dialect *dialect,
		  const struct codec_input *in,
		  const struct jhcfg_decode_options *options);

/* Which of x86 and arm64 the content of a cell suggests. */
uint8_t codec_guess_architecture(const struct jhcfg_config *config);

/* Whether its cell has no proper name: so has what is none. */
bool codec_is_nameless(const struct jhcfg_config *config);
/* Number of things that no sane configuration has, in its descriptors and in
 * its arrays. */
unsigned int codec_count_head_oddities(const struct jhcfg_dialect *dialect,
				       const struct jhcfg_config *config);
unsigned int codec_count_list_oddities(const struct jhcfg_config *config);

/*
 * Writes @config without judging it: -EINVAL if it is longer than
 * JHCFG_CELL_FILE_MAX, -ENOMEM.
 */
int codec_write(const struct jhcfg_dialect *dialect,
		const struct jhcfg_config *config, void **data, size_t *size);
uint64_t codec_written_size(const struct jhcfg_dialect *dialect,
			    const struct jhcfg_config *config);

/*
 * Names each value of @config that is not the same any more after it went
 * through @dialect as @data, and returns whether there was one; -ENOMEM.
 */
int codec_report_lost(const struct jhcfg_dialect *dialect,
		      const struct jhcfg_config *config, const void *data,
		      size_t size, enum jhcfg_severity severity,
		      struct jhcfg_diags *diags);

/* Warns of values that the dialect holds but has no name for. */
void codec_report_unknown(const struct jhcfg_dialect *dialect,
			  const struct jhcfg_config *config,
			  struct jhcfg_diags *diags);

#endif
