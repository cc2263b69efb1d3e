// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/meters_rows.h"

#include "model/text.h"
#include "pages/run/cells.h"

static void add_heading(GPtrArray *meters, char *title, JhwColour colour)
{
	JhwMeter *meter = g_new0(JhwMeter, 1);

	meter->title = title;
	meter->colour = colour;
	g_ptr_array_add(meters, meter);
}

static void add_metrics(GPtrArray *meters, const JhwMetrics *metrics, const char *cell,
			JhwColour colour)
{
	for (guint n = 0; n < jhw_metrics_count(metrics); n++) {
		const JhwMetric *metric = jhw_metrics_at(metrics, n);
		JhwMeter *meter;

		if (g_strcmp0(metric->cell, cell) || !jhw_metrics_is_there(metrics, metric))
			continue;
		meter = g_new0(JhwMeter, 1);
		meter->metric = jhw_metric_ref(metric);
		meter->title = g_strdup(metric->title);
		meter->colour = colour;
		g_ptr_array_add(meters, meter);
	}
}

void jhw_meters_collect(GPtrArray *meters, JhwSession *session, JhwLive *live, JhwTheme theme)
{
	const struct tui_model *model = jhw_live_model(live);
	JhwColour machine = jhw_palette(JHW_COLOUR_DIM_TEXT, theme);

	g_ptr_array_set_size(meters, 0);
	if (!model || !model->refreshes)
		return;
	for (size_t n = 0; n < model->num_cells; n++) {
		const struct tui_cell *cell = &model->cells[n];
		uint32_t key = jhw_run_cell_key(session, cell->name, !cell->id);
		JhwColour colour = jhw_run_cell_colour(session, key, theme);
		g_autofree char *name = jhw_run_cell_title(session, key, cell->name);

		add_heading(meters, g_strdup_printf(_("%s \302\267 exits by reason"), name),
			    colour);
		add_metrics(meters, jhw_live_metrics(live), cell->name, colour);
	}
	add_heading(meters, g_strdup(_("Machine")), machine);
	add_metrics(meters, jhw_live_metrics(live), NULL, machine);
}

uint32_t jhw_meter_cell(JhwSession *session, JhwLive *live, const JhwMetric *metric)
{
	const struct tui_model *model = jhw_live_model(live);
	gboolean root = model && model->num_cells && !model->cells[0].id &&
			g_strcmp0(model->cells[0].name, metric->cell) == 0;

	return metric->cell ? jhw_run_cell_key(session, metric->cell, root) : 0;
}
