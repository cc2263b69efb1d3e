// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>

#include "commands.h"
#include "hardware.h"
#include "json_out.h"
#include "output.h"
#include "paths.h"

/* The established exit codes of this command */
#define CHECK_PASSED  0
#define CHECK_SKIPPED 1 /* or not supported */
#define CHECK_FAILED  2

static const struct {
	const char *machine; /* as uname says */
	const struct hardware_check *checks;
} tables[] = {
	{ "aarch64", hardware_arm64_checks },
};

static const char *const status_names[] = {
	[HARDWARE_OK] = "ok",
	[HARDWARE_MISSING] = "missing",
	[HARDWARE_UNKNOWN] = "unknown",
};

/* /proc/sys/kernel/arch is there since Linux 6.1, and in recorded trees. */
static char *machine_name(void)
{
	struct utsname name;
	char *text;

	if (!paths_read_line(&text, "/proc/sys/kernel/arch"))
		return text;
	return uname(&name) ? NULL : strdup(name.machine);
}

static const struct hardware_check *find_checks(const char *machine)
{
	for (size_t n = 0; n < sizeof(tables) / sizeof(tables[0]); n++) {
		if (!strcmp(tables[n].machine, machine))
			return tables[n].checks;
	}
	return NULL;
}

static const char *verdict(const struct hardware_check *check,
			   const struct hardware_result *result)
{
	switch (result->status) {
	case HARDWARE_OK:
		return "ok";
	case HARDWARE_MISSING:
		return check->optional ? "missing (optional)" : "MISSING";
	default:
		return "unknown";
	}
}

static void print_result(const struct hardware_check *check,
			 const struct hardware_result *result)
{
	printf("%-32s%s", check->name, verdict(check, result));
	if (*result->found)
		printf(" (%s)", result->found);
	putchar('\n');
	if (*result->advice)
		printf("    %s\n", result->advice);
}

static void add_result(struct json_object *array,
		       const struct hardware_check *check,
		       const struct hardware_result *result)
{
	struct json_object *object = json_object_new_object();

	json_object_object_add(object, "check",
			       json_object_new_string(check->name));
	json_object_object_add(object, "optional",
			       json_object_new_boolean(check->optional));
	json_object_object_add(
		object, "status",
		json_object_new_string(status_names[result->status]));
	json_object_object_add(object, "found",
			       json_object_new_string(result->found));
	json_object_object_add(object, "advice",
			       json_object_new_string(result->advice));
	json_object_array_add(array, object);
}

/* The exit code of all checks up to one and that one. */
static int combine(int code, const struct hardware_check *check,
		   const struct hardware_result *result)
{
	if (check->optional || code == CHECK_FAILED)
		return code;
	switch (result->status) {
	case HARDWARE_MISSING:
		return CHECK_FAILED;
	case HARDWARE_UNKNOWN:
		return CHECK_SKIPPED;
	default:
		return code;
	}
}

static int run_checks(const struct hardware_check *checks,
		      const struct hardware_machine *machine,
		      struct json_object *array)
{
	int code = CHECK_PASSED;

	for (; checks->name; checks++) {
		struct hardware_result result = { 0 };

		checks->run(machine, &result);
		if (array)
			add_result(array, checks, &result);
		else
			print_result(checks, &result);
		code = combine(code, checks, &result);
	}
	return code;
}

static void print_summary(int code)
{
	switch (code) {
	case CHECK_PASSED:
		printf("\nCheck passed!\n");
		break;
	case CHECK_FAILED:
		printf("\nCheck FAILED!\n");
		break;
	default:
		printf("\nNot everything could be checked.\n");
	}
}

static int check(const struct hardware_check *checks, bool as_json)
{
	struct json_object *document = NULL, *array = NULL;
	struct hardware_machine machine;
	int code;

	if (hardware_read_machine(&machine)) {
		output_errno("hardware check", ENOMEM);
		return CHECK_SKIPPED;
	}
	if (as_json)
		array = json_object_new_array();
	code = run_checks(checks, &machine, array);
	hardware_clear_machine(&machine);
	if (!as_json) {
		print_summary(code);
		return code;
	}
	document = json_object_new_object();
	json_object_object_add(document, "passed",
			       json_object_new_boolean(code == CHECK_PASSED));
	json_object_object_add(document, "checks", array);
	return json_out_print(stdout, document) ? CHECK_SKIPPED : code;
}

static int run(const struct cmd_line *line)
{
	const struct hardware_check *checks;
	char *machine = machine_name();

	checks = machine ? find_checks(machine) : NULL;
	if (!checks) {
		output_error("hardware check: %s is not supported",
			     machine ? machine : "this machine");
		free(machine);
		return CHECK_SKIPPED;
	}
	free(machine);
	return check(checks, cmd_option(line, "json") != NULL);
}

static const struct cmd_option options[] = {
	{ 0, "json", NULL, "print the results as JSON", COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_hardware_check = {
	.words = { "hardware", "check" },
	.operands = "",
	.summary = "tell whether the hypervisor can run on this machine",
	.description =
		"Looks at processors, interrupt controller, firmware, memory, "
		"kernel and what is installed, and says what to change. Exit "
		"code: 0 all is there, 2 something is missing, 1 the "
		"architecture is not supported or something essential could "
		"not be checked.",
	.options = options,
	.usage_exit = CMD_FAILED,
	.place = PLACE_RUNS,
	.run = run,
};
