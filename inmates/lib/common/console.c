/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
#include <stdbool.h>
#include <stdint.h>

#include <asm/calls.h>
#include <inmate/cmdline.h>
#include <inmate/comm.h>
#include <inmate/console.h>
#include <inmate/io.h>
#include <inmate/map.h>
#include <uart.h>

#define CONSOLE_DEFAULT_SIZE 0x1000U

/* Set by console_init() before other CPUs run, then only read. */
static struct uart uart;
static bool use_putc;

static u32 with_flag(u32 flags, const char *key, u32 flag, bool inverted)
{
	bool on = cmdline_bool(key, !!(flags & flag) != inverted);

	return on != inverted ? flags | flag : flags & ~flag;
}

/* What the comm region says, changed by what the command line says */
static struct jailhouse_console console_config(void)
{
	struct jailhouse_console con = comm_region()->console;
	u32 flags = con.flags;
	const struct uart_ops *ops;
	const char *type;
	size_t length;

	type = cmdline_find("con-type", &length);
	if (type) {
		ops = uart_find_name(type, length);
		con.type = ops ? ops->type : JAILHOUSE_CON_TYPE_NONE;
	}
	con.address = cmdline_u64("con-base", con.address);
	con.divider = (u32)cmdline_u64("con-divider", con.divider);
	con.gate_nr = (u32)cmdline_u64("con-gate-nr", con.gate_nr);
	con.clock_reg = cmdline_u64("con-clock-reg", con.clock_reg);
	flags = with_flag(flags, "con-gate-inverted",
			  JAILHOUSE_CON_INVERTED_GATE, false);
	/* one byte distance is the flag not set */
	flags = with_flag(flags, "con-regdist-1", JAILHOUSE_CON_REGDIST_4,
			  true);
	con.flags = (u16)flags;
	return con;
}

static void clock_enable(const struct jailhouse_console *con)
{
	u32 bit, value;

	if (con->clock_reg == 0 || con->gate_nr > 31 ||
	    map_range(con->clock_reg, sizeof(u32), MAP_DEVICE) != 0)
		return;
	bit = 1U << con->gate_nr;
	value = mmio_read32(con->clock_reg);
	value = CON_HAS_INVERTED_GATE(con->flags) ? value & ~bit : value | bit;
	mmio_write32(con->clock_reg, value);
}

static void uart_setup(const struct jailhouse_console *con)
{
	const struct uart_ops *ops = uart_find(con->type);
	size_t size = con->size ? con->size : CONSOLE_DEFAULT_SIZE;

	if (!ops || map_range(con->address, size, MAP_DEVICE) != 0)
		return;
	clock_enable(con);
	uart.base = (volatile void *)(uintptr_t)con->address;
	uart.flags = con->flags;
	uart.divider = con->divider;
	uart.ops = ops;
	ops->init(&uart);
}

void console_init(void)
{
	u32 flags = comm_region()->flags;
	struct jailhouse_console con = console_config();

	use_putc = cmdline_bool("con-virtual",
				flags & JAILHOUSE_COMM_FLAG_DBG_PUTC_ACTIVE);
	if (!use_putc)
		uart_setup(&con);
	/* Better there than nowhere. */
	if (!uart.ops && (flags & JAILHOUSE_COMM_FLAG_DBG_PUTC_PERMITTED))
		use_putc = true;
}

void console_write(const char *text, size_t length)
{
	size_t n;

	if (uart.ops)
		uart_write(&uart, text, length);
	if (!use_putc)
		return;
	for (n = 0; n < length; n++)
		hypercall(JAILHOUSE_HC_DEBUG_CONSOLE_PUTC, (u8)text[n], 0);
}
