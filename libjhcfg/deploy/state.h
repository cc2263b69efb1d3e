/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What a target runs, as it was found, and as it is to be: one struct for
 * both, so that the way from one to the other is the same forth and back.
 */
#ifndef JHCFG_DEPLOY_STATE_H
#define JHCFG_DEPLOY_STATE_H

#include <stdbool.h>

#include <jhcfg/codec.h>
#include <jhcfg/status.h>

#include "model/arena.h"

/* What a cell is loaded with: a file in the run directory, or a text. */
struct deploy_image {
	const char *file; /* "SUM-plain-name", NULL: @text */
	const char *text;
	uint64_t address;
};

/* A configuration in the target's dialect. */
struct deploy_config {
	const void *data; /* NULL: not known */
	size_t size;
	/* NULL: not known, or not understood; without what the driver fills
	 * in by itself */
	struct jhcfg_config *model;
	const struct jhcfg_dialect *dialect; /* it is written in; or NULL */
};

struct deploy_cell {
	const char *name;
	struct deploy_config config;
	bool images_known;
	const struct deploy_image *images;
	size_t num_images;
	bool run;

	/* Only of a cell that was found. */
	unsigned int id;
	enum jhcfg_cell_state state;
	const char *state_name;
	/* tells it from all others since the target was started */
	const char *inode;
};

struct deploy_state {
	struct jhcfg_arena arena; /* of all but the models */
	bool driver, enabled;
	struct deploy_config root;
	struct deploy_cell *cells; /* without the root */
	size_t num_cells;

	/* Only of what was found. */
	const char *boot_id;
	const char *const *files; /* names in the run directory */
	size_t num_files;
	uint64_t free_bytes; /* there; JHCFG_NO_VALUE: not known */
	/* of the last enable: its exit status, JHCFG_NO_VALUE: it has none;
	 * whether it was begun at all, and what it said */
	bool enable_begun;
	uint64_t enable_status;
	const char *enable_log;
	bool rolled_back;     /* the watchdog did it */
	bool locked;	      /* our claim is there */
	const char *unlocked; /* why it is not; or empty */
	const char *other;    /* who else deploys there; empty: nobody */
};

/* NULL is legal. */
void deploy_state_free(struct deploy_state *state);

/* The cell with this name; NULL: there is none. */
struct deploy_cell *deploy_state_find(const struct deploy_state *state,
				      const char *name);
bool deploy_state_has_file(const struct deploy_state *state, const char *name);
/* They say the same, but for what the driver fills in. */
bool deploy_config_equal(const struct deploy_config *a,
			 const struct deploy_config *b);
/* Nothing has happened between these two looks. */
bool deploy_state_equal(const struct deploy_state *a,
			const struct deploy_state *b);
/* Reads what @config holds; what cannot be understood has no model. */
void deploy_config_decode(struct deploy_config *config);

/* --- what was found ------------------------------------------------------- */

/*
 * The command that looks, to be run as root: of the folder of the driver's
 * attributes, the run directory, a line that no file holds, and the arguments
 * of lock().
 */
extern const char deploy_look_script[];
/* Makes a state of its output. -EIO: it makes no sense; -ENOMEM. */
int deploy_look_parse(const char *output, size_t size, const char *mark,
		      struct deploy_state **state);

/* --- records of what cells were loaded with ------------------------------- */

/* Name of the record of a cell that was found, in @name. */
#define DEPLOY_RECORD_SIZE 64
void deploy_record_name(const struct deploy_cell *cell,
			char name[DEPLOY_RECORD_SIZE]);
/* Its contents for these images: a new string. NULL without memory. */
char *deploy_record_write(const char *boot_id,
			  const struct deploy_image *images, size_t count);
/* Takes over what a record says of a cell, if it is of this boot. */
void deploy_record_read(struct deploy_state *state, struct deploy_cell *cell,
			const char *text, size_t size);
bool deploy_images_equal(const struct deploy_cell *a,
			 const struct deploy_cell *b);

#endif
