// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/codec.h>
#include <jhcfg/identify.h>

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "codec/codec.h"
#include "model/names.h"
#include "util/bytes.h"

/* What is said about a file. */
struct judgement {
	const struct codec_input *in;
	struct jhcfg_diags *diags;
	char object[CODEC_OBJECT_SIZE];
};

static __attribute__((format(printf, 6, 7))) void add(
	const struct judgement *about, enum jhcfg_severity severity,
	const char *rule, uint64_t off, const char *hint, const char *format,
	...)
{
	char place[32], text[200];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof(text), format, args);
	va_end(args);
	snprintf(place, sizeof(place), "0x%llx", (unsigned long long)off);
	jhcfg_diags_add(about->diags, severity, rule, about->object, place,
			hint, "%s", text);
}

/* How far a dialect got with a file: the further, the more it looks like it. */
static uint64_t distance(const struct codec_measure *measure, size_t size)
{
	/* it fits, and was found to make no sense */
	if (measure->fit == CODEC_FITS)
		return UINT64_MAX - 1;
	if (measure->fit == CODEC_BAD_COUNT ||
	    measure->fit == CODEC_ENDS_IN_HEAD)
		return UINT64_MAX;
	return measure->size > size ? measure->size - size
				    : size - measure->size;
}

static const struct jhcfg_dialect *find_nearest(
	const struct codec_input *in,
	const struct jhcfg_decode_options *options,
	struct codec_measure *measure)
{
	const struct jhcfg_dialect *nearest = NULL;

	for (unsigned int n = 0; n < codec_num_dialects; n++) {
		const struct jhcfg_dialect *dialect = codec_dialects[n];
		struct codec_measure now;

		if (!codec_may_be(dialect, in, options))
			continue;
		now = codec_measure(dialect, in);
		if (nearest &&
		    distance(&now, in->size) >= distance(measure, in->size))
			continue;
		nearest = dialect;
		*measure = now;
	}
	return nearest;
}

static void add_revisions(const struct judgement *about, unsigned int revision)
{
	char hint[160] = "known are";
	size_t length = strlen(hint);

	for (unsigned int n = 9; n <= 15; n++)
		length += (size_t)snprintf(hint + length, sizeof(hint) - length,
					   "%s %u", n > 9 ? "," : "", n);
	add(about, JHCFG_ERROR, "F01", CODEC_REVISION_OFF, hint,
	    "the signature is that of a configuration, but revision %u is "
	    "not known with it",
	    revision);
}

static void add_misfit(const struct judgement *about,
		       const struct jhcfg_dialect *dialect,
		       const struct codec_measure *measure)
{
	const struct codec_array *array = measure->array;
	size_t size = about->in->size;

	switch (measure->fit) {
	case CODEC_ENDS_IN_HEAD:
		add(about, JHCFG_ERROR, "F03", size, NULL,
		    "this looks like %s, but the file ends within the "
		    "descriptor, which has %llu bytes",
		    dialect->title, (unsigned long long)measure->size);
		break;
	case CODEC_ENDS_IN_ARRAY:
		if (array->kind == &codec_records)
			add(about, JHCFG_ERROR, "F03", size, NULL,
			    "this looks like %s, but the file ends within its "
			    "%u %s",
			    dialect->title, measure->count, array->name);
		else
			add(about, JHCFG_ERROR, "F03", size, NULL,
			    "this looks like %s, but the file ends within %s",
			    dialect->title, array->name);
		break;
	case CODEC_BAD_COUNT:
		add(about, JHCFG_ERROR,
		    array->kind == &codec_set ? "F07" : "F03",
		    measure->count_off, NULL,
		    "this looks like %s, but %u is no possible size of %s",
		    dialect->title, measure->count, array->name);
		break;
	case CODEC_HAS_MORE:
		add(about, JHCFG_ERROR, "F03", measure->size, NULL,
		    "this looks like %s, but %llu bytes follow its arrays, and "
		    "what is before them makes little sense",
		    dialect->title, (unsigned long long)(size - measure->size));
		break;
	case CODEC_FITS:
		add(about, JHCFG_ERROR, "F03", measure->size, NULL,
		    "this has the size of %s, but makes little sense as such",
		    dialect->title);
	}
}

/* No reading was found: says what comes nearest, and what is wrong with it. */
static int explain(const struct judgement *about,
		   const struct jhcfg_decode_options *options)
{
	const struct jhcfg_dialect *dialect;
	struct codec_measure measure = { 0 };

	dialect = find_nearest(about->in, options, &measure);
	if (dialect)
		add_misfit(about, dialect, &measure);
	else if (options->dialect)
		add(about, JHCFG_ERROR, "F01", 0,
		    "leave the dialect out, to have it told by the file",
		    "signature or revision are not those of %s",
		    options->dialect->title);
	else
		add_revisions(about,
			      (unsigned int)jhcfg_get_le(
				      about->in->data + CODEC_REVISION_OFF, 2));
	return -EINVAL;
}

/* Says which bytes the model does not hold, by writing it out again. */
static int report_lost_bytes(const struct judgement *about,
			     const struct codec_reading *reading)
{
	const struct codec_input *in = about->in;
	uint8_t *again;
	void *data;
	size_t size;

	if (!reading->lost)
		return 0;
	if (codec_write(reading->dialect, reading->config, &data, &size))
		return -ENOMEM;
	again = data;
	for (size_t n = 0; n < size && n < in->size; n++) {
		size_t first = n;

		while (n < size && n < in->size && again[n] != in->data[n])
			n++;
		if (n > first)
			add(about, JHCFG_WARNING, "F09", first,
			    "reserved bytes should be zero",
			    "%zu bytes that the format does not define are "
			    "lost",
			    n - first);
	}
	free(data);
	return 0;
}

static void report_guesses(const struct judgement *about,
			   const struct codec_reading *reading)
{
	uint8_t architecture = reading->config->architecture;

	if (reading->may_differ)
		add(about, JHCFG_WARNING, "F12", CODEC_REVISION_OFF,
		    "if it is that, say so",
		    "taken for %s, but it could be %s as well",
		    reading->dialect->title, reading->other->title);
	if (reading->architecture_guessed)
		add(about, JHCFG_INFO, "F13", 0,
		    architecture == JAILHOUSE_X86
			    ? NULL
			    : "32-bit ARM looks the same: say so if it is that",
		    "the file does not say its architecture; by its content "
		    "it is %s",
		    jhcfg_name_of(jhcfg_architectures, architecture));
}

static int report(struct judgement *about, const struct codec_reading *reading)
{
	struct codec_measure measure =
		codec_measure(reading->dialect, about->in);

	codec_object_name(reading->config, about->object);
	if (measure.fit == CODEC_HAS_MORE)
		add(about, JHCFG_WARNING, "F03", measure.size,
		    "compile the configuration again",
		    "%llu bytes follow the configuration",
		    (unsigned long long)(about->in->size - measure.size));
	report_guesses(about, reading);
	return report_lost_bytes(about, reading);
}

/* What the first bytes say: whether it is a configuration at all. */
static int check_head(const struct judgement *about, struct codec_input *in)
{
	const struct jhcfg_identity *is = jhcfg_identify(in->data, in->size);

	if (is->kind != JHCFG_IS_SYSTEM && is->kind != JHCFG_IS_CELL &&
	    is->kind != JHCFG_IS_OTHER_REVISION) {
		add(about, JHCFG_ERROR, is->rule, 0, is->hint, "this is %s",
		    is->words);
		return -EINVAL;
	}
	if (in->size < CODEC_HEAD_SIZE) {
		add(about, JHCFG_ERROR, "F03", in->size, NULL,
		    "the file ends within its signature");
		return -EINVAL;
	}
	in->has_system = in->data[2] == 'S';
	return 0;
}

static int check_architecture(const struct judgement *about)
{
	uint8_t architecture = about->in->data[CODEC_ARCHITECTURE_OFF];

	if (codec_family_of(about->in) == CODEC_6_CHARACTERS ||
	    jhcfg_name_of(jhcfg_architectures, architecture))
		return 0;
	add(about, JHCFG_ERROR, "F02", CODEC_ARCHITECTURE_OFF, NULL,
	    "architecture %u is unknown", architecture);
	return -EINVAL;
}

int jhcfg_codec_decode_as(const void *data, size_t size,
			  const struct jhcfg_decode_options *options,
			  struct jhcfg_diags *diags,
			  struct jhcfg_config **config,
			  const struct jhcfg_dialect **dialect)
{
	static const struct jhcfg_decode_options defaults = {
		.architecture = JHCFG_TELL_ARCHITECTURE,
	};
	struct codec_input in = { .data = data, .size = size };
	struct judgement about = {
		.in = &in,
		.diags = diags,
		.object = "configuration",
	};
	struct codec_reading best;
	int err;

	if (!options)
		options = &defaults;
	err = check_head(&about, &in);
	if (!err)
		err = check_architecture(&about);
	if (err)
		return err;
	err = codec_detect(&in, options, &best);
	if (err == -ENOENT)
		return explain(&about, options);
	if (!err) {
		err = report(&about, &best);
		if (err)
			jhcfg_config_free(best.config);
	}
	if (err)
		return err;
	*config = best.config;
	if (dialect)
		*dialect = best.dialect;
	return 0;
}

int jhcfg_codec_decode(const void *data, size_t size, struct jhcfg_diags *diags,
		       struct jhcfg_config **config)
{
	return jhcfg_codec_decode_as(data, size, NULL, diags, config, NULL);
}
