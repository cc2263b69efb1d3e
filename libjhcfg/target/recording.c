// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/recording.h>

#include <errno.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#include "target/recording_read.h"
#include "target/recording_text.h"

/* From one moment on a file is like this; without a text, it is gone. */
struct version {
	size_t moment;
	struct jhcfg_tree_file file; /* its text is ours, NULL: gone */
};

struct history {
	char *path;
	struct version *versions; /* by moment */
	size_t count, capacity;
};

struct jhcfg_recording {
	char *target;
	int64_t began;
	uint64_t *times;
	size_t count, capacity;
	struct history *files; /* sorted by path */
	size_t num_files, files_capacity;
};

/* What a reader of lines needs. */
struct reader {
	struct jhcfg_recording *recording;
	struct jhcfg_diags *diags;
	const char *path;
	size_t line;
};

static int fail(const struct reader *reader, const char *text)
{
	char place[32];

	snprintf(place, sizeof(place), "line %zu", reader->line);
	jhcfg_diags_add(reader->diags, JHCFG_ERROR, "", reader->path, place,
			NULL, "%s", text);
	return -EINVAL;
}

/* Room for one more of @count items. */
static int grow(void *array, size_t count, size_t *capacity, size_t size)
{
	void **items = array;
	size_t wanted = *capacity ? 2 * *capacity : 16;
	void *grown;

	if (count < *capacity)
		return 0;
	grown = reallocarray(*items, wanted, size);
	if (!grown)
		return -ENOMEM;
	*items = grown;
	*capacity = wanted;
	return 0;
}

/* --- files ---------------------------------------------------------------- */

/* Where the file is, or would be inserted; *@found: it is there. */
static size_t find_file(const struct jhcfg_recording *recording,
			const char *path, bool *found)
{
	size_t low = 0, high = recording->num_files;

	*found = false;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int order = strcmp(recording->files[middle].path, path);

		if (!order) {
			*found = true;
			return middle;
		}
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static int insert_file(struct jhcfg_recording *recording, size_t at,
		       const char *path)
{
	struct history new = { .path = strdup(path) };
	int err = new.path ? grow(&recording->files, recording->num_files,
				  &recording->files_capacity, sizeof(new))
			   : -ENOMEM;

	if (err) {
		free(new.path);
		return err;
	}
	memmove(recording->files + at + 1, recording->files + at,
		(recording->num_files - at) * sizeof(new));
	recording->files[at] = new;
	recording->num_files++;
	return 0;
}

static int add_version(const struct reader *reader, const char *path,
		       struct json_object *value)
{
	struct jhcfg_recording *recording = reader->recording;
	struct version version = { .moment = recording->count };
	struct history *history;
	char *text = NULL;
	bool found;
	size_t at = find_file(recording, path, &found);
	int err = found ? 0 : insert_file(recording, at, path);

	if (err)
		return err;
	history = &recording->files[at];
	if (value) {
		err = recording_decode(value, &text, &version.file.size);
		if (err == -EINVAL)
			return fail(reader, "the text of a file is neither a "
					    "string nor hexadecimal");
		if (err)
			return err;
	}
	version.file.path = history->path;
	version.file.text = text;
	err = grow(&history->versions, history->count, &history->capacity,
		   sizeof(version));
	if (err) {
		free(text);
		return err;
	}
	history->versions[history->count++] = version;
	return 0;
}

/* --- lines ---------------------------------------------------------------- */

static int read_moment(const struct reader *reader, struct json_object *object)
{
	struct jhcfg_recording *recording = reader->recording;
	struct json_object *time, *files;
	int64_t ms;
	int err;

	if (!json_object_object_get_ex(object, "t", &time) ||
	    !json_object_is_type(time, json_type_int) ||
	    !json_object_object_get_ex(object, "files", &files) ||
	    !json_object_is_type(files, json_type_object))
		return fail(reader, "this is no moment: \"t\" and \"files\" "
				    "are wanted");
	ms = json_object_get_int64(time);
	if (ms < 0 || (recording->count &&
		       (uint64_t)ms < recording->times[recording->count - 1]))
		return fail(reader, "time runs backwards");
	json_object_object_foreach(files, path, value)
	{
		err = add_version(reader, path, value);
		if (err)
			return err;
	}
	err = grow(&recording->times, recording->count, &recording->capacity,
		   sizeof(*recording->times));
	if (err)
		return err;
	recording->times[recording->count++] = (uint64_t)ms;
	return 0;
}

static int read_head(const struct reader *reader, struct json_object *object)
{
	struct json_object *format, *version, *target, *began;

	if (!json_object_object_get_ex(object, "format", &format) ||
	    strcmp(json_object_get_string(format) ?: "", RECORDING_FORMAT))
		return fail(reader, "this is no recording");
	if (!json_object_object_get_ex(object, "version", &version) ||
	    json_object_get_int(version) != RECORDING_VERSION)
		return fail(reader, "the recording is of another version");
	if (!json_object_object_get_ex(object, "target", &target) ||
	    !json_object_is_type(target, json_type_string) ||
	    !json_object_object_get_ex(object, "began", &began))
		return fail(reader, "the recording does not say of what and "
				    "when it is");
	reader->recording->target = strdup(json_object_get_string(target));
	reader->recording->began = json_object_get_int64(began);
	return reader->recording->target ? 0 : -ENOMEM;
}

static int read_line(const struct reader *reader, struct json_tokener *tokener,
		     const char *text, size_t length)
{
	struct json_object *object;
	int err;

	json_tokener_reset(tokener);
	object = json_tokener_parse_ex(tokener, text, (int)length);
	if (!json_object_is_type(object, json_type_object)) {
		json_object_put(object);
		return fail(reader, "this is no JSON object");
	}
	err = reader->recording->target ? read_moment(reader, object)
					: read_head(reader, object);
	json_object_put(object);
	return err;
}

static int read_lines(struct reader *reader, struct json_tokener *tokener,
		      const char *text, size_t size)
{
	int err = 0;

	while (size && !err) {
		const char *end = memchr(text, '\n', size);
		size_t length = end ? (size_t)(end - text) : size;

		reader->line++;
		if (!end && reader->recording->target) {
			char place[32];

			snprintf(place, sizeof(place), "line %zu",
				 reader->line);
			jhcfg_diags_add(reader->diags, JHCFG_WARNING, "",
					reader->path, place, NULL,
					"the last moment was cut off");
			break;
		}
		if (length > INT32_MAX)
			return -EFBIG;
		err = read_line(reader, tokener, text, length);
		text += length + !!end;
		size -= length + !!end;
	}
	if (!err && !reader->recording->count)
		return fail(reader, "there is no moment in it");
	return err;
}

int recording_parse(const char *path, const char *text, size_t size,
		    struct jhcfg_diags *diags,
		    struct jhcfg_recording **recording)
{
	struct reader reader = { .diags = diags, .path = path };
	/* lines are not nested deeply; what is, is refused */
	struct json_tokener *tokener = json_tokener_new_ex(8);
	int err = -ENOMEM;

	reader.recording = calloc(1, sizeof(*reader.recording));
	if (tokener && reader.recording)
		err = read_lines(&reader, tokener, text, size);
	if (tokener)
		json_tokener_free(tokener);
	if (err) {
		jhcfg_recording_free(reader.recording);
		return err;
	}
	*recording = reader.recording;
	return 0;
}

int jhcfg_recording_read(const char *path, size_t max,
			 struct jhcfg_diags *diags,
			 struct jhcfg_recording **recording)
{
	void *text;
	size_t size;
	int err = jhcfg_file_read(path, max, &text, &size);

	if (err)
		return err;
	err = recording_parse(path, text, size, diags, recording);
	free(text);
	return err;
}

void jhcfg_recording_free(struct jhcfg_recording *recording)
{
	if (!recording)
		return;
	for (size_t n = 0; n < recording->num_files; n++) {
		struct history *history = &recording->files[n];

		for (size_t v = 0; v < history->count; v++)
			free((void *)(uintptr_t)history->versions[v].file.text);
		free(history->versions);
		free(history->path);
	}
	free(recording->files);
	free(recording->times);
	free(recording->target);
	free(recording);
}

/* --- moments -------------------------------------------------------------- */

const char *jhcfg_recording_target(const struct jhcfg_recording *recording)
{
	return recording->target;
}

int64_t jhcfg_recording_began(const struct jhcfg_recording *recording)
{
	return recording->began;
}

size_t jhcfg_recording_count(const struct jhcfg_recording *recording)
{
	return recording->count;
}

uint64_t jhcfg_recording_time(const struct jhcfg_recording *recording,
			      size_t moment)
{
	return moment < recording->count ? recording->times[moment] : 0;
}

size_t jhcfg_recording_at(const struct jhcfg_recording *recording, uint64_t ms)
{
	size_t low = 0, high = recording->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (recording->times[middle] <= ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : 0;
}

/* The version at that moment; NULL: none, or it is gone. */
static const struct jhcfg_tree_file *version_at(const struct history *history,
						size_t moment)
{
	size_t low = 0, high = history->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (history->versions[middle].moment <= moment)
			low = middle + 1;
		else
			high = middle;
	}
	if (!low || !history->versions[low - 1].file.text)
		return NULL;
	return &history->versions[low - 1].file;
}

const struct jhcfg_tree_file *jhcfg_recording_file(
	const struct jhcfg_recording *recording, size_t moment,
	const char *path)
{
	bool found;
	size_t at = find_file(recording, path, &found);

	return found ? version_at(&recording->files[at], moment) : NULL;
}

const struct jhcfg_tree_file *recording_next(
	const struct jhcfg_recording *recording, size_t moment,
	const char *prefix, size_t *position)
{
	size_t length = strlen(prefix);
	bool found;

	if (!*position)
		*position = find_file(recording, prefix, &found);
	while (*position < recording->num_files) {
		const struct history *history = &recording->files[*position];
		const struct jhcfg_tree_file *file;

		if (strncmp(history->path, prefix, length))
			return NULL;
		++*position;
		file = version_at(history, moment);
		if (file)
			return file;
	}
	return NULL;
}
