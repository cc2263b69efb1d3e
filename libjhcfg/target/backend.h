/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * What reaches a target: the one interface behind jhcfg/target.h. A back end
 * may be a module that is loaded when it is wanted (SSH), so it calls the rest
 * of the library through struct target_services only.
 *
 * A back end never waits. It watches descriptors by way of sources, and calls
 * the services from their ready().
 */
#ifndef JHCFG_TARGET_BACKEND_H
#define JHCFG_TARGET_BACKEND_H

#include <jhcfg/target.h>

#define TARGET_MODULE_VERSION 2
#define TARGET_MODULE_SYMBOL  "jhcfg_target_module"
/* the same for emulated boards, which are in the module for SSH */
#define TARGET_BOARD_SYMBOL "jhcfg_target_module_board"

/* The struct of this type whose member is at @pointer. */
#define target_container_of(pointer, type, member)                             \
	((type *)((char *)(pointer)-offsetof(type, member)))

/* A descriptor that is watched. Part of its user's struct. */
struct target_source {
	int fd;
	uint32_t events; /* EPOLLIN and so on; 0: not watched */
	void (*ready)(struct target_source *source, uint32_t events);
};

/* A moment at which something is to be done. Part of its user's struct. */
struct target_timer {
	int64_t at_ms; /* 0: never */
	void (*expired)(struct target_timer *timer);
	struct target_timer *next;
};

/* Calls into the library for a back end. */
struct target_services {
	/* Adds, changes or removes by source->events. 0 or -errno. */
	int (*watch)(struct jhcfg_target *target, struct target_source *source,
		     uint32_t events);
	/* Sets, moves or clears (@ms < 0) a timer. */
	void (*set_timer)(struct jhcfg_target *target,
			  struct target_timer *timer, int ms);
	void (*changed)(struct jhcfg_target *target,
			enum jhcfg_target_state state, const char *format, ...)
		__attribute__((format(printf, 3, 4)));
	void (*ask)(struct jhcfg_target *target, enum jhcfg_question question,
		    const char *prompt);

	void *(*job_private)(struct jhcfg_job *job);
	/* false: the job was cancelled and must not be used any more */
	bool (*job_output)(struct jhcfg_job *job, enum jhcfg_stream stream,
			   const void *data, size_t size);
	/* Input that waits: its start and *@size, 0 if there is none. */
	const void *(*job_input)(struct jhcfg_job *job, size_t *size);
	/* That much of it was taken. false: as above. */
	bool (*job_consumed)(struct jhcfg_job *job, size_t size);
	/* All was consumed and no more comes. */
	bool (*job_input_ended)(struct jhcfg_job *job);
	/* The job must not be used afterwards. */
	void (*job_done)(struct jhcfg_job *job,
			 const struct jhcfg_job_end *end);
};

/* A parsed name. */
struct target_place {
	char *user; /* NULL: not said */
	char *host;
	unsigned int port; /* 0: not said */
	char *path;	   /* of a recording */
	char *board;	   /* name of an emulated one */
};

struct target_backend {
	unsigned int version; /* TARGET_MODULE_VERSION */
	enum jhcfg_target_kind kind;
	size_t job_size; /* of its own part of a job, zeroed */

	/* All are called with what open() made. */
	int (*open)(struct jhcfg_target *target,
		    const struct target_services *services,
		    const struct target_place *place,
		    const struct jhcfg_target_options *options,
		    struct jhcfg_diags *diags, void **self);
	void (*close)(void *self);
	/* Begins to connect, at first and again; NULL: it is READY. */
	int (*connect)(void *self);
	void (*answer)(void *self, const char *answer);

	/* NULL: nothing runs there. */
	int (*run)(void *self, const char *const *argv, struct jhcfg_job *job);
	/* There is new input, or it has ended: to be looked at later, from
	 * ready() of a source. */
	void (*feed)(void *self, struct jhcfg_job *job);
	/* Ends it without job_done(). */
	void (*cancel)(void *self, struct jhcfg_job *job);

	/* Files without a command; NULL: by commands (files_script.c). */
	const struct target_files *files;
};

struct target_files {
	int (*read)(void *self, const char *path, size_t max, void **data,
		    size_t *size);
	/* @follow: symbolic links; else they are JHCFG_FILE_OTHER. */
	int (*stat)(void *self, const char *path, bool follow,
		    struct jhcfg_stat *stat);
	int (*list)(void *self, const char *path, char ***names);
	/* One of request->paths; NULL: by the calls above (walk.c). */
	int (*read_tree)(void *self, const char *path,
			 const struct jhcfg_tree_request *request,
			 struct jhcfg_tree *tree);
	/* Of a back end that lends files to trees: another number when they are
	 * other ones, or elsewhere; their texts may change with the same one.
	 * 0: they cannot be read. NULL: none are lent. */
	uint64_t (*shape)(void *self);
	/* NULL: nothing can be written */
	int (*write)(void *self, const char *path, const void *data,
		     size_t size, unsigned int mode);
};

extern const struct target_backend target_local;
extern const struct target_backend target_recorded;
extern const struct target_backend target_folder;
extern const struct target_backend target_archive;

#endif
