// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Configurations as the driver was given them: read once for each cell, if the
 * target lets us. They are binary, so that no tree holds them.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/codec.h>

#include "model/session_private.h"
#include "model/update.h"

#define SYSFS	   "/sys/devices/jailhouse/"
#define READ_MS	   10000
#define MAX_CONFIG ((size_t)1 << 20)

struct session_config {
	struct tui_session *session;
	struct jhcfg_job *job;
	uint32_t serial; /* of the cell */
	char path[64];
	char *data;
	size_t size, room;
};

static void set_path(const struct tui_cell *cell, char path[64])
{
	if (cell->id)
		snprintf(path, 64, SYSFS "cells/%u/config", cell->id);
	else
		strcpy(path, SYSFS "config");
}

static void take(struct tui_session *session, uint32_t serial, const char *path,
		 const void *data, size_t size)
{
	struct jhcfg_config *config;

	if (jhcfg_codec_decode_as(data, size, NULL, NULL, &config, NULL))
		return;
	if (session->recorder)
		jhcfg_recorder_keep(session->recorder, path, data, size);
	update_config(session->store, serial, config);
	update_map(session->store);
	session->changed = true;
}

/* --- files at hand -------------------------------------------------------- */

static void read_now(struct tui_session *session, const struct tui_cell *cell)
{
	uint32_t serial = cell->serial;
	char path[64];
	size_t size;
	void *data;

	set_path(cell, path);
	if (jhcfg_target_read(session->target, path, MAX_CONFIG, &data, &size))
		return;
	take(session, serial, path, data, size);
	free(data);
}

/* A recording has them from some moment on. */
static void read_recorded(struct tui_session *session)
{
	const struct tui_model *model = &session->store->model;

	for (size_t n = 0; n < model->num_cells; n++) {
		const struct tui_cell *cell = &model->cells[n];
		const struct jhcfg_tree_file *file;
		char path[64];

		if (cell->config)
			continue;
		set_path(cell, path);
		file = jhcfg_recording_file(session->recording, session->moment,
					    path);
		if (file)
			take(session, cell->serial, path, file->text,
			     file->size);
	}
}

/* --- by a command --------------------------------------------------------- */

static void job_output(struct jhcfg_job *job, void *user,
		       enum jhcfg_stream stream, const void *data, size_t size)
{
	struct session_config *config = user;
	size_t room = config->room ? config->room : 16384;
	char *grown;

	(void)job;
	if (stream != JHCFG_STREAM_OUTPUT || config->size > MAX_CONFIG)
		return;
	while (room < config->size + size)
		room *= 2;
	if (room != config->room) {
		grown = realloc(config->data, room);
		if (!grown) {
			config->size = MAX_CONFIG + 1;
			return;
		}
		config->data = grown;
		config->room = room;
	}
	memcpy(config->data + config->size, data, size);
	config->size += size;
}

static void job_done(struct jhcfg_job *job, void *user,
		     const struct jhcfg_job_end *end)
{
	struct session_config *config = user;

	(void)job;
	config->job = NULL;
	if (!end->error && !end->status && !end->signal &&
	    config->size <= MAX_CONFIG)
		take(config->session, config->serial, config->path,
		     config->data, config->size);
	session_configs(config->session);
}

static void read_by_command(struct tui_session *session,
			    const struct tui_cell *cell)
{
	struct session_config *config = session->config;
	const struct jhcfg_job_handler handler = {
		.output = job_output,
		.done = job_done,
		.user = config,
	};
	const char *const argv[] = { "cat", config->path, NULL };

	config->serial = cell->serial;
	config->size = 0;
	set_path(cell, config->path);
	if (jhcfg_target_run(session->target, argv, READ_MS, &handler,
			     &config->job))
		config->job = NULL;
	else
		jhcfg_job_end_input(config->job);
}

/* --- both ----------------------------------------------------------------- */

static bool is_at_hand(const struct tui_session *session)
{
	enum jhcfg_target_kind kind = jhcfg_target_kind(session->target);

	return kind == JHCFG_TARGET_LOCAL || kind == JHCFG_TARGET_RECORDED;
}

void session_configs(struct tui_session *session)
{
	int index;

	if (session->recording) {
		read_recorded(session);
		return;
	}
	if (!session->config) {
		session->config = calloc(1, sizeof(*session->config));
		if (!session->config)
			return;
		session->config->session = session;
	}
	while (!session->config->job &&
	       (index = update_config_wanted(session->store)) >= 0) {
		const struct tui_cell *cell =
			&session->store->model.cells[index];
		char path[64];

		set_path(cell, path);
		/* what another cell of that id had is its no more */
		if (session->recorder)
			jhcfg_recorder_keep(session->recorder, path, NULL, 0);
		if (is_at_hand(session))
			read_now(session, cell);
		else
			read_by_command(session, cell);
	}
}

void session_configs_free(struct tui_session *session)
{
	if (!session->config)
		return;
	if (session->config->job)
		jhcfg_job_cancel(session->config->job);
	free(session->config->data);
	free(session->config);
}
