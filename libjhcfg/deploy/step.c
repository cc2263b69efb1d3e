// SPDX-License-Identifier: LGPL-2.1-or-later
/* What each kind of step runs on the target. */
#include "deploy/deploy.h"

#include <errno.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "deploy/scripts.h"
#include "util/quote.h"
#include "target/script.h"

#define UPLOAD_MS  (30 * 60 * 1000)
#define COMMAND_MS (3 * 60 * 1000)

static void add(struct deploy_words *words, const char *word)
{
	if (words->count < DEPLOY_MAX_WORDS - 1)
		words->argv[words->count++] = word;
	else
		words->failed = true;
}

__attribute__((format(printf, 2, 3))) static void add_made(
	struct deploy_words *words, const char *format, ...)
{
	va_list args;
	char *word;
	int length;

	va_start(args, format);
	length = vasprintf(&word, format, args);
	va_end(args);
	if (length < 0 || words->num_made == DEPLOY_MAX_WORDS) {
		words->failed = true;
		if (length >= 0)
			free(word);
		return;
	}
	words->made[words->num_made++] = word;
	add(words, word);
}

void deploy_words_clear(struct deploy_words *words)
{
	for (size_t n = 0; n < words->num_made; n++)
		free(words->made[n]);
}

static void add_script(struct deploy_words *words, const char *script)
{
	add(words, "sh");
	add(words, "-c");
	add(words, script);
	add(words, "sh");
}

static void add_tool(const struct jhcfg_deploy *deploy,
		     struct deploy_words *words)
{
	add(words, deploy->site.tool ? deploy->site.tool : "jailhouse");
}

/* --- what one would type -------------------------------------------------- */

static void upload_words(const struct jhcfg_deploy *deploy,
			 const struct deploy_step *step,
			 struct deploy_words *words)
{
	add(words, "put");
	add(words, step->file->label);
	add_made(words, "%s/%s", deploy->folder, step->file->name);
}

static void driver_words(const struct jhcfg_deploy *deploy,
			 const struct deploy_step *step,
			 struct deploy_words *words)
{
	(void)deploy;
	add(words, "modprobe");
	if (step->step.kind == JHCFG_DEPLOY_UNLOAD)
		add(words, "-r");
	add(words, "jailhouse");
}

static void enable_words(const struct jhcfg_deploy *deploy,
			 const struct deploy_step *step,
			 struct deploy_words *words)
{
	add_tool(deploy, words);
	add(words, "enable");
	add_made(words, "%s/%s", deploy->folder, step->file->name);
}

static void disable_words(const struct jhcfg_deploy *deploy,
			  const struct deploy_step *step,
			  struct deploy_words *words)
{
	(void)step;
	add_tool(deploy, words);
	add(words, "disable");
}

static void create_words(const struct jhcfg_deploy *deploy,
			 const struct deploy_step *step,
			 struct deploy_words *words)
{
	add_tool(deploy, words);
	add(words, "cell");
	add(words, "create");
	add_made(words, "%s/%s", deploy->folder, step->file->name);
}

/* A name may look like a number or an option: it is said to be a name. */
static void cell_words(const struct jhcfg_deploy *deploy,
		       const struct deploy_step *step,
		       struct deploy_words *words)
{
	static const char *const verbs[] = {
		[JHCFG_DEPLOY_LOAD] = "load",
		[JHCFG_DEPLOY_START] = "start",
		[JHCFG_DEPLOY_SHUTDOWN] = "shutdown",
		[JHCFG_DEPLOY_DESTROY] = "destroy",
	};

	add_tool(deploy, words);
	add(words, "cell");
	add(words, verbs[step->step.kind]);
	add(words, "--name");
	add(words, step->cell);
}

static void load_words(const struct jhcfg_deploy *deploy,
		       const struct deploy_step *step,
		       struct deploy_words *words)
{
	const struct deploy_cell *cell = step->wanted;

	cell_words(deploy, step, words);
	for (size_t n = 0; n < cell->num_images; n++) {
		const struct deploy_image *image = &cell->images[n];

		if (image->file) {
			add_made(words, "%s/%s", deploy->folder, image->file);
		} else {
			add(words, "-s");
			add(words, image->text);
		}
		add(words, "-a");
		add_made(words, "0x%" PRIx64, image->address);
	}
}

static void confirm_words(const struct jhcfg_deploy *deploy,
			  const struct deploy_step *step,
			  struct deploy_words *words)
{
	(void)step;
	add(words, "disarm");
	add_made(words, "%s/armed", deploy->folder);
}

static void sweep_words(const struct jhcfg_deploy *deploy,
			const struct deploy_step *step,
			struct deploy_words *words)
{
	(void)step;
	add(words, "tidy");
	add(words, deploy->folder);
}

/* --- the same as it runs -------------------------------------------------- */

static void upload_command(const struct jhcfg_deploy *deploy,
			   const struct deploy_step *step,
			   struct deploy_words *words)
{
	add_script(words, deploy_upload_script);
	add_made(words, "%s/%s", deploy->folder, step->file->name);
	/* the name begins with the sum */
	add_made(words, "%.64s", step->file->name);
	add(words, "600");
	add(words, TARGET_WRITE_SIZE(step->file->size));
}

static void enable_command(const struct jhcfg_deploy *deploy,
			   const struct deploy_step *step,
			   struct deploy_words *words)
{
	add_script(words, deploy_enable_script);
	add(words, deploy->folder);
	add_made(words, "%u", deploy->options.rollback_after_s);
	add(words, deploy_enable_detached);
	enable_words(deploy, step, words);
}

static void load_command(const struct jhcfg_deploy *deploy,
			 const struct deploy_step *step,
			 struct deploy_words *words)
{
	const struct deploy_cell *there =
		deploy_state_find(deploy->found, step->cell);
	char name[DEPLOY_RECORD_SIZE];
	char *record = deploy_record_write(deploy->found->boot_id,
					   step->wanted->images,
					   step->wanted->num_images);

	if (!there || !record) {
		free(record);
		words->failed = true;
		return;
	}
	deploy_record_name(there, name);
	add_script(words, deploy_load_script);
	add_made(words, "%s/%s", deploy->folder, name);
	add_made(words, "%s", record);
	free(record);
	load_words(deploy, step, words);
}

static void confirm_command(const struct jhcfg_deploy *deploy,
			    const struct deploy_step *step,
			    struct deploy_words *words)
{
	(void)step;
	add_script(words, deploy_confirm_script);
	add(words, deploy->folder);
}

/* A cell was loaded with it: it is what gets the cell back one day. */
static bool is_image(const struct deploy_state *state, const char *name)
{
	for (size_t n = 0; n < state->num_cells; n++) {
		const struct deploy_cell *cell = &state->cells[n];

		for (size_t i = 0; i < cell->num_images; i++)
			if (cell->images[i].file &&
			    !strcmp(cell->images[i].file, name))
				return true;
	}
	return false;
}

static bool is_record(const struct deploy_state *state, const char *name)
{
	char record[DEPLOY_RECORD_SIZE];

	for (size_t n = 0; n < state->num_cells; n++) {
		deploy_record_name(&state->cells[n], record);
		if (*state->cells[n].inode && !strcmp(record, name))
			return true;
	}
	return false;
}

static void sweep_command(const struct jhcfg_deploy *deploy,
			  const struct deploy_step *step,
			  struct deploy_words *words)
{
	const struct deploy_state *found = deploy->found;

	add_script(words, deploy_sweep_script);
	add(words, deploy->folder);
	for (size_t n = 0; n < found->num_files; n++)
		if (is_image(step->towards, found->files[n]) ||
		    is_image(found, found->files[n]) ||
		    is_record(found, found->files[n]))
			add(words, found->files[n]);
}

/* --- the kinds ------------------------------------------------------------ */

typedef void make_words(const struct jhcfg_deploy *deploy,
			const struct deploy_step *step,
			struct deploy_words *words);

/* clang-format off */
static const struct kind {
	const char *name;
	make_words *text; /* as one would type it */
	make_words *command; /* what runs; NULL: the same */
	bool as_user;
} kinds[] = {
	[JHCFG_DEPLOY_UPLOAD] = { "upload", upload_words, upload_command, true },
	[JHCFG_DEPLOY_DRIVER] = { "load driver", driver_words, NULL, false },
	[JHCFG_DEPLOY_ENABLE] = { "enable", enable_words, enable_command, false },
	[JHCFG_DEPLOY_CREATE] = { "cell create", create_words, NULL, false },
	[JHCFG_DEPLOY_LOAD] = { "cell load", load_words, load_command, false },
	[JHCFG_DEPLOY_START] = { "cell start", cell_words, NULL, false },
	[JHCFG_DEPLOY_SHUTDOWN] = { "cell shutdown", cell_words, NULL, false },
	[JHCFG_DEPLOY_DESTROY] = { "cell destroy", cell_words, NULL, false },
	[JHCFG_DEPLOY_DISABLE] = { "disable", disable_words, NULL, false },
	[JHCFG_DEPLOY_CONFIRM] = { "confirm", confirm_words, confirm_command, false },
	[JHCFG_DEPLOY_UNLOAD] = { "unload driver", driver_words, NULL, false },
	[JHCFG_DEPLOY_SWEEP] = { "clean up", sweep_words, sweep_command, false },
};
/* clang-format on */

const char *jhcfg_deploy_kind_name(enum jhcfg_deploy_kind kind)
{
	return (size_t)kind < sizeof(kinds) / sizeof(*kinds) ? kinds[kind].name
							     : "";
}

static bool is_plain(const char *word)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyz"
				    "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789_@%+=:,./-";

	return *word && !word[strspn(word, plain)];
}

char *deploy_step_text(const struct jhcfg_deploy *deploy,
		       const struct deploy_step *step)
{
	struct deploy_words words = { 0 };
	char *text = NULL;
	size_t size;
	FILE *out;

	kinds[step->step.kind].text(deploy, step, &words);
	out = words.failed ? NULL : open_memstream(&text, &size);
	for (size_t n = 0; out && n < words.count; n++) {
		const char *const one[] = { words.argv[n], NULL };
		char *quoted =
			is_plain(one[0]) ? NULL : jhcfg_quote_command(one);

		fprintf(out, "%s%s", n ? " " : "", quoted ? quoted : one[0]);
		free(quoted);
	}
	if (out && fclose(out)) {
		free(text);
		text = NULL;
	}
	deploy_words_clear(&words);
	return text;
}

void deploy_step_run(struct jhcfg_deploy *deploy, struct deploy_step *step)
{
	const struct kind *kind = &kinds[step->step.kind];
	const struct jhcfg_site *site = &deploy->site;
	struct jhcfg_result none = { .status = -1 };
	struct deploy_words words = { 0 };
	bool upload = step->step.kind == JHCFG_DEPLOY_UPLOAD;

	for (int n = 0; !kind->as_user && n < site->num_become; n++)
		add(&words, site->become[n]);
	(kind->command ? kind->command : kind->text)(deploy, step, &words);
	if (words.failed)
		deploy_step_ended(deploy, -E2BIG, &none);
	else
		deploy_command(
			deploy, words.argv, upload ? step->file->data : NULL,
			upload ? step->file->size : 0,
			upload ? UPLOAD_MS : COMMAND_MS, deploy_step_ended);
	deploy_words_clear(&words);
}
