// SPDX-License-Identifier: GPL-2.0-or-later
#include "forward.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/site.h>

#include "output.h"
#include "target.h"

/* The largest image or configuration that is taken along, and the time that a
 * slow link may need for it. */
#define MAX_FILE  ((size_t)1 << 30)
#define UPLOAD_MS (30 * 60 * 1000)

/* The words of the command there. Some are made here, and freed with it. */
struct words {
	const char **argv;
	size_t count;
	char **made;
	size_t num_made;
};

static void free_words(struct words *words)
{
	for (size_t n = 0; n < words->num_made; n++)
		free(words->made[n]);
	free(words->made);
	free(words->argv);
}

/* Room for all words that a command line can become. */
static int allocate_words(const struct cmd_line *line, struct words *words)
{
	size_t most = (size_t)line->argc + CMD_MAX_OPTIONS + 16;

	*words = (struct words){
		.argv = calloc(most, sizeof(*words->argv)),
		.made = calloc(most, sizeof(*words->made)),
	};
	return words->argv && words->made ? 0 : -ENOMEM;
}

static void add(struct words *words, const char *word)
{
	words->argv[words->count++] = word;
}

static int add_made(struct words *words, char *word)
{
	if (!word)
		return -ENOMEM;
	words->made[words->num_made++] = word;
	add(words, word);
	return 0;
}

static int add_options(const struct cmd_line *line, struct words *words)
{
	const struct cmd_option *options = line->command->options;
	char *word;

	for (int n = 0; options && options[n].name; n++) {
		const char *value = line->options[n];
		int length;

		if (!value)
			continue;
		if (options[n].value)
			length = asprintf(&word, "--%s=%s", options[n].name,
					  value);
		else
			length = asprintf(&word, "--%s", options[n].name);
		if (add_made(words, length < 0 ? NULL : word))
			return -ENOMEM;
	}
	return 0;
}

static void advise(int err, const char *folder)
{
	if (err == -ENOSPC)
		output_hint("make room in %s there; nothing was left of the "
			    "file",
			    folder);
	if (err == -EROFS)
		output_hint("%s is read-only there; it has to be writable",
			    folder);
	if (err == -ECONNRESET)
		output_hint("try again: what was there before is as it was");
}

/* Brings the file there; its path there is the word. */
static int add_file(struct jhcfg_target *target, const struct jhcfg_site *site,
		    const char *path, struct words *words)
{
	char *there;
	size_t size;
	void *data;
	int err = jhcfg_file_read(path, MAX_FILE, &data, &size);

	if (err) {
		output_errno(path, err);
		return err;
	}
	err = jhcfg_site_upload(target, site, path, data, size, UPLOAD_MS,
				&there);
	free(data);
	if (err) {
		output_error("%s: cannot be brought to %s: %s", path,
			     jhcfg_target_name(target), strerror(-err));
		advise(err, site->folder);
		return err;
	}
	return add_made(words, there);
}

static int add_operands(struct jhcfg_target *target,
			const struct jhcfg_site *site,
			const struct cmd_line *line, struct words *words)
{
	const struct command *command = line->command;
	bool may_look_like_option = false;
	int err = 0;

	for (int n = 0; n < line->argc; n++)
		may_look_like_option |= line->argv[n][0] == '-';
	/* the established tool does not know it, so only where it is needed */
	if (may_look_like_option && !command->raw)
		add(words, "--");
	for (int n = 0; n < line->argc && !err; n++) {
		if (command->takes_along && command->takes_along(line, n))
			err = add_file(target, site, line->argv[n], words);
		else
			add(words, line->argv[n]);
	}
	return err;
}

static int make_words(struct jhcfg_target *target,
		      const struct jhcfg_site *site,
		      const struct cmd_line *line, struct words *words)
{
	int err = allocate_words(line, words);

	if (err)
		return err;
	for (int n = 0; n < site->num_become; n++)
		add(words, site->become[n]);
	add(words, site->tool);
	add(words, line->command->words[0]);
	if (line->command->words[1])
		add(words, line->command->words[1]);
	if (!line->command->raw)
		err = add_options(line, words);
	return err ? err : add_operands(target, site, line, words);
}

/* --- running -------------------------------------------------------------- */

struct run {
	bool over;
	struct jhcfg_job_end end;
};

static void on_output(struct jhcfg_job *job, void *user,
		      enum jhcfg_stream stream, const void *data, size_t size)
{
	FILE *out = stream == JHCFG_STREAM_OUTPUT ? stdout : stderr;

	(void)job;
	(void)user;
	if (isatty(fileno(out)))
		output_clean(out, data, size, "\t\n\r");
	else
		fwrite(data, 1, size, out);
	/* a console is watched as it comes */
	fflush(out);
}

static void on_done(struct jhcfg_job *job, void *user,
		    const struct jhcfg_job_end *end)
{
	struct run *run = user;

	(void)job;
	run->over = true;
	run->end = *end;
}

static int run_there(struct jhcfg_target *target, const char *const *argv)
{
	struct run run = { .end.status = CMD_FAILED };
	const struct jhcfg_job_handler handler = {
		.output = on_output,
		.done = on_done,
		.user = &run,
	};
	struct jhcfg_job *job;
	int err = jhcfg_target_run(target, argv, 0, &handler, &job);

	if (!err)
		jhcfg_job_end_input(job);
	while (!err && !run.over)
		err = jhcfg_target_dispatch(target, -1);
	if (!err)
		err = run.end.error;
	if (err) {
		output_error("%s: the command did not come to its end there: "
			     "%s%s%s",
			     jhcfg_target_name(target), strerror(-err),
			     *jhcfg_target_reason(target) ? ": " : "",
			     jhcfg_target_reason(target));
		return CMD_FAILED;
	}
	if (run.end.signal) {
		output_error("%s: the command was ended there by signal %d",
			     jhcfg_target_name(target), run.end.signal);
		return CMD_FAILED;
	}
	return run.end.status;
}

static int find_site(struct jhcfg_target *target, struct jhcfg_site *site)
{
	struct jhcfg_diags *diags = jhcfg_diags_new();
	int err = jhcfg_site_find(target, diags, site);

	if (err == -EOPNOTSUPP)
		output_hint("only commands that read work on a recording");
	if (!err) {
		err = jhcfg_site_check(target, site, diags);
		if (err)
			jhcfg_site_clear(site);
	}
	output_diags(NULL, diags);
	jhcfg_diags_free(diags);
	return err;
}

int forward_run(const struct cmd_line *line)
{
	struct jhcfg_target *target = target_get();
	struct jhcfg_site site;
	struct words words;
	int result = CMD_FAILED;

	if (!target || find_site(target, &site))
		return CMD_FAILED;
	if (!make_words(target, &site, line, &words))
		result = run_there(target, words.argv);
	free_words(&words);
	jhcfg_site_clear(&site);
	return result;
}
