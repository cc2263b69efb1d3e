// SPDX-License-Identifier: LGPL-2.1-or-later
#include "import/c_headers.h"

#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "import/c_compile.h"

#define DEFAULT_DIALECT "rev14"

/* At the end of the main header: another number for x86 than the one that is
 * there if a source does not set it. */
static const char x86_trailer[] = "\n#ifdef JAILHOUSE_X86\n"
				  "#undef JAILHOUSE_X86\n"
				  "#define JAILHOUSE_X86 64 /* C_X86 */\n"
				  "#endif\n";
_Static_assert(C_X86 == 64, "must be the number in the text");

static bool is_below(const char *path, const char *folder)
{
	size_t length = strlen(folder);

	return !strncmp(path, folder, length) && path[length] == '/';
}

static bool is_of(const struct c_header *header, const char *dialect)
{
	return is_below(header->path, dialect) ||
	       is_below(header->path, "all") ||
	       (is_below(header->path, "shared") &&
		strcmp(dialect, DEFAULT_DIALECT) != 0);
}

static bool has_own(const char *dialect)
{
	for (unsigned int n = 0; n < c_num_headers; n++) {
		if (is_below(c_headers[n].path, dialect))
			return true;
	}
	return false;
}

/* FOLDER/DIALECT/jailhouse/NAME; false if that is too long. */
static bool make_path(char path[PATH_MAX], const char *folder,
		      const char *dialect, const struct c_header *header)
{
	const char *name = strchr(header->path, '/');

	return snprintf(path, PATH_MAX, "%s/%s%s", folder, dialect, name) <
	       PATH_MAX;
}

static int write_header(const char *path, const struct c_header *header)
{
	FILE *file = fopen(path, "wxe");
	bool failed;

	if (!file)
		return -errno;
	fputs(header->text, file);
	if (strstr(header->path, "/cell-config.h"))
		fputs(x86_trailer, file);
	failed = ferror(file);
	return fclose(file) || failed ? -EIO : 0;
}

static int make_folders(const char *folder, const char *dialect)
{
	char path[PATH_MAX];

	if (snprintf(path, sizeof(path), "%s/%s", folder, dialect) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	if (mkdir(path, 0700) < 0)
		return -errno;
	if (snprintf(path, sizeof(path), "%s/%s/jailhouse", folder, dialect) >=
	    (int)sizeof(path))
		return -ENAMETOOLONG;
	return mkdir(path, 0700) < 0 ? -errno : 0;
}

int c_headers_write(const char *folder, const char *dialect)
{
	char path[PATH_MAX];
	int err;

	if (!has_own(dialect))
		return -ENOENT;
	err = make_folders(folder, dialect);
	for (unsigned int n = 0; n < c_num_headers && !err; n++) {
		if (!is_of(&c_headers[n], dialect))
			continue;
		err = make_path(path, folder, dialect, &c_headers[n])
			      ? write_header(path, &c_headers[n])
			      : -ENAMETOOLONG;
	}
	return err;
}

void c_headers_remove(const char *folder, const char *dialect)
{
	char path[PATH_MAX];

	for (unsigned int n = 0; n < c_num_headers; n++) {
		if (is_of(&c_headers[n], dialect) &&
		    make_path(path, folder, dialect, &c_headers[n]))
			unlink(path);
	}
	if (snprintf(path, sizeof(path), "%s/%s/jailhouse", folder, dialect) <
	    (int)sizeof(path))
		rmdir(path);
	if (snprintf(path, sizeof(path), "%s/%s", folder, dialect) <
	    (int)sizeof(path))
		rmdir(path);
}
