// SPDX-License-Identifier: GPL-2.0-or-later
#include "globals.h"

#include <string.h>

const struct cmd_option global_options[] = {
	[GLOBAL_TARGET] = { 0, "target", "TARGET",
			    "work there: ssh://[USER@]HOST[:PORT], emu://BOARD "
			    "(an emulated board), recorded:FILE for what only "
			    "reads, or local",
			    COMPLETE_NOTHING },
	[GLOBAL_TARGETS] = { 0, "targets", "FILE|GLOB",
			     "work on all targets that FILE names, one a line, "
			     "or on all recordings that the pattern GLOB "
			     "finds; "
			     "prints a line for each, the exit code is that of "
			     "the worst",
			     COMPLETE_FILE },
	[GLOBAL_JOBS] = { 0, "jobs", "N",
			  "with --targets: on so many at a time (default: 8)",
			  COMPLETE_NOTHING },
	[GLOBAL_LOGS] = { 0, "logs", "FOLDER",
			  "with --targets: where the output of each is kept "
			  "(default: targets.logs)",
			  COMPLETE_FILE },
	[NUM_GLOBALS] = { 0 },
};

/* The option that the word is, with "=VALUE" or without; -1: none. */
static int find(const char *word, const char **value)
{
	*value = NULL;
	if (strncmp(word, "--", 2))
		return -1;
	word += 2;
	for (int n = 0; n < NUM_GLOBALS; n++) {
		size_t length = strlen(global_options[n].name);

		if (strncmp(word, global_options[n].name, length))
			continue;
		if (word[length] == '=')
			*value = word + length + 1;
		if (*value || !word[length])
			return n;
	}
	return -1;
}

const char *globals_take(int *argc, char ***argv, struct globals *globals)
{
	const char *value;
	int n;

	*globals = (struct globals){ 0 };
	while (*argc && (n = find(**argv, &value)) >= 0) {
		int words = value ? 1 : 2;

		if (*argc < words)
			return global_options[n].name;
		globals->values[n] = value ? value : (*argv)[1];
		*argc -= words;
		*argv += words;
	}
	return NULL;
}
