// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The verbs that talk to the driver: which request with which bytes, what is
 * printed when it fails, and the exit code. ioctl() is ours.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include <jailhouse/driver.h>

#include "cmocka_all.h"
#include "commands.h"
#include "fake_sysfs.h"
#include "parse.h"
#include "sample.h"
#include "tree.h"

/* What the last request was, and what it is to answer. */
static struct {
	int err; /* errno, 0: success */
	int count;
	unsigned long number;
	struct jailhouse_cell_id id;
	unsigned int num_images;
	struct jailhouse_cell_create create;
	unsigned char first_byte; /* of the configuration */
	bool byte_behind_is_readable;
} request;

static bool is_readable(const void *address)
{
	int fds[2];
	bool readable;

	assert_int_equal(pipe(fds), 0);
	readable = write(fds[1], address, 1) == 1;
	close(fds[0]);
	close(fds[1]);
	return readable;
}

int __wrap_ioctl(int fd, unsigned long number, void *arg);

int __wrap_ioctl(int fd, unsigned long number, void *arg)
{
	const struct jailhouse_cell_load *load = arg;
	const uint8_t *config;

	assert_true(fd >= 0);
	request.count++;
	request.number = number;
	switch (number) {
	case JAILHOUSE_ENABLE:
		request.first_byte = *(unsigned char *)arg;
		break;
	case JAILHOUSE_CELL_CREATE:
		memcpy(&request.create, arg, sizeof(request.create));
		config = (void *)(uintptr_t)request.create.config_address;
		request.first_byte = config[0];
		request.byte_behind_is_readable =
			is_readable(config + request.create.config_size);
		break;
	case JAILHOUSE_CELL_LOAD:
		request.id = load->cell_id;
		request.num_images = load->num_preload_images;
		break;
	case JAILHOUSE_CELL_START:
	case JAILHOUSE_CELL_DESTROY:
		memcpy(&request.id, arg, sizeof(request.id));
		break;
	case JAILHOUSE_DISABLE:
		assert_null(arg);
		break;
	default:
		fail_msg("request 0x%lx", number);
	}
	errno = request.err;
	return request.err ? -1 : 0;
}

static char printed[8192]; /* on stderr by the last command */

static int run_captured(const struct command *command,
			const struct cmd_line *line)
{
	FILE *capture = tmpfile();
	int saved = dup(STDERR_FILENO);
	int result;
	size_t size;

	assert_non_null(capture);
	fflush(stderr);
	dup2(fileno(capture), STDERR_FILENO);
	result = command->run(line);
	fflush(stderr);
	dup2(saved, STDERR_FILENO);
	close(saved);
	rewind(capture);
	size = fread(printed, 1, sizeof(printed) - 1, capture);
	printed[size] = '\0';
	fclose(capture);
	return result;
}

static int run(const struct command *command, const char *const *args)
{
	struct cmd_line line;
	char *argv[8];
	char message[64];
	int argc = 0;

	for (; args[argc]; argc++)
		argv[argc] = (char *)(uintptr_t)args[argc];
	assert_int_equal(
		cmd_parse(command, argc, argv, &line, message, sizeof(message)),
		CMD_PARSED);
	return run_captured(command, &line);
}

#define RUN(command, ...)                                                      \
	run(&command, (const char *const[]){ __VA_ARGS__, NULL })

static void assert_printed(const char *part)
{
	if (!strstr(printed, part))
		print_error("printed: %s", printed);
	assert_non_null(strstr(printed, part));
}

static int setup(void **state)
{
	(void)state;
	memset(&request, 0, sizeof(request));
	if (chdir(tree_make()))
		return -1;
	tree_write("/dev/jailhouse", "");
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	if (chdir("/"))
		return -1;
	tree_remove();
	return 0;
}

static void write_config(bool is_system)
{
	size_t size;
	void *data = sample_binary(is_system, 2, &size);

	tree_write_bytes("/config.cell", data, size);
	free(data);
}

static void test_without_driver_says_what_to_do(void **state)
{
	(void)state;
	tree_delete("/dev/jailhouse");
	assert_int_equal(RUN(cmd_cell_start, "1"), CMD_FAILED);
	assert_int_equal(request.count, 0);
	assert_string_equal(printed, "opening /dev/jailhouse: No such file or "
				     "directory\n"
				     "hint: the driver is not loaded: modprobe "
				     "jailhouse\n");
}

static void test_enable_passes_the_configuration(void **state)
{
	(void)state;
	write_config(true);
	assert_int_equal(RUN(cmd_enable, "config.cell"), CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_ENABLE);
	assert_int_equal(request.first_byte, 'J');
	assert_string_equal(printed, "");
}

static void test_cell_enable_is_enable(void **state)
{
	(void)state;
	write_config(true);
	assert_int_equal(RUN(cmd_cell_enable, "config.cell"), CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_ENABLE);
}

#define PARAMETERS "/sys/module/jailhouse/parameters"

static void test_enable_sets_timeouts_first(void **state)
{
	void *text;
	size_t size;

	(void)state;
	write_config(true);
	tree_write(PARAMETERS "/rendezvous_us", "10000000\n");
	assert_int_equal(
		RUN(cmd_enable, "--rendezvous-timeout=500", "config.cell"),
		CMD_OK);
	assert_int_equal(request.count, 1);
	assert_int_equal(jhcfg_file_read("." PARAMETERS "/rendezvous_us", 100,
					 &text, &size),
			 0);
	/* a file keeps what was behind it, an attribute would not */
	assert_memory_equal(text, "500", 3);
	free(text);
}

static void test_enable_with_bad_timeout_changes_nothing(void **state)
{
	static const char *const values[] = { "0", "000", "", "-1", "1s" };

	(void)state;
	write_config(true);
	for (size_t n = 0; n < sizeof(values) / sizeof(values[0]); n++) {
		assert_int_equal(RUN(cmd_enable, "--message-timeout", values[n],
				     "config.cell"),
				 CMD_FAILED);
		assert_printed("not a time-out");
	}
	/* a driver that has none */
	assert_int_equal(
		RUN(cmd_enable, "--message-timeout", "1", "config.cell"),
		CMD_FAILED);
	assert_printed("without this time-out");
	assert_int_equal(request.count, 0);
}

static void test_enable_refused_says_step_errno_and_cause(void **state)
{
	(void)state;
	write_config(true);
	request.err = EBUSY;
	assert_int_equal(RUN(cmd_enable, "config.cell"), CMD_FAILED);
	assert_printed("JAILHOUSE_ENABLE: Device or resource busy\n");
	assert_printed("hint: enabling the hypervisor failed (EBUSY): ");
	assert_printed("kvm-arm.mode=none");
}

static void test_enable_of_a_cell_configuration_explained(void **state)
{
	(void)state;
	write_config(false);
	request.err = EINVAL;
	assert_int_equal(RUN(cmd_enable, "config.cell"), CMD_FAILED);
	assert_printed("hint: config.cell is a cell configuration\n");
}

static void test_enable_of_json_and_c_refused_with_advice(void **state)
{
	(void)state;
	tree_write("/config.json", "{}");
	assert_int_equal(RUN(cmd_enable, "config.json"), CMD_FAILED);
	assert_printed("this is a JSON project file");
	assert_printed("config compile");
	tree_write("/config.c", "/* c */");
	assert_int_equal(RUN(cmd_enable, "config.c"), CMD_FAILED);
	assert_printed("this is a C source file");
	tree_write("/empty", "");
	assert_int_equal(RUN(cmd_enable, "empty"), CMD_FAILED);
	assert_printed("this is an empty file");
	assert_int_equal(request.count, 0);
}

static void test_enable_of_a_missing_file_named(void **state)
{
	(void)state;
	assert_int_equal(RUN(cmd_enable, "none.cell"), CMD_FAILED);
	assert_string_equal(printed, "none.cell: No such file or directory\n");
}

static void test_create_passes_size_and_nothing_behind(void **state)
{
	(void)state;
	write_config(false);
	fake_cell(1, "sample", "shut down", "1", "");
	assert_int_equal(RUN(cmd_cell_create, "config.cell"), CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_CELL_CREATE);
	assert_int_equal(request.create.padding, 0);
	assert_int_equal(request.first_byte, 'J');
	assert_false(request.byte_behind_is_readable);
}

/* Established drivers do that for a foreign architecture. */
static void test_create_without_effect_is_a_failure(void **state)
{
	(void)state;
	write_config(false);
	assert_int_equal(RUN(cmd_cell_create, "config.cell"), CMD_FAILED);
	assert_printed("there is no cell \"sample\"");
}

static void test_create_of_a_short_file_says_where_it_ends(void **state)
{
	size_t size;
	void *data = sample_binary(false, 2, &size);

	(void)state;
	tree_write_bytes("/config.cell", data, size - 1);
	free(data);
	request.err = EINVAL;
	assert_int_equal(RUN(cmd_cell_create, "config.cell"), CMD_FAILED);
	assert_printed("the file ends within its 2 stream ids [F03]");
}

static void test_start_and_destroy_name_the_cell(void **state)
{
	(void)state;
	assert_int_equal(RUN(cmd_cell_start, "3"), CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_CELL_START);
	assert_int_equal(request.id.id, 3);
	assert_int_equal(RUN(cmd_cell_destroy, "inmate"), CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_CELL_DESTROY);
	assert_int_equal(request.id.id, -1);
	assert_string_equal(request.id.name, "inmate");
}

static void test_shutdown_is_a_load_of_nothing(void **state)
{
	(void)state;
	assert_int_equal(RUN(cmd_cell_shutdown, "--name", "1"), CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_CELL_LOAD);
	assert_int_equal(request.num_images, 0);
	assert_int_equal(request.id.id, -1);
	assert_string_equal(request.id.name, "1");
}

static void test_shutdown_denied_explained(void **state)
{
	(void)state;
	request.err = EPERM;
	assert_int_equal(RUN(cmd_cell_shutdown, "1"), CMD_FAILED);
	assert_printed("JAILHOUSE_CELL_LOAD: Operation not permitted\n");
	assert_printed("hint: shutting down the cell failed (EPERM): the cell "
		       "denied");
}

static void test_load_passes_images(void **state)
{
	(void)state;
	tree_write("/demo.bin", "x");
	assert_int_equal(RUN(cmd_cell_load, "1", "demo.bin", "-s", "text", "-a",
			     "0x1000"),
			 CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_CELL_LOAD);
	assert_int_equal(request.num_images, 2);
}

static void test_load_without_image_is_wrong_usage(void **state)
{
	(void)state;
	assert_int_equal(RUN(cmd_cell_load, "--name", "1"), CMD_SHOW_USAGE);
	assert_int_equal(request.count, 0);
}

static void test_load_outside_lists_where_it_may_go(void **state)
{
	struct jhcfg_config *config = NULL;
	size_t size;
	void *data;

	(void)state;
	assert_int_equal(
		jhcfg_project_read(
			"{\"$schema\": \"jailhouse-workbench/cell-1\","
			"\"name\": \"x\", \"architecture\": \"arm64\","
			"\"cpus\": [1], \"memory\": [{\"phys\": 1879048192,"
			"\"virt\": 0, \"size\": \"64K\", \"flags\": "
			"[\"LOADABLE\"]}]}",
			187, NULL, &config),
		0);
	assert_int_equal(jhcfg_codec_encode(config, NULL, &data, &size), 0);
	tree_write_bytes("/sys/devices/jailhouse/cells/1/config", data, size);
	fake_cell(1, "x", "shut down", "1", "");
	tree_write("/demo.bin", "x");
	request.err = EINVAL;
	assert_int_equal(RUN(cmd_cell_load, "1", "demo.bin", "-a", "0x10000"),
			 CMD_FAILED);
	assert_printed("hint: cell \"x\" can be loaded at 0x0-0xffff\n");
	free(data);
	jhcfg_config_free(config);
}

static void test_disable_has_no_argument(void **state)
{
	(void)state;
	assert_int_equal(run(&cmd_disable, (const char *const[]){ NULL }),
			 CMD_OK);
	assert_int_equal(request.number, JAILHOUSE_DISABLE);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_without_driver_says_what_to_do),
		CASE(test_enable_passes_the_configuration),
		CASE(test_cell_enable_is_enable),
		CASE(test_enable_sets_timeouts_first),
		CASE(test_enable_with_bad_timeout_changes_nothing),
		CASE(test_enable_refused_says_step_errno_and_cause),
		CASE(test_enable_of_a_cell_configuration_explained),
		CASE(test_enable_of_json_and_c_refused_with_advice),
		CASE(test_enable_of_a_missing_file_named),
		CASE(test_create_passes_size_and_nothing_behind),
		CASE(test_create_without_effect_is_a_failure),
		CASE(test_create_of_a_short_file_says_where_it_ends),
		CASE(test_start_and_destroy_name_the_cell),
		CASE(test_shutdown_is_a_load_of_nothing),
		CASE(test_shutdown_denied_explained),
		CASE(test_load_passes_images),
		CASE(test_load_without_image_is_wrong_usage),
		CASE(test_load_outside_lists_where_it_may_go),
		CASE(test_disable_has_no_argument),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
