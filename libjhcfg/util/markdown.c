// SPDX-License-Identifier: LGPL-2.1-or-later
#include "util/markdown.h"

#include <string.h>

void jhcfg_markdown_put(FILE *file, const char *text)
{
	for (; *text; text++) {
		if (strchr("\\|`*_<>[]#", *text))
			fputc('\\', file);
		fputc((unsigned char)*text < ' ' ? ' ' : *text, file);
	}
}
