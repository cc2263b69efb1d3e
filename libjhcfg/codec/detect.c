// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Which dialect a file is in. Signature and revision leave a few, the exact
 * size fewer, and what they make of the content decides.
 */
#include <assert.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "codec/codec.h"
#include "model/members.h"
#include "util/bytes.h"

/* A configuration may be wrong in many places. But without a name, and with
 * more oddities than this in its descriptors, it is none. */
#define MAX_HEAD_ODDITIES 3

enum codec_family codec_family_of(const struct codec_input *in)
{
	uint8_t last = in->data[CODEC_ARCHITECTURE_OFF];

	return last == 'T' || last == 'L' ? CODEC_6_CHARACTERS
					  : CODEC_5_CHARACTERS;
}

bool codec_may_be(const struct jhcfg_dialect *dialect,
		  const struct codec_input *in,
		  const struct jhcfg_decode_options *options)
{
	if (options->dialect && options->dialect != dialect)
		return false;
	return dialect->family == codec_family_of(in) &&
	       dialect->revision ==
		       jhcfg_get_le(in->data + CODEC_REVISION_OFF, 2);
}

static int count_lost(const struct jhcfg_dialect *dialect,
		      const struct jhcfg_config *config,
		      const struct codec_input *in, unsigned int *lost)
{
	uint8_t *again;
	void *data;
	size_t size;
	int err;

	err = codec_write(dialect, config, &data, &size);
	if (err)
		return -ENOMEM;
	again = data;
	*lost = 0;
	for (size_t n = 0; n < size && n < in->size; n++)
		*lost += again[n] != in->data[n];
	free(data);
	return 0;
}

static int try_reading(const struct jhcfg_dialect *dialect,
		       uint8_t architecture, const struct codec_input *in,
		       struct codec_reading *reading)
{
	int err;

	*reading = (struct codec_reading){ .dialect = dialect };
	err = codec_read(dialect, architecture, in, &reading->config);
	if (err)
		return err;
	err = count_lost(dialect, reading->config, in, &reading->lost);
	if (err) {
		jhcfg_config_free(reading->config);
		return err;
	}
	reading->head_oddities =
		codec_count_head_oddities(dialect, reading->config);
	reading->score = reading->lost + reading->head_oddities +
			 codec_count_list_oddities(reading->config);
	return 0;
}

/* Takes the better of two; the earlier one if they are as good. */
static void choose(struct codec_reading *best, struct codec_reading *next)
{
	if (!best->config) {
		*best = *next;
		return;
	}
	if (next->score < best->score) {
		jhcfg_config_free(best->config);
		*best = *next;
		return;
	}
	if (next->score == best->score && best->dialect != next->dialect &&
	    jhcfg_config_compare(best->config, next->config, NULL, NULL)) {
		best->may_differ = true;
		best->other = next->dialect;
	}
	jhcfg_config_free(next->config);
}

static int try_architecture(const struct jhcfg_dialect *dialect,
			    uint8_t architecture, const struct codec_input *in,
			    struct codec_reading *best)
{
	struct codec_reading reading;
	int err = try_reading(dialect, architecture, in, &reading);

	if (!err)
		choose(best, &reading);
	return err;
}

/* Without a word in the file: a system's platform tells, a cell may. */
static int guess_architecture(const struct jhcfg_dialect *dialect,
			      const struct codec_input *in,
			      struct codec_reading *best)
{
	struct codec_reading reading = { 0 };
	int err;

	err = try_architecture(dialect, JAILHOUSE_ARM64, in, &reading);
	if (!err && in->has_system)
		err = try_architecture(dialect, JAILHOUSE_X86, in, &reading);
	if (err) {
		jhcfg_config_free(reading.config);
		return err;
	}
	if (!in->has_system)
		reading.config->architecture =
			codec_guess_architecture(reading.config);
	reading.architecture_guessed = true;
	choose(best, &reading);
	return 0;
}

static int try_dialect(const struct jhcfg_dialect *dialect,
		       const struct codec_input *in,
		       const struct jhcfg_decode_options *options,
		       struct codec_reading *best)
{
	if (options->architecture >= 0)
		return try_architecture(dialect, (uint8_t)options->architecture,
					in, best);
	if (dialect->family == CODEC_5_CHARACTERS &&
	    options->architecture != JHCFG_GUESS_ARCHITECTURE)
		return try_architecture(
			dialect, in->data[CODEC_ARCHITECTURE_OFF], in, best);
	return guess_architecture(dialect, in, best);
}

static int try_all(const struct codec_input *in,
		   const struct jhcfg_decode_options *options,
		   enum codec_fit wanted, struct codec_reading *best)
{
	int err = 0;

	for (unsigned int n = 0; n < codec_num_dialects && !err; n++) {
		const struct jhcfg_dialect *dialect = codec_dialects[n];

		if (codec_may_be(dialect, in, options) &&
		    codec_measure(dialect, in).fit == wanted)
			err = try_dialect(dialect, in, options, best);
	}
	return err;
}

/* Reads a file that is too short as if zeroes followed. */
static int try_padded(const struct jhcfg_dialect *dialect,
		      const struct codec_input *in, size_t size,
		      const struct jhcfg_decode_options *options,
		      struct codec_reading *reading)
{
	uint8_t *bytes = calloc(1, size);
	struct codec_input padded = {
		.data = bytes,
		.size = size,
		.has_system = in->has_system,
	};
	int err;

	if (!bytes)
		return -ENOMEM;
	memcpy(bytes, in->data, in->size);
	/* only zeroes were added, and all counts are before them */
	assert(codec_measure(dialect, &padded).fit == CODEC_FITS);
	err = try_dialect(dialect, &padded, options, reading);
	free(bytes);
	return err;
}

/*
 * A file that was cut off may have just the size of another dialect. Then it
 * makes more sense as the one that it was. *@better: there is such a one.
 */
static int is_rather_cut_off(const struct codec_input *in,
			     const struct jhcfg_decode_options *options,
			     const struct codec_reading *found, bool *better)
{

	*better = false;
	for (unsigned int n = 0; n < codec_num_dialects && !*better; n++) {
		const struct jhcfg_dialect *dialect = codec_dialects[n];
		struct codec_reading reading = { 0 };
		struct codec_measure measure;
		int err;

		if (!codec_may_be(dialect, in, options))
			continue;
		measure = codec_measure(dialect, in);
		if (measure.fit != CODEC_ENDS_IN_ARRAY ||
		    measure.size > 2 * in->size)
			continue;
		err = try_padded(dialect, in, measure.size, options, &reading);
		if (err)
			return err;
		*better = reading.score < found->score;
		jhcfg_config_free(reading.config);
	}
	return 0;
}

static bool is_nonsense(const struct codec_reading *found)
{
	return found->head_oddities > MAX_HEAD_ODDITIES &&
	       codec_is_nameless(found->config);
}

static int find_best(const struct codec_input *in,
		     const struct jhcfg_decode_options *options,
		     struct codec_reading *found)
{
	bool is_bad = false;
	int err;

	err = try_all(in, options, CODEC_FITS, found);
	/* bytes at the end are legal */
	if (!err && !found->config)
		err = try_all(in, options, CODEC_HAS_MORE, found);
	if (err || !found->config || options->dialect)
		return err;
	if (is_nonsense(found))
		is_bad = true;
	else if (found->score)
		err = is_rather_cut_off(in, options, found, &is_bad);
	if (is_bad) {
		jhcfg_config_free(found->config);
		found->config = NULL;
	}
	return err;
}

int codec_detect(const struct codec_input *in,
		 const struct jhcfg_decode_options *options,
		 struct codec_reading *best)
{
	struct codec_reading found = { 0 };
	int err = find_best(in, options, &found);

	if (err) {
		jhcfg_config_free(found.config);
		return err;
	}
	if (!found.config)
		return -ENOENT;
	*best = found;
	return 0;
}
