// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * One look at a target: what it runs, and what is in the run directory, in one
 * exchange. Whatever is missing there is simply not said.
 */
#include "deploy/state.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "deploy/scripts.h"
#include "model/private.h"

#define MAX_CELLS 1024U
#define MAX_FILES 65536U

/*
 * Prints "MARK key" and bytes for each fact; a line that says MARK alone ends
 * it. That we look is a sign of life for the watchdog, if there is one, and
 * for other deploys.
 */
const char deploy_look_script[] =
	"s=$1 d=$2 m=$3; shift 3; umask 077\n"
	"[ ! -e \"$d/enable.begun\" ] || : >\"$d/alive\"\n"
	"put() { printf '\\n%s %s\\n' \"$m\" \"$1\"; }\n"
	/* our claim */
	DEPLOY_LOCK_FUNCTION
	"e=$(lock \"$@\" 2>&1) || { put unlocked; printf '%s\\n' \"$e\"; }\n"
	/* claims of others that still count; who takes the place has none */
	"for f in \"${2%/*}\"/lock-*; do case $f in *.part) continue; esac\n"
	"[ -f \"$f\" ] && [ \"$f\" != \"$2\" ] || continue\n"
	"read -r b u l w <\"$f\" || continue\n"
	"for n in \"$u\" \"$l\"; do case $n in "
	"''|0?*|*[!0-9]*|?????????????*) continue 2; esac; done\n"
	"if [ \"$b\" = \"$boot\" ] && [ $((up - u)) -le \"$l\" ]; then\n"
	"put other; printf '%s, last heard of %d s ago\\n' \"$w\" $((up - u))\n"
	"[ $1 != take ] || rm -f \"$2\"\n"
	"elif [ $1 = take ]; then rm -f \"$f\"; fi; done\n"
	"[ ! -e \"$2\" ] || put locked\n"
	"show() { [ ! -r \"$2\" ] || { put \"$1\"; cat \"$2\"; }; }\n"
	"show boot /proc/sys/kernel/random/boot_id\n"
	"[ ! -d \"$s\" ] || put driver\n"
	"show enabled \"$s/enabled\"\n"
	"show config \"$s/config\"\n"
	"for c in \"$s\"/cells/*; do [ -d \"$c\" ] || continue\n"
	"i=${c##*/}; show \"name $i\" \"$c/name\"\n"
	"show \"state $i\" \"$c/state\"; show \"config $i\" \"$c/config\"\n"
	"n=$(ls -di \"$c\") && put \"inode $i\" && printf '%s\\n' \"$n\"\n"
	"n=${n#\"${n%%[! ]*}\"}; n=${n%% *}\n"
	"show \"loaded $i\" \"$d/loaded-$n\"; done\n"
	"if [ -d \"$d\" ]; then cd \"$d\"; put files; ls -1; else cd "
	"\"${d%/*}\"; fi\n"
	"for f in begun end log; do show \"enable.$f\" \"enable.$f\"; done\n"
	"show rolled-back rolled-back\n"
	"n=$(df -Pk . 2>/dev/null | tail -n 1) && put space && "
	"printf '%s\\n' \"$n\"\n"
	"printf '\\n%s\\n' \"$m\"\n";

/* What drivers fill in themselves tells two configurations not apart: see
 * complete_desc() of ours. */
static void complete(struct jhcfg_cell *cell)
{
	cell->id = 0;
	if (CELL_FLAGS_VIRTUAL_CONSOLE_ACTIVE(cell->flags))
		cell->flags |= JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED;
}

void deploy_config_decode(struct deploy_config *config)
{
	config->model = NULL;
	config->dialect = NULL;
	if (config->data &&
	    !jhcfg_codec_decode_as(config->data, config->size, NULL, NULL,
				   &config->model, &config->dialect))
		complete(&config->model->cell);
}

void deploy_state_free(struct deploy_state *state)
{
	if (!state)
		return;
	jhcfg_config_free(state->root.model);
	for (size_t n = 0; n < state->num_cells; n++)
		jhcfg_config_free(state->cells[n].config.model);
	jhcfg_arena_clear(&state->arena);
	free(state);
}

struct deploy_cell *deploy_state_find(const struct deploy_state *state,
				      const char *name)
{
	for (size_t n = 0; n < state->num_cells; n++)
		if (!strcmp(state->cells[n].name, name))
			return &state->cells[n];
	return NULL;
}

bool deploy_state_has_file(const struct deploy_state *state, const char *name)
{
	for (size_t n = 0; n < state->num_files; n++)
		if (!strcmp(state->files[n], name))
			return true;
	return false;
}

/* --- parsing -------------------------------------------------------------- */

struct fact {
	const char *key;
	unsigned int id; /* of a cell, UINT_MAX: none */
	const char *data;
	size_t size;
};

struct parser {
	struct deploy_state *state;
	unsigned int ids[MAX_CELLS];
	size_t num_ids;
};

/* The text up to the end of its line, in the arena. */
static const char *line_of(struct parser *parser, const struct fact *fact)
{
	const char *end = memchr(fact->data, '\n', fact->size);
	size_t length = end ? (size_t)(end - fact->data) : fact->size;
	char *line = jhcfg_arena_alloc(&parser->state->arena, length + 1);

	if (!line)
		return "";
	memcpy(line, fact->data, length);
	return line;
}

static void set_config(struct parser *parser, const struct fact *fact,
		       struct deploy_config *config)
{
	config->data = jhcfg_arena_copy(&parser->state->arena, fact->data,
					fact->size, 1);
	config->size = config->data ? fact->size : 0;
	deploy_config_decode(config);
}

static void set_files(struct parser *parser, const struct fact *fact)
{
	const char *at = fact->data, *end = fact->data + fact->size, *stop;
	size_t count = 0, most = 0;
	const char **files;

	for (const char *c = at; c < end; c++)
		most += *c == '\n';
	if (most > MAX_FILES)
		most = MAX_FILES;
	files = jhcfg_arena_alloc(&parser->state->arena,
				  (most + 1) * sizeof(*files));
	while (files && count < most &&
	       (stop = memchr(at, '\n', (size_t)(end - at)))) {
		const struct fact name = {
			.data = at,
			.size = (size_t)(stop - at),
		};

		files[count++] = line_of(parser, &name);
		at = stop + 1;
	}
	parser->state->files = files;
	parser->state->num_files = files ? count : 0;
}

/* "/dev/x 100 40 60 40% /mnt", in KiB: the fourth number is what is left. */
static void set_space(struct parser *parser, const struct fact *fact)
{
	unsigned long long kib;

	if (sscanf(line_of(parser, fact), "%*s %*u %*u %llu", &kib) == 1 &&
	    kib < UINT64_MAX / 1024)
		parser->state->free_bytes = kib * 1024;
}

static void set_enable(struct parser *parser, const struct fact *fact)
{
	struct deploy_state *state = parser->state;
	const char *what = fact->key + strlen("enable.");
	char *text;

	if (!strcmp(what, "begun"))
		state->enable_begun = true;
	else if (!strcmp(what, "end"))
		state->enable_status = strtoul(line_of(parser, fact), NULL, 10);
	else if ((text = jhcfg_arena_alloc(&state->arena, fact->size + 1)))
		state->enable_log = memcpy(text, fact->data, fact->size);
}

static void take_system(struct parser *parser, const struct fact *fact)
{
	struct deploy_state *state = parser->state;

	if (!strcmp(fact->key, "boot"))
		state->boot_id = line_of(parser, fact);
	else if (!strcmp(fact->key, "driver"))
		state->driver = true;
	else if (!strcmp(fact->key, "enabled"))
		state->enabled = *line_of(parser, fact) == '1';
	else if (!strcmp(fact->key, "config") && !state->root.data)
		set_config(parser, fact, &state->root);
	else if (!strcmp(fact->key, "files"))
		set_files(parser, fact);
	else if (!strcmp(fact->key, "space"))
		set_space(parser, fact);
	else if (!strcmp(fact->key, "locked"))
		state->locked = true;
	else if (!strcmp(fact->key, "unlocked"))
		state->unlocked = line_of(parser, fact);
	else if (!strcmp(fact->key, "other"))
		state->other = line_of(parser, fact);
	else if (!strcmp(fact->key, "rolled-back"))
		state->rolled_back = true;
	else if (!strncmp(fact->key, "enable.", strlen("enable.")))
		set_enable(parser, fact);
}

static enum jhcfg_cell_state state_of(const char *name)
{
	static const struct {
		const char *name;
		enum jhcfg_cell_state state;
	} states[] = {
		{ "running", JHCFG_CELL_RUNNING },
		{ "running/locked", JHCFG_CELL_LOCKED },
		{ "shut down", JHCFG_CELL_SHUT_DOWN },
		{ "failed", JHCFG_CELL_FAILED },
		{ "Comm ABI mismatch", JHCFG_CELL_MISMATCH },
	};

	for (size_t n = 0; n < sizeof(states) / sizeof(*states); n++)
		if (!strcmp(states[n].name, name))
			return states[n].state;
	return JHCFG_CELL_UNKNOWN;
}

/* Digits only: it becomes part of a file's name. */
static const char *inode_of(struct parser *parser, const struct fact *fact)
{
	const char *line = line_of(parser, fact);
	size_t length;
	char *inode;

	line += strspn(line, " ");
	length = strspn(line, "0123456789");
	if (!length || length > 20)
		return "";
	inode = jhcfg_arena_alloc(&parser->state->arena, length + 1);
	return inode ? memcpy(inode, line, length) : "";
}

static struct deploy_cell *cell_of(struct parser *parser, unsigned int id)
{
	struct deploy_state *state = parser->state;

	for (size_t n = 0; n < state->num_cells; n++)
		if (state->cells[n].id == id)
			return &state->cells[n];
	if (state->num_cells == MAX_CELLS)
		return NULL;
	state->cells[state->num_cells] = (struct deploy_cell){
		.id = id,
		.name = "",
		.state_name = "",
		.inode = "",
	};
	return &state->cells[state->num_cells++];
}

static void take_cell(struct parser *parser, const struct fact *fact)
{
	struct deploy_cell *cell = cell_of(parser, fact->id);

	if (!cell)
		return;
	if (!strcmp(fact->key, "name")) {
		cell->name = line_of(parser, fact);
	} else if (!strcmp(fact->key, "state")) {
		cell->state_name = line_of(parser, fact);
		cell->state = state_of(cell->state_name);
	} else if (!strcmp(fact->key, "config") && !cell->config.data) {
		set_config(parser, fact, &cell->config);
	} else if (!strcmp(fact->key, "inode")) {
		cell->inode = inode_of(parser, fact);
	} else if (!strcmp(fact->key, "loaded") && *cell->inode) {
		deploy_record_read(parser->state, cell, fact->data, fact->size);
	}
}

/* "name 3": key and cell. @line is changed. */
static void take_fact(struct parser *parser, char *line, const char *data,
		      size_t size)
{
	struct fact fact = { .key = line, .data = data, .size = size };
	char *blank = strchr(line, ' '), *id;
	size_t length;

	if (!blank) {
		take_system(parser, &fact);
		return;
	}
	*blank = 0;
	id = blank + 1;
	length = strspn(id, "0123456789");
	if (!length || length > 9 || id[length])
		return;
	fact.id = (unsigned int)strtoul(id, NULL, 10);
	/* the root cell is the system */
	if (fact.id)
		take_cell(parser, &fact);
}

static const char *find_mark(const char *from, const char *end,
			     const char *mark)
{
	char pattern[80];

	snprintf(pattern, sizeof(pattern), "\n%s", mark);
	return from < end ? memmem(from, (size_t)(end - from), pattern,
				   strlen(pattern))
			  : NULL;
}

static int parse(struct parser *parser, const char *text, size_t size,
		 const char *mark)
{
	const char *end = text + size, *at = find_mark(text, end, mark);

	while (at) {
		const char *key = at + 1 + strlen(mark), *data, *next;
		char line[64];

		if (key < end && *key == '\n')
			return 0; /* the last one */
		if (key >= end || *key != ' ')
			return -EIO;
		data = memchr(key, '\n', (size_t)(end - key));
		/* without anything behind the key, the mark's own newline is
		 * that of the key */
		next = data ? find_mark(data, end, mark) : NULL;
		if (!next || (size_t)(data - key) > sizeof(line))
			return -EIO;
		snprintf(line, sizeof(line), "%.*s", (int)(data - key - 1),
			 key + 1);
		data += next > data;
		take_fact(parser, line, data, (size_t)(next - data));
		at = next;
	}
	return -EIO;
}

static int by_id(const void *a, const void *b)
{
	const struct deploy_cell *x = a, *y = b;

	return (x->id > y->id) - (x->id < y->id);
}

int deploy_look_parse(const char *output, size_t size, const char *mark,
		      struct deploy_state **state)
{
	struct parser parser = { .state = calloc(1, sizeof(**state)) };
	struct deploy_state *made = parser.state;
	int err = -ENOMEM;

	if (!made)
		return -ENOMEM;
	made->boot_id = made->enable_log = made->other = made->unlocked = "";
	made->free_bytes = made->enable_status = JHCFG_NO_VALUE;
	made->cells = jhcfg_arena_alloc(&made->arena,
					MAX_CELLS * sizeof(*made->cells));
	if (made->cells)
		err = parse(&parser, output, size, mark);
	if (!err && made->arena.failed)
		err = -ENOMEM;
	if (err) {
		deploy_state_free(made);
		return err;
	}
	qsort(made->cells, made->num_cells, sizeof(*made->cells), by_id);
	for (size_t n = 0; n < made->num_cells; n++) {
		enum jhcfg_cell_state now = made->cells[n].state;

		made->cells[n].run =
			now == JHCFG_CELL_RUNNING || now == JHCFG_CELL_LOCKED;
	}
	*state = made;
	return 0;
}
