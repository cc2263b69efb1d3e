// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/partition/chip.h"

#include "model/move.h"
#include "model/names.h"
#include "model/owner.h"
#include "widgets/move_menu.h"
#include "widgets/ref_drag.h"

struct _JhwChip {
	GtkWidget parent_instance;
	JhwSession *session;
	JhwRef ref;
	GtkWidget *dot;
	GtkWidget *title;
	GtkWidget *subtitle;
	const char *owner_class;
	char *name;  /* for people who do not see it, and for tests */
	char *label; /* name and cell, as a screen reader says it */
};

G_DEFINE_FINAL_TYPE(JhwChip, jhw_chip, GTK_TYPE_WIDGET)

const JhwRef *jhw_chip_ref(JhwChip *chip)
{
	return &chip->ref;
}

JhwSession *jhw_chip_session(JhwChip *chip)
{
	return chip->session;
}

const char *jhw_chip_name(JhwChip *chip)
{
	return chip->name;
}

/* --- selection --------------------------------------------------------------- */

static void show_selection(JhwChip *chip)
{
	gboolean selected = jhw_selection_has(jhw_session_selection(chip->session), &chip->ref);

	if (selected == gtk_widget_has_css_class(GTK_WIDGET(chip), "selected"))
		return;
	if (selected)
		gtk_widget_add_css_class(GTK_WIDGET(chip), "selected");
	else
		gtk_widget_remove_css_class(GTK_WIDGET(chip), "selected");
	gtk_accessible_update_state(
		GTK_ACCESSIBLE(chip), GTK_ACCESSIBLE_STATE_PRESSED,
		selected ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

JhwRefList *jhw_chip_take(JhwChip *chip)
{
	return jhw_selection_take(jhw_session_selection(chip->session), &chip->ref);
}

static JhwRefList *take(GtkWidget *widget, G_GNUC_UNUSED gpointer data)
{
	return jhw_chip_take(JHW_CHIP(widget));
}

static void select_action(GtkWidget *widget, const char *name, G_GNUC_UNUSED GVariant *parameter)
{
	JhwChip *chip = JHW_CHIP(widget);
	JhwSelection *selection = jhw_session_selection(chip->session);

	if (g_str_equal(name, "chip.toggle"))
		jhw_selection_toggle(selection, &chip->ref);
	else
		jhw_selection_set(selection, &chip->ref);
}

/* With what else is selected, a press may begin a drag of all: it is the
 * release that leaves this one alone. */
static void pressed(GtkGestureClick *gesture, G_GNUC_UNUSED int count, G_GNUC_UNUSED double x,
		    G_GNUC_UNUSED double y, JhwChip *chip)
{
	GdkModifierType state =
		gtk_event_controller_get_current_event_state(GTK_EVENT_CONTROLLER(gesture));

	gtk_widget_grab_focus(GTK_WIDGET(chip));
	if (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK))
		gtk_widget_activate_action(GTK_WIDGET(chip), "chip.toggle", NULL);
	else if (!jhw_selection_has(jhw_session_selection(chip->session), &chip->ref))
		gtk_widget_activate_action(GTK_WIDGET(chip), "chip.select", NULL);
}

static void released(GtkGestureClick *gesture, G_GNUC_UNUSED int count, G_GNUC_UNUSED double x,
		     G_GNUC_UNUSED double y, JhwChip *chip)
{
	GdkModifierType state =
		gtk_event_controller_get_current_event_state(GTK_EVENT_CONTROLLER(gesture));

	/* it is no click on the lane; not claimed before, since a drag may begin */
	gtk_gesture_set_state(GTK_GESTURE(gesture), GTK_EVENT_SEQUENCE_CLAIMED);
	if (!(state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)))
		gtk_widget_activate_action(GTK_WIDGET(chip), "chip.select", NULL);
}

/* --- menu -------------------------------------------------------------------- */

static void menu_action(GtkWidget *widget, G_GNUC_UNUSED const char *name,
			G_GNUC_UNUSED GVariant *parameter)
{
	JhwChip *chip = JHW_CHIP(widget);
	g_autoptr(JhwRefList) refs = jhw_chip_take(chip);

	jhw_move_menu_open(widget, jhw_session_document(chip->session), refs, "chip.move-to", NULL);
}

static void secondary_pressed(G_GNUC_UNUSED GtkGestureClick *gesture, G_GNUC_UNUSED int count,
			      G_GNUC_UNUSED double x, G_GNUC_UNUSED double y, JhwChip *chip)
{
	gtk_widget_activate_action(GTK_WIDGET(chip), "chip.menu", NULL);
}

static void move_action(GtkWidget *widget, G_GNUC_UNUSED const char *name, GVariant *parameter)
{
	JhwChip *chip = JHW_CHIP(widget);
	/* the chip goes away with what it stands for */
	g_autoptr(JhwSession) session = g_object_ref(chip->session);
	g_autoptr(JhwRefList) refs = jhw_chip_take(chip);
	GError *error = NULL;

	jhw_move(jhw_session_document(session), refs, g_variant_get_uint32(parameter), &error);
	jhw_session_complain(session, error);
}

/* --- object ------------------------------------------------------------------ */

/* Made when it is wanted: most chips are never pointed at, and to set a tooltip
 * is to ask the display where the pointer is. */
static gboolean query_tooltip(GtkWidget *widget, G_GNUC_UNUSED int x, G_GNUC_UNUSED int y,
			      G_GNUC_UNUSED gboolean keyboard, GtkTooltip *tooltip)
{
	JhwChip *chip = JHW_CHIP(widget);
	g_autofree char *detail = jhw_ref_detail(jhw_session_workspace(chip->session), &chip->ref);
	g_autofree char *text = g_strdup_printf("%s%s%s", chip->name, *detail ? "\n" : "", detail);

	gtk_tooltip_set_text(tooltip, text);
	return TRUE;
}

static void add_gestures(JhwChip *chip)
{
	GtkGesture *primary = gtk_gesture_click_new(), *secondary = gtk_gesture_click_new();

	g_signal_connect(primary, "pressed", G_CALLBACK(pressed), chip);
	g_signal_connect(primary, "released", G_CALLBACK(released), chip);
	gtk_widget_add_controller(GTK_WIDGET(chip), GTK_EVENT_CONTROLLER(primary));
	gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(secondary), GDK_BUTTON_SECONDARY);
	g_signal_connect(secondary, "pressed", G_CALLBACK(secondary_pressed), chip);
	gtk_widget_add_controller(GTK_WIDGET(chip), GTK_EVENT_CONTROLLER(secondary));
	jhw_ref_drag_add(GTK_WIDGET(chip), chip->session, take, NULL);
}

static void jhw_chip_dispose(GObject *object)
{
	GtkWidget *child;

	while ((child = gtk_widget_get_first_child(GTK_WIDGET(object))))
		gtk_widget_unparent(child);
	g_clear_object(&JHW_CHIP(object)->session);
	G_OBJECT_CLASS(jhw_chip_parent_class)->dispose(object);
}

static void jhw_chip_finalize(GObject *object)
{
	g_free(JHW_CHIP(object)->name);
	g_free(JHW_CHIP(object)->label);
	G_OBJECT_CLASS(jhw_chip_parent_class)->finalize(object);
}

static void jhw_chip_class_init(JhwChipClass *class)
{
	GtkWidgetClass *widget_class = GTK_WIDGET_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_chip_dispose;
	G_OBJECT_CLASS(class)->finalize = jhw_chip_finalize;
	widget_class->query_tooltip = query_tooltip;
	gtk_widget_class_set_layout_manager_type(widget_class, GTK_TYPE_BOX_LAYOUT);
	gtk_widget_class_set_css_name(widget_class, "chip");
	gtk_widget_class_set_accessible_role(widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
	gtk_widget_class_install_action(widget_class, "chip.select", NULL, select_action);
	gtk_widget_class_install_action(widget_class, "chip.toggle", NULL, select_action);
	gtk_widget_class_install_action(widget_class, "chip.menu", NULL, menu_action);
	gtk_widget_class_install_action(widget_class, "chip.move-to", "u", move_action);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Return, 0, "chip.select", NULL);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_space, 0, "chip.select", NULL);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_space, GDK_CONTROL_MASK,
					    "chip.toggle", NULL);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_Menu, 0, "chip.menu", NULL);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_F10, GDK_SHIFT_MASK, "chip.menu",
					    NULL);
	gtk_widget_class_add_binding_action(widget_class, GDK_KEY_m, 0, "chip.menu", NULL);
}

static void jhw_chip_init(JhwChip *chip)
{
	chip->dot = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 0);
	chip->title = gtk_label_new(NULL);
	chip->subtitle = gtk_label_new(NULL);
	gtk_widget_add_css_class(chip->dot, "dot");
	gtk_widget_set_valign(chip->dot, GTK_ALIGN_CENTER);
	gtk_widget_add_css_class(chip->title, "chip-title");
	gtk_widget_add_css_class(chip->subtitle, "chip-subtitle");
	gtk_label_set_ellipsize(GTK_LABEL(chip->title), PANGO_ELLIPSIZE_END);
	gtk_label_set_max_width_chars(GTK_LABEL(chip->title), 28);
	gtk_widget_set_parent(chip->dot, GTK_WIDGET(chip));
	gtk_widget_set_parent(chip->title, GTK_WIDGET(chip));
	gtk_widget_set_parent(chip->subtitle, GTK_WIDGET(chip));
	gtk_widget_set_focusable(GTK_WIDGET(chip), TRUE);
	gtk_widget_set_has_tooltip(GTK_WIDGET(chip), TRUE);
}

GtkWidget *jhw_chip_new(JhwSession *session, const JhwRef *ref)
{
	JhwChip *chip = g_object_new(JHW_TYPE_CHIP, NULL);

	chip->session = g_object_ref(session);
	chip->ref = *ref;
	add_gestures(chip);
	g_signal_connect_object(jhw_session_selection(session), "changed",
				G_CALLBACK(show_selection), chip, G_CONNECT_SWAPPED);
	show_selection(chip);
	return GTK_WIDGET(chip);
}

/* --- looks ------------------------------------------------------------------- */

static void set_style(JhwChip *chip, const JhwChipSpec *spec)
{
	static const char *const classes[] = {
		[JHW_CHIP_TILE] = "tile",
		[JHW_CHIP_BAR] = "bar",
		[JHW_CHIP_PILL] = "pill",
		[JHW_CHIP_SMALL] = "tile",
	};
	GtkLayoutManager *layout = gtk_widget_get_layout_manager(GTK_WIDGET(chip));
	gboolean small = spec->style == JHW_CHIP_SMALL;
	gboolean tile = spec->style == JHW_CHIP_TILE || small;

	gtk_orientable_set_orientation(GTK_ORIENTABLE(layout), tile ? GTK_ORIENTATION_VERTICAL
								    : GTK_ORIENTATION_HORIZONTAL);
	gtk_widget_add_css_class(GTK_WIDGET(chip), classes[spec->style]);
	if (small)
		gtk_widget_add_css_class(GTK_WIDGET(chip), "many");
	gtk_widget_set_vexpand(chip->title, tile);
	gtk_widget_set_valign(chip->title, tile && spec->subtitle ? GTK_ALIGN_END : GTK_ALIGN_FILL);
	gtk_widget_set_visible(chip->dot, spec->style == JHW_CHIP_PILL);
	gtk_widget_set_size_request(GTK_WIDGET(chip), spec->width ? spec->width : -1, -1);
}

static void set_owner(JhwChip *chip, const JhwChipSpec *spec, uint32_t owner)
{
	const char *class = spec->shared
				    ? "owner-shared"
				    : jhw_owner_class(jhw_session_workspace(chip->session), owner);

	if (chip->owner_class == class)
		return;
	if (chip->owner_class)
		gtk_widget_remove_css_class(GTK_WIDGET(chip), chip->owner_class);
	gtk_widget_add_css_class(GTK_WIDGET(chip), class);
	chip->owner_class = class;
}

/* To tell of a name that has not changed costs as much as of one that has. */
static void set_label(JhwChip *chip, uint32_t owner)
{
	const struct jhcfg_workspace *workspace = jhw_session_workspace(chip->session);
	g_autofree char *cell = jhw_cell_title(workspace, owner);
	g_autofree char *label = NULL;

	g_free(chip->name);
	chip->name = jhw_ref_name(workspace, &chip->ref);
	label = g_strdup_printf("%s of %s", chip->name, cell);
	if (g_strcmp0(label, chip->label) == 0)
		return;
	g_free(chip->label);
	chip->label = g_steal_pointer(&label);
	gtk_accessible_update_property(GTK_ACCESSIBLE(chip), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       chip->label, -1);
}

void jhw_chip_update(JhwChip *chip, const JhwChipSpec *spec, uint32_t owner)
{
	set_style(chip, spec);
	set_owner(chip, spec, owner);
	gtk_label_set_text(GTK_LABEL(chip->title), spec->title);
	gtk_label_set_text(GTK_LABEL(chip->subtitle), spec->subtitle ? spec->subtitle : "");
	gtk_widget_set_visible(chip->subtitle, spec->subtitle != NULL);
	set_label(chip, owner);
}
