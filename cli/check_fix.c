// SPDX-License-Identifier: GPL-2.0-or-later
#include "check_fix.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "output.h"

/* More steps than any system needs: fix-its that undo each other must end. */
#define MAX_STEPS 1000

struct fixer {
	struct check_input *input;
	const struct jhcfg_check_options *options;
	const char *rules;
	/* that were tried in vain: "H02 system/hypervisor-memory" */
	char **refused;
	size_t num_refused;
};

/* --- the list of rules ---------------------------------------------------- */

/* The next name of a list; NULL at its end. */
static const char *next_name(const char **position, size_t *length)
{
	const char *name = *position + strspn(*position, ", ");

	*length = strcspn(name, ", ");
	*position = name + *length;
	return *length ? name : NULL;
}

static bool is_listed(const struct fixer *fixer, const char *rule)
{
	const char *position = fixer->rules, *name;
	size_t length;

	while ((name = next_name(&position, &length)))
		if ((length == 3 && !strncasecmp(name, "all", 3)) ||
		    (length == strlen(rule) &&
		     !strncasecmp(name, rule, length)))
			return true;
	return false;
}

static bool list_is_good(const char *rules)
{
	const char *position = rules, *name;
	size_t length, count = 0;

	while ((name = next_name(&position, &length))) {
		char id[8] = "";

		count++;
		if (length < sizeof(id))
			memcpy(id, name, length);
		if (strcasecmp(id, "all") != 0 && !jhcfg_rule_find(id)) {
			output_error("--fix: there is no rule \"%.*s\"",
				     (int)length, name);
			output_hint("\"jailhouse explain\" lists them");
			return false;
		}
	}
	if (!count)
		output_error("--fix: name rules, or all");
	return count;
}

/* --- trying --------------------------------------------------------------- */

static bool was_refused(const struct fixer *fixer,
			const struct jhcfg_finding *finding)
{
	for (size_t n = 0; n < fixer->num_refused; n++)
		if (!strncmp(fixer->refused[n], finding->rule->id, 3) &&
		    !strcmp(fixer->refused[n] + 4, finding->object))
			return true;
	return false;
}

static int refuse(struct fixer *fixer, const struct jhcfg_finding *finding)
{
	char **more = reallocarray(fixer->refused, fixer->num_refused + 1,
				   sizeof(*more));

	if (!more)
		return -ENOMEM;
	fixer->refused = more;
	if (asprintf(&more[fixer->num_refused], "%s %s", finding->rule->id,
		     finding->object) < 0)
		return -ENOMEM;
	fixer->num_refused++;
	return 0;
}

/* What the user accepts, he does not want repaired. */
static const struct jhcfg_finding *next_fixable(
	const struct fixer *fixer, const struct jhcfg_findings *findings)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0; (finding = jhcfg_findings_at(findings, n)); n++)
		if (finding->fixable && !finding->waived &&
		    is_listed(fixer, finding->rule->id) &&
		    !was_refused(fixer, finding))
			return finding;
	return NULL;
}

static int apply(struct fixer *fixer, const struct jhcfg_findings *findings,
		 const struct jhcfg_finding *finding)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_check_fix(fixer->input->workspace, fixer->options,
				  findings, finding, diags);

	if (!err)
		fprintf(stderr, "fixed: %s %s: %s\n", finding->rule->id,
			finding->object, finding->message);
	else if (err != -ENOMEM)
		fprintf(stderr, "not fixed: %s %s: %s\n", finding->rule->id,
			finding->object, finding->message);
	output_diags(fixer->input->path, diags);
	jhcfg_diags_free(diags);
	if (err && err != -ENOMEM)
		err = refuse(fixer, finding);
	return err;
}

/* One step; *done if there is nothing more to do. */
static int step(struct fixer *fixer, bool *done)
{
	struct jhcfg_findings *findings;
	const struct jhcfg_finding *finding;
	int err =
		jhcfg_check(fixer->input->workspace, fixer->options, &findings);

	if (err)
		return err;
	finding = next_fixable(fixer, findings);
	*done = !finding;
	if (finding)
		err = apply(fixer, findings, finding);
	jhcfg_findings_free(findings);
	return err;
}

int check_fix(struct check_input *input,
	      const struct jhcfg_check_options *options, const char *rules)
{
	struct fixer fixer = {
		.input = input,
		.options = options,
		.rules = rules,
	};
	bool done = false;
	int err = 0;

	if (!list_is_good(rules))
		return -EINVAL;
	for (size_t n = 0; !err && !done && n < MAX_STEPS; n++)
		err = step(&fixer, &done);
	for (size_t n = 0; n < fixer.num_refused; n++)
		free(fixer.refused[n]);
	free(fixer.refused);
	return err;
}
