// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/interrupts/matrix.h"

#include "canvas/theme.h"
#include "model/text.h"
#include "pages/interrupts/matrix_draw.h"

struct _JhwMatrix {
	GtkWidget parent_instance;
	JhwSession *session;
	const JhwLines *lines; /* not ours */
	char *filter;
	guint cursor; /* index that keys move */
	guint anchor; /* where a range began */
	gboolean dragging;
	GtkGesture *drag; /* the widget's */
};

enum {
	POINTED,
	MENU,
	NUM_SIGNALS
};
static guint signals[NUM_SIGNALS];

G_DEFINE_FINAL_TYPE(JhwMatrix, jhw_matrix, GTK_TYPE_WIDGET)

/* --- drawing ------------------------------------------------------------------ */

static void jhw_matrix_snapshot(GtkWidget *widget, GtkSnapshot *snapshot)
{
	JhwMatrix *matrix = JHW_MATRIX(widget);
	int width = gtk_widget_get_width(widget), height = gtk_widget_get_height(widget);
	JhwMatrixLooks looks = {
		.theme = jhw_theme_of(widget),
		.font = pango_context_get_font_description(gtk_widget_get_pango_context(widget)),
		.filter = matrix->filter,
		.cursor = gtk_widget_has_visible_focus(widget) ? matrix->cursor : G_MAXUINT,
	};
	cairo_t *cairo;

	if (width <= 0 || height <= 0 || !matrix->lines)
		return;
	cairo = gtk_snapshot_append_cairo(
		snapshot, &GRAPHENE_RECT_INIT(-3, -3, (float)width + 6, (float)height + 6));
	jhw_matrix_draw(cairo, matrix->lines, width, &looks,
			jhw_session_selection(matrix->session));
	cairo_destroy(cairo);
}

static void jhw_matrix_measure(GtkWidget *widget, GtkOrientation orientation,
			       G_GNUC_UNUSED int for_size, int *minimum, int *natural,
			       G_GNUC_UNUSED int *minimum_baseline,
			       G_GNUC_UNUSED int *natural_baseline)
{
	JhwMatrix *matrix = JHW_MATRIX(widget);
	guint count = matrix->lines ? matrix->lines->lines->len : 1;

	*minimum = *natural = orientation == GTK_ORIENTATION_VERTICAL ? jhw_matrix_height(count)
								      : jhw_matrix_width();
}

void jhw_matrix_set_lines(JhwMatrix *matrix, const JhwLines *lines)
{
	matrix->lines = lines;
	matrix->cursor = MIN(matrix->cursor, lines->lines->len - 1);
	matrix->anchor = MIN(matrix->anchor, lines->lines->len - 1);
	gtk_widget_queue_resize(GTK_WIDGET(matrix));
}

void jhw_matrix_set_filter(JhwMatrix *matrix, const char *text)
{
	g_free(matrix->filter);
	matrix->filter = g_strdup(text);
	gtk_widget_queue_draw(GTK_WIDGET(matrix));
}

/* --- selecting ---------------------------------------------------------------- */

static guint line_at(JhwMatrix *matrix, double x, double y)
{
	return jhw_matrix_at(matrix->lines->lines->len, gtk_widget_get_width(GTK_WIDGET(matrix)), x,
			     y);
}

/* All from the anchor to the cursor, which comes last. */
static void select_range(JhwMatrix *matrix)
{
	guint low = MIN(matrix->anchor, matrix->cursor), high = MAX(matrix->anchor, matrix->cursor);
	guint count = high - low + 1;
	g_autofree JhwRef *refs = g_new(JhwRef, count);

	for (guint n = 0; n < count; n++) {
		guint index = matrix->cursor == low ? high - n : low + n;
		const JhwLine *line = matrix->lines->lines->pdata[index];

		refs[n] = jhw_ref_of(JHW_REF_IRQ, line->number);
	}
	jhw_selection_set_all(jhw_session_selection(matrix->session), refs, count);
}

static void put_cursor(JhwMatrix *matrix, guint index, gboolean extend)
{
	if (index == G_MAXUINT)
		return;
	matrix->cursor = index;
	if (!extend)
		matrix->anchor = index;
	select_range(matrix);
}

static void ask_for_menu(JhwMatrix *matrix)
{
	double x, y, size;

	jhw_matrix_place(matrix->cursor, gtk_widget_get_width(GTK_WIDGET(matrix)), &x, &y, &size);
	g_signal_emit(matrix, signals[MENU], 0, x + size / 2, y + size);
}

/* --- pointer ------------------------------------------------------------------ */

static void moved(G_GNUC_UNUSED GtkEventControllerMotion *motion, double x, double y,
		  JhwMatrix *matrix)
{
	g_signal_emit(matrix, signals[POINTED], 0, line_at(matrix, x, y));
}

static void left(G_GNUC_UNUSED GtkEventControllerMotion *motion, JhwMatrix *matrix)
{
	g_signal_emit(matrix, signals[POINTED], 0, G_MAXUINT);
}

static void pressed(GtkGestureClick *click, G_GNUC_UNUSED int count, double x, double y,
		    JhwMatrix *matrix)
{
	guint button = gtk_gesture_single_get_current_button(GTK_GESTURE_SINGLE(click));
	GdkModifierType state =
		gtk_event_controller_get_current_event_state(GTK_EVENT_CONTROLLER(click));
	guint index = line_at(matrix, x, y);
	JhwRef ref = { .kind = JHW_REF_IRQ };

	gtk_widget_grab_focus(GTK_WIDGET(matrix));
	if (index == G_MAXUINT)
		return;
	ref.id = ((JhwLine *)matrix->lines->lines->pdata[index])->number;
	if (button == GDK_BUTTON_SECONDARY) {
		/* a menu is about all that is selected */
		if (!jhw_selection_has(jhw_session_selection(matrix->session), &ref))
			put_cursor(matrix, index, FALSE);
		g_signal_emit(matrix, signals[MENU], 0, x, y);
	} else if (state & GDK_CONTROL_MASK) {
		matrix->cursor = matrix->anchor = index;
		jhw_selection_toggle(jhw_session_selection(matrix->session), &ref);
	} else {
		put_cursor(matrix, index, (state & GDK_SHIFT_MASK) != 0);
	}
}

static void drag_update(GtkGestureDrag *gesture, double dx, double dy, JhwMatrix *matrix)
{
	double x, y;
	guint index;

	gtk_gesture_drag_get_start_point(gesture, &x, &y);
	index = line_at(matrix, x + dx, y + dy);
	if (index == G_MAXUINT || index == matrix->cursor)
		return;
	matrix->dragging = TRUE;
	put_cursor(matrix, index, TRUE);
}

/* A range was dragged over: that is for giving it to somebody. */
static void drag_end(G_GNUC_UNUSED GtkGestureDrag *gesture, G_GNUC_UNUSED double dx,
		     G_GNUC_UNUSED double dy, JhwMatrix *matrix)
{
	if (matrix->dragging)
		ask_for_menu(matrix);
	matrix->dragging = FALSE;
}

/* --- keys --------------------------------------------------------------------- */

static gboolean key_pressed(G_GNUC_UNUSED GtkEventControllerKey *keys, guint key,
			    G_GNUC_UNUSED guint code, GdkModifierType state, JhwMatrix *matrix)
{
	static const struct {
		guint key;
		int by;
	} steps[] = {
		{ GDK_KEY_Left, -1 },
		{ GDK_KEY_Right, 1 },
		{ GDK_KEY_Up, -(int)JHW_MATRIX_COLUMNS },
		{ GDK_KEY_Down, JHW_MATRIX_COLUMNS },
		{ GDK_KEY_Home, -1020 },
		{ GDK_KEY_End, 1020 },
	};
	int last = (int)matrix->lines->lines->len - 1;

	/* back to the line where the drag began */
	if (key == GDK_KEY_Escape && matrix->dragging) {
		matrix->dragging = FALSE;
		gtk_gesture_set_state(matrix->drag, GTK_EVENT_SEQUENCE_DENIED);
		put_cursor(matrix, matrix->anchor, FALSE);
		return TRUE;
	}
	for (guint n = 0; n < G_N_ELEMENTS(steps); n++)
		if (steps[n].key == key) {
			put_cursor(matrix, (guint)CLAMP((int)matrix->cursor + steps[n].by, 0, last),
				   (state & GDK_SHIFT_MASK) != 0);
			return TRUE;
		}
	if (key != GDK_KEY_Return && key != GDK_KEY_space && key != GDK_KEY_Menu)
		return FALSE;
	ask_for_menu(matrix);
	return TRUE;
}

/* --- the widget --------------------------------------------------------------- */

static void jhw_matrix_dispose(GObject *object)
{
	JhwMatrix *matrix = JHW_MATRIX(object);
	GtkWidget *child;

	/* popovers */
	while ((child = gtk_widget_get_first_child(GTK_WIDGET(matrix))))
		gtk_widget_unparent(child);
	g_clear_pointer(&matrix->filter, g_free);
	g_clear_object(&matrix->session);
	G_OBJECT_CLASS(jhw_matrix_parent_class)->dispose(object);
}

static void jhw_matrix_class_init(JhwMatrixClass *class)
{
	GtkWidgetClass *widget = GTK_WIDGET_CLASS(class);
	GType type = G_TYPE_FROM_CLASS(class);

	G_OBJECT_CLASS(class)->dispose = jhw_matrix_dispose;
	widget->snapshot = jhw_matrix_snapshot;
	widget->measure = jhw_matrix_measure;
	gtk_widget_class_set_css_name(widget, "matrix");
	gtk_widget_class_set_accessible_role(widget, GTK_ACCESSIBLE_ROLE_IMG);
	signals[POINTED] = g_signal_new("pointed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
					G_TYPE_NONE, 1, G_TYPE_UINT);
	signals[MENU] = g_signal_new("menu", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
				     G_TYPE_NONE, 2, G_TYPE_DOUBLE, G_TYPE_DOUBLE);
}

static void jhw_matrix_init(JhwMatrix *matrix)
{
	GtkWidget *widget = GTK_WIDGET(matrix);
	GtkEventController *motion = gtk_event_controller_motion_new();
	GtkEventController *keys = gtk_event_controller_key_new();
	GtkGesture *click = gtk_gesture_click_new();
	GtkGesture *drag = gtk_gesture_drag_new();

	g_signal_connect(motion, "motion", G_CALLBACK(moved), matrix);
	g_signal_connect(motion, "leave", G_CALLBACK(left), matrix);
	matrix->drag = drag;
	gtk_gesture_single_set_button(GTK_GESTURE_SINGLE(click), 0);
	g_signal_connect(click, "pressed", G_CALLBACK(pressed), matrix);
	g_signal_connect(drag, "drag-update", G_CALLBACK(drag_update), matrix);
	g_signal_connect(drag, "drag-end", G_CALLBACK(drag_end), matrix);
	g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), matrix);
	gtk_widget_add_controller(widget, motion);
	gtk_widget_add_controller(widget, keys);
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(click));
	gtk_widget_add_controller(widget, GTK_EVENT_CONTROLLER(drag));
	gtk_widget_set_focusable(widget, TRUE);
	gtk_widget_set_hexpand(widget, TRUE);
	gtk_accessible_update_property(GTK_ACCESSIBLE(matrix), GTK_ACCESSIBLE_PROPERTY_LABEL,
				       _("Interrupt lines"), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
				       _("The same as the list below"), -1);
}

GtkWidget *jhw_matrix_new(JhwSession *session)
{
	JhwMatrix *matrix = g_object_new(JHW_TYPE_MATRIX, NULL);

	matrix->session = g_object_ref(session);
	g_signal_connect_object(jhw_session_selection(session), "changed",
				G_CALLBACK(gtk_widget_queue_draw), matrix, G_CONNECT_SWAPPED);
	return GTK_WIDGET(matrix);
}
