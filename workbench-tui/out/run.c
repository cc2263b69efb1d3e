// SPDX-License-Identifier: GPL-2.0-or-later
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "model/session.h"
#include "out/listen.h"

static const struct out_format *const formats[] = {
	&out_text,
	&out_json,
	&out_csv,
};

struct run {
	const struct tui_options *options;
	const struct out_format *format; /* NULL: metrics */
	struct out_state state;
	struct tui_session *session;
	struct out_server *server;
	uint64_t seen;		/* refreshes of the model that were shown */
	enum tui_attach attach; /* how it was then */
	uint64_t shown;
	bool ready; /* the target was, once */
};

/* --- metrics as a file ---------------------------------------------------- */

/*
 * Whoever reads it sees the old or the new one, and never the temporary one: a
 * textfile collector takes all that ends with ".prom". It is not synced; after
 * a crash it is written again.
 */
static int write_metrics(int fd, const struct tui_model *model)
{
	FILE *out = fdopen(fd, "w");
	int err = 0;

	if (!out) {
		close(fd);
		return -ENOMEM;
	}
	out_metrics_write(out, model, OUT_METRICS_TEXT);
	if (ferror(out))
		err = -EIO;
	if (fclose(out) && !err)
		err = -errno;
	return err;
}

static int replace_file(const char *path, const struct tui_model *model)
{
	char temporary[4096];
	struct stat st;
	int fd, err;

	/* A device or a pipe is written to; replaced, it would be gone. */
	if (!stat(path, &st) && !S_ISREG(st.st_mode)) {
		fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return fd < 0 ? -errno : write_metrics(fd, model);
	}
	if ((size_t)snprintf(temporary, sizeof(temporary), "%s.%d.tmp", path,
			     (int)getpid()) >= sizeof(temporary))
		return -ENAMETOOLONG;
	fd = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	if (fd < 0)
		return -errno;
	err = write_metrics(fd, model);
	if (!err && rename(temporary, path))
		err = -errno;
	if (err)
		unlink(temporary);
	return err;
}

/* --- a refresh ------------------------------------------------------------ */

static void say(const char *object, const char *text)
{
	fprintf(stderr, "jh-top: %s: %s\n", object, text);
}

static int show_metrics(struct run *run, const struct tui_model *model)
{
	const char *path = run->options->openmetrics;
	int err;

	if (!path)
		return 0; /* they are asked for */
	if (!strcmp(path, "-")) {
		out_metrics_write(stdout, model, OUT_METRICS_TEXT);
		return 0;
	}
	err = replace_file(path, model);
	if (err)
		say(path, strerror(-err));
	return err;
}

static int show(struct run *run, const struct tui_model *model)
{
	int err = 0;

	if (run->format)
		run->format->refresh(&run->state, model);
	else
		err = show_metrics(run, model);
	run->state.refreshes++;
	if (!err && (fflush(stdout) || ferror(stdout))) {
		say("standard output", strerror(errno));
		err = -EIO;
	}
	return err;
}

/* > 0: enough was seen */
static int look(struct run *run)
{
	const struct tui_model *model = tui_session_model(run->session);
	int err;

	if (model->attach == TUI_LOST && !run->ready) {
		say(model->target, model->reason);
		return -ECONNREFUSED;
	}
	/* that it is lost is worth a line, too, and a metric */
	if (model->refreshes == run->seen &&
	    (model->attach == run->attach || model->attach == TUI_CONNECTING))
		return 0;
	run->ready = true;
	run->seen = model->refreshes;
	run->attach = model->attach;
	err = show(run, model);
	if (err)
		return err;
	return run->options->count && ++run->shown >= run->options->count;
}

/* --- loops ---------------------------------------------------------------- */

/* A recording is printed as fast as it goes: all of it, or its last moment. */
static int replay(struct run *run)
{
	int err;

	do
		err = look(run);
	while (!err && tui_session_step(run->session));
	return err;
}

static int serve(struct run *run)
{
	struct pollfd fds[2 + OUT_MAX_CLIENTS];
	size_t count = 1;
	int err;

	fds[0] = (struct pollfd){
		.fd = tui_session_fd(run->session),
		.events = POLLIN,
	};
	if (run->server)
		count += out_server_poll(run->server, fds + 1);
	if (poll(fds, count,
		 run->server ? out_server_timeout(run->server) : -1) < 0 &&
	    errno != EINTR)
		return -errno;
	err = tui_session_dispatch(run->session);
	if (run->server)
		out_server_serve(run->server, tui_session_model(run->session));
	return err < 0 ? err : look(run);
}

static int loop(struct run *run)
{
	int err = look(run);

	while (!err)
		err = serve(run);
	return err;
}

/* --- life ----------------------------------------------------------------- */

static void say_diags(const struct jhcfg_diags *diags)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++) {
		say(diag->object, diag->text);
		if (*diag->hint)
			fprintf(stderr, "  hint: %s\n", diag->hint);
	}
}

static int open_session(struct run *run)
{
	const struct tui_options *options = run->options;
	const struct tui_session_options session_options = {
		.delay_ms = options->delay_ms,
		.record = options->record,
		.replay = options->replay,
		.budgets = &options->budgets,
	};
	const char *name = options->num_targets ? options->targets[0] : NULL;
	struct jhcfg_diags *diags = jhcfg_diags_new();
	char recorded[4096];
	int err = 0;

	if (!diags)
		return -ENOMEM;
	if (options->replay) {
		if ((size_t)snprintf(recorded, sizeof(recorded), "recorded:%s",
				     options->replay) >= sizeof(recorded))
			err = -ENAMETOOLONG;
		name = recorded;
	}
	if (!err)
		err = tui_session_open(name, &session_options, diags,
				       &run->session);
	if (!err)
		tui_session_set_speed(run->session, options->speed_milli);
	if (err && !jhcfg_diags_get(diags, 0))
		say(name ? name : "local", strerror(-err));
	say_diags(diags);
	jhcfg_diags_free(diags);
	return err;
}

static int prepare(struct run *run)
{
	const struct tui_options *options = run->options;
	int err;

	run->state = (struct out_state){
		.out = stdout,
		.options = options,
		.rows = tui_rows_new(),
	};
	if (!run->state.rows)
		return -ENOMEM;
	if (options->sort)
		tui_rows_sort(run->state.rows,
			      options->sort + (*options->sort == '-'),
			      *options->sort == '-');
	tui_rows_filter(run->state.rows,
			options->filter ? options->filter : "");
	if (!options->listen)
		return 0;
	err = out_server_open(options->listen, stderr, &run->server);
	if (!err && !strcmp(options->listen, "127.0.0.1:0"))
		fprintf(stderr, "jh-top: listening on 127.0.0.1:%u\n",
			out_server_port(run->server));
	return err;
}

int out_run(const struct tui_options *options)
{
	struct run run = { .options = options };
	bool exceeded = false;
	int err;

	if (options->output == TUI_OUT_SCHEMA) {
		fputs(out_schema, stdout);
		return fflush(stdout) ? 1 : 0;
	}
	for (size_t n = 0; n < sizeof(formats) / sizeof(*formats); n++) {
		if (formats[n]->output == options->output)
			run.format = formats[n];
	}
	err = prepare(&run);
	if (!err)
		err = open_session(&run);
	if (!err)
		err = tui_session_model(run.session)->playback.replay &&
				      !run.server
			      ? replay(&run)
			      : loop(&run);
	if (run.session)
		exceeded = tui_session_model(run.session)->budgets_exceeded;
	tui_session_close(run.session);
	out_server_close(run.server);
	tui_rows_free(run.state.rows);
	return err < 0 || exceeded ? 1 : 0;
}
