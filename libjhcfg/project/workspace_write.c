// SPDX-License-Identifier: LGPL-2.1-or-later
/* The files of a project onto the disk, as one. */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "project/workspace_outputs.h"

static int make_folder(const char *path)
{
	return mkdir(path, 0777) && errno != EEXIST ? -errno : 0;
}

/* All folders between that of the project and the file. */
static int make_folders(const struct workspace_outputs *outputs,
			const struct workspace_output *output)
{
	char *slash = output->path + strlen(outputs->folder);
	int err = make_folder(outputs->folder);

	while (!err && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		err = make_folder(output->path);
		*slash = '/';
	}
	return err;
}

static int fail_write(const struct workspace_output *output, int err,
		      struct jhcfg_diags *diags)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "J10", output->path, "",
			"nothing is lost: save again, or elsewhere",
			"cannot be written: %s", strerror(-err));
	return err;
}

static int prepare(struct workspace_output *output)
{
	return (output->is_new ? jhcfg_replacement_prepare_new
			       : jhcfg_replacement_prepare)(
		&output->replacement, output->path, output->text,
		strlen(output->text));
}

/* All new files are there, beside the old ones, before the first of those is
 * replaced. */
static int prepare_all(struct workspace_outputs *outputs,
		       struct jhcfg_diags *diags)
{
	for (size_t n = 0; n < outputs->count; n++) {
		struct workspace_output *output = &outputs->items[n];
		int err;

		if (!output->differs)
			continue;
		err = make_folders(outputs, output);
		if (!err)
			err = prepare(output);
		if (err)
			return fail_write(output, err, diags);
	}
	return 0;
}

/* The system, which names the others, comes last, so that what it names is
 * always there. Whoever is stopped on the way leaves a new file beside an old
 * one, which loading tells. */
int workspace_write_outputs(struct workspace_outputs *outputs,
			    struct jhcfg_diags *diags)
{
	const struct jhcfg_replacement *system =
		&outputs->items[WORKSPACE_OUT_SYSTEM].replacement;
	int err = prepare_all(outputs, diags);
	bool is_named = false;

	for (size_t n = outputs->count; !err && n-- > 0;) {
		struct workspace_output *output = &outputs->items[n];

		if (!output->differs)
			continue;
		err = jhcfg_replacement_finish(&output->replacement);
		if (err)
			fail_write(output, err, diags);
		/* also one whose folder cannot be synced is there */
		is_named = n == WORKSPACE_OUT_SYSTEM && !system->temp;
	}
	for (size_t n = 0; n < outputs->count; n++) {
		struct workspace_output *output = &outputs->items[n];

		/* they would be strangers next time */
		if (err && !is_named)
			jhcfg_replacement_take_back(&output->replacement);
		jhcfg_replacement_cancel(&output->replacement);
	}
	return err;
}
