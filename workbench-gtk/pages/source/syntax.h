/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What parts of a text are, to be coloured: a pure reader of characters. */
#ifndef JHW_SOURCE_SYNTAX_H
#define JHW_SOURCE_SYNTAX_H

#include "model/sources.h"

enum jhw_token {
	JHW_TOKEN_COMMENT,
	JHW_TOKEN_STRING,
	JHW_TOKEN_NUMBER,
	JHW_TOKEN_NAME, /* of a member or key: what the value after it is for */
	JHW_TOKEN_DIRECTIVE,
	JHW_NUM_TOKENS,
};

struct jhw_span {
	enum jhw_token token;
	size_t start, end; /* bytes */
};

/*
 * Finds the next span of @text at or after @position; FALSE: there is none.
 * @text is valid UTF-8 and ends with NUL.
 */
gboolean jhw_syntax_next(enum jhw_syntax syntax, const char *text, size_t position,
			 struct jhw_span *span);

#endif
