// SPDX-License-Identifier: GPL-2.0-or-later
/* CPUs, pools, load and memory of the machine. */
#include "screen/view.h"

#include <stdio.h>
#include <string.h>

#include "screen/bar.h"
#include "screen/text.h"

#define MAX_PARTS 256
#define CHIP	  5 /* columns of "2[b] " */

/* --- pieces --------------------------------------------------------------- */

static unsigned int put_label(struct tui_canvas *canvas,
			      const struct tui_rect *at, const char *label)
{
	unsigned int used =
		tui_put(canvas, at->x, at->y, at->width, TUI_LABEL, label);

	return used < at->width ? used + 1 : at->width;
}

static enum tui_style cpu_style(const struct tui_model *model,
				const struct tui_cpu *cpu)
{
	return cpu->failed ? TUI_BAD : tui_owner_style(model, cpu->owner);
}

/* "0[R] 1[R] 2[a!]": with numbers, as long as there is room. */
static bool draw_chips(struct tui_canvas *canvas, const struct tui_model *model,
		       const struct tui_rect *at)
{
	unsigned int x = 0;

	for (size_t n = 0; n < model->num_cpus; n++)
		x += CHIP + (model->cpus[n].cpu > 9) +
		     (model->cpus[n].cpu > 99) + model->cpus[n].failed;
	if (x > at->width + 1)
		return false;
	x = at->x;
	for (size_t n = 0; n < model->num_cpus; n++) {
		const struct tui_cpu *cpu = &model->cpus[n];
		char text[16];

		x += tui_printf(canvas, x, at->y, 4, TUI_NORMAL, "%u",
				cpu->cpu % 10000);
		snprintf(text, sizeof(text), "[%c%s]",
			 tui_owner_letter(model, cpu->owner),
			 cpu->failed ? "!" : "");
		x += tui_put(canvas, x, at->y, 4, cpu_style(model, cpu), text);
		x++;
	}
	return true;
}

/* "RRRRaab!" and how many more there are */
static void draw_strip(struct tui_canvas *canvas, const struct tui_model *model,
		       const struct tui_rect *at)
{
	size_t shown = model->num_cpus;

	if (shown > at->width)
		shown = at->width > 8 ? at->width - 6 : 0;
	for (size_t n = 0; n < shown; n++) {
		const struct tui_cpu *cpu = &model->cpus[n];
		const char letter[] = {
			cpu->failed ? '!' : tui_owner_letter(model, cpu->owner),
			0,
		};

		tui_put(canvas, at->x + (unsigned int)n, at->y, 1,
			cpu_style(model, cpu), letter);
	}
	if (shown < model->num_cpus)
		tui_printf(canvas, at->x + (unsigned int)shown, at->y,
			   at->width - (unsigned int)shown, TUI_NORMAL, " +%zu",
			   model->num_cpus - shown);
}

static void draw_cpus(struct tui_canvas *canvas, const struct tui_model *model,
		      const struct tui_rect *at)
{
	struct tui_rect rest = *at;
	unsigned int used = put_label(canvas, at, "CPU");

	rest.x += used;
	rest.width -= used;
	if (!model->num_cpus)
		tui_put(canvas, rest.x, rest.y, rest.width, TUI_DIM, "-");
	else if (!draw_chips(canvas, model, &rest))
		draw_strip(canvas, model, &rest);
}

/* "pool [|||    71/994]"; its number alone if there is little room */
static void draw_gauge(struct tui_canvas *canvas, const struct tui_rect *at,
		       const char *label, const struct tui_gauge *gauge,
		       const char *text)
{
	bool known = gauge->used != TUI_NO_VALUE &&
		     gauge->size != TUI_NO_VALUE && gauge->size;
	bool full = known && gauge->used > gauge->size / 10 * 9;
	enum tui_style style = full ? TUI_BAD : TUI_GOOD;
	unsigned int used = put_label(canvas, at, label), length;
	unsigned int inside = at->width - used, x = at->x + used, fill;

	length = tui_text_width(text, canvas->ascii) + full;
	if (known && inside < length) {
		tui_printf(canvas, x, at->y, inside,
			   full ? TUI_BAD : TUI_NORMAL, "%u%%%s",
			   tui_bar_fill(gauge->used, gauge->size, 100),
			   full ? "!" : "");
		return;
	}
	if (inside < length + 6) {
		tui_printf(canvas, x, at->y, inside,
			   full ? TUI_BAD : TUI_NORMAL, "%s%s", text,
			   full ? "!" : "");
		return;
	}
	inside -= 2;
	tui_put(canvas, x, at->y, 1, TUI_STRONG, "[");
	tui_put(canvas, x + 1 + inside, at->y, 1, TUI_STRONG, "]");
	fill = known ? tui_bar_fill(gauge->used, gauge->size, inside) : 0;
	for (unsigned int n = 0; n < fill; n++)
		tui_put(canvas, x + 1 + n, at->y, 1, style, "|");
	tui_printf(canvas, x + 1 + inside - length, at->y, length,
		   full ? TUI_BAD : TUI_NORMAL, "%s%s", text, full ? "!" : "");
}

static void draw_pages(struct tui_canvas *canvas, const struct tui_rect *at,
		       const char *label, const struct tui_gauge *gauge)
{
	char text[64] = "-";

	if (gauge->used != TUI_NO_VALUE && gauge->size != TUI_NO_VALUE)
		snprintf(text, sizeof(text), "%llu/%llu",
			 (unsigned long long)gauge->used,
			 (unsigned long long)gauge->size);
	draw_gauge(canvas, at, label, gauge, text);
}

static void draw_memory(struct tui_canvas *canvas,
			const struct tui_model *model,
			const struct tui_rect *at)
{
	char used[24], size[24], text[64] = "-";

	if (model->memory.size != TUI_NO_VALUE) {
		tui_format_bytes(model->memory.used, used, sizeof(used));
		tui_format_bytes(model->memory.size, size, sizeof(size));
		snprintf(text, sizeof(text), "%s/%s", used, size);
	}
	draw_gauge(canvas, at, "mem", &model->memory, text);
}

static void draw_load(struct tui_canvas *canvas, const struct tui_model *model,
		      const struct tui_rect *at)
{
	unsigned int used = put_label(canvas, at, "root load");
	unsigned int x = at->x + used, end = at->x + at->width;

	for (int n = 0; n < 3 && x < end; n++) {
		uint64_t load = model->load_milli[n];
		char text[24] = "-";

		if (load != TUI_NO_VALUE)
			snprintf(text, sizeof(text), "%llu.%02llu",
				 (unsigned long long)(load / 1000),
				 (unsigned long long)(load % 1000 / 10));
		if (tui_text_width(text, true) > end - x)
			break; /* rather two of them than a broken one */
		x += tui_put(canvas, x, at->y, end - x,
			     n ? TUI_NORMAL : TUI_STRONG, text) +
		     1;
	}
}

static void draw_console(struct tui_canvas *canvas,
			 const struct tui_model *model,
			 const struct tui_rect *at)
{
	uint64_t rate = model->console_bytes.rate_milli;
	unsigned int used = put_label(canvas, at, "console");
	char text[32];

	if (rate == TUI_NO_VALUE) {
		snprintf(text, sizeof(text), "-");
	} else {
		tui_format_bytes(rate / 1000, text, sizeof(text) - 4);
		strcat(text, rate / 1000 < 1024 ? "B/s" : "/s");
	}
	tui_put(canvas, at->x + used, at->y, at->width - used, TUI_NORMAL,
		text);
}

/* --- memory by owner ------------------------------------------------------ */

static void draw_ram(struct tui_canvas *canvas, const struct tui_model *model,
		     const struct tui_rect *at)
{
	unsigned int used = put_label(canvas, at, "RAM");
	unsigned int columns[MAX_PARTS], x = at->x + used;
	uint64_t sizes[MAX_PARTS];
	size_t count = model->num_segments;

	if (count > MAX_PARTS)
		count = MAX_PARTS;
	for (size_t n = 0; n < count; n++)
		sizes[n] = model->segments[n].bytes;
	tui_bar_share(sizes, count, at->width - used, columns);
	if (!count)
		tui_put(canvas, x, at->y, at->width - used, TUI_DIM, "-");
	for (size_t n = 0; n < count; n++) {
		int owner = model->segments[n].owner;
		const struct tui_rect part = { x, at->y, columns[n], 1 };
		const char sign[] = { tui_owner_letter(model, owner), '\0' };

		tui_fill(canvas, &part, tui_owner_style(model, owner), sign);
		x += columns[n];
	}
}

static uint64_t owned(const struct tui_model *model, int owner)
{
	uint64_t bytes = 0;

	for (size_t n = 0; n < model->num_segments; n++) {
		if (model->segments[n].owner == owner)
			bytes += model->segments[n].bytes;
	}
	return bytes;
}

/* "R root 3.4G  a rtos 64M": who the letters are */
static void draw_legend(struct tui_canvas *canvas,
			const struct tui_model *model,
			const struct tui_rect *at)
{
	static const struct {
		int owner;
		const char *name;
	} others[] = {
		{ TUI_HYPERVISOR, "hypervisor" },
		{ TUI_SHARED, "shared" },
		{ TUI_NOBODY, "free" },
	};
	const size_t num_others = sizeof(others) / sizeof(others[0]);
	unsigned int x = at->x + 4, end = at->x + at->width;

	for (size_t n = 0; n < model->num_cells + num_others; n++) {
		bool is_cell = n < model->num_cells;
		int owner =
			is_cell ? (int)n : others[n - model->num_cells].owner;
		const char *name = !is_cell ? others[n - model->num_cells].name
				   : model->cells[n].id == 0
					   ? "root"
					   : model->cells[n].name;
		uint64_t bytes = owned(model, owner);
		char size[24], text[128];

		if (!bytes)
			continue;
		tui_format_bytes(bytes, size, sizeof(size));
		snprintf(text, sizeof(text), " %s %s", name, size);
		if (x + 1 + tui_text_width(text, canvas->ascii) > end)
			break;
		x += tui_printf(canvas, x, at->y, 1,
				tui_owner_style(model, owner), "%c",
				tui_owner_letter(model, owner));
		x += tui_put(canvas, x, at->y, end - x, TUI_NORMAL, text) + 2;
	}
}

/* --- lines ---------------------------------------------------------------- */

/* Column @index of @count of a line. */
static struct tui_rect part(const struct tui_rect *line, unsigned int index,
			    unsigned int count)
{
	unsigned int begin = line->width * index / count;
	unsigned int end = line->width * (index + 1) / count;

	return (struct tui_rect){ line->x + begin, line->y,
				  end - begin - (index + 1 < count ? 2 : 0),
				  1 };
}

static void line_all(struct tui_canvas *canvas, const struct tui_model *model,
		     const struct tui_rect *line)
{
	struct tui_rect at = part(line, 0, 2);

	draw_cpus(canvas, model, &at);
	at = part(line, 2, 4);
	draw_pages(canvas, &at, "pool", &model->mem_pool);
	at = part(line, 3, 4);
	draw_memory(canvas, model, &at);
}

static void line_cpus(struct tui_canvas *canvas, const struct tui_model *model,
		      const struct tui_rect *line)
{
	struct tui_rect at = part(line, 0, 3);

	draw_cpus(canvas, model, &at);
	at = part(line, 1, 3);
	draw_pages(canvas, &at, "pool", &model->mem_pool);
	at = part(line, 2, 3);
	draw_pages(canvas, &at, "remap", &model->remap_pool);
}

static void line_load(struct tui_canvas *canvas, const struct tui_model *model,
		      const struct tui_rect *line)
{
	struct tui_rect at = part(line, 0, 3);

	draw_load(canvas, model, &at);
	at = part(line, 1, 3);
	draw_memory(canvas, model, &at);
	at = part(line, 2, 3);
	draw_console(canvas, model, &at);
}

/* With many CPUs: one line is theirs, and the rest is shared by all. */
static void line_rest(struct tui_canvas *canvas, const struct tui_model *model,
		      const struct tui_rect *line)
{
	struct tui_rect at = part(line, 0, 4);

	draw_load(canvas, model, &at);
	at = part(line, 1, 4);
	draw_memory(canvas, model, &at);
	at = part(line, 2, 4);
	draw_pages(canvas, &at, "pool", &model->mem_pool);
	at = part(line, 3, 4);
	draw_pages(canvas, &at, "remap", &model->remap_pool);
}

typedef void (*line_fn)(struct tui_canvas *canvas,
			const struct tui_model *model,
			const struct tui_rect *line);

/* few CPUs, many CPUs; by number of lines */
static const line_fn plans[2][TUI_MAX_HEAD + 1][TUI_MAX_HEAD] = {
	{ { NULL },
	  { line_all },
	  { line_cpus, line_load },
	  { line_cpus, line_load, draw_ram },
	  { line_cpus, line_load, draw_ram, draw_legend } },
	{ { NULL },
	  { line_all },
	  { draw_cpus, line_rest },
	  { draw_cpus, line_rest, draw_ram },
	  { draw_cpus, line_rest, draw_ram, draw_legend } },
};

void tui_draw_head(struct tui_screen *screen, const struct tui_rect *rect)
{
	const struct tui_model *model = tui_tab(screen)->model;
	bool many = model->num_cpus > rect->width / 3 / CHIP;

	for (unsigned int n = 0; n < rect->height; n++) {
		struct tui_rect line = { 1, rect->y + n, rect->width, 1 };

		line.width = line.width > 2 ? line.width - 2 : 1;
		if (plans[many][rect->height][n])
			plans[many][rect->height][n](&screen->canvas, model,
						     &line);
	}
}
