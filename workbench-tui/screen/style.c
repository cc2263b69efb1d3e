// SPDX-License-Identifier: GPL-2.0-or-later
#include "screen/style.h"

#define NONE	  TUI_COLOR_NONE
#define BOLD	  TUI_ATTR_BOLD
#define DIM	  TUI_ATTR_DIM
#define REVERSE	  TUI_ATTR_REVERSE
#define UNDERLINE TUI_ATTR_UNDERLINE

/* A style's colours for each palette: text, fill. */
struct style_row {
	int rgb[2];
	int indexed[2]; /* of xterm's 256 */
	int basic[2];	/* of the 8 that all have */
	unsigned int attrs;
	unsigned int mono;
};

/*
 * Fills are dark enough for white text (at least 4.5:1), so that they can be
 * read on light and on dark terminals. Texts without a fill are the middle
 * tones that both bear. Reds and greens always come with another sign.
 */
// clang-format off
static const struct style_row styles[TUI_NUM_STYLES] = {
	[TUI_NORMAL] = { { NONE, NONE }, { NONE, NONE }, { NONE, NONE }, 0, 0 },
	[TUI_DIM] = { { 0x808080, NONE }, { 244, NONE }, { NONE, NONE }, 0, 0 },
	[TUI_LABEL] = { { 0x2190a4, NONE }, { 31, NONE }, { 6, NONE }, 0, 0 },
	[TUI_STRONG] = { { NONE, NONE }, { NONE, NONE }, { NONE, NONE },
			 BOLD, BOLD },
	[TUI_TITLE] = { { 0xffffff, 0x3d3846 }, { 255, 237 }, { 7, 4 },
			BOLD, REVERSE },
	[TUI_HEADER] = { { 0xffffff, 0x00695f }, { 255, 23 }, { 0, 2 },
			 0, REVERSE },
	[TUI_HEADER_SORT] = { { 0x000000, 0x8ff0a4 }, { 16, 120 }, { 0, 6 },
			      BOLD, REVERSE | BOLD | UNDERLINE },
	[TUI_SELECTED] = { { 0x000000, 0x62c9dc }, { 16, 80 }, { 0, 6 },
			   0, REVERSE },
	[TUI_SELECTED_BAD] = { { 0xffffff, 0xa51d2d }, { 255, 124 }, { 7, 1 },
			       BOLD, REVERSE | BOLD },
	[TUI_TAGGED] = { { 0xb58900, NONE }, { 136, NONE }, { 3, NONE },
			 BOLD, BOLD },
	[TUI_GOOD] = { { 0x26a269, NONE }, { 35, NONE }, { 2, NONE }, 0, 0 },
	[TUI_WARN] = { { 0xc88800, NONE }, { 172, NONE }, { 3, NONE },
		       BOLD, BOLD },
	[TUI_BAD] = { { 0xe8384f, NONE }, { 197, NONE }, { 1, NONE },
		      BOLD, BOLD | UNDERLINE },
	[TUI_KEY] = { { NONE, NONE }, { NONE, NONE }, { NONE, NONE }, 0, 0 },
	[TUI_KEY_TEXT] = { { 0x000000, 0x62c9dc }, { 16, 80 }, { 0, 6 },
			   0, REVERSE },
	[TUI_PANE] = { { NONE, NONE }, { NONE, NONE }, { NONE, NONE },
		       BOLD, BOLD },
	[TUI_FOCUS] = { { 0x000000, 0x62c9dc }, { 16, 80 }, { 0, 6 },
			BOLD, REVERSE | BOLD },
	[TUI_GRAPH] = { { 0x3584e4, NONE }, { 33, NONE }, { 6, NONE }, 0, 0 },
	[TUI_INPUT] = { { 0xffffff, 0x3d3846 }, { 255, 237 }, { 7, 4 },
			0, UNDERLINE },
	[TUI_FREE] = { { 0x808080, NONE }, { 244, NONE }, { NONE, NONE },
		       0, 0 },
	[TUI_HYPERVISOR_FILL] = { { 0xffffff, 0x613583 }, { 255, 54 },
				  { 7, 5 }, BOLD, REVERSE | BOLD },
	[TUI_SHARED_FILL] = { { 0xffffff, 0x1b7a4e }, { 231, 28 }, { 0, 2 },
			      0, REVERSE },
	[TUI_OWNER_FILL + 0] = { { 0xffffff, 0x5e5c64 }, { 255, 59 },
				 { 0, 7 }, 0, REVERSE },
	[TUI_OWNER_FILL + 1] = { { 0xffffff, 0x1c71d8 }, { 255, 26 },
				 { 7, 4 }, BOLD, REVERSE },
	[TUI_OWNER_FILL + 2] = { { 0xffffff, 0xc64600 }, { 231, 130 },
				 { 0, 3 }, 0, REVERSE },
	[TUI_OWNER_FILL + 3] = { { 0xffffff, 0x9141ac }, { 255, 91 },
				 { 7, 5 }, 0, REVERSE },
	[TUI_OWNER_FILL + 4] = { { 0xffffff, 0x8f613a }, { 255, 94 },
				 { 0, 3 }, BOLD, REVERSE },
	[TUI_OWNER_FILL + 5] = { { 0xffffff, 0x007184 }, { 255, 24 },
				 { 0, 6 }, 0, REVERSE },
	[TUI_OWNER_FILL + 6] = { { 0xffffff, 0xa51d2d }, { 255, 124 },
				 { 7, 1 }, BOLD, REVERSE },
	[TUI_OWNER_FILL + 7] = { { 0xffffff, 0x63452c }, { 255, 58 },
				 { 7, 4 }, 0, REVERSE },
	[TUI_OWNER_FILL + 8] = { { 0xffffff, 0x2b6f2b }, { 255, 22 },
				 { 0, 2 }, BOLD, REVERSE },
};
// clang-format on

enum tui_style tui_style_owner(unsigned int cell_id)
{
	if (!cell_id)
		return TUI_OWNER_FILL;
	return TUI_OWNER_FILL + 1 + (cell_id - 1) % (TUI_NUM_OWNERS - 1);
}

char tui_letter_owner(unsigned int cell_id)
{
	return cell_id ? (char)('a' + (cell_id - 1) % 26) : 'R';
}

struct tui_look tui_style_look(enum tui_style style, enum tui_palette palette)
{
	const struct style_row *row = &styles[style];
	const int mono[2] = { NONE, NONE };
	const int *const colors[] = {
		[TUI_PALETTE_MONO] = mono,
		[TUI_PALETTE_16] = row->basic,
		[TUI_PALETTE_256] = row->indexed,
		[TUI_PALETTE_TRUE] = row->rgb,
	};

	return (struct tui_look){
		.text = colors[palette][0],
		.fill = colors[palette][1],
		.attrs = palette == TUI_PALETTE_MONO ? row->mono : row->attrs,
	};
}
