// SPDX-License-Identifier: GPL-2.0-or-later
/* explain: what a rule, the errno of a request, or a field means. */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <jhcfg/check.h>
#include <jhcfg/schema.h>

#include "commands.h"
#include "explain.h"
#include "json_out.h"
#include "output.h"

#define MAX_ERRNO 4095

static const char *needs(const struct jhcfg_rule *rule)
{
	static const char *const words[] = {
		[JHCFG_RULE_STATIC] = "the configurations alone",
		[JHCFG_RULE_BOARD] = "the board",
		[JHCFG_RULE_LIVE] = "a target",
		[JHCFG_RULE_BOARD | JHCFG_RULE_LIVE] = "the board or a target",
	};

	return words[rule->modes];
}

static void print_wrapped(const char *text)
{
	int column = 0;

	while (*text) {
		int length = (int)strcspn(text, " ");

		if (column && column + 1 + length > 78) {
			putchar('\n');
			column = 0;
		}
		column += printf("%s%.*s", column ? " " : "  ", length, text);
		text += length;
		text += *text == ' ';
	}
	putchar('\n');
}

static void print_rule(const struct jhcfg_rule *rule)
{
	printf("%s (%s): %s\n\n", rule->id, jhcfg_severity_name(rule->severity),
	       rule->title);
	print_wrapped(rule->doc);
	printf("\nWhat to do:\n");
	print_wrapped(rule->advice);
	if (rule->fix) {
		printf("\nThe fix-it (jailhouse config check --fix %s):\n",
		       rule->id);
		print_wrapped(rule->fix);
	}
	printf("\nJudged by %s.\n", needs(rule));
}

static struct json_object *json_rule(const struct jhcfg_rule *rule)
{
	struct json_object *object = json_object_new_object();
	const struct {
		const char *key, *text;
	} rows[] = {
		{ "id", rule->id },
		{ "severity", jhcfg_severity_name(rule->severity) },
		{ "title", rule->title },
		{ "doc", rule->doc },
		{ "advice", rule->advice },
		{ "fix", rule->fix },
		{ "needs", needs(rule) },
	};

	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++)
		json_object_object_add(
			object, rows[n].key,
			rows[n].text ? json_object_new_string(rows[n].text)
				     : NULL);
	return object;
}

/* --- all rules ------------------------------------------------------------ */

static int list_rules(bool as_json)
{
	struct json_object *list = as_json ? json_object_new_array() : NULL;
	const struct jhcfg_rule *rule;

	for (size_t n = 0; (rule = jhcfg_rule_at(n)); n++)
		if (as_json)
			json_object_array_add(list, json_rule(rule));
		else
			printf("%s  %-7s  %s\n", rule->id,
			       jhcfg_severity_name(rule->severity),
			       rule->title);
	return as_json && json_out_print(stdout, list) ? CMD_FAILED : CMD_OK;
}

/* --- errno ---------------------------------------------------------------- */

/* "EINVAL", "22" or "-22"; 0: none of these. */
static int parse_errno(const char *text)
{
	char *end;
	long number = strtol(text, &end, 10);

	if (end != text && !*end && labs(number) <= MAX_ERRNO)
		return (int)labs(number);
	for (int n = 1; n <= MAX_ERRNO; n++) {
		const char *name = strerrorname_np(n);

		if (name && !strcasecmp(name, text))
			return n;
	}
	return 0;
}

/* --- messages --------------------------------------------------------------
 */

/* What a message is about that has an id in brackets, but is no rule: by the
 * letter of the id; NULL: @text is no such id. */
static const char *find_message(const char *text)
{
	static const struct {
		char letter;
		const char *about;
	} rows[] = {
		{ 'D', "reading sources, device trees above all" },
		{ 'E', "what is written for Linux and boot loaders" },
		{ 'F', "binary configurations" },
		{ 'G', "making a root cell from hardware" },
		{ 'J', "reading and writing the project form" },
		{ 'K', "configurations in C" },
		{ 'L', "what Linux says about a machine" },
	};

	if (!strcasecmp(text, "PLAN"))
		return "planning";
	if (strlen(text) != 3 || !isdigit((unsigned char)text[1]) ||
	    !isdigit((unsigned char)text[2]))
		return NULL;
	for (size_t n = 0; n < sizeof(rows) / sizeof(rows[0]); n++)
		if (rows[n].letter == toupper((unsigned char)text[0]))
			return rows[n].about;
	return NULL;
}

static int run(const struct cmd_line *line)
{
	bool as_json = cmd_option(line, "json");
	const struct jhcfg_rule *rule;
	const char *text;
	int number;

	if (!line->argc)
		return list_rules(as_json);
	rule = jhcfg_rule_find(line->argv[0]);
	if (rule && as_json)
		return json_out_print(stdout, json_rule(rule)) ? CMD_FAILED
							       : CMD_OK;
	if (rule) {
		print_rule(rule);
		return CMD_OK;
	}
	text = jhcfg_schema_text(line->argv[0]);
	if (text) {
		printf("%s: %s\n", line->argv[0], text);
		return CMD_OK;
	}
	text = find_message(line->argv[0]);
	if (text) {
		printf("%s: a message about %s, no rule: it says all there is, "
		       "and cannot be waived.\n",
		       line->argv[0], text);
		return CMD_OK;
	}
	number = parse_errno(line->argv[0]);
	if (!number) {
		output_error("\"%s\" is neither a rule nor an error nor a "
			     "field; rules are listed by: jailhouse explain; "
			     "fields by: jailhouse config schema system",
			     line->argv[0]);
		return CMD_FAILED;
	}
	printf("%s: %s\n\n",
	       strerrorname_np(number) ? strerrorname_np(number) : "errno",
	       strerror(number));
	explain_errno(stdout, number);
	return CMD_OK;
}

static const struct cmd_option options[] = {
	{ 0, "json", NULL, "print rules as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_explain = {
	.words = { "explain", NULL },
	.operands = "[RULE|ERRNO|FIELD]",
	.summary = "say what a rule, an error or a field means",
	.description =
		"RULE is the id of a rule of \"jailhouse config check\": what "
		"goes wrong, why, what to do about it and what its fix-it "
		"does. ERRNO is an error of the driver or the hypervisor, by "
		"name or number: which requests fail like that, why, and which "
		"rules find it beforehand. FIELD is a field of a document: "
		"system, cell or board, and the keys that lead there, with a "
		"dot between. Without an operand all rules are listed.",
	.example = "jailhouse explain H02\n"
		   "jailhouse explain EBUSY\n"
		   "jailhouse explain cell.memory.flags.ROOTSHARED",
	.options = options,
	.min_operands = 0,
	.max_operands = 1,
	.usage_exit = CMD_USAGE,
	.run = run,
};
