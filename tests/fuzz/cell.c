// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a binary configuration. What is accepted can be written in
 * both forms, and reads back as the same. */
#include <stdlib.h>
#include <string.h>

#include <jhcfg/jhcfg.h>

#include "fuzz.h"

static void *encode(const struct jhcfg_config *config, size_t *size)
{
	void *data;

	return jhcfg_codec_encode(config, NULL, &data, size) ? NULL : data;
}

/* By way of JSON; names that JSON has no room for are refused there. */
static void check_json(const struct jhcfg_config *config, const void *binary,
		       size_t size)
{
	struct jhcfg_config *again = NULL;
	void *data = NULL;
	size_t again_size;
	char *text;

	if (jhcfg_project_write(config, &text))
		abort();
	if (!jhcfg_project_read(text, strlen(text), NULL, &again)) {
		data = encode(again, &again_size);
		/* JSON has no trailing zeroes of a CPU set: one without CPUs
		 * becomes empty and is refused, others may become shorter */
		if (!data && jhcfg_cell_num_cpus(jhcfg_config_cell(again)))
			abort();
		if (data && (again_size > size || (again_size == size &&
						   memcmp(data, binary, size))))
			abort();
	}
	free(data);
	free(text);
	jhcfg_config_free(again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_config *config = NULL, *again = NULL;
	size_t binary_size, again_size;
	void *binary = NULL, *again_binary = NULL;

	if (jhcfg_codec_decode(data, size, diags, &config)) {
		if (!jhcfg_diags_count(diags, JHCFG_ERROR))
			abort();
		goto out;
	}
	binary = encode(config, &binary_size);
	if (!binary)
		goto out;
	if (jhcfg_codec_decode(binary, binary_size, NULL, &again))
		abort();
	again_binary = encode(again, &again_size);
	if (!again_binary || again_size != binary_size ||
	    memcmp(again_binary, binary, binary_size))
		abort();
	check_json(config, binary, binary_size);
out:
	free(again_binary);
	free(binary);
	jhcfg_config_free(again);
	jhcfg_config_free(config);
	jhcfg_diags_free(diags);
	return 0;
}
