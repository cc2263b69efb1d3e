/* SPDX-License-Identifier: GPL-2.0-only */
/* What the validator says: one line, written as a whole. */
#include "validate.h"

#include <hv/console.h>
#include <hv/printk.h>

#define LINE_SIZE 256U

static const char *const entry_name[] = {
	[ENTRY_MEMORY] = "memory region",  [ENTRY_CACHE] = "cache region",
	[ENTRY_IRQCHIP] = "irqchip",	   [ENTRY_PIO] = "PIO range",
	[ENTRY_PCI_DEVICE] = "PCI device", [ENTRY_PCI_CAP] = "PCI capability",
	[ENTRY_STREAM_ID] = "stream id",   [ENTRY_IOMMU] = "IOMMU unit",
};

void judge_init(struct judge *judge, const struct config_context *context,
		const struct jailhouse_cell_desc *config, bool is_root)
{
	*judge = (struct judge){
		.context = context,
		.config = config,
		.mem = jailhouse_cell_mem_regions(config),
		.is_root = is_root,
	};
}

struct line {
	char text[LINE_SIZE];
	size_t length;
};

/* Cuts what is too long, and leaves room for the end of the line. */
static void line_vadd(struct line *line, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0)));
static void line_vadd(struct line *line, const char *fmt, va_list args)
{
	size_t room = sizeof(line->text) - 1 - line->length;
	size_t length =
		(size_t)vsnprintf(line->text + line->length, room, fmt, args);

	line->length += MIN(length, room - 1);
}

static void __printf(2, 3) line_add(struct line *line, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	line_vadd(line, fmt, args);
	va_end(args);
}

/* The name may hold anything as long as it was not judged. */
static void line_add_name(struct line *line,
			  const struct jailhouse_cell_desc *config)
{
	line_add(line, "cell \"");
	for (size_t n = 0; n < sizeof(config->name) && config->name[n]; n++)
		line_add(line, "%c",
			 config->name[n] < ' ' ? '?' : config->name[n]);
	line_add(line, "\": ");
}

static void line_add_entry(struct line *line, const struct judge *judge)
{
	const struct jailhouse_memory *mem;
	u64 start;

	if (judge->entry == ENTRY_NONE)
		return;
	line_add(line, "%s %u ", entry_name[judge->entry], judge->index);
	if (judge->entry != ENTRY_MEMORY)
		return;
	mem = &judge->mem[judge->index];
	start = (mem->flags & JAILHOUSE_MEM_COMM_REGION) ? mem->virt_start
							 : mem->phys_start;
	line_add(line, "[0x%llx-0x%llx] ", start, start + mem->size - 1);
}

static void line_finish(struct line *line, const char *fmt, va_list args)
	__attribute__((format(printf, 2, 0)));
static void line_finish(struct line *line, const char *fmt, va_list args)
{
	line_vadd(line, fmt, args);
	line->text[line->length++] = '\n';
	console_write(line->text, line->length);
}

int judge_refuse(const struct judge *judge, int err, const char *fmt, ...)
{
	struct line line = { .length = 0 };
	va_list args;

	line_add(&line, "Refused: ");
	line_add_name(&line, judge->config);
	line_add_entry(&line, judge);
	va_start(args, fmt);
	line_finish(&line, fmt, args);
	va_end(args);
	return err;
}

void judge_warn(struct judge *judge, unsigned int warning, const char *fmt, ...)
{
	struct line line = { .length = 0 };
	va_list args;

	if (judge->warned & (1U << warning))
		return;
	judge->warned |= 1U << warning;
	line_add(&line, "Warning: ");
	line_add_name(&line, judge->config);
	line_add_entry(&line, judge);
	va_start(args, fmt);
	line_finish(&line, fmt, args);
	va_end(args);
}

int system_refuse(int err, const char *fmt, ...)
{
	struct line line = { .length = 0 };
	va_list args;

	line_add(&line, "Refused: system: ");
	va_start(args, fmt);
	line_finish(&line, fmt, args);
	va_end(args);
	return err;
}
