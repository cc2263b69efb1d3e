// SPDX-License-Identifier: GPL-2.0-or-later
#include "subject.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jhcfg/codec.h>
#include <jhcfg/target.h>

#include "output.h"
#include "paths.h"

void subject_close(struct subject *subject)
{
	for (size_t n = 0; n < subject->num_owned; n++)
		jhcfg_config_free(subject->owned[n]);
	free(subject->owned);
	free(subject->configs);
	jhcfg_workspace_free(subject->workspace);
	jhcfg_source_clear(&subject->source);
	*subject = (struct subject){ 0 };
}

static int add_config(struct subject *subject,
		      const struct jhcfg_config *config)
{
	const struct jhcfg_config **configs = reallocarray(
		subject->configs, subject->num_configs + 1, sizeof(*configs));

	if (!configs)
		return -ENOMEM;
	subject->configs = configs;
	configs[subject->num_configs++] = config;
	return 0;
}

/* --- what runs ---------------------------------------------------------------
 */

/* Takes over @data. */
static int add_binary(struct subject *subject, const char *name, void *data,
		      size_t size, struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = NULL;
	struct jhcfg_config **owned;
	int err = jhcfg_codec_decode(data, size, diags, &config);

	free(data);
	output_diags(name, diags);
	if (err)
		return err;
	owned = reallocarray(subject->owned, subject->num_owned + 1,
			     sizeof(*owned));
	if (!owned) {
		jhcfg_config_free(config);
		return -ENOMEM;
	}
	subject->owned = owned;
	owned[subject->num_owned++] = config;
	return add_config(subject, config);
}

/* Where files are read: below JAILHOUSE_ROOT, or on a target. */
struct place {
	const char *name;
	struct jhcfg_target *target; /* NULL: this machine */
};

static int read_place(const struct place *place, const char *path, void **data,
		      size_t *size)
{
	char *text;
	int err;

	if (place->target)
		return jhcfg_target_read(place->target, path,
					 JHCFG_CELL_FILE_MAX, data, size);
	err = paths_read(&text, size, "%s", path);
	if (!err)
		*data = text;
	return err;
}

static int compare_names(const void *a, const void *b)
{
	const char *const *x = a, *const *y = b;
	long first = strtol(*x, NULL, 10), second = strtol(*y, NULL, 10);

	return (first > second) - (first < second);
}

/* Ids of cells, ascending; NULL ends them. */
static int list_local(char ***names)
{
	char *path = paths_make(PATHS_SYSFS "/cells");
	struct dirent **entries = NULL;
	int count = path ? scandir(path, &entries, NULL, NULL) : -1;
	char **list =
		count < 0 ? NULL : calloc((size_t)count + 1, sizeof(*list));
	size_t used = 0;

	for (int n = 0; n < count; n++) {
		if (list && entries[n]->d_name[0] != '.')
			list[used++] = strdup(entries[n]->d_name);
		free(entries[n]);
	}
	free(entries);
	free(path);
	*names = list;
	return list ? 0 : -ENOENT;
}

static int list_cells(const struct place *place, char ***names)
{
	size_t count = 0;
	int err = place->target ? jhcfg_target_list(place->target,
						    PATHS_SYSFS "/cells", names)
				: list_local(names);

	if (err)
		return err;
	while ((*names)[count])
		count++;
	qsort(*names, count, sizeof(**names), compare_names);
	return 0;
}

/* The root is in the system's configuration already. */
static int read_cells(struct subject *subject, const struct place *place,
		      struct jhcfg_diags *diags)
{
	char **names = NULL;
	int err = list_cells(place, &names);

	for (size_t n = 0; !err && names && names[n]; n++) {
		void *data;
		size_t size;
		char *path;

		if (!strcmp(names[n], "0"))
			continue;
		if (asprintf(&path, PATHS_SYSFS "/cells/%s/config", names[n]) <
		    0)
			err = -ENOMEM;
		if (err)
			break;
		err = read_place(place, path, &data, &size);
		if (!err)
			err = add_binary(subject, path, data, size, diags);
		else if (err == -ENOENT)
			err = 0; /* it went away meanwhile */
		free(path);
	}
	for (size_t n = 0; names && names[n]; n++)
		free(names[n]);
	free(names);
	return err;
}

static int read_running(struct subject *subject, const struct place *place)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	void *data;
	size_t size;
	int err;

	subject->words = "what runs";
	err = read_place(place, PATHS_SYSFS "/config", &data, &size);
	if (!err && !size) {
		free(data);
		err = -ENOENT;
	}
	if (err == -ENOENT) {
		output_error("%s: the hypervisor is not enabled there",
			     place->name);
		output_hint("jailhouse enable SYSTEM.cell");
	} else if (err) {
		output_errno(place->name, err);
	}
	if (!err)
		err = add_binary(subject, place->name, data, size, diags);
	if (!err)
		err = read_cells(subject, place, diags);
	jhcfg_diags_free(diags);
	return err;
}

static int read_target(struct subject *subject, const char *name)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct place place = { name, NULL };
	int err = jhcfg_target_open(name, NULL, diags, &place.target);

	output_diags(name, diags);
	jhcfg_diags_free(diags);
	if (err)
		return err;
	err = jhcfg_target_wait(place.target);
	if (err)
		output_error("%s: %s", name, jhcfg_target_reason(place.target));
	else
		err = read_running(subject, &place);
	jhcfg_target_close(place.target);
	return err;
}

/* --- files -------------------------------------------------------------------
 */

static int add_workspace(struct subject *subject)
{
	const struct jhcfg_workspace *workspace = subject->workspace;
	uint32_t key;
	int err = 0;

	subject->words = "a project";
	subject->board = jhcfg_workspace_board(workspace);
	for (size_t n = 0;
	     !err && (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		const struct jhcfg_config *config =
			jhcfg_workspace_cell(workspace, key);

		err = config ? add_config(subject, config) : -ENOMEM;
	}
	return err;
}

/* A configuration that comes from the project form, and has no dialect. */
static bool is_project(const struct jhcfg_source *source)
{
	return source->config && jhcfg_config_system(source->config) &&
	       !source->dialect && !source->board;
}

static int read_file(struct subject *subject, const char *path,
		     const struct jhcfg_source_options *options)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_source_read(path, options, diags, &subject->source);

	output_diags(path, diags);
	jhcfg_diags_free(diags);
	if (err == -ENOMEM)
		output_errno(path, err);
	if (err)
		return err;
	subject->words = subject->source.words;
	subject->board = subject->source.board;
	if (is_project(&subject->source)) {
		diags = jhcfg_diags_new();
		err = jhcfg_workspace_load(path, diags, &subject->workspace);
		output_diags(path, diags);
		jhcfg_diags_free(diags);
		return err ? err : add_workspace(subject);
	}
	return subject->source.config
		       ? add_config(subject, subject->source.config)
		       : 0;
}

int subject_open(const char *name, const struct jhcfg_source_options *source,
		 struct subject *subject)
{
	struct place local = { name, NULL };

	*subject = (struct subject){ 0 };
	if (!strcmp(name, "running"))
		return read_running(subject, &local);
	if (strstr(name, "://"))
		return read_target(subject, name);
	return read_file(subject, name, source);
}
