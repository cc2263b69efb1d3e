// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/section.h"

#include "model/owner.h"
#include "model/text.h"
#include "widgets/tooltip.h"
#include "widgets/trace.h"
#include "widgets/wrap_layout.h"

#define MAX_SHOWN 10U /* chips, as long as nobody asks for all */

struct _JhwSection {
	GtkWidget parent_instance;
	JhwSession *session;
	GtkWidget *heading;
	GtkWidget *chips;
	GtkWidget *more;
	GHashTable *by_ref; /* JhwRef to JhwChip, which @chips owns */
	gboolean show_all;
	uint32_t owner;
	GPtrArray *specs; /* of the last update */
};

G_DEFINE_FINAL_TYPE(JhwSection, jhw_section, GTK_TYPE_WIDGET)

static void jhw_section_dispose(GObject *object)
{
	JhwSection *section = JHW_SECTION(object);

	g_clear_pointer(&section->by_ref, g_hash_table_unref);
	g_clear_pointer(&section->specs, g_ptr_array_unref);
	g_clear_pointer(&section->heading, gtk_widget_unparent);
	g_clear_pointer(&section->chips, gtk_widget_unparent);
	g_clear_object(&section->session);
	G_OBJECT_CLASS(jhw_section_parent_class)->dispose(object);
}

static void jhw_section_class_init(JhwSectionClass *class)
{
	G_OBJECT_CLASS(class)->dispose = jhw_section_dispose;
	gtk_widget_class_set_layout_manager_type(GTK_WIDGET_CLASS(class), GTK_TYPE_BOX_LAYOUT);
	gtk_widget_class_set_css_name(GTK_WIDGET_CLASS(class), "section");
	gtk_widget_class_set_accessible_role(GTK_WIDGET_CLASS(class), GTK_ACCESSIBLE_ROLE_GROUP);
}

static void jhw_section_init(JhwSection *section)
{
	GtkWidget *widget = GTK_WIDGET(section);
	GtkLayoutManager *layout = gtk_widget_get_layout_manager(widget);

	gtk_orientable_set_orientation(GTK_ORIENTABLE(layout), GTK_ORIENTATION_VERTICAL);
	section->heading = gtk_label_new(NULL);
	gtk_label_set_xalign(GTK_LABEL(section->heading), 0);
	gtk_widget_add_css_class(section->heading, "section-heading");
	gtk_widget_set_parent(section->heading, widget);
	section->chips = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	gtk_widget_set_layout_manager(section->chips, jhw_wrap_layout_new(6, 6));
	gtk_widget_set_parent(section->chips, widget);
	section->by_ref = g_hash_table_new_full(jhw_ref_hash, jhw_ref_equal_func, g_free, NULL);
}

GtkWidget *jhw_section_new(JhwSession *session)
{
	JhwSection *section = g_object_new(JHW_TYPE_SECTION, NULL);

	section->session = g_object_ref(session);
	return GTK_WIDGET(section);
}

static void remove_missing(JhwSection *section, guint count)
{
	g_autoptr(GHashTable) wanted = g_hash_table_new(jhw_ref_hash, jhw_ref_equal_func);
	GHashTableIter iterator;
	gpointer ref, chip;

	for (guint n = 0; n < count; n++)
		g_hash_table_add(wanted, &((JhwChipSpec *)section->specs->pdata[n])->ref);
	g_hash_table_iter_init(&iterator, section->by_ref);
	while (g_hash_table_iter_next(&iterator, &ref, &chip)) {
		if (g_hash_table_contains(wanted, ref))
			continue;
		gtk_widget_unparent(chip);
		g_hash_table_iter_remove(&iterator);
	}
}

static GtkWidget *chip_of(JhwSection *section, const JhwRef *ref)
{
	GtkWidget *chip = g_hash_table_lookup(section->by_ref, ref);

	if (!chip) {
		chip = jhw_chip_new(section->session, ref);
		gtk_widget_set_parent(chip, section->chips);
		g_hash_table_insert(section->by_ref, jhw_ref_dup(ref), chip);
	}
	return chip;
}

static void update(JhwSection *section);

static void show_all(JhwSection *section)
{
	section->show_all = TRUE;
	update(section);
}

static void update_more(JhwSection *section, guint hidden)
{
	g_autofree char *text = g_strdup_printf("+ %u", hidden);

	if (!hidden) {
		g_clear_pointer(&section->more, gtk_widget_unparent);
		return;
	}
	if (!section->more) {
		section->more = gtk_button_new();
		gtk_widget_add_css_class(section->more, "more");
		jhw_tooltip_set(section->more, _("Show all of them"));
		gtk_widget_set_parent(section->more, section->chips);
		g_signal_connect_swapped(section->more, "clicked", G_CALLBACK(show_all), section);
	}
	gtk_button_set_label(GTK_BUTTON(section->more), text);
	gtk_widget_insert_before(section->more, section->chips, NULL);
}

static void update(JhwSection *section)
{
	guint count = section->specs->len, shown = count;
	GtkWidget *previous = NULL;

	if (!section->show_all && count > MAX_SHOWN + 1 &&
	    ((JhwChipSpec *)section->specs->pdata[0])->style == JHW_CHIP_PILL)
		shown = MAX_SHOWN;
	remove_missing(section, shown);
	for (guint n = 0; n < shown; n++) {
		const JhwChipSpec *spec = section->specs->pdata[n];
		GtkWidget *chip = chip_of(section, &spec->ref);

		if (gtk_widget_get_prev_sibling(chip) != previous)
			gtk_widget_insert_after(chip, section->chips, previous);
		jhw_chip_update(JHW_CHIP(chip), spec, section->owner);
		previous = chip;
	}
	update_more(section, count - shown);
}

void jhw_section_update(JhwSection *section, const JhwSectionSpec *spec, uint32_t owner)
{
	section->owner = owner;
	gtk_label_set_text(GTK_LABEL(section->heading), spec->title);
	gtk_accessible_update_property(GTK_ACCESSIBLE(section), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       spec->title, -1);
	g_clear_pointer(&section->specs, g_ptr_array_unref);
	section->specs = g_ptr_array_ref(spec->chips);
	update(section);
}

void jhw_section_trace(JhwSection *section)
{
	GHashTableIter iterator;
	gpointer chip;

	g_hash_table_iter_init(&iterator, section->by_ref);
	while (g_hash_table_iter_next(&iterator, NULL, &chip)) {
		g_autofree char *name = g_strdelimit(g_strdup(jhw_chip_name(chip)), " ", '_');

		jhw_trace_geometry(chip, name);
	}
}
