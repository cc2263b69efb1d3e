// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/options.h"

#define TEXT(name)	G_OPTION_ARG_STRING, G_STRUCT_OFFSET(JhwOptions, name)
#define FILE_NAME(name) G_OPTION_ARG_FILENAME, G_STRUCT_OFFSET(JhwOptions, name)
#define YES(name)	G_OPTION_ARG_NONE, G_STRUCT_OFFSET(JhwOptions, name)
#define HIDDEN		G_OPTION_FLAG_HIDDEN

#define ROW(long_name, letter, hidden, kind, help, argument, words)                                \
	ROW_(long_name, letter, hidden, kind, help, argument, words)
#define ROW_(long_name, letter, hidden, type, member, help, argument, words)                       \
	{                                                                                          \
		{ long_name, letter, hidden, type, NULL, help, argument }, member, words           \
	}

/* clang-format off */
static const JhwOption table[] = {
	ROW("export", 'e', 0, FILE_NAME(export),
	    "Write all that is needed of PROJECT into DIR, without a display",
	    "DIR", "DIR"),
	ROW("force", 0, 0, YES(force),
	    "Export in spite of errors that rules find", NULL, NULL),
	ROW("replace", 0, 0, YES(replace),
	    "Replace files in DIR that no export left there", NULL, NULL),
	ROW("picture", 'p', 0, FILE_NAME(picture),
	    "Draw a page of PROJECT into FILE (.svg, .png or .pdf), without a display",
	    "FILE", "FILE"),
	ROW("page", 0, 0, TEXT(page),
	    "The page that is drawn: partition, unless it is said, or memory",
	    "PAGE", "partition memory"),
	ROW("target", 't', 0, TEXT(target),
	    "Connect to TARGET: ssh://[USER@]HOST, emu://BOARD, recorded:FILE, local",
	    "TARGET", "ssh:// emu:// recorded: local"),
	ROW("version", 'v', 0, YES(version), "Say which version this is", NULL, NULL),
	ROW("manual", 0, HIDDEN, YES(manual), "Write the manual page", NULL, NULL),
	ROW("completion", 0, HIDDEN, YES(completion), "Write the completion for bash", NULL, NULL),
};
/* clang-format on */

const JhwOption *jhw_option_at(guint index)
{
	return index < G_N_ELEMENTS(table) ? &table[index] : NULL;
}

gboolean jhw_options_parse(JhwOptions *options, char ***argv, GError **error)
{
	g_autoptr(GOptionContext) context = g_option_context_new(NULL);
	GOptionEntry entries[G_N_ELEMENTS(table) + 1] = { 0 };

	for (guint n = 0; n < G_N_ELEMENTS(table); n++) {
		entries[n] = table[n].entry;
		entries[n].arg_data = (char *)options + table[n].member;
	}
	g_option_context_add_main_entries(context, entries, NULL);
	g_option_context_set_help_enabled(context, FALSE);
	g_option_context_set_ignore_unknown_options(context, TRUE);
	return g_option_context_parse_strv(context, argv, error);
}

void jhw_options_clear(JhwOptions *options)
{
	g_free(options->export);
	g_free(options->picture);
	g_free(options->page);
	g_free(options->target);
	*options = (JhwOptions){ 0 };
}

/* --- manual --------------------------------------------------------------------- */

static const char before_options[] =
	".TH JAILHOUSE\\-WORKBENCH 1 \"\" \"jailhouse-workbench\" \"User Commands\"\n"
	".SH NAME\n"
	"jailhouse\\-workbench \\- divide a machine into cells, and run them\n"
	".SH SYNOPSIS\n"
	".B jailhouse\\-workbench\n"
	"[\\fIOPTION\\fR]... [\\fIPROJECT\\fR]...\n"
	".SH DESCRIPTION\n"
	"Shows a project of Jailhouse cells in a window and changes it by drag and drop: "
	"who gets which CPU, memory, interrupt, device and link. Mistakes are named before "
	"anything runs; what is finished is deployed to a target and watched there.\n"
	".PP\n"
	"\\fIPROJECT\\fR is a system.json, or something to make a project of: a device tree "
	"(.dtb, .dts), a binary configuration (.cell), one in C, or a machine that "
	"\"jailhouse config collect\" recorded; / is this machine.\n"
	".SH OPTIONS\n";

static const char behind_options[] =
	".SH EXIT STATUS\n"
	"0; 1: what was asked for without a display failed; 2: wrong usage.\n"
	".SH ENVIRONMENT\n"
	".TP\n"
	".B JAILHOUSE_BOARDS\n"
	"where the boards of the welcome page are\n"
	".TP\n"
	".B GSK_RENDERER\n"
	"cairo saves memory where there is no GPU\n"
	".SH FILES\n"
	".TP\n"
	".I $XDG_STATE_HOME/jailhouse\\-workbench/recovery\n"
	"copies of what is not saved yet\n"
	".SH EXAMPLES\n"
	".nf\n"
	"jailhouse\\-workbench \\-\\-target ssh://root@board system.json\n"
	"jailhouse\\-workbench \\-\\-export out system.json\n"
	"jailhouse\\-workbench \\-\\-picture memory.svg \\-\\-page memory system.json\n"
	".fi\n"
	".SH SEE ALSO\n"
	".BR jailhouse (8),\n"
	".BR jailhouse\\-config (8),\n"
	".BR jh\\-top (1)\n";

static void add_escaped(GString *text, const char *words)
{
	for (; *words; words++)
		if (*words == '-' || *words == '\\')
			g_string_append_printf(text, "\\%c", *words);
		else
			g_string_append_c(text, *words);
}

static void add_option(GString *text, const GOptionEntry *entry)
{
	g_string_append(text, ".TP\n");
	if (entry->short_name)
		g_string_append_printf(text, "\\fB\\-%c\\fR, ", entry->short_name);
	g_string_append(text, "\\fB\\-\\-");
	add_escaped(text, entry->long_name);
	g_string_append(text, "\\fR");
	if (entry->arg_description)
		g_string_append_printf(text, "=\\fI%s\\fR", entry->arg_description);
	g_string_append_c(text, '\n');
	add_escaped(text, entry->description);
	g_string_append(text, ".\n");
}

char *jhw_options_manual(void)
{
	GString *text = g_string_new(before_options);

	for (guint n = 0; n < G_N_ELEMENTS(table); n++)
		if (!(table[n].entry.flags & HIDDEN))
			add_option(text, &table[n].entry);
	g_string_append(text, behind_options);
	return g_string_free(text, FALSE);
}

/* --- completion ----------------------------------------------------------------- */

static void add_argument(GString *text, const JhwOption *option)
{
	const GOptionEntry *entry = &option->entry;
	const char *words = option->words;

	if (!entry->arg_description)
		return;
	g_string_append(text, "\t");
	if (entry->short_name)
		g_string_append_printf(text, "-%c|", entry->short_name);
	g_string_append_printf(text, "--%s) mapfile -t COMPREPLY < <(compgen ", entry->long_name);
	if (g_str_equal(words, "FILE"))
		g_string_append(text, "-f");
	else if (g_str_equal(words, "DIR"))
		g_string_append(text, "-d");
	else
		g_string_append_printf(text, "-W \"%s\"", words);
	g_string_append(text, " -- \"$word\"); return ;;\n");
}

char *jhw_options_completion(void)
{
	GString *text = g_string_new("# SPDX-License-Identifier: GPL-2.0-or-later\n"
				     "# bash completion for jailhouse-workbench; made by itself\n"
				     "_jailhouse_workbench()\n{\n"
				     "\tlocal word=$2 before=$3\n\tCOMPREPLY=()\n"
				     "\tcase $before in\n");

	for (guint n = 0; n < G_N_ELEMENTS(table); n++)
		add_argument(text, &table[n]);
	g_string_append(text, "\tesac\n\tif [[ $word != -* ]]; then\n"
			      "\t\tmapfile -t COMPREPLY < <(compgen -f -- \"$word\")\n"
			      "\t\treturn\n\tfi\n"
			      "\tmapfile -t COMPREPLY < <(compgen -W \"--help");
	for (guint n = 0; n < G_N_ELEMENTS(table); n++)
		if (!(table[n].entry.flags & HIDDEN))
			g_string_append_printf(text, " --%s", table[n].entry.long_name);
	g_string_append(text,
			"\" -- \"$word\")\n}\n"
			"complete -o filenames -F _jailhouse_workbench jailhouse-workbench\n");
	return g_string_free(text, FALSE);
}
