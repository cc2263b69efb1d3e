// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/consoles.h"

#include <inttypes.h>
#include <jhcfg/recording.h>
#include <string.h>

#include "model/fault.h"
#include "model/live.h"
#include "model/owner.h"
#include "model/text.h"
#include "pages/run/cells.h"
#include "pages/run/console_view.h"
#include "pages/run/places.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

#define MAX_TITLE 24  /* characters */
#define MAX_TABS  64U /* a hostile target may have cells without end */

/* A tab; its view is a child of the notebook. */
struct tab {
	char *name; /* of the cell; NULL: of the hypervisor, or one that was added */
	JhwConsole *console;
	GtkWidget *view;
	uint32_t life; /* serial of the cell that it was started for */
	char *fed;     /* what a recording said of it before */
};

struct consoles {
	JhwSession *session;
	JhwLive *live;
	GtkWidget *notebook;
	GPtrArray *tabs;	     /* the hypervisor's first */
	struct jhcfg_target *target; /* that they are of */
	guint epoch;
	guint64 fed; /* lines of the model that the hypervisor's has */
};

static void free_tab(gpointer data)
{
	struct tab *tab = data;

	jhw_console_stop(tab->console, NULL);
	jhw_console_set_explain(tab->console, NULL, NULL);
	g_object_unref(tab->console);
	g_free(tab->name);
	g_free(tab->fed);
	g_free(tab);
}

/* --- tabs --------------------------------------------------------------------- */

static char *explain(const struct jhcfg_fault *fault, gpointer data)
{
	struct consoles *consoles = data;

	return jhw_fault_meaning(jhw_session_workspace(consoles->session), fault);
}

/* What is at the address, on the page that has it to scale. */
static void go_to_address(struct consoles *consoles, guint64 address)
{
	JhwRef ref = jhw_address_ref(jhw_session_workspace(consoles->session), address);

	if (ref.kind == JHW_REF_NONE) {
		jhw_session_notice(consoles->session,
				   _("0x%" PRIx64 ": neither the board nor a cell has "
				     "anything there"),
				   (uint64_t)address);
		return;
	}
	jhw_selection_set(jhw_session_selection(consoles->session), &ref);
	g_signal_emit_by_name(consoles->session, "show-page", "memory");
}

static GtkWidget *new_title(struct consoles *consoles, const char *name, const char *title)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 6);
	GtkWidget *label = gtk_label_new(title);
	uint32_t key = name ? jhw_run_cell_key(consoles->session, name, FALSE) : 0;

	if (name) {
		GtkWidget *swatch = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

		gtk_widget_add_css_class(swatch, "swatch");
		gtk_widget_add_css_class(
			swatch, jhw_owner_class(jhw_session_workspace(consoles->session), key));
		gtk_widget_set_valign(swatch, GTK_ALIGN_CENTER);
		gtk_box_append(GTK_BOX(box), swatch);
	}
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
	gtk_label_set_width_chars(GTK_LABEL(label), (int)MIN(g_utf8_strlen(title, -1), MAX_TITLE));
	gtk_label_set_max_width_chars(GTK_LABEL(label), MAX_TITLE);
	gtk_box_append(GTK_BOX(box), label);
	return box;
}

static struct tab *add_tab(struct consoles *consoles, const char *name, const char *title,
			   const JhwConsolePlace *place)
{
	struct tab *tab = g_new0(struct tab, 1);

	tab->name = g_strdup(name);
	tab->console = jhw_console_new(place);
	jhw_console_set_explain(tab->console, explain, consoles);
	tab->view = jhw_console_view_new(tab->console);
	g_signal_connect_swapped(tab->view, "address", G_CALLBACK(go_to_address), consoles);
	gtk_notebook_append_page(GTK_NOTEBOOK(consoles->notebook), tab->view,
				 new_title(consoles, name, title));
	g_ptr_array_add(consoles->tabs, tab);
	return tab;
}

static void remove_tab(struct consoles *consoles, struct tab *tab)
{
	int page = gtk_notebook_page_num(GTK_NOTEBOOK(consoles->notebook), tab->view);

	gtk_notebook_remove_page(GTK_NOTEBOOK(consoles->notebook), page);
	g_ptr_array_remove(consoles->tabs, tab);
}

static struct tab *tab_of(struct consoles *consoles, const char *name)
{
	for (guint n = 0; n < consoles->tabs->len; n++) {
		struct tab *tab = consoles->tabs->pdata[n];

		if (g_strcmp0(tab->name, name) == 0)
			return tab;
	}
	return NULL;
}

/* --- recordings --------------------------------------------------------------- */

/* The hypervisor's lines are in the model, with their times. */
static void feed_hypervisor(struct consoles *consoles, const struct tui_model *model)
{
	struct tab *tab = consoles->tabs->pdata[0];

	for (; consoles->fed < model->num_lines; consoles->fed++) {
		const struct tui_line *line = tui_model_line(model, consoles->fed + 1);
		g_autofree char *text = line ? g_strconcat(line->text, "\n", NULL) : NULL;

		if (text)
			jhw_console_feed(tab->console, text, strlen(text), line->time_ms);
	}
}

/* A cell's is a file that grows, or begins anew. */
static void feed_cell(struct consoles *consoles, struct tab *tab, const struct tui_model *model,
		      guint id)
{
	struct jhcfg_recording *recording = jhcfg_target_recording(consoles->target);
	g_autofree char *path = g_strdup_printf("/sys/devices/jailhouse/cells/%u/console", id);
	const struct jhcfg_tree_file *file = jhcfg_recording_file(
		recording, jhcfg_recording_at(recording, model->playback.position_ms), path);
	const char *now = file ? file->text : "";
	gsize known = tab->fed ? strlen(tab->fed) : 0;

	if (g_strcmp0(tab->fed, now) == 0)
		return;
	if (!known || strncmp(now, tab->fed, known)) {
		jhw_console_clear(tab->console);
		known = 0;
	}
	jhw_console_feed(tab->console, now + known, strlen(now + known), model->time_ms);
	g_free(tab->fed);
	tab->fed = g_strdup(now);
}

/* A jump back: lines come once more. */
static void begin_again(struct consoles *consoles)
{
	consoles->fed = 0;
	for (guint n = 0; n < consoles->tabs->len; n++) {
		struct tab *tab = consoles->tabs->pdata[n];

		if (jhw_console_place(tab->console)->source == JHW_CONSOLE_FED)
			jhw_console_clear(tab->console);
		g_clear_pointer(&tab->fed, g_free);
	}
}

/* --- following ---------------------------------------------------------------- */

static gboolean same_place(const JhwConsolePlace *a, const JhwConsolePlace *b)
{
	return a->source == b->source && a->number == b->number && g_strcmp0(a->path, b->path) == 0;
}

static void follow_cell(struct consoles *consoles, const struct tui_model *model,
			const struct tui_cell *cell)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(consoles->session);
	uint32_t key = jhw_run_cell_key(consoles->session, cell->name, FALSE);
	JhwConsolePlace place = jhw_cell_place(workspace, key, cell->id, consoles->target);
	struct tab *tab = tab_of(consoles, cell->name);

	if (tab && tab->life != cell->serial &&
	    !same_place(jhw_console_place(tab->console), &place)) {
		remove_tab(consoles, tab);
		tab = NULL;
	}
	if (!tab && consoles->tabs->len < MAX_TABS)
		tab = add_tab(consoles, cell->name, cell->name, &place);
	if (!tab)
		return;
	if (place.source == JHW_CONSOLE_FED) {
		feed_cell(consoles, tab, model, cell->id);
	} else if (tab->life != cell->serial) {
		/* one that has ended is not tried again before there is another cell */
		if (tab->life && place.source == JHW_CONSOLE_CELL)
			jhw_console_begin_again(tab->console, _("another cell of that name"));
		jhw_console_start(tab->console, consoles->target);
	}
	tab->life = cell->serial;
}

static void follow_hypervisor(struct consoles *consoles, const struct tui_model *model)
{
	struct tab *tab = consoles->tabs->pdata[0];

	if (jhw_live_is_recording(consoles->live)) {
		feed_hypervisor(consoles, model);
		return;
	}
	/* the driver lets it be read while it is loaded */
	if (model->attach != TUI_ENABLED) {
		tab->life = 0;
		return;
	}
	if (!tab->life && !jhw_console_is_running(tab->console))
		jhw_console_start(tab->console, consoles->target);
	tab->life = 1;
}

/* Another target has other consoles. */
static void begin(struct consoles *consoles, struct jhcfg_target *target)
{
	gboolean recorded = target && jhcfg_target_recording(target);
	const JhwConsolePlace place = {
		.source = recorded ? JHW_CONSOLE_FED : JHW_CONSOLE_HYPERVISOR,
	};

	while (consoles->tabs->len)
		remove_tab(consoles, consoles->tabs->pdata[0]);
	consoles->target = target;
	consoles->fed = 0;
	add_tab(consoles, NULL, _("Hypervisor"), &place);
}

/* They are followed again when it is back, from where they were. */
static void forget_lives(struct consoles *consoles)
{
	for (guint n = 0; n < consoles->tabs->len; n++)
		((struct tab *)consoles->tabs->pdata[n])->life = 0;
}

static void update(struct consoles *consoles)
{
	const struct tui_model *model = jhw_live_model(consoles->live);

	if (jhw_live_target(consoles->live) != consoles->target)
		begin(consoles, jhw_live_target(consoles->live));
	if (!model || !consoles->target)
		return;
	if (jhw_live_epoch(consoles->live) != consoles->epoch)
		begin_again(consoles);
	consoles->epoch = jhw_live_epoch(consoles->live);
	if (model->attach == TUI_LOST)
		forget_lives(consoles);
	follow_hypervisor(consoles, model);
	for (size_t n = 0; n < model->num_cells; n++)
		if (model->cells[n].id && model->attach == TUI_ENABLED)
			follow_cell(consoles, model, &model->cells[n]);
}

/* The target goes away when this returns. */
static void closing(struct consoles *consoles)
{
	for (guint n = 0; n < consoles->tabs->len; n++) {
		struct tab *tab = consoles->tabs->pdata[n];

		jhw_console_stop(tab->console, _("disconnected"));
		tab->life = 0;
	}
	consoles->target = NULL;
}

/* --- one more ----------------------------------------------------------------- */

static void add_line(GtkEntry *entry, struct consoles *consoles)
{
	const char *path = gtk_editable_get_text(GTK_EDITABLE(entry));
	g_autofree char *number = NULL;
	JhwConsolePlace place = { .source = JHW_CONSOLE_LINE, .path = path };
	GtkWidget *popover = gtk_widget_get_ancestor(GTK_WIDGET(entry), GTK_TYPE_POPOVER);
	struct tab *tab;
	guint64 uart;

	if (!consoles->target || !*path || consoles->tabs->len >= MAX_TABS)
		return;
	if (jhcfg_target_kind(consoles->target) == JHCFG_TARGET_EMULATED &&
	    g_ascii_string_to_unsigned(path, 10, 0, 63, &uart, NULL)) {
		place.source = JHW_CONSOLE_UART;
		place.number = (guint)uart;
		place.path = jhcfg_target_name(consoles->target) + strlen("emu://");
		number = g_strdup_printf(_("UART %s"), path);
	} else if (*path != '/') {
		gtk_widget_add_css_class(GTK_WIDGET(entry), "error");
		return;
	}
	tab = add_tab(consoles, NULL, number ? number : path, &place);
	jhw_console_start(tab->console, consoles->target);
	gtk_notebook_set_current_page(GTK_NOTEBOOK(consoles->notebook), -1);
	gtk_widget_remove_css_class(GTK_WIDGET(entry), "error");
	gtk_editable_set_text(GTK_EDITABLE(entry), "");
	gtk_popover_popdown(GTK_POPOVER(popover));
}

static GtkWidget *new_more(struct consoles *consoles)
{
	GtkWidget *button = gtk_menu_button_new(), *popover = gtk_popover_new();
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);
	GtkWidget *label = gtk_label_new(
		_("A serial line of the target, or the number of an emulated board's UART"));
	GtkWidget *entry = gtk_entry_new();

	gtk_label_set_wrap(GTK_LABEL(label), TRUE);
	gtk_label_set_max_width_chars(GTK_LABEL(label), 34);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_entry_set_placeholder_text(GTK_ENTRY(entry), "/dev/ttyUSB0");
	jhw_accessible_name(entry, gtk_label_get_text(GTK_LABEL(label)));
	gtk_widget_add_css_class(box, "form");
	gtk_box_append(GTK_BOX(box), label);
	gtk_box_append(GTK_BOX(box), entry);
	g_signal_connect(entry, "activate", G_CALLBACK(add_line), consoles);
	gtk_popover_set_child(GTK_POPOVER(popover), box);
	gtk_menu_button_set_popover(GTK_MENU_BUTTON(button), popover);
	gtk_menu_button_set_icon_name(GTK_MENU_BUTTON(button), "list-add-symbolic");
	jhw_tooltip_set(button, _("One more console"));
	jhw_accessible_name(button, _("One more console"));
	gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
	gtk_widget_add_css_class(button, "flat");
	return button;
}

/* --- the widget --------------------------------------------------------------- */

/* Its children have gone before. */
static void destroyed(struct consoles *consoles)
{
	g_signal_handlers_disconnect_by_data(consoles->live, consoles);
	g_signal_handlers_disconnect_by_data(jhw_session_target(consoles->session), consoles);
	g_ptr_array_unref(consoles->tabs);
	g_object_unref(consoles->live);
	g_object_unref(consoles->session);
	g_free(consoles);
}

GtkWidget *jhw_consoles_new(JhwSession *session)
{
	struct consoles *consoles = g_new0(struct consoles, 1);

	consoles->session = g_object_ref(session);
	consoles->live = g_object_ref(jhw_live_of(jhw_session_target(session)));
	consoles->tabs = g_ptr_array_new_with_free_func(free_tab);
	consoles->notebook = gtk_notebook_new();
	gtk_notebook_set_scrollable(GTK_NOTEBOOK(consoles->notebook), TRUE);
	gtk_notebook_set_show_border(GTK_NOTEBOOK(consoles->notebook), FALSE);
	gtk_notebook_set_action_widget(GTK_NOTEBOOK(consoles->notebook), new_more(consoles),
				       GTK_PACK_END);
	gtk_widget_add_css_class(consoles->notebook, "consoles");
	begin(consoles, NULL);
	update(consoles);
	g_signal_connect_swapped(consoles->live, "changed", G_CALLBACK(update), consoles);
	g_signal_connect_swapped(jhw_session_target(session), "closing", G_CALLBACK(closing),
				 consoles);
	g_signal_connect_swapped(consoles->notebook, "destroy", G_CALLBACK(destroyed), consoles);
	return consoles->notebook;
}
