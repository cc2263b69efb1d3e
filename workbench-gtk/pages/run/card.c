// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/run/card.h"

#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"
#include "pages/run/spark.h"
#include "widgets/accessible.h"
#include "widgets/tooltip.h"

#define KEY	   "jhw-card"
#define NAME_CHARS 30

/* What can be done with a cell in which state. */
static const struct verb {
	const char *verb, *label, *icon, *tip;
	guint states; /* bits of enum jhcfg_cell_state */
} verbs[] = {
	{ "start", N_("_Start"), NULL, N_("Have its CPUs begin"),
	  1U << JHCFG_CELL_SHUT_DOWN | 1U << JHCFG_CELL_FAILED },
	{ "shutdown", NULL, "media-playback-stop-symbolic", N_("Shut down: ask it to end"),
	  1U << JHCFG_CELL_RUNNING | 1U << JHCFG_CELL_LOCKED },
	{ "destroy", NULL, "user-trash-symbolic",
	  N_("Destroy: its CPUs, memory and devices go back to Linux"), ~0U },
};

struct card {
	JhwSession *session;
	char *name;
	GtkWidget *words;
	GtkWidget *place; /* of the buttons */
	GtkWidget *buttons[G_N_ELEMENTS(verbs)];
	GtkWidget *title;
	const char *class; /* of its owner; a constant */
};

static uint32_t key_of(const struct card *card)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(card->session);
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		if (g_str_equal(jhcfg_cell_name(jhw_cell(workspace, key)), card->name))
			return key;
	return 0;
}

static char *cpus_text(const struct jhcfg_cpu_list *list)
{
	GString *text = g_string_new(list->count == 1 ? _("CPU ") : _("CPUs "));

	for (size_t n = 0; n < list->count; n++) {
		size_t last = n;

		while (last + 1 < list->count && list->cpus[last + 1] == list->cpus[last] + 1)
			last++;
		g_string_append_printf(text, n ? ", %u" : "%u", list->cpus[n]);
		if (last > n)
			g_string_append_printf(text, "\342\200\223%u", list->cpus[last]);
		n = last;
	}
	return g_string_free(text, FALSE);
}

static char *words_of(const struct card *card, const struct jhcfg_cell_status *status)
{
	g_autofree char *cpus = NULL;

	if (!status)
		return g_strdup("");
	cpus = cpus_text(&status->assigned);
	return g_strdup_printf("%s \302\267 %s%s", jhw_cell_state_text(status),
			       status->assigned.count ? cpus : _("no CPU"),
			       key_of(card) ? "" : _(" \302\267 not of this project"));
}

/* The project may have renamed it, or have got other cells before it. */
static void show_owner(GtkWidget *widget, struct card *card)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(card->session);
	uint32_t key = key_of(card);
	const char *class = jhw_owner_class(workspace, key);
	g_autofree char *title = key ? jhw_cell_title(workspace, key) : g_strdup(card->name);

	gtk_label_set_text(GTK_LABEL(card->title), title);
	if (card->class == class)
		return;
	if (card->class)
		gtk_widget_remove_css_class(widget, card->class);
	card->class = class;
	gtk_widget_add_css_class(widget, class);
}

void jhw_run_card_update(GtkWidget *widget)
{
	struct card *card = g_object_get_data(G_OBJECT(widget), KEY);
	JhwTarget *target = jhw_session_target(card->session);
	const struct jhcfg_cell_status *status = jhw_target_cell(target, card->name);
	g_autofree char *words = words_of(card, status);
	gboolean may = status && status->id && !jhw_target_is_recording(target);

	show_owner(widget, card);
	gtk_label_set_text(GTK_LABEL(card->words), words);
	if (status && status->state == JHCFG_CELL_FAILED)
		gtk_widget_add_css_class(card->words, "error");
	else
		gtk_widget_remove_css_class(card->words, "error");
	gtk_widget_set_visible(card->place, !jhw_target_is_recording(target));
	for (guint n = 0; n < G_N_ELEMENTS(verbs); n++)
		gtk_widget_set_visible(card->buttons[n],
				       may && verbs[n].states & 1U << status->state);
}

const char *jhw_run_card_name(GtkWidget *widget)
{
	return ((struct card *)g_object_get_data(G_OBJECT(widget), KEY))->name;
}

static void free_card(gpointer data)
{
	struct card *card = data;

	g_object_unref(card->session);
	g_free(card->name);
	g_free(card);
}

static GtkWidget *new_button(struct card *card, const struct verb *verb)
{
	GtkWidget *button = verb->icon ? gtk_button_new_from_icon_name(verb->icon)
				       : jhw_button_new(jhw_said(verb->label));
	g_autofree char *name = g_strdup_printf("%s %s", verb->verb, card->name);

	jhw_tooltip_set(button, jhw_said(verb->tip));
	gtk_widget_set_name(button, name);
	gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
				       -1);
	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), "run.cell");
	gtk_actionable_set_action_target(GTK_ACTIONABLE(button), "(ss)", verb->verb, card->name);
	gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
	if (!verb->icon)
		gtk_widget_add_css_class(button, "suggested-action");
	return button;
}

/* As wide in each card, so that graphs are below each other. */
static GtkWidget *new_buttons(struct card *card)
{
	GtkWidget *place = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	for (guint n = 0; n < G_N_ELEMENTS(verbs); n++) {
		card->buttons[n] = new_button(card, &verbs[n]);
		gtk_box_append(GTK_BOX(box), card->buttons[n]);
	}
	gtk_widget_set_halign(box, GTK_ALIGN_END);
	gtk_widget_set_hexpand(box, TRUE);
	gtk_widget_set_hexpand_set(place, TRUE);
	gtk_widget_add_css_class(place, "cell-card-buttons");
	gtk_box_append(GTK_BOX(place), box);
	card->place = place;
	return place;
}

/* As wide in each card, so that graphs are below each other. */
static GtkWidget *new_line(GtkWidget *box, const char *class)
{
	GtkWidget *label = gtk_label_new(NULL);

	gtk_widget_add_css_class(label, class);
	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_END);
	gtk_label_set_width_chars(GTK_LABEL(label), NAME_CHARS);
	gtk_label_set_max_width_chars(GTK_LABEL(label), NAME_CHARS);
	gtk_box_append(GTK_BOX(box), label);
	return label;
}

static GtkWidget *new_names(struct card *card)
{
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);

	card->title = new_line(box, "strong");
	card->words = new_line(box, "dim");
	gtk_widget_set_valign(box, GTK_ALIGN_CENTER);
	return box;
}

/* Its place stays while there is nothing to draw. */
static GtkWidget *new_graph(JhwSession *session, const char *name)
{
	GtkWidget *place = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);

	gtk_widget_set_hexpand(place, TRUE);
	gtk_box_append(GTK_BOX(place), jhw_cell_graph_new(session, name));
	return place;
}

GtkWidget *jhw_run_card_new(JhwSession *session, const char *name)
{
	struct card *card = g_new0(struct card, 1);
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	GtkWidget *bar = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	card->session = g_object_ref(session);
	card->name = g_strdup(name);
	gtk_widget_add_css_class(row, "card");
	gtk_widget_add_css_class(row, "cell-card");
	gtk_widget_set_overflow(row, GTK_OVERFLOW_HIDDEN);
	gtk_widget_add_css_class(bar, "lane-bar");
	gtk_widget_add_css_class(box, "cell-card-box");
	gtk_widget_set_hexpand(box, TRUE);
	gtk_box_append(GTK_BOX(box), new_names(card));
	gtk_box_append(GTK_BOX(box), new_graph(session, name));
	gtk_box_append(GTK_BOX(box), new_buttons(card));
	gtk_box_append(GTK_BOX(row), bar);
	gtk_box_append(GTK_BOX(row), box);
	g_object_set_data_full(G_OBJECT(row), KEY, card, free_card);
	jhw_run_card_update(row);
	return row;
}
