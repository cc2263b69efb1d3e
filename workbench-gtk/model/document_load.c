// SPDX-License-Identifier: GPL-2.0-or-later
/* Opening whatever a person names: a project, or something to make one of. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jhcfg/file.h>
#include <jhcfg/import.h>
#include <jhcfg/project.h>
#include <jhcfg/root.h>
#include <jhcfg/source.h>

#include "model/document.h"
#include "model/error.h"
#include "model/text.h"

/* What is not a project itself: hardware gets a root cell, configurations
 * become a project of their own. */
static int import(const char *path, struct jhcfg_diags *diags, struct jhcfg_workspace **workspace)
{
	static const struct jhcfg_root_options options; /* the library chooses */
	struct jhcfg_source source = { 0 };
	struct jhcfg_config *root = NULL;
	int err = jhcfg_source_read(path, NULL, diags, &source);

	if (err)
		return err;
	if (!source.config)
		err = jhcfg_root_generate(source.board, &options, diags, &root);
	else if (!jhcfg_config_system(source.config)) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "D01", "source", "",
				_("open its system, and add the cell to that"),
				_("it is %s of a single cell"), source.words);
		err = -EINVAL;
	}
	if (!err)
		err = jhcfg_workspace_from_configs(root ? root : source.config, NULL, 0,
						   source.board, diags, workspace);
	jhcfg_config_free(root);
	jhcfg_source_clear(&source);
	return err;
}

/* A system and a board say so near their beginning, whatever their names are. */
static gboolean is_project(const char *path)
{
	g_autofree char *text = NULL;
	void *data = NULL;
	size_t size = 0;

	if (jhcfg_file_read_regular(path, JHCFG_PROJECT_FILE_MAX, &data, &size))
		return g_str_has_suffix(path, ".json");
	text = g_strndup(data, MIN(size, 4096));
	free(data);
	if (strstr(text, "jailhouse-workbench/system-"))
		return TRUE;
	return g_str_has_suffix(path, ".json") && !strstr(text, "jailhouse-workbench/board-");
}

/* Pipes and devices would keep the program waiting, or act when they are
 * opened; a folder may be a recorded machine. */
static gboolean check_kind(const char *path, GError **error)
{
	struct stat st;

	if (stat(path, &st)) {
		g_set_error(error, G_IO_ERROR, (gint)g_io_error_from_errno(errno),
			    _("%s cannot be opened: %s"), path, g_strerror(errno));
		return FALSE;
	}
	if (S_ISREG(st.st_mode) || S_ISDIR(st.st_mode))
		return TRUE;
	g_set_error(error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE,
		    S_ISFIFO(st.st_mode)   ? _("%s is a pipe, not a file")
		    : S_ISSOCK(st.st_mode) ? _("%s is a socket, not a file")
					   : _("%s is a device, not a file"),
		    path);
	return FALSE;
}

JhwDocument *jhw_document_import_archive(const void *data, gsize size, const char *name,
					 struct jhcfg_diags *diags, GError **error)
{
	static const struct jhcfg_root_options options; /* the library chooses */
	struct jhcfg_workspace *workspace = NULL;
	struct jhcfg_board *board = NULL;
	struct jhcfg_config *root = NULL;
	int err = jhcfg_import_archive(data, size, name, diags, &board);

	if (!err)
		err = jhcfg_root_generate(board, &options, diags, &root);
	if (!err)
		err = jhcfg_workspace_from_configs(root, NULL, 0, board, diags, &workspace);
	jhcfg_config_free(root);
	jhcfg_board_free(board);
	if (!err)
		return jhw_document_new(workspace, NULL);
	jhw_error_take(error, err, diags);
	g_prefix_error(error, "%s: ", name);
	return NULL;
}

JhwDocument *jhw_document_load(const char *path, struct jhcfg_diags *diags, GError **error)
{
	struct jhcfg_workspace *workspace = NULL;
	JhwDocument *document;
	gboolean project;
	int err;

	if (!check_kind(path, error))
		return NULL;
	project = is_project(path);
	err = project ? jhcfg_workspace_look(path, diags, &workspace)
		      : import(path, diags, &workspace);
	if (err) {
		jhw_error_take(error, err, diags);
		g_prefix_error(error, "%s: ", path);
		return NULL;
	}
	document = jhw_document_new(workspace, project ? path : NULL);
	if (jhcfg_workspace_read_only(workspace))
		jhw_document_set_read_only(document, jhcfg_workspace_read_only(workspace));
	return document;
}
