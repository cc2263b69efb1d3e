// SPDX-License-Identifier: GPL-2.0-or-later
/* config show: what a configuration, a project or hardware consists of. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/diff.h>
#include <jhcfg/pool.h>
#include <jhcfg/project.h>

#include "commands.h"
#include "json_out.h"
#include "output.h"
#include "show.h"
#include "subject.h"

/* --- the pool ----------------------------------------------------------------
 */

/* Of the system and all cells; false if it cannot be told. */
static bool estimate(const struct subject *subject, struct jhcfg_pool *pool)
{
	return subject->num_configs &&
	       jhcfg_config_system(subject->configs[0]) &&
	       !jhcfg_pool_estimate(subject->configs[0], subject->configs + 1,
				    subject->num_configs - 1, subject->board,
				    NULL, pool);
}

static void show_pool(const struct jhcfg_pool *pool)
{
	printf("hypervisor memory: %llu of %llu pages in use with all cells, "
	       "at least %llu KiB needed\n",
	       (unsigned long long)pool->used, (unsigned long long)pool->pages,
	       (unsigned long long)pool->minimum / 1024);
	for (int use = 0; use < JHCFG_POOL_NUM_USES; use++)
		if (pool->use[use])
			printf("  %6llu %s\n",
			       (unsigned long long)pool->use[use],
			       jhcfg_pool_use_name(use));
}

static struct json_object *pool_json(const struct jhcfg_pool *pool)
{
	struct json_object *out = json_object_new_object();
	struct json_object *uses = json_object_new_object();

	json_object_object_add(out, "used", json_object_new_uint64(pool->used));
	json_object_object_add(out, "pages",
			       json_object_new_uint64(pool->pages));
	json_object_object_add(out, "remap_used",
			       json_object_new_uint64(pool->remap_used));
	json_object_object_add(out, "minimum_size",
			       json_object_new_uint64(pool->minimum));
	for (int use = 0; use < JHCFG_POOL_NUM_USES; use++)
		json_object_object_add(uses, jhcfg_pool_use_name(use),
				       json_object_new_uint64(pool->use[use]));
	json_object_object_add(out, "uses", uses);
	return out;
}

/* --- forms -------------------------------------------------------------------
 */

static int print_text(const struct subject *subject)
{
	struct jhcfg_pool pool;

	for (size_t n = 0; n < subject->num_configs; n++) {
		if (n)
			putchar('\n');
		show_config(stdout, subject->configs[n]);
	}
	if (subject->board && !subject->num_configs)
		show_board(stdout, subject->board);
	if (estimate(subject, &pool)) {
		putchar('\n');
		show_pool(&pool);
	}
	return 0;
}

/* A document of the library as a part of ours. */
static int add_document(struct json_object *array, int err, char *text)
{
	struct json_object *document = err ? NULL : json_tokener_parse(text);

	free(text);
	if (!document)
		return err ? err : -ENOMEM;
	json_object_array_add(array, document);
	return 0;
}

static int print_json(const struct subject *subject)
{
	struct json_object *out = json_object_new_object();
	struct json_object *configs = json_object_new_array();
	struct json_object *boards = json_object_new_array();
	struct jhcfg_pool pool;
	char *text = NULL;
	int err = 0;

	for (size_t n = 0; !err && n < subject->num_configs; n++) {
		err = jhcfg_project_write(subject->configs[n], &text);
		err = add_document(configs, err, text);
		text = NULL;
	}
	if (!err && subject->board) {
		err = jhcfg_board_write(subject->board, &text);
		err = add_document(boards, err, text);
	}
	json_object_object_add(out, "what",
			       json_object_new_string(subject->words));
	json_object_object_add(out, "configurations", configs);
	json_object_object_add(out, "boards", boards);
	if (!err && estimate(subject, &pool))
		json_object_object_add(out, "pool", pool_json(&pool));
	if (!err && subject->board) {
		text = jhcfg_board_fingerprint(subject->board);
		if (text)
			json_object_object_add(out, "fingerprint",
					       json_object_new_string(text));
		free(text);
	}
	if (err) {
		json_object_put(out);
		return err;
	}
	return json_out_print(stdout, out);
}

static int run(const struct cmd_line *line)
{
	struct jhcfg_source_options source = {
		.overlays = (const char *const *)line->argv + 1,
		.num_overlays = (size_t)line->argc - 1,
	};
	struct subject subject;
	int err = subject_open(line->argv[0], &source, &subject);

	if (!err) {
		err = cmd_option(line, "json") ? print_json(&subject)
					       : print_text(&subject);
		if (err)
			output_errno(line->argv[0], err);
	}
	subject_close(&subject);
	return err ? CMD_FAILED : CMD_OK;
}

static const struct cmd_option options[] = {
	{ 0, "json", NULL,
	  "print it as JSON: configurations and boards in the project form",
	  COMPLETE_NOTHING },
	{ 0 },
};

const struct command cmd_config_show = {
	.words = { "config", "show" },
	.operands = "WHAT [OVERLAY...]",
	.summary = "show what a configuration or a board consists of",
	.description =
		"WHAT is " SUBJECT_HELP
		". Shows CPUs, memory (guest addresses where they differ from "
		"physical ones; flags are (r)ead, (w)rite, e(x)ecute, (d)ma, "
		"(i)o, (l)oadable, (s)hared with the root and (c)ommunication "
		"region), interrupts, PCI functions, and how much of its "
		"memory the hypervisor will need. Of hardware, it shows CPUs, "
		"RAM and devices by the names that \"config plan\" takes.",
	.example = "jailhouse config show system.json\n"
		   "jailhouse config show running\n"
		   "jailhouse config show k3-am625-sk.dtb",
	.options = options,
	.min_operands = 1,
	.max_operands = -1,
	.usage_exit = CMD_USAGE,
	.complete = COMPLETE_FILE,
	.run = run,
};
