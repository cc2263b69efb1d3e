// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Trees of files, read again and again: by the back end where it has files,
 * else by a command that every shell understands.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "target/target.h"
#include "target/tree.h"
#include "target/walk.h"
#include "util/quote.h"

#define WAIT_MS	 30000
#define MAX_ARGS 96

/*
 * Prints "MARK path" and the text for each file, then "MARK"; then waits for
 * another mark on its input and does so again, so that looking again and again
 * costs no new process. Shells read and print by themselves; what they cannot
 * read (NUL) is not text. It is printed in large pieces, since each is a packet
 * of the connection; what is added to is small, since shells copy all of it
 * each time. $1: mark, $2: depth, $3: names to skip between slashes, $4: how
 * others end that are skipped, $5: not empty if once will do, so that nothing
 * is waited for, which would take the way there and back, then paths. Quoted
 * paths behind a mark are those from then on.
 */
static const char tree_script[] =
	"m=$1 d=$2 s=$3 e=$4 x=$5 o= f= n='\n'; shift 5; IFS=\n"
	"flush() { o=$o$f f=; [ ${#o} -lt 8192 ] || { printf %s \"$o\"; o=; }; "
	"}\n"
	"file() { f=\"$f$n$m $1$n\"\n"
	"while read -r l; do f=$f$l$n; [ ${#f} -lt 1024 ] || flush; done\n"
	"f=$f$l; [ ${#f} -lt 1024 ] || flush; }\n"
	"walk() { for p in \"$1\"/* \"$1\"/.[!.]*; do\n"
	"case $s in *\"/${p##*/}/\"*) continue;; esac\n"
	"case $p in *\"$e\") continue;; esac\n"
	"if [ -f \"$p\" ]; then [ -L \"$p\" ] || file \"$p\" <\"$p\"\n"
	"elif [ -d \"$p\" ] && [ \"$2\" -gt 1 ] && [ ! -L \"$p\" ]; then\n"
	"walk \"$p\" $(($2 - 1)); fi; done; }\n"
	"while :; do\n"
	"for r in \"$@\"; do if [ -f \"$r\" ]; then file \"$r\" <\"$r\"\n"
	"elif [ \"$d\" -gt 0 ]; then walk \"$r\" \"$d\"; fi; done 2>/dev/null\n"
	"printf '%s\\n%s\\n' \"$o$f\" \"$m\"; o= f=\n"
	"[ -z \"$x\" ] && read -r m || exit 0\n"
	"case $m in *\" \"*) eval \"set -- ${m#* }\"; m=${m%% *};; esac; "
	"done\n";

/* A line that no file holds: the end of one and the beginning of the next. */
static int make_mark(char mark[33])
{
	unsigned char random[16];

	if (getrandom(random, sizeof(random), 0) != sizeof(random))
		return -EIO;
	for (size_t n = 0; n < sizeof(random); n++)
		snprintf(mark + 2 * n, 3, "%02x", random[n]);
	return 0;
}

/* The next "\nMARK" at or behind @from, NULL: none. */
static char *find_mark(char *from, const char *end, const char *mark)
{
	char pattern[40];

	snprintf(pattern, sizeof(pattern), "\n%s", mark);
	return memmem(from, (size_t)(end - from), pattern, strlen(pattern));
}

static int parse_tree(struct jhcfg_tree *tree, char *text, size_t size,
		      const char *mark)
{
	char *end = text + size, *at = find_mark(text, end, mark), *next;
	int err = 0;

	while (at && !err) {
		char *path = at + 1 + strlen(mark), *body;

		if (path >= end || *path != ' ') /* the last one */
			return 0;
		body = memchr(path, '\n', (size_t)(end - path));
		next = body ? find_mark(body, end, mark) : NULL;
		if (!next)
			return -EIO;
		*body++ = 0;
		/* an empty file: the mark follows the path at once */
		err = target_tree_add(tree, path + 1, body,
				      next > body ? (size_t)(next - body) : 0);
		at = next;
	}
	return err ? err : -EIO;
}

/* "/a/b/": what a shell finds a name in. */
static char *join_skips(const struct jhcfg_tree_request *request)
{
	const char *const *skip = request->skip;
	size_t size = 2;
	char *joined;

	for (size_t n = 0; skip && skip[n]; n++)
		size += strlen(skip[n]) + 1;
	joined = malloc(size);
	if (!joined)
		return NULL;
	strcpy(joined, "/");
	for (size_t n = 0; skip && skip[n]; n++) {
		strcat(joined, skip[n]);
		strcat(joined, "/");
	}
	return joined;
}

struct jhcfg_reading {
	struct jhcfg_target *target;
	const struct jhcfg_tree_request *request;
	jhcfg_reading_done *done;
	void *user;
	struct jhcfg_tree *tree;
	uint64_t shape; /* of the files when it was built; 0: never */
	bool busy;
	bool once;  /* the command ends by itself */
	bool stale; /* the command has the paths of before */
	/* of the command, which waits for the next time if it is not busy;
	 * NULL: there is none */
	struct jhcfg_job *job;
	struct target_timer timer;
	char mark[33], depth[12];
	char *skips, *output;
	size_t size, room;
	int error;
};

static void on_time_out(struct target_timer *timer);

int jhcfg_reading_new(struct jhcfg_target *target,
		      const struct jhcfg_tree_request *request,
		      jhcfg_reading_done *done, void *user,
		      struct jhcfg_reading **reading)
{
	struct jhcfg_reading *new = calloc(1, sizeof(*new));

	if (!new)
		return -ENOMEM;
	*new = (struct jhcfg_reading){
		.target = target,
		.request = request,
		.done = done,
		.user = user,
		.tree = target_tree_new(request->max),
		.skips = join_skips(request),
		.timer.expired = on_time_out,
	};
	snprintf(new->depth, sizeof(new->depth), "%u", request->depth);
	if (!new->tree || !new->skips) {
		jhcfg_reading_free(new);
		return -ENOMEM;
	}
	*reading = new;
	return 0;
}

void jhcfg_reading_free(struct jhcfg_reading *reading)
{
	if (!reading)
		return;
	target_set_timer(reading->target, &reading->timer, -1);
	if (reading->job)
		jhcfg_job_cancel(reading->job);
	jhcfg_tree_free(reading->tree);
	free(reading->skips);
	free(reading->output);
	free(reading);
}

const struct jhcfg_tree *jhcfg_reading_tree(const struct jhcfg_reading *reading)
{
	return reading->tree;
}

bool jhcfg_reading_busy(const struct jhcfg_reading *reading)
{
	return reading->busy;
}

/* --- by a command --------------------------------------------------------- */

static int keep(struct jhcfg_reading *reading, const void *data, size_t size)
{
	size_t room = reading->room ? reading->room : 16384, needed;
	char *grown;

	if (size > reading->request->max - reading->size)
		return -EFBIG;
	needed = reading->size + size;
	while (room < needed)
		room *= 2;
	if (room != reading->room) {
		grown = realloc(reading->output, room);
		if (!grown)
			return -ENOMEM;
		reading->output = grown;
		reading->room = room;
	}
	memcpy(reading->output + reading->size, data, size);
	reading->size = needed;
	return 0;
}

static void end(struct jhcfg_reading *reading, int error)
{
	target_set_timer(reading->target, &reading->timer, -1);
	target_tree_finish(reading->tree);
	reading->busy = false;
	reading->done(reading, reading->user, error);
}

/* With an error the command is in some state or other. */
static void give_up(struct jhcfg_reading *reading, int error)
{
	if (reading->job)
		jhcfg_job_cancel(reading->job);
	reading->job = NULL;
	end(reading, error);
}

static void on_time_out(struct target_timer *timer)
{
	give_up(target_container_of(timer, struct jhcfg_reading, timer),
		-ETIMEDOUT);
}

static void parse(struct jhcfg_reading *reading)
{
	end(reading, parse_tree(reading->tree, reading->output, reading->size,
				reading->mark));
}

/* The last line is the mark alone, which it is in no file. */
static bool is_complete(const struct jhcfg_reading *reading)
{
	char last[40];
	size_t length =
		(size_t)snprintf(last, sizeof(last), "\n%s\n", reading->mark);

	return reading->size >= length &&
	       !memcmp(reading->output + reading->size - length, last, length);
}

static void command_output(struct jhcfg_job *job, void *user,
			   enum jhcfg_stream stream, const void *data,
			   size_t size)
{
	struct jhcfg_reading *reading = user;
	int err;

	(void)job;
	if (stream != JHCFG_STREAM_OUTPUT || !reading->busy)
		return;
	err = keep(reading, data, size);
	if (err)
		give_up(reading, err);
	else if (!reading->once && is_complete(reading))
		parse(reading);
}

static void command_done(struct jhcfg_job *job, void *user,
			 const struct jhcfg_job_end *job_end)
{
	struct jhcfg_reading *reading = user;
	int err = job_end->error;

	(void)job;
	reading->job = NULL;
	if (!reading->busy)
		return;
	if (!err && (job_end->status || job_end->signal || !reading->once))
		err = -EIO;
	if (err)
		end(reading, err);
	else
		parse(reading);
}

static int start_command(struct jhcfg_reading *reading)
{
	const char *argv[MAX_ARGS] = {
		"sh",
		"-c",
		tree_script,
		"sh",
		reading->mark,
		reading->depth,
		reading->skips,
		/* no name ends so */
		reading->request->skip_suffix ? reading->request->skip_suffix
					      : "/",
		reading->once ? "once" : "",
	};
	const struct jhcfg_job_handler handler = {
		.output = command_output,
		.done = command_done,
		.user = reading,
	};
	size_t count = 9;
	int err = 0;

	for (size_t n = 0; !err && reading->request->paths[n]; n++) {
		if (count == sizeof(argv) / sizeof(*argv) - 1)
			err = -E2BIG;
		else
			argv[count++] = reading->request->paths[n];
	}
	if (err)
		return err;
	err = jhcfg_target_run(reading->target, argv, 0, &handler,
			       &reading->job);
	if (!err && reading->once)
		jhcfg_job_end_input(reading->job);
	return err;
}

/* The command that waits gets a new mark and, if they are others, its paths.
 * Those are on one line, as every path is that a tree tells. */
static int ask_again(struct jhcfg_reading *reading)
{
	static const char *const none[] = { NULL };
	char *paths = jhcfg_quote_command(
		reading->stale ? reading->request->paths : none);
	char *line = NULL;
	int length, err = -ENOMEM;

	if (paths && strchr(paths, '\n'))
		err = -EINVAL;
	else if (paths) {
		length = asprintf(&line, "%s%s%s\n", reading->mark,
				  *paths ? " " : "", paths);
		if (length < 0)
			line = NULL;
		else if (jhcfg_job_write(reading->job, line, (size_t)length) ==
			 (size_t)length)
			err = 0;
		else
			err = -EIO;
	}
	free(line);
	free(paths);
	return err;
}

/* By the command that waits, or by a new one. */
static int ask_command(struct jhcfg_reading *reading, int timeout_ms)
{
	int err = make_mark(reading->mark);

	if (err)
		return err;
	reading->size = 0;
	err = reading->job ? ask_again(reading) : start_command(reading);
	if (err)
		return err;
	reading->stale = false;
	reading->busy = true;
	if (timeout_ms > 0)
		target_set_timer(reading->target, &reading->timer, timeout_ms);
	return 0;
}

/* --- both ----------------------------------------------------------------- */

static int read_at_hand(struct jhcfg_reading *reading)
{
	const struct jhcfg_tree_request *request = reading->request;
	struct jhcfg_target *target = reading->target;
	int err = 0;

	for (size_t n = 0; request->paths[n] && !err; n++)
		err = target_read_tree(target->backend->files, target->self,
				       request->paths[n], request,
				       reading->tree);
	return err;
}

/* Files that are lent, and are the same: their texts are new already. */
static bool is_built(struct jhcfg_reading *reading)
{
	const struct target_files *files = reading->target->backend->files;
	uint64_t before = reading->shape;

	if (reading->once || !files->shape)
		return false;
	target_tree_borrow(reading->tree);
	reading->shape = files->shape(reading->target->self);
	return reading->shape && reading->shape == before;
}

void jhcfg_reading_changed(struct jhcfg_reading *reading)
{
	reading->shape = 0;
	reading->stale = true;
}

int jhcfg_reading_start(struct jhcfg_reading *reading, int timeout_ms)
{
	bool at_hand = reading->target->backend->files;
	int err = 0;

	if (reading->busy)
		return -EBUSY;
	if (!at_hand || !is_built(reading)) {
		target_tree_empty(reading->tree, reading->request->max);
		if (!at_hand)
			return ask_command(reading, timeout_ms);
		err = read_at_hand(reading);
	}
	if (err)
		reading->shape = 0;
	end(reading, err);
	return 0;
}

/* --- once ----------------------------------------------------------------- */

struct once {
	bool over;
	int error;
};

static void once_done(struct jhcfg_reading *reading, void *user, int error)
{
	struct once *once = user;

	(void)reading;
	once->over = true;
	once->error = error;
}

int jhcfg_target_read_tree(struct jhcfg_target *target,
			   const struct jhcfg_tree_request *request,
			   struct jhcfg_tree **tree)
{
	struct jhcfg_reading *reading;
	struct once once = { 0 };
	int err =
		jhcfg_reading_new(target, request, once_done, &once, &reading);

	if (err)
		return err;
	reading->once = true;
	err = jhcfg_reading_start(reading, WAIT_MS);
	while (!err && !once.over)
		err = jhcfg_target_dispatch(target, -1);
	if (!err)
		err = once.error;
	if (!err) {
		*tree = reading->tree;
		reading->tree = NULL;
	}
	jhcfg_reading_free(reading);
	return err;
}
