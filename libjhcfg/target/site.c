// SPDX-License-Identifier: LGPL-2.1-or-later
#include "target/site.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Prints how to become root ("-": no way), the folder, the tool and the user,
 * a line each. The folder must be ours: others could put files there that we
 * would take for our own. Two that look at the same time may both make it.
 */
static const char look[] =
	"PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin\n"
	"u=$(id -u) b=-\n"
	"if [ \"$u\" = 0 ]; then b=root d=/run/jailhouse-workbench\n"
	"else d=/tmp/jailhouse-workbench-$u\n"
	"if sudo -n true; then b=sudo\n"
	"elif doas -n true; then b=doas; fi; fi 2>/dev/null\n"
	"[ -d \"$d\" ] || mkdir -m 700 \"$d\" || [ -d \"$d\" ] || exit 46\n"
	"[ -O \"$d\" ] && [ ! -L \"$d\" ] || exit 46\n"
	"printf '%s\\n%s\\n%s\\n%s\\n' \"$b\" \"$d\" "
	"\"$(command -v jailhouse)\" \"$(id -un)\"\n";

static const struct way {
	const char *name;
	int count;
	const char *words[3];
} ways[] = {
	{ "root", 0, { NULL } },
	{ "sudo", 3, { "sudo", "-n", "--" } },
	{ "doas", 2, { "doas", "-n" } },
};

static void set_way(struct jhcfg_site *site, const char *name)
{
	site->num_become = -1;
	for (size_t n = 0; n < sizeof(ways) / sizeof(*ways); n++) {
		if (strcmp(ways[n].name, name))
			continue;
		site->num_become = ways[n].count;
		memcpy(site->become, ways[n].words, sizeof(site->become));
	}
}

/* Cuts the next line off. */
static char *take_line(char **text)
{
	char *line = *text, *end = strchr(line, '\n');

	if (end)
		*end++ = 0;
	*text = end ? end : line + strlen(line);
	return line;
}

static int parse(char *text, struct jhcfg_site *site)
{
	const char *tool;

	*site = (struct jhcfg_site){ 0 };
	set_way(site, take_line(&text));
	site->folder = strdup(take_line(&text));
	tool = take_line(&text);
	if (*tool)
		site->tool = strdup(tool);
	site->user = strdup(take_line(&text));
	if (site->folder && site->user && (!*tool || site->tool))
		return *site->folder == '/' ? 0 : -EIO;
	return -ENOMEM;
}

const char *const *jhcfg_site_command(void)
{
	static const char *const command[] = { "sh", "-c", look, NULL };

	return command;
}

int jhcfg_site_parse(const char *name, struct jhcfg_result *result,
		     struct jhcfg_diags *diags, struct jhcfg_site *site)
{
	int err;

	if (result->status == 46) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "",
				"remove what is in the way, or make room",
				"no folder for our files can be made: %s",
				result->errors);
		return -EPERM;
	}
	err = result->status ? -EIO : parse(result->output, site);
	if (err) {
		jhcfg_site_clear(site);
		jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "",
				"it needs a POSIX shell",
				"its shell gave no answer that makes sense: %s",
				result->errors);
	}
	return err;
}

int jhcfg_site_find(struct jhcfg_target *target, struct jhcfg_diags *diags,
		    struct jhcfg_site *site)
{
	const char *name = jhcfg_target_name(target);
	struct jhcfg_result result;
	int err = jhcfg_target_exec(target, jhcfg_site_command(), NULL, 0,
				    65536, 0, &result);

	if (err) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "", NULL,
				"commands cannot be run there: %s",
				strerror(-err));
		return err;
	}
	err = jhcfg_site_parse(name, &result, diags, site);
	jhcfg_result_clear(&result);
	return err;
}

void jhcfg_site_clear(struct jhcfg_site *site)
{
	free(site->tool);
	free(site->folder);
	free(site->user);
	*site = (struct jhcfg_site){ 0 };
}

const char *target_word_or(const char *text, const char *other)
{
	for (const char *at = text; *at; at++) {
		if (!isalnum((unsigned char)*at) && !strchr("/._-", *at))
			return other;
	}
	return text;
}

int jhcfg_site_check(const struct jhcfg_target *target,
		     const struct jhcfg_site *site, struct jhcfg_diags *diags)
{
	const char *name = jhcfg_target_name(target);
	char hint[256];

	if (site->num_become < 0) {
		snprintf(
			hint, sizeof(hint),
			"log in as root, or allow it there: echo '%s ALL=(root)"
			" NOPASSWD: %s' | tee /etc/sudoers.d/jailhouse",
			target_word_or(site->user, "USER"),
			site->tool ? target_word_or(site->tool, TARGET_TOOL)
				   : "ALL");
		jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "", hint,
				"user %s may not run things as root",
				site->user);
		return -EPERM;
	}
	if (!site->tool) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "", name, "",
				"install the program jailhouse there",
				"there is no jailhouse in its PATH");
		return -ENOENT;
	}
	return 0;
}

void target_plain_name(const char *name, char *plain, size_t size)
{
	const char *slash = strrchr(name, '/');
	size_t length = 0;

	name = slash ? slash + 1 : name;
	for (; *name && length < size - 1; name++)
		plain[length++] =
			isalnum((unsigned char)*name) || strchr("._-", *name)
				? *name
				: '_';
	plain[length] = 0;
}
