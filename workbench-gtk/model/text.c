// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/text.h"

#include <locale.h>

#define DOMAIN "jailhouse-workbench"

void jhw_text_start(void)
{
	const char *folder = g_getenv("JAILHOUSE_LOCALES");

	setlocale(LC_ALL, "");
	bindtextdomain(DOMAIN, folder ? folder : JHW_LOCALES);
	bind_textdomain_codeset(DOMAIN, "UTF-8");
	textdomain(DOMAIN);
}

const char *jhw_said(const char *text)
{
	return text && *text ? gettext(text) : text;
}
