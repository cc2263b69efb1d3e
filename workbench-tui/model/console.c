// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/console.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

size_t console_new_part(const char *before, size_t before_size, const char *now,
			size_t now_size, bool *lost)
{
	const char *at = before, *end = before + before_size;
	size_t sample = now_size < 16 ? now_size : 16;

	*lost = false;
	if (!before_size || !now_size)
		return 0;
	/* the end of what was there, from @at on, is how it begins now */
	while ((at = memmem(at, (size_t)(end - at), now, sample))) {
		size_t overlap = (size_t)(end - at);

		if (overlap <= now_size && !memcmp(at, now, overlap))
			return overlap;
		at++;
	}
	/* less than the sample is left of it */
	for (size_t overlap = sample; overlap > 0; overlap--) {
		if (overlap <= before_size &&
		    !memcmp(end - overlap, now, overlap))
			return overlap;
	}
	*lost = true;
	return 0;
}

/* --- faults --------------------------------------------------------------- */

/* The configurations that are known, at most @max of them. */
static size_t list_configs(const struct tui_model *model,
			   const struct jhcfg_config **configs, size_t max)
{
	size_t count = 0;

	for (size_t n = 0; n < model->num_cells && count < max; n++) {
		if (model->cells[n].config)
			configs[count++] = model->cells[n].config;
	}
	return count;
}

/* "UART0 of root - S03", "region 3 of root": as much of it as is known. */
static void describe(const struct jhcfg_fault_meaning *meaning, char *text,
		     size_t size)
{
	const bool placed = *meaning->owner || *meaning->device;
	char line[2 * TUI_TEXT], region[32] = "";

	if (!*meaning->device && meaning->region != JHCFG_NO_INDEX)
		snprintf(region, sizeof(region), "region %zu", meaning->region);
	snprintf(line, sizeof(line), "%.80s%s%s%.40s%.160s%s%.20s",
		 meaning->device, region, *meaning->owner ? " of " : "",
		 meaning->owner, placed ? "" : meaning->why,
		 *meaning->rule ? " \xc2\xb7 " : "", meaning->rule);
	tui_text_copy(text, size, line, strlen(line));
}

/* @serial: of the line that it began with */
static void tell_fault(struct tui_store *store, uint64_t serial,
		       const struct jhcfg_fault *fault)
{
	const struct jhcfg_config *configs[64];
	const struct jhcfg_fault_context context = {
		.configs = configs,
		.num_configs = list_configs(&store->model, configs, 64),
	};
	struct jhcfg_fault_meaning *meaning;
	char text[TUI_TEXT];

	if (jhcfg_fault_explain(fault, &context, &meaning))
		return;
	describe(meaning, text, sizeof(text));
	tui_store_line_meaning(store, serial, text);
	tui_store_event(store, TUI_EVENT_FAULT, TUI_ERROR, NULL, "%.110s%s%s",
			meaning->what, *text ? ": " : "", text);
	jhcfg_fault_meaning_free(meaning);
}

/* --- lines ---------------------------------------------------------------- */

/* "Initializing Jailhouse hypervisor v0.1 on CPU 0": the first that it says. */
static void find_version(struct tui_model *model, const char *line)
{
	static const char before[] = "Initializing Jailhouse hypervisor ";
	const char *at = line + sizeof(before) - 1, *end;

	if (strncmp(line, before, sizeof(before) - 1))
		return;
	end = strstr(at, " on CPU");
	if (end)
		tui_text_copy(model->version, sizeof(model->version), at,
			      (size_t)(end - at));
}

static void end_line(struct tui_store *store, struct tui_console *console,
		     bool old)
{
	struct tui_line *line = tui_store_line(store);
	const struct jhcfg_fault *fault;
	size_t size = console->line_size;
	enum jhcfg_line kind;

	if (size && console->line[size - 1] == '\r')
		size--;
	tui_text_copy(line->text, sizeof(line->text), console->line, size);
	console->line_size = 0;
	find_version(&store->model, line->text);
	if (!console->reader)
		return;
	kind = jhcfg_fault_reader_line(console->reader, console->line, size);
	line->fault = kind == JHCFG_LINE_FAULT || kind == JHCFG_LINE_WHOLE;
	if (kind == JHCFG_LINE_FAULT && !console->fault_serial)
		console->fault_serial = line->serial;
	fault = jhcfg_fault_reader_take(console->reader);
	if (!fault)
		return;
	/* what was there before us is shown, and is no news */
	if (!old)
		tell_fault(store,
			   kind == JHCFG_LINE_WHOLE ? line->serial
						    : console->fault_serial,
			   fault);
	if (kind != JHCFG_LINE_WHOLE)
		console->fault_serial = 0;
}

static void add_text(struct tui_store *store, struct tui_console *console,
		     const char *text, size_t size, bool old)
{
	for (; size; text++, size--) {
		if (*text == '\n')
			end_line(store, console, old);
		else if (console->line_size < sizeof(console->line))
			console->line[console->line_size++] = *text;
	}
}

static void tell_lost(struct tui_store *store, struct tui_console *console)
{
	static const char text[] = "(lines were lost)";

	if (console->line_size)
		end_line(store, console, true);
	tui_text_copy(tui_store_line(store)->text, TUI_TEXT, text,
		      sizeof(text) - 1);
}

void console_take(struct tui_store *store, struct tui_console *console,
		  const char *text, size_t size)
{
	uint64_t ms = store->model.clock_ms - store->before_ms;
	bool lost = false, old = !console->seen;
	size_t known;

	if (!console->reader)
		console->reader = jhcfg_fault_reader_new();
	if (size > sizeof(console->last)) {
		text += size - sizeof(console->last);
		size = sizeof(console->last);
	}
	known = console_new_part(console->last, console->size, text, size,
				 &lost);
	if (lost)
		tell_lost(store, console);
	add_text(store, console, text + known, size - known, old);
	if (!old)
		console->bytes += size - known;
	tui_counter_set(&store->model.console_bytes, console->bytes, ms);
	memcpy(console->last, text, size);
	console->size = size;
	console->seen = true;
}

void console_forget(struct tui_console *console)
{
	console->size = console->line_size = 0;
	console->fault_serial = 0;
}

void console_clear(struct tui_console *console)
{
	jhcfg_fault_reader_free(console->reader);
	console->reader = NULL;
}
