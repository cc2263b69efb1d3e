/* SPDX-License-Identifier: GPL-2.0-or-later */
#ifndef TESTS_UNIT_INMATES_FAKE_CMDLINE_H
#define TESTS_UNIT_INMATES_FAKE_CMDLINE_H

/* What the loader would put there, at most 256 bytes; the rest is zero. */
void fake_cmdline_set(const char *text);

#endif
