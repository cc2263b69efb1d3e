/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Targets: the machine that cells run on, wherever it is. This machine, one
 * behind SSH, an emulated board or a recording; everything above works on all
 * of them by the calls of this file.
 *
 * A target does its work in jobs: commands that run there, beside each other.
 * Nothing here blocks but what says so: who has an event loop watches
 * jhcfg_target_fd() and calls jhcfg_target_dispatch() when it is readable; the
 * calls under "at once" run such a loop of their own until they are done.
 *
 * One thread uses a target. Paths are those of the target and absolute.
 */
#ifndef JHCFG_TARGET_H
#define JHCFG_TARGET_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jhcfg/api.h>
#include <jhcfg/diag.h>

struct jhcfg_target;
struct jhcfg_job;

enum jhcfg_target_kind {
	JHCFG_TARGET_LOCAL,
	JHCFG_TARGET_SSH,
	JHCFG_TARGET_EMULATED,
	JHCFG_TARGET_RECORDED,
};

enum jhcfg_target_state {
	JHCFG_TARGET_CONNECTING,
	JHCFG_TARGET_ASKING, /* waits for jhcfg_target_answer() */
	JHCFG_TARGET_READY,
	JHCFG_TARGET_LOST, /* for the reason in jhcfg_target_reason() */
};

enum jhcfg_question {
	JHCFG_ASK_PASSWORD, /* one line, not shown while it is typed */
	JHCFG_ASK_TEXT,	    /* one line, shown */
	JHCFG_ASK_TRUST,    /* "yes" or anything else: is this host known? */
};

/* What a target tells whoever opened it; every member may be NULL. None of the
 * calls may close the target. */
struct jhcfg_target_handler {
	/* CONNECTING to ASKING, READY or LOST, and back */
	void (*changed)(struct jhcfg_target *target, void *user);
	/* in state ASKING; @prompt may come from the target, which it names
	 * then, and hold anything but control characters */
	void (*ask)(struct jhcfg_target *target, void *user,
		    enum jhcfg_question question, const char *prompt);
	void *user;
};

struct jhcfg_target_options {
	struct jhcfg_target_handler handler;
	unsigned int timeout_ms; /* until READY; 0: 15 s, 5 min of boards */
	const char *ssh_config;	 /* NULL: the user's and the system's */
	const char *known_hosts; /* NULL: the user's */
	const char *identity;	 /* private key file; NULL: the usual ones */
	/* folder of the modules that reach targets; NULL: where they were
	 * installed, or JHCFG_MODULES in the environment */
	const char *modules;
};

/*
 * Opens the target that @name describes: "local" (also NULL and ""),
 * "ssh://[USER@]HOST[:PORT]", "emu://BOARD" (an emulated board, started if it
 * does not run; it goes on afterwards), "recorded:FILE" (see
 * jhcfg/recording.h) or "recorded:FOLDER", a folder or an archive (tar, also
 * compressed) with a copy of a machine's /proc and /sys.
 * Anything without a scheme is refused, so that a misspelt file is not looked
 * for on the network. @options may be NULL.
 * Connecting goes on afterwards, see jhcfg_target_state().
 * 0; else @diags says why: -EINVAL: no such kind of target or a malformed
 * name, no recording; -ENOENT: its module is not installed; -ENOMEM.
 */
JHCFG_API int jhcfg_target_open(const char *name,
				const struct jhcfg_target_options *options,
				struct jhcfg_diags *diags,
				struct jhcfg_target **target);
/* Ends all its jobs without calling them; NULL is legal. */
JHCFG_API void jhcfg_target_close(struct jhcfg_target *target);

/* The program that starts emulated boards (tools/emu.sh), freed by free();
 * NULL: there is none here. */
JHCFG_API char *jhcfg_emulator_find(void);

JHCFG_API enum jhcfg_target_kind jhcfg_target_kind(
	const struct jhcfg_target *target);
/* As it was opened. */
JHCFG_API const char *jhcfg_target_name(const struct jhcfg_target *target);
JHCFG_API enum jhcfg_target_state jhcfg_target_state(
	const struct jhcfg_target *target);
/* Why it was lost, and what to do, without control characters; empty while it
 * is not. */
JHCFG_API const char *jhcfg_target_reason(const struct jhcfg_target *target);
/* To the question that was asked last; NULL: there is no answer. */
JHCFG_API void jhcfg_target_answer(struct jhcfg_target *target,
				   const char *answer);
/* Once more, after it was lost. -EBUSY: it is not lost. */
JHCFG_API int jhcfg_target_reconnect(struct jhcfg_target *target);

/* Readable when there is something to dispatch; the target's own. */
JHCFG_API int jhcfg_target_fd(const struct jhcfg_target *target);
/*
 * Does what can be done; waits for that up to @timeout_ms (0: not at all, -1:
 * for ever). Jobs and the handler are called from in here only. 0, or -errno
 * if the loop itself failed.
 */
JHCFG_API int jhcfg_target_dispatch(struct jhcfg_target *target,
				    int timeout_ms);

/* --- jobs ----------------------------------------------------------------- */

enum jhcfg_stream {
	JHCFG_STREAM_OUTPUT,
	JHCFG_STREAM_ERRORS,
};

struct jhcfg_job_end {
	/* 0; -ENOENT, -EACCES: the command was not found, or not allowed;
	 * -ECONNRESET: the target was lost; -ETIMEDOUT; -EFBIG */
	int error;
	int status; /* of the command's exit, if error is 0; -1: killed */
	int signal; /* that killed it, 0: none, or it is not known */
};

/* Members may be NULL. A job must not be used after done() was called. */
struct jhcfg_job_handler {
	void (*output)(struct jhcfg_job *job, void *user,
		       enum jhcfg_stream stream, const void *data, size_t size);
	/* input that was refused before is taken again */
	void (*writable)(struct jhcfg_job *job, void *user);
	void (*done)(struct jhcfg_job *job, void *user,
		     const struct jhcfg_job_end *end);
	void *user;
};

/*
 * Runs a command with exactly these arguments (NULL behind the last; no shell
 * looks at them on the way, whatever they hold). @timeout_ms 0: no limit. Its
 * input is open until jhcfg_job_end_input().
 * 0; -EOPNOTSUPP: nothing runs on this target; -ENOTCONN: it is not READY;
 * -E2BIG; -ENOMEM. What the command itself does is told to @handler.
 */
JHCFG_API int jhcfg_target_run(struct jhcfg_target *target,
			       const char *const *argv, int timeout_ms,
			       const struct jhcfg_job_handler *handler,
			       struct jhcfg_job **job);
/* Number of bytes taken, which may be 0: writable() tells when to go on. */
JHCFG_API size_t jhcfg_job_write(struct jhcfg_job *job, const void *data,
				 size_t size);
/* What was written is still delivered. */
JHCFG_API void jhcfg_job_end_input(struct jhcfg_job *job);
/* Kills the command; done() is not called any more. */
JHCFG_API void jhcfg_job_cancel(struct jhcfg_job *job);

/* --- at once --------------------------------------------------------------
 *
 * These wait, at most as long as they are told (0: 30 s). Their errors beside
 * what is said: those of struct jhcfg_job_end, -ENOTCONN.
 */

/* Waits until it is READY: 0, -ECONNREFUSED (see the reason), -ETIMEDOUT. */
JHCFG_API int jhcfg_target_wait(struct jhcfg_target *target);

/* What a command left. Buffers are the caller's, with a NUL behind the last
 * byte that does not count. */
struct jhcfg_result {
	int status;
	int signal;
	char *output, *errors;
	size_t output_size, errors_size;
};

/*
 * Runs a command with @input (NULL: none) until it ends. Its output is limited
 * to @max bytes a stream: -EFBIG. *@result is filled if 0 is returned.
 */
JHCFG_API int jhcfg_target_exec(struct jhcfg_target *target,
				const char *const *argv, const void *input,
				size_t input_size, size_t max, int timeout_ms,
				struct jhcfg_result *result);
JHCFG_API void jhcfg_result_clear(struct jhcfg_result *result);

/* A whole file; for @max see jhcfg_file_read(). */
JHCFG_API int jhcfg_target_read(struct jhcfg_target *target, const char *path,
				size_t max, void **data, size_t *size);

struct jhcfg_stat {
	enum jhcfg_file_kind {
		JHCFG_FILE_REGULAR,
		JHCFG_FILE_DIRECTORY,
		JHCFG_FILE_OTHER,
	} kind;
	uint64_t size;
};
/* Symbolic links are followed. -ENOENT. */
JHCFG_API int jhcfg_target_stat(struct jhcfg_target *target, const char *path,
				struct jhcfg_stat *stat);
/* Names in a directory in the order of their bytes, without "." and "..": an
 * array of strings that ends with NULL, freed by jhcfg_names_free(). */
JHCFG_API int jhcfg_target_list(struct jhcfg_target *target, const char *path,
				char ***names);
JHCFG_API void jhcfg_names_free(char **names);

/*
 * Writes a file: under another name beside it, checked by its sum, then
 * renamed, so that it is the old or the new one. @mode as of chmod().
 * -EIO: what arrived was not what was sent; -EISDIR, -EEXIST: there is a
 * directory, or something else that is no file, such as a device.
 */
JHCFG_API int jhcfg_target_write(struct jhcfg_target *target, const char *path,
				 const void *data, size_t size,
				 unsigned int mode, int timeout_ms);

/* A text file of a tree that was read at once. */
struct jhcfg_tree_file {
	/* Its path in two parts: up to the last slash, and what is behind
	 * that. Files that have the same pointer there are in one folder;
	 * those beside each other mostly have. */
	const char *folder, *name;
	const char *text; /* NUL at its end, none in it */
	size_t size;
};
/* The order of its path and @path, as of strcmp(). */
JHCFG_API int jhcfg_tree_file_compare(const struct jhcfg_tree_file *file,
				      const char *path);
struct jhcfg_tree;
/* What to read; arrays end with NULL. */
struct jhcfg_tree_request {
	const char *const *paths; /* files and folders */
	const char *const *skip; /* names of files and folders below; or NULL */
	unsigned int depth;	 /* folders below a path */
	size_t max;		 /* bytes of all paths and texts */
	/* names that end so are skipped, too; NULL: none */
	const char *skip_suffix;
};
/*
 * Reads many text files in one exchange with the target: the state of a
 * system. Links inside of folders are not followed. What is missing, cannot be
 * read or is no text is left out. -EFBIG beyond request->max.
 */
JHCFG_API int jhcfg_target_read_tree(struct jhcfg_target *target,
				     const struct jhcfg_tree_request *request,
				     struct jhcfg_tree **tree);
/*
 * The same tree again and again, without waiting for it. Its memory is used
 * again: where files are at hand (this machine, recordings), none is taken
 * any more once a tree as large as this has been read.
 */
struct jhcfg_reading;
/* @error 0, or why there is no tree: as of jhcfg_target_read_tree(). It may
 * free the reading only if that was not called from jhcfg_reading_start(). */
typedef void jhcfg_reading_done(struct jhcfg_reading *reading, void *user,
				int error);
/* @request is not copied and stays while the reading does; who changes it says
 * so by jhcfg_reading_changed(). */
JHCFG_API int jhcfg_reading_new(struct jhcfg_target *target,
				const struct jhcfg_tree_request *request,
				jhcfg_reading_done *done, void *user,
				struct jhcfg_reading **reading);
/* NULL is legal. Before its target is closed. */
JHCFG_API void jhcfg_reading_free(struct jhcfg_reading *reading);
/*
 * Reads it once more. The end is told from in here where files are at hand,
 * else from jhcfg_target_dispatch(). -EBUSY: it is being read; or what
 * jhcfg_target_run() says, and then no end follows.
 */
JHCFG_API int jhcfg_reading_start(struct jhcfg_reading *reading,
				  int timeout_ms);
JHCFG_API void jhcfg_reading_changed(struct jhcfg_reading *reading);
JHCFG_API bool jhcfg_reading_busy(const struct jhcfg_reading *reading);
/* What was read last, until the next start; of a recording, until another
 * moment is looked at. */
JHCFG_API const struct jhcfg_tree *jhcfg_reading_tree(
	const struct jhcfg_reading *reading);

JHCFG_API size_t jhcfg_tree_count(const struct jhcfg_tree *tree);
/* In the order of paths; NULL behind the last. */
JHCFG_API const struct jhcfg_tree_file *jhcfg_tree_at(
	const struct jhcfg_tree *tree, size_t index);
/* NULL: it was not there. */
JHCFG_API const struct jhcfg_tree_file *jhcfg_tree_find(
	const struct jhcfg_tree *tree, const char *path);
JHCFG_API void jhcfg_tree_free(struct jhcfg_tree *tree);

#endif
