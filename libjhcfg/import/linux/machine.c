// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/linux/machine.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "import/linux/list.h"
#include "import/linux/text.h"

#define MAX_LINE 4096

static int complain(struct jhcfg_diags *diags, int err, const char *path,
		    const char *hint, const char *text)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "L01", "machine", path, hint, "%s",
			text);
	return err;
}

int machine_open(const char *path, struct jhcfg_diags *diags,
		 struct machine **machine)
{
	struct stat st;
	int err;

	if (stat(path, &st))
		return complain(diags, -errno, path, NULL, strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return machine_open_archive(path, diags, machine);
	err = machine_open_folder(path, machine);
	if (err)
		complain(diags, err, path, NULL, strerror(-err));
	return err;
}

void machine_close(struct machine *machine)
{
	if (machine)
		machine->ops->close(machine);
}

int machine_read(struct machine *machine, const char *path, char **data,
		 size_t *size)
{
	return machine->ops->read(machine, path, MACHINE_MAX_FILE, data, size);
}

bool machine_exists(struct machine *machine, const char *path)
{
	char *data;
	size_t size;

	if (machine_read(machine, path, &data, &size))
		return false;
	free(data);
	return true;
}

static bool make_path(char path[MACHINE_MAX_PATH], const char *format,
		      va_list args)
{
	int length = vsnprintf(path, MACHINE_MAX_PATH, format, args);

	return length > 0 && length < MACHINE_MAX_PATH;
}

static bool read_line(struct machine *machine, const char *path, char *text,
		      size_t size)
{
	char *data;
	size_t length;

	*text = '\0';
	if (machine->ops->read(machine, path, MAX_LINE, &data, &length))
		return false;
	data[strcspn(data, "\n")] = '\0';
	snprintf(text, size, "%s", data);
	free(data);
	return true;
}

bool machine_line(struct machine *machine, char *text, size_t size,
		  const char *format, ...)
{
	char path[MACHINE_MAX_PATH];
	va_list args;
	bool ok;

	va_start(args, format);
	ok = make_path(path, format, args);
	va_end(args);
	*text = '\0';
	return ok && read_line(machine, path, text, size);
}

bool machine_number(struct machine *machine, uint64_t *value,
		    const char *format, ...)
{
	char path[MACHINE_MAX_PATH], text[32];
	va_list args;
	bool ok;

	va_start(args, format);
	ok = make_path(path, format, args);
	va_end(args);
	return ok && read_line(machine, path, text, sizeof(text)) &&
	       text_number(text, value);
}

bool machine_link(struct machine *machine, char *name, size_t size,
		  const char *format, ...)
{
	char path[MACHINE_MAX_PATH], target[MACHINE_MAX_PATH];
	const char *slash;
	va_list args;
	bool ok;

	*name = '\0';
	va_start(args, format);
	ok = make_path(path, format, args);
	va_end(args);
	if (!ok || machine->ops->link(machine, path, target, sizeof(target)))
		return false;
	slash = strrchr(target, '/');
	snprintf(name, size, "%s", slash ? slash + 1 : target);
	return true;
}

/* --- names --------------------------------------------------------------- */

static int compare_names(const void *a, const void *b)
{
	return strverscmp(a, b);
}

static void sort_names(struct machine_names *names)
{
	size_t used = 0;

	qsort(names->items, names->count, sizeof(*names->items), compare_names);
	for (size_t n = 1; n < names->count; n++)
		if (strcmp(names->items[n], names->items[used]) != 0)
			memmove(names->items[++used], names->items[n],
				MACHINE_MAX_NAME);
	names->count = used + 1;
}

int machine_list(struct machine *machine, const char *path,
		 struct machine_names *names)
{
	int err;

	*names = (struct machine_names){ 0 };
	err = machine->ops->list(machine, path, names);
	if (err == -ENOMEM) {
		machine_names_clear(names);
		return err;
	}
	/* a folder that is not there is an empty one */
	if (names->count)
		sort_names(names);
	return 0;
}

bool machine_names_add(struct machine_names *names, const char *name,
		       size_t length)
{
	void *items;

	if (!length || length >= MACHINE_MAX_NAME)
		return true;
	if (names->count >= MACHINE_MAX_LIST)
		return false;
	items = list_room(names->items, names->count, sizeof(*names->items));
	if (!items)
		return false;
	names->items = items;
	memcpy(names->items[names->count], name, length);
	names->items[names->count][length] = '\0';
	names->count++;
	return true;
}

void machine_names_clear(struct machine_names *names)
{
	free(names->items);
	*names = (struct machine_names){ 0 };
}
