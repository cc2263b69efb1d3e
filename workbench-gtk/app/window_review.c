// SPDX-License-Identifier: GPL-2.0-or-later
/* Hardware and configurations that were opened become a project when somebody
 * has seen what was made of them. */
#include "app/window_private.h"
#include "model/text.h"
#include "pages/review/page.h"
#include "widgets/trace.h"

void jhw_window_review(JhwWindow *window, JhwDocument *document, const char *path,
		       const struct jhcfg_diags *diags)
{
	GtkWidget *button,
		*page = jhw_review_page_new(path, jhw_document_workspace(document), diags, &button);
	GtkWidget *old = gtk_widget_get_first_child(window->review);

	if (old)
		gtk_box_remove(GTK_BOX(window->review), old);
	gtk_box_append(GTK_BOX(window->review), page);
	g_set_object(&window->reviewed, document);
	jhw_window_update_actions(window);
	gtk_stack_set_visible_child_name(GTK_STACK(window->views), "review");
	gtk_widget_grab_focus(button);
	jhw_trace("REVIEW");
}

/* The document, which is not under review any more; NULL: none was. */
static JhwDocument *take(JhwWindow *window)
{
	JhwDocument *document = g_steal_pointer(&window->reviewed);

	gtk_stack_set_visible_child_name(GTK_STACK(window->views),
					 window->session ? "editor" : "welcome");
	jhw_window_update_actions(window);
	return document;
}

void jhw_window_accept(JhwWindow *window)
{
	g_autoptr(JhwDocument) document = take(window);

	if (document)
		jhw_window_show(window, document);
}

void jhw_window_decline(JhwWindow *window)
{
	g_autoptr(JhwDocument) document = take(window);
}
