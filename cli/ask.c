// SPDX-License-Identifier: GPL-2.0-or-later
#include "ask.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>

static bool read_answer(FILE *terminal, char *answer, size_t size)
{
	if (!fgets(answer, (int)size, terminal))
		return false;
	answer[strcspn(answer, "\n")] = 0;
	return true;
}

bool ask_terminal(enum jhcfg_question question, const char *prompt,
		  char *answer, size_t size)
{
	/* one of many at a time: nobody is asked */
	FILE *terminal =
		getenv("JAILHOUSE_BATCH") ? NULL : fopen("/dev/tty", "r+e");
	struct termios before, quiet;
	char buffer[1024]; /* ours, to wipe what was typed */
	bool answered;

	if (!terminal)
		return false;
	setvbuf(terminal, buffer, _IOFBF, sizeof(buffer));
	if (tcgetattr(fileno(terminal), &before)) {
		fclose(terminal);
		return false;
	}
	quiet = before;
	if (question == JHCFG_ASK_PASSWORD)
		quiet.c_lflag &= ~(tcflag_t)ECHO;
	/* before it asks: nothing that is typed as an answer is shown, or
	 * thrown away with what was typed earlier */
	tcsetattr(fileno(terminal), TCSAFLUSH, &quiet);
	fprintf(terminal, question == JHCFG_ASK_TRUST ? "%s [yes/no] " : "%s",
		prompt);
	fflush(terminal);
	answered = read_answer(terminal, answer, size);
	tcsetattr(fileno(terminal), TCSAFLUSH, &before);
	if (question == JHCFG_ASK_PASSWORD)
		fputc('\n', terminal);
	fclose(terminal);
	explicit_bzero(buffer, sizeof(buffer));
	return answered;
}
