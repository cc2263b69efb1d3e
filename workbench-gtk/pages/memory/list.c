// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/memory/list.h"

#include <jailhouse/cell-config.h>

#include "model/number.h"
#include "model/owner.h"
#include "model/shown.h"
#include "model/text.h"
#include "pages/memory/map.h"
#include "widgets/text_list.h"

static const JhwTextColumn columns[] = {
	{ .title = N_("Seen by") },
	{ .title = N_("Addresses"), .monospace = TRUE },
	{ .title = N_("Size"), .right = TRUE },
	{ .title = N_("Owner"), .swatch = TRUE },
	{ .title = N_("What it is"), .expand = TRUE },
	{ .title = N_("Access") },
};

/* "rwx dma load" */
static char *access_text(uint64_t flags)
{
	static const struct {
		uint64_t flag;
		const char *text;
	} words[] = {
		{ JAILHOUSE_MEM_READ, "r" },	     { JAILHOUSE_MEM_WRITE, "w" },
		{ JAILHOUSE_MEM_EXECUTE, "x" },	     { JAILHOUSE_MEM_DMA, " dma" },
		{ JAILHOUSE_MEM_LOADABLE, " load" }, { JAILHOUSE_MEM_ROOTSHARED, " shared" },
	};
	GString *text = g_string_new(NULL);

	for (guint n = 0; n < G_N_ELEMENTS(words); n++)
		if (flags & words[n].flag)
			g_string_append(text, words[n].text);
	return g_string_free(text, FALSE);
}

static const char *owner_class(const struct jhcfg_workspace *workspace, const JhwSegment *segment)
{
	if (segment->kind == JHW_SEGMENT_LINK || segment->kind == JHW_SEGMENT_SHARED)
		return "owner-shared";
	return segment->cell && segment->kind != JHW_SEGMENT_OVERLAP
		       ? jhw_owner_class(workspace, segment->cell)
		       : NULL;
}

static JhwTextRow *row_of(const struct jhcfg_workspace *workspace, const JhwMemoryRow *row,
			  const JhwSegment *segment)
{
	JhwTextRow *text_row;
	char **texts = g_new0(char *, G_N_ELEMENTS(columns) + 1);

	texts[0] = g_strdup(row->cell ? row->title : _("physical"));
	texts[1] = jhw_shown_range(segment->start, segment->last);
	texts[2] = jhw_number_human(jhw_segment_size(segment));
	texts[3] = g_strdup(segment->owner);
	texts[4] = g_strdup(segment->kind == JHW_SEGMENT_OVERLAP ? _("overlap") : segment->label);
	texts[5] = access_text(segment->flags);
	text_row = jhw_text_row_new(&segment->ref, texts);
	jhw_text_row_set_owner(text_row, owner_class(workspace, segment));
	return text_row;
}

static void add_rows(JhwSession *session, GPtrArray *rows, G_GNUC_UNUSED gpointer data)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(session);
	g_autoptr(JhwMemoryMap) map = jhw_memory_map_new(workspace);

	for (guint n = 0; n < map->rows->len; n++) {
		const JhwMemoryRow *row = map->rows->pdata[n];

		for (guint m = 0; m < row->segments->len; m++)
			g_ptr_array_add(rows, row_of(workspace, row, row->segments->pdata[m]));
	}
}

GtkWidget *jhw_memory_list_new(JhwSession *session)
{
	return jhw_text_list_new(session, _("Memory"), columns, G_N_ELEMENTS(columns), add_rows,
				 NULL);
}
