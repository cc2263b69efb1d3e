/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a project loads into its cells, with the bytes of the files that it
 * names: the same for everybody who brings it to a target.
 */
#ifndef JHCFG_LOAD_LOAD_H
#define JHCFG_LOAD_LOAD_H

#include <stdbool.h>

#include <jhcfg/images.h>
#include <jhcfg/linux_cell.h>
#include <jhcfg/workspace.h>

/* One image, as the project says it. */
struct load_image {
	uint32_t cell; /* key */
	struct jhcfg_cell_image image;
	void *data; /* of the file, NULL: a text */
	size_t size;
};

struct load_list {
	struct load_image *images; /* by cell, in the order of loading */
	size_t count;
};

/* Where images are taken from. */
struct load_source {
	const char *folder; /* names are relative to it; NULL: there is none */
	/* a cell that has some of these has none of the project's */
	const struct jhcfg_image *given;
	size_t num_given;
};

/* The folder of the file that the workspace came from, to be freed; NULL: it
 * came from none. -ENOMEM. */
int load_find_folder(const struct jhcfg_workspace *workspace, char **folder);

/* Adds the images of a cell. Errors are told in @diags; -ENOMEM. */
int load_add_cell(struct load_list *list,
		  const struct jhcfg_workspace *workspace, uint32_t key,
		  const struct load_source *source, struct jhcfg_diags *diags);
void load_clear(struct load_list *list);

/* The list as rules want to see it, in a new array that points into it: after
 * load_place(), which finds addresses that nobody gave. NULL without memory. */
struct jhcfg_image *load_for_rules(const struct load_list *list);

/* --- which cells ---------------------------------------------------------- */

/*
 * The scenario with this name; NULL: the only one, if there is just one. It
 * lives as long as the state of the workspace. *@scenario stays NULL where the
 * project has none: all cells are meant. -ENOENT after diags.
 */
int load_choose_scenario(const struct jhcfg_workspace *workspace,
			 const char *name, struct jhcfg_diags *diags,
			 const struct jhcfg_scenario **scenario);
const struct jhcfg_scenario *load_find_scenario(
	const struct jhcfg_workspace *workspace, const char *name);
/* A cell of the scenario; with NULL, any but the root. */
bool load_is_chosen(const struct jhcfg_scenario *scenario, uint32_t key);

/* --- where they go -------------------------------------------------------- */

/* A file or a text with its address in the cell. */
struct load_placed {
	const char *name; /* of a file */
	const void *data; /* NULL: a text */
	size_t size;
	const char *text;
	uint64_t address;
};

struct load_plan {
	struct load_placed *images;
	size_t count;
	bool is_linux;
	struct jhcfg_linux_plan linux_plan; /* if it is: has what was made */
};

/* Name of the device tree that is made for a cell. */
#define LOAD_TREE_NAME "cell.dtb"

/*
 * All that is to be loaded into the cell, in order: of cells with a kernel
 * with a device tree for it and the loader's parameters. @board NULL: the
 * workspace's. The plan points into the list. -errno after diags; -ENOMEM.
 */
int load_place(const struct load_list *list,
	       const struct jhcfg_workspace *workspace, uint32_t key,
	       const struct jhcfg_board *board, struct jhcfg_diags *diags,
	       struct load_plan *plan);
void load_plan_clear(struct load_plan *plan);

#endif
