/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What tests of the editor share: a board's project, and waiting for it. */
#ifndef TESTS_GTK_FIXTURE_H
#define TESTS_GTK_FIXTURE_H

#include "model/session.h"

/* A document with that board's project of this tree, "arm64/zynqmp-zcu102",
 * copied so that nothing is written into the tree. */
JhwDocument *fixture_board(const char *name);
/* The same of a recorded machine, tests/fixtures/machines/NAME.tar.gz. */
JhwDocument *fixture_machine(const char *name);
/* A session with that board's project and a target, to which nothing connects yet. */
JhwSession *fixture_session(const char *board);
/* As people make a cell: with that CPU, 1 MiB of RAM, and what it needs. Its key. */
uint32_t fixture_new_cell(JhwDocument *document, const char *name, unsigned int cpu);
/* The project as text: all configurations, links, scenarios, waivers. */
char *fixture_text(JhwDocument *document);
/* The files that saving writes, names and bytes, as one new string. The document
 * does not know of it. */
char *fixture_files(JhwDocument *document);
/* How their configurations differ in meaning, empty: they do not; a new string. */
char *fixture_differences(JhwDocument *a, JhwDocument *b);
/* Key of the cell of that name; fails without one. */
uint32_t fixture_cell(JhwDocument *document, const char *name);
/* Index of the board's device of that name, as a reference. */
JhwRef fixture_device(JhwDocument *document, const char *name);
/* Runs the main loop until the rules are done. */
void fixture_settle(JhwSession *session);

#endif
