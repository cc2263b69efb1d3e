// SPDX-License-Identifier: GPL-2.0-or-later
#include "said.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "paths.h"

/* A dump of registers has some 15 lines. */
#define MAX_LINES 24

struct said {
	int kmsg;     /* positioned at its end; -1: not readable */
	char *before; /* the hypervisor's console, NULL: not readable */
	size_t before_size;
};

static int open_kmsg(void)
{
	char *path = paths_make("/dev/kmsg");
	int fd = path ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;

	free(path);
	/* a position behind the last record, see the kernel's dev-kmsg ABI */
	if (fd >= 0 && lseek(fd, 0, SEEK_END) < 0) {
		close(fd);
		fd = -1;
	}
	return fd;
}

struct said *said_begin(void)
{
	struct said *said = calloc(1, sizeof(*said));

	if (!said)
		return NULL;
	said->kmsg = open_kmsg();
	if (paths_read(&said->before, &said->before_size,
		       PATHS_SYSFS "/console"))
		said->before = NULL;
	return said;
}

void said_end(struct said *said)
{
	if (!said)
		return;
	if (said->kmsg >= 0)
		close(said->kmsg);
	free(said->before);
	free(said);
}

size_t said_new_text(const char *before, size_t before_size, const char *after,
		     size_t after_size)
{
	/* the most of @before that is still there leaves the least new text */
	for (size_t gone = 0; gone < before_size; gone++) {
		size_t kept = before_size - gone;

		if (kept <= after_size && !memcmp(before + gone, after, kept))
			return kept;
	}
	return 0;
}

/* One record: "6,339,5140900,-;text\n KEY=value\n". */
static void print_record(char *record)
{
	char *text = strchr(record, ';');

	if (!text || strncmp(text + 1, "jailhouse", strlen("jailhouse")))
		return;
	text++;
	text[strcspn(text, "\n")] = '\0';
	fprintf(stderr, "kernel: %s\n", text);
}

static void print_kernel(int kmsg)
{
	char record[8192];
	ssize_t size;

	if (kmsg < 0)
		return;
	for (;;) {
		size = read(kmsg, record, sizeof(record) - 1);
		if (size < 0 && (errno == EPIPE || errno == EINTR))
			continue; /* records were lost: go on with the next */
		if (size <= 0)
			return;
		record[size] = '\0';
		print_record(record);
	}
}

/* The last MAX_LINES lines of @text. */
static const char *last_lines(const char *text, size_t size)
{
	size_t pos = size;

	for (int lines = 0; pos > 0; pos--) {
		if (text[pos - 1] == '\n' && pos != size &&
		    ++lines == MAX_LINES)
			break;
	}
	return text + pos;
}

static void print_lines(const char *text, size_t size)
{
	const char *end = text + size;

	text = last_lines(text, size);
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		int length = (int)((newline ? newline : end) - text);

		if (length)
			fprintf(stderr, "hypervisor: %.*s\n", length, text);
		text += length + 1;
	}
}

/* A failed enable leaves its last text to one read for each open file. */
static void print_last_text(void)
{
	char *path = paths_make("/dev/jailhouse");
	int fd = path ? open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
	char text[65536];
	size_t done = 0;
	ssize_t size;

	free(path);
	if (fd < 0)
		return;
	while (done < sizeof(text) &&
	       (size = read(fd, text + done, sizeof(text) - done)) > 0)
		done += (size_t)size;
	close(fd);
	print_lines(text, done);
}

static bool is_enabled(void)
{
	char *text;
	bool enabled;

	if (paths_read_line(&text, PATHS_SYSFS "/enabled"))
		return false;
	enabled = !strcmp(text, "1");
	free(text);
	return enabled;
}

static void print_hypervisor(const struct said *said)
{
	size_t size, start;
	char *after;

	if (!is_enabled()) {
		print_last_text();
		return;
	}
	if (!said->before || paths_read(&after, &size, PATHS_SYSFS "/console"))
		return;
	start = said_new_text(said->before, said->before_size, after, size);
	print_lines(after + start, size - start);
	free(after);
}

void said_print(struct said *said)
{
	if (!said)
		return;
	print_kernel(said->kmsg);
	print_hypervisor(said);
}
