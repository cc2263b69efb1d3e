// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/review.h"

#include <inttypes.h>

#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/text.h"

static void free_line(gpointer data)
{
	JhwReviewLine *line = data;

	g_free(line->text);
	g_free(line->detail);
	g_free(line);
}

/* Takes over @text. */
static void add(GPtrArray *lines, char *text, const char *detail)
{
	JhwReviewLine *line = g_new0(JhwReviewLine, 1);

	line->text = text;
	line->detail = g_strdup(detail ? detail : "");
	g_ptr_array_add(lines, line);
}

/* --- found ---------------------------------------------------------------------- */

static void add_cpus(GPtrArray *lines, const struct jhcfg_board *board)
{
	guint count = (guint)jhcfg_board_num_cpus(board);
	const struct jhcfg_hw_cpu *first = jhcfg_board_cpu(board, 0);

	if (first)
		add(lines, g_strdup_printf(ngettext("%u CPU", "%u CPUs", count), count),
		    first->source);
}

static void add_memory(GPtrArray *lines, const struct jhcfg_board *board)
{
	const struct jhcfg_hw_memory *memory, *first = NULL;
	g_autofree char *size = NULL;
	uint64_t sum = 0;

	for (size_t n = 0; (memory = jhcfg_board_memory(board, n)); n++) {
		if (memory->kind != JHCFG_HW_RAM)
			continue;
		first = first ? first : memory;
		sum += memory->range.size;
	}
	if (!first)
		return;
	size = jhw_number_human(sum);
	add(lines, g_strdup_printf(_("%s of RAM"), size), first->source);
}

/* One line for each kind of devices, with the first of them as its source. */
static void add_devices(GPtrArray *lines, const struct jhcfg_board *board)
{
	guint counts[64] = { 0 };
	const char *sources[64] = { NULL };
	const struct jhcfg_hw_device *device;

	for (size_t n = 0; (device = jhcfg_board_device(board, n)); n++) {
		guint kind = (guint)device->kind;

		if (kind >= G_N_ELEMENTS(counts))
			continue;
		if (!counts[kind]++)
			sources[kind] = device->source;
	}
	for (guint kind = 0; kind < G_N_ELEMENTS(counts); kind++)
		if (counts[kind])
			add(lines,
			    g_strdup_printf("%s: %u",
					    jhw_device_kind_title((enum jhcfg_hw_device_kind)kind),
					    counts[kind]),
			    sources[kind]);
}

static void add_pci(GPtrArray *lines, const struct jhcfg_board *board)
{
	guint count = (guint)jhcfg_board_num_pci_functions(board);
	const struct jhcfg_hw_pci_function *first = jhcfg_board_pci_function(board, 0);

	if (first)
		add(lines,
		    g_strdup_printf(ngettext("%u PCI function", "%u PCI functions", count), count),
		    first->source);
}

static void add_cells(GPtrArray *lines, const struct jhcfg_workspace *workspace)
{
	guint count = (guint)jhcfg_workspace_num_cells(workspace) - 1;

	if (count)
		add(lines, g_strdup_printf(ngettext("%u cell", "%u cells", count), count), NULL);
}

static void add_found(GPtrArray *lines, const struct jhcfg_workspace *workspace,
		      G_GNUC_UNUSED const struct jhcfg_diags *diags)
{
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);

	if (board) {
		add_cpus(lines, board);
		add_memory(lines, board);
		add_devices(lines, board);
		add_pci(lines, board);
	}
	add_cells(lines, workspace);
}

/* --- inferred and missing -------------------------------------------------------- */

static void add_diags(GPtrArray *lines, const struct jhcfg_diags *diags,
		      enum jhcfg_severity severity)
{
	const struct jhcfg_diag *diag;

	for (size_t n = 0; (diag = jhcfg_diags_get(diags, n)); n++)
		if (diag->severity == severity)
			add(lines,
			    g_strdup_printf("%s%s%s", diag->object, *diag->object ? ": " : "",
					    diag->text),
			    diag->hint);
}

static void add_root(GPtrArray *lines, const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_config *config = jhcfg_workspace_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_cell *root = jhw_cell(workspace, JHCFG_ROOT_KEY);
	const struct jhcfg_memory *own;
	g_autofree char *summary = jhw_cell_summary(workspace, JHCFG_ROOT_KEY);
	g_autofree char *size = NULL;

	if (!config || !jhcfg_config_system(config))
		return;
	add(lines, g_strdup_printf(_("root cell \"%s\": %s"), jhcfg_cell_name(root), summary),
	    NULL);
	own = jhcfg_system_hypervisor_memory(jhcfg_config_system(config));
	size = jhw_number_human(own->size);
	if (own->size)
		add(lines,
		    g_strdup_printf(_("memory of the hypervisor: %s at 0x%" PRIx64), size,
				    own->phys_start),
		    NULL);
}

static void add_inferred(GPtrArray *lines, const struct jhcfg_workspace *workspace,
			 const struct jhcfg_diags *diags)
{
	if (jhcfg_workspace_board(workspace))
		add_root(lines, workspace);
	add_diags(lines, diags, JHCFG_INFO);
}

static void add_missing(GPtrArray *lines, const struct jhcfg_workspace *workspace,
			const struct jhcfg_diags *diags)
{
	if (!jhcfg_workspace_board(workspace))
		add(lines, g_strdup(_("nothing is known of the hardware")),
		    _("devices have no names, and what they depend on is not seen"));
	add_diags(lines, diags, JHCFG_WARNING);
	add_diags(lines, diags, JHCFG_ERROR);
}

GPtrArray *jhw_review_lines(const struct jhcfg_workspace *workspace,
			    const struct jhcfg_diags *diags, JhwReviewPart part)
{
	static void (*const parts[])(GPtrArray * lines, const struct jhcfg_workspace *workspace,
				     const struct jhcfg_diags *diags) = {
		[JHW_REVIEW_FOUND] = add_found,
		[JHW_REVIEW_INFERRED] = add_inferred,
		[JHW_REVIEW_MISSING] = add_missing,
	};
	GPtrArray *lines = g_ptr_array_new_with_free_func(free_line);

	parts[part](lines, workspace, diags);
	return lines;
}
