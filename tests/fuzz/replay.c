// SPDX-License-Identifier: GPL-2.0-or-later
/* replay DIR…: feeds each file of the folders to the target, without
 * libFuzzer, and every prefix of it that is a power of two long. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <jhcfg/file.h>

#include "fuzz.h"

static void feed(const char *data, size_t size)
{
	/* of exactly that size: a sanitizer sees what is read behind it */
	uint8_t *copy = malloc(size ? size : 1);

	if (!copy)
		exit(1);
	memcpy(copy, data, size);
	LLVMFuzzerTestOneInput(copy, size);
	free(copy);
}

static int replay_file(const char *path)
{
	struct stat st;
	void *data;
	size_t size;

	if (stat(path, &st) || !S_ISREG(st.st_mode))
		return 0;
	if (jhcfg_file_read(path, 1 << 20, &data, &size)) {
		perror(path);
		return -1;
	}
	for (size_t part = 1; part < size; part *= 2)
		feed(data, part);
	feed(data, size);
	free(data);
	return 1;
}

static int replay_folder(const char *folder)
{
	DIR *dir = opendir(folder);
	struct dirent *entry;
	int count = 0;

	if (!dir) {
		perror(folder);
		return -1;
	}
	while (count >= 0 && (entry = readdir(dir))) {
		char path[4096];
		int result;

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		result = replay_file(path);
		count = result < 0 ? -1 : count + result;
	}
	closedir(dir);
	return count;
}

int main(int argc, char **argv)
{
	int total = 0;

	for (int n = 1; n < argc; n++) {
		int count = replay_folder(argv[n]);

		if (count < 0)
			return 1;
		total += count;
	}
	printf("%d inputs\n", total);
	/* an empty corpus tests nothing */
	return total ? 0 : 1;
}
