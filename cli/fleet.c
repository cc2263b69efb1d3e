// SPDX-License-Identifier: GPL-2.0-or-later
#include "fleet.h"

#include <ctype.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <jhcfg/target.h>

#include "output.h"

#define DEFAULT_JOBS 8
#define MAX_JOBS     256
#define LINE_SIZE    160

/* One target's part. */
struct member {
	struct fleet *fleet;
	const char *name;
	FILE *log;
	/* the last line of its output, and the first of its messages */
	struct line {
		char text[LINE_SIZE];
		size_t length;
		bool ended;
	} last, message;
};

struct fleet {
	struct jhcfg_target *local; /* the processes are its jobs */
	const char *folder;
	const char **words; /* of the command line; words[2] is the target */
	struct member *members;
	size_t count, begun, running;
	int worst;
};

/* Set by the signal, so that the processes do not outlive us. */
static volatile sig_atomic_t stopped;

static void on_signal(int number)
{
	stopped = number;
}

/* --- what a target said --------------------------------------------------- */

/* For people, in one line: what moves the cursor is not shown. */
static void keep(struct line *line, char byte)
{
	if (line->length < sizeof(line->text) - 1)
		line->text[line->length++] =
			(unsigned char)byte < ' ' || byte == 127 ? ' ' : byte;
}

static void keep_last(struct line *line, const char *data, size_t size)
{
	for (size_t n = 0; n < size; n++) {
		if (data[n] == '\n') {
			line->ended = line->length > 0;
			continue;
		}
		if (line->ended)
			line->length = 0;
		line->ended = false;
		keep(line, data[n]);
	}
	line->text[line->length] = 0;
}

static void keep_first(struct line *line, const char *data, size_t size)
{
	for (size_t n = 0; n < size && !line->ended; n++) {
		if (data[n] == '\n')
			line->ended = line->length > 0;
		else
			keep(line, data[n]);
	}
	line->text[line->length] = 0;
}

static void on_output(struct jhcfg_job *job, void *user,
		      enum jhcfg_stream stream, const void *data, size_t size)
{
	struct member *member = user;

	(void)job;
	fwrite(data, 1, size, member->log);
	if (stream == JHCFG_STREAM_OUTPUT)
		keep_last(&member->last, data, size);
	else
		keep_first(&member->message, data, size);
}

static void tell(const struct member *member, int code)
{
	bool has_message = code && member->message.length;
	char outcome[24] = "ok";

	if (code)
		snprintf(outcome, sizeof(outcome), "exit %d", code);
	printf("%-32s %-8s %s\n", member->name, outcome,
	       has_message ? member->message.text : member->last.text);
	fflush(stdout);
}

static void on_done(struct jhcfg_job *job, void *user,
		    const struct jhcfg_job_end *end)
{
	struct member *member = user;
	struct fleet *fleet = member->fleet;
	int code = end->error || end->status < 0 ? CMD_FAILED : end->status;

	(void)job;
	if (fclose(member->log)) {
		output_error("%s: the log cannot be written: %s", member->name,
			     strerror(errno));
		code = code ? code : CMD_FAILED;
	}
	member->log = NULL;
	if (end->signal)
		member->message.length = (size_t)snprintf(
			member->message.text, sizeof(member->message.text),
			"ended by signal %d", end->signal);
	tell(member, code);
	fleet->running--;
	if (code > fleet->worst)
		fleet->worst = code;
}

/* --- running -------------------------------------------------------------- */

/* "03-ssh___root_board.log": no two are the same, whatever the names are. */
static FILE *open_log(const struct fleet *fleet, size_t index)
{
	char plain[80], *path;
	const char *name = fleet->members[index].name;
	size_t length = 0;
	FILE *log;

	for (; *name && length < sizeof(plain) - 1; name++)
		plain[length++] =
			isalnum((unsigned char)*name) || strchr(".-", *name)
				? *name
				: '_';
	plain[length] = 0;
	if (asprintf(&path, "%s/%02zu-%s.log", fleet->folder, index + 1,
		     plain) < 0)
		return NULL;
	log = fopen(path, "we");
	if (!log)
		output_errno(path, errno);
	free(path);
	return log;
}

static bool begin_next(struct fleet *fleet)
{
	struct member *member = &fleet->members[fleet->begun];
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.done = on_done,
		.user = member,
	};
	struct jhcfg_job *job;
	int err;

	member->log = open_log(fleet, fleet->begun);
	if (!member->log)
		return false;
	fleet->begun++;
	fleet->words[2] = member->name;
	err = jhcfg_target_run(fleet->local, fleet->words, 0, &handler, &job);
	if (err) {
		output_errno(member->name, err);
		return false;
	}
	fleet->running++;
	jhcfg_job_end_input(job);
	return true;
}

static bool run_all(struct fleet *fleet, size_t jobs)
{
	while (!stopped && (fleet->begun < fleet->count || fleet->running)) {
		while (fleet->begun < fleet->count && fleet->running < jobs) {
			if (!begin_next(fleet))
				return false;
		}
		if (jhcfg_target_dispatch(fleet->local, -1))
			return false;
	}
	return !stopped;
}

static bool parse_jobs(const char *text, size_t *jobs)
{
	char *end;

	*jobs = DEFAULT_JOBS;
	if (!text)
		return true;
	*jobs = strtoul(text, &end, 10);
	if (*text >= '1' && *text <= '9' && !*end && *jobs <= MAX_JOBS)
		return true;
	output_error("--jobs %s: not a number from 1 to %d", text, MAX_JOBS);
	return false;
}

static bool make_folder(const char *path)
{
	if (!mkdir(path, 0777) || errno == EEXIST)
		return true;
	output_errno(path, errno);
	return false;
}

/* We ourselves, with another target in front of the same words. */
static const char **make_words(char *self, size_t size, int argc, char **argv)
{
	ssize_t length = readlink("/proc/self/exe", self, size - 1);
	const char **words = calloc((size_t)argc + 4, sizeof(*words));

	if (length < 0 || !words) {
		output_errno("--targets", length < 0 ? errno : ENOMEM);
		free(words);
		return NULL;
	}
	self[length] = 0;
	words[0] = self;
	words[1] = "--target";
	for (int n = 0; n < argc; n++)
		words[n + 3] = argv[n];
	return words;
}

static void catch_signals(void)
{
	struct sigaction action = { .sa_handler = on_signal };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGHUP, &action, NULL);
}

/* @list is not empty. */
static int run_list(const struct fleet_list *list, struct fleet *fleet,
		    size_t jobs)
{
	bool all;

	fleet->members = calloc(list->count, sizeof(*fleet->members));
	if (!fleet->members ||
	    jhcfg_target_open("local", NULL, NULL, &fleet->local)) {
		output_errno("--targets", ENOMEM);
		free(fleet->members);
		return CMD_FAILED;
	}
	fleet->count = list->count;
	for (size_t n = 0; n < list->count; n++) {
		fleet->members[n].fleet = fleet;
		fleet->members[n].name = list->names[n];
	}
	all = run_all(fleet, jobs);
	/* what still runs is killed */
	jhcfg_target_close(fleet->local);
	for (size_t n = 0; n < list->count; n++) {
		if (fleet->members[n].log)
			fclose(fleet->members[n].log);
	}
	free(fleet->members);
	if (all)
		return fleet->worst;
	return fleet->worst ? fleet->worst : CMD_FAILED;
}

int fleet_run(const struct globals *globals, int argc, char **argv)
{
	const char *folder = globals->values[GLOBAL_LOGS];
	struct fleet fleet = { .folder = folder ? folder : "targets.logs" };
	struct fleet_list list;
	char self[4096];
	size_t jobs;
	int result;

	if (!parse_jobs(globals->values[GLOBAL_JOBS], &jobs))
		return CMD_USAGE;
	if (!fleet_list_read(globals->values[GLOBAL_TARGETS], &list))
		return CMD_FAILED;
	fleet.words = make_words(self, sizeof(self), argc, argv);
	if (!fleet.words || !make_folder(fleet.folder)) {
		free(fleet.words);
		fleet_list_clear(&list);
		return CMD_FAILED;
	}
	/* several that ask at once cannot be answered */
	setenv("JAILHOUSE_BATCH", "1", 1);
	catch_signals();
	result = run_list(&list, &fleet, jobs);
	free(fleet.words);
	fleet_list_clear(&list);
	return result;
}
