// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * A machine's files in a tar archive, also a compressed one. They are read
 * into memory; nothing is unpacked into the file system.
 */
#include <archive.h>
#include <archive_entry.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <jhcfg/file.h>

#include "import/linux/machine.h"

/* Of the packed file; unpacked, MACHINE_MAX_TOTAL holds. */
#define MAX_ARCHIVE (64u << 20)
/* What is skipped counts, too: a small archive can be long when unpacked. */
#define MAX_UNPACKED (256 << 20)
#define MAX_ENTRIES  (4 * MACHINE_MAX_FILES)

struct unpacking {
	struct archive *archive;
	struct machine *machine;
	struct jhcfg_diags *diags;
	const char *name;
	char *buffer; /* of MACHINE_MAX_FILE */
	size_t entries, unpacked;
	size_t left_out;
};

static int refuse(const struct unpacking *unpacking, int err, const char *hint,
		  const char *text)
{
	jhcfg_diags_add(unpacking->diags, JHCFG_ERROR, "L02", "archive",
			unpacking->name, hint, "%s", text);
	return err;
}

static int refuse_damaged(const struct unpacking *unpacking)
{
	const char *text = archive_error_string(unpacking->archive);

	return refuse(unpacking, -EINVAL,
		      "it has to be a tar archive of /proc and /sys, as "
		      "\"jailhouse config collect\" makes it",
		      text ? text : "it is damaged");
}

/*
 * What of the name counts, NULL for files that are not asked for. "./proc/x"
 * and "HOST/proc/x" are as good as "proc/x".
 */
static const char *wanted_part(const char *path)
{
	static const char *const folders[] = { "proc/", "sys/", "boot/config-",
					       "lib/firmware/",
					       "var/log/dmesg" };
	const char *best = NULL;

	for (size_t n = 0; n < sizeof(folders) / sizeof(folders[0]); n++) {
		const char *at = strstr(path, folders[n]);

		if (at && (at == path || at[-1] == '/') && (!best || at < best))
			best = at;
	}
	return best;
}

static int read_contents(struct unpacking *unpacking, size_t *size)
{
	size_t done = 0;

	for (;;) {
		la_ssize_t n = archive_read_data(unpacking->archive,
						 unpacking->buffer + done,
						 MACHINE_MAX_FILE - done);

		if (n < 0)
			return refuse_damaged(unpacking);
		if (!n)
			break;
		done += (size_t)n;
		if (done == MACHINE_MAX_FILE)
			return -EFBIG;
	}
	*size = done;
	return 0;
}

/* Names that lead out of the machine are left out: the rest may still do. */
static int keep_going(struct unpacking *unpacking, int err)
{
	if (err != -EINVAL)
		return err;
	unpacking->left_out++;
	return 0;
}

static int add_entry(struct unpacking *unpacking, struct archive_entry *entry)
{
	const char *path = archive_entry_pathname(entry);
	const char *target = archive_entry_symlink(entry);
	size_t size = 0;
	int err;

	path = path ? wanted_part(path) : NULL;
	if (!path || archive_entry_hardlink(entry))
		return 0;
	if (target)
		return keep_going(
			unpacking,
			machine_add_link(unpacking->machine, path, target));
	if (archive_entry_filetype(entry) != AE_IFREG)
		return 0;
	err = read_contents(unpacking, &size);
	if (err)
		return err;
	return keep_going(unpacking, machine_add_file(unpacking->machine, path,
						      unpacking->buffer, size));
}

static bool is_beyond_limits(struct unpacking *unpacking)
{
	return ++unpacking->entries > MAX_ENTRIES ||
	       archive_filter_bytes(unpacking->archive, 0) > MAX_UNPACKED;
}

static int add_entries(struct unpacking *unpacking)
{
	struct archive_entry *entry;
	int err = 0;

	while (!err) {
		int result =
			archive_read_next_header(unpacking->archive, &entry);

		if (result == ARCHIVE_EOF)
			break;
		if (result < ARCHIVE_WARN)
			return refuse_damaged(unpacking);
		err = is_beyond_limits(unpacking) ? -EFBIG
						  : add_entry(unpacking, entry);
	}
	if (unpacking->left_out)
		jhcfg_diags_add(unpacking->diags, JHCFG_WARNING, "L03",
				"archive", unpacking->name, NULL,
				"%zu names that lead nowhere were left out",
				unpacking->left_out);
	return err == -EFBIG ? refuse(unpacking, err,
				      "pack only what \"jailhouse config "
				      "collect\" packs",
				      "it is too large for a recording")
			     : err;
}

/* Only tar, and the filters that tar itself knows. */
static int open_archive(struct unpacking *unpacking, const void *data,
			size_t size)
{
	struct archive *archive = unpacking->archive;

	archive_read_support_format_tar(archive);
	archive_read_support_filter_gzip(archive);
	archive_read_support_filter_bzip2(archive);
	archive_read_support_filter_xz(archive);
	archive_read_support_filter_zstd(archive);
	if (archive_read_open_memory(archive, data, size) != ARCHIVE_OK)
		return refuse_damaged(unpacking);
	return 0;
}

static int unpack(struct unpacking *unpacking, const void *data, size_t size)
{
	int err;

	unpacking->archive = archive_read_new();
	unpacking->buffer = malloc(MACHINE_MAX_FILE);
	if (!unpacking->archive || !unpacking->buffer) {
		err = -ENOMEM;
	} else {
		err = open_archive(unpacking, data, size);
		if (!err)
			err = add_entries(unpacking);
	}
	archive_read_free(unpacking->archive);
	free(unpacking->buffer);
	return err;
}

int machine_read_archive(const void *data, size_t size, const char *name,
			 struct jhcfg_diags *diags, struct machine **machine)
{
	struct unpacking unpacking = { .diags = diags, .name = name };
	int err = machine_new_memory(name, &unpacking.machine);

	if (err)
		return err;
	err = unpack(&unpacking, data, size);
	if (err)
		machine_close(unpacking.machine);
	else
		*machine = unpacking.machine;
	return err;
}

int machine_open_archive(const char *path, struct jhcfg_diags *diags,
			 struct machine **machine)
{
	const char *slash = strrchr(path, '/');
	void *data;
	size_t size;
	int err = jhcfg_file_read(path, MAX_ARCHIVE, &data, &size);

	if (err) {
		jhcfg_diags_add(diags, JHCFG_ERROR, "L01", "archive", path,
				NULL, "%s", strerror(-err));
		return err;
	}
	err = machine_read_archive(data, size, slash ? slash + 1 : path, diags,
				   machine);
	free(data);
	return err;
}
