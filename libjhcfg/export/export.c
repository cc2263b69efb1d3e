// SPDX-License-Identifier: LGPL-2.1-or-later
#include "export/export.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Errors of rules come first: they say more than that something cannot be
 * written. */
static int add_parts(struct export *export, unsigned int parts)
{
	/* asking for files one by one is looking, not bringing it up */
	bool strict = parts & JHCFG_EXPORT_LAUNCH && !export->options->force;
	struct jhcfg_findings *findings = NULL;
	int err = 0;

	if (parts & (JHCFG_EXPORT_REPORT | JHCFG_EXPORT_LAUNCH))
		err = export_judge(export, strict, &findings);
	if (!err)
		err = export_add_contents(export, parts);
	if (!err && parts & JHCFG_EXPORT_REPORT)
		err = export_add_report(export, findings);
	jhcfg_findings_free(findings);
	return err;
}

static int make(struct export *export, unsigned int parts)
{
	const char *scenario = export->options->scenario;
	int err;

	if (scenario && !load_find_scenario(export->workspace, scenario)) {
		const struct jhcfg_scenario *found;

		return load_choose_scenario(export->workspace, scenario,
					    export->diags, &found);
	}
	err = export_read_cells(
		export, parts & (JHCFG_EXPORT_TREES | JHCFG_EXPORT_LAUNCH));
	if (!err)
		err = add_parts(export, parts);
	if (!err && parts & JHCFG_EXPORT_LAUNCH)
		err = export_add_launch(export);
	if (!err && parts & JHCFG_EXPORT_LAUNCH)
		err = export_add_manifest(export);
	return err;
}

static int tell(const struct export_files *files,
		struct jhcfg_exported *exported)
{
	*exported = (struct jhcfg_exported){
		.names = calloc(files->count + 1, sizeof(*exported->names)),
	};
	if (!exported->names)
		return -ENOMEM;
	for (; exported->count < files->count; exported->count++) {
		char *name = strdup(files->items[exported->count].name);

		exported->names[exported->count] = name;
		if (!name) {
			jhcfg_exported_clear(exported);
			return -ENOMEM;
		}
	}
	return 0;
}

int jhcfg_export(const struct jhcfg_workspace *workspace, const char *folder,
		 const struct jhcfg_export_options *options,
		 struct jhcfg_diags *diags, struct jhcfg_exported *exported)
{
	static const struct jhcfg_export_options usual;
	struct jhcfg_exported names = { 0 };
	struct export export = {
		.options = options ? options : &usual,
		.diags = diags,
		/* which nobody changes meanwhile */
		.workspace = workspace,
	};
	unsigned int parts = export.options->parts;
	int err = make(&export, parts ? parts : JHCFG_EXPORT_ALL);

	/* last of all what cannot be taken back */
	if (!err)
		err = tell(&export.files, &names);
	if (!err)
		err = export_write(folder, &export.files,
				   export.options->replace, diags);
	if (!err && exported) {
		*exported = names;
		names = (struct jhcfg_exported){ 0 };
	}
	jhcfg_exported_clear(&names);
	export_files_clear(&export.files);
	export_cells_clear(&export);
	return err;
}

void jhcfg_exported_clear(struct jhcfg_exported *exported)
{
	for (size_t n = 0; n < exported->count; n++)
		free(exported->names[n]);
	free(exported->names);
	*exported = (struct jhcfg_exported){ 0 };
}
