// SPDX-License-Identifier: GPL-2.0-or-later
/* Configurations as C source: what people find in it. That it compiles to the
 * same bytes in every dialect, tests/abi/dialects shows. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/c_form.h>
#include <jhcfg/edit.h>
#include <jhcfg/file.h>

#include "cmocka_all.h"
#include "sample.h"

struct subject {
	struct jhcfg_config *config;
	struct jhcfg_diags *diags;
	char *text;
};

static int setup(void **state)
{
	struct subject *subject = calloc(1, sizeof(*subject));

	subject->config = jhcfg_config_create(false, JAILHOUSE_ARM64);
	subject->diags = jhcfg_diags_new();
	assert_int_equal(jhcfg_config_set_name(subject->config, "rtos"), 0);
	assert_int_equal(jhcfg_config_add_cpu(subject->config, 2), 0);
	*state = subject;
	return 0;
}

static int teardown(void **state)
{
	struct subject *subject = *state;

	jhcfg_config_free(subject->config);
	jhcfg_diags_free(subject->diags);
	free(subject->text);
	free(subject);
	return 0;
}

static int write_as(struct subject *subject, const char *dialect, bool drop)
{
	const struct jhcfg_encode_options options = {
		.dialect = jhcfg_dialect_find(dialect),
		.drop = drop,
	};

	return jhcfg_c_form_write(subject->config, &options, subject->diags,
				  &subject->text);
}

static void assert_has(const struct subject *subject, const char *wanted)
{
	if (!strstr(subject->text, wanted))
		fail_msg("no \"%s\" in:\n%s", wanted, subject->text);
}

static void assert_has_not(const struct subject *subject, const char *unwanted)
{
	if (strstr(subject->text, unwanted))
		fail_msg("\"%s\" in:\n%s", unwanted, subject->text);
}

/* Compiles the text, which must be the configuration again. */
static void assert_compiles(const struct subject *subject, const char *dialect)
{
	const struct jhcfg_c_options options = {
		.dialect = jhcfg_dialect_find(dialect),
		.architecture = JHCFG_TELL_ARCHITECTURE,
	};
	char path[] = "/tmp/test-c-write-XXXXXX";
	struct jhcfg_config *again;
	void *was, *is;
	size_t was_size, is_size;
	int fd = mkstemp(path);

	assert_true(fd >= 0);
	assert_int_equal(write(fd, subject->text, strlen(subject->text)),
			 strlen(subject->text));
	close(fd);
	assert_int_equal(
		jhcfg_c_form_read(path, &options, subject->diags, &again, NULL),
		0);
	assert_int_equal(remove(path), 0);
	assert_int_equal(
		jhcfg_codec_encode(subject->config, NULL, &was, &was_size), 0);
	assert_int_equal(jhcfg_codec_encode(again, NULL, &is, &is_size), 0);
	assert_int_equal(was_size, is_size);
	assert_memory_equal(was, is, is_size);
	free(was);
	free(is);
	jhcfg_config_free(again);
}

static void add_memory(struct subject *subject, uint64_t start, uint64_t size,
		       uint64_t flags)
{
	const struct jhcfg_memory memory = {
		.phys_start = start,
		.virt_start = start,
		.size = size,
		.flags = flags,
	};

	assert_int_equal(
		jhcfg_config_insert_memory(subject->config, SIZE_MAX, &memory),
		0);
}

static void test_c_write_notes_become_comments(void **state)
{
	struct subject *subject = *state;

	add_memory(subject, 0x1000, 0x1000, JAILHOUSE_MEM_READ);
	jhcfg_config_set_memory_note(subject->config, 0, "name", "mailbox");
	jhcfg_config_set_memory_note(subject->config, 0, "comment",
				     "written by both");
	jhcfg_config_set_memory_note(subject->config, 0, "source",
				     "datasheet 3.1");
	assert_int_equal(write_as(subject, "rev14", false), 0);
	assert_has(subject,
		   "/* mailbox: written by both (datasheet 3.1) */\n\t\t{");
	assert_compiles(subject, "rev14");
}

static void test_c_write_long_note_is_wrapped(void **state)
{
	struct subject *subject = *state;
	char *line, *rest;

	add_memory(subject, 0x1000, 0x1000, JAILHOUSE_MEM_READ);
	jhcfg_config_set_memory_note(
		subject->config, 0, "comment",
		"the loader of the second stage leaves its parameters here, "
		"and nobody may touch them before the cell has read them, "
		"which takes a while");
	assert_int_equal(write_as(subject, "rev14", false), 0);
	assert_has(subject, "\t\t/*\n\t\t * the loader");
	assert_compiles(subject, "rev14");
	for (line = strtok_r(subject->text, "\n", &rest); line;
	     line = strtok_r(NULL, "\n", &rest)) {
		size_t columns = strlen(line);

		for (const char *at = line; *at == '\t'; at++)
			columns += 7;
		assert_true(columns <= 80);
	}
}

static void test_c_write_note_cannot_end_its_comment(void **state)
{
	struct subject *subject = *state;

	add_memory(subject, 0x1000, 0x1000, JAILHOUSE_MEM_READ);
	jhcfg_config_set_memory_note(subject->config, 0, "name",
				     "a */ #error b /* c **// d\n*\\\n/ e");
	assert_int_equal(write_as(subject, "rev14", false), 0);
	assert_compiles(subject, "rev14");
	assert_int_equal(jhcfg_diags_count(subject->diags, JHCFG_WARNING), 0);
}

static void test_c_write_name_is_escaped(void **state)
{
	struct subject *subject = *state;

	jhcfg_config_set_name(subject->config, "a \"b\" \\ */ ?\?/ %s 1");
	assert_int_equal(write_as(subject, "rev14", false), 0);
	assert_has(subject, ".name = \"a \\\"b\\\" \\\\ */ ?\\?/ %s 1\",");
	assert_compiles(subject, "rev14");
}

static void add_net(struct subject *subject, unsigned int id)
{
	static const uint64_t flags[] = {
		JAILHOUSE_MEM_READ | JAILHOUSE_MEM_ROOTSHARED,
		JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			JAILHOUSE_MEM_ROOTSHARED,
	};
	const struct jhcfg_pci_device device = {
		.type = JAILHOUSE_PCI_TYPE_IVSHMEM,
		.bdf = 0x0010,
		.bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,
		.shmem_dev_id = (uint8_t)id,
		.shmem_peers = 2,
		.shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,
	};

	add_memory(subject, 0x70000000, 0x1000, flags[0]);
	add_memory(subject, 0, 0, 0);
	add_memory(subject, 0x70001000, 0x7f000, flags[id == 0]);
	add_memory(subject, 0x70080000, 0x7f000, flags[id == 1]);
	assert_int_equal(
		jhcfg_config_insert_pci_device(subject->config, 0, &device), 0);
}

static void test_c_write_network_link_is_one_macro(void **state)
{
	struct subject *subject = *state;

	add_net(subject, 1);
	assert_int_equal(write_as(subject, "rev14", false), 0);
	assert_has(subject,
		   "/* link 00:02.0 */\n"
		   "\t\tJAILHOUSE_SHMEM_NET_REGIONS(0x70000000, 1),\n\t},");
	assert_has(subject, ".bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_INTX,");
	assert_has(subject, ".shmem_protocol = JAILHOUSE_SHMEM_PROTO_VETH,");
	assert_compiles(subject, "rev14");
}

static void test_c_write_other_link_has_its_parts_named(void **state)
{
	struct subject *subject = *state;
	struct jhcfg_memory third;

	add_net(subject, 0);
	third = *jhcfg_cell_memory(jhcfg_config_cell(subject->config), 2);
	third.size = 0x7e000;
	jhcfg_config_replace_memory(subject->config, 2, &third);
	assert_int_equal(write_as(subject, "rev14", false), 0);
	assert_has_not(subject, "NET_REGIONS");
	assert_has(subject, "/* link 00:02.0: state table */");
	assert_has(subject, "section */\n\t\t{ 0 },");
	assert_has(subject, "/* link 00:02.0: output of peer 0, this one */");
	assert_has(subject, "/* link 00:02.0: output of peer 1 */");
	assert_compiles(subject, "rev14");
}

static void test_c_write_virtio_protocol_is_a_sum(void **state)
{
	struct subject *subject = *state;
	struct jhcfg_pci_device device;

	add_net(subject, 0);
	device = *jhcfg_cell_pci_device(jhcfg_config_cell(subject->config), 0);
	device.shmem_protocol =
		JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK | VIRTIO_DEV_BLOCK;
	jhcfg_config_replace_pci_device(subject->config, 0, &device);
	assert_int_equal(write_as(subject, "rev14", false), 0);
	assert_has(subject, ".shmem_protocol = "
			    "JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK + "
			    "VIRTIO_DEV_BLOCK,");
	assert_compiles(subject, "rev14");
}

static void test_c_write_what_a_dialect_cannot_hold_is_refused(void **state)
{
	struct subject *subject = *state;

	add_memory(subject, 0x1000, 0x1000,
		   JAILHOUSE_MEM_READ | JAILHOUSE_MEM_NO_HUGEPAGES);
	assert_int_equal(write_as(subject, "rev10", false), -EINVAL);
	assert_null(subject->text);
	assert_non_null(strstr(sample_finding(subject->diags, "F10")->text,
			       "NO_HUGEPAGES"));
}

static void test_c_write_dropped_values_are_named(void **state)
{
	struct subject *subject = *state;

	add_memory(subject, 0x1000, 0x1000,
		   JAILHOUSE_MEM_READ | JAILHOUSE_MEM_NO_HUGEPAGES);
	assert_int_equal(write_as(subject, "rev10", true), 0);
	assert_int_equal(sample_finding(subject->diags, "F10")->severity,
			 JHCFG_WARNING);
	assert_has(subject, ".flags = JAILHOUSE_MEM_READ,");
}

/* All bits that there are, many of which have no name. */
static void test_c_write_any_number_survives(void **state)
{
	struct subject *subject = *state;

	for (int is_system = 0; is_system < 2; is_system++) {
		for (int arch = JAILHOUSE_X86; arch <= JAILHOUSE_ARM64;
		     arch++) {
			jhcfg_config_free(subject->config);
			free(subject->text);
			subject->config =
				sample_config(is_system, (uint8_t)arch);
			assert_int_equal(write_as(subject, "rev14", false), 0);
			assert_compiles(subject, "rev14");
		}
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_c_write_notes_become_comments),
		CASE(test_c_write_long_note_is_wrapped),
		CASE(test_c_write_note_cannot_end_its_comment),
		CASE(test_c_write_name_is_escaped),
		CASE(test_c_write_network_link_is_one_macro),
		CASE(test_c_write_other_link_has_its_parts_named),
		CASE(test_c_write_virtio_protocol_is_a_sum),
		CASE(test_c_write_what_a_dialect_cannot_hold_is_refused),
		CASE(test_c_write_dropped_values_are_named),
		CASE(test_c_write_any_number_survives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
