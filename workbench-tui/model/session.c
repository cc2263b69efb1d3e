// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#include "model/session_private.h"
#include "model/update.h"

#define DEFAULT_DELAY_MS 1000
#define READ_TIMEOUT_MS	 10000
#define RETRY_MS	 5000 /* until a lost target is tried again */
#define MAX_TREE	 ((size_t)8 << 20)

uint64_t session_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

static int64_t wall_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void session_set_timer(struct tui_session *session, uint64_t ms, bool again)
{
	struct itimerspec spec = {
		.it_value = { (time_t)(ms / 1000),
			      (long)(ms % 1000) * 1000000 },
	};

	if (again)
		spec.it_interval = spec.it_value;
	timerfd_settime(session->timer, 0, &spec, NULL);
}

/* --- looking -------------------------------------------------------------- */

static void take_console(struct tui_session *session)
{
	const struct sample_text *text = &session->sample.console;

	if (!session->sample.enabled)
		console_forget(&session->console);
	else if (text->text)
		console_take(session->store, &session->console, text->text,
			     text->length);
}

/* What is read the next time: the same always, and what links there are. */
static void set_paths(struct tui_session *session)
{
	size_t count = 0;

	for (; sample_paths[count]; count++)
		session->paths[count] = sample_paths[count];
	for (size_t n = 0; n < session->links.count; n++)
		session->paths[count++] = session->links.texts[n];
	session->paths[count] = NULL;
	if (session->reading)
		jhcfg_reading_changed(session->reading);
}

void session_take(struct tui_session *session, uint64_t clock_ms,
		  int64_t time_ms)
{
	const struct jhcfg_tree *tree = jhcfg_reading_tree(session->reading);
	struct tui_store *store = session->store;

	/* without memory the model has less in it, and nothing wrong */
	sample_parse(&session->sample, store, tree);
	update_model(store, &session->sample, clock_ms, time_ms);
	take_console(session);
	update_links(store, &session->sample, tree, &session->links);
	if (links_choose(&session->links, tree))
		set_paths(session);
	session_configs(session);
	session->changed = true;
	if (session->taken)
		session->taken(session, session->user);
}

/* One look may fail, of a machine that is busy, say: there is another one at
 * once before it is told. Of one that took too long there is none, since that
 * takes as long again. */
static bool look_again(struct tui_session *session, int error)
{
	if (session->failed || error == -ETIMEDOUT)
		return false;
	session->failed = session->again = true;
	return true;
}

static void read_done(struct jhcfg_reading *reading, void *user, int error)
{
	struct tui_session *session = user;
	uint64_t ms = session_now_ms() - session->began_ms;

	if (session->recording)
		return; /* the replay takes it, at its own time */
	session->store->model.time_ms = wall_ms();
	if (error) {
		/* that the target went is told by its handler */
		if (error != -ECONNRESET && look_again(session, error))
			return;
		if (error != -ECONNRESET)
			update_attach(session->store, TUI_LOST,
				      strerror(-error));
		session->changed = true;
		return;
	}
	session->failed = false;
	if (!session->recorder) {
		session_take(session, ms, wall_ms());
		return;
	}
	/* a recording tells one time only: what it shows is what is shown now
	 */
	session_take(session, ms, session->began_wall_ms + (int64_t)ms);
	session_record_add(session, ms, jhcfg_reading_tree(reading));
}

static void start_reading(struct tui_session *session)
{
	int err;

	if (session->recording ||
	    jhcfg_target_state(session->target) != JHCFG_TARGET_READY ||
	    jhcfg_reading_busy(session->reading))
		return;
	do {
		session->again = false;
		err = jhcfg_reading_start(session->reading, READ_TIMEOUT_MS);
		if (err)
			read_done(session->reading, session, err);
	} while (session->again && !jhcfg_reading_busy(session->reading));
}

/* What is being read may be older than what somebody wants to see. */
void tui_session_refresh(struct tui_session *session)
{
	session->again = jhcfg_reading_busy(session->reading);
	start_reading(session);
}

/* --- the target ----------------------------------------------------------- */

static void target_changed(struct jhcfg_target *target, void *user)
{
	struct tui_session *session = user;

	/* from within jhcfg_target_open() */
	if (!session->target || session->recording)
		return;
	session->changed = true;
	switch (jhcfg_target_state(target)) {
	case JHCFG_TARGET_READY:
		session_set_timer(session, session->delay_ms, true);
		tui_session_refresh(session);
		break;
	case JHCFG_TARGET_LOST:
		session_actions_lost(session->actions);
		session->store->model.time_ms = wall_ms();
		update_attach(session->store, TUI_LOST,
			      jhcfg_target_reason(target));
		session_set_timer(session, session->borrowed ? 0 : RETRY_MS,
				  false);
		break;
	case JHCFG_TARGET_CONNECTING:
	case JHCFG_TARGET_ASKING:
		break;
	}
}

static void target_asks(struct jhcfg_target *target, void *user,
			enum jhcfg_question question, const char *prompt)
{
	struct tui_session *session = user;
	char text[TUI_TEXT];

	tui_text_copy(text, sizeof(text), prompt, strlen(prompt));
	if (session->ask)
		session->ask(session, session->user, question, text);
	else
		jhcfg_target_answer(target, NULL);
}

static void timer_fired(struct tui_session *session)
{
	uint64_t times;

	if (read(session->timer, &times, sizeof(times)) != sizeof(times))
		return;
	if (session->recording)
		session_replay_timer(session);
	else if (jhcfg_target_state(session->target) == JHCFG_TARGET_LOST)
		jhcfg_target_reconnect(session->target);
	else
		start_reading(session);
}

void tui_session_target_changed(struct tui_session *session)
{
	target_changed(session->target, session);
}

int tui_session_dispatch(struct tui_session *session)
{
	bool changed;
	int err = session->borrowed ? 0
				    : jhcfg_target_dispatch(session->target, 0);

	if (err)
		return err;
	timer_fired(session);
	if (session->again)
		start_reading(session);
	session_actions_next(session->actions);
	changed = session->changed;
	session->changed = false;
	return changed;
}

/* --- life ----------------------------------------------------------------- */

static int watch(struct tui_session *session, int fd)
{
	struct epoll_event event = { .events = EPOLLIN };

	return epoll_ctl(session->epoll, EPOLL_CTL_ADD, fd, &event) ? -errno
								    : 0;
}

static int open_loop(struct tui_session *session)
{
	int err;

	session->epoll = epoll_create1(EPOLL_CLOEXEC);
	session->timer =
		timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK);
	if (session->epoll < 0 || session->timer < 0)
		return -errno;
	err = watch(session, session->timer);
	if (!err && !session->borrowed)
		err = watch(session, jhcfg_target_fd(session->target));
	return err;
}

static int open_target(struct tui_session *session, const char *name,
		       struct jhcfg_target *target, struct jhcfg_diags *diags)
{
	const struct jhcfg_target_options options = {
		.handler = {
			.changed = target_changed,
			.ask = target_asks,
			.user = session,
		},
		.ssh_config = getenv("JAILHOUSE_SSH_CONFIG"),
	};
	int err = 0;

	session->borrowed = target;
	session->target = target;
	if (!target)
		err = jhcfg_target_open(name, &options, diags,
					&session->target);
	if (err)
		return err;
	session->store->model.target = jhcfg_target_name(session->target);
	session->recording = jhcfg_target_recording(session->target);
	set_paths(session);
	session->request = (struct jhcfg_tree_request){
		.paths = session->paths,
		.skip = sample_skip,
		.skip_suffix = sample_skip_suffix,
		.depth = 5,
		.max = MAX_TREE,
	};
	return jhcfg_reading_new(session->target, &session->request, read_done,
				 session, &session->reading);
}

static int fill(struct tui_session *session, const char *name,
		const struct tui_session_options *options,
		struct jhcfg_diags *diags)
{
	int err;

	session->store = tui_store_new();
	if (!session->store)
		return -ENOMEM;
	if (options->budgets)
		tui_budgets_copy(&session->store->budgets, options->budgets);
	err = open_target(session, name, options->target, diags);
	if (!err)
		err = open_loop(session);
	if (!err && options->record)
		err = session_record_open(session, options->record, diags);
	if (err)
		return err;
	session->actions = session_actions_new(session);
	if (!session->actions)
		return -ENOMEM;
	session->writable = options->writable && !session->recording;
	if (session->recording)
		session_replay_open(session, options->replay);
	else
		target_changed(session->target, session);
	return 0;
}

int tui_session_open(const char *name,
		     const struct tui_session_options *options,
		     struct jhcfg_diags *diags, struct tui_session **session)
{
	static const struct tui_session_options defaults;
	struct tui_session *new = calloc(1, sizeof(*new));
	int err;

	if (!new)
		return -ENOMEM;
	if (!options)
		options = &defaults;
	new->epoll = new->timer = -1;
	new->began_ms = session_now_ms();
	new->began_wall_ms = wall_ms();
	new->delay_ms =
		options->delay_ms ? options->delay_ms : DEFAULT_DELAY_MS;
	new->ask = options->ask;
	new->taken = options->taken;
	new->user = options->user;
	err = fill(new, name, options, diags);
	if (err) {
		tui_session_close(new);
		return err;
	}
	*session = new;
	return 0;
}

static void close_fd(int fd)
{
	if (fd >= 0)
		close(fd);
}

void tui_session_close(struct tui_session *session)
{
	if (!session)
		return;
	session_actions_free(session->actions);
	session_configs_free(session);
	jhcfg_reading_free(session->reading);
	if (!session->borrowed)
		jhcfg_target_close(session->target);
	jhcfg_recorder_close(session->recorder);
	close_fd(session->timer);
	close_fd(session->epoll);
	console_clear(&session->console);
	sample_clear(&session->sample);
	tui_store_free(session->store);
	free(session);
}

/* --- what is asked of it -------------------------------------------------- */

const struct tui_model *tui_session_model(const struct tui_session *session)
{
	return &session->store->model;
}

int tui_session_fd(const struct tui_session *session)
{
	return session->epoll;
}

bool tui_session_local(const struct tui_session *session)
{
	return jhcfg_target_kind(session->target) == JHCFG_TARGET_LOCAL;
}

void tui_session_set_delay(struct tui_session *session, unsigned int ms)
{
	session->delay_ms = ms;
	if (!session->recording && !session->store->model.playback.paused)
		session_set_timer(session, ms, true);
}

unsigned int tui_session_delay(const struct tui_session *session)
{
	return session->delay_ms;
}

void tui_session_answer(struct tui_session *session, const char *answer)
{
	jhcfg_target_answer(session->target, answer);
}

void tui_session_set_budgets(struct tui_session *session,
			     const struct tui_budgets *budgets)
{
	tui_budgets_copy(&session->store->budgets, budgets);
}
