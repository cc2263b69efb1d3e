/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A terminal with a program in it: a pseudo terminal, and libvterm to know
 * what its user would see. Waiting is for something that is seen to happen,
 * and bounded.
 */
#ifndef TESTS_TUI_TERMINAL_H
#define TESTS_TUI_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

struct terminal;

struct terminal_options {
	unsigned int width, height; /* 0: 80x24 */
	const char *term;	    /* NULL: xterm-256color */
	const char *const *env;	    /* "NAME=VALUE" ..., NULL; may be NULL */
	const char *const *argv;    /* NULL at its end */
	int limit_ms;		    /* of waiting; 0: 100 s */
};

/* Asserts that it could be started. */
struct terminal *terminal_start(const struct terminal_options *options);
/* Kills what still runs. */
void terminal_free(struct terminal *terminal);

pid_t terminal_pid(const struct terminal *terminal);
void terminal_send(struct terminal *terminal, const char *keys);
void terminal_resize(struct terminal *terminal, unsigned int width,
		     unsigned int height);
/* Nobody is there any more. */
void terminal_hang_up(struct terminal *terminal);

/* Until the text is on the screen, or is not; asserts that it comes to that
 * within the limit. */
void terminal_wait(struct terminal *terminal, const char *text);
void terminal_wait_gone(struct terminal *terminal, const char *text);
/* Until nothing was written for @ms. */
void terminal_settle(struct terminal *terminal, int ms);
/* Until the program has ended: its status as of waitpid(). */
int terminal_wait_end(struct terminal *terminal);
/* Until it is stopped, by a signal. */
void terminal_wait_stop(struct terminal *terminal);

/* The screen as text: lines without blanks at their ends, each with a newline.
 * Valid until the next call. */
const char *terminal_text(struct terminal *terminal);
/* One of its lines. */
const char *terminal_line(struct terminal *terminal, unsigned int y);
bool terminal_shows(struct terminal *terminal, const char *text);
/* How each character looks: signs, which are explained below. */
const char *terminal_looks(struct terminal *terminal);

/* Whether the program wants to be told of the mouse. */
bool terminal_mouse(const struct terminal *terminal);
/* Bytes that the program has written up to now. */
size_t terminal_bytes(const struct terminal *terminal);
/* Asserts that it is as it was before: modes, cursor, mouse, first screen. */
void terminal_check_restored(struct terminal *terminal);

#endif
