// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/prompt.h"

#include <string.h>

#include "screen/input.h"
#include "screen/text.h"

static bool continues(char byte)
{
	return ((unsigned char)byte & 0xc0) == 0x80;
}

void tui_prompt_begin(struct tui_prompt *prompt, const char *text)
{
	size_t length = strlen(text);

	if (length >= sizeof(prompt->text)) {
		length = sizeof(prompt->text) - 1;
		while (length && continues(text[length]))
			length--;
	}
	memcpy(prompt->text, text, length);
	/* the last answer may have been a password */
	explicit_bzero(prompt->text + length, sizeof(prompt->text) - length);
	prompt->length = prompt->cursor = length;
}

static size_t before(const struct tui_prompt *prompt, size_t at)
{
	while (at && continues(prompt->text[--at]))
		;
	return at;
}

static size_t behind(const struct tui_prompt *prompt, size_t at)
{
	if (at < prompt->length)
		at++;
	while (at < prompt->length && continues(prompt->text[at]))
		at++;
	return at;
}

static void cut(struct tui_prompt *prompt, size_t from, size_t to)
{
	memmove(prompt->text + from, prompt->text + to,
		prompt->length - to + 1);
	prompt->length -= to - from;
	prompt->cursor = from;
}

static enum tui_prompt_end insert(struct tui_prompt *prompt, uint32_t key)
{
	char bytes[5];
	size_t length;

	if (key < ' ' || key >= 0x110000)
		return TUI_PROMPT_GOES_ON;
	length = tui_text_encode(key, bytes);
	if (prompt->length + length >= sizeof(prompt->text))
		return TUI_PROMPT_GOES_ON;
	memmove(prompt->text + prompt->cursor + length,
		prompt->text + prompt->cursor,
		prompt->length - prompt->cursor + 1);
	memcpy(prompt->text + prompt->cursor, bytes, length);
	prompt->cursor += length;
	prompt->length += length;
	return TUI_PROMPT_CHANGED;
}

enum tui_prompt_end tui_prompt_key(struct tui_prompt *prompt, uint32_t key)
{
	switch (key) {
	case TUI_KEY_ENTER:
		return TUI_PROMPT_DONE;
	case TUI_KEY_ESCAPE:
	case TUI_KEY_CTRL('c'):
		return TUI_PROMPT_CANCELLED;
	case TUI_KEY_LEFT:
		prompt->cursor = before(prompt, prompt->cursor);
		return TUI_PROMPT_GOES_ON;
	case TUI_KEY_RIGHT:
		prompt->cursor = behind(prompt, prompt->cursor);
		return TUI_PROMPT_GOES_ON;
	case TUI_KEY_HOME:
	case TUI_KEY_CTRL('a'):
		prompt->cursor = 0;
		return TUI_PROMPT_GOES_ON;
	case TUI_KEY_END:
	case TUI_KEY_CTRL('e'):
		prompt->cursor = prompt->length;
		return TUI_PROMPT_GOES_ON;
	case TUI_KEY_BACKSPACE:
		cut(prompt, before(prompt, prompt->cursor), prompt->cursor);
		return TUI_PROMPT_CHANGED;
	case TUI_KEY_DELETE:
		cut(prompt, prompt->cursor, behind(prompt, prompt->cursor));
		return TUI_PROMPT_CHANGED;
	case TUI_KEY_CTRL('u'):
		cut(prompt, 0, prompt->cursor);
		return TUI_PROMPT_CHANGED;
	default:
		return insert(prompt, key);
	}
}
