/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* The project form of configurations and boards: JSON that people write and
 * review. */
#ifndef JHCFG_PROJECT_H
#define JHCFG_PROJECT_H

#include <jhcfg/board.h>
#include <jhcfg/diag.h>
#include <jhcfg/model.h>

/* A project file that is longer than this is none. */
#define JHCFG_PROJECT_FILE_MAX (16 * 1024 * 1024)

/*
 * Reads a system or a cell from the @size bytes at @text, which need no NUL.
 * Which of them it is stands in its "$schema". Keys that the library does not
 * know are kept and come out of jhcfg_project_write() again.
 * -EINVAL: see the diagnostics; -ENOMEM.
 */
JHCFG_API int jhcfg_project_read(const char *text, size_t size,
				 struct jhcfg_diags *diags,
				 struct jhcfg_config **config);

/*
 * Writes @config as JSON, with keys in a stable order, as a new string with a
 * newline at its end that the caller frees. -ENOMEM.
 */
JHCFG_API int jhcfg_project_write(const struct jhcfg_config *config,
				  char **text);

/*
 * Reads a board from the @size bytes at @text, which need no NUL; whatever an
 * importer can tell has its key. Keys that the library does not know are kept.
 * -EINVAL: see the diagnostics; -ENOMEM.
 */
JHCFG_API int jhcfg_board_read(const char *text, size_t size,
			       struct jhcfg_diags *diags,
			       struct jhcfg_board **board);

/* Reads whichever of them it is into *@config or *@board; the other one stays
 * as it was. */
JHCFG_API int jhcfg_project_read_any(const char *text, size_t size,
				     struct jhcfg_diags *diags,
				     struct jhcfg_config **config,
				     struct jhcfg_board **board);

/* Writes @board as JSON, as jhcfg_project_write() does a configuration. */
JHCFG_API int jhcfg_board_write(const struct jhcfg_board *board, char **text);

#endif
