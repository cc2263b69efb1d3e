// SPDX-License-Identifier: GPL-2.0-or-later
/* The codec on files that are damaged, odd, or to be converted. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <jailhouse/cell-config.h>
#include <jhcfg/jhcfg.h>

#include "model/members.h"
#include "samples.h"

/* A sample's bytes to change, with what is said about them. */
struct file {
	uint8_t *data;
	size_t size;
	struct jhcfg_diags *diags;
	struct jhcfg_config *config;
	const struct jhcfg_dialect *dialect;
};

static struct file open_sample(const char *dialect, bool is_system, bool is_x86)
{
	for (size_t n = 0; samples[n]; n++) {
		struct file file = { .size = samples[n]->size };

		if (strcmp(samples[n]->dialect, dialect) ||
		    samples[n]->is_system != is_system ||
		    samples[n]->is_x86 != is_x86)
			continue;
		file.data = malloc(file.size + 16);
		assert_non_null(file.data);
		memcpy(file.data, samples[n]->data, file.size);
		file.diags = jhcfg_diags_new();
		return file;
	}
	fail_msg("no sample of %s", dialect);
	abort();
}

static void close_file(struct file *file)
{
	free(file->data);
	jhcfg_diags_free(file->diags);
	jhcfg_config_free(file->config);
}

static void forget_diags(struct file *file)
{
	jhcfg_diags_free(file->diags);
	file->diags = jhcfg_diags_new();
}

static int decode_as(struct file *file, const char *dialect)
{
	struct jhcfg_decode_options options = {
		.dialect = dialect ? jhcfg_dialect_find(dialect) : NULL,
		.architecture = JHCFG_TELL_ARCHITECTURE,
	};

	return jhcfg_codec_decode_as(file->data, file->size, &options,
				     file->diags, &file->config,
				     &file->dialect);
}

static int decode(struct file *file)
{
	return decode_as(file, NULL);
}

static int encode_as(struct file *file, const char *dialect, bool drop,
		     void **data, size_t *size)
{
	struct jhcfg_encode_options options = {
		.dialect = jhcfg_dialect_find(dialect),
		.drop = drop,
	};

	assert_non_null(options.dialect);
	return jhcfg_codec_encode_as(file->config, &options, file->diags, data,
				     size);
}

static const struct jhcfg_diag *find_diag(const struct file *file,
					  const char *rule, const char *text)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(file->diags, n)); n++) {
		if (!strcmp(diag->rule, rule) && strstr(diag->text, text))
			return diag;
	}
	return NULL;
}

static void assert_diag(const struct file *file, const char *rule,
			const char *text)
{
	const struct jhcfg_diag *diag;

	if (find_diag(file, rule, text))
		return;
	for (size_t n = 0; (diag = jhcfg_diags_get(file->diags, n)); n++)
		printf("# [%s] %s: %s\n", diag->rule, diag->place, diag->text);
	fail_msg("nothing of [%s] says \"%s\"", rule, text);
}

static void test_codec_unknown_revision_is_named(void **state)
{
	struct file file = open_sample("rev14", true, false);

	(void)state;
	file.data[6] = 16;
	assert_int_equal(decode(&file), -EINVAL);
	assert_diag(&file, "F01", "revision 16");
	close_file(&file);
}

static void test_codec_unknown_architecture_is_named(void **state)
{
	struct file file = open_sample("rev14", true, false);

	(void)state;
	file.data[5] = 7;
	assert_int_equal(decode(&file), -EINVAL);
	assert_diag(&file, "F02", "architecture 7");
	close_file(&file);
}

static void test_codec_cut_off_file_says_where_it_ends(void **state)
{
	struct file file = open_sample("rev12", true, false);

	(void)state;
	file.size = 486 + 16 + 32 + 5;
	assert_int_equal(decode(&file), -EINVAL);
	assert_diag(&file, "F03",
		    "looks like revision 12 (v0.12), but the file ends within "
		    "its 5 memory regions");
	close_file(&file);
}

static void test_codec_huge_count_is_refused(void **state)
{
	struct file file = open_sample("rev14", false, false);

	(void)state;
	memset(file.data + 60, 0xff, 4);
	assert_int_equal(decode(&file), -EINVAL);
	assert_diag(&file, "F03", "4294967295 is no possible size of irqchips");
	close_file(&file);
}

static void test_codec_empty_cpu_set_is_refused(void **state)
{
	struct file file = open_sample("rev14", false, false);

	(void)state;
	memset(file.data + 48, 0, 4);
	assert_int_equal(decode(&file), -EINVAL);
	assert_diag(&file, "F07", "0 is no possible size of the CPU set");
	close_file(&file);
}

static void test_codec_bytes_at_the_end_are_warned_of(void **state)
{
	struct file file = open_sample("rev14", true, false);

	(void)state;
	memset(file.data + file.size, 0, 3);
	file.size += 3;
	assert_int_equal(decode(&file), 0);
	assert_diag(&file, "F03", "3 bytes follow the configuration");
	close_file(&file);
}

static void test_codec_reserved_bytes_are_warned_of(void **state)
{
	struct file file = open_sample("rev14", true, false);

	(void)state;
	file.data[314] = 1; /* padding of the ARM platform */
	file.data[315] = 2;
	assert_int_equal(decode(&file), 0);
	assert_diag(&file, "F09", "2 bytes that the format does not define");
	close_file(&file);
}

static void test_codec_wrong_dialect_says_that_it_is_not_it(void **state)
{
	struct file file = open_sample("rev14", true, false);

	(void)state;
	assert_int_equal(decode_as(&file, "nxp-10"), -EINVAL);
	assert_diag(&file, "F01", "not those of NXP's revision 10");
	close_file(&file);
}

/* A flag that v0.12 and the first revision 12 read differently, and neither
 * without doubt: one of the two bits is always odd. */
static void test_codec_ambiguous_dialect_is_warned_of(void **state)
{
	struct file file = open_sample("rev12", false, false);
	/* of memory region 1, behind the descriptor and the CPU set */
	size_t flags = 132 + 16 + 32 + 24;
	/* the link, whose fields would decide it */
	size_t link = file.size - 3 * 4 - 2 * 8 - 8;

	(void)state;
	file.data[132 + 16 + 24 + 1] = 0; /* NO_HUGEPAGES of region 0 */
	assert_int_equal(file.data[flags + 1], 0x80);
	file.data[flags + 1] |= 0x01;
	assert_int_equal(decode(&file), 0);
	assert_null(find_diag(&file, "F12", ""));
	jhcfg_config_free(file.config);
	file.config = NULL;

	memset(file.data + link, 0, 8);
	assert_int_equal(decode(&file), 0);
	assert_string_equal(jhcfg_dialect_name(file.dialect), "rev12");
	assert_diag(&file, "F12",
		    "could be the first layout of revision 12 as well");
	close_file(&file);
}

static void test_codec_unaligned_flag_keeps_its_meaning(void **state)
{
	struct file file = open_sample("rev10", false, true);
	const uint8_t *was = file.data;
	uint64_t flags;
	uint8_t *is;
	void *data;
	size_t size;

	(void)state;
	memcpy(&flags, was + 128 + 16 + 32 + 24, 8);
	assert_int_equal(flags, 0x50111);
	assert_int_equal(decode(&file), 0);
	assert_int_equal(encode_as(&file, "rev14", true, &data, &size), 0);
	is = data;
	memcpy(&flags, is + 132 + 16 + 32 + 24, 8);
	assert_int_equal(flags, 0x58011);
	free(data);
	close_file(&file);
}

static void test_codec_flag_without_a_place_is_refused_by_name(void **state)
{
	struct file file = open_sample("rev14", false, false);
	const struct jhcfg_diag *diag;
	void *data = NULL;
	size_t size;

	(void)state;
	assert_int_equal(decode(&file), 0);
	assert_int_equal(encode_as(&file, "rev10", false, &data, &size),
			 -EINVAL);
	assert_null(data);
	assert_diag(&file, "F10", "cannot hold flags NO_HUGEPAGES");
	diag = find_diag(&file, "F10", "NO_HUGEPAGES");
	assert_string_equal(diag->place, "memory region 0");
	assert_int_equal(diag->severity, JHCFG_ERROR);
	assert_diag(&file, "F10", "cannot hold flags AARCH32");
	assert_diag(&file, "F10", "shmem_peers 0x2");
	assert_diag(&file, "F10", "stream id 0 or later ones");
	close_file(&file);
}

static void test_codec_dropping_warns_and_writes_the_rest(void **state)
{
	struct file file = open_sample("rev14", false, false);
	struct file old = { 0 };
	void *data;

	(void)state;
	assert_int_equal(decode(&file), 0);
	assert_int_equal(encode_as(&file, "rev10", true, &data, &old.size), 0);
	assert_int_equal(jhcfg_diags_count(file.diags, JHCFG_ERROR), 0);
	assert_true(jhcfg_diags_count(file.diags, JHCFG_WARNING) >= 4);
	old.data = data;
	old.diags = jhcfg_diags_new();
	assert_int_equal(decode_as(&old, "rev10"), 0);
	assert_int_equal(
		jhcfg_cell_memory(jhcfg_config_cell(old.config), 0)->flags,
		JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE |
			JAILHOUSE_MEM_EXECUTE | JAILHOUSE_MEM_DMA |
			JAILHOUSE_MEM_LOADABLE);
	close_file(&old);
	close_file(&file);
}

static void test_codec_unknown_console_type_is_warned_of(void **state)
{
	struct file file = open_sample("rev14", false, false);
	void *data;
	size_t size;

	(void)state;
	file.data[100 + 12] = JAILHOUSE_CON_TYPE_IMX_LPUART;
	assert_int_equal(decode(&file), 0);
	assert_int_equal(encode_as(&file, "rev12", true, &data, &size), 0);
	assert_diag(&file, "F11", "no console type IMX_LPUART");
	free(data);
	close_file(&file);
}

static void test_codec_colored_memory_moves_between_forks(void **state)
{
	struct file file = open_sample("bu-13", false, false);
	struct file other = { 0 };
	const struct jhcfg_cell *cell;
	void *data;

	(void)state;
	assert_int_equal(decode(&file), 0);
	assert_int_equal(
		encode_as(&file, "omnivisor-14", true, &data, &other.size), 0);
	/* only their console is unknown there */
	assert_int_equal(jhcfg_diags_count(file.diags, JHCFG_WARNING), 1);
	assert_diag(&file, "F11", "LINFLEX");
	other.data = data;
	other.diags = jhcfg_diags_new();
	assert_int_equal(decode_as(&other, "omnivisor-14"), 0);
	cell = jhcfg_config_cell(other.config);
	assert_int_equal(jhcfg_cell_num_memory(cell), 7);
	assert_int_equal(jhcfg_cell_memory(cell, 5)->colors,
			 0x00ff00ff00ff00f0);
	close_file(&other);
	close_file(&file);
}

static void test_codec_ports_are_the_same_as_list_and_bitmap(void **state)
{
	struct file file = open_sample("rev14", false, true);
	struct file old = { 0 };
	const struct jhcfg_cell *cell;
	void *data;

	(void)state;
	assert_int_equal(decode(&file), 0);
	assert_int_equal(encode_as(&file, "rev10", true, &data, &old.size), 0);
	assert_null(find_diag(&file, "F10", "port"));
	old.data = data;
	old.diags = jhcfg_diags_new();
	assert_int_equal(decode_as(&old, "rev10"), 0);
	cell = jhcfg_config_cell(old.config);
	assert_int_equal(jhcfg_cell_num_pio(cell), 3);
	assert_int_equal(jhcfg_cell_pio(cell, 2)->base, 0xd00);
	assert_int_equal(jhcfg_cell_pio(cell, 2)->length, 0xf300);
	close_file(&old);
	close_file(&file);
}

static void test_codec_all_ports_round_trip(void **state)
{
	struct file file = open_sample("rev10", false, true);
	size_t ports = file.size - 0x2000 - 3 * 56 - 2 * 8;
	void *data;
	size_t size;

	(void)state;
	memset(file.data + ports, 0, 0x2000);
	assert_int_equal(decode(&file), 0);
	assert_int_equal(jhcfg_cell_num_pio(jhcfg_config_cell(file.config)), 2);
	assert_int_equal(encode_as(&file, "rev10", false, &data, &size), 0);
	assert_int_equal(size, file.size);
	assert_memory_equal(data, file.data, size);
	free(data);
	close_file(&file);
}

/* Every sample in every dialect: written whole, or refused by name. */
static void convert(const struct sample *sample,
		    const struct jhcfg_dialect *dialect)
{
	struct file file =
		open_sample(sample->dialect, sample->is_system, sample->is_x86);
	struct file as_is = { 0 }, dropped = { 0 };
	const char *name = jhcfg_dialect_name(dialect);
	void *data = NULL, *less = NULL;
	int err;

	assert_int_equal(decode_as(&file, sample->dialect), 0);
	forget_diags(&file);
	err = encode_as(&file, name, false, &data, &as_is.size);
	assert_int_equal(err != 0,
			 jhcfg_diags_count(file.diags, JHCFG_ERROR) != 0);
	forget_diags(&file);
	err = encode_as(&file, name, true, &less, &dropped.size);
	/* nobody can leave out the CPUs */
	if (err) {
		assert_diag(&file, "F10", "CPU");
		close_file(&file);
		return;
	}
	if (data) {
		assert_int_equal(as_is.size, dropped.size);
		assert_memory_equal(data, less, dropped.size);
	}
	free(data);
	dropped.data = less;
	dropped.diags = jhcfg_diags_new();
	if (strcmp(name, "wip-cpu-config"))
		assert_int_equal(decode_as(&dropped, name), 0);
	close_file(&dropped);
	close_file(&file);
}

static void test_codec_each_sample_converts_to_each_dialect(void **state)
{
	const struct jhcfg_dialect *dialect;

	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		if (!strcmp(samples[n]->dialect, "wip-cpu-config"))
			continue;
		for (size_t d = 0; (dialect = jhcfg_dialect_get(d)); d++)
			convert(samples[n], dialect);
	}
}

/* Every byte of every sample, changed: nothing may crash, and what is read
 * must come out the same, but for bytes that were announced to be lost. */
static void test_codec_changed_bytes_are_read_or_refused(void **state)
{
	(void)state;
	for (size_t n = 0; samples[n]; n++) {
		struct file file =
			open_sample(samples[n]->dialect, samples[n]->is_system,
				    samples[n]->is_x86);
		size_t end = file.size < 1200 ? file.size : 1200;

		for (size_t at = 0; at < end; at++) {
			uint8_t was = file.data[at];
			void *data;
			size_t size;

			file.data[at] ^= 0xff;
			forget_diags(&file);
			if (!decode(&file)) {
				bool is_exact = !find_diag(&file, "F09", "") &&
						!find_diag(&file, "F03", "");
				int err = encode_as(
					&file, jhcfg_dialect_name(file.dialect),
					true, &data, &size);

				if (!err && is_exact) {
					assert_int_equal(size, file.size);
					assert_memory_equal(data, file.data,
							    size);
				}
				if (!err)
					free(data);
				jhcfg_config_free(file.config);
				file.config = NULL;
			}
			file.data[at] = was;
		}
		close_file(&file);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_codec_unknown_revision_is_named),
		cmocka_unit_test(test_codec_unknown_architecture_is_named),
		cmocka_unit_test(test_codec_cut_off_file_says_where_it_ends),
		cmocka_unit_test(test_codec_huge_count_is_refused),
		cmocka_unit_test(test_codec_empty_cpu_set_is_refused),
		cmocka_unit_test(test_codec_bytes_at_the_end_are_warned_of),
		cmocka_unit_test(test_codec_reserved_bytes_are_warned_of),
		cmocka_unit_test(
			test_codec_wrong_dialect_says_that_it_is_not_it),
		cmocka_unit_test(test_codec_ambiguous_dialect_is_warned_of),
		cmocka_unit_test(test_codec_unaligned_flag_keeps_its_meaning),
		cmocka_unit_test(
			test_codec_flag_without_a_place_is_refused_by_name),
		cmocka_unit_test(test_codec_dropping_warns_and_writes_the_rest),
		cmocka_unit_test(test_codec_unknown_console_type_is_warned_of),
		cmocka_unit_test(test_codec_colored_memory_moves_between_forks),
		cmocka_unit_test(
			test_codec_ports_are_the_same_as_list_and_bitmap),
		cmocka_unit_test(test_codec_all_ports_round_trip),
		cmocka_unit_test(
			test_codec_each_sample_converts_to_each_dialect),
		cmocka_unit_test(test_codec_changed_bytes_are_read_or_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
