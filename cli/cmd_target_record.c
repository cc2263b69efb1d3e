// SPDX-License-Identifier: GPL-2.0-or-later
/* target record: a file from which what cells did can be seen again. */
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <jhcfg/recording.h>
#include <jhcfg/running.h>

#include "commands.h"
#include "output.h"
#include "sampling.h"

/* All text that tells of the hypervisor, its cells, and how busy the root is;
 * not core, which is the hypervisor's memory. */
static const struct jhcfg_tree_request request = {
	.paths =
		(const char *const[]){ "/sys/devices/jailhouse",
				       "/proc/interrupts", "/proc/loadavg",
				       "/proc/meminfo", "/proc/version",
				       "/proc/cmdline", "/proc/sys/kernel/arch",
				       "/proc/sys/kernel/osrelease", NULL },
	.skip = (const char *const[]){ "core", "config", NULL },
	.depth = 5,
	.max = 16 << 20,
};

#define SYSFS	  "/sys/devices/jailhouse"
#define MAX_CELLS 256

struct record {
	struct jhcfg_recorder *recorder;
	/* those of the last moment: configurations change with them only */
	unsigned int cells[MAX_CELLS];
	size_t count;
	bool enabled;
};

static bool is_enabled(const struct jhcfg_tree *tree)
{
	const struct jhcfg_tree_file *file =
		jhcfg_tree_find(tree, SYSFS "/enabled");

	return file && *file->text == '1';
}

/* The ids of cells beside the root, in the tree's order. */
static size_t find_cells(const struct jhcfg_tree *tree, unsigned int *cells)
{
	const struct jhcfg_tree_file *file;
	size_t count = 0;

	for (size_t n = 0; (file = jhcfg_tree_at(tree, n)); n++) {
		unsigned int id;
		int end = 0;

		if (sscanf(file->folder, SYSFS "/cells/%9u/%n", &id, &end) ==
			    1 &&
		    end && !file->folder[end] && !strcmp(file->name, "name") &&
		    id && count < MAX_CELLS)
			cells[count++] = id;
	}
	return count;
}

static int keep_config(struct record *record, struct jhcfg_target *target,
		       unsigned int id)
{
	char path[128];
	size_t size;
	void *data;
	int err = jhcfg_running_read_bytes(target, id, &data, &size);

	/* who is not root records without them */
	if (err == -ENOENT || err == -EACCES)
		return 0;
	if (err)
		return err;
	jhcfg_running_path(id, path, sizeof(path));
	err = jhcfg_recorder_keep(record->recorder, path, data, size);
	free(data);
	/* one that is too large for that is no configuration */
	return err == -EFBIG ? 0 : err;
}

static int drop_config(struct record *record, unsigned int id)
{
	char path[128];

	jhcfg_running_path(id, path, sizeof(path));
	return jhcfg_recorder_keep(record->recorder, path, NULL, 0);
}

/* Configurations are binary, which no tree holds. */
static int keep_configs(struct record *record, struct jhcfg_target *target,
			const struct jhcfg_tree *tree)
{
	bool enabled = is_enabled(tree);
	unsigned int cells[MAX_CELLS];
	size_t count = find_cells(tree, cells);
	int err = 0;

	if (enabled == record->enabled && count == record->count &&
	    !memcmp(cells, record->cells, count * sizeof(*cells)))
		return 0;
	for (size_t n = 0; n < record->count && !err; n++)
		err = drop_config(record, record->cells[n]);
	if (!err && (enabled || record->enabled))
		err = enabled ? keep_config(record, target, 0)
			      : drop_config(record, 0);
	for (size_t n = 0; n < count && !err; n++)
		err = keep_config(record, target, cells[n]);
	record->enabled = enabled;
	record->count = count;
	memcpy(record->cells, cells, count * sizeof(*cells));
	return err;
}

static int look(struct jhcfg_target *target, uint64_t ms, void *user)
{
	struct record *record = user;
	struct jhcfg_tree *tree;
	int err = jhcfg_target_read_tree(target, &request, &tree);

	if (err)
		return err;
	err = keep_configs(record, target, tree);
	if (!err)
		err = jhcfg_recorder_add(record->recorder, ms, tree);
	jhcfg_tree_free(tree);
	return err;
}

static int run(const struct cmd_line *line)
{
	const char *path = line->argv[0];
	struct record record = { .count = 0 };
	struct jhcfg_target *target;
	struct sampling sampling;
	int err, closed;

	if (!sampling_parse(line, &sampling))
		return CMD_USAGE;
	target = target_get();
	if (!target)
		return CMD_FAILED;
	err = jhcfg_recorder_open(path, jhcfg_target_name(target), time(NULL),
				  &record.recorder);
	if (err) {
		output_errno(path, err);
		return CMD_FAILED;
	}
	err = sampling_run(&sampling, target, look, &record);
	closed = jhcfg_recorder_close(record.recorder);
	if (!err)
		err = closed;
	if (err)
		output_error("%s: recording of %s ended: %s", path,
			     jhcfg_target_name(target), strerror(-err));
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	SAMPLING_OPTIONS,
	{ 0 },
};

const struct command cmd_target_record = {
	.words = { "target", "record" },
	.operands = "FILE",
	.summary = "record what hypervisor and cells do",
	.description =
		"Writes what the target says of the hypervisor, its cells and "
		"their configurations, interrupts and load into the new file "
		"FILE, moment by moment. "
		"It can be stopped at any time. \"jailhouse --target "
		"recorded:FILE\" shows its last moment.",
	.example =
		"jailhouse --target ssh://root@board target record bug.jhrec\n"
		"jailhouse --target recorded:bug.jhrec cell list",
	.options = options,
	.min_operands = 1,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.place = PLACE_READS,
	.run = run,
};
