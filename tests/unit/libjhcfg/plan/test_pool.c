// SPDX-License-Identifier: GPL-2.0-or-later
/* The estimate of the page pool, against the hypervisor's core itself. */
#include "hv_test.h"

#include <errno.h>
#include <sys/wait.h>
#include <unistd.h>

#include <hv/hypercall.h>
#include <hv/page_pool.h>
#include <jhcfg/codec.h>
#include <jhcfg/pool.h>
#include <jhcfg/workspace.h>

#define ARRAY_LENGTH(array) (sizeof(array) / sizeof((array)[0]))
#define CONFIG_GPA	    0x40100000ULL
#define ROUNDS		    150
#define MAX_CELLS	    3U

/* Memory of cells and links comes out of this part of the host's RAM. */
#define FREE_START 0x41000000ULL
#define FREE_END   0x43a00000ULL

#define RW  (JAILHOUSE_MEM_READ | JAILHOUSE_MEM_WRITE)
#define RWX (RW | JAILHOUSE_MEM_EXECUTE)

/* An image that takes nothing: the process has the core elsewhere. */
static const struct jhcfg_firmware no_firmware = {
	.architecture = JAILHOUSE_ARM64,
};

struct setting {
	struct prng prng;
	struct jhcfg_workspace *workspace;
	uint64_t next; /* free physical memory */
	uint32_t keys[MAX_CELLS];
	unsigned int num_cells;
};

static uint64_t random_pages(struct setting *s, unsigned int limit)
{
	return (1 + prng_below(&s->prng, limit)) * 4096ULL;
}

/* Physical memory that nobody has, sometimes aligned for large pages; 0: none
 * is left. */
static uint64_t take(struct setting *s, uint64_t size)
{
	uint64_t start = s->next + prng_below(&s->prng, 64) * 4096ULL;

	if (!prng_below(&s->prng, 3))
		start = (start + 0x1fffff) & ~0x1fffffULL;
	if (start + size > FREE_END)
		return 0;
	s->next = start + size;
	return start;
}

static void add_memory(struct jhcfg_config *config, uint64_t phys,
		       uint64_t virt, uint64_t size, uint64_t flags)
{
	struct jhcfg_memory memory = {
		.phys_start = phys,
		.virt_start = virt,
		.size = size,
		.flags = flags,
	};

	if (size)
		assert_int_equal(
			jhcfg_config_insert_memory(config, SIZE_MAX, &memory),
			0);
}

/* --- a system that the core accepts ------------------------------------------
 */

static void make_root(struct setting *s)
{
	struct jhcfg_platform platform = {
		.pci_mmconfig_base = 0x08e00000,
		.pci_is_virtual = 1,
		.maintenance_irq = 25,
		.gic_version = 3,
		.gicd_base = HOST_GICD_BASE,
		.gicr_base = HOST_GICR_BASE,
	};
	struct jhcfg_config *root =
		jhcfg_workspace_edit_cell(s->workspace, JHCFG_ROOT_KEY);
	uint64_t split =
		HOST_RAM_BASE + random_pages(s, 0x800); /* of the root's RAM */

	jhcfg_config_set_name(root, "root");
	jhcfg_config_set_platform(root, &platform);
	jhcfg_config_set_hypervisor_memory(
		root, &(struct jhcfg_memory){ .phys_start = HOST_HV_BASE,
					      .size = HOST_HV_SIZE });
	jhcfg_config_set_vpci_irq_base(root, 100);
	for (unsigned int cpu = 0; cpu < 4; cpu++)
		assert_int_equal(jhcfg_config_add_cpu(root, cpu), 0);
	add_memory(root, HOST_RAM_BASE, HOST_RAM_BASE, split - HOST_RAM_BASE,
		   prng_below(&s->prng, 2) ? RWX : RW);
	add_memory(root, split, split,
		   HOST_HV_BASE - random_pages(s, 64) - split,
		   RWX | JAILHOUSE_MEM_DMA);
	/* registers, near and far, some of them where nothing lines up */
	add_memory(root, 0x10000000, 0x10000000, random_pages(s, 0x8000),
		   RW | JAILHOUSE_MEM_IO);
	add_memory(root, 0x80000000 + random_pages(s, 4), 0x8000000000,
		   random_pages(s, 2000), RW | JAILHOUSE_MEM_IO);
	if (prng_below(&s->prng, 2))
		add_memory(root, 0x4000000000, 0x4000000000, 0x2000000,
			   RW | JAILHOUSE_MEM_IO |
				   (prng_below(&s->prng, 2)
					    ? JAILHOUSE_MEM_NO_HUGEPAGES
					    : 0));
}

static void add_parts_of_pages(struct setting *s, struct jhcfg_config *config,
			       unsigned int number)
{
	unsigned int count = prng_below(&s->prng, 4);

	for (unsigned int n = 0; n < count; n++) {
		uint64_t address = 0x10000000 + n * 0x1000 + number * 0x100;

		add_memory(config, address, address, 0x80,
			   RW | JAILHOUSE_MEM_IO | JAILHOUSE_MEM_IO_32);
	}
}

static void make_cell(struct setting *s)
{
	struct jhcfg_config *config =
		jhcfg_config_create(false, JAILHOUSE_ARM64);
	unsigned int number = s->num_cells;
	uint64_t size = random_pages(s, 3000), phys = take(s, size);
	char name[] = "cell0";

	name[4] = (char)('0' + number);
	jhcfg_config_set_name(config, name);
	jhcfg_config_add_cpu(config, 1 + number);
	jhcfg_config_set_vpci_irq_base(config, 104 + 4 * number);
	if (prng_below(&s->prng, 2))
		jhcfg_config_set_cell_flags(
			config, JAILHOUSE_CELL_VIRTUAL_CONSOLE_PERMITTED);
	if (phys)
		add_memory(config, phys, prng_below(&s->prng, 2) ? 0 : phys,
			   size, RWX | JAILHOUSE_MEM_LOADABLE);
	add_memory(config, 0, 0x80000000, 0x1000,
		   RW | JAILHOUSE_MEM_COMM_REGION);
	add_parts_of_pages(s, config, number);
	assert_int_equal(jhcfg_workspace_add_cell(s->workspace, config,
						  &s->keys[number]),
			 0);
	jhcfg_config_free(config);
	s->num_cells++;
}

static void make_link(struct setting *s, unsigned int number)
{
	struct jhcfg_link link = {
		.name = "link",
		.bdf = (uint16_t)(number << 3),
		.state_size = 0x1000,
		.rw_size = random_pages(s, 700),
		.output_size = random_pages(s, 700),
		.num_peers = 1 + s->num_cells,
		.peers = { JHCFG_ROOT_KEY },
		.num_msix_vectors = prng_below(&s->prng, 2) ? 4 : 0,
	};

	link.base = take(s, link.state_size + link.rw_size +
				    link.num_peers * link.output_size);
	if (!link.base)
		return;
	for (unsigned int n = 0; n < s->num_cells; n++)
		link.peers[1 + n] = s->keys[n];
	assert_int_equal(jhcfg_workspace_set_link(s->workspace, &link, NULL),
			 0);
}

static void make(struct setting *s)
{
	unsigned int cells = 1 + prng_below(&s->prng, MAX_CELLS);
	unsigned int links = prng_below(&s->prng, 5);

	s->next = FREE_START;
	s->num_cells = 0;
	s->workspace = jhcfg_workspace_new(JAILHOUSE_ARM64, NULL);
	assert_int_equal(jhcfg_workspace_begin(s->workspace, "Make"), 0);
	make_root(s);
	while (s->num_cells < cells)
		make_cell(s);
	for (unsigned int n = 0; n < links; n++)
		make_link(s, n);
	jhcfg_workspace_end(s->workspace);
}

/* --- the core with it --------------------------------------------------------
 */

static void *encode(struct setting *s, uint32_t key, size_t *size)
{
	void *data = NULL;

	assert_int_equal(
		jhcfg_codec_encode(jhcfg_workspace_cell(s->workspace, key),
				   NULL, &data, size),
		0);
	return data;
}

static void boot(struct setting *s)
{
	size_t size;
	void *data = encode(s, JHCFG_ROOT_KEY, &size);

	host_console_reset();
	if (host_boot(data, size))
		fail_msg("the core refuses the root: %s", host_console_text());
	free(data);
}

static void create(struct setting *s, unsigned int n)
{
	size_t size;
	struct jailhouse_cell_desc *desc = encode(s, s->keys[n], &size);

	desc->id = n + 1;
	memcpy(host_ram(CONFIG_GPA, size), desc, size);
	free(desc);
	host_console_reset();
	if (hypercall(JAILHOUSE_HC_CELL_CREATE, CONFIG_GPA, 0) ||
	    hypercall(JAILHOUSE_HC_CELL_SET_LOADABLE, n + 1, 0) ||
	    hypercall(JAILHOUSE_HC_CELL_START, n + 1, 0))
		fail_msg("the core refuses cell %u: %s", n,
			 host_console_text());
	/* it never answers */
	cell_find(n + 1)->comm->cell_state = JAILHOUSE_CELL_SHUT_DOWN;
}

/* With the first @count cells. */
static uint64_t estimate(struct setting *s, unsigned int count)
{
	const struct jhcfg_config *cells[MAX_CELLS];
	struct jhcfg_pool pool;
	uint64_t sum = 0;

	for (unsigned int n = 0; n < count; n++)
		cells[n] = jhcfg_workspace_cell(s->workspace, s->keys[n]);
	assert_int_equal(
		jhcfg_pool_estimate(
			jhcfg_workspace_cell(s->workspace, JHCFG_ROOT_KEY),
			cells, count, NULL, &no_firmware, &pool),
		0);
	for (int use = 0; use < JHCFG_POOL_NUM_USES; use++)
		sum += pool.use[use];
	assert_int_equal(sum, pool.used);
	/* which the process has elsewhere */
	return sum - pool.use[JHCFG_POOL_OWN] - pool.use[JHCFG_POOL_REGISTERS];
}

/* In a process of its own: the core starts only once. */
static void compare(struct setting *s)
{
	boot(s);
	assert_int_equal(estimate(s, 0), mem_pool.used);
	for (unsigned int n = 0; n < s->num_cells; n++) {
		create(s, n);
		assert_int_equal(estimate(s, n + 1), mem_pool.used);
	}
	host_shutdown();
}

static void test_pool_estimate_is_what_the_core_takes(void **state)
{
	struct setting s = { .prng = prng_for(__func__) };

	(void)state;
	for (unsigned int round = 0; round < ROUNDS; round++) {
		int status = -1;
		pid_t pid;

		make(&s);
		pid = fork();
		assert_true(pid >= 0);
		if (!pid) {
			/* where an assertion fails, the child runs the
			 * other cases and exits with their number */
			compare(&s);
			_exit(0);
		}
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_int_equal(status, 0);
		jhcfg_workspace_free(s.workspace);
	}
}

/* --- sizes
 * --------------------------------------------------------------------- */

/* The smallest memory is enough, and a page less is not. */
static void test_pool_minimum_is_the_smallest_that_fits(void **state)
{
	struct setting s = { .prng = prng_for(__func__) };
	struct jhcfg_pool pool, again;
	struct jhcfg_memory memory;

	(void)state;
	for (unsigned int round = 0; round < 20; round++) {
		struct jhcfg_config *root;

		make(&s);
		root = jhcfg_config_copy(
			jhcfg_workspace_cell(s.workspace, JHCFG_ROOT_KEY));
		memory = *jhcfg_system_hypervisor_memory(
			jhcfg_config_system(root));
		assert_int_equal(
			jhcfg_pool_estimate(root, NULL, 0, NULL, NULL, &pool),
			0);
		assert_int_equal(pool.minimum & 4095, 0);
		for (int less = 0; less < 2; less++) {
			memory.size = pool.minimum - less * 4096U;
			jhcfg_config_set_hypervisor_memory(root, &memory);
			assert_int_equal(jhcfg_pool_estimate(root, NULL, 0,
							     NULL, NULL,
							     &again),
					 0);
			assert_int_equal(again.used > again.pages, less);
			assert_int_equal(again.minimum, pool.minimum);
		}
		jhcfg_config_free(root);
		jhcfg_workspace_free(s.workspace);
	}
}

static void test_pool_of_too_little_memory_has_no_pages(void **state)
{
	struct jhcfg_config *root = jhcfg_config_create(true, JAILHOUSE_ARM64);
	struct jhcfg_pool pool;

	(void)state;
	assert_int_equal(jhcfg_pool_estimate(root, NULL, 0, NULL, NULL, &pool),
			 0);
	assert_int_equal(pool.pages, 0);
	assert_true(pool.minimum > pool.fixed);
	jhcfg_config_free(root);
}

static void test_pool_without_firmware_is_not_supported(void **state)
{
	struct jhcfg_config *root = jhcfg_config_create(true, 77);
	struct jhcfg_config *cell = jhcfg_config_create(false, JAILHOUSE_ARM64);
	struct jhcfg_pool pool;

	(void)state;
	assert_int_equal(jhcfg_pool_estimate(root, NULL, 0, NULL, NULL, &pool),
			 -ENOTSUP);
	assert_int_equal(jhcfg_pool_estimate(cell, NULL, 0, NULL, NULL, &pool),
			 -EINVAL);
	jhcfg_config_free(root);
	jhcfg_config_free(cell);
}

/* Nothing that a file can hold makes it loop or read beyond. */
static void test_pool_of_nonsense_ends(void **state)
{
	struct setting s = { .prng = prng_for(__func__) };
	struct jhcfg_pool pool;

	(void)state;
	for (unsigned int round = 0; round < 300; round++) {
		struct jhcfg_config *root =
			jhcfg_config_create(true, JAILHOUSE_ARM64);
		struct jhcfg_config *cell =
			jhcfg_config_create(false, JAILHOUSE_ARM64);
		const struct jhcfg_config *cells[] = { cell, cell };

		jhcfg_config_set_hypervisor_memory(
			root, &(struct jhcfg_memory){
				      .phys_start = prng_next(&s.prng),
				      .size = prng_next(&s.prng) >>
					      prng_below(&s.prng, 64),
			      });
		for (unsigned int n = 0; n < 8; n++)
			add_memory(
				n & 1 ? root : cell,
				prng_next(&s.prng) >> prng_below(&s.prng, 64),
				prng_next(&s.prng) >> prng_below(&s.prng, 64),
				prng_next(&s.prng) >> prng_below(&s.prng, 64),
				prng_next(&s.prng));
		assert_int_equal(jhcfg_pool_estimate(root, cells,
						     ARRAY_LENGTH(cells), NULL,
						     NULL, &pool),
				 0);
		jhcfg_config_free(root);
		jhcfg_config_free(cell);
	}
}

static void test_firmware_header_is_read_and_judged(void **state)
{
	struct jailhouse_image_header header = {
		.signature = JAILHOUSE_IMAGE_SIGNATURE,
		.abi = JAILHOUSE_IMAGE_ABI,
		.architecture = JAILHOUSE_ARM64,
		.core_size = 0x20000,
		.cpu_shared_size = 384,
		.cpu_private_size = 0x3000,
		.version = "v1",
	};
	struct jhcfg_firmware firmware;

	(void)state;
	assert_int_equal(
		jhcfg_firmware_read(&header, sizeof(header), NULL, &firmware),
		0);
	assert_int_equal(firmware.core_size, 0x20000);
	assert_string_equal(firmware.version, "v1");
	assert_int_equal(jhcfg_firmware_read(&header, sizeof(header) - 1, NULL,
					     &firmware),
			 -EINVAL);
	header.core_size = 0x20001;
	assert_int_equal(
		jhcfg_firmware_read(&header, sizeof(header), NULL, &firmware),
		-EINVAL);
	header.core_size = 0x20000;
	header.abi++;
	assert_int_equal(
		jhcfg_firmware_read(&header, sizeof(header), NULL, &firmware),
		-EINVAL);
	header.signature[0] = 'X';
	assert_int_equal(
		jhcfg_firmware_read(&header, sizeof(header), NULL, &firmware),
		-EINVAL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_pool_estimate_is_what_the_core_takes),
		cmocka_unit_test(test_pool_minimum_is_the_smallest_that_fits),
		cmocka_unit_test(test_pool_of_too_little_memory_has_no_pages),
		cmocka_unit_test(test_pool_without_firmware_is_not_supported),
		cmocka_unit_test(test_pool_of_nonsense_ends),
		cmocka_unit_test(test_firmware_header_is_read_and_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
