// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a binary configuration of any dialect. What is accepted can be
 * written in all forms, and reads back as the same. */
#include <stdlib.h>
#include <string.h>

#include <jhcfg/c_form.h>
#include <jhcfg/edit.h>
#include <jhcfg/jhcfg.h>

#include "fuzz.h"

static void *encode(const struct jhcfg_config *config,
		    const struct jhcfg_dialect *dialect, bool drop,
		    size_t *size)
{
	struct jhcfg_encode_options options = {
		.dialect = dialect,
		.drop = drop,
	};
	void *data;

	if (jhcfg_codec_encode_as(config, &options, NULL, &data, size))
		return NULL;
	return data;
}

/* By way of JSON; names that JSON has no room for are refused there. */
static void check_json(const struct jhcfg_config *config,
		       const struct jhcfg_dialect *dialect, const void *binary,
		       size_t size)
{
	struct jhcfg_config *again = NULL;
	void *data = NULL;
	size_t again_size;
	char *text;

	if (jhcfg_project_write(config, &text))
		abort();
	if (!jhcfg_project_read(text, strlen(text), NULL, &again)) {
		data = encode(again, dialect, false, &again_size);
		if (!data || again_size != size || memcmp(data, binary, size))
			abort();
	}
	free(data);
	free(text);
	jhcfg_config_free(again);
}

static void check_c_form(const struct jhcfg_config *config,
			 const struct jhcfg_dialect *dialect)
{
	const struct jhcfg_encode_options options = {
		.dialect = dialect,
		.drop = true,
	};
	char *text;

	if (!jhcfg_c_form_write(config, &options, NULL, &text))
		free(text);
}

static void check_other_dialects(const struct jhcfg_config *config)
{
	const struct jhcfg_dialect *dialect;
	size_t size;

	for (size_t n = 0; (dialect = jhcfg_dialect_get(n)); n++)
		free(encode(config, dialect, true, &size));
}

static void check(const struct jhcfg_config *config,
		  const struct jhcfg_dialect *dialect)
{
	struct jhcfg_decode_options options = {
		.dialect = dialect,
		.architecture = jhcfg_config_architecture(config),
	};
	struct jhcfg_config *again = NULL;
	size_t size;
	void *binary = encode(config, dialect, false, &size);

	/* no name, or too long */
	if (!binary)
		return;
	if (jhcfg_codec_decode_as(binary, size, &options, NULL, &again, NULL))
		abort();
	if (!jhcfg_config_equal(config, again))
		abort();
	check_json(config, dialect, binary, size);
	check_c_form(config, dialect);
	check_other_dialects(config);
	free(binary);
	jhcfg_config_free(again);
}

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	const struct jhcfg_dialect *dialect;
	struct jhcfg_config *config = NULL;

	if (!jhcfg_codec_decode_as(data, size, NULL, diags, &config, &dialect))
		check(config, dialect);
	else if (!jhcfg_diags_count(diags, JHCFG_ERROR))
		abort();
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
	return 0;
}
