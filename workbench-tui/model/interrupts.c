// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/interrupts.h"

#include <errno.h>
#include <limits.h>
#include <string.h>

static struct sample_text take_line(struct sample_text *text)
{
	const char *end =
		text->length ? memchr(text->text, '\n', text->length) : NULL;
	struct sample_text line = {
		text->text,
		end ? (size_t)(end - text->text) : text->length,
	};
	size_t used = line.length + !!end;

	text->text += used;
	text->length -= used;
	return line;
}

/* The next word of the line; empty at its end. */
static struct sample_text take_word(struct sample_text *line)
{
	struct sample_text word;

	while (line->length && *line->text == ' ') {
		line->text++;
		line->length--;
	}
	word.text = line->text;
	word.length = 0;
	while (word.length < line->length && word.text[word.length] != ' ')
		word.length++;
	line->text += word.length;
	line->length -= word.length;
	return word;
}

void interrupts_begin(struct interrupt_reader *reader, struct sample_text text)
{
	struct sample_text head;

	reader->rest = text;
	reader->num_cpus = 0;
	if (!text.text)
		return;
	head = take_line(&reader->rest);
	while (take_word(&head).length)
		reader->num_cpus++;
}

/* "9-fasteoi": 9 */
static unsigned int leading_number(struct sample_text word)
{
	size_t digits = 0;
	uint64_t value;

	while (digits < word.length && word.text[digits] >= '0' &&
	       word.text[digits] <= '9')
		digits++;
	value = sample_number(word.text, digits);
	return value < UINT_MAX ? (unsigned int)value : UINT_MAX;
}

static bool begins(struct sample_text word, const char *with)
{
	size_t length = strlen(with);

	return word.length >= length && !memcmp(word.text, with, length);
}

/* INTIDs below it are each CPU's own (ARM IHI 0069H, 2.2.1). */
#define FIRST_SPI 32

/* Chips whose numbers configurations have. */
static bool is_partitioned(struct sample_text chip)
{
	return begins(chip, "GIC") || begins(chip, "IO-APIC");
}

static bool parse_row(struct sample_text line, unsigned int num_cpus,
		      struct interrupt_row *row)
{
	struct sample_text word = take_word(&line), chip, hardware;
	uint64_t irq, count;

	if (word.length < 2 || word.text[word.length - 1] != ':')
		return false;
	irq = sample_number(word.text, word.length - 1);
	if (irq >= UINT_MAX)
		return false;
	*row = (struct interrupt_row){ .irq = (unsigned int)irq };
	for (unsigned int n = 0; n < num_cpus; n++) {
		word = take_word(&line);
		count = sample_number(word.text, word.length);
		if (count == TUI_NO_VALUE)
			return false;
		row->count += count;
	}
	chip = take_word(&line);
	hardware = take_word(&line);
	row->hardware =
		is_partitioned(chip) ? leading_number(hardware) : UINT_MAX;
	if (begins(chip, "GIC") && row->hardware < FIRST_SPI)
		row->hardware = UINT_MAX;
	/* the trigger has a word of its own on Arm */
	word = line;
	chip = take_word(&word);
	if (begins(chip, "Level") || begins(chip, "Edge"))
		line = word;
	while (line.length && *line.text == ' ') {
		line.text++;
		line.length--;
	}
	row->actions = line;
	row->shared = line.length && memchr(line.text, ',', line.length);
	return true;
}

bool interrupts_next(struct interrupt_reader *reader, struct interrupt_row *row)
{
	while (reader->rest.length) {
		if (parse_row(take_line(&reader->rest), reader->num_cpus, row))
			return true;
	}
	return false;
}

/* --- the list ------------------------------------------------------------- */

/* Instead of an owner, until drop_gone(): Linux has it. */
#define SEEN (TUI_SHARED - 1)

static struct tui_irq *find(struct tui_store *store, unsigned int number,
			    size_t *at)
{
	struct tui_irq *irqs = store->irqs.items;
	size_t low = 0, high = store->model.num_irqs;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (irqs[middle].number == number)
			return &irqs[middle];
		if (irqs[middle].number < number)
			low = middle + 1;
		else
			high = middle;
	}
	*at = low;
	return NULL;
}

/* It is made if it is not there; NULL without memory. */
static struct tui_irq *get(struct tui_store *store, unsigned int number)
{
	struct tui_irq *irqs;
	size_t at, count = store->model.num_irqs;
	struct tui_irq *irq = find(store, number, &at);

	if (irq)
		return irq;
	if (tui_pool_reserve(&store->irqs, count + 1, sizeof(*irq)))
		return NULL;
	irqs = store->irqs.items;
	memmove(irqs + at + 1, irqs + at, (count - at) * sizeof(*irqs));
	irqs[at] = (struct tui_irq){
		.number = number,
		.owner = TUI_NOBODY,
		.count = TUI_NO_COUNTER,
	};
	store->model.num_irqs++;
	return &irqs[at];
}

static bool cell_has(const struct tui_cell *cell, unsigned int number)
{
	const struct jhcfg_cell *config =
		cell->config ? jhcfg_config_cell(cell->config) : NULL;
	const struct jhcfg_irqchip *chip;

	for (size_t n = 0; config && (chip = jhcfg_cell_irqchip(config, n));
	     n++) {
		unsigned int pin = number - chip->pin_base;

		if (number >= chip->pin_base && pin < 128 &&
		    chip->pin_bitmap[pin / 32] >> pin % 32 & 1)
			return true;
	}
	return false;
}

/* A cell comes before the root, which has what no cell has taken. */
static int owner_of(const struct tui_model *model, unsigned int number)
{
	for (size_t n = model->num_cells; n-- > 1;) {
		if (cell_has(&model->cells[n], number))
			return (int)n;
	}
	return model->num_cells ? 0 : TUI_NOBODY;
}

static int add_cells(struct tui_store *store)
{
	const struct tui_model *model = &store->model;

	for (size_t n = 1; n < model->num_cells; n++) {
		const struct tui_cell *cell = &model->cells[n];
		const struct jhcfg_irqchip *chip;

		for (size_t c = 0;
		     cell->config &&
		     (chip = jhcfg_cell_irqchip(jhcfg_config_cell(cell->config),
						c));
		     c++) {
			for (unsigned int pin = 0; pin < 128; pin++) {
				if (!(chip->pin_bitmap[pin / 32] >> pin % 32 &
				      1))
					continue;
				if (!get(store, chip->pin_base + pin))
					return -ENOMEM;
			}
		}
	}
	return 0;
}

static int add_rows(struct tui_store *store, const struct sample *sample)
{
	uint64_t ms = store->model.clock_ms - store->before_ms;
	struct interrupt_reader reader;
	struct interrupt_row row;

	interrupts_begin(&reader, sample->interrupts);
	while (interrupts_next(&reader, &row)) {
		struct tui_irq *irq;

		if (row.hardware == UINT_MAX)
			continue;
		irq = get(store, row.hardware);
		if (!irq)
			return -ENOMEM;
		tui_text_copy(irq->name, sizeof(irq->name), row.actions.text,
			      row.actions.length);
		tui_counter_set(&irq->count, row.count, ms);
		irq->owner = SEEN;
	}
	return 0;
}

/* Neither Linux nor a cell has it any more. */
static void drop_gone(struct tui_store *store)
{
	struct tui_model *model = &store->model;
	struct tui_irq *irqs = store->irqs.items;
	size_t kept = 0;

	for (size_t n = 0; n < model->num_irqs; n++) {
		bool taken = irqs[n].owner == SEEN;
		int owner = owner_of(model, irqs[n].number);

		if (!taken && owner <= 0)
			continue;
		if (!taken) {
			irqs[n].count = TUI_NO_COUNTER;
			*irqs[n].name = 0;
		}
		irqs[n].owner = owner;
		if (kept != n)
			irqs[kept] = irqs[n];
		kept++;
	}
	model->num_irqs = kept;
}

int update_irqs(struct tui_store *store, const struct sample *sample)
{
	int err = add_cells(store);

	if (!err)
		err = add_rows(store, sample);
	drop_gone(store);
	store->model.irqs = store->irqs.items;
	return err;
}
