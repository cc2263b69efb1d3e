// SPDX-License-Identifier: GPL-2.0-or-later
#include "deploy_print.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "json_out.h"
#include "output.h"

static void print_safe(FILE *out, const char *text)
{
	output_clean(out, text, strlen(text), "");
}

/* The same for what may have several lines, each behind @indent. */
static void print_lines(FILE *out, const char *indent, const char *text)
{
	fputs(indent, out);
	while (*text) {
		size_t length = strcspn(text, "\n\t");

		output_clean(out, text, length, "");
		text += length;
		if (!*text)
			break;
		if (*text++ == '\n')
			fprintf(out, "\n%s", indent);
		else
			fputc(' ', out);
	}
	fputc('\n', out);
}

static void print_finding(const struct jhcfg_finding *finding)
{
	fprintf(stderr, "%s: %s ", jhcfg_severity_name(finding->severity),
		finding->rule->id);
	print_safe(stderr, finding->object);
	fputs(": ", stderr);
	print_safe(stderr, finding->message);
	fputc('\n', stderr);
	fprintf(stderr, "hint: ");
	print_safe(stderr, finding->advice);
	fputc('\n', stderr);
}

/* Notes are for those who ask rules, not for those who deploy. */
static void print_findings(const struct jhcfg_findings *findings)
{
	const struct jhcfg_finding *finding;

	for (size_t n = 0;
	     findings && (finding = jhcfg_findings_at(findings, n)); n++)
		if (!finding->waived && finding->severity != JHCFG_INFO)
			print_finding(finding);
}

static void print_reason(const struct jhcfg_deploy_step *step)
{
	if (!*step->reason)
		return;
	fputs("  (", stdout);
	print_safe(stdout, step->reason);
	if (step->kind == JHCFG_DEPLOY_UPLOAD)
		printf(", %zu bytes", step->size);
	fputs(")", stdout);
}

void deploy_print_plan(const struct jhcfg_deploy *deploy)
{
	const struct jhcfg_deploy_step *step;

	print_findings(jhcfg_deploy_findings(deploy));
	for (size_t n = 0; (step = jhcfg_deploy_step(deploy, n)); n++) {
		printf("%3zu  ", n + 1);
		print_safe(stdout, step->command);
		print_reason(step);
		fputc('\n', stdout);
	}
	if (!jhcfg_deploy_num_steps(deploy) &&
	    jhcfg_deploy_phase(deploy) == JHCFG_DEPLOY_PLANNED)
		printf("nothing to do: the target runs the project\n");
	fflush(stdout);
}

void deploy_print_step(const struct jhcfg_deploy *deploy, size_t index)
{
	const struct jhcfg_deploy_step *step = jhcfg_deploy_step(deploy, index);

	if (step->state == JHCFG_DEPLOY_WAITING ||
	    step->state == JHCFG_DEPLOY_WORKING ||
	    step->state == JHCFG_DEPLOY_LEFT_OUT)
		return;
	printf("%s%3zu %s: ", step->back ? "back " : "", index + 1,
	       jhcfg_deploy_state_name(step->state));
	if (step->back) {
		print_safe(stdout, step->command);
	} else {
		fputs(jhcfg_deploy_kind_name(step->kind), stdout);
		fputs(*step->object ? " " : "", stdout);
		print_safe(stdout, step->object);
	}
	fputc('\n', stdout);
	fflush(stdout);
	if (*step->message)
		print_lines(stderr, "    ", step->message);
}

/* --- JSON ----------------------------------------------------------------- */

static void add_text(struct json_object *object, const char *key,
		     const char *text)
{
	json_object_object_add(object, key, json_object_new_string(text));
}

static struct json_object *json_step(const struct jhcfg_deploy_step *step)
{
	struct json_object *object = json_object_new_object();

	add_text(object, "step", jhcfg_deploy_kind_name(step->kind));
	add_text(object, "object", step->object);
	add_text(object, "command", step->command);
	add_text(object, "reason", step->reason);
	add_text(object, "state", jhcfg_deploy_state_name(step->state));
	json_object_object_add(object, "back",
			       json_object_new_boolean(step->back));
	if (step->kind == JHCFG_DEPLOY_UPLOAD)
		json_object_object_add(object, "size",
				       json_object_new_uint64(step->size));
	if (*step->message)
		add_text(object, "message", step->message);
	return object;
}

static struct json_object *json_finding(const struct jhcfg_finding *finding)
{
	struct json_object *object = json_object_new_object();

	add_text(object, "rule", finding->rule->id);
	add_text(object, "severity", jhcfg_severity_name(finding->severity));
	add_text(object, "object", finding->object);
	add_text(object, "message", finding->message);
	add_text(object, "advice", finding->advice);
	json_object_object_add(object, "waived",
			       json_object_new_boolean(finding->waived));
	return object;
}

static const char *outcome(const struct jhcfg_deploy *deploy)
{
	switch (jhcfg_deploy_phase(deploy)) {
	case JHCFG_DEPLOY_PLANNED:
		return jhcfg_deploy_may_run(deploy) ? "planned" : "refused";
	case JHCFG_DEPLOY_DONE:
		return "done";
	default:
		return "failed";
	}
}

int deploy_print_json(const struct jhcfg_deploy *deploy)
{
	const struct jhcfg_findings *found = jhcfg_deploy_findings(deploy);
	struct json_object *object = json_object_new_object();
	struct json_object *steps = json_object_new_array();
	struct json_object *findings = json_object_new_array();
	const struct jhcfg_deploy_step *step;
	const struct jhcfg_finding *finding;

	if (!object || !steps || !findings)
		return -ENOMEM;
	add_text(object, "outcome", outcome(deploy));
	for (size_t n = 0; found && (finding = jhcfg_findings_at(found, n));
	     n++)
		json_object_array_add(findings, json_finding(finding));
	for (size_t n = 0; (step = jhcfg_deploy_step(deploy, n)); n++)
		json_object_array_add(steps, json_step(step));
	json_object_object_add(object, "findings", findings);
	json_object_object_add(object, "messages",
			       json_out_diags(jhcfg_deploy_diags(deploy)));
	json_object_object_add(object, "steps", steps);
	return json_out_print(stdout, object);
}
