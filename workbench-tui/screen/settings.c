// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/settings.h"

#include <errno.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jhcfg/file.h>

#include "model/model.h"

#define LARGEST_FILE (64 * 1024)

static const char *const color_names[] = {
	[TUI_SCREEN_AUTO] = "auto", [TUI_SCREEN_MONO] = "mono",
	[TUI_SCREEN_16] = "16",	    [TUI_SCREEN_256] = "256",
	[TUI_SCREEN_TRUE] = "true",
};

#define NUM_COLORS (sizeof(color_names) / sizeof(color_names[0]))

/* A key: where its value is, and how it is read and written. */
struct setting_row {
	const char *key;
	size_t offset, size;
	void (*read)(void *field, size_t size, const char *value);
	void (*write)(const void *field, FILE *out, const char *key);
};

static void read_text(void *field, size_t size, const char *value)
{
	if (strlen(value) < size)
		strcpy(field, value);
}

static void write_text(const void *field, FILE *out, const char *key)
{
	fprintf(out, "%s = %s\n", key, (const char *)field);
}

static void read_number(void *field, size_t size, const char *value)
{
	char *end;
	unsigned long number = strtoul(value, &end, 10);

	(void)size;
	if (*value >= '0' && *value <= '9' && !*end && number <= 3600 * 1000)
		*(unsigned int *)field = (unsigned int)number;
}

static void write_number(const void *field, FILE *out, const char *key)
{
	fprintf(out, "%s = %u\n", key, *(const unsigned int *)field);
}

static void read_flag(void *field, size_t size, const char *value)
{
	(void)size;
	if (!strcmp(value, "yes") || !strcmp(value, "no"))
		*(bool *)field = value[0] == 'y';
}

static void write_flag(const void *field, FILE *out, const char *key)
{
	fprintf(out, "%s = %s\n", key, *(const bool *)field ? "yes" : "no");
}

static void read_colors(void *field, size_t size, const char *value)
{
	(void)size;
	for (size_t n = 0; n < NUM_COLORS; n++) {
		if (!strcmp(value, color_names[n]))
			*(enum tui_screen_colors *)field =
				(enum tui_screen_colors)n;
	}
}

static void write_colors(const void *field, FILE *out, const char *key)
{
	fprintf(out, "%s = %s\n", key,
		color_names[*(const enum tui_screen_colors *)field]);
}

static void read_budget(void *field, size_t size, const char *value)
{
	(void)size;
	tui_budgets_add(field, value);
}

static void write_budgets(const void *field, FILE *out, const char *key)
{
	const struct tui_budgets *budgets = field;

	for (size_t n = 0; n < budgets->count; n++) {
		char text[TUI_BUDGET_TEXT];

		tui_budget_format(&budgets->all[n], text);
		fprintf(out, "%s = %s\n", key, text);
	}
}

#define FIELD(member)                                                          \
	offsetof(struct tui_settings, member),                                 \
		sizeof(((struct tui_settings *)0)->member)

// clang-format off
static const struct setting_row rows[] = {
	{ "columns", FIELD(columns), read_text, write_text },
	{ "sort", FIELD(sort), read_text, write_text },
	{ "panes", FIELD(panes), read_text, write_text },
	{ "delay_ms", FIELD(delay_ms), read_number, write_number },
	{ "colors", FIELD(colors), read_colors, write_colors },
	{ "ascii", FIELD(ascii), read_flag, write_flag },
	{ "no_mouse", FIELD(no_mouse), read_flag, write_flag },
	{ "budget", FIELD(budgets), read_budget, write_budgets },
};
// clang-format on

#define NUM_ROWS (sizeof(rows) / sizeof(rows[0]))

void tui_settings_init(struct tui_settings *settings)
{
	/* all but the budgets, which are most of it and of which there are
	 * none: pages that are not written to are none */
	memset(settings, 0, offsetof(struct tui_settings, budgets));
	settings->budgets.count = 0;
	settings->unknown = NULL;
	settings->version = 0;
	strcpy(settings->panes, "links,events");
}

void tui_settings_clear(struct tui_settings *settings)
{
	free(settings->unknown);
	settings->unknown = NULL;
}

static int keep(struct tui_settings *settings, const char *line)
{
	size_t before = settings->unknown ? strlen(settings->unknown) : 0;
	char *more = realloc(settings->unknown, before + strlen(line) + 2);

	if (!more)
		return -ENOMEM;
	sprintf(more + before, "%s\n", line);
	settings->unknown = more;
	return 0;
}

/* "key = value" in place: *@value is behind the sign and its blanks. */
static bool split(char *line, char **value)
{
	char *equals = strchr(line, '='), *end;

	if (!equals || line[0] == '#')
		return false;
	for (end = equals; end > line && (end[-1] == ' ' || end[-1] == '\t');)
		end--;
	*value = equals + 1 + strspn(equals + 1, " \t");
	*end = '\0';
	return true;
}

static int read_line(struct tui_settings *settings, const char *line)
{
	char *copy = strdup(line), *value;
	int err = 0;

	if (!copy)
		return -ENOMEM;
	if (split(copy, &value)) {
		size_t n;

		for (n = 0; n < NUM_ROWS && strcmp(copy, rows[n].key);)
			n++;
		if (n < NUM_ROWS)
			rows[n].read((char *)settings + rows[n].offset,
				     rows[n].size, value);
		else if (!strcmp(copy, "version"))
			settings->version =
				(unsigned int)strtoul(value, NULL, 10);
		else
			err = keep(settings, line);
	} else if (*line && strncmp(line, "# jh-top", 8)) {
		err = keep(settings, line);
	}
	free(copy);
	return err;
}

int tui_settings_read(struct tui_settings *settings, const char *path)
{
	char *line, *next;
	void *data;
	size_t size;
	int err = jhcfg_file_read(path, LARGEST_FILE, &data, &size);

	if (err)
		return err == -ENOENT ? 0 : err;
	settings->version = TUI_SETTINGS_VERSION;
	for (line = data; line && !err; line = next) {
		next = strchr(line, '\n');
		if (next)
			*next++ = '\0';
		err = read_line(settings, line);
	}
	free(data);
	return err;
}

/* Makes the folders of a path, as far as they are missing. */
static void make_folders(const char *path)
{
	char *copy = strdup(path);

	for (char *slash = copy ? strchr(copy + 1, '/') : NULL; slash;
	     slash = strchr(slash + 1, '/')) {
		*slash = '\0';
		mkdir(copy, 0700);
		*slash = '/';
	}
	free(copy);
}

int tui_settings_write(const struct tui_settings *settings, const char *path)
{
	char *text = NULL;
	size_t size;
	FILE *out;
	int err;

	if (settings->version > TUI_SETTINGS_VERSION)
		return -EROFS;
	out = open_memstream(&text, &size);
	if (!out)
		return -ENOMEM;
	fprintf(out,
		"# jh-top writes this file; other keys are kept.\n"
		"version = %d\n",
		TUI_SETTINGS_VERSION);
	for (size_t n = 0; n < NUM_ROWS; n++)
		rows[n].write((const char *)settings + rows[n].offset, out,
			      rows[n].key);
	if (settings->unknown)
		fputs(settings->unknown, out);
	if (fclose(out)) {
		free(text);
		return -ENOMEM;
	}
	make_folders(path);
	err = jhcfg_file_write(path, text, size);
	free(text);
	return err;
}

char *tui_settings_path(void)
{
	const char *base = getenv("XDG_CONFIG_HOME");
	const char *below = "";
	char *path;

	if (!base || base[0] != '/') {
		base = getenv("HOME");
		below = "/.config";
	}
	if (!base || base[0] != '/' ||
	    asprintf(&path, "%s%s/jh-top/settings", base, below) < 0)
		return NULL;
	return path;
}
