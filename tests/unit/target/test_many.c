// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Many targets at a time, in one process and by --targets: memory stays as it
 * is, and no descriptor is left.
 */
#include "cmocka_all.h"

#include <dirent.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jhcfg/file.h>
#include <jhcfg/status.h>
#include <jhcfg/target.h>

#include "sshd.h"

#define SERVERS	   8
#define RECORDINGS 50
#define ALL	   (SERVERS + RECORDINGS)
#define ROUNDS	   20

static struct sshd servers[SERVERS];
static char folder[] = "/tmp/jhw-many-XXXXXX";
static char config[64], list[64];

static const char recording[] =
	"{\"format\": \"jhcfg-recording\", \"version\": 1, \"target\": "
	"\"ssh://board\", \"began\": 1795248647}\n"
	"{\"t\": 0, \"files\": {\"/sys/devices/jailhouse/enabled\": \"1\\n\", "
	"\"/sys/devices/jailhouse/cells/0/name\": \"root\\n\", "
	"\"/sys/devices/jailhouse/cells/0/state\": \"running\\n\", "
	"\"/sys/devices/jailhouse/cells/0/cpus_failed_list\": \"\\n\", "
	"\"/sys/devices/jailhouse/cells/0/cpus_assigned_list\": \"0-3\\n\"}}\n";

/* One file for all clients: each server under a name of its own. */
static void write_client_files(void)
{
	FILE *file = fopen(config, "w"), *names = fopen(list, "w");

	assert_non_null(file);
	assert_non_null(names);
	for (int n = 0; n < SERVERS; n++) {
		fprintf(file,
			"Host board%d\n HostName 127.0.0.1\n Port %d\n"
			" IdentityFile %s\n UserKnownHostsFile %s/known\n",
			n, servers[n].port, servers[n].identity,
			servers[n].folder);
		fprintf(names, "ssh://board%d\n", n);
	}
	for (int n = 0; n < RECORDINGS; n++)
		fprintf(names, "recorded:%s/%d.jhrec\n", folder, n);
	assert_int_equal(fclose(file), 0);
	assert_int_equal(fclose(names), 0);
	setenv("JAILHOUSE_SSH_CONFIG", config, 1);
}

static int start(void **state)
{
	char path[96];

	(void)state;
	assert_non_null(mkdtemp(folder));
	snprintf(config, sizeof(config), "%s/config", folder);
	snprintf(list, sizeof(list), "%s/targets", folder);
	for (int n = 0; n < SERVERS; n++)
		sshd_start(&servers[n], SSHD_OPENSSH);
	for (int n = 0; n < RECORDINGS; n++) {
		snprintf(path, sizeof(path), "%s/%d.jhrec", folder, n);
		assert_int_equal(
			jhcfg_file_write(path, recording, strlen(recording)),
			0);
	}
	write_client_files();
	return 0;
}

static int stop(void **state)
{
	char command[64];

	(void)state;
	for (int n = 0; n < SERVERS; n++)
		sshd_stop(&servers[n]);
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

static size_t count_descriptors(void)
{
	DIR *open = opendir("/proc/self/fd");
	size_t count = 0;

	assert_non_null(open);
	while (readdir(open))
		count++;
	closedir(open);
	return count;
}

static void open_all(struct jhcfg_target **targets)
{
	const struct jhcfg_target_options options = { .ssh_config = config,
						      .timeout_ms = 120000 };
	char name[128];

	for (int n = 0; n < ALL; n++) {
		if (n < SERVERS)
			snprintf(name, sizeof(name), "ssh://board%d", n);
		else
			snprintf(name, sizeof(name), "recorded:%s/%d.jhrec",
				 folder, n - SERVERS);
		assert_int_equal(
			jhcfg_target_open(name, &options, NULL, &targets[n]),
			0);
	}
	for (int n = 0; n < ALL; n++) {
		if (jhcfg_target_wait(targets[n]))
			fail_msg("%s", jhcfg_target_reason(targets[n]));
	}
}

static void look_at_all(struct jhcfg_target *const *targets)
{
	for (int n = 0; n < ALL; n++) {
		const struct jhcfg_status *status;

		assert_int_equal(jhcfg_status_read(targets[n], &status), 0);
		if (n >= SERVERS)
			assert_int_equal(status->num_cells, 1);
		jhcfg_status_free(status);
	}
}

static void test_polling_of_many_takes_no_more_memory(void **state)
{
	struct jhcfg_target *targets[ALL];
	size_t used, descriptors, before;

	(void)state;
	/* what is made once for a process is made now */
	open_all(targets);
	for (int n = 0; n < ALL; n++)
		jhcfg_target_close(targets[n]);
	before = count_descriptors();
	open_all(targets);
	look_at_all(targets);
	used = mallinfo2().uordblks;
	descriptors = count_descriptors();
	for (int n = 0; n < ROUNDS; n++)
		look_at_all(targets);
	assert_int_equal(count_descriptors(), descriptors);
	/* buffers of the network may be of another size now and then */
	assert_in_range(mallinfo2().uordblks, 0, used + 256 * 1024);
	for (int n = 0; n < ALL; n++)
		jhcfg_target_close(targets[n]);
	assert_int_equal(count_descriptors(), before);
}

/* --- --targets ------------------------------------------------------------ */

static struct jhcfg_result run(const char *const *argv)
{
	struct jhcfg_target *local;
	struct jhcfg_result result;

	assert_non_null(argv[0]);
	assert_int_equal(jhcfg_target_open("local", NULL, NULL, &local), 0);
	assert_int_equal(jhcfg_target_exec(local, argv, NULL, 0, 1 << 20,
					   240000, &result),
			 0);
	jhcfg_target_close(local);
	return result;
}

static size_t count_lines(const char *text, const char *with)
{
	size_t count = 0;

	for (; (text = strstr(text, with)); text++)
		count++;
	return count;
}

static void test_verb_on_all_prints_a_line_for_each(void **state)
{
	char logs[96], path[256];
	struct jhcfg_result result;
	size_t size;
	void *log;

	(void)state;
	snprintf(logs, sizeof(logs), "%s/the logs", folder);
	result = run((const char *const[]){ getenv("JAILHOUSE"), "--targets",
					    list, "--jobs=16", "--logs", logs,
					    "cell", "list", "--json", NULL });
	if (result.status)
		fail_msg("%s%s", result.output, result.errors);
	assert_int_equal(count_lines(result.output, "\n"), ALL);
	assert_int_equal(count_lines(result.output, " ok "), ALL);
	jhcfg_result_clear(&result);
	snprintf(path, sizeof(path), "%s/58-recorded_%s_49.jhrec.log", logs,
		 folder);
	for (char *at = path + strlen(logs) + 1; *at; at++)
		*at = *at == '/' ? '_' : *at;
	assert_int_equal(jhcfg_file_read(path, 65536, &log, &size), 0);
	assert_non_null(strstr(log, "\"root\""));
	free(log);
}

static void test_exit_code_is_that_of_the_worst(void **state)
{
	char names[128];
	struct jhcfg_result result;
	FILE *file;

	(void)state;
	snprintf(names, sizeof(names), "%s/some", folder);
	file = fopen(names, "w");
	assert_non_null(file);
	fprintf(file,
		"# two that work\n recorded:%s/1.jhrec # one\n\nssh://board0\n"
		"recorded:%s/no 'such'\n",
		folder, folder);
	assert_int_equal(fclose(file), 0);
	result = run((const char *const[]){ getenv("JAILHOUSE"), "--targets",
					    names, "--logs", folder, "cell",
					    "list", NULL });
	assert_int_equal(result.status, 1);
	assert_int_equal(count_lines(result.output, " ok "), 2);
	assert_int_equal(count_lines(result.output, " exit 1 "), 1);
	assert_non_null(strstr(result.output, "No such file"));
	jhcfg_result_clear(&result);
	/* all is wrong in the same way */
	result = run((const char *const[]){ getenv("JAILHOUSE"), "--targets",
					    names, "--logs", folder, "cell",
					    "create", NULL });
	assert_int_equal(count_lines(result.output, "\n"), 3);
	assert_int_equal(result.status, 1);
	jhcfg_result_clear(&result);
}

static void test_pattern_finds_recordings(void **state)
{
	char pattern[96];
	struct jhcfg_result result;

	(void)state;
	snprintf(pattern, sizeof(pattern), "%s/4?.jhrec", folder);
	result = run((const char *const[]){ getenv("JAILHOUSE"), "--targets",
					    pattern, "--logs", folder, "cell",
					    "list", NULL });
	assert_int_equal(result.status, 0);
	assert_int_equal(count_lines(result.output, " ok "), 10);
	jhcfg_result_clear(&result);
}

static void test_wrong_use_is_told(void **state)
{
	static const struct {
		const char *words[6];
		const char *message;
		int status;
	} rows[] = {
		{ { "--targets", "/no/list", "cell", "list" },
		  "No such file",
		  1 },
		{ { "--targets", "/no/*", "cell", "list" },
		  "nothing matches",
		  1 },
		{ { "--targets", "/dev/null", "cell", "list" },
		  "names no target",
		  1 },
		{ { "--targets" }, "needs a value", 2 },
		{ { "--targets=x", "--jobs=0", "cell", "list" }, "--jobs", 2 },
		{ { "--targets=x", "--target=y", "cell", "list" },
		  "exclude",
		  2 },
	};

	(void)state;
	for (size_t n = 0; n < sizeof(rows) / sizeof(*rows); n++) {
		const char *argv[8] = { getenv("JAILHOUSE") };
		struct jhcfg_result result;

		memcpy(argv + 1, rows[n].words, sizeof(rows[n].words));
		result = run(argv);
		assert_int_equal(result.status, rows[n].status);
		assert_non_null(strstr(result.errors, rows[n].message));
		jhcfg_result_clear(&result);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_polling_of_many_takes_no_more_memory),
		cmocka_unit_test(test_verb_on_all_prints_a_line_for_each),
		cmocka_unit_test(test_exit_code_is_that_of_the_worst),
		cmocka_unit_test(test_pattern_finds_recordings),
		cmocka_unit_test(test_wrong_use_is_told),
	};

	if (!sshd_is_installed(SSHD_OPENSSH)) {
		print_message("no OpenSSH server here\n");
		return 77;
	}
	return cmocka_run_group_tests(tests, start, stop);
}
