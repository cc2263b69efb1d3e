// SPDX-License-Identifier: GPL-2.0-or-later
#include "man.h"

#include <ctype.h>
#include <string.h>

#include "command.h"
#include "globals.h"

/* Text as roff sees it: no request at the start of a line, no escapes, and
 * minus signs that can be copied. */
static void put_text(FILE *out, const char *text)
{
	if (*text == '.' || *text == '\'')
		fputs("\\&", out);
	for (; *text; text++) {
		if (*text == '\\')
			fputs("\\e", out);
		else if (*text == '-')
			fputs("\\-", out);
		else
			fputc(*text, out);
	}
}

static void put_upper(FILE *out, const char *text)
{
	for (; *text; text++)
		fputc(toupper((unsigned char)*text), out);
}

static void put_bold(FILE *out, const char *text)
{
	fputs("\\fB", out);
	put_text(out, text);
	fputs("\\fR", out);
}

static void put_italic(FILE *out, const char *text)
{
	fputs("\\fI", out);
	put_text(out, text);
	fputs("\\fR", out);
}

static bool is_wanted(const struct command *command, const char *word)
{
	return !word || !strcmp(command->words[0], word);
}

static void put_name(FILE *out, const struct command *command)
{
	fputs("\\fBjailhouse ", out);
	put_text(out, command->words[0]);
	if (command->words[1]) {
		fputc(' ', out);
		put_text(out, command->words[1]);
	}
	fputs("\\fR", out);
}

static void put_option_name(FILE *out, const struct cmd_option *option,
			    const char *between)
{
	char text[4] = { '-', option->letter, '\0' };

	if (option->letter) {
		put_bold(out, text);
		fputs(between, out);
	}
	fputs("\\fB", out);
	put_text(out, "--");
	put_text(out, option->name);
	fputs("\\fR", out);
	if (option->value) {
		fputc(' ', out);
		put_italic(out, option->value);
	}
}

static void put_synopsis(FILE *out, const struct command *command)
{
	const struct cmd_option *option = command->options;

	put_name(out, command);
	for (; option && option->name && !command->raw; option++) {
		fputs(" [", out);
		put_option_name(out, option, "|");
		fputs("]", out);
	}
	if (*command->operands) {
		fputc(' ', out);
		put_italic(out, command->operands);
	}
	fputs("\n.br\n", out);
}

static void put_example(FILE *out, const char *example)
{
	fputs(".PP\nExample:\n.PP\n.nf\n.RS\n", out);
	while (*example) {
		size_t length = strcspn(example, "\n");

		for (size_t n = 0; n < length; n++) {
			if (example[n] == '-')
				fputc('\\', out);
			fputc(example[n], out);
		}
		fputc('\n', out);
		example += length + (example[length] == '\n');
	}
	fputs(".RE\n.fi\n", out);
}

static void put_options(FILE *out, const struct cmd_option *option)
{
	for (; option && option->name; option++) {
		fputs(".TP\n", out);
		put_option_name(out, option, ", ");
		fputc('\n', out);
		put_text(out, option->help);
		fputc('\n', out);
	}
}

static void put_command(FILE *out, const struct command *command)
{
	fputs(".SS ", out);
	put_text(out, command->words[0]);
	if (command->words[1]) {
		fputc(' ', out);
		put_text(out, command->words[1]);
	}
	fputc('\n', out);
	put_text(out, command->description ? command->description
					   : command->summary);
	fputc('\n', out);
	put_options(out, command->options);
	if (command->example)
		put_example(out, command->example);
}

static void put_head(FILE *out, const char *word)
{
	fputs(".\\\" SPDX-License-Identifier: GPL-2.0-or-later\n"
	      ".\\\" Made from the command table of the program.\n"
	      ".TH JAILHOUSE",
	      out);
	if (word) {
		fputs("\\-", out);
		put_upper(out, word);
	}
	fprintf(out,
		" 8 \"\" \"jailhouse %s\" \"System Administration\"\n"
		".SH NAME\njailhouse",
		JH_VERSION);
	if (word)
		fprintf(out, "\\-%s", word);
	fputs(" \\- manage the cells of a partitioned machine\n", out);
}

static const char tail[] =
	".SH TARGETS\n"
	"\\fBjailhouse \\-\\-target\\fR \\fITARGET COMMAND\\fR works on "
	"another "
	"machine:\n"
	".TP\n"
	"\\fBssh://\\fR[\\fIUSER\\fR@]\\fIHOST\\fR[:\\fIPORT\\fR]\n"
	"by SSH, with the user's configuration, keys and agent. Nothing is "
	"installed there; commands that\n"
	"change something need the program there, and root, sudo or doas. "
	"Images and configurations are\n"
	"taken along.\n"
	".TP\n"
	"\\fBemu://\\fR\\fIBOARD\\fR\n"
	"an emulated board, which is started if it does not run; it goes on "
	"afterwards.\n"
	".TP\n"
	"\\fBrecorded:\\fR\\fIFILE\\fR\n"
	"a recording, or a directory with a copy of a machine's /proc and "
	"/sys; for commands that only read.\n"
	".TP\n"
	"\\fBlocal\\fR\n"
	"this machine, as without the option.\n"
	".SH EXIT STATUS\n"
	"0 on success, 1 on failure and for wrong usage. Newer commands answer "
	"wrong usage with 2, and\n"
	"\\fBhardware check\\fR has codes of its own.\n"
	".SH ENVIRONMENT\n"
	".TP\n"
	"\\fBJAILHOUSE_ROOT\\fR\n"
	"A directory before all paths in /proc, /sys, /dev and /lib: a copy of "
	"another machine's.\n"
	".TP\n"
	"\\fBJAILHOUSE_SSH_CONFIG\\fR\n"
	"The file for ssh:// targets instead of ~/.ssh/config.\n"
	".TP\n"
	"\\fBJAILHOUSE_EMU\\fR, \\fBJHW_TOP\\fR\n"
	"The program tools/emu.sh that starts emulated boards, or the checkout "
	"that has it.\n"
	".TP\n"
	"\\fBJHCFG_MODULES\\fR\n"
	"The folder with the modules that reach targets.\n"
	".SH FILES\n"
	".TP\n"
	"/dev/jailhouse\n"
	"the driver\n"
	".TP\n"
	"/sys/devices/jailhouse\n"
	"what the driver shows of hypervisor and cells\n"
	".TP\n"
	"/usr/share/jailhouse/cells\n"
	"binary configurations\n"
	".TP\n"
	"/lib/firmware/jailhouse.bin\n"
	"the hypervisor\n";

bool man_write(FILE *out, const char *word)
{
	bool found = false;

	for (int n = 0; commands[n]; n++)
		found |= is_wanted(commands[n], word);
	if (!found)
		return false;

	put_head(out, word);
	fputs(".SH SYNOPSIS\n.nh\n.ad l\n", out);
	for (int n = 0; commands[n]; n++) {
		if (is_wanted(commands[n], word))
			put_synopsis(out, commands[n]);
	}
	fputs(".ad b\n.hy\n.SH OPTIONS BEFORE THE COMMAND\n", out);
	put_options(out, global_options);
	fputs(".SH COMMANDS\n", out);
	for (int n = 0; commands[n]; n++) {
		if (is_wanted(commands[n], word))
			put_command(out, commands[n]);
	}
	fputs(tail, out);
	return true;
}
