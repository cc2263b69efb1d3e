/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Words that people read, in their language: _() around what stands in code,
 * N_() around what stands in a table, jhw_said() where the table is read.
 * What libjhcfg says stays in English, as in the other programs.
 */
#ifndef JHW_TEXT_H
#define JHW_TEXT_H

#include <glib/gi18n.h>

/* Takes the user's language. Translations are where they are installed, or below
 * $JAILHOUSE_LOCALES. Called once, before there is a thread. */
void jhw_text_start(void);
/* A text of a table, translated; empty ones and NULL as they are, since gettext
 * means something else by an empty one. */
const char *jhw_said(const char *text) G_GNUC_FORMAT(1);

#endif
