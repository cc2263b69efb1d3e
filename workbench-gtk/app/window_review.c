// SPDX-License-Identifier: GPL-2.0-or-later
/* What was made of hardware or configurations that were opened: how much was
 * found, what had to be chosen, and what could not be told. */
#include "app/window_private.h"
#include "model/text.h"
#include "widgets/banner.h"

static void show_log(JhwWindow *window)
{
	gtk_widget_set_visible(window->bottom, TRUE);
	gtk_stack_set_visible_child_name(GTK_STACK(window->bottom_pages), "log");
}

static void add_count(GString *text, size_t count, const char *one, const char *many)
{
	if (count)
		g_string_append_printf(text, "%s%zu %s", text->len ? ", " : "", count,
				       count == 1 ? one : many);
}

void jhw_window_review(JhwWindow *window, const char *path, const struct jhcfg_diags *diags)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(window->session);
	const struct jhcfg_board *board = jhcfg_workspace_board(workspace);
	g_autoptr(GString) found = g_string_new(NULL), said = g_string_new(NULL);
	g_autofree char *text = NULL;

	if (board) {
		add_count(found, jhcfg_board_num_cpus(board), "CPU", "CPUs");
		add_count(found, jhcfg_board_num_memories(board), _("memory range"),
			  _("memory ranges"));
		add_count(found, jhcfg_board_num_devices(board), "device", "devices");
		add_count(found, jhcfg_board_num_pci_functions(board), _("PCI function"),
			  _("PCI functions"));
	}
	add_count(said, jhcfg_diags_count(diags, JHCFG_INFO), _("choice was made"),
		  _("choices were made"));
	add_count(said, jhcfg_diags_count(diags, JHCFG_WARNING), _("thing could not be told"),
		  _("things could not be told"));
	text = g_strdup_printf(_("Made from %s: %s%s%s. Save it as a project to keep it."), path,
			       found->len ? found->str : _("no hardware is known"),
			       said->len ? "; " : "", said->str);
	jhw_window_add_banner(window,
			      jhw_banner_new(text, said->len ? _("_Review") : NULL,
					     G_CALLBACK(show_log), _("_Close"), NULL, window));
}
