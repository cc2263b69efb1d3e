/* SPDX-License-Identifier: GPL-2.0-only OR BSD-2-Clause */
/*
 * Serial interfaces of Renesas R-Car and RZ/G: SCIF, SCIFA and HSCIF differ in
 * where the FIFO and its status are (hardware manuals of R-Car Gen2 and
 * Gen3, chapters of those names). Registers are of 8
 * and 16 bits.
 */
#include <jailhouse/cell-config.h>

#include "drivers.h"
#include "io.h"

/* clang-format off */
#define SCIF_SMR	0x00
#define SCIF_BRR	0x04 /* 8 bits */
#define SCIF_SCR	0x08
#define  SCIF_SCR_RE	(1U << 4)
#define  SCIF_SCR_TE	(1U << 5)
#define SCIF_FCR	0x18
#define  SCIF_FCR_RESET	0x06U /* both FIFOs */

/* Status: as FSR in SCIF and HSCIF, SSR in SCIFA */
#define SCIF_TDFE	(1U << 5)
#define SCIF_TEND	(1U << 6)
/* clang-format on */

struct layout {
	size_t data; /* 8 bits */
	size_t status;
};

static const struct layout layout_scif = { 0x0c, 0x10 };
static const struct layout layout_scifa = { 0x20, 0x14 };

static const struct layout *layout_of(const struct uart *uart)
{
	return uart->ops->type == JAILHOUSE_CON_TYPE_SCIFA ? &layout_scifa
							   : &layout_scif;
}

static u16 read_status(const struct uart *uart)
{
	return uart_io_read16(uart->base, layout_of(uart)->status);
}

static bool scif_ready(const struct uart *uart)
{
	return read_status(uart) & SCIF_TDFE;
}

/* A flag falls by writing 0 to it after it was read as 1. */
static void scif_put(struct uart *uart, char c)
{
	const struct layout *layout = layout_of(uart);

	uart_io_write8(uart->base, layout->data, (unsigned char)c);
	uart_io_write16(uart->base, layout->status,
			(u16)(read_status(uart) & ~(SCIF_TDFE | SCIF_TEND)));
}

static bool scif_idle(const struct uart *uart)
{
	return read_status(uart) & SCIF_TEND;
}

/* The bit rate is that of the clock / (32 * (BRR + 1)). */
static void scif_init(struct uart *uart)
{
	if (uart->divider == 0)
		return;

	uart_drain(uart, scif_idle);
	uart_io_write16(uart->base, SCIF_SCR, 0);
	uart_io_write16(uart->base, SCIF_FCR, SCIF_FCR_RESET);
	uart_io_write16(uart->base, SCIF_SMR, 0); /* 8N1, clock / 1 */
	uart_io_write8(uart->base, SCIF_BRR, (u8)uart->divider);
	uart_io_write16(uart->base, SCIF_FCR, 0);
	uart_io_write16(uart->base, SCIF_SCR, SCIF_SCR_TE | SCIF_SCR_RE);
}

#define SCIF_OPS(symbol, text, con_type)                                       \
	const struct uart_ops symbol = {                                       \
		.name = (text),                                                \
		.type = (con_type),                                            \
		.init = scif_init,                                             \
		.ready = scif_ready,                                           \
		.put = scif_put,                                               \
	}

SCIF_OPS(uart_scif, "SCIF", JAILHOUSE_CON_TYPE_SCIF);
SCIF_OPS(uart_scifa, "SCIFA", JAILHOUSE_CON_TYPE_SCIFA);
SCIF_OPS(uart_hscif, "HSCIF", JAILHOUSE_CON_TYPE_HSCIF);
