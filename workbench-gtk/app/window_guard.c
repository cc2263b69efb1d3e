// SPDX-License-Identifier: GPL-2.0-or-later
/* Keeps what is typed from being lost: copies for recovery, and a question when
 * others write the project's files. */
#include "app/window_private.h"
#include "model/text.h"
#include "widgets/banner.h"
#include "widgets/trace.h"

/* --- others' changes --------------------------------------------------------- */

static void reload(JhwWindow *window)
{
	g_autofree char *path = g_strdup(jhw_document_path(jhw_session_document(window->session)));

	jhw_window_open(window, path);
}

static void keep(JhwWindow *window)
{
	if (window->watch)
		jhw_watch_settle(window->watch);
}

static void files_changed(JhwWindow *window)
{
	gboolean modified = jhw_document_modified(jhw_session_document(window->session));

	/* one question at a time, however often they are written */
	keep(window);
	jhw_window_add_banner(
		window,
		jhw_banner_new(modified ? _("Another program changed the files of this project. "
					    "Reloading gives up your changes.")
					: _("Another program changed the files of this project."),
			       _("_Reload"), G_CALLBACK(reload), _("_Keep This"), NULL, window));
}

/* What is there now is ours. */
static void saved(JhwWindow *window)
{
	if (!jhw_document_is_saving(jhw_session_document(window->session)))
		keep(window);
}

static void copied(void)
{
	jhw_trace("COPIED");
}

void jhw_window_guard(JhwWindow *window, JhwDocument *document)
{
	window->recovery = jhw_recovery_new(document);
	g_signal_connect(window->recovery, "written", G_CALLBACK(copied), NULL);
	window->watch = jhw_watch_new(document);
	g_signal_connect_object(window->watch, "changed", G_CALLBACK(files_changed), window,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(document, "notify::saving", G_CALLBACK(saved), window,
				G_CONNECT_SWAPPED);
}

void jhw_window_unguard(JhwWindow *window)
{
	g_clear_object(&window->recovery);
	g_clear_object(&window->watch);
}

/* --- after a crash ----------------------------------------------------------- */

struct offer {
	JhwWindow *window;
	JhwLostWork *lost;
};

static void free_offer(gpointer data)
{
	struct offer *offer = data;

	jhw_lost_work_free(offer->lost);
	g_free(offer);
}

static void restore(struct offer *offer)
{
	GError *error = NULL;
	g_autoptr(JhwDocument) document = jhw_lost_work_load(offer->lost, &error);

	if (!document) {
		jhw_window_complain(offer->window, error);
		return;
	}
	jhw_window_show(offer->window, document);
	/* the new document has a copy of its own before this one goes */
	if (jhw_recovery_flush(offer->window->recovery, NULL))
		jhw_lost_work_delete(offer->lost);
}

static void give_up(struct offer *offer)
{
	jhw_lost_work_delete(offer->lost);
}

static void offer_one(JhwWindow *window, JhwLostWork *lost)
{
	struct offer *offer = g_new0(struct offer, 1);
	g_autofree char *text = g_strdup_printf(
		_("Changes of %s that were not saved have been found."), lost->title);
	GtkWidget *banner;

	offer->window = window;
	offer->lost = lost;
	banner = jhw_banner_new(text, _("_Restore"), G_CALLBACK(restore), _("_Delete"),
				G_CALLBACK(give_up), offer);
	g_object_set_data_full(G_OBJECT(banner), "jhw-offer", offer, free_offer);
	jhw_window_add_banner(window, banner);
	jhw_trace("LOST %s", lost->title);
}

void jhw_window_offer_lost_work(JhwWindow *window, const char *path)
{
	g_autoptr(GPtrArray) list = NULL;
	JhwLostWork *lost = path ? jhw_recovery_find(path) : NULL;

	if (lost)
		offer_one(window, lost);
	if (path)
		return;
	list = jhw_recovery_list();
	while (list->len)
		offer_one(window, g_ptr_array_steal_index(list, 0));
}
