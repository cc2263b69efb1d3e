/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What was done and what was said about it, with the time. */
#ifndef JHW_LOG_H
#define JHW_LOG_H

#include <gio/gio.h>
#include <jhcfg/diag.h>

#define JHW_TYPE_LOG_LINE (jhw_log_line_get_type())
G_DECLARE_FINAL_TYPE(JhwLogLine, jhw_log_line, JHW, LOG_LINE, GObject)
const char *jhw_log_line_time(JhwLogLine *line);
const char *jhw_log_line_text(JhwLogLine *line);
enum jhcfg_severity jhw_log_line_severity(JhwLogLine *line);

/* A GListModel of lines, the newest last; old ones are dropped. */
#define JHW_TYPE_LOG (jhw_log_get_type())
G_DECLARE_FINAL_TYPE(JhwLog, jhw_log, JHW, LOG, GObject)
JhwLog *jhw_log_new(void);
GListModel *jhw_log_lines(JhwLog *log);
void jhw_log_add(JhwLog *log, enum jhcfg_severity severity, const char *format, ...)
	G_GNUC_PRINTF(3, 4);
/* A line for each entry. */
void jhw_log_add_diags(JhwLog *log, const struct jhcfg_diags *diags);

#endif
