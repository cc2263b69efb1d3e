// SPDX-License-Identifier: GPL-2.0-or-later
/* write_samples FOLDER: the samples as files, for programs that read files. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include <jhcfg/file.h>

#include "samples.h"

static int write_sample(const char *folder, const struct sample *sample)
{
	char path[512];
	int err;

	snprintf(path, sizeof(path), "%s/%s-%s-%s.cell", folder,
		 sample->dialect, sample->is_system ? "system" : "cell",
		 sample->is_x86 ? "x86" : "arm64");
	err = jhcfg_file_write(path, sample->data, sample->size);
	if (err)
		fprintf(stderr, "%s: %s\n", path, strerror(-err));
	return err;
}

int main(int argc, char **argv)
{
	int err = 0;

	if (argc != 2)
		return 2;
	if (mkdir(argv[1], 0777) && errno != EEXIST) {
		perror(argv[1]);
		return 1;
	}
	for (size_t n = 0; samples[n] && !err; n++)
		err = write_sample(argv[1], samples[n]);
	return err ? 1 : 0;
}
