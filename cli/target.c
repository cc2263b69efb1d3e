// SPDX-License-Identifier: GPL-2.0-or-later
#include "target.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask.h"
#include "output.h"

/* Set by main() before a command runs, then only read. */
static const char *chosen;
/* The open target and its name; by target_get() and target_release() only. */
static struct jhcfg_target *current;
static char *current_name;

void target_choose(const char *name)
{
	chosen = name;
}

bool target_is_chosen(void)
{
	return chosen && strcmp(chosen, "local");
}

static char *wanted_name(void)
{
	const char *root = getenv("JAILHOUSE_ROOT");
	char *name;

	if (chosen)
		return strdup(chosen);
	if (!root || !*root)
		return strdup("local");
	return asprintf(&name, "recorded:%s", root) < 0 ? NULL : name;
}

static void on_ask(struct jhcfg_target *target, void *user,
		   enum jhcfg_question question, const char *prompt)
{
	char answer[512];

	(void)user;
	jhcfg_target_answer(
		target, ask_terminal(question, prompt, answer, sizeof(answer))
				? answer
				: NULL);
	explicit_bzero(answer, sizeof(answer));
}

static struct jhcfg_target *open_target(const char *name)
{
	const struct jhcfg_target_options options = {
		.handler.ask = on_ask,
		.ssh_config = getenv("JAILHOUSE_SSH_CONFIG"),
	};
	struct jhcfg_diags *diags = jhcfg_diags_new();
	struct jhcfg_target *target = NULL;

	if (jhcfg_target_open(name, &options, diags, &target)) {
		output_diags(NULL, diags);
		target = NULL;
	} else if (jhcfg_target_wait(target)) {
		output_error("%s: %s", name, jhcfg_target_reason(target));
		jhcfg_target_close(target);
		target = NULL;
	}
	jhcfg_diags_free(diags);
	return target;
}

struct jhcfg_target *target_get(void)
{
	char *name = wanted_name();

	if (!name) {
		output_error("no memory");
		return NULL;
	}
	if (current && !strcmp(name, current_name)) {
		free(name);
		return current;
	}
	target_release();
	current = open_target(name);
	if (current)
		current_name = name;
	else
		free(name);
	return current;
}

void target_release(void)
{
	jhcfg_target_close(current);
	current = NULL;
	free(current_name);
	current_name = NULL;
}
