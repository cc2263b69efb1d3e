// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

struct terminal *terminal;
char screen_config[320];

int screen_set_up(void **state)
{
	(void)state;
	machine_make();
	snprintf(screen_config, sizeof(screen_config), "XDG_CONFIG_HOME=%s",
		 machine_path("config"));
	return 0;
}

int screen_tear_down(void **state)
{
	(void)state;
	terminal_free(terminal);
	terminal = NULL;
	machine_remove();
	return 0;
}

void screen_start_sized(unsigned int width, unsigned int height,
			const char *term, const char *const *more)
{
	const char *argv[16] = { getenv("JH_TOP"), "--target", machine_target(),
				 "--delay", "0.1" };
	const char *const env[] = { screen_config, NULL };
	const struct terminal_options options = { .width = width,
						  .height = height,
						  .term = term,
						  .env = env,
						  .argv = argv };
	size_t count = 5;

	while (more && *more && count < 15)
		argv[count++] = *more++;
	terminal = terminal_start(&options);
}

void screen_start(const char *more)
{
	const char *const argv[] = { more, NULL };

	screen_start_sized(100, 30, NULL, argv);
	terminal_wait(terminal, "R running");
}

void screen_quit(void)
{
	int status;

	terminal_send(terminal, "q");
	status = terminal_wait_end(terminal);
	assert_true(WIFEXITED(status));
	assert_int_equal(WEXITSTATUS(status), 0);
	terminal_check_restored(terminal);
}

void screen_click(unsigned int x, unsigned int y)
{
	char report[48];

	snprintf(report, sizeof(report), "\033[<0;%u;%uM\033[<0;%u;%um", x + 1,
		 y + 1, x + 1, y + 1);
	terminal_send(terminal, report);
}

void screen_find(const char *text, unsigned int *x, unsigned int *y)
{
	/* the rest of a screen may come behind what was waited for */
	terminal_wait(terminal, text);
	for (*y = 0; *y < 30; (*y)++) {
		const char *line = terminal_line(terminal, *y);
		const char *found = strstr(line, text);

		*x = 0;
		for (; found && line < found; line++)
			*x += (*line & 0xc0) != 0x80;
		if (found)
			return;
	}
	fail_msg("no \"%s\" on\n%s", text, terminal_text(terminal));
}
