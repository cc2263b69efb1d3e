/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* A deploy as the files of this folder share it. */
#ifndef JHCFG_DEPLOY_DEPLOY_H
#define JHCFG_DEPLOY_DEPLOY_H

#include <jhcfg/deploy.h>
#include <jhcfg/images.h>
#include <jhcfg/live.h>
#include <jhcfg/site.h>

#include "deploy/lock.h"
#include "deploy/state.h"
#include "load/load.h"
#include "target/exec.h"
#include "target/target.h"

/* Something to be brought to the target. */
struct deploy_file {
	char *name;  /* in the run directory: "SUM-plain-name" */
	char *label; /* for people */
	const void *data;
	size_t size;
	void *owned; /* what to free: the data, or NULL */
	struct deploy_file *next;
};

/* A line that no file holds. */
#define DEPLOY_MARK_SIZE 33

struct deploy_step {
	struct jhcfg_deploy_step step; /* its strings are ours */
	char *cell; /* that it is about, ours; NULL: the system */
	const struct deploy_file *file;	    /* of an upload, enable or create */
	const struct deploy_cell *wanted;   /* of the state below */
	const struct deploy_state *towards; /* the state it is a step to */
	unsigned int tries;
};

struct jhcfg_deploy {
	struct jhcfg_target *target;
	struct jhcfg_deploy_handler handler;
	struct jhcfg_deploy_options options;
	char *sysfs, *folder; /* where attributes are; the run directory */
	const struct jhcfg_scenario
		*scenario;		   /* of the fork; NULL: all cells */
	struct jhcfg_workspace *workspace; /* a fork */
	struct jhcfg_diags *diags;
	struct jhcfg_findings *findings;
	struct jhcfg_live *live;

	struct jhcfg_site site;
	const struct jhcfg_dialect *dialect;
	struct deploy_file *files;
	struct load_list loads;	     /* images of the project */
	struct deploy_state *found;  /* by the last look */
	struct deploy_state *before; /* when nothing was done yet */
	struct deploy_state *wanted;

	enum jhcfg_deploy_phase phase;
	char *note;
	struct deploy_step *steps;
	size_t num_steps, current;
	bool blocked; /* may not run */
	bool failed;  /* a step did */
	bool stopped; /* by the user */
	bool armed;   /* the watchdog waits for us */
	bool listens;

	/* What runs there at the moment. */
	struct target_exec exec;
	void (*then)(struct jhcfg_deploy *deploy, int err,
		     struct jhcfg_result *result);
	void (*looked)(struct jhcfg_deploy *deploy, int err);
	char mark[DEPLOY_MARK_SIZE];
	char *input; /* of the command, ours */

	struct deploy_lock lock;
	enum jhcfg_deploy_phase outcome; /* once the lock is gone */

	/* A target that was lost: what to do when it is back. */
	struct target_listener listener;
	struct target_timer timer;
	int64_t give_up_ms;
	unsigned int losses; /* since the last step that was done */
	void (*resume)(struct jhcfg_deploy *deploy);
};

/* --- exchange.c: commands there, one at a time ---------------------------- */

/* Runs it; calls @then from the loop, also if it could not be begun. Input is
 * not copied. */
void deploy_command(struct jhcfg_deploy *deploy, const char *const *argv,
		    const void *input, size_t size, int timeout_ms,
		    void (*then)(struct jhcfg_deploy *deploy, int err,
				 struct jhcfg_result *result));
int deploy_make_mark(char mark[DEPLOY_MARK_SIZE]);
/* How root runs a script there; its arguments follow. Returns their index. */
#define DEPLOY_SCRIPT_WORDS 7
size_t deploy_script_words(const struct jhcfg_deploy *deploy,
			   const char *script, const char **argv);
/* Runs one as root, with the run directory as its argument. */
void deploy_run_script(struct jhcfg_deploy *deploy, const char *script,
		       int timeout_ms,
		       void (*then)(struct jhcfg_deploy *deploy, int err,
				    struct jhcfg_result *result));
/* Looks: deploy->found is new when @looked is called without an error. */
void deploy_look(struct jhcfg_deploy *deploy,
		 void (*looked)(struct jhcfg_deploy *deploy, int err));
/* The error means that the connection was lost. */
bool deploy_is_loss(int err);
/* Connects again; @resume is called when that succeeded. Else the deploy has
 * failed. */
void deploy_reconnect(struct jhcfg_deploy *deploy,
		      void (*resume)(struct jhcfg_deploy *deploy));
void deploy_exchange_end(struct jhcfg_deploy *deploy);

/* --- wanted.c: what the project says -------------------------------------- */

int deploy_read_project(struct jhcfg_deploy *deploy,
			const struct jhcfg_workspace *workspace,
			struct jhcfg_diags *diags);
/* The state that the target is to have; needs the dialect. */
int deploy_make_wanted(struct jhcfg_deploy *deploy);
/* A file to be uploaded, the same for the same contents. Takes over @owned,
 * if it is not NULL, also on failure. */
struct deploy_file *deploy_add_file(struct jhcfg_deploy *deploy,
				    const char *label, const void *data,
				    size_t size, void *owned);
struct deploy_file *deploy_find_file(const struct jhcfg_deploy *deploy,
				     const char *name);
void deploy_project_end(struct jhcfg_deploy *deploy);

/* --- judge.c -------------------------------------------------------------- */

/* Rules, drift, dialect. Sets deploy->blocked. -errno after diags. */
int deploy_judge(struct jhcfg_deploy *deploy);
void deploy_error(struct jhcfg_deploy *deploy, const char *object,
		  const char *hint, const char *format, ...)
	__attribute__((format(printf, 4, 5)));

/* --- plan.c --------------------------------------------------------------- */

/* Appends the steps from deploy->found to @wanted. -errno after diags. */
int deploy_plan(struct jhcfg_deploy *deploy, struct deploy_state *wanted,
		bool back);
void deploy_steps_free(struct jhcfg_deploy *deploy);

/* --- step.c: what a step runs --------------------------------------------- */

#define DEPLOY_MAX_WORDS 256
/* The words of a command there; texts that were made are freed with it. */
struct deploy_words {
	const char *argv[DEPLOY_MAX_WORDS];
	size_t count;
	char *made[DEPLOY_MAX_WORDS];
	size_t num_made;
	bool failed;
};
void deploy_words_clear(struct deploy_words *words);
/* For people. */
char *deploy_step_text(const struct jhcfg_deploy *deploy,
		       const struct deploy_step *step);
void deploy_step_run(struct jhcfg_deploy *deploy, struct deploy_step *step);

/* --- seen.c --------------------------------------------------------------- */

/* NULL: deploy->found shows that it is done; else why not. */
const char *deploy_step_lacks(const struct jhcfg_deploy *deploy,
			      const struct deploy_step *step);

/* --- run.c ---------------------------------------------------------------- */

/* The command of the current step has ended. */
void deploy_step_ended(struct jhcfg_deploy *deploy, int err,
		       struct jhcfg_result *result);
void deploy_set_phase(struct jhcfg_deploy *deploy,
		      enum jhcfg_deploy_phase phase);
void deploy_set_note(struct jhcfg_deploy *deploy, const char *format, ...)
	__attribute__((format(printf, 2, 3)));
void deploy_start(struct jhcfg_deploy *deploy);
/* No step is done any more, and what is under way is not heard of. */
void deploy_leave_rest_out(struct jhcfg_deploy *deploy);
/* Nothing more is done, nor taken back. @err: of a look that makes no sense;
 * 0: the diags have the reason already. */
void deploy_break_off(struct jhcfg_deploy *deploy, int err);

#endif
