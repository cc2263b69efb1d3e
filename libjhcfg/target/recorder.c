// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/recording.h>

#include <errno.h>
#include <fcntl.h>
#include <json-c/json.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "target/recording_text.h"

#define MAX_KEPT ((size_t)16 << 20)

/* What was written last of a file, to find out what differs. */
struct known {
	char *path;
	char *text;
	size_t size;
};

struct jhcfg_recorder {
	int fd;
	uint64_t last_ms;
	struct known *files; /* sorted by path */
	size_t count;
	struct json_object *kept; /* for the next moment; NULL: nothing */
};

static int write_all(int fd, const char *data, size_t size)
{
	while (size) {
		ssize_t written = write(fd, data, size);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -errno;
		data += written;
		size -= (size_t)written;
	}
	return 0;
}

/* One line, in one write: a reader beside us sees whole ones. */
static int write_line(int fd, struct json_object *object)
{
	size_t length;
	const char *text = json_object_to_json_string_length(
		object, JSON_C_TO_STRING_PLAIN | JSON_C_TO_STRING_NOSLASHESCAPE,
		&length);
	char *line;
	int err;

	if (!text)
		return -ENOMEM;
	line = malloc(length + 1);
	if (!line)
		return -ENOMEM;
	memcpy(line, text, length);
	line[length] = '\n';
	err = write_all(fd, line, length + 1);
	free(line);
	return err;
}

static int write_head(int fd, const char *target, int64_t began)
{
	struct json_object *head = json_object_new_object();
	int err = -ENOMEM;

	if (head &&
	    !json_object_object_add(head, "format",
				    json_object_new_string(RECORDING_FORMAT)) &&
	    !json_object_object_add(head, "version",
				    json_object_new_int(RECORDING_VERSION)) &&
	    !json_object_object_add(head, "target",
				    json_object_new_string(target)) &&
	    !json_object_object_add(head, "began",
				    json_object_new_int64(began)))
		err = write_line(fd, head);
	json_object_put(head);
	return err;
}

int jhcfg_recorder_open(const char *path, const char *target, int64_t began,
			struct jhcfg_recorder **recorder)
{
	struct jhcfg_recorder *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	new->fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (new->fd < 0) {
		err = -errno;
		free(new);
		return err;
	}
	err = write_head(new->fd, target, began);
	if (err) {
		close(new->fd);
		unlink(path);
		free(new);
		return err;
	}
	*recorder = new;
	return 0;
}

static void free_known(struct known *files, size_t count)
{
	for (size_t n = 0; n < count; n++) {
		free(files[n].path);
		free(files[n].text);
	}
	free(files);
}

static bool same(const struct known *a, const struct known *b)
{
	return a->size == b->size && !memcmp(a->text, b->text, a->size);
}

static int remember(struct known *known, const struct jhcfg_tree_file *file)
{
	if (asprintf(&known->path, "%s%s", file->folder, file->name) < 0) {
		known->path = NULL;
		return -ENOMEM;
	}
	known->text = malloc(file->size + 1);
	if (!known->text)
		return -ENOMEM;
	memcpy(known->text, file->text, file->size + 1);
	known->size = file->size;
	return 0;
}

/* All of @tree, as it is to be known afterwards. */
static int know_all(const struct jhcfg_tree *tree, struct known **files)
{
	size_t count = jhcfg_tree_count(tree);
	struct known *all = calloc(count + 1, sizeof(*all));
	int err = all ? 0 : -ENOMEM;

	for (size_t n = 0; n < count && !err; n++)
		err = remember(&all[n], jhcfg_tree_at(tree, n));
	if (err) {
		free_known(all, all ? count : 0);
		return err;
	}
	*files = all;
	return 0;
}

/* @there: else it is gone. */
static int add_change(struct json_object *files, const struct known *file,
		      bool there)
{
	struct json_object *value = NULL;

	if (there && recording_encode(file->text, file->size, &value))
		return -ENOMEM;
	if (json_object_object_add(files, file->path, value)) {
		json_object_put(value);
		return -ENOMEM;
	}
	return 0;
}

/* What differs from the @count files of @all; both lists are sorted by path. */
static int add_changes(const struct jhcfg_recorder *recorder,
		       const struct known *all, size_t count,
		       struct json_object *files)
{
	const struct known *before = recorder->files, *now = all;
	const struct known *before_end = before + recorder->count;
	const struct known *end = all + count;
	int err = 0;

	while (!err && (before < before_end || now < end)) {
		int order = before == before_end ? 1
			    : now == end	 ? -1
					 : strcmp(before->path, now->path);

		if (order < 0)
			err = add_change(files, before, false);
		else if (order > 0 || !same(before, now))
			err = add_change(files, now, true);
		before += order <= 0;
		now += order >= 0;
	}
	return err;
}

int jhcfg_recorder_keep(struct jhcfg_recorder *recorder, const char *path,
			const void *data, size_t size)
{
	struct json_object *value = NULL;

	if (size > MAX_KEPT)
		return -EFBIG;
	if (!recorder->kept && !(recorder->kept = json_object_new_object()))
		return -ENOMEM;
	if (data && recording_encode(data, size, &value))
		return -ENOMEM;
	if (json_object_object_add(recorder->kept, path, value)) {
		json_object_put(value);
		return -ENOMEM;
	}
	return 0;
}

int jhcfg_recorder_add(struct jhcfg_recorder *recorder, uint64_t ms,
		       const struct jhcfg_tree *tree)
{
	struct json_object *line, *files = NULL;
	struct known *all = NULL;
	int err;

	if (ms < recorder->last_ms || ms > INT64_MAX)
		return -EINVAL;
	err = know_all(tree, &all);
	if (err)
		return err;
	err = -ENOMEM;
	line = json_object_new_object();
	if (line && !json_object_object_add(line, "t",
					    json_object_new_int64((int64_t)ms)))
		files = recorder->kept ? json_object_get(recorder->kept)
				       : json_object_new_object();
	if (files && !json_object_object_add(line, "files", files))
		err = add_changes(recorder, all, jhcfg_tree_count(tree), files);
	if (!err)
		err = write_line(recorder->fd, line);
	json_object_put(line);
	if (err) {
		free_known(all, jhcfg_tree_count(tree));
		return err;
	}
	json_object_put(recorder->kept);
	recorder->kept = NULL;
	free_known(recorder->files, recorder->count);
	recorder->files = all;
	recorder->count = jhcfg_tree_count(tree);
	recorder->last_ms = ms;
	return 0;
}

int jhcfg_recorder_close(struct jhcfg_recorder *recorder)
{
	int err = 0;

	if (!recorder)
		return 0;
	if (close(recorder->fd))
		err = -errno;
	json_object_put(recorder->kept);
	free_known(recorder->files, recorder->count);
	free(recorder);
	return err;
}
