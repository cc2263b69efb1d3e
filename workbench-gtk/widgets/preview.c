// SPDX-License-Identifier: GPL-2.0-or-later
#include "widgets/preview.h"

#include <string.h>

#include "model/move_judge.h"
#include "model/names.h"
#include "model/owner.h"
#include "model/text.h"

#define MAX_LINES  7U
#define MAX_BROKEN 3U
#define MAX_CHARS  44 /* of a line of text */

struct _JhwPreview {
	GtkWidget parent_instance;
	GtkWidget *box;
	JhwDocument *document;
	JhwRefList *refs; /* what is shown */
	uint32_t cell;
	GCancellable *judging; /* the rules are asked; NULL: not now */
};

G_DEFINE_FINAL_TYPE(JhwPreview, jhw_preview, GTK_TYPE_WIDGET)

static void forget(JhwPreview *preview)
{
	g_cancellable_cancel(preview->judging);
	g_clear_object(&preview->judging);
	g_clear_pointer(&preview->box, gtk_widget_unparent);
	g_clear_pointer(&preview->refs, jhw_ref_list_unref);
	g_clear_object(&preview->document);
}

static void jhw_preview_dispose(GObject *object)
{
	forget(JHW_PREVIEW(object));
	G_OBJECT_CLASS(jhw_preview_parent_class)->dispose(object);
}

static void jhw_preview_class_init(JhwPreviewClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_preview_dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BIN_LAYOUT);
	gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "preview");
	gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(class), GTK_ACCESSIBLE_ROLE_TOOLTIP);
}

static void jhw_preview_init(JhwPreview *preview)
{
	gtk_widget_set_can_target(GTK_WIDGET(preview), FALSE);
	gtk_widget_set_visible(GTK_WIDGET(preview), FALSE);
	gtk_widget_set_halign(GTK_WIDGET(preview), GTK_ALIGN_START);
	gtk_widget_set_valign(GTK_WIDGET(preview), GTK_ALIGN_START);
}

GtkWidget *jhw_preview_new(void)
{
	return g_object_new(JHW_TYPE_PREVIEW, NULL);
}

static GtkWidget *add_label(GtkWidget *box, const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_yalign(GTK_LABEL(label), 0);
	/* to measure text that may wrap is to lay it out several times */
	if (g_utf8_strlen(text, -1) > MAX_CHARS) {
		gtk_label_set_wrap(GTK_LABEL(label), TRUE);
		gtk_label_set_max_width_chars(GTK_LABEL(label), MAX_CHARS);
	}
	if (class)
		gtk_widget_add_css_class(label, class);
	gtk_box_append(GTK_BOX(box), label);
	return label;
}

static GtkWidget *add_row(GtkWidget *box)
{
	GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);

	gtk_box_append(GTK_BOX(box), row);
	return row;
}

static void add_head(GtkWidget *box, const struct jhcfg_workspace *workspace,
		     const JhwMovePreview *move)
{
	g_autofree char *to = jhw_cell_title(workspace, move->cell);
	GtkWidget *row = add_row(box), *name = add_label(row, move->title, "preview-name");

	gtk_widget_add_css_class(name, jhw_owner_class(workspace, move->cell));
	add_label(row, move->from, "dim");
	add_label(row, "\342\206\222", "dim");
	add_label(row, to, "strong");
}

static gboolean is_remark(const JhwMoveLine *line)
{
	return line->kind == JHCFG_PLAN_NOTE || line->kind == JHCFG_PLAN_WARNING;
}

static void add_line(GtkWidget *box, const JhwMoveLine *line)
{
	static const char *const signs[] = { "\302\267", "!", "+" };
	guint rank = line->kind == JHCFG_PLAN_NOTE ? 0 : line->kind == JHCFG_PLAN_WARNING ? 1 : 2;
	GtkWidget *row = add_row(box);
	g_autofree char *text =
		g_strdup_printf("%s%s%s", line->what, *line->reason ? ": " : "", line->reason);

	if (strstr(jhcfg_plan_kind_name(line->kind), "remove"))
		add_label(row, "\342\210\222", "preview-sign");
	else
		add_label(row, signs[rank], rank == 1 ? "warning-sign" : "preview-sign");
	add_label(row, text, rank ? NULL : "dim");
}

/* What is done first, then remarks, and how much was left out. */
static void add_lines(GtkWidget *box, const JhwMovePreview *move)
{
	g_autofree char *rest = NULL;
	guint shown = 0;

	for (guint remarks = 0; remarks < 2; remarks++)
		for (guint n = 0; n < move->lines->len && shown < MAX_LINES; n++)
			if (is_remark(move->lines->pdata[n]) == (remarks == 1)) {
				add_line(box, move->lines->pdata[n]);
				shown++;
			}
	if (shown < move->lines->len) {
		rest = g_strdup_printf(_("and %u more"), move->lines->len - shown);
		add_label(box, rest, "dim");
	}
}

static void add_broken(GtkWidget *box, const char *text)
{
	g_auto(GStrv) parts = g_strsplit(text, "\t", 2);
	GtkWidget *row = add_row(box), *badge = add_label(row, parts[0], "badge");

	gtk_widget_add_css_class(badge, "badge-error");
	gtk_widget_set_valign(badge, GTK_ALIGN_START);
	add_label(row, parts[1], NULL);
}

/* It may be that another move is shown by now, or none. */
static void judged(GObject *document, GAsyncResult *result, gpointer data)
{
	g_autoptr(JhwPreview) preview = data;
	g_autoptr(GPtrArray) broken = jhw_move_judge_finish(JHW_DOCUMENT(document), result);

	if (!broken)
		return;
	g_clear_object(&preview->judging);
	for (guint n = 0; n < broken->len && n < MAX_BROKEN; n++)
		add_broken(preview->box, broken->pdata[n]);
}

/* Meanwhile the pointer is followed. */
static void judge(JhwPreview *preview, struct jhcfg_workspace *after)
{
	preview->judging = g_cancellable_new();
	jhw_move_judge_async(preview->document, after, preview->judging, judged,
			     g_object_ref(preview));
}

void jhw_preview_show(JhwPreview *preview, JhwDocument *document, JhwRefList *refs, uint32_t cell)
{
	g_autoptr(JhwMovePreview) move = NULL;

	gtk_widget_set_visible(GTK_WIDGET(preview), TRUE);
	if (preview->box && preview->refs == refs && preview->cell == cell)
		return;
	move = jhw_move_preview(document, refs, cell);
	forget(preview);
	preview->document = g_object_ref(document);
	preview->refs = jhw_ref_list_ref(refs);
	preview->cell = cell;
	preview->box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 6);
	gtk_widget_set_parent(preview->box, GTK_WIDGET(preview));
	add_head(preview->box, jhw_document_workspace(document), move);
	if (move->refusal)
		add_label(preview->box, move->refusal, "error");
	else
		judge(preview, g_steal_pointer(&move->after));
	add_lines(preview->box, move);
}

void jhw_preview_hide(JhwPreview *preview)
{
	gtk_widget_set_visible(GTK_WIDGET(preview), FALSE);
	forget(preview);
}
