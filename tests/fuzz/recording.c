// SPDX-License-Identifier: GPL-2.0-or-later
/* Any bytes as a recording of a target, at its moments forward and back. */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/diag.h>
#include <jhcfg/recording.h>

#include "fuzz.h"
#include "target/recording_read.h"

/* Of as many moments; showing one reads on from the one before. */
#define MAX_MOMENTS 32

static void look(struct jhcfg_recording *recording, size_t moment)
{
	const struct jhcfg_tree_file *file;
	size_t position = 0;
	char *path;

	if (recording_show(recording, moment))
		return;
	while ((file = recording_next(recording, "", &position))) {
		assert(strlen(file->text) <= file->size);
		assert(!file->text[file->size]);
		path = malloc(strlen(file->folder) + strlen(file->name) + 1);
		assert(path);
		assert(recording_find(recording,
				      strcat(strcpy(path, file->folder),
					     file->name)) == file);
		free(path);
	}
	assert(jhcfg_recording_at(recording,
				  jhcfg_recording_time(recording, moment)) >=
	       moment);
}

int fuzz_target(const uint8_t *data, size_t size)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_recording *recording;
	size_t count;

	if (!recording_parse("fuzz.jsonl", (const char *)data, size, diags,
			     &recording)) {
		count = jhcfg_recording_count(recording);
		if (count > MAX_MOMENTS)
			count = MAX_MOMENTS;
		for (size_t n = 0; n < count; n++)
			look(recording, n);
		for (size_t n = count; n-- > 0;)
			look(recording, n);
		jhcfg_recording_free(recording);
	}
	jhcfg_diags_free(diags);
	return 0;
}
