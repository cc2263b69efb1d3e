// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/running.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>

#define SYSFS	  "/sys/devices/jailhouse"
#define MAX_CELLS 1024

struct list {
	struct jhcfg_running public;
	struct jhcfg_config **configs;
	size_t count;
};

/* The file is for root only. $1: its path */
static const char read_script[] =
	"[ -e \"$1\" ] || exit 40\n"
	"[ -r \"$1\" ] && exec cat \"$1\"\n"
	"sudo -n -- cat \"$1\" 2>/dev/null || doas -n cat \"$1\" 2>/dev/null ||"
	" exit 41\n";

static int read_file(struct jhcfg_target *target, const char *path, void **data,
		     size_t *size)
{
	const char *const argv[] = {
		"sh", "-c", read_script, "sh", path, NULL
	};
	struct jhcfg_result result;
	int err;

	if (jhcfg_target_kind(target) == JHCFG_TARGET_RECORDED)
		return jhcfg_target_read(target, path, JHCFG_CELL_FILE_MAX,
					 data, size);
	err = jhcfg_target_exec(target, argv, NULL, 0, JHCFG_CELL_FILE_MAX, 0,
				&result);
	if (err)
		return err;
	if (result.status) {
		err = result.status == 40 ? -ENOENT : -EACCES;
		jhcfg_result_clear(&result);
		return err;
	}
	*data = result.output;
	*size = result.output_size;
	free(result.errors);
	return 0;
}

void jhcfg_running_path(unsigned int id, char *path, size_t size)
{
	if (id)
		snprintf(path, size, SYSFS "/cells/%u/config", id);
	else
		snprintf(path, size, SYSFS "/config");
}

int jhcfg_running_read_bytes(struct jhcfg_target *target, unsigned int id,
			     void **data, size_t *size)
{
	char path[128];

	jhcfg_running_path(id, path, sizeof(path));
	return read_file(target, path, data, size);
}

static bool is_lost(int err)
{
	return err == -ENOMEM || err == -ENOTCONN || err == -ECONNRESET ||
	       err == -ETIMEDOUT;
}

/* Adds what the file holds; what cannot be is told. */
static int add(struct list *list, struct jhcfg_target *target, const char *path,
	       struct jhcfg_diags *diags)
{
	struct jhcfg_config *config = NULL;
	size_t size;
	void *data;
	int err = read_file(target, path, &data, &size);

	if (!err) {
		err = jhcfg_codec_decode(data, size, diags, &config);
		free(data);
	}
	if (err) {
		if (err != -ENOENT)
			jhcfg_diags_add(diags, JHCFG_WARNING, "",
					jhcfg_target_name(target), path,
					err == -EACCES ? "it is for root only"
						       : NULL,
					"the configuration cannot be read: %s",
					strerror(-err));
		return is_lost(err) ? err : 0;
	}
	list->configs[list->count++] = config;
	return 0;
}

static int by_number(const void *a, const void *b)
{
	long left = strtol(*(char *const *)a, NULL, 10);
	long right = strtol(*(char *const *)b, NULL, 10);

	return left < right ? -1 : left > right;
}

static int add_cells(struct list *list, struct jhcfg_target *target,
		     struct jhcfg_diags *diags)
{
	char path[128], **names;
	size_t count = 0;
	int err = jhcfg_target_list(target, SYSFS "/cells", &names);

	if (err)
		return is_lost(err) ? err : 0;
	while (names[count])
		count++;
	qsort(names, count, sizeof(*names), by_number);
	for (size_t n = 0; n < count && list->count < MAX_CELLS && !err; n++) {
		/* the root's is the system's; and it is a number, or nothing
		 * of the driver's */
		if (!strcmp(names[n], "0") ||
		    strspn(names[n], "0123456789") != strlen(names[n]) ||
		    strlen(names[n]) > 10)
			continue;
		snprintf(path, sizeof(path), SYSFS "/cells/%s/config",
			 names[n]);
		err = add(list, target, path, diags);
	}
	jhcfg_names_free(names);
	return err;
}

int jhcfg_running_read(struct jhcfg_target *target, struct jhcfg_diags *diags,
		       struct jhcfg_running **running)
{
	struct list *list = calloc(1, sizeof(*list));
	int err = -ENOMEM;

	if (list)
		list->configs = calloc(MAX_CELLS + 1, sizeof(*list->configs));
	if (list && list->configs)
		err = add(list, target, SYSFS "/config", diags);
	if (!err)
		err = add_cells(list, target, diags);
	if (err) {
		jhcfg_running_free(list ? &list->public : NULL);
		return err;
	}
	list->public.configs =
		(const struct jhcfg_config *const *)list->configs;
	list->public.count = list->count;
	*running = &list->public;
	return 0;
}

void jhcfg_running_free(struct jhcfg_running *running)
{
	/* the first member of a list */
	struct list *list = (struct list *)running;

	if (!list)
		return;
	for (size_t n = 0; n < list->count; n++)
		jhcfg_config_free(list->configs[n]);
	free(list->configs);
	free(list);
}
