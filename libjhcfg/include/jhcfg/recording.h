/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Recordings: what a target said, moment by moment, in a file that bug reports
 * carry, tests replay and demonstrations run from.
 *
 * The file is text, a JSON object a line. The first one says what it is:
 *	{"format": "jhcfg-recording", "version": 1, "target": "ssh://board",
 *	 "began": 1795248647}
 * each further one is a moment in milliseconds since then, with the files that
 * differ from the moment before; null: the file is gone. What is no UTF-8 is
 * an object {"hex": "..."}.
 *	{"t": 1000, "files": {"/sys/devices/jailhouse/enabled": "1\n"}}
 */
#ifndef JHCFG_RECORDING_H
#define JHCFG_RECORDING_H

#include <stddef.h>
#include <stdint.h>

#include <jhcfg/api.h>
#include <jhcfg/diag.h>
#include <jhcfg/target.h>

/* --- writing -------------------------------------------------------------- */

struct jhcfg_recorder;

/*
 * Begins a recording of the target called @target at @began (seconds since
 * 1970) in the new file @path. -EEXIST: there is one; or what open() said.
 */
JHCFG_API int jhcfg_recorder_open(const char *path, const char *target,
				  int64_t began,
				  struct jhcfg_recorder **recorder);
/*
 * Adds a moment, @ms behind the begin and not before the last one. It is on
 * its way to the disk when this returns. Errors are those of write(); -EINVAL:
 * time runs backwards.
 */
JHCFG_API int jhcfg_recorder_add(struct jhcfg_recorder *recorder, uint64_t ms,
				 const struct jhcfg_tree *tree);
/*
 * Has the next moment hold a file that no tree does, since it is no text or is
 * read at other times. It stays as it is until it is given again; @data NULL:
 * it is gone. -ENOMEM, -EFBIG.
 */
JHCFG_API int jhcfg_recorder_keep(struct jhcfg_recorder *recorder,
				  const char *path, const void *data,
				  size_t size);
/* 0, or why the end could not be written. NULL is legal. */
JHCFG_API int jhcfg_recorder_close(struct jhcfg_recorder *recorder);

/* --- reading -------------------------------------------------------------- */

struct jhcfg_recording;

/*
 * Opens a recording. It stays in its file, of which a moment is read when it
 * is asked for: that goes on from the one before fast, and back slowly, from
 * the begin. A last line that is cut off (the recorder was killed) is
 * left out with a warning. -EINVAL: it is none, see @diags; -EFBIG: more than
 * @max bytes; -ENOMEM; or what open() said.
 */
JHCFG_API int jhcfg_recording_read(const char *path, size_t max,
				   struct jhcfg_diags *diags,
				   struct jhcfg_recording **recording);
JHCFG_API void jhcfg_recording_free(struct jhcfg_recording *recording);

JHCFG_API const char *jhcfg_recording_target(
	const struct jhcfg_recording *recording);
/* Seconds since 1970. */
JHCFG_API int64_t
jhcfg_recording_began(const struct jhcfg_recording *recording);
/* Number of moments. */
JHCFG_API size_t jhcfg_recording_count(const struct jhcfg_recording *recording);
/* Milliseconds behind the begin. */
JHCFG_API uint64_t jhcfg_recording_time(const struct jhcfg_recording *recording,
					size_t moment);
/* The last moment not behind @ms, 0 if there is none. */
JHCFG_API size_t jhcfg_recording_at(const struct jhcfg_recording *recording,
				    uint64_t ms);
/* A file as it was then, until another moment is asked for; NULL: it was not
 * there, or there is no memory. */
JHCFG_API const struct jhcfg_tree_file *jhcfg_recording_file(
	struct jhcfg_recording *recording, size_t moment, const char *path);

/* --- as a target ---------------------------------------------------------- */

/* The recording behind a target "recorded:FILE"; NULL: it is another one. */
JHCFG_API struct jhcfg_recording *jhcfg_target_recording(
	const struct jhcfg_target *target);
/* Shows files as they were at this moment from now on; at first, it is the
 * last one. */
JHCFG_API void jhcfg_target_seek(struct jhcfg_target *target, size_t moment);

#endif
