// SPDX-License-Identifier: GPL-2.0-or-later
/* printk, its limit for guests, and the rings behind the consoles. */
#include "hv_test.h"

#include <hv/console.h>
#include <hv/printk.h>

#define SECOND 1000000ULL

static const struct jailhouse_console pl011 = {
	.address = 0x9000000,
	.size = 0x1000,
	.type = JAILHOUSE_CON_TYPE_PL011,
	.flags = JAILHOUSE_CON_ACCESS_MMIO,
};

static const struct jailhouse_cell_desc config = { .name = "cell" };
static struct cell cell;
static struct cell_console console;
static u8 content[CELL_CONSOLE_SIZE];

static int setup(void **state)
{
	(void)state;
	host_memory_reset(0);
	host_clock_set(1);
	host_console_reset();
	host_uart_reset();
	cell = (struct cell){ .config = &config };
	console = (struct cell_console){ .content = content };
	return 0;
}

static void puts_cell(const char *text)
{
	while (*text)
		cell_console_putc(&console, *text++);
}

/* --- printk ------------------------------------------------------------ */

static void test_printk_writes_the_ring(void **state)
{
	(void)state;
	printk("CPU %u: %s\n", 3, "here");
	assert_string_equal(host_console_text(), "CPU 3: here\n");
}

static void test_printk_255_bytes_are_whole(void **state)
{
	char text[256];

	(void)state;
	memset(text, 'x', 255);
	text[255] = '\0';
	printk("%s", text);
	assert_string_equal(host_console_text(), text);
}

static void test_printk_longer_text_is_cut_visibly(void **state)
{
	char text[400];
	const char *out;

	(void)state;
	memset(text, 'x', sizeof(text) - 1);
	text[sizeof(text) - 1] = '\0';
	printk("%s", text);
	out = host_console_text();
	assert_int_equal(strlen(out), 255);
	assert_string_equal(out + 251, "...\n");
}

static unsigned int lines(void)
{
	unsigned int count = 0;

	for (const char *c = host_console_text(); *c; c++)
		count += *c == '\n';
	return count;
}

static void flood(unsigned int count)
{
	while (count-- > 0)
		printk_guest(&cell, "x\n");
}

static void test_printk_guest_passes_a_burst(void **state)
{
	(void)state;
	flood(100);
	assert_int_equal(lines(), 20);
}

static void test_printk_guest_says_what_was_dropped(void **state)
{
	(void)state;
	flood(100);
	host_console_reset();
	host_clock_set(1 + SECOND / 10);
	printk_guest(&cell, "%s\n", "next");
	assert_string_equal(host_console_text(),
			    "(80 lines suppressed)\nnext\n");
	host_clock_set(1 + SECOND / 5);
	host_console_reset();
	printk_guest(&cell, "last\n");
	assert_string_equal(host_console_text(), "last\n");
}

static void test_printk_guest_refills_ten_a_second(void **state)
{
	(void)state;
	flood(20);
	for (unsigned int tenth = 1; tenth <= 30; tenth++) {
		host_console_reset();
		host_clock_set(1 + tenth * SECOND / 10);
		flood(5);
		/* the one that passes, and how many did not before it */
		assert_int_equal(lines(), tenth == 1 ? 1 : 2);
	}
}

static void test_printk_guest_keeps_the_rest_of_a_refill(void **state)
{
	(void)state;
	flood(20);
	host_console_reset();
	/* Two steps of 0.15 s are three lines, not two. */
	host_clock_set(1 + SECOND * 15 / 100);
	flood(1);
	host_clock_set(1 + SECOND * 30 / 100);
	flood(2);
	assert_int_equal(lines(), 3);
}

static void test_printk_guest_silence_fills_no_more_than_a_burst(void **state)
{
	(void)state;
	flood(20);
	host_console_reset();
	host_clock_set(1 + 3600 * SECOND);
	flood(100);
	assert_int_equal(lines(), 20);
}

static void test_printk_guest_cells_do_not_share(void **state)
{
	struct cell other = { .config = &config };

	(void)state;
	flood(100);
	host_console_reset();
	printk_guest(&other, "y\n");
	assert_string_equal(host_console_text(), "y\n");
}

/* --- the merged ring --------------------------------------------------- */

static void test_console_ring_wraps(void **state)
{
	const struct jailhouse_console_page *ring = &console_page.ring;
	u64 before = ring->head;
	char text[16];

	(void)state;
	for (unsigned int n = 0; n < 1000; n++) {
		hv_snprintf(text, sizeof(text), "line %u\n", n);
		console_write(text, strlen(text));
	}
	assert_int_equal(ring->head - before, 10 * 7 + 90 * 8 + 900 * 9);
	assert_int_equal(ring->size, PAGE_SIZE - sizeof(*ring));
	/* The end is there, at head modulo size. */
	for (unsigned int n = 0; n < 9; n++)
		assert_int_equal(
			ring->content[(ring->head - 9 + n) % ring->size],
			"line 999\n"[n]);
}

static void test_console_uart_gets_the_same(void **state)
{
	(void)state;
	console_write("before\n", 7);
	debug_console_init(&pl011);
	console_write("with\n", 5);
	debug_console_shutdown();
	console_write("after\n", 6);
	assert_string_equal(host_uart_text(), "with\r\n");
	assert_string_equal(host_console_text(), "before\nwith\nafter\n");
}

static void test_console_uart_unknown_is_left_alone(void **state)
{
	struct jailhouse_console bad[] = {
		{ .type = JAILHOUSE_CON_TYPE_NONE, .flags = 1, .size = 8 },
		{ .type = 0xffff, .flags = 1, .size = 8 },
		/* by port, and without registers */
		{ .type = JAILHOUSE_CON_TYPE_PL011, .size = 8 },
		{ .type = JAILHOUSE_CON_TYPE_PL011, .flags = 1 },
	};

	(void)state;
	for (size_t n = 0; n < ARRAY_SIZE(bad); n++)
		debug_console_init(&bad[n]);
	console_write("text\n", 5);
	assert_string_equal(host_uart_text(), "");
}

/* What the handler of a fault in the UART driver does. */
static void uart_faults(void)
{
	printk("FATAL: fault\n");
	panic("stopping\n");
}

static void print_a_line(void *arg)
{
	(void)arg;
	printk("line\n");
}

static void test_console_fault_while_printing_is_told(void **state)
{
	static struct cpu cpu;

	(void)state;
	cpu_local.cpu = &cpu;
	debug_console_init(&pl011);
	host_uart_hook = uart_faults;
	assert_string_equal(host_expect_panic(print_a_line, NULL),
			    "stopping\n");
	host_uart_hook = NULL;
	/* The lock is free, the UART is left alone, the ring has all. */
	printk("next\n");
	assert_string_equal(host_console_text(), "line\nFATAL: fault\nnext\n");
	assert_string_equal(host_uart_text(), "");
	cpu_local.cpu = NULL;
}

/* --- rings of cells ---------------------------------------------------- */

static void test_cell_console_line_is_merged_when_it_ends(void **state)
{
	(void)state;
	puts_cell("hel");
	assert_string_equal(host_console_text(), "");
	printk("hypervisor\n");
	puts_cell("lo\n");
	assert_string_equal(host_console_text(), "hypervisor\nhello\n");
}

static void test_cell_console_long_line_is_merged_in_parts(void **state)
{
	(void)state;
	for (unsigned int n = 0; n < CONSOLE_LINE_MAX - 1; n++)
		puts_cell("x");
	assert_string_equal(host_console_text(), "");
	puts_cell("x");
	assert_int_equal(strlen(host_console_text()), CONSOLE_LINE_MAX);
	puts_cell("y\n");
	assert_string_equal(host_console_text() + CONSOLE_LINE_MAX, "y\n");
}

static size_t read_cell(u64 *position, u64 *lost, char *buf, size_t size)
{
	u64 end;
	size_t count = cell_console_read(&console, position, lost, &end,
					 (u8 *)buf, size);

	assert_int_equal(end, console.head);
	return count;
}

static void test_cell_console_read_goes_on(void **state)
{
	u64 position = 0, lost;
	char buf[8];

	(void)state;
	puts_cell("0123456789");
	assert_int_equal(read_cell(&position, &lost, buf, 6), 6);
	assert_memory_equal(buf, "012345", 6);
	assert_int_equal(read_cell(&position, &lost, buf, 8), 4);
	assert_memory_equal(buf, "6789", 4);
	assert_int_equal(position, 10);
	assert_int_equal(lost, 0);
	assert_int_equal(read_cell(&position, &lost, buf, 8), 0);
}

static void test_cell_console_read_beyond_head_is_at_the_end(void **state)
{
	u64 position = ~0ULL, lost;
	char buf[8];

	(void)state;
	puts_cell("text");
	assert_int_equal(read_cell(&position, &lost, buf, 8), 0);
	assert_int_equal(position, 4);
	assert_int_equal(lost, 0);
}

static void test_cell_console_read_counts_lost_bytes(void **state)
{
	u64 position = 0, lost;
	char buf[4];

	(void)state;
	for (unsigned int n = 0; n < CELL_CONSOLE_SIZE + 100; n++)
		cell_console_putc(&console, (char)('0' + n % 10));
	assert_int_equal(read_cell(&position, &lost, buf, 4), 4);
	assert_int_equal(lost, 100);
	assert_memory_equal(buf, "0123", 4);
	assert_int_equal(position, 104);
	assert_int_equal(read_cell(&position, &lost, buf, 4), 4);
	assert_int_equal(lost, 0);
}

static void test_console_ring_read_matches_model(void **state)
{
	struct prng prng = prng_for(__func__);
	u8 ring[37], dest[64];

	(void)state;
	for (unsigned int round = 0; round < 5000; round++) {
		u64 head = prng_below(&prng, 200), lost;
		u64 ask = prng_below(&prng, 220), position = ask;
		size_t size = prng_below(&prng, sizeof(dest)), count;
		u64 oldest = head > sizeof(ring) ? head - sizeof(ring) : 0;
		u64 from = ask > head ? head : ask < oldest ? oldest : ask;

		for (u64 n = oldest; n < head; n++)
			ring[n % sizeof(ring)] = (u8)n;
		count = console_ring_read(ring, sizeof(ring), head, &position,
					  &lost, dest, size);
		assert_int_equal(count, MIN(size, head - from));
		assert_int_equal(position, from + count);
		assert_int_equal(lost, ask < oldest ? oldest - ask : 0);
		for (size_t n = 0; n < count; n++)
			assert_int_equal(dest[n], (u8)(from + n));
	}
}

static void test_console_ring_read_without_a_ring_gives_nothing(void **state)
{
	u64 position = 5, lost;
	u8 dest[4];

	(void)state;
	assert_int_equal(console_ring_read(NULL, 0, 0, &position, &lost, dest,
					   sizeof(dest)),
			 0);
	assert_int_equal(position, 0);
}

#define CASE(name) cmocka_unit_test_setup(name, setup)

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(test_printk_writes_the_ring),
		CASE(test_printk_255_bytes_are_whole),
		CASE(test_printk_longer_text_is_cut_visibly),
		CASE(test_printk_guest_passes_a_burst),
		CASE(test_printk_guest_says_what_was_dropped),
		CASE(test_printk_guest_refills_ten_a_second),
		CASE(test_printk_guest_keeps_the_rest_of_a_refill),
		CASE(test_printk_guest_silence_fills_no_more_than_a_burst),
		CASE(test_printk_guest_cells_do_not_share),
		CASE(test_console_ring_wraps),
		CASE(test_console_uart_gets_the_same),
		CASE(test_console_uart_unknown_is_left_alone),
		CASE(test_console_fault_while_printing_is_told),
		CASE(test_cell_console_line_is_merged_when_it_ends),
		CASE(test_cell_console_long_line_is_merged_in_parts),
		CASE(test_cell_console_read_goes_on),
		CASE(test_cell_console_read_beyond_head_is_at_the_end),
		CASE(test_cell_console_read_counts_lost_bytes),
		CASE(test_console_ring_read_matches_model),
		CASE(test_console_ring_read_without_a_ring_gives_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
