/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Deploying: having a target run what a project says. One look at the target
 * tells what it runs; the steps that lead from there to the project are a
 * list, which is shown, then done one by one. Each is verified by reading back
 * what it was to change. At the first failure, the way back to what the target
 * ran before is found and done in the same manner.
 *
 * What runs already as the project says is left alone: a second deploy has no
 * steps.
 *
 * Nothing here waits: who has the event loop of the target (see
 * jhcfg/target.h) is called back from jhcfg_target_dispatch(). The connection
 * may be lost on the way, as by a hypervisor that takes the network away: the
 * target is connected to again, looked at, and the deploy goes on.
 */
#ifndef JHCFG_DEPLOY_H
#define JHCFG_DEPLOY_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/check.h>
#include <jhcfg/diag.h>
#include <jhcfg/target.h>
#include <jhcfg/workspace.h>

struct jhcfg_deploy;

enum jhcfg_deploy_phase {
	JHCFG_DEPLOY_LOOKING, /* at the target; then rules are judged */
	JHCFG_DEPLOY_PLANNED, /* waits for jhcfg_deploy_run() */
	JHCFG_DEPLOY_RUNNING,
	JHCFG_DEPLOY_ROLLING_BACK,
	JHCFG_DEPLOY_DONE,   /* the target runs the project */
	JHCFG_DEPLOY_FAILED, /* the findings, diags and steps say why */
};

enum jhcfg_deploy_kind {
	JHCFG_DEPLOY_UPLOAD,
	JHCFG_DEPLOY_DRIVER, /* load it */
	JHCFG_DEPLOY_ENABLE,
	JHCFG_DEPLOY_CREATE,
	JHCFG_DEPLOY_LOAD,
	JHCFG_DEPLOY_START,
	JHCFG_DEPLOY_SHUTDOWN,
	JHCFG_DEPLOY_DESTROY,
	JHCFG_DEPLOY_DISABLE,
	JHCFG_DEPLOY_CONFIRM, /* to the watchdog: see rollback_after_s */
	JHCFG_DEPLOY_UNLOAD,  /* the driver; when rolling back */
	JHCFG_DEPLOY_SWEEP,   /* remove files that nothing needs any more */
};

enum jhcfg_deploy_state {
	JHCFG_DEPLOY_WAITING,
	JHCFG_DEPLOY_WORKING,
	JHCFG_DEPLOY_SUCCEEDED,
	JHCFG_DEPLOY_BROKEN,
	JHCFG_DEPLOY_LEFT_OUT, /* because of an earlier failure */
};

/* A step. The strings belong to the deploy and are never NULL. */
struct jhcfg_deploy_step {
	enum jhcfg_deploy_kind kind;
	enum jhcfg_deploy_state state;
	bool back;	     /* of the way back */
	const char *object;  /* name of the cell, or of the file */
	const char *command; /* what runs there, as one would type it */
	const char *reason;  /* "memory ram: size changes", "not there" */
	const char *message; /* why it failed, what to do; else empty */
	/* of an upload, in bytes */
	size_t size, sent;
};

struct jhcfg_deploy_options {
	/* cells to be deployed: those of the scenario; NULL: all of them */
	const char *scenario;
	/* folder that the names of images are relative to; NULL: that of the
	 * file that the workspace came from */
	const char *folder;
	/* images beside those of the project: a cell that has some here has
	 * none of the project's. Bytes and names are copied. */
	const struct jhcfg_image *images;
	size_t num_images;
	const struct jhcfg_override *overrides;
	size_t num_overrides;
	/* deploy what rules find errors in, or what takes the device of the
	 * root file system or of an SSH session */
	bool force;
	/* destroy cells that somebody else made, where they are in the way */
	bool prune;
	bool reload;	  /* load images again that are said to be there */
	bool keep_going;  /* after a failure, do what does not need it */
	bool no_rollback; /* leave things as they are after a failure */
	/* the target disables the hypervisor by itself when it has heard
	 * nothing for that long after it was enabled; 0: it does not */
	unsigned int rollback_after_s;
	/* how long a lost target is tried to be reached again; 0: 60 */
	unsigned int reconnect_s;
	/* for tests: where the driver's attributes are (NULL:
	 * /sys/devices/jailhouse), where our files go (NULL: see
	 * jhcfg/site.h), and the root of /proc and /sys (NULL: "/") */
	const char *sysfs;
	const char *site;
	const char *root;
};

/* Members may be NULL. None of the calls may free the deploy. */
struct jhcfg_deploy_handler {
	/* of the phase, or of the connection; see jhcfg_deploy_note() */
	void (*changed)(struct jhcfg_deploy *deploy, void *user);
	/* step @index has another state, message, or number of bytes sent; it
	 * may be a new one */
	void (*step)(struct jhcfg_deploy *deploy, void *user, size_t index);
	void *user;
};

/*
 * Begins to look at the target, which must be READY and outlive the deploy.
 * The workspace is only looked at in here. *@deploy ends with
 * jhcfg_deploy_free(), at any time.
 * -EOPNOTSUPP: nothing runs on this target; -EINVAL: the project cannot be
 * deployed; -ENOENT: an image or the scenario is missing; -ENOTCONN; -ENOMEM.
 * @diags has it in words.
 */
JHCFG_API int jhcfg_deploy_begin(struct jhcfg_target *target,
				 const struct jhcfg_workspace *workspace,
				 const struct jhcfg_deploy_options *options,
				 const struct jhcfg_deploy_handler *handler,
				 struct jhcfg_diags *diags,
				 struct jhcfg_deploy **deploy);
/* What runs there at this moment goes on; nothing follows it. NULL is legal. */
JHCFG_API void jhcfg_deploy_free(struct jhcfg_deploy *deploy);

JHCFG_API enum jhcfg_deploy_phase jhcfg_deploy_phase(
	const struct jhcfg_deploy *deploy);
/* What it waits for, if that takes long: "connecting again: ..."; or empty. */
JHCFG_API const char *jhcfg_deploy_note(const struct jhcfg_deploy *deploy);

/* --- once it is PLANNED, or FAILED before that ---------------------------- */

/* What rules found, with the target in view; NULL: it did not come to that. */
JHCFG_API const struct jhcfg_findings *jhcfg_deploy_findings(
	const struct jhcfg_deploy *deploy);
/* What else there is to say; an error is why it FAILED, or why
 * jhcfg_deploy_run() will refuse. */
JHCFG_API const struct jhcfg_diags *jhcfg_deploy_diags(
	const struct jhcfg_deploy *deploy);
/* Nothing keeps it from running. */
JHCFG_API bool jhcfg_deploy_may_run(const struct jhcfg_deploy *deploy);

/* Step @index in their order, those of the way back at the end; NULL behind
 * the last one. */
JHCFG_API const struct jhcfg_deploy_step *jhcfg_deploy_step(
	const struct jhcfg_deploy *deploy, size_t index);
JHCFG_API size_t jhcfg_deploy_num_steps(const struct jhcfg_deploy *deploy);
/* "upload", "cell create" */
JHCFG_API const char *jhcfg_deploy_kind_name(enum jhcfg_deploy_kind kind);
/* "waiting", "done" */
JHCFG_API const char *jhcfg_deploy_state_name(enum jhcfg_deploy_state state);

/* --- running -------------------------------------------------------------- */

/* Begins with the first step. -EBUSY: it is not PLANNED; -EPERM: it may not
 * run. */
JHCFG_API int jhcfg_deploy_run(struct jhcfg_deploy *deploy);
/* Behind the step that runs, the way back begins. */
JHCFG_API void jhcfg_deploy_stop(struct jhcfg_deploy *deploy);

/* At once: dispatches the target until the phase is PLANNED, DONE or FAILED.
 * 0, or -errno if the loop itself failed. */
JHCFG_API int jhcfg_deploy_wait(struct jhcfg_deploy *deploy);

#endif
