// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/window.h"

#include "app/heap.h"
#include "app/pages.h"
#include "app/window_private.h"
#include "inspector/inspector.h"
#include "model/collect.h"
#include "model/error.h"
#include "model/recent.h"
#include "model/text.h"
#include "pages/welcome/page.h"
#include "pages/run/side.h"
#include "panels/cells.h"
#include "panels/hardware.h"
#include "panels/log.h"
#include "panels/problems.h"
#include "widgets/accessible.h"
#include "widgets/banner.h"
#include "widgets/trace.h"

G_DEFINE_FINAL_TYPE(JhwWindow, jhw_window, GTK_TYPE_APPLICATION_WINDOW)

JhwSession *jhw_window_session(JhwWindow *window)
{
	return window->session;
}

/* --- a project --------------------------------------------------------------- */

static void show_page(JhwWindow *window, const char *id)
{
	gtk_stack_set_visible_child_name(GTK_STACK(window->pages), id);
}

static void clear_box(GtkWidget *box)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(box)))
		gtk_box_remove(GTK_BOX(box), child);
}

static void clear_stack(GtkWidget *stack)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(stack)))
		gtk_stack_remove(GTK_STACK(stack), child);
}

/* Pages take time and memory: most are made when they are first looked at. */
static void make_page(GtkWidget *place, const struct jhw_page_type *type)
{
	JhwWindow *window = JHW_WINDOW(gtk_widget_get_root(place));
	GtkWidget *page;

	if (gtk_widget_get_first_child(place))
		return;
	page = type->create(window->session);
	gtk_widget_set_hexpand(page, TRUE);
	gtk_widget_set_vexpand(page, TRUE);
	gtk_box_append(GTK_BOX(place), page);
	jhw_heap_tidy_soon();
}

static GtkWidget *new_place(const struct jhw_page_type *type)
{
	GtkWidget *place = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
	union {
		const struct jhw_page_type *constant;
		gpointer plain;
	} data = { type };

	g_signal_connect(place, "map", G_CALLBACK(make_page), data.plain);
	return place;
}

static void set_switched(JhwWindow *window, GtkWidget *pages, GtkWidget *bottom_pages)
{
	gtk_stack_switcher_set_stack(GTK_STACK_SWITCHER(window->pages_switcher), GTK_STACK(pages));
	gtk_stack_switcher_set_stack(GTK_STACK_SWITCHER(window->bottom_switcher),
				     GTK_STACK(bottom_pages));
}

static void fill_pages(JhwWindow *window)
{
	const struct jhw_page_type *type;

	clear_stack(window->pages);
	for (guint n = 0; (type = jhw_page_at(n)); n++)
		gtk_stack_add_titled(GTK_STACK(window->pages),
				     type->at_once ? type->create(window->session)
						   : new_place(type),
				     type->id, jhw_said(type->title));
}

/* Beside the page Run there is what concerns the target, else the inspector. */
static void choose_side(JhwWindow *window)
{
	const char *page = gtk_stack_get_visible_child_name(GTK_STACK(window->pages));
	gboolean run = !g_strcmp0(page, "run");

	if (!window->inspector) /* not yet, when pages are added */
		return;
	gtk_widget_set_visible(window->inspector, !run);
	gtk_widget_set_visible(window->run_side, run);
}

static void fill_panels(JhwWindow *window)
{
	clear_box(window->sidebar);
	gtk_box_append(GTK_BOX(window->sidebar), jhw_cells_panel_new(window->session));
	gtk_box_append(GTK_BOX(window->sidebar), jhw_hardware_panel_new(window->session));
	clear_box(window->inspector_place);
	window->inspector = jhw_inspector_new(window->session);
	window->run_side = jhw_run_side_new(window->session);
	gtk_box_append(GTK_BOX(window->inspector_place), window->inspector);
	gtk_box_append(GTK_BOX(window->inspector_place), window->run_side);
	choose_side(window);
	clear_stack(window->bottom_pages);
	gtk_stack_add_titled(GTK_STACK(window->bottom_pages),
			     jhw_problems_panel_new(window->session), "problems", _("Problems"));
	gtk_stack_add_titled(GTK_STACK(window->bottom_pages), jhw_log_panel_new(window->log), "log",
			     _("Log"));
}

static void tell_reason(JhwWindow *window, const char *reason)
{
	g_autofree char *text = g_strdup_printf(_("Open for reading only: %s."), reason);

	jhw_window_add_banner(window, jhw_banner_new(text, NULL, NULL, _("_Close"), NULL, window));
}

void jhw_window_show(JhwWindow *window, JhwDocument *document)
{
	jhw_window_unguard(window);
	g_set_object(&window->session, NULL);
	window->inspector = window->run_side = NULL;
	window->session = jhw_session_new(document, window->log);
	jhw_session_set_target(window->session, window->target);
	/* a switcher makes all of its buttons anew with each page that comes */
	set_switched(window, NULL, NULL);
	fill_pages(window);
	fill_panels(window);
	set_switched(window, window->pages, window->bottom_pages);
	g_signal_connect_object(window->session, "show-page", G_CALLBACK(show_page), window,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(window->session, "notice", G_CALLBACK(jhw_window_notice), window,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(document, "notify", G_CALLBACK(jhw_window_update_header), window,
				G_CONNECT_SWAPPED);
	g_signal_connect_object(jhw_session_checker(window->session), "changed",
				G_CALLBACK(jhw_window_update_header), window, G_CONNECT_SWAPPED);
	jhw_window_guard(window, document);
	jhw_window_update_header(window);
	if (jhw_document_reason(document))
		tell_reason(window, jhw_document_reason(document));
	gtk_stack_set_visible_child_name(GTK_STACK(window->views), "editor");
	jhw_heap_tidy_soon();
	jhw_trace("READY");
}

/* --- loading ----------------------------------------------------------------- */

struct load {
	JhwWindow *window; /* of a target's */
	char *path;
	struct jhcfg_diags *diags;
};

static void free_load(gpointer data)
{
	struct load *load = data;

	jhcfg_diags_free(load->diags);
	g_free(load->path);
	g_free(load);
}

static void load_work(GTask *task, G_GNUC_UNUSED gpointer source, gpointer data,
		      G_GNUC_UNUSED GCancellable *cancellable)
{
	struct load *load = data;
	GError *error = NULL;
	JhwDocument *document = jhw_document_load(load->path, load->diags, &error);

	if (document)
		g_task_return_pointer(task, document, g_object_unref);
	else
		g_task_return_error(task, error);
}

/* What is no project yet is reviewed before it is one. */
static void opened(JhwWindow *window, JhwDocument *document, const char *path,
		   const struct jhcfg_diags *diags)
{
	jhw_log_add(window->log, JHCFG_INFO, _("Opened %s"), path);
	jhw_log_add_diags(window->log, diags);
	clear_box(window->banners);
	if (!jhw_document_path(document)) {
		jhw_window_review(window, document, path, diags);
		return;
	}
	jhw_window_show(window, document);
	jhw_recent_add(jhw_document_path(document));
	jhw_window_offer_lost_work(window, path);
}

/* Takes over @error. */
static void not_opened(JhwWindow *window, GError *error)
{
	gtk_stack_set_visible_child_name(GTK_STACK(window->views),
					 window->session ? "editor" : "welcome");
	if (g_error_matches(error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
		g_error_free(error);
	else
		jhw_window_complain(window, error);
}

/* The window waits for this one: it is not closed, and nothing else was opened
 * since. */
static gboolean is_awaited(JhwWindow *window, GAsyncResult *result)
{
	return window->loading && window->loading == g_task_get_cancellable(G_TASK(result));
}

/* Takes over @text, which says what takes long. */
static struct load *begin_load(JhwWindow *window, char *text, const char *path);

static void loaded(GObject *source, GAsyncResult *result, G_GNUC_UNUSED gpointer data)
{
	JhwWindow *window = JHW_WINDOW(source);
	struct load *load = g_task_get_task_data(G_TASK(result));
	GError *error = NULL;
	g_autoptr(JhwDocument) document = g_task_propagate_pointer(G_TASK(result), &error);

	if (!is_awaited(window, result)) {
		g_clear_error(&error);
		return;
	}
	g_clear_object(&window->loading);
	if (document) {
		opened(window, document, load->path, load->diags);
		return;
	}
	not_opened(window, error);
}

static struct load *begin_load(JhwWindow *window, char *text, const char *path)
{
	struct load *load = g_new0(struct load, 1);

	g_cancellable_cancel(window->loading);
	g_clear_object(&window->loading);
	window->loading = g_cancellable_new();
	load->path = g_strdup(path);
	load->diags = jhcfg_diags_new();
	gtk_label_set_text(GTK_LABEL(window->loading_label), text);
	g_free(text);
	gtk_stack_set_visible_child_name(GTK_STACK(window->views), "loading");
	return load;
}

/* --- from a target -------------------------------------------------------------- */

static void collected(GObject *source, GAsyncResult *result, gpointer data)
{
	struct load *load = data;
	g_autoptr(JhwWindow) window = load->window;
	GError *error = NULL;
	g_autoptr(JhwDocument) document = jhw_collect_finish(JHW_TARGET(source), result, &error);

	if (is_awaited(window, result)) {
		g_clear_object(&window->loading);
		if (document)
			opened(window, document, load->path, load->diags);
		else
			not_opened(window, g_steal_pointer(&error));
	}
	g_clear_error(&error);
	free_load(load);
}

void jhw_window_import_target(JhwWindow *window, const char *name)
{
	struct load *load =
		begin_load(window, g_strdup_printf(_("Asking %s for its hardware"), name), name);

	jhw_window_connect(window, name);
	load->window = g_object_ref(window);
	jhw_collect_async(window->target, load->diags, window->loading, collected, load);
}

void jhw_window_open(JhwWindow *window, const char *path)
{
	struct load *load = begin_load(window, g_strdup_printf(_("Opening %s"), path), path);
	g_autoptr(GTask) task = g_task_new(window, window->loading, loaded, NULL);

	g_task_set_task_data(task, load, free_load);
	g_task_set_return_on_cancel(task, TRUE);
	g_task_run_in_thread(task, load_work);
}

/* --- object ------------------------------------------------------------------ */

static gboolean close_request(GtkWindow *object)
{
	JhwWindow *window = JHW_WINDOW(object);

	return !window->close_confirmed && !jhw_window_may_close(window);
}

static void jhw_window_dispose(GObject *object)
{
	JhwWindow *window = JHW_WINDOW(object);

	g_cancellable_cancel(window->loading);
	g_clear_object(&window->loading);
	g_clear_handle_id(&window->toast_timeout, g_source_remove);
	g_clear_pointer(&window->question, gtk_window_destroy);
	g_clear_pointer(&window->export_question, gtk_window_destroy);
	g_clear_pointer(&window->export_path, g_free);
	g_clear_pointer(&window->import_question, gtk_window_destroy);
	jhw_window_unguard(window);
	g_clear_object(&window->reviewed);
	g_clear_object(&window->session);
	g_clear_object(&window->log);
	g_clear_object(&window->target);
	G_OBJECT_CLASS(jhw_window_parent_class)->dispose(object);
}

static void jhw_window_class_init(JhwWindowClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_window_dispose;
	GTK_WINDOW_CLASS(class)->close_request = close_request;
	gtk_widget_class_set_template_from_resource(widget_class,
						    "/org/jailhouse/Workbench/window.ui");
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, title);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, subtitle);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, menu_button);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, undo_button);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, redo_button);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, problems_button);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, problems_count);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, problems_label);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, target_button);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, target_dot);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, target_name);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, target_words);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, deploy_button);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, banners);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, views);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, welcome);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, review);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, loading_label);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, cancel_button);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, sidebar);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, pages_switcher);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, pages);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, bottom);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, bottom_switcher);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, bottom_pages);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, inspector_place);
	gtk_widget_class_bind_template_child(widget_class, JhwWindow, toast);
	jhw_window_install_actions(widget_class);
}

/* Not for a window that opens a project at once. */
static void make_welcome(GtkWidget *place)
{
	if (!gtk_widget_get_first_child(place))
		gtk_box_append(GTK_BOX(place), jhw_welcome_page_new());
}

static void name_buttons(JhwWindow *window)
{
	jhw_button_read_once(window->cancel_button);
	jhw_button_read_once(window->deploy_button);
	jhw_accessible_name(window->menu_button, _("Menu"));
}

static void jhw_window_init(JhwWindow *window)
{
	window->log = jhw_log_new();
	window->traced_problems = G_MAXUINT;
	window->target = jhw_target_new();
	gtk_widget_init_template(GTK_WIDGET(window));
	name_buttons(window);
	g_signal_connect(window->welcome, "map", G_CALLBACK(make_welcome), NULL);
	jhw_window_update_header(window);
	jhw_window_follow_target(window);
	g_signal_connect_object(window->pages, "notify::visible-child", G_CALLBACK(choose_side),
				window, G_CONNECT_SWAPPED);
	jhw_window_offer_lost_work(window, NULL);
}

JhwWindow *jhw_window_new(GtkApplication *application)
{
	return g_object_new(JHW_TYPE_WINDOW, "application", application, NULL);
}
