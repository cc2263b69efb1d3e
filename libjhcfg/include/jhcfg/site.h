/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What is needed of a target to change something there: the rights of root,
 * the management tool, and a folder of ours for files that it is to read.
 * Nothing is installed: the folder is gone with the next boot.
 */
#ifndef JHCFG_SITE_H
#define JHCFG_SITE_H

#include <stdbool.h>
#include <stddef.h>

#include <jhcfg/api.h>
#include <jhcfg/diag.h>
#include <jhcfg/target.h>

struct jhcfg_site {
	/* what a command is to be put behind to run as root: none of them for
	 * root, {"sudo", "-n", "--"}; count -1: there is no way */
	const char *become[3];
	int num_become;
	char *tool;   /* path of `jailhouse`, NULL: there is none */
	char *folder; /* for our files, of this user only */
	char *user;   /* who we are there */
};

/*
 * Looks at the target, in one exchange. 0; -EPERM: the folder cannot be made,
 * or belongs to somebody else; or what jhcfg_target_exec() says. Errors are
 * told in @diags. Ended by jhcfg_site_clear().
 */
JHCFG_API int jhcfg_site_find(struct jhcfg_target *target,
			      struct jhcfg_diags *diags,
			      struct jhcfg_site *site);
JHCFG_API void jhcfg_site_clear(struct jhcfg_site *site);

/* For who has an event loop: the command to run there by jhcfg_target_run() (a
 * constant), and what to make of its result; @name of the target is for
 * messages. Errors as above; -EIO: the answer makes no sense. */
JHCFG_API const char *const *jhcfg_site_command(void);
JHCFG_API int jhcfg_site_parse(const char *name, struct jhcfg_result *result,
			       struct jhcfg_diags *diags,
			       struct jhcfg_site *site);

/* May it run things as root, and is the tool there? Tells what is missing and
 * what to do about it. 0, -EPERM, -ENOENT. */
JHCFG_API int jhcfg_site_check(const struct jhcfg_target *target,
			       const struct jhcfg_site *site,
			       struct jhcfg_diags *diags);

/*
 * Brings a file into the folder while its caller does something else, unless it
 * is there with these contents. @data stays until it is done.
 */
struct jhcfg_upload;
struct jhcfg_upload_handler {
	/* @sent bytes are on their way; may be NULL */
	void (*progress)(struct jhcfg_upload *upload, void *user, size_t sent);
	/* 0 and its path there, which holds until the upload is freed (which
	 * may be in here); or as of struct jhcfg_job_end, -EIO: what arrived
	 * was not what was sent, -ENOSPC, -EROFS, -EACCES */
	void (*done)(struct jhcfg_upload *upload, void *user, int err,
		     const char *path);
	void *user;
};
/* @name is what the path ends with, as far as shells and people can do without
 * quotes. 0, or what jhcfg_target_run() says, and then done() is not called. */
JHCFG_API int jhcfg_upload_start(struct jhcfg_target *target,
				 const struct jhcfg_site *site,
				 const char *name, const void *data,
				 size_t size, int timeout_ms,
				 const struct jhcfg_upload_handler *handler,
				 struct jhcfg_upload **upload);
/* Ends it if it goes on: there is nothing of it then. NULL is legal. Before
 * its target is closed. */
JHCFG_API void jhcfg_upload_free(struct jhcfg_upload *upload);

/*
 * The same at once. Brings a file into the folder, unless it is there with
 * these contents. *@path is its path there, which the caller frees; @name is
 * what it ends with as far as shells and people can do without quotes.
 */
JHCFG_API int jhcfg_site_upload(struct jhcfg_target *target,
				const struct jhcfg_site *site, const char *name,
				const void *data, size_t size, int timeout_ms,
				char **path);

#endif
