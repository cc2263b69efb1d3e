// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/command_line.h"

#include "app/options.h"
#include "app/picture.h"
#include "model/document.h"
#include "model/error.h"
#include "model/export.h"

static int fail(const char *message)
{
	g_printerr("jailhouse-workbench: %s\n", message);
	return 1;
}

static int say(char *text)
{
	g_print("%s", text);
	g_free(text);
	return 0;
}

static gboolean export_project(const JhwOptions *options, JhwDocument *document, GError **error)
{
	guint count = 0;

	if (!jhw_export(jhw_document_workspace(document), options->export,
			(options->force ? JHW_EXPORT_FORCE : 0) |
				(options->replace ? JHW_EXPORT_REPLACE : 0),
			&count, error))
		return FALSE;
	g_print("%u files in %s\n", count, options->export);
	return TRUE;
}

static int use_project(const JhwOptions *options, const char *project)
{
	const char *page = options->page ? options->page : jhw_picture_page(0);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GError) error = NULL;
	g_autoptr(JhwDocument) document = jhw_document_load(project, diags, &error);

	if (!document || (options->export && !export_project(options, document, &error)) ||
	    (options->picture &&
	     !jhw_picture_save(jhw_document_workspace(document), page, options->picture, &error)))
		return fail(error->message);
	return 0;
}

void jhw_command_line_add(GApplication *application)
{
	const JhwOption *option;

	for (guint n = 0; (option = jhw_option_at(n)); n++) {
		const GOptionEntry *entry = &option->entry;

		g_application_add_main_option(application, entry->long_name, entry->short_name,
					      entry->flags, entry->arg, entry->description,
					      entry->arg_description);
	}
	g_application_set_option_context_parameter_string(application, "[PROJECT\342\200\246]");
}

gboolean jhw_command_line_run(int argc, char **argv, int *status)
{
	JhwOptions options = { 0 };
	g_auto(GStrv) copy = g_new0(char *, argc + 1);
	gboolean done = TRUE;

	for (int n = 0; n < argc; n++)
		copy[n] = g_strdup(argv[n]);
	if (!jhw_options_parse(&options, &copy, NULL)) {
		done = FALSE;
	} else if (options.version) {
		*status = say(g_strdup_printf("jailhouse-workbench %s\n", JHW_VERSION));
	} else if (options.manual) {
		*status = say(jhw_options_manual());
	} else if (options.completion) {
		*status = say(jhw_options_completion());
	} else if (!options.export && !options.picture) {
		done = FALSE;
	} else if (g_strv_length(copy) != 2) {
		fail("--export DIR and --picture FILE want one project");
		*status = 2;
	} else {
		*status = use_project(&options, copy[1]);
	}
	jhw_options_clear(&options);
	return done;
}
