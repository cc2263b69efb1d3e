// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A recording may be longer than what there is memory for: when it is opened,
 * its lines are checked and it is kept where they are; what they say is read
 * again when they are shown.
 */
#include <jhcfg/recording.h>

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/file.h>

#include "target/json_scan.h"
#include "target/recording_files.h"
#include "target/recording_read.h"
#include "target/recording_text.h"

struct moment {
	uint64_t ms, position;
};

struct jhcfg_recording {
	char *target;
	int64_t began;
	struct moment *moments;
	size_t count, capacity;
	struct recorded_files files; /* as they are now, */
	size_t shown;		     /* behind that many moments */
	struct json_scan scan;
	struct json_text key, value;
	int fd;	      /* -1: it is in memory */
	void *memory; /* that is ours; NULL: it is not */
};

/* --- lines ---------------------------------------------------------------- */

/* {"hex": "..."}, behind its brace. */
static int take_hex(struct jhcfg_recording *recording)
{
	bool first = true, has = false;
	int got;

	while ((got = json_scan_key(&recording->scan, &first,
				    &recording->value)) > 0) {
		int err;

		if (has || strcmp(recording->value.text, "hex"))
			return -EINVAL;
		has = true;
		err = json_scan_string(&recording->scan, &recording->value);
		if (err)
			return err;
	}
	if (got)
		return got;
	return has ? recording_decode_hex(recording->value.text,
					  &recording->value.size)
		   : -EINVAL;
}

/* The value of a file: *@gone, or recording->value has it. */
static int take_value(struct jhcfg_recording *recording, bool *gone)
{
	*gone = json_scan_null(&recording->scan);
	if (*gone)
		return 0;
	if (json_scan_take(&recording->scan, '{'))
		return take_hex(recording);
	return json_scan_string(&recording->scan, &recording->value);
}

/* What changed; @keep: it is shown afterwards. */
static int take_files(struct jhcfg_recording *recording, bool keep,
		      const char **problem)
{
	bool first = true, gone;
	int got;

	if (!json_scan_take(&recording->scan, '{'))
		return -EINVAL;
	while ((got = json_scan_key(&recording->scan, &first,
				    &recording->key)) > 0) {
		int err = take_value(recording, &gone);

		if (err == -EINVAL)
			*problem = "the text of a file is neither a string "
				   "nor hexadecimal";
		if (!err && keep)
			err = recorded_files_set(
				&recording->files, recording->key.text,
				gone ? NULL : recording->value.text,
				recording->value.size);
		if (err)
			return err;
	}
	return got;
}

static int take_moment(struct jhcfg_recording *recording, bool keep,
		       uint64_t *ms, const char **problem)
{
	struct json_scan *scan = &recording->scan;
	bool first = true, has_files = false;
	int64_t time = -1;
	int got;

	*problem = "this is no JSON object";
	if (!json_scan_take(scan, '{'))
		return -EINVAL;
	*problem = "this is no moment: \"t\" and \"files\" are wanted";
	while ((got = json_scan_key(scan, &first, &recording->key)) > 0) {
		int err;

		if (!strcmp(recording->key.text, "t")) {
			err = json_scan_integer(scan, &time);
		} else if (!strcmp(recording->key.text, "files")) {
			err = take_files(recording, keep, problem);
			has_files = true;
		} else {
			err = json_scan_skip(scan);
		}
		if (err)
			return err;
	}
	if (got || !json_scan_is_line_end(scan) || !has_files || time < 0)
		return got ? got : -EINVAL;
	*ms = (uint64_t)time;
	return 0;
}

/* A string that has to be this one. */
static int take_word(struct jhcfg_recording *recording, const char *word)
{
	int err = json_scan_string(&recording->scan, &recording->value);

	return !err && strcmp(recording->value.text, word) ? -EINVAL : err;
}

static int take_target(struct jhcfg_recording *recording)
{
	int err = json_scan_string(&recording->scan, &recording->value);

	if (err)
		return err;
	free(recording->target);
	recording->target = strdup(recording->value.text);
	return recording->target ? 0 : -ENOMEM;
}

static int take_head(struct jhcfg_recording *recording, const char **problem)
{
	struct json_scan *scan = &recording->scan;
	bool first = true, is_format = false, has_began = false;
	int64_t version = -1;
	int got, err = 0;

	*problem = "this is no JSON object";
	if (!json_scan_take(scan, '{'))
		return -EINVAL;
	*problem = "this is no recording";
	while (!err &&
	       (got = json_scan_key(scan, &first, &recording->key)) > 0) {
		const char *key = recording->key.text;

		if (!strcmp(key, "format")) {
			err = take_word(recording, RECORDING_FORMAT);
			is_format = !err;
		} else if (!strcmp(key, "version")) {
			err = json_scan_integer(scan, &version);
		} else if (!strcmp(key, "target")) {
			err = take_target(recording);
		} else if (!strcmp(key, "began")) {
			err = json_scan_integer(scan, &recording->began);
			has_began = !err;
		} else {
			err = json_scan_skip(scan);
		}
	}
	if (err || got || !json_scan_is_line_end(scan) || !is_format)
		return err ? err : got ? got : -EINVAL;
	if (version != RECORDING_VERSION)
		*problem = "the recording is of another version";
	else if (!recording->target || !has_began)
		*problem = "the recording does not say of what and when it is";
	else
		return 0;
	return -EINVAL;
}

/* --- opening -------------------------------------------------------------- */

static int say(const char *path, size_t line, struct jhcfg_diags *diags,
	       enum jhcfg_severity severity, const char *text)
{
	char place[32];

	snprintf(place, sizeof(place), "line %zu", line);
	jhcfg_diags_add(diags, severity, "", path, place, NULL, "%s", text);
	return -EINVAL;
}

static int add_moment(struct jhcfg_recording *recording, uint64_t ms,
		      uint64_t position)
{
	if (recording->count == recording->capacity) {
		size_t capacity =
			recording->capacity ? 2 * recording->capacity : 16;
		void *grown = reallocarray(recording->moments, capacity,
					   sizeof(*recording->moments));

		if (!grown)
			return -ENOMEM;
		recording->moments = grown;
		recording->capacity = capacity;
	}
	recording->moments[recording->count++] =
		(struct moment){ .ms = ms, .position = position };
	return 0;
}

/* Checks the moment at @position. */
static int check_moment(struct jhcfg_recording *recording, uint64_t *ms,
			const char **problem)
{
	size_t count = recording->count;
	int err = take_moment(recording, false, ms, problem);

	if (!err && count && *ms < recording->moments[count - 1].ms) {
		*problem = "time runs backwards";
		return -EINVAL;
	}
	return err;
}

static int check_lines(struct jhcfg_recording *recording, const char *path,
		       size_t max, struct jhcfg_diags *diags)
{
	struct json_scan *scan = &recording->scan;
	const char *problem;
	size_t line = 1;
	int err = take_head(recording, &problem);
	bool whole = json_scan_next_line(scan);
	uint64_t ms;

	if (err == -EINVAL)
		return say(path, line, diags, JHCFG_ERROR, problem);
	while (!err && whole) {
		uint64_t position = json_scan_position(scan);

		if (position > max)
			return -EFBIG;
		line++;
		err = check_moment(recording, &ms, &problem);
		if (err == -ENOMEM)
			break;
		whole = json_scan_next_line(scan);
		if (!whole) {
			err = 0;
			if (json_scan_position(scan) > position)
				say(path, line, diags, JHCFG_WARNING,
				    "the last moment was cut off");
		} else if (err) {
			return say(path, line, diags, JHCFG_ERROR, problem);
		} else {
			err = add_moment(recording, ms, position);
		}
	}
	if (!err && scan->error)
		err = scan->error;
	if (!err && !recording->count)
		return say(path, line, diags, JHCFG_ERROR,
			   "there is no moment in it");
	return err;
}

/* Of the descriptor, which is its own then, or of what is in memory. */
static int new_recording(const char *path, int fd, const char *text,
			 size_t size, size_t max, struct jhcfg_diags *diags,
			 struct jhcfg_recording **recording)
{
	struct jhcfg_recording *new = calloc(1, sizeof(*new));
	int err;

	if (!new) {
		if (fd >= 0)
			close(fd);
		return -ENOMEM;
	}
	new->fd = fd;
	new->files.shape = 1;
	err = json_scan_open(&new->scan, fd, text, size);
	if (!err)
		err = check_lines(new, path, max, diags);
	if (err) {
		jhcfg_recording_free(new);
		return err;
	}
	*recording = new;
	return 0;
}

int recording_parse(const char *path, const char *text, size_t size,
		    struct jhcfg_diags *diags,
		    struct jhcfg_recording **recording)
{
	return new_recording(path, -1, text, size, size, diags, recording);
}

/* From a pipe there is nothing to be read again. */
static int read_whole(const char *path, size_t max, struct jhcfg_diags *diags,
		      struct jhcfg_recording **recording)
{
	void *text;
	size_t size;
	int err = jhcfg_file_read(path, max, &text, &size);

	if (err)
		return err;
	err = recording_parse(path, text, size, diags, recording);
	if (err)
		free(text);
	else
		(*recording)->memory = text;
	return err;
}

int jhcfg_recording_read(const char *path, size_t max,
			 struct jhcfg_diags *diags,
			 struct jhcfg_recording **recording)
{
	struct stat st;
	int fd;

	if (stat(path, &st))
		return -errno;
	if (!S_ISREG(st.st_mode))
		return read_whole(path, max, diags, recording);
	if (st.st_size > 0 && (uint64_t)st.st_size > max)
		return -EFBIG;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	return new_recording(path, fd, NULL, 0, max, diags, recording);
}

void jhcfg_recording_free(struct jhcfg_recording *recording)
{
	if (!recording)
		return;
	recorded_files_clear(&recording->files);
	json_scan_close(&recording->scan);
	json_text_clear(&recording->key);
	json_text_clear(&recording->value);
	if (recording->fd >= 0)
		close(recording->fd);
	free(recording->memory);
	free(recording->moments);
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
	return moment < recording->count ? recording->moments[moment].ms : 0;
}

size_t jhcfg_recording_at(const struct jhcfg_recording *recording, uint64_t ms)
{
	size_t low = 0, high = recording->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (recording->moments[middle].ms <= ms)
			low = middle + 1;
		else
			high = middle;
	}
	return low ? low - 1 : 0;
}

int recording_show(struct jhcfg_recording *recording, size_t moment)
{
	const char *problem;
	uint64_t ms;

	if (recording->shown > moment + 1) {
		recorded_files_forget(&recording->files);
		recording->shown = 0;
	}
	for (; recording->shown <= moment; recording->shown++) {
		int err;

		json_scan_seek(&recording->scan,
			       recording->moments[recording->shown].position);
		err = take_moment(recording, true, &ms, &problem);
		/* it was right once: somebody changes the file, and gets what
		 * can be read of it */
		if (err && err != -EINVAL)
			return err;
		json_scan_next_line(&recording->scan);
	}
	return 0;
}

const struct jhcfg_tree_file *recording_find(
	const struct jhcfg_recording *recording, const char *path)
{
	bool found;
	size_t at = recorded_files_find(&recording->files, path, &found);

	return found && recording->files.all[at].file.text
		       ? &recording->files.all[at].file
		       : NULL;
}

const struct jhcfg_tree_file *jhcfg_recording_file(
	struct jhcfg_recording *recording, size_t moment, const char *path)
{
	if (moment >= recording->count || recording_show(recording, moment))
		return NULL;
	return recording_find(recording, path);
}

const struct jhcfg_tree_file *recording_next(
	const struct jhcfg_recording *recording, const char *prefix,
	size_t *position)
{
	const struct recorded_files *files = &recording->files;
	size_t length = strlen(prefix);
	bool found;

	if (!*position)
		*position = recorded_files_find(files, prefix, &found);
	while (*position < files->count) {
		const struct jhcfg_tree_file *file =
			&files->all[*position].file;

		if (strncmp(file->folder, prefix, length))
			return NULL;
		++*position;
		if (file->text)
			return file;
	}
	return NULL;
}

uint64_t recording_shape(const struct jhcfg_recording *recording)
{
	return recording->files.shape;
}
