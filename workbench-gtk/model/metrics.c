// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/metrics.h"

#include <math.h>

#include "canvas/plot.h"
#include "model/number.h"
#include "model/text.h"

/* What a hostile target may cost us. */
#define MAX_METRICS 2048U

struct _JhwMetrics {
	GPtrArray *all;
	GHashTable *by_name; /* of JhwMetric, not owned */
	guint64 moment;
	gint64 now;
};

static void clear_metric(gpointer data)
{
	JhwMetric *metric = data;

	g_free(metric->cell);
	g_free(metric->key);
	g_free(metric->title);
	jhw_series_free(metric->series);
}

static void drop_metric(gpointer metric)
{
	g_rc_box_release_full(metric, clear_metric);
}

const JhwMetric *jhw_metric_ref(const JhwMetric *metric)
{
	return g_rc_box_acquire((gpointer)(gsize)metric);
}

void jhw_metric_unref(const JhwMetric *metric)
{
	drop_metric((gpointer)(gsize)metric);
}

static guint hash(gconstpointer data)
{
	const JhwMetric *metric = data;

	return (metric->cell ? g_str_hash(metric->cell) * 31 : 0) + g_str_hash(metric->key);
}

static gboolean equal(gconstpointer a, gconstpointer b)
{
	const JhwMetric *first = a, *second = b;

	return g_strcmp0(first->cell, second->cell) == 0 && g_str_equal(first->key, second->key);
}

JhwMetrics *jhw_metrics_new(void)
{
	JhwMetrics *metrics = g_new0(JhwMetrics, 1);

	metrics->all = g_ptr_array_new_with_free_func(drop_metric);
	metrics->by_name = g_hash_table_new(hash, equal);
	return metrics;
}

void jhw_metrics_free(JhwMetrics *metrics)
{
	if (!metrics)
		return;
	g_hash_table_unref(metrics->by_name);
	g_ptr_array_unref(metrics->all);
	g_free(metrics);
}

void jhw_metrics_clear(JhwMetrics *metrics)
{
	g_hash_table_remove_all(metrics->by_name);
	g_ptr_array_set_size(metrics->all, 0);
	metrics->now = 0;
}

/* --- taking ------------------------------------------------------------------- */

const JhwMetric *jhw_metrics_find(const JhwMetrics *metrics, const char *cell, const char *key)
{
	const JhwMetric wanted = { .cell = (char *)(gsize)cell, .key = (char *)(gsize)key };

	return g_hash_table_lookup(metrics->by_name, &wanted);
}

struct sight {
	const char *cell, *key, *title;
	JhwUnit unit;
	double value, full;
};

static JhwMetric *add_metric(JhwMetrics *metrics, const struct sight *sight)
{
	JhwMetric *metric = g_rc_box_new0(JhwMetric);

	metric->cell = g_strdup(sight->cell);
	metric->key = g_strdup(sight->key);
	metric->title = g_strdup(sight->title);
	metric->unit = sight->unit;
	metric->peak = NAN;
	metric->series = jhw_series_new(JHW_METRIC_LENGTH);
	g_ptr_array_add(metrics->all, metric);
	g_hash_table_add(metrics->by_name, metric);
	return metric;
}

static void see(JhwMetrics *metrics, const struct sight *sight)
{
	JhwMetric *metric = (JhwMetric *)(gsize)jhw_metrics_find(metrics, sight->cell, sight->key);

	if (!metric && metrics->all->len < MAX_METRICS)
		metric = add_metric(metrics, sight);
	if (!metric)
		return;
	metric->seen = metrics->moment;
	metric->value = sight->value;
	metric->full = sight->full;
	if (!isnan(sight->value) && !(sight->value <= metric->peak))
		metric->peak = sight->value;
	jhw_series_add(metric->series, metrics->now, sight->value);
}

static double known(uint64_t value)
{
	return value == TUI_NO_VALUE ? NAN : (double)value;
}

static double rate_of(const struct tui_counter *counter)
{
	return known(counter->rate_milli) / 1000;
}

/* Words for reasons; others have their own names. */
static const struct {
	const char *name, *title;
} reasons[] = {
	{ "total", N_("All exits") },
	{ "mmio", N_("MMIO") },
	{ "virt_irq", N_("Interrupts") },
	{ "virt_sgi", N_("Interrupts between CPUs") },
	{ "maintenance", N_("GIC maintenance") },
	{ "hypercall", N_("Hypercalls") },
	{ "management", N_("Management") },
	{ "psci", N_("PSCI") },
	{ "smccc", N_("SMC calls") },
	{ "pio", N_("Port I/O") },
	{ "msr_other", N_("MSR") },
	{ "exception", N_("Exceptions") },
};

static const char *reason_title(const struct tui_reason *reason)
{
	for (guint n = 0; n < G_N_ELEMENTS(reasons); n++)
		if (g_str_equal(reasons[n].name, reason->name))
			return jhw_said(reasons[n].title);
	return reason->name;
}

static void see_cell(JhwMetrics *metrics, const struct tui_model *model,
		     const struct tui_cell *cell)
{
	/* a reason that never came up is none that people look for */
	for (size_t n = 0; n < model->num_reasons; n++) {
		const struct tui_counter *counter = &cell->counters[n];

		if (n && (counter->total == TUI_NO_VALUE || !counter->total))
			continue;
		see(metrics, &(struct sight){ .cell = cell->name,
					      .key = model->reasons[n].name,
					      .title = reason_title(&model->reasons[n]),
					      .unit = JHW_UNIT_PER_SECOND,
					      .value = rate_of(counter) });
	}
}

static void see_gauge(JhwMetrics *metrics, const char *key, const char *title, JhwUnit unit,
		      const struct tui_gauge *gauge)
{
	double full = known(gauge->size);

	see(metrics, &(struct sight){ .key = key,
				      .title = title,
				      .unit = unit,
				      .value = known(gauge->used),
				      .full = isnan(full) ? 0 : full });
}

/* What Linux takes in all; NAN: of none it is known. */
static double interrupt_rate(const struct tui_model *model)
{
	double sum = NAN;

	for (size_t n = 0; n < model->num_irqs; n++) {
		double rate = rate_of(&model->irqs[n].count);

		if (!isnan(rate))
			sum = isnan(sum) ? rate : sum + rate;
	}
	return sum;
}

static void see_machine(JhwMetrics *metrics, const struct tui_model *model)
{
	see(metrics, &(struct sight){ .key = "load",
				      .title = _("Root load"),
				      .unit = JHW_UNIT_LOAD,
				      .value = known(model->load_milli[0]) / 1000 });
	see(metrics, &(struct sight){ .key = "irqs",
				      .title = _("Interrupts of the root"),
				      .unit = JHW_UNIT_PER_SECOND,
				      .value = interrupt_rate(model) });
	see_gauge(metrics, "memory", _("Memory of the root"), JHW_UNIT_BYTES, &model->memory);
	see_gauge(metrics, "pool", _("Page pool"), JHW_UNIT_PAGES, &model->mem_pool);
	see_gauge(metrics, "remap", _("Remap pool"), JHW_UNIT_PAGES, &model->remap_pool);
	see(metrics, &(struct sight){ .key = "console",
				      .title = _("Hypervisor's console"),
				      .unit = JHW_UNIT_BYTES_PER_SECOND,
				      .value = rate_of(&model->console_bytes) });
	for (size_t n = 0; n < model->num_links; n++) {
		const struct tui_link *link = &model->links[n];
		g_autofree char *key = g_strconcat("link/", link->name, NULL);
		g_autofree char *title = g_strdup_printf(_("Interrupts of %s"), link->name);

		see(metrics, &(struct sight){ .key = key,
					      .title = title,
					      .unit = JHW_UNIT_PER_SECOND,
					      .value = rate_of(&link->irqs) });
	}
}

/* What was not seen this time. */
static void end_others(JhwMetrics *metrics)
{
	for (guint n = metrics->all->len; n--;) {
		JhwMetric *metric = metrics->all->pdata[n];

		if (metric->seen == metrics->moment)
			continue;
		metric->value = NAN;
		jhw_series_add(metric->series, metrics->now, NAN);
		if (metrics->moment - metric->seen < JHW_METRIC_LENGTH)
			continue;
		g_hash_table_remove(metrics->by_name, metric);
		g_ptr_array_remove_index(metrics->all, n);
	}
}

void jhw_metrics_take(JhwMetrics *metrics, const struct tui_model *model)
{
	if (model->time_ms < metrics->now)
		jhw_metrics_clear(metrics);
	metrics->moment++;
	metrics->now = model->time_ms;
	see_machine(metrics, model);
	for (size_t n = 0; n < model->num_cells; n++)
		see_cell(metrics, model, &model->cells[n]);
	end_others(metrics);
}

/* --- looking ------------------------------------------------------------------ */

guint jhw_metrics_count(const JhwMetrics *metrics)
{
	return metrics->all->len;
}

const JhwMetric *jhw_metrics_at(const JhwMetrics *metrics, guint index)
{
	return index < metrics->all->len ? metrics->all->pdata[index] : NULL;
}

gboolean jhw_metrics_is_there(const JhwMetrics *metrics, const JhwMetric *metric)
{
	return metric->seen == metrics->moment;
}

gint64 jhw_metrics_now(const JhwMetrics *metrics)
{
	return metrics->now;
}

char *jhw_metric_value_text(const JhwMetric *metric, double value)
{
	g_autofree char *number = NULL;

	if (isnan(value))
		return g_strdup("\342\200\224");
	switch (metric->unit) {
	case JHW_UNIT_BYTES:
		return jhw_number_human((uint64_t)value);
	case JHW_UNIT_BYTES_PER_SECOND:
		number = jhw_number_human((uint64_t)value);
		return g_strdup_printf(_("%s/s"), number);
	case JHW_UNIT_PER_SECOND:
		number = jhw_plot_number(value);
		return g_strdup_printf(_("%s/s"), number);
	case JHW_UNIT_LOAD:
		return g_strdup_printf("%.2f", value);
	case JHW_UNIT_PAGES:
		break;
	}
	return g_strdup_printf("%.0f", value);
}

char *jhw_metric_text(const JhwMetric *metric)
{
	g_autofree char *value = jhw_metric_value_text(metric, metric->value), *full = NULL;

	if (!(metric->full > 0) || isnan(metric->value))
		return g_steal_pointer(&value);
	full = jhw_metric_value_text(metric, metric->full);
	if (metric->unit == JHW_UNIT_PAGES)
		return g_strdup_printf(_("%s of %s pages"), value, full);
	return g_strdup_printf(_("%s of %s"), value, full);
}
