// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/update.h"

#include <string.h>

#include "model/interrupts.h"

static const struct attach_row {
	enum tui_severity severity;
	const char *text;
} attach_rows[] = {
	[TUI_CONNECTING] = { TUI_INFO, "connecting" },
	[TUI_LOST] = { TUI_ERROR, "target lost" },
	[TUI_NO_DRIVER] = { TUI_WARNING, "driver is not loaded" },
	[TUI_DISABLED] = { TUI_INFO, "hypervisor is disabled" },
	[TUI_ENABLED] = { TUI_INFO, "hypervisor is enabled" },
};

void update_attach(struct tui_store *store, enum tui_attach attach,
		   const char *reason)
{
	struct tui_model *model = &store->model;
	const struct attach_row *row = &attach_rows[attach];

	tui_text_copy(model->reason, sizeof(model->reason), reason,
		      strlen(reason));
	if (attach == model->attach)
		return;
	model->attach = attach;
	model->attach_since_ms = model->clock_ms;
	if (attach != TUI_CONNECTING)
		tui_store_event(store, TUI_EVENT_ATTACH, row->severity, NULL,
				"%s%s%s", row->text, *reason ? ": " : "",
				model->reason);
}

int update_model(struct tui_store *store, const struct sample *sample,
		 uint64_t clock_ms, int64_t time_ms)
{
	struct tui_model *model = &store->model;
	enum tui_attach before = model->attach;
	int err;

	store->before_ms = model->clock_ms;
	model->clock_ms = clock_ms;
	model->time_ms = time_ms;
	update_attach(store,
		      !sample->driver	 ? TUI_NO_DRIVER
		      : !sample->enabled ? TUI_DISABLED
					 : TUI_ENABLED,
		      "");
	/* since when it is enabled is known only if we saw it being so */
	if (before == TUI_CONNECTING)
		model->attach_since_ms = TUI_NO_VALUE;
	if (sample->enabled) {
		err = update_cells(store, sample);
	} else {
		update_no_cells(store);
		*model->version = 0;
		err = 0;
	}
	if (!err)
		err = update_machine(store, sample);
	if (!err)
		err = update_irqs(store, sample);
	if (!err && store->map_changed)
		err = update_map(store);
	store->seen = sample->enabled;
	model->refreshes++;
	return err;
}

void update_begin_again(struct tui_store *store)
{
	struct tui_model *model = &store->model;

	update_no_cells(store);
	store->seen = false;
	store->pool_full[0] = store->pool_full[1] = false;
	model->attach = TUI_CONNECTING;
	model->num_events = model->num_lines = 0;
	model->budgets_exceeded = 0;
	model->clock_ms = 0;
	model->console_bytes = TUI_NO_COUNTER;
}
