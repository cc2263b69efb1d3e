/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Other programs, run with limits. */
#ifndef JHCFG_UTIL_PROCESS_H
#define JHCFG_UTIL_PROCESS_H

#include <stddef.h>
#include <stdint.h>

struct jhcfg_process {
	const char *const *argv; /* ends with NULL; argv[0] is looked for in
				  * PATH */
	unsigned int timeout_ms;
	size_t max_output; /* bytes on stdout and stderr */
	/* for each process of it; 0: no limit */
	uint64_t max_file_size;
	uint64_t max_memory;
};

/*
 * Runs a program with nothing on stdin and LC_ALL=C. What it printed on stdout
 * and stderr is in *@output, a new string with *@size bytes and a NUL, which
 * the caller frees; *@status is as of waitpid(). It runs in a process group of
 * its own, all of which is killed if it takes too long or says too much.
 * -ENOENT, -EACCES ...: it cannot be run; -ETIMEDOUT; -EFBIG: too much output;
 * -ENOMEM, -EMFILE ...
 */
int jhcfg_process_run(const struct jhcfg_process *process, char **output,
		      size_t *size, int *status);

#endif
