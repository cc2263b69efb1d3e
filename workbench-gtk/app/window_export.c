// SPDX-License-Identifier: GPL-2.0-or-later
/* Exporting to a folder; what is in the way of it is asked about. */
#include "app/window_private.h"
#include "model/export.h"
#include "model/text.h"
#include "widgets/question.h"

static void try_export(JhwWindow *window);

static void answered(const char *text, gpointer data)
{
	JhwWindow *window = data;

	if (text && window->session)
		try_export(window);
}

/* @lacks: one of them. */
static void ask(JhwWindow *window, JhwExportFlags lacks, const char *why)
{
	gboolean replace = lacks == JHW_EXPORT_REPLACE;
	const JhwQuestion question = {
		.title = replace ? _("Replace Files?") : _("Export with Errors?"),
		.text = why,
		.answer = replace ? _("_Replace") : _("_Export Anyway"),
		.entry = JHW_QUESTION_PLAIN,
		.answered = answered,
		.data = window,
	};

	window->export_flags |= lacks;
	g_clear_pointer(&window->export_question, gtk_window_destroy);
	jhw_question_open(&window->export_question, GTK_WINDOW(window), &question);
}

static void try_export(JhwWindow *window)
{
	JhwDocument *document = jhw_session_document(window->session);
	JhwExportFlags lacks;
	GError *error = NULL;
	guint count = 0;

	if (jhw_export(jhw_document_workspace(document), window->export_path, window->export_flags,
		       &count, &error)) {
		jhw_session_notice(window->session, _("Wrote %u files to %s"), count,
				   window->export_path);
		return;
	}
	lacks = jhw_export_lacks(error, window->export_flags);
	if (!lacks) {
		jhw_window_complain(window, error);
		return;
	}
	ask(window, lacks, error->message);
	g_error_free(error);
}

void jhw_window_export_to(JhwWindow *window, const char *path)
{
	g_free(window->export_path);
	window->export_path = g_strdup(path);
	window->export_flags = 0;
	try_export(window);
}
