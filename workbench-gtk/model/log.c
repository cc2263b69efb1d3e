// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/log.h"

#define MAX_LINES 2000U

struct _JhwLogLine {
	GObject parent_instance;
	enum jhcfg_severity severity;
	char *time;
	char *text;
};

G_DEFINE_FINAL_TYPE(JhwLogLine, jhw_log_line, G_TYPE_OBJECT)

static void jhw_log_line_finalize(GObject *object)
{
	JhwLogLine *line = JHW_LOG_LINE(object);

	g_free(line->time);
	g_free(line->text);
	G_OBJECT_CLASS(jhw_log_line_parent_class)->finalize(object);
}

static void jhw_log_line_class_init(JhwLogLineClass *class)
{
	G_OBJECT_CLASS(class)->finalize = jhw_log_line_finalize;
}

static void jhw_log_line_init(G_GNUC_UNUSED JhwLogLine *line)
{
}

const char *jhw_log_line_time(JhwLogLine *line)
{
	return line->time;
}

const char *jhw_log_line_text(JhwLogLine *line)
{
	return line->text;
}

enum jhcfg_severity jhw_log_line_severity(JhwLogLine *line)
{
	return line->severity;
}

struct _JhwLog {
	GObject parent_instance;
	GListStore *lines;
};

G_DEFINE_FINAL_TYPE(JhwLog, jhw_log, G_TYPE_OBJECT)

static void jhw_log_dispose(GObject *object)
{
	g_clear_object(&JHW_LOG(object)->lines);
	G_OBJECT_CLASS(jhw_log_parent_class)->dispose(object);
}

static void jhw_log_class_init(JhwLogClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_log_dispose;
}

static void jhw_log_init(JhwLog *log)
{
	log->lines = g_list_store_new(JHW_TYPE_LOG_LINE);
}

JhwLog *jhw_log_new(void)
{
	return g_object_new(JHW_TYPE_LOG, NULL);
}

GListModel *jhw_log_lines(JhwLog *log)
{
	return G_LIST_MODEL(log->lines);
}

void jhw_log_add(JhwLog *log, enum jhcfg_severity severity, const char *format, ...)
{
	g_autoptr(JhwLogLine) line = g_object_new(JHW_TYPE_LOG_LINE, NULL);
	g_autoptr(GDateTime) now = g_date_time_new_now_local();
	va_list args;

	va_start(args, format);
	line->text = g_strdup_vprintf(format, args);
	va_end(args);
	line->time = g_date_time_format(now, "%H:%M:%S");
	line->severity = severity;
	if (g_list_model_get_n_items(G_LIST_MODEL(log->lines)) >= MAX_LINES)
		g_list_store_splice(log->lines, 0, MAX_LINES / 4, NULL, 0);
	g_list_store_append(log->lines, line);
}

void jhw_log_add_diags(JhwLog *log, const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		jhw_log_add(log, diag->severity, "%s%s%s: %s%s%s", diag->object,
			    *diag->object && *diag->place ? " " : "", diag->place, diag->text,
			    *diag->hint ? " \342\200\224 " : "", diag->hint);
}
