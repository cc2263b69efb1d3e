/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tests of jh-top in a terminal share: a machine, which is made for each
 * test, and a terminal in which jh-top looks at it. */
#ifndef TESTS_TUI_SCREEN_TEST_H
#define TESTS_TUI_SCREEN_TEST_H

#include "cmocka_all.h"

#include "machine.h"
#include "terminal.h"

/* Set by the starts below; a test may free it and start another. */
extern struct terminal *terminal;
/* "XDG_CONFIG_HOME=...", a folder of the test's own */
extern char screen_config[];

int screen_set_up(void **state);
int screen_tear_down(void **state);
#define SCREEN_TEST(name)                                                      \
	cmocka_unit_test_setup_teardown(name, screen_set_up, screen_tear_down)

/* jh-top with further arguments until NULL. @more may be NULL. */
void screen_start_sized(unsigned int width, unsigned int height,
			const char *term, const char *const *more);
/* The same at 100x30 with one argument or NULL, until it shows a cell. */
void screen_start(const char *more);
/* Asserts that it ends well and leaves the terminal as it was. */
void screen_quit(void);

void screen_click(unsigned int x, unsigned int y);
/* Column and line where the text begins; asserts that it is there. */
void screen_find(const char *text, unsigned int *x, unsigned int *y);

#endif
