// SPDX-License-Identifier: GPL-2.0-or-later
#include "completion.h"

#include <string.h>

#include <jhcfg/codec.h>

#include "command.h"
#include "edit_steps.h"
#include "globals.h"

/* What fills COMPREPLY for each kind; $cur is the word to complete. */
static const char *const actions[] = {
	[COMPLETE_NOTHING] = ":",
	[COMPLETE_FILE] = "_jailhouse_files ''",
	[COMPLETE_CONFIG] = "_jailhouse_files .cell",
	[COMPLETE_JSON] = "_jailhouse_files .json",
	[COMPLETE_DIALECT] = "_jailhouse_dialects",
	[COMPLETE_CELL] = "_jailhouse_cells",
	[COMPLETE_CHANGE] = "_jailhouse_files .json; _jailhouse_changes",
};

static const char head[] =
	"# SPDX-License-Identifier: GPL-2.0-or-later\n"
	"# bash completion for jailhouse; made from the command table of the\n"
	"# program\n"
	"\n"
	"_jailhouse_words()\n"
	"{\n"
	"\tmapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY \\\n"
	"\t\t< <(compgen -W \"$1\" -- \"$cur\")\n"
	"}\n"
	"\n"
	"# Directories, and files that end in $1.\n"
	"_jailhouse_files()\n"
	"{\n"
	"\tcompopt -o filenames 2>/dev/null\n"
	"\tmapfile -t -O \"${#COMPREPLY[@]}\" COMPREPLY < <(\n"
	"\t\tcompgen -d -- \"$cur\"\n"
	"\t\tcompgen -f -- \"$cur\" | while IFS= read -r file; do\n"
	"\t\t\t[[ -d $file || $file != *\"$1\" ]] ||\n"
	"\t\t\t\tprintf '%s\\n' \"$file\"\n"
	"\t\tdone)\n"
	"}\n"
	"\n"
	"# Ids and names of the cells that exist.\n"
	"_jailhouse_cells()\n"
	"{\n"
	"\tlocal dir name IFS=$'\\n'\n"
	"\tfor dir in "
	"\"${JAILHOUSE_ROOT-}\"/sys/devices/jailhouse/cells/*/; do\n"
	"\t\t[ -r \"${dir}name\" ] || continue\n"
	"\t\tname=$(<\"${dir}name\")\n"
	"\t\t_jailhouse_words \"$(basename \"$dir\")$IFS$name\"\n"
	"\tdone\n"
	"}\n"
	"\n";

/* The shell's words break at "=" and ":", so that "ssh://host" is three. */
static const char globals_begin[] = "_jailhouse()\n"
				    "{\n"
				    "\tlocal cur=${COMP_WORDS[COMP_CWORD]} "
				    "prev=${COMP_WORDS[COMP_CWORD-1]} n\n"
				    "\tCOMPREPLY=()\n"
				    "\twhile [ \"$COMP_CWORD\" -gt 1 ]; do\n"
				    "\t\tcase ${COMP_WORDS[1]} in\n";
static const char globals_end[] =
	"\t\t*) break ;;\n"
	"\t\tesac\n"
	"\t\tCOMP_WORDS=(jailhouse \"${COMP_WORDS[@]:n}\")\n"
	"\t\tCOMP_CWORD=$((COMP_CWORD - n + 1))\n"
	"\tdone\n";

static const char value_end[] =
	"\t\t\tn=3; [ \"${COMP_WORDS[2]-}\" != = ] || n=4\n"
	"\t\t\twhile [[ ${COMP_WORDS[n]-} == [:=] ]]; do\n"
	"\t\t\t\tn=$((n + 2))\n"
	"\t\t\tdone\n"
	"\t\t\t[ \"$COMP_CWORD\" -ge \"$n\" ] ||\n";

static const char body[] = "\tif [ \"$COMP_CWORD\" -eq 1 ]; then\n"
			   "\t\t_jailhouse_words '--help --version help";

static void put_dialects(FILE *out)
{
	const struct jhcfg_dialect *dialect;

	fputs("_jailhouse_dialects()\n{\n\t_jailhouse_words '", out);
	for (size_t n = 0; (dialect = jhcfg_dialect_get(n)); n++)
		fprintf(out, "%s%s", n ? " " : "", jhcfg_dialect_name(dialect));
	fputs(" target'\n}\n\n", out);
}

static void put_changes(FILE *out)
{
	const struct edit_step *step;

	fputs("_jailhouse_changes()\n{\n\t_jailhouse_words '", out);
	for (size_t n = 0; (step = edit_step_at(n)); n++)
		fprintf(out, "%s%s", n ? " " : "", step->name);
	fputs("'\n}\n\n", out);
}

static bool is_first_of_noun(int n)
{
	for (int before = 0; before < n; before++) {
		if (!strcmp(commands[before]->words[0], commands[n]->words[0]))
			return false;
	}
	return true;
}

static void put_verbs(FILE *out, const char *noun)
{
	fprintf(out, "\t\t%s) _jailhouse_words '", noun);
	for (int n = 0; commands[n]; n++) {
		if (!strcmp(commands[n]->words[0], noun))
			fprintf(out, "%s ", commands[n]->words[1]);
	}
	fprintf(out, "--help'; return ;;\n");
}

/* Values of options: by the word before. */
static void put_option_values(FILE *out, const struct command *command)
{
	const struct cmd_option *option = command->options;

	for (; option && option->name; option++) {
		if (!option->value)
			continue;
		fprintf(out, "\t\t\t");
		if (option->letter)
			fprintf(out, "-%c|", option->letter);
		fprintf(out, "--%s) %s; return ;;\n", option->name,
			actions[option->complete]);
	}
}

static void put_option_words(FILE *out, const struct command *command)
{
	const struct cmd_option *option = command->options;

	fprintf(out, "--help");
	for (; option && option->name; option++) {
		fprintf(out, " --%s", option->name);
		if (option->letter)
			fprintf(out, " -%c", option->letter);
	}
}

static void put_command(FILE *out, const struct command *command)
{
	fprintf(out, "\t'%s", command->words[0]);
	if (command->words[1])
		fprintf(out, " %s", command->words[1]);
	fprintf(out, "')\n\t\tcase $prev in\n");
	put_option_values(out, command);
	fprintf(out, "\t\tesac\n"
		     "\t\tcase $cur in\n"
		     "\t\t-*) _jailhouse_words '");
	put_option_words(out, command);
	fprintf(out, "' ;;\n\t\t*) %s%s ;;\n\t\tesac ;;\n",
		actions[command->complete],
		/* behind the cell, images */
		command->raw && command->options ? "; _jailhouse_files ''"
						 : "");
}

/* Options before the command are taken out of the words. */
static void put_globals(FILE *out)
{
	fputs(globals_begin, out);
	for (int n = 0; global_options[n].name; n++)
		fprintf(out, "\t\t--%s)\n%s\t\t\t\t{ %s; return; } ;;\n",
			global_options[n].name, value_end,
			actions[global_options[n].complete]);
	fputs(globals_end, out);
}

void completion_write(FILE *out)
{
	fputs(head, out);
	put_dialects(out);
	put_changes(out);
	put_globals(out);
	fputs(body, out);
	for (int n = 0; global_options[n].name; n++)
		fprintf(out, " --%s", global_options[n].name);
	for (int n = 0; commands[n]; n++) {
		if (is_first_of_noun(n))
			fprintf(out, " %s", commands[n]->words[0]);
	}
	fputs("'\n\t\treturn\n\tfi\n"
	      "\tif [ \"$COMP_CWORD\" -eq 2 ]; then\n"
	      "\t\tcase ${COMP_WORDS[1]} in\n",
	      out);
	for (int n = 0; commands[n]; n++) {
		if (is_first_of_noun(n) && commands[n]->words[1])
			put_verbs(out, commands[n]->words[0]);
	}
	fputs("\t\tesac\n\tfi\n"
	      "\tcase \"${COMP_WORDS[1]} ${COMP_WORDS[2]}\" in\n",
	      out);
	for (int n = 0; commands[n]; n++) {
		if (commands[n]->words[1])
			put_command(out, commands[n]);
	}
	fputs("\tesac\n\tcase ${COMP_WORDS[1]} in\n", out);
	for (int n = 0; commands[n]; n++) {
		if (!commands[n]->words[1])
			put_command(out, commands[n]);
	}
	fputs("\tesac\n} && complete -F _jailhouse jailhouse\n", out);
}
