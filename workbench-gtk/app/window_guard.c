// SPDX-License-Identifier: GPL-2.0-or-later
/* Keeps what is typed from being lost: copies for recovery, and a question when
 * others write the project's files. No disk is waited for. */
#include "app/window_private.h"
#include "model/beside.h"
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

/* The project itself can still be saved. */
static void not_copied(JhwWindow *window, const char *reason)
{
	g_autofree char *text = g_strdup_printf(
		_("No copy for recovery can be kept: save your changes. %s"), reason);

	jhw_log_add(window->log, JHCFG_WARNING, "%s", text);
	jhw_window_notice(window, text);
}

void jhw_window_guard(JhwWindow *window, JhwDocument *document)
{
	window->recovery = jhw_recovery_new(document);
	g_signal_connect(window->recovery, "written", G_CALLBACK(copied), NULL);
	g_signal_connect_object(window->recovery, "failed", G_CALLBACK(not_copied), window,
				G_CONNECT_SWAPPED);
	window->watch = jhw_watch_new(document);
	g_signal_connect_object(window->watch, "changed", G_CALLBACK(files_changed), window,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(document, "notify::saving", G_CALLBACK(saved), window,
				G_CONNECT_SWAPPED);
}

void jhw_window_unguard(JhwWindow *window)
{
	/* a copy that is being written keeps it for a while */
	if (window->recovery)
		g_signal_handlers_disconnect_by_data(window->recovery, window);
	g_clear_object(&window->recovery);
	g_clear_object(&window->watch);
}

/* --- after a crash ----------------------------------------------------------- */

static void offer_one(JhwWindow *window, JhwLostWork *lost);

/* What the window is about; NULL: nothing yet. */
static JhwDocument *document_of(JhwWindow *window)
{
	return window->session ? jhw_session_document(window->session) : NULL;
}

/* The new document has a copy of its own before this one goes. */
static void copied_again(JhwRecovery *recovery, gboolean done, JhwLostWork *lost)
{
	if (!done)
		return;
	jhw_lost_work_delete(lost);
	g_signal_handlers_disconnect_by_func(recovery, copied_again, lost);
}

static void free_lost(gpointer lost, G_GNUC_UNUSED GClosure *closure)
{
	jhw_lost_work_free(lost);
}

struct restoring {
	JhwWindow *window;
	JhwDocument *before; /* what is shown when somebody asks for it, or NULL */
	JhwLostWork *lost;
	GError *error;
};

static gpointer load_lost(gpointer data)
{
	struct restoring *restoring = data;

	return jhw_lost_work_load(restoring->lost, &restoring->error);
}

static void show_restored(struct restoring *restoring, JhwDocument *document)
{
	JhwWindow *window = restoring->window;

	jhw_window_show(window, document);
	g_signal_connect_data(window->recovery, "written", G_CALLBACK(copied_again),
			      g_steal_pointer(&restoring->lost), free_lost, 0);
	jhw_recovery_hurry(window->recovery);
}

static void lost_loaded(gpointer result, gpointer data)
{
	g_autoptr(JhwDocument) document = result;
	struct restoring *restoring = data;
	JhwWindow *window = restoring->window;

	if (!window->log) /* it is closed */
		return;
	if (!document)
		jhw_window_complain(window, g_steal_pointer(&restoring->error));
	else if (document_of(window) == restoring->before)
		show_restored(restoring, document);
	else /* something else was opened meanwhile, and is not replaced */
		offer_one(window, g_steal_pointer(&restoring->lost));
}

static void free_restoring(gpointer data)
{
	struct restoring *restoring = data;

	g_object_unref(restoring->window);
	g_clear_object(&restoring->before);
	jhw_lost_work_free(restoring->lost);
	g_clear_error(&restoring->error);
	g_free(restoring);
}

struct offer {
	JhwWindow *window;
	JhwLostWork *lost; /* NULL: it was taken */
};

static void free_offer(gpointer data)
{
	struct offer *offer = data;

	jhw_lost_work_free(offer->lost);
	g_free(offer);
}

static void restore(struct offer *offer)
{
	struct restoring *restoring = g_new0(struct restoring, 1);

	restoring->window = g_object_ref(offer->window);
	g_set_object(&restoring->before, document_of(offer->window));
	restoring->lost = g_steal_pointer(&offer->lost);
	jhw_beside(load_lost, lost_loaded, restoring, free_restoring);
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

/* --- looking for it ---------------------------------------------------------- */

struct search {
	JhwWindow *window;
	JhwDocument *document; /* that is shown when it begins; NULL: none */
	char *path;	       /* NULL: all that there is */
};

static gpointer look(gpointer data)
{
	const struct search *search = data;
	GPtrArray *list;

	if (!search->path)
		return jhw_recovery_list();
	list = g_ptr_array_new_with_free_func((GDestroyNotify)jhw_lost_work_free);
	g_ptr_array_add(list, jhw_recovery_find(search->path));
	return list;
}

/* Whether what was asked for is still what the window is about. */
static gboolean is_wanted(const struct search *search)
{
	JhwWindow *window = search->window;

	if (!window->log) /* it is closed */
		return FALSE;
	if (!search->document)
		return !window->session && !window->loading;
	return document_of(window) == search->document;
}

static void found(gpointer result, gpointer data)
{
	g_autoptr(GPtrArray) list = result;
	struct search *search = data;

	while (is_wanted(search) && list->len) {
		JhwLostWork *lost = g_ptr_array_steal_index(list, 0);

		if (lost)
			offer_one(search->window, lost);
	}
}

static void free_search(gpointer data)
{
	struct search *search = data;

	g_object_unref(search->window);
	g_clear_object(&search->document);
	g_free(search->path);
	g_free(search);
}

void jhw_window_offer_lost_work(JhwWindow *window, const char *path)
{
	struct search *search = g_new0(struct search, 1);

	search->window = g_object_ref(window);
	if (path)
		search->document = g_object_ref(document_of(window));
	search->path = g_strdup(path);
	jhw_beside(look, found, search, free_search);
}
