// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/review/page.h"

#include "model/review.h"
#include "model/text.h"
#include "widgets/accessible.h"

static GtkWidget *new_label(const char *text, const char *class)
{
	GtkWidget *label = gtk_label_new(text);

	gtk_label_set_xalign(GTK_LABEL(label), 0);
	gtk_label_set_ellipsize(GTK_LABEL(label), PANGO_ELLIPSIZE_MIDDLE);
	if (class)
		gtk_widget_add_css_class(label, class);
	return label;
}

/* One text for all lines of a part: there may be hundreds, and labels that wrap
 * take long to place. It can be copied, too. */
static GtkWidget *new_text(const GPtrArray *lines, const char *sign)
{
	GtkWidget *view = gtk_text_view_new();
	GtkTextBuffer *buffer = gtk_text_view_get_buffer(GTK_TEXT_VIEW(view));
	GtkTextIter end;

	gtk_text_buffer_create_tag(buffer, "dim", "scale", 0.9, "left-margin", 16,
				   "pixels-below-lines", 7, NULL);
	for (guint n = 0; n < lines->len; n++) {
		const JhwReviewLine *line = lines->pdata[n];
		g_autofree char *text = g_strdup_printf("%s %s\n", sign, line->text);
		g_autofree char *detail = g_strdup_printf("%s\n", line->detail);

		gtk_text_buffer_get_end_iter(buffer, &end);
		gtk_text_buffer_insert(buffer, &end, text, -1);
		if (*line->detail)
			gtk_text_buffer_insert_with_tags_by_name(buffer, &end, detail, -1, "dim",
								 NULL);
	}
	gtk_text_view_set_editable(GTK_TEXT_VIEW(view), FALSE);
	gtk_text_view_set_cursor_visible(GTK_TEXT_VIEW(view), FALSE);
	gtk_text_view_set_wrap_mode(GTK_TEXT_VIEW(view), GTK_WRAP_WORD_CHAR);
	gtk_text_view_set_pixels_above_lines(GTK_TEXT_VIEW(view), 3);
	gtk_text_view_set_indent(GTK_TEXT_VIEW(view), -16);
	gtk_text_view_set_accepts_tab(GTK_TEXT_VIEW(view), FALSE);
	return view;
}

/* What each part is called, the sign before its lines, and what is said if it
 * has none. */
static const struct {
	const char *title, *sign, *none;
} parts[JHW_REVIEW_NUM_PARTS] = {
	[JHW_REVIEW_FOUND] = { N_("Found"), "\342\234\223", N_("Nothing of hardware") },
	[JHW_REVIEW_INFERRED] = { N_("Inferred"), "\342\206\222", N_("Nothing had to be chosen") },
	[JHW_REVIEW_MISSING] = { N_("Missing"), "?", N_("Nothing that is needed") },
};

static GtkWidget *scroll(GtkWidget *view, const char *title)
{
	GtkWidget *scroller = gtk_scrolled_window_new();

	gtk_accessible_update_property(GTK_ACCESSIBLE(view), GTK_ACCESSIBLE_PROPERTY_LABEL, title,
				       -1);
	gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroller), GTK_POLICY_NEVER,
				       GTK_POLICY_AUTOMATIC);
	gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroller), view);
	gtk_widget_set_vexpand(scroller, TRUE);
	return scroller;
}

static GtkWidget *new_part(const struct jhcfg_workspace *workspace, const struct jhcfg_diags *diags,
			   JhwReviewPart part)
{
	g_autoptr(GPtrArray) lines = jhw_review_lines(workspace, diags, part);
	g_autofree char *title =
		g_strdup_printf("%s (%u)", jhw_said(parts[part].title), lines->len);
	GtkWidget *column = gtk_box_new(GTK_ORIENTATION_VERTICAL, 8);

	gtk_widget_add_css_class(column, "review-part");
	gtk_box_append(GTK_BOX(column), new_label(title, "strong"));
	if (!lines->len)
		gtk_box_append(GTK_BOX(column), new_label(jhw_said(parts[part].none), "dim"));
	else
		gtk_box_append(GTK_BOX(column), scroll(new_text(lines, parts[part].sign), title));
	return column;
}

static GtkWidget *new_button(const char *label, const char *action, const char *class)
{
	GtkWidget *button = jhw_button_new(label);

	gtk_actionable_set_action_name(GTK_ACTIONABLE(button), action);
	if (class)
		gtk_widget_add_css_class(button, class);
	return button;
}

static GtkWidget *new_head(const char *path, GtkWidget **button)
{
	GtkWidget *head = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 8);
	GtkWidget *text = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
	GtkWidget *create = new_button(_("C_reate Project"), "win.accept", "suggested-action");

	gtk_box_append(GTK_BOX(text), new_label(_("What was made of it"), "review-title"));
	gtk_box_append(GTK_BOX(text), new_label(path, "dim"));
	gtk_widget_set_hexpand(text, TRUE);
	gtk_box_append(GTK_BOX(head), text);
	gtk_box_append(GTK_BOX(head), new_button(_("_Cancel"), "win.decline", NULL));
	gtk_box_append(GTK_BOX(head), create);
	*button = create;
	for (GtkWidget *child = gtk_widget_get_next_sibling(text); child;
	     child = gtk_widget_get_next_sibling(child))
		gtk_widget_set_valign(child, GTK_ALIGN_CENTER);
	return head;
}

GtkWidget *jhw_review_page_new(const char *path, const struct jhcfg_workspace *workspace,
			       const struct jhcfg_diags *diags, GtkWidget **button)
{
	GtkWidget *page = gtk_box_new(GTK_ORIENTATION_VERTICAL, 20);
	GtkWidget *columns = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 24);

	gtk_widget_add_css_class(page, "review");
	gtk_box_append(GTK_BOX(page), new_head(path, button));
	gtk_box_set_homogeneous(GTK_BOX(columns), TRUE);
	for (guint part = 0; part < JHW_REVIEW_NUM_PARTS; part++)
		gtk_box_append(GTK_BOX(columns), new_part(workspace, diags, (JhwReviewPart)part));
	gtk_widget_set_vexpand(columns, TRUE);
	gtk_box_append(GTK_BOX(page), columns);
	return page;
}
