// SPDX-License-Identifier: GPL-2.0-or-later
#include "cmocka_all.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/recording.h>
#include <jhcfg/status.h>

#include "target/recording_read.h"
#include "target/tree.h"

#define SYSFS "/sys/devices/jailhouse/"

struct moment {
	uint64_t ms;
	const char *files[12]; /* path, text, ..., NULL */
};

static const struct moment moments[] = {
	{ 0, { SYSFS "enabled", "0\n", "/proc/version", "Linux\n", NULL } },
	{ 1000,
	  { SYSFS "enabled", "1\n", SYSFS "cells/0/name", "root\n",
	    SYSFS "cells/0/state", "running\n", "/proc/version", "Linux\n",
	    NULL } },
	{ 1000, { SYSFS "enabled", "1\n", "/binary", "\xff\xfe\n", NULL } },
	{ 4294967296000ULL, { SYSFS "enabled", "0\n", "/binary", "", NULL } },
};

static char folder[] = "/tmp/jhw-recording-XXXXXX";
static char path[64];

static struct jhcfg_tree *tree_of(const struct moment *moment)
{
	struct jhcfg_tree *tree = target_tree_new(10000);

	for (size_t n = 0; moment->files[n]; n += 2)
		assert_int_equal(target_tree_add(tree, moment->files[n],
						 moment->files[n + 1],
						 strlen(moment->files[n + 1])),
				 0);
	target_tree_finish(tree);
	return tree;
}

static int record(void **state)
{
	struct jhcfg_recorder *recorder;

	(void)state;
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/r.jhrec", folder);
	assert_int_equal(
		jhcfg_recorder_open(path, "ssh://board", 1795248647, &recorder),
		0);
	for (size_t n = 0; n < sizeof(moments) / sizeof(*moments); n++) {
		struct jhcfg_tree *tree = tree_of(&moments[n]);

		assert_int_equal(
			jhcfg_recorder_add(recorder, moments[n].ms, tree), 0);
		assert_int_equal(jhcfg_recorder_add(recorder, 0, tree),
				 n > 0 && moments[n].ms ? -EINVAL : 0);
		jhcfg_tree_free(tree);
	}
	assert_int_equal(jhcfg_recorder_close(recorder), 0);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	unlink(path);
	return rmdir(folder);
}

static struct jhcfg_target *open_recording(void)
{
	struct jhcfg_target *target;
	char name[80];

	snprintf(name, sizeof(name), "recorded:%s", path);
	assert_int_equal(jhcfg_target_open(name, NULL, NULL, &target), 0);
	assert_int_equal(jhcfg_target_state(target), JHCFG_TARGET_READY);
	return target;
}

static void test_recording_shows_each_moment(void **state)
{
	struct jhcfg_recording *recording;
	/* the first moment was added twice */
	static const size_t which[] = { 0, 2, 3, 4 };

	(void)state;
	assert_int_equal(jhcfg_recording_read(path, 100000, NULL, &recording),
			 0);
	assert_string_equal(jhcfg_recording_target(recording), "ssh://board");
	assert_true(jhcfg_recording_began(recording) == 1795248647);
	assert_int_equal(jhcfg_recording_count(recording), 5);
	for (size_t n = 0; n < 4; n++) {
		const char *const *file = moments[n].files;

		assert_true(jhcfg_recording_time(recording, which[n]) ==
			    moments[n].ms);
		for (; *file; file += 2)
			assert_string_equal(
				jhcfg_recording_file(recording, which[n], *file)
					->text,
				file[1]);
	}
	assert_null(jhcfg_recording_file(recording, 0, "/binary"));
	assert_null(jhcfg_recording_file(recording, 3, "/proc/version"));
	assert_int_equal(jhcfg_recording_at(recording, 999), 1);
	assert_int_equal(jhcfg_recording_at(recording, 1000), 3);
	assert_int_equal(jhcfg_recording_at(recording, UINT64_MAX), 4);
	jhcfg_recording_free(recording);
}

static void test_recorded_target_reads_and_seeks(void **state)
{
	struct jhcfg_target *target = open_recording();
	const char *const argv[] = { "true", NULL };
	const struct jhcfg_status *status;
	struct jhcfg_stat stat;
	char **names;
	void *data;
	size_t size;

	(void)state;
	assert_int_equal(jhcfg_target_run(target, argv, 0, NULL, NULL),
			 -EOPNOTSUPP);
	assert_int_equal(jhcfg_target_write(target, "/x", "", 0, 0600, 0),
			 -EROFS);
	assert_int_equal(jhcfg_target_read(target, "/binary", 10, &data, &size),
			 0);
	assert_int_equal(size, 0);
	free(data);

	jhcfg_target_seek(target, 2);
	assert_int_equal(jhcfg_status_read(target, &status), 0);
	assert_true(status->enabled);
	assert_int_equal(status->num_cells, 1);
	assert_string_equal(status->cells[0].name, "root");
	jhcfg_status_free(status);
	assert_int_equal(
		jhcfg_target_list(target, "/sys/devices/jailhouse/", &names),
		0);
	assert_string_equal(names[0], "cells");
	assert_string_equal(names[1], "enabled");
	assert_null(names[2]);
	jhcfg_names_free(names);
	assert_int_equal(jhcfg_target_stat(target, "/sys", &stat), 0);
	assert_int_equal(stat.kind, JHCFG_FILE_DIRECTORY);
	assert_int_equal(jhcfg_target_read(target, "/sys", 10, &data, &size),
			 -EISDIR);
	assert_int_equal(jhcfg_target_read(target, "/sy", 10, &data, &size),
			 -ENOENT);
	assert_int_equal(jhcfg_target_list(target, "/proc/version", &names),
			 -ENOTDIR);
	assert_int_equal(
		jhcfg_target_read(target, "/proc/version", 2, &data, &size),
		-EFBIG);
	jhcfg_target_close(target);
}

/* Wherever the recorder was killed, what came before is read. */
static void test_recording_cut_anywhere_keeps_what_is_whole(void **state)
{
	void *data;
	size_t size, lines = 0;

	(void)state;
	assert_int_equal(jhcfg_file_read(path, 100000, &data, &size), 0);
	for (size_t cut = 0; cut <= size; cut++) {
		struct jhcfg_recording *recording;
		struct jhcfg_diags *diags = jhcfg_diags_new();
		const char *text = data;
		char *copy = malloc(cut + 1);
		int err;

		memcpy(copy, text, cut);
		lines += cut && text[cut - 1] == '\n';
		err = recording_parse("r", copy, cut, diags, &recording);
		if (lines < 2) {
			assert_int_equal(err, -EINVAL);
			assert_true(jhcfg_diags_count(diags, JHCFG_ERROR));
		} else {
			assert_int_equal(err, 0);
			assert_int_equal(jhcfg_recording_count(recording),
					 lines - 1);
			assert_int_equal(
				jhcfg_diags_count(diags, JHCFG_WARNING),
				text[cut - 1] != '\n');
			jhcfg_recording_free(recording);
		}
		free(copy);
		jhcfg_diags_free(diags);
	}
	free(data);
}

static void test_recording_of_nonsense_is_refused(void **state)
{
#define HEAD                                                                   \
	"{\"format\":\"jhcfg-recording\",\"version\":1,\"target\":\"x\","      \
	"\"began\":0}\n"
	static const char *const bad[] = {
		"",
		"\n",
		"[]\n",
		"{}\n",
		"\x7f"
		"ELF\n",
		"{\"format\":\"other\"}\n",
		"{\"format\":7}\n",
		"{\"format\":\"jhcfg-recording\",\"version\":2}\n",
		"{\"format\":\"jhcfg-recording\",\"version\":1}\n",
		HEAD,
		HEAD "{}\n",
		HEAD "{\"t\":\"0\",\"files\":{}}\n",
		HEAD "{\"t\":0,\"files\":[]}\n",
		HEAD "{\"t\":-1,\"files\":{}}\n",
		HEAD "{\"t\":5,\"files\":{}}\n{\"t\":4,\"files\":{}}\n",
		HEAD "{\"t\":0,\"files\":{\"/a\":1}}\n",
		HEAD "{\"t\":0,\"files\":{\"/a\":{\"hex\":\"abc\"}}}\n",
		HEAD "{\"t\":0,\"files\":{\"/a\":{\"hex\":\"zz\"}}}\n",
		HEAD "{\"t\":0,\"files\":{\"/a\":{\"x\":\"\"}}}\n",
		HEAD "{\"t\":0,\"files\":{\"/a\":[[[[[[[[[[\"\"]]]]]]]]]]}}\n",
	};

	(void)state;
	for (size_t n = 0; n < sizeof(bad) / sizeof(*bad); n++) {
		struct jhcfg_diags *diags = jhcfg_diags_new();
		struct jhcfg_recording *recording;

		assert_int_equal(recording_parse("r", bad[n], strlen(bad[n]),
						 diags, &recording),
				 -EINVAL);
		assert_int_equal(jhcfg_diags_count(diags, JHCFG_ERROR), 1);
		jhcfg_diags_free(diags);
	}
}

/* What others write may be JSON of other kinds than ours. */
static void test_recording_written_otherwise_is_read(void **state)
{
	static const char text[] =
		" { \"more\" : [ {\"x\": [1.5e3, true, \"\\\"]\"]}, [] ],"
		"\"began\": -7, \"target\": \"\\u00fc\", \"version\": 1,"
		"\"format\": \"jhcfg-recording\" }\r\n"
		"{\"files\": {\"/\\u0061\": \"1\\n\\t\\/\\\\\\ud83d\\ude00\","
		"\"/b\" : {\"hex\": \"00ff\"}, \"/c\":\"x\", \"/c\": null},"
		"\"t\":3}\n"
		"{\"t\":3,\"files\":{\"/a\":\"\\ud83dx\\u0000y\"}}\n";
	struct jhcfg_recording *recording;
	const struct jhcfg_tree_file *file;

	(void)state;
	assert_int_equal(
		recording_parse("r", text, sizeof(text) - 1, NULL, &recording),
		0);
	assert_string_equal(jhcfg_recording_target(recording), "\xc3\xbc");
	assert_true(jhcfg_recording_began(recording) == -7);
	file = jhcfg_recording_file(recording, 0, "/a");
	assert_string_equal(file->text, "1\n\t/\\\xf0\x9f\x98\x80");
	file = jhcfg_recording_file(recording, 0, "/b");
	assert_int_equal(file->size, 2);
	assert_memory_equal(file->text, "\0\xff", 3);
	assert_null(jhcfg_recording_file(recording, 0, "/c"));
	file = jhcfg_recording_file(recording, 1, "/a");
	assert_int_equal(file->size, 6);
	assert_memory_equal(file->text, "\xef\xbf\xbdx\0y", 7);
	jhcfg_recording_free(recording);
}

/* A moment: so many files, each with a number of so many digits. */
static size_t write_moment(char *to, size_t room, int ms,
			   const char *const *names, size_t count, int width)
{
	size_t used = (size_t)snprintf(to, room, "{\"t\":%d,\"files\":{", ms);

	for (size_t n = 0; n < count; n++)
		used += (size_t)snprintf(to + used, room - used,
					 "%s\"%s\":\"%0*d\"", n ? "," : "",
					 names[n], width, ms + (int)n);
	return used + (size_t)snprintf(to + used, room - used, "}}\n");
}

/* What is before, in the middle and behind comes in turn; paths that begin
 * alike, or differ in what sorts before and behind a slash. */
static const char *const places[] = {
	"/m/n/o", "/m/n", "/m/n.o", "/m/n0/o", "/m/n-/o", "/m/n/",
	"/a",	  "/z/a", "",	    "m/n",     "/m",	  "/m/n/o/p",
	"/m/a",	  "/m/z", "/z/b",   "/b/m/n",  "/",	  "/m/n/n",
};

#define PLACES (sizeof(places) / sizeof(places[0]))

static void test_recording_texts_stay_with_their_paths(void **state)
{
	/* in the file itself, outside, longer, and with less again */
	static const int widths[] = { 1, 15, 16, 900, 3 };
	static char text[64 << 10];
	struct jhcfg_recording *recording;
	const struct jhcfg_tree_file *file;
	size_t used, moment = 0;
	char wanted[1024];

	(void)state;
	used = (size_t)snprintf(text, sizeof(text),
				"{\"format\":\"jhcfg-recording\","
				"\"version\":1,\"target\":\"x\","
				"\"began\":1}\n");
	/* one more each time, so that all that are there move */
	for (size_t n = 1; n <= PLACES; n++)
		used += write_moment(text + used, sizeof(text) - used, 100,
				     places, n, widths[n % 5]);
	assert_int_equal(recording_parse("r", text, used, NULL, &recording), 0);
	for (; moment < PLACES; moment++) {
		for (size_t n = 0; n <= moment; n++) {
			file = jhcfg_recording_file(recording, moment,
						    places[n]);
			assert_non_null(file);
			snprintf(wanted, sizeof(wanted), "%0*d",
				 widths[(moment + 1) % 5], 100 + (int)n);
			assert_string_equal(file->text, wanted);
		}
	}
	jhcfg_recording_free(recording);
}

static void test_recording_paths_are_in_order(void **state)
{
	static char text[4096];
	struct jhcfg_recording *recording;
	const struct jhcfg_tree_file *file;
	char before[32] = "", now[32];
	size_t used, position = 0, count = 0;

	(void)state;
	used = (size_t)snprintf(text, sizeof(text),
				"{\"format\":\"jhcfg-recording\","
				"\"version\":1,\"target\":\"x\","
				"\"began\":1}\n");
	used += write_moment(text + used, sizeof(text) - used, 1, places,
			     PLACES, 1);
	assert_int_equal(recording_parse("r", text, used, NULL, &recording), 0);
	assert_int_equal(recording_show(recording, 0), 0);
	while ((file = recording_next(recording, "", &position))) {
		snprintf(now, sizeof(now), "%s%s", file->folder, file->name);
		assert_true(!count++ || strcmp(before, now) < 0);
		assert_true(jhcfg_tree_file_compare(file, before) >= 0);
		assert_int_equal(jhcfg_tree_file_compare(file, now), 0);
		strcpy(before, now);
	}
	assert_int_equal(count, PLACES);
	jhcfg_recording_free(recording);
}

/* What can be read once only is kept. */
static void test_recording_of_a_pipe_goes_back(void **state)
{
	struct jhcfg_recording *recording;
	char name[32];
	void *data;
	size_t size;
	int ends[2];

	(void)state;
	assert_int_equal(jhcfg_file_read(path, 4096, &data, &size), 0);
	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], data, size), size);
	close(ends[1]);
	free(data);
	snprintf(name, sizeof(name), "/dev/fd/%d", ends[0]);
	assert_int_equal(jhcfg_recording_read(name, 4096, NULL, &recording), 0);
	close(ends[0]);
	assert_non_null(jhcfg_recording_file(recording, 4, "/binary"));
	assert_null(jhcfg_recording_file(recording, 0, "/binary"));
	jhcfg_recording_free(recording);
}

/* Nobody made it shorter while it was checked, but afterwards. */
static void test_recording_that_is_cut_later_is_survived(void **state)
{
	struct jhcfg_recording *recording;

	(void)state;
	assert_int_equal(jhcfg_recording_read(path, 4096, NULL, &recording), 0);
	assert_non_null(jhcfg_recording_file(recording, 3, "/binary"));
	assert_int_equal(truncate(path, 300), 0);
	assert_non_null(jhcfg_recording_file(recording, 0, "/proc/version"));
	assert_null(jhcfg_recording_file(recording, 3, "/binary"));
	jhcfg_recording_free(recording);
}

static void test_recording_exists_is_not_overwritten(void **state)
{
	struct jhcfg_recorder *recorder;

	(void)state;
	assert_int_equal(jhcfg_recorder_open(path, "x", 0, &recorder), -EEXIST);
	assert_int_equal(
		jhcfg_recorder_open("/no/such/folder/r", "x", 0, &recorder),
		-ENOENT);
}

static void test_fifty_recordings_are_open_at_once(void **state)
{
	struct jhcfg_target *targets[50];

	(void)state;
	for (size_t n = 0; n < 50; n++)
		targets[n] = open_recording();
	for (size_t n = 0; n < 50; n++) {
		const struct jhcfg_status *status;

		jhcfg_target_seek(targets[n], n % 5);
		assert_int_equal(jhcfg_status_read(targets[n], &status), 0);
		assert_int_equal(status->enabled, n % 5 == 2 || n % 5 == 3);
		jhcfg_status_free(status);
	}
	for (size_t n = 0; n < 50; n++)
		jhcfg_target_close(targets[n]);
}

static void nothing_done(struct jhcfg_reading *reading, void *user, int error)
{
	(void)reading;
	(void)user;
	assert_int_equal(error, 0);
}

/* Whichever way it is gone through. */
static void test_reading_of_a_recording_follows_it(void **state)
{
	static const char *const paths[] = { "/proc", "/binary", "/sys", NULL };
	static const size_t order[] = { 0, 1, 2, 3, 4, 3, 0, 4, 4, 2 };
	/* files of moments; moments[1] is the one that was added twice */
	static const size_t counts[] = { 2, 2, 4, 2, 2 };
	const struct jhcfg_tree_request request = { paths, NULL, 9, 10000,
						    NULL };
	struct jhcfg_target *target = open_recording();
	struct jhcfg_reading *reading;

	(void)state;
	assert_int_equal(jhcfg_reading_new(target, &request, nothing_done, NULL,
					   &reading),
			 0);
	for (size_t n = 0; n < sizeof(order) / sizeof(*order); n++) {
		const struct jhcfg_tree *tree = jhcfg_reading_tree(reading);
		size_t moment = order[n];
		const char *const *file =
			moments[moment ? moment - 1 : 0].files;

		jhcfg_target_seek(target, moment);
		assert_int_equal(jhcfg_reading_start(reading, 0), 0);
		assert_int_equal(jhcfg_tree_count(tree), counts[moment]);
		for (; *file; file += 2)
			assert_string_equal(
				jhcfg_tree_find(tree, file[0])->text, file[1]);
	}
	jhcfg_reading_free(reading);
	jhcfg_target_close(target);
}

/* --- folders -------------------------------------------------------------- */

static void put(const char *name, const char *text)
{
	char file[128];

	snprintf(file, sizeof(file), "%s/%s", folder, name);
	assert_int_equal(jhcfg_file_write(file, text, strlen(text)), 0);
}

static int make_folder(void **state)
{
	char command[512];

	(void)state;
	strcpy(folder + strlen(folder) - 6, "XXXXXX");
	assert_non_null(mkdtemp(folder));
	snprintf(command, sizeof(command),
		 "cd %s && mkdir -p sys/devices/jailhouse/cells/0 proc && "
		 "ln -s /proc/version absolute && ln -s ../../../etc up && "
		 "ln -s /etc/passwd outside && mkfifo pipe",
		 folder);
	assert_int_equal(system(command), 0);
	put("sys/devices/jailhouse/enabled", "1\n");
	put("sys/devices/jailhouse/cells/0/name", "root\n");
	put("proc/version", "Linux of another machine\n");
	return 0;
}

static int remove_folder(void **state)
{
	char command[64];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static void test_folder_is_a_target_without_ways_out(void **state)
{
	struct jhcfg_target *target;
	const struct jhcfg_status *status;
	struct jhcfg_stat stat;
	char name[80];
	void *data;
	size_t size;

	(void)state;
	snprintf(name, sizeof(name), "recorded:%s", folder);
	assert_int_equal(jhcfg_target_open(name, NULL, NULL, &target), 0);
	assert_int_equal(jhcfg_target_kind(target), JHCFG_TARGET_RECORDED);
	assert_int_equal(jhcfg_status_read(target, &status), 0);
	assert_true(status->enabled);
	assert_string_equal(status->cells[0].name, "root");
	jhcfg_status_free(status);

	assert_int_equal(
		jhcfg_target_read(target, "/absolute", 100, &data, &size), 0);
	assert_string_equal(data, "Linux of another machine\n");
	free(data);
	assert_int_equal(
		jhcfg_target_read(target, "/outside", 10000, &data, &size),
		-ENOENT);
	assert_int_equal(jhcfg_target_stat(target, "/up/passwd", &stat),
			 -ENOENT);
	assert_int_equal(jhcfg_target_read(target, "/../../../../etc/passwd",
					   10000, &data, &size),
			 -ENOENT);
	assert_int_equal(jhcfg_target_read(target, "/pipe", 10, &data, &size),
			 -EACCES);
	assert_int_equal(jhcfg_target_read(target, "/proc", 10, &data, &size),
			 -EISDIR);
	jhcfg_target_close(target);
	assert_int_equal(jhcfg_target_open("recorded:/no/such/folder", NULL,
					   NULL, &target),
			 -ENOENT);
}

int main(void)
{
#define CASE(name) cmocka_unit_test_setup_teardown(name, record, clean)
	const struct CMUnitTest tests[] = {
		CASE(test_recording_shows_each_moment),
		CASE(test_recorded_target_reads_and_seeks),
		CASE(test_recording_cut_anywhere_keeps_what_is_whole),
		cmocka_unit_test(test_recording_of_nonsense_is_refused),
		cmocka_unit_test(test_recording_written_otherwise_is_read),
		cmocka_unit_test(test_recording_texts_stay_with_their_paths),
		cmocka_unit_test(test_recording_paths_are_in_order),
		CASE(test_recording_of_a_pipe_goes_back),
		CASE(test_recording_that_is_cut_later_is_survived),
		CASE(test_reading_of_a_recording_follows_it),
		CASE(test_recording_exists_is_not_overwritten),
		CASE(test_fifty_recordings_are_open_at_once),
		cmocka_unit_test_setup_teardown(
			test_folder_is_a_target_without_ways_out, make_folder,
			remove_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
