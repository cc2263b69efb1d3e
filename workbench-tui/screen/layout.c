// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/layout.h"

#define LEAST_PANE  3	/* a title and two lines */
#define LEAST_TABLE 2	/* rows, beside a pane with the focus */
#define GOOD_TABLE  5	/* rows that others leave to it, if it has them */
#define TWO_ABREAST 140 /* columns that two panes beside each other need */

/* Lines of the head for heights from .height on. */
static const struct head_row {
	unsigned int height, lines;
} heads[] = {
	{ 22, 4 }, { 18, 3 }, { 14, 2 }, { 8, 1 }, { 0, 0 },
};

/* What is left of the screen, from above. */
struct left {
	unsigned int y, height, width;
};

static struct tui_rect take(struct left *left, unsigned int lines)
{
	struct tui_rect rect = { .y = left->y, .width = left->width };

	rect.height = lines < left->height ? lines : left->height;
	left->y += rect.height;
	left->height -= rect.height;
	return rect;
}

static struct tui_rect take_last(struct left *left, unsigned int lines)
{
	struct tui_rect rect = { .width = left->width };

	rect.height = lines < left->height ? lines : left->height;
	left->height -= rect.height;
	rect.y = left->y + left->height;
	return rect;
}

static unsigned int head_lines(unsigned int height)
{
	size_t n = 0;

	while (height < heads[n].height)
		n++;
	return heads[n].lines;
}

static unsigned int smaller(unsigned int a, unsigned int b)
{
	return a < b ? a : b;
}

/* Which panes are seen: as many as fit, first of all the one with the focus.
 * Their numbers go to @seen. */
static size_t choose_panes(const struct tui_layout_input *input, size_t room,
			   size_t *seen)
{
	size_t count = 0, before = room;

	if (!room)
		return 0;
	if (input->focus >= 0 && (size_t)input->focus >= room)
		before = room - 1;
	for (size_t n = 0; n < input->num_panes && count < room; n++) {
		if (n < before || n == (size_t)input->focus)
			seen[count++] = n;
	}
	return count;
}

/* Lines of panes beside each other. */
struct shelf {
	unsigned int height;
	size_t wants; /* with its title */
};

/* Each shelf gets the least, then what it wants, from above; what is left over
 * is the last one's, where news come. */
static void set_shelves(const struct tui_layout_input *input,
			const size_t *seen, size_t count, size_t abreast,
			unsigned int height, struct shelf *shelves)
{
	const size_t num = (count + abreast - 1) / abreast;
	unsigned int left = height - (unsigned int)num * LEAST_PANE;

	for (size_t n = 0; n < num; n++)
		shelves[n] = (struct shelf){ LEAST_PANE, 0 };
	for (size_t n = 0; n < count; n++) {
		struct shelf *shelf = &shelves[n / abreast];

		if (input->wants[seen[n]] + 1 > shelf->wants)
			shelf->wants = input->wants[seen[n]] + 1;
	}
	/* in rounds, so that none takes all */
	for (bool given = true; given && left;) {
		given = false;
		for (size_t n = 0; n < num && left; n++) {
			if (shelves[n].height >= shelves[n].wants)
				continue;
			shelves[n].height++;
			left--;
			given = true;
		}
	}
	shelves[num - 1].height += left;
}

static void place_panes(const struct tui_layout_input *input,
			const struct left *left, const size_t *seen,
			size_t count, size_t abreast, struct tui_layout *layout)
{
	const unsigned int half = left->width / 2;
	struct shelf shelves[TUI_MAX_PANES];
	unsigned int y = left->y;

	set_shelves(input, seen, count, abreast, left->height, shelves);
	for (size_t n = 0; n < count; n++) {
		struct tui_rect *pane = &layout->panes[seen[n]];
		bool right = n % abreast;
		bool alone = abreast == 1 || (n + 1 == count && !right);

		pane->x = right ? half + 1 : 0;
		pane->y = y;
		pane->height = shelves[n / abreast].height;
		pane->width = alone    ? left->width
			      : !right ? half
				       : left->width - half - 1;
		if (alone || right)
			y += pane->height;
	}
}

/* Rows that panes leave to the table in any case. */
static unsigned int least_rows(const struct tui_layout_input *input)
{
	if (input->focus >= 0 || input->num_rows < LEAST_TABLE)
		return LEAST_TABLE;
	return input->num_rows < GOOD_TABLE ? (unsigned int)input->num_rows
					    : GOOD_TABLE;
}

/* Shares what is left between the table and the panes: the table gets as many
 * rows as it has, at most half if panes need the other one. */
static void share(const struct tui_layout_input *input, struct left *left,
		  struct tui_layout *layout)
{
	const size_t abreast = input->width >= TWO_ABREAST ? 2 : 1;
	const unsigned int least = least_rows(input);
	size_t seen[TUI_MAX_PANES], count = 0, room;
	unsigned int table;

	if (left->height > least) {
		room = (left->height - least) / LEAST_PANE * abreast;
		count = choose_panes(
			input, room < TUI_MAX_PANES ? room : TUI_MAX_PANES,
			seen);
	}
	if (!count) {
		layout->table = take(left, left->height);
		return;
	}
	table = left->height -
		(unsigned int)((count + abreast - 1) / abreast) * LEAST_PANE;
	table = smaller(table,
			left->height / 2 > least ? left->height / 2 : least);
	if (input->num_rows < table)
		table = input->num_rows < least ? least
						: (unsigned int)input->num_rows;
	layout->table = take(left, table);
	place_panes(input, left, seen, count, abreast, layout);
}

void tui_layout(const struct tui_layout_input *input, struct tui_layout *layout)
{
	struct left left = { .height = input->height, .width = input->width };

	*layout = (struct tui_layout){ 0 };
	if (input->height >= 4)
		layout->footer = take_last(&left, 1);
	if (input->height >= 3)
		layout->title = take(&left, 1);
	if (input->num_tabs > 1 && input->height >= 8)
		layout->tabs = take(&left, 1);
	layout->head = take(&left, head_lines(input->height));
	if (left.height > 1)
		layout->header = take(&left, 1);
	share(input, &left, layout);
}

size_t tui_window(size_t count, size_t height, size_t first, long selected)
{
	if (count <= height || !height)
		return height || selected < 0 ? 0 : (size_t)selected;
	if (selected >= 0 && (size_t)selected < first)
		first = (size_t)selected;
	if (selected >= 0 && (size_t)selected >= first + height)
		first = (size_t)selected - height + 1;
	return first > count - height ? count - height : first;
}

/* --- columns -------------------------------------------------------------- */

static bool is_shown(const struct tui_fit *fits, size_t index, size_t skip)
{
	size_t scrolling = 0;

	if (fits[index].fixed)
		return true;
	for (size_t n = 0; n < index; n++)
		scrolling += !fits[n].fixed;
	return scrolling >= skip;
}

/* Widths with a blank behind each but the last one. */
static unsigned int sum(const struct tui_fit *fits, size_t count)
{
	unsigned int width = 0;

	for (size_t n = 0; n < count; n++)
		width += fits[n].columns ? fits[n].columns + 1 : 0;
	return width ? width - 1 : 0;
}

/* What is too much goes: from the last one on. */
static void shrink(struct tui_fit *fits, size_t count, unsigned int width)
{
	for (size_t n = count; n-- && sum(fits, count) > width;) {
		unsigned int over = sum(fits, count) - width;

		if (fits[n].columns)
			fits[n].columns -=
				smaller(over, fits[n].columns - fits[n].least);
	}
	for (size_t n = count; n-- && sum(fits, count) > width;)
		fits[n].columns = 0;
}

/* Adds those that need not be there, as long as they fit. */
static void add_others(struct tui_fit *fits, size_t count, size_t skip,
		       unsigned int width)
{
	for (size_t n = 0; n < count; n++) {
		if (fits[n].keeps || !is_shown(fits, n, skip))
			continue;
		fits[n].columns = fits[n].width;
		if (sum(fits, count) <= width)
			continue;
		fits[n].columns = fits[n].least;
		if (sum(fits, count) <= width)
			continue;
		fits[n].columns = 0;
		return;
	}
}

void tui_fit_columns(struct tui_fit *fits, size_t count, size_t skip,
		     unsigned int width)
{
	unsigned int at = 0, left;

	for (size_t n = 0; n < count; n++)
		fits[n].columns = fits[n].keeps && is_shown(fits, n, skip)
					  ? fits[n].width
					  : 0;
	shrink(fits, count, width);
	add_others(fits, count, skip, width);
	left = width - sum(fits, count);
	for (size_t n = count; n-- && left;) {
		if (!fits[n].stretches || !fits[n].columns)
			continue;
		fits[n].columns += left;
		left = 0;
	}
	for (size_t n = 0; n < count; n++) {
		fits[n].at = at;
		at += fits[n].columns ? fits[n].columns + 1 : 0;
	}
}
