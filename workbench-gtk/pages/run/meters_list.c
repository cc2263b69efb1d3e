// SPDX-License-Identifier: GPL-2.0-or-later
/* What the graphs show, in words. */
#include "model/text.h"
#include "pages/run/cells.h"
#include "pages/run/meters_private.h"
#include "widgets/text_list.h"

static const JhwTextColumn columns[] = {
	{ .title = N_("Of") },
	{ .title = N_("What"), .expand = TRUE },
	{ .title = N_("Now"), .right = TRUE },
	{ .title = N_("Peak"), .right = TRUE },
};

static JhwTextRow *row_of(struct meters *meters, const JhwMetric *metric)
{
	uint32_t key = jhw_meter_cell(meters->session, meters->live, metric);
	JhwRef ref = key ? jhw_ref_cell(key) : (JhwRef){ .kind = JHW_REF_NONE };
	char **texts = g_new0(char *, G_N_ELEMENTS(columns) + 1);

	texts[0] = metric->cell ? jhw_run_cell_title(meters->session, key, metric->cell)
				: g_strdup(_("machine"));
	texts[1] = g_strdup(metric->title);
	texts[2] = jhw_metric_text(metric);
	texts[3] = jhw_metric_value_text(metric, metric->peak);
	return jhw_text_row_new(&ref, texts);
}

static void add_rows(G_GNUC_UNUSED JhwSession *session, GPtrArray *rows, gpointer data)
{
	struct meters *meters = data;

	for (guint n = 0; n < meters->shown->len; n++) {
		const JhwMeter *meter = meters->shown->pdata[n];

		if (meter->metric)
			g_ptr_array_add(rows, row_of(meters, meter->metric));
	}
}

GtkWidget *jhw_meters_list_new(struct meters *meters)
{
	return jhw_text_list_new(meters->session, _("What the target does"), columns,
				 G_N_ELEMENTS(columns), add_rows, meters);
}
