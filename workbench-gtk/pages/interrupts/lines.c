// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/interrupts/lines.h"

#include <string.h>

#include "model/irq.h"
#include "model/link.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/scenario.h"
#include "model/text.h"

#define LINES_A_ROW 32U
#define MAX_LINES   1020U

const char *jhw_line_state_name(JhwLineState state)
{
	static const char *const names[] = {
		[JHW_LINE_UNUSED] = "",
		[JHW_LINE_USED] = "",
		[JHW_LINE_LINK] = N_("link"),
		[JHW_LINE_ORPHAN] = N_("no device has it"),
		[JHW_LINE_CONFLICT] = N_("several cells that run together have it"),
	};

	return jhw_said(names[state]);
}

/* --- how many there are ------------------------------------------------------- */

/* From the cell at @first on. */
static uint32_t last_of_cells(const struct jhcfg_workspace *workspace, size_t first)
{
	uint32_t last = 0, key;

	for (size_t n = first; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		const struct jhcfg_cell *cell = jhw_cell(workspace, key);
		const struct jhcfg_irqchip *chip;

		for (size_t m = 0; cell && (chip = jhcfg_cell_irqchip(cell, m)); m++)
			for (uint32_t bit = 0; bit < 128; bit++)
				if (chip->pin_bitmap[bit / 32] >> (bit % 32) & 1)
					last = MAX(last, chip->pin_base + bit);
	}
	return last;
}

static uint32_t last_of_devices(const struct jhcfg_board *board)
{
	const struct jhcfg_hw_device *device;
	uint32_t last = 0;

	for (size_t n = 0; board && (device = jhcfg_board_device(board, n)); n++)
		for (size_t m = 0; m < device->num_irqs; m++)
			if (!device->irqs[m].nested)
				last = MAX(last, device->irqs[m].number);
	return last;
}

/* All pins are there, whoever uses them. */
static uint32_t last_of_ioapics(const struct jhcfg_board *board)
{
	const struct jhcfg_hw_irqchip *chip;
	uint32_t last = 0;

	for (size_t n = 0; board && (chip = jhcfg_board_irqchip(board, n)); n++)
		if (chip->kind == JHCFG_HW_IOAPIC && chip->num_pins)
			last = MAX(last, chip->gsi_base + chip->num_pins - 1);
	return last;
}

/* The root mostly has all lines that a GIC can have at all: it is asked only if
 * nobody knows better. */
static uint32_t count_lines(const struct jhcfg_workspace *workspace, uint32_t first)
{
	uint32_t of_devices = MAX(last_of_devices(jhcfg_workspace_board(workspace)),
				  last_of_ioapics(jhcfg_workspace_board(workspace)));
	uint32_t last = MAX(last_of_cells(workspace, of_devices ? 1 : 0), of_devices);
	uint32_t count = last >= first ? last - first + 1 : 1;

	return MIN((count + LINES_A_ROW - 1) / LINES_A_ROW * LINES_A_ROW, MAX_LINES - first);
}

/* --- one line ----------------------------------------------------------------- */

static gboolean is_line_of_link(const struct jhcfg_workspace *workspace,
				const struct jhcfg_link *link, uint32_t number)
{
	uint32_t line;

	for (guint id = 0; id < link->num_peers; id++)
		if (link->peers[id] && jhw_link_line(workspace, link, link->peers[id], &line) &&
		    line == number)
			return TRUE;
	return FALSE;
}

static gboolean find_links(const struct jhcfg_workspace *workspace, JhwLine *line, GString *names)
{
	const struct jhcfg_link *link;
	gboolean found = FALSE;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++)
		if (is_line_of_link(workspace, link, line->number)) {
			g_string_append(names, names->len ? ", " : "");
			g_string_append_printf(names, _("link %s"), link->name);
			found = TRUE;
		}
	return found;
}

/* Cells that have it, and whether some of them exclude each other. The root's
 * configuration names what others take from it, too. */
static gboolean find_owners(const struct jhcfg_workspace *workspace, JhwLine *line, GString *names)
{
	g_autoptr(GArray) owners = g_array_new(FALSE, FALSE, sizeof(uint32_t));
	gboolean conflict = FALSE;
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		g_autofree char *name = NULL;

		if (!jhw_irq_has(workspace, key, line->number))
			continue;
		if (key == JHCFG_ROOT_KEY) {
			line->owner = key;
			continue;
		}
		for (guint m = 0; m < owners->len; m++)
			conflict |= jhw_run_together(workspace, key,
						     g_array_index(owners, uint32_t, m));
		name = jhw_cell_title(workspace, key);
		g_string_append_printf(names, "%s%s", names->len ? ", " : "", name);
		g_array_append_val(owners, key);
	}
	if (owners->len)
		line->owner = g_array_index(owners, uint32_t, 0);
	else if (line->owner)
		g_string_append(names, _("root"));
	return conflict;
}

static JhwLine *new_line(const struct jhcfg_workspace *workspace, uint32_t number)
{
	GString *devices = g_string_new(NULL), *owners = g_string_new(NULL);
	JhwLine *line = g_new0(JhwLine, 1);
	g_autofree char *names = NULL;
	gboolean link, conflict;

	line->number = number;
	line->name = jhw_irq_name(workspace, number);
	names = jhw_irq_devices(workspace, number, &line->trigger);
	g_string_append(devices, names);
	link = find_links(workspace, line, devices);
	conflict = find_owners(workspace, line, owners);
	line->devices = g_string_free(devices, FALSE);
	line->owners = g_string_free(owners, FALSE);
	line->colour = line->owner ? jhw_owner_colour(workspace, line->owner) : 0;
	if (conflict)
		line->state = JHW_LINE_CONFLICT;
	else if (link)
		line->state = JHW_LINE_LINK;
	else if (*line->devices)
		line->state = JHW_LINE_USED;
	else if (line->owner && line->owner != JHCFG_ROOT_KEY)
		line->state = JHW_LINE_ORPHAN;
	return line;
}

/* --- all of them -------------------------------------------------------------- */

static void free_line(gpointer data)
{
	JhwLine *line = data;

	g_free(line->name);
	g_free(line->devices);
	g_free(line->owners);
	g_free(line);
}

static char *title_of(const struct jhcfg_workspace *workspace, const JhwLines *lines)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	guint version =
		lines->first ? jhcfg_system_platform(jhcfg_config_system(config))->gic_version : 0;

	if (version)
		return g_strdup_printf(_("%u shared lines (GICv%u), %u used"), lines->lines->len,
				       version, lines->used);
	return g_strdup_printf(_("%u lines, %u used"), lines->lines->len, lines->used);
}

JhwLines *jhw_lines_new(const struct jhcfg_workspace *workspace)
{
	JhwLines *lines = g_new0(JhwLines, 1);
	uint32_t count;

	lines->first = jhw_irq_first(workspace);
	lines->lines = g_ptr_array_new_with_free_func(free_line);
	count = count_lines(workspace, lines->first);
	for (uint32_t n = 0; n < count; n++) {
		JhwLine *line = new_line(workspace, lines->first + n);

		lines->used += line->state != JHW_LINE_UNUSED;
		g_ptr_array_add(lines->lines, line);
	}
	lines->title = title_of(workspace, lines);
	return lines;
}

void jhw_lines_free(JhwLines *lines)
{
	g_ptr_array_unref(lines->lines);
	g_free(lines->title);
	g_free(lines);
}

gboolean jhw_line_matches(const JhwLines *lines, const JhwLine *line, const char *text)
{
	g_autofree char *all = g_strdup_printf("%u %u %s %s %s %s", line->number - lines->first,
					       line->number, line->name, line->devices,
					       line->owners, jhw_line_state_name(line->state));
	g_autofree char *lower = g_ascii_strdown(all, -1);

	return strstr(lower, text) != NULL;
}

/* --- giving ------------------------------------------------------------------- */

struct giving {
	const JhwRefList *refs;
	uint32_t cell;
};

static int give(struct jhcfg_workspace *workspace, gpointer data,
		G_GNUC_UNUSED struct jhcfg_diags *diags)
{
	const struct giving *giving = data;
	int err = 0;

	for (guint n = 0; !err && n < giving->refs->count; n++)
		if (giving->refs->refs[n].kind == JHW_REF_IRQ)
			err = jhw_irq_give(workspace, (uint32_t)giving->refs->refs[n].id,
					   giving->cell);
	return err;
}

gboolean jhw_lines_give(JhwDocument *document, const JhwRefList *refs, uint32_t cell,
			GError **error)
{
	struct giving giving = { refs, cell };
	g_autofree char *to = jhw_cell_title(jhw_document_workspace(document), cell);
	g_autofree char *what =
		refs->count == 1 ? jhw_ref_name(jhw_document_workspace(document), &refs->refs[0])
				 : g_strdup_printf(_("%u interrupts"), refs->count);
	g_autofree char *name = g_strdup_printf(_("Give %s to %s"), what, to);

	return jhw_document_edit(document, name, give, &giving, error);
}
