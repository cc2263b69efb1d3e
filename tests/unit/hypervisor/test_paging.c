// SPDX-License-Identifier: GPL-2.0-or-later
#include "hv_test.h"
#include "pt_model.h"

#include <hv/page_pool.h>

#define RW	(PT_READ | PT_WRITE)
#define PAGE(n) ((u64)(n) << PAGE_SHIFT)
/* Physical address of page n, aligned as well as its number is */
#define PHYS(n) (0x80000000ULL + PAGE(n))

static struct pt_space space;

static int setup(void **state)
{
	(void)state;
	host_memory_reset(0);
	pt_model_init(&space, &format_small);
	return 0;
}

/* All that was taken must be back when the space is gone. */
static int teardown(void **state)
{
	(void)state;
	paging_destroy(&space);
	pt_model_check(&space);
	page_free(space.root, 1);
	return mem_pool.used == 0 ? 0 : -1;
}

static int map(unsigned int virt, unsigned int phys, unsigned int pages,
	       unsigned int flags)
{
	int err;

	pt_model_touch(&space);
	err = paging_map(&space, PAGE(virt), PHYS(phys), PAGE(pages), flags);
	pt_model_check(&space);
	return err;
}

static int unmap(unsigned int virt, unsigned int pages)
{
	int err;

	pt_model_touch(&space);
	err = paging_unmap(&space, PAGE(virt), PAGE(pages));
	pt_model_check(&space);
	return err;
}

static void assert_mapped(unsigned int virt, unsigned int phys,
			  unsigned int flags)
{
	unsigned int got = 0;

	assert_int_equal(paging_lookup(&space, PAGE(virt) + 0x123, &got),
			 PHYS(phys) + 0x123);
	assert_int_equal(got, flags);
}

static void assert_unmapped(unsigned int virt)
{
	assert_int_equal(paging_lookup(&space, PAGE(virt), NULL), PHYS_INVALID);
}

/* Leaves nothing but `left` pages in the pool; undone by refill(). */
static void *hoard[4096];
static size_t num_hoard;

static void drain(unsigned long left)
{
	while (mem_pool.pages - mem_pool.used > left) {
		assert_true(num_hoard < ARRAY_SIZE(hoard));
		hoard[num_hoard++] = page_pool_take(&mem_pool, 1, 1);
	}
}

static void refill(void)
{
	while (num_hoard)
		page_free(hoard[--num_hoard], 1);
}

static void test_paging_map_one_page_maps_nothing_else(void **state)
{
	(void)state;
	assert_int_equal(map(9, 3, 1, RW), 0);
	assert_mapped(9, 3, RW);
	assert_unmapped(8);
	assert_unmapped(10);
	assert_int_equal(paging_count_tables(&space), 3);
}

static void test_paging_map_aligned_uses_large_pages(void **state)
{
	(void)state;
	assert_int_equal(map(64, 128, 64 + 8 + 1, RW), 0);
	assert_int_equal(pt_model_count_leaves(&space, 1), 1);
	assert_int_equal(pt_model_count_leaves(&space, 2), 1);
	assert_int_equal(pt_model_count_leaves(&space, 3), 1);
	assert_mapped(64, 128, RW);
	assert_mapped(127, 191, RW);
	assert_mapped(136, 200, RW);
	assert_unmapped(137);
}

static void test_paging_map_misaligned_phys_uses_small_pages(void **state)
{
	(void)state;
	assert_int_equal(map(64, 1, 64, RW), 0);
	assert_int_equal(pt_model_count_leaves(&space, 3), 64);
}

static void test_paging_map_no_huge_uses_small_pages(void **state)
{
	(void)state;
	assert_int_equal(map(64, 64, 64, RW | PT_NO_HUGE), 0);
	assert_int_equal(pt_model_count_leaves(&space, 3), 64);
}

static void test_paging_map_no_huge_splits_what_is_there(void **state)
{
	(void)state;
	assert_int_equal(map(64, 64, 64, RW), 0);
	assert_int_equal(map(72, 72, 3, RW | PT_NO_HUGE), 0);
	assert_int_equal(pt_model_count_leaves(&space, 3), 8);
}

static void test_paging_map_no_huge_kept_is_never_merged(void **state)
{
	(void)state;
	space.format = &format_no_huge;
	assert_int_equal(map(0, 0, 8, RW | PT_NO_HUGE), 0);
	assert_int_equal(map(3, 3, 1, RW | PT_NO_HUGE), 0);
	assert_int_equal(pt_model_count_leaves(&space, 3), 8);
	/* ... and asking for the same without it makes them one. */
	assert_int_equal(map(0, 0, 8, RW), 0);
	assert_int_equal(pt_model_count_leaves(&space, 2), 1);
}

static void test_paging_map_last_piece_merges_tables(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < 64; n++)
		assert_int_equal(map(64 + n, 64 + n, 1, RW), 0);
	assert_int_equal(pt_model_count_leaves(&space, 1), 1);
	assert_int_equal(paging_count_tables(&space), 1);
	assert_mapped(100, 100, RW);
}

static void test_paging_map_different_flags_do_not_merge(void **state)
{
	(void)state;
	assert_int_equal(map(0, 0, 7, RW), 0);
	assert_int_equal(map(7, 7, 1, PT_READ), 0);
	assert_int_equal(pt_model_count_leaves(&space, 3), 8);
	assert_mapped(6, 6, RW);
	assert_mapped(7, 7, PT_READ);
}

static void test_paging_map_part_of_large_page_splits_it(void **state)
{
	(void)state;
	assert_int_equal(map(0, 0, 64, RW), 0);
	assert_int_equal(map(20, 500, 1, PT_READ), 0);
	assert_mapped(19, 19, RW);
	assert_mapped(20, 500, PT_READ);
	assert_mapped(21, 21, RW);
	assert_int_equal(pt_model_count_leaves(&space, 2), 7);
	assert_int_equal(pt_model_count_leaves(&space, 3), 8);
	/* Putting it back makes it one page again. */
	assert_int_equal(map(20, 20, 1, RW), 0);
	assert_int_equal(pt_model_count_leaves(&space, 1), 1);
}

static void test_paging_map_same_again_changes_nothing(void **state)
{
	unsigned long before;

	(void)state;
	assert_int_equal(map(0, 0, 64, RW), 0);
	before = pt_model_invalidations();
	assert_int_equal(map(3, 3, 7, RW), 0);
	assert_int_equal(map(0, 0, 64, RW), 0);
	assert_int_equal(pt_model_invalidations(), before);
}

static void test_paging_map_over_tables_frees_them(void **state)
{
	(void)state;
	assert_int_equal(map(64, 1, 64, RW), 0);
	assert_int_equal(map(64, 64, 64, RW), 0);
	assert_int_equal(pt_model_count_leaves(&space, 1), 1);
	assert_int_equal(paging_count_tables(&space), 1);
}

static void test_paging_bad_ranges_are_refused(void **state)
{
	static const struct {
		u64 virt, phys, size;
	} bad[] = {
		{ 0x800, 0, 0x1000 },		   /* virt misaligned */
		{ 0, 0x800, 0x1000 },		   /* phys misaligned */
		{ 0, 0, 0x1800 },		   /* size misaligned */
		{ PT_LIMIT, 0, 0x1000 },	   /* begins beyond */
		{ PT_LIMIT - 0x1000, 0, 0x2000 },  /* ends beyond */
		{ 0, 0, PT_LIMIT + 0x1000 },	   /* too large */
		{ 0x1000, 0, 0xfffffffffffff000 }, /* virt wraps */
		{ 0, 0xfffffffffffff000, 0x2000 }, /* phys wraps */
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(bad); n++) {
		assert_int_equal(paging_map(&space, bad[n].virt, bad[n].phys,
					    bad[n].size, RW),
				 -EINVAL);
		if (!(bad[n].phys))
			assert_int_equal(
				paging_unmap(&space, bad[n].virt, bad[n].size),
				-EINVAL);
	}
	assert_int_equal(paging_count_tables(&space), 0);
}

static void test_paging_whole_range_is_accepted(void **state)
{
	(void)state;
	assert_int_equal(map(0, 0, PT_PAGES, RW), 0);
	assert_int_equal(pt_model_count_leaves(&space, 1), 64);
	assert_mapped(PT_PAGES - 1, PT_PAGES - 1, RW);
	assert_int_equal(unmap(0, PT_PAGES), 0);
	assert_unmapped(0);
	assert_int_equal(paging_lookup(&space, PT_LIMIT, NULL), PHYS_INVALID);
}

static void test_paging_empty_range_does_nothing(void **state)
{
	(void)state;
	assert_int_equal(map(0, 0, 0, RW), 0);
	assert_int_equal(unmap(PT_PAGES, 0), 0);
	assert_int_equal(paging_count_tables(&space), 0);
}

static void test_paging_unmap_nothing_needs_no_memory(void **state)
{
	(void)state;
	drain(0);
	assert_int_equal(unmap(5, 1000), 0);
	assert_int_equal(pt_model_invalidations(), 0);
	refill();
}

static void test_paging_unmap_middle_of_large_page_keeps_rest(void **state)
{
	(void)state;
	assert_int_equal(map(0, 0, 64, RW), 0);
	assert_int_equal(unmap(10, 40), 0);
	assert_mapped(9, 9, RW);
	assert_unmapped(10);
	assert_unmapped(49);
	assert_mapped(50, 50, RW);
}

static void test_paging_unmap_without_memory_changes_nothing(void **state)
{
	unsigned long used;

	(void)state;
	assert_int_equal(map(0, 0, 128, RW), 0);
	/* Each edge needs two tables. */
	for (unsigned long left = 0; left < 4; left++) {
		drain(left);
		used = mem_pool.used;
		assert_int_equal(unmap(10, 80), -ENOMEM);
		assert_int_equal(mem_pool.used, used);
		for (unsigned int n = 0; n < 128; n++)
			assert_mapped(n, n, RW);
		refill();
	}
	drain(4);
	assert_int_equal(unmap(10, 80), 0);
	refill();
}

static void test_paging_map_without_memory_maps_nothing(void **state)
{
	(void)state;
	for (unsigned long left = 0; left < 5; left++) {
		drain(left);
		/* Needs tables: two of level 1, two of 2, one of 3. */
		assert_int_equal(map(448, 1, 72, RW), -ENOMEM);
		for (unsigned int n = 0; n < PT_PAGES; n++)
			assert_unmapped(n);
		assert_int_equal(paging_count_tables(&space), 0);
		refill();
	}
}

static void test_paging_trim_frees_emptied_tables(void **state)
{
	(void)state;
	assert_int_equal(map(5, 5, 1, RW), 0);
	assert_int_equal(map(700, 700, 1, RW), 0);
	assert_int_equal(unmap(5, 1), 0);
	assert_int_equal(paging_count_tables(&space), 6);
	pt_model_touch(&space);
	paging_trim(&space, PAGE(5), PAGE(1));
	pt_model_check(&space);
	assert_int_equal(paging_count_tables(&space), 3);
	assert_mapped(700, 700, RW);
}

static void test_paging_destroy_leaves_an_empty_space(void **state)
{
	(void)state;
	assert_int_equal(map(0, 0, PT_PAGES - 3, RW), 0);
	assert_int_equal(map(77, 1, 3, PT_READ), 0);
	pt_model_touch(&space);
	paging_destroy(&space);
	pt_model_check(&space);
	assert_int_equal(mem_pool.used, 1); /* the root */
	for (unsigned int n = 0; n < PT_PAGES; n++)
		assert_unmapped(n);
}

/* --- properties -------------------------------------------------------- */

struct page {
	bool mapped;
	unsigned int phys; /* page number */
	unsigned int flags;
};

static struct page model[PT_PAGES];

static void assert_is_model(unsigned int virt)
{
	unsigned int flags = 0;
	phys_t phys = paging_lookup(&space, PAGE(virt), &flags);

	if (!model[virt].mapped) {
		assert_int_equal(phys, PHYS_INVALID);
		return;
	}
	assert_int_equal(phys, PHYS(model[virt].phys));
	assert_int_equal(flags & ~PT_NO_HUGE, model[virt].flags);
}

struct change {
	unsigned int virt, phys, pages, flags;
};

/* Mostly such as cells have: linear, by one of few offsets, so that pages can
 * become large ones. */
static struct change random_change(struct prng *prng, unsigned int limit)
{
	static const unsigned int offsets[] = { 0, 64, 512, 8, 1 };
	static const unsigned int flags[] = { PT_READ, RW, RW | PT_DEVICE,
					      RW | PT_EXEC, RW | PT_NO_HUGE };
	struct change change;

	change.virt = prng_below(prng, limit);
	if (prng_below(prng, 2))
		change.virt &= ~7U;
	change.pages = 1 + prng_below(prng, prng_below(prng, 4) ? 20 : 300);
	if (change.pages > limit - change.virt)
		change.pages = limit - change.virt;
	change.phys = change.virt + offsets[prng_below(prng, 5)];
	change.flags = flags[prng_below(prng, 5)];
	return change;
}

static void random_map(struct change change)
{
	int err = map(change.virt, change.phys, change.pages, change.flags);
	unsigned int end = change.virt + change.pages;

	for (unsigned int n = change.virt; n < end; n++) {
		if (err && paging_lookup(&space, PAGE(n), NULL) != PHYS_INVALID)
			continue; /* as it was: compared by the caller */
		model[n].mapped = !err;
		model[n].phys = change.phys + n - change.virt;
		model[n].flags = change.flags & ~PT_NO_HUGE;
	}
	assert_true(err == 0 || err == -ENOMEM);
}

static void random_unmap(struct change change)
{
	int err = unmap(change.virt, change.pages);

	assert_true(err == 0 || err == -ENOMEM);
	for (unsigned int n = 0; !err && n < change.pages; n++)
		model[change.virt + n].mapped = false;
}

static void random_steps(struct prng *prng, unsigned int steps)
{
	unsigned int limit = space.format->level[0].entries * 512;

	memset(model, 0, sizeof(model));
	for (unsigned int step = 0; step < steps; step++) {
		bool scarce = prng_below(prng, 3) == 0;
		struct change change = random_change(prng, limit);

		if (scarce)
			drain(prng_below(prng, 4));
		if (prng_below(prng, 5) < 3)
			random_map(change);
		else
			random_unmap(change);
		refill();
		for (unsigned int n = 0; n < limit; n++)
			assert_is_model(n);
		assert_int_equal(paging_count_tables(&space) + 1,
				 mem_pool.used);
		if (prng_below(prng, 16) == 0) {
			pt_model_touch(&space);
			paging_trim(&space, PAGE(change.virt),
				    PAGE(change.pages));
			pt_model_check(&space);
			for (unsigned int n = 0; n < limit; n++)
				assert_is_model(n);
		}
	}
}

/* Of format_small, with memory in leaves of 8 pages at most. */
static struct pt_format format_devices;

static void use_format_devices(void)
{
	format_devices = format_small;
	format_devices.memory_level = 2;
	space.format = &format_devices;
}

static void test_paging_memory_level_is_for_memory(void **state)
{
	(void)state;
	use_format_devices();
	assert_int_equal(map(0, 0, 64, RW), 0);
	assert_int_equal(map(64, 64, 64, RW | PT_DEVICE), 0);
	assert_int_equal(pt_model_count_leaves(&space, 1), 1);
	assert_int_equal(pt_model_count_leaves(&space, 2), 8);
	/* what comes back is not merged beyond it, but up to it */
	assert_int_equal(unmap(3, 2), 0);
	assert_int_equal(map(3, 3, 2, RW), 0);
	assert_int_equal(unmap(64 + 3, 2), 0);
	assert_int_equal(map(64 + 3, 64 + 3, 2, RW | PT_DEVICE), 0);
	assert_int_equal(pt_model_count_leaves(&space, 1), 1);
	assert_int_equal(pt_model_count_leaves(&space, 2), 8);
	assert_int_equal(pt_model_count_leaves(&space, 3), 0);
}

static void test_paging_random_changes_match_model(void **state)
{
	static const struct pt_format *const formats[] = {
		&format_small, &format_devices, &format_no_huge, &format_pages
	};
	struct prng prng = prng_for(__func__);

	use_format_devices();
	for (size_t n = 0; n < ARRAY_SIZE(formats); n++) {
		assert_int_equal(n ? setup(state) : 0, 0);
		space.format = formats[n];
		random_steps(&prng, 400);
		if (n + 1 < ARRAY_SIZE(formats))
			assert_int_equal(teardown(state), 0);
	}
}

static unsigned int length_of_piece(unsigned int virt, unsigned int end)
{
	unsigned int n = virt + 1;

	while (n < end && model[n].mapped == model[virt].mapped &&
	       model[n].flags == model[virt].flags &&
	       model[n].phys - n == model[virt].phys - virt)
		n++;
	return n - virt;
}

/* In pieces as large as what is alike. */
static void map_back(unsigned int virt, unsigned int end)
{
	while (virt < end) {
		unsigned int pages = length_of_piece(virt, end);

		if (model[virt].mapped)
			assert_int_equal(map(virt, model[virt].phys, pages,
					     model[virt].flags),
					 0);
		virt += pages;
	}
}

static void read_model(void)
{
	memset(model, 0, sizeof(model));
	for (unsigned int n = 0; n < PT_PAGES; n++) {
		phys_t phys = paging_lookup(&space, PAGE(n), &model[n].flags);

		model[n].mapped = phys != PHYS_INVALID;
		if (model[n].mapped)
			model[n].phys =
				(unsigned int)((phys - PHYS(0)) >> PAGE_SHIFT);
	}
}

/* What the root goes through when cells come and go. */
static void test_paging_mapping_back_needs_no_memory(void **state)
{
	struct prng prng = prng_for(__func__);
	unsigned long tables;

	(void)state;
	for (unsigned int round = 0; round < 200; round++) {
		struct change region[6], hole;

		for (size_t n = 0; n < ARRAY_SIZE(region); n++) {
			region[n] = random_change(&prng, 1024);
			assert_int_equal(map(region[n].virt, region[n].phys,
					     region[n].pages, region[n].flags),
					 0);
		}
		read_model();
		hole = random_change(&prng, 1024);
		assert_int_equal(unmap(hole.virt, hole.pages), 0);
		tables = paging_count_tables(&space);

		drain(0);
		map_back(hole.virt, hole.virt + hole.pages);
		for (unsigned int n = 0; n < PT_PAGES; n++)
			assert_is_model(n);
		refill();
		assert_true(paging_count_tables(&space) <= tables);
		pt_model_touch(&space);
		paging_destroy(&space);
		pt_model_check(&space);
	}
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_paging_map_one_page_maps_nothing_else),
		CASE(test_paging_map_aligned_uses_large_pages),
		CASE(test_paging_map_misaligned_phys_uses_small_pages),
		CASE(test_paging_map_no_huge_uses_small_pages),
		CASE(test_paging_map_no_huge_splits_what_is_there),
		CASE(test_paging_map_no_huge_kept_is_never_merged),
		CASE(test_paging_map_last_piece_merges_tables),
		CASE(test_paging_map_different_flags_do_not_merge),
		CASE(test_paging_map_part_of_large_page_splits_it),
		CASE(test_paging_map_same_again_changes_nothing),
		CASE(test_paging_map_over_tables_frees_them),
		CASE(test_paging_bad_ranges_are_refused),
		CASE(test_paging_whole_range_is_accepted),
		CASE(test_paging_empty_range_does_nothing),
		CASE(test_paging_unmap_nothing_needs_no_memory),
		CASE(test_paging_unmap_middle_of_large_page_keeps_rest),
		CASE(test_paging_unmap_without_memory_changes_nothing),
		CASE(test_paging_map_without_memory_maps_nothing),
		CASE(test_paging_trim_frees_emptied_tables),
		CASE(test_paging_destroy_leaves_an_empty_space),
		CASE(test_paging_memory_level_is_for_memory),
		CASE(test_paging_random_changes_match_model),
		CASE(test_paging_mapping_back_needs_no_memory),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
