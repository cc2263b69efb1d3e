// SPDX-License-Identifier: GPL-2.0-or-later
#include <inttypes.h>

#include "out/out.h"

/* The texts of the model have no control characters. */
void out_quoted(FILE *out, const char *text)
{
	putc('"', out);
	for (; *text; text++) {
		if (*text == '"' || *text == '\\')
			putc('\\', out);
		putc(*text, out);
	}
	putc('"', out);
}

void out_milli(FILE *out, uint64_t milli)
{
	if (milli % 1000)
		fprintf(out, "%" PRIu64 ".%03" PRIu64, milli / 1000,
			milli % 1000);
	else
		fprintf(out, "%" PRIu64, milli / 1000);
}

const char *out_owner(const struct tui_model *model, int owner)
{
	if (owner >= 0 && (size_t)owner < model->num_cells)
		return model->cells[owner].name;
	return owner == TUI_HYPERVISOR ? "hypervisor"
	       : owner == TUI_SHARED   ? "shared"
				       : NULL;
}

const char *out_attach_name(enum tui_attach attach)
{
	static const char *const names[] = {
		[TUI_CONNECTING] = "connecting", [TUI_LOST] = "lost",
		[TUI_NO_DRIVER] = "no driver",	 [TUI_DISABLED] = "disabled",
		[TUI_ENABLED] = "enabled",
	};

	return names[attach];
}

const char *out_link_state_name(enum tui_link_state state)
{
	static const char *const names[] = {
		[TUI_LINK_UNKNOWN] = "unknown",
		[TUI_LINK_WAITING] = "waiting",
		[TUI_LINK_UP] = "up",
		[TUI_LINK_DOWN] = "down",
	};

	return names[state];
}
