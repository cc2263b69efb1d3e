// SPDX-License-Identifier: GPL-2.0-or-later
/* The Interrupts page without a display: lines, where they are drawn, giving. */
#include "cmocka_all.h"

#include <glib/gstdio.h>
#include <jhcfg/project.h>
#include <pango/pangocairo.h>

#include "canvas/palette.h"
#include "gtk_fixture.h"
#include "model/error.h"
#include "model/irq.h"
#include "model/owner.h"
#include "pages/interrupts/matrix_draw.h"

#define BOARD "arm64/zynqmp-zcu102"
#define UART1 54U /* INTID of serial1 */
#define WIDTH 720

static const JhwLine *line_of(const JhwLines *lines, uint32_t number)
{
	return lines->lines->pdata[number - lines->first];
}

static gboolean give(JhwDocument *document, uint32_t first, uint32_t count, uint32_t cell)
{
	g_autofree JhwRef *refs = g_new(JhwRef, count);
	g_autoptr(JhwRefList) list = NULL;

	for (uint32_t n = 0; n < count; n++)
		refs[n] = jhw_ref_of(JHW_REF_IRQ, first + n);
	list = jhw_ref_list_new(refs, count);
	return jhw_lines_give(document, list, cell, NULL);
}

static void test_lines_know_devices_and_owners(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(JhwLines) lines = jhw_lines_new(jhw_document_workspace(document));
	const JhwLine *line = line_of(lines, UART1);

	(void)state;
	assert_int_equal(lines->first, 32);
	assert_int_equal(lines->lines->len % 32, 0);
	assert_in_range(lines->lines->len, 160, 224);
	assert_string_equal(line->devices, "serial1");
	/* its line is the Linux cell's, as long as that is on the board */
	assert_string_equal(line->owners, "linux-demo");
	assert_int_equal(line->state, JHW_LINE_USED);
	assert_int_equal(line->trigger, JHCFG_TRIGGER_LEVEL);
	assert_true(jhw_line_matches(lines, line, "serial1"));
	assert_true(jhw_line_matches(lines, line, "54"));
	assert_true(jhw_line_matches(lines, line, "22"));
	assert_true(jhw_line_matches(lines, line, "linux-demo"));
	assert_false(jhw_line_matches(lines, line, "serial0"));
}

static void test_a_given_line_is_the_cells_and_can_be_undone(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autofree char *before = fixture_text(document), *after = NULL;
	uint32_t cell = fixture_cell(document, "inmate-demo");
	uint32_t other = fixture_cell(document, "tick-demo");
	g_autoptr(JhwLines) given = NULL, moved = NULL, back = NULL;

	(void)state;
	assert_true(give(document, UART1, 3, cell));
	given = jhw_lines_new(jhw_document_workspace(document));
	assert_int_equal(line_of(given, UART1)->owner, cell);
	assert_int_equal(line_of(given, UART1 + 2)->owner, cell);
	/* from one cell to another, which is no conflict */
	assert_true(give(document, UART1, 1, other));
	moved = jhw_lines_new(jhw_document_workspace(document));
	assert_int_equal(line_of(moved, UART1)->owner, other);
	assert_int_equal(line_of(moved, UART1)->state, JHW_LINE_USED);
	assert_string_equal(jhw_document_undo_name(document), "Give interrupt 54 to tick-demo");
	/* and to the root */
	assert_true(give(document, UART1, 3, JHCFG_ROOT_KEY));
	back = jhw_lines_new(jhw_document_workspace(document));
	assert_int_equal(line_of(back, UART1)->owner, JHCFG_ROOT_KEY);
	while (jhw_document_undo_name(document))
		jhw_document_undo(document);
	after = fixture_text(document);
	assert_string_equal(before, after);
}

static int share(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	uint32_t *cells = data;
	int err = 0;

	(void)diags;
	for (int n = 0; !err && n < 2; n++)
		err = jhcfg_config_add_irq(jhcfg_workspace_edit_cell(workspace, cells[n]),
					   jhw_irqchip_address(workspace), UART1);
	return err;
}

static void test_lines_tell_what_is_wrong(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	uint32_t cells[] = { fixture_cell(document, "inmate-demo"),
			     fixture_cell(document, "tick-demo") };
	g_autoptr(JhwLines) lines = NULL;
	guint unused = 0;

	(void)state;
	assert_true(jhw_document_edit(document, "share", share, cells, NULL));
	lines = jhw_lines_new(jhw_document_workspace(document));
	assert_int_equal(line_of(lines, UART1)->state, JHW_LINE_CONFLICT);
	assert_non_null(strstr(line_of(lines, UART1)->owners, "inmate-demo"));
	assert_non_null(strstr(line_of(lines, UART1)->owners, "tick-demo"));
	while (line_of(lines, lines->first + unused)->state != JHW_LINE_UNUSED)
		unused++;
	assert_true(give(document, lines->first + unused, 1, cells[0]));
	jhw_lines_free(g_steal_pointer(&lines));
	lines = jhw_lines_new(jhw_document_workspace(document));
	assert_int_equal(line_of(lines, lines->first + unused)->state, JHW_LINE_ORPHAN);
}

static void test_places_and_points_are_inverse(void **state)
{
	(void)state;
	for (int width = jhw_matrix_width(); width < 2000; width += 61)
		for (guint n = 0; n < 988; n++) {
			double x, y, size;

			jhw_matrix_place(n, width, &x, &y, &size);
			assert_true(x + size <= width && y + size <= jhw_matrix_height(988));
			assert_int_equal(jhw_matrix_at(988, width, x + 1, y + 1), n);
			assert_int_equal(jhw_matrix_at(988, width, x + size - 1, y + size - 1), n);
		}
	assert_int_equal(jhw_matrix_at(160, WIDTH, 2, 2), G_MAXUINT);
	assert_int_equal(jhw_matrix_at(160, WIDTH, 300, -1), G_MAXUINT);
	assert_int_equal(jhw_matrix_at(160, WIDTH, 300, 5000), G_MAXUINT);
	assert_int_equal(jhw_matrix_at(160, WIDTH, 1e9, 10), G_MAXUINT);
}

static void test_drawing_has_the_owners_colour(void **state)
{
	g_autoptr(JhwDocument) document = fixture_board(BOARD);
	g_autoptr(JhwSelection) selection = jhw_selection_new();
	uint32_t cell = fixture_cell(document, "inmate-demo");
	g_autoptr(JhwLines) lines = NULL;
	PangoFontDescription *font = pango_font_description_from_string("Sans 10");
	JhwMatrixLooks looks = { .font = font, .cursor = G_MAXUINT };
	JhwColour wanted;
	cairo_surface_t *surface;
	cairo_t *cairo;
	const unsigned char *pixel;
	double x, y, size;

	(void)state;
	assert_true(give(document, UART1, 1, cell));
	lines = jhw_lines_new(jhw_document_workspace(document));
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH,
					     jhw_matrix_height(lines->lines->len));
	cairo = cairo_create(surface);
	jhw_matrix_draw(cairo, lines, WIDTH, &looks, selection);
	cairo_surface_flush(surface);
	jhw_matrix_place(UART1 - lines->first, WIDTH, &x, &y, &size);
	pixel = cairo_image_surface_get_data(surface) +
		(int)(y + size / 2) * cairo_image_surface_get_stride(surface) +
		4 * (int)(x + size / 2);
	wanted = jhw_palette_owner(jhw_owner_colour(jhw_document_workspace(document), cell), FALSE);
	assert_int_equal(pixel[2], (int)(wanted.red * 255 + 0.5));
	assert_int_equal(pixel[1], (int)(wanted.green * 255 + 0.5));
	assert_int_equal(pixel[0], (int)(wanted.blue * 255 + 0.5));
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	pango_font_description_free(font);
}

/* --- machines with several I/O APICs --------------------------------------------- */

#define SECOND_BASE 0xfec01000ULL

/* A recorded PC, with a second I/O APIC behind the first one and a card on it. */
static JhwDocument *two_ioapics(guint second_id)
{
	g_autoptr(JhwDocument) machine = fixture_machine("q35-intel");
	g_autofree char *folder = g_dir_make_tmp("jhw-interrupts-XXXXXX", NULL);
	g_autofree char *path = g_build_filename(folder, "board.json", NULL);
	g_autofree char *chip = g_strdup_printf(
		"\"interrupt_controllers\": [{ \"kind\": \"ioapic\", \"distributor\": { \"phys\": "
		"\"0x%llx\", \"size\": \"4K\" }, \"id\": %u, \"gsi_base\": 24, \"pins\": 24, "
		"\"bdf\": \"f0:1f.7\", \"iommu\": 0 },",
		SECOND_BASE, second_id);
	g_autoptr(JhwDiagsList) diags = jhcfg_diags_new();
	g_autoptr(GString) text = NULL;
	g_autoptr(GError) error = NULL;
	JhwDocument *document;
	char *written = NULL;

	assert_int_equal(
		jhcfg_board_write(jhcfg_workspace_board(jhw_document_workspace(machine)), &written),
		0);
	text = g_string_new(written);
	free(written);
	assert_int_equal(g_string_replace(text, "\"interrupt_controllers\": [", chip, 1), 1);
	assert_int_equal(g_string_replace(text, "\"devices\": [",
					  "\"devices\": [{ \"name\": \"card\", \"interrupts\": "
					  "[{ \"number\": 30, \"trigger\": \"edge\" }] },",
					  1),
			 1);
	assert_true(g_file_set_contents(path, text->str, -1, NULL));
	document = jhw_document_load(path, diags, &error);
	if (!document)
		fail_msg("%s", error->message);
	g_unlink(path);
	g_rmdir(folder);
	return document;
}

static void test_lines_of_a_second_ioapic_have_names_of_their_own(void **state)
{
	g_autoptr(JhwDocument) document = two_ioapics(9);
	g_autoptr(JhwLines) lines = jhw_lines_new(jhw_document_workspace(document));

	(void)state;
	assert_int_equal(lines->first, 0);
	assert_true(lines->lines->len >= 48);
	assert_string_equal(line_of(lines, 4)->name, "pin 4 of I/O APIC 0");
	assert_string_equal(line_of(lines, 23)->name, "pin 23 of I/O APIC 0");
	assert_string_equal(line_of(lines, 24)->name, "pin 0 of I/O APIC 9");
	assert_string_equal(line_of(lines, 30)->name, "pin 6 of I/O APIC 9");
	assert_string_equal(line_of(lines, 30)->devices, "card");
	assert_int_equal(line_of(lines, 30)->trigger, JHCFG_TRIGGER_EDGE);
	assert_true(jhw_line_matches(lines, line_of(lines, 30), "pin 6"));
	assert_string_equal(line_of(lines, 49)->name, "line 49");
}

/* Firmware that numbers them all alike: places tell them apart. */
static void test_ioapics_of_the_same_id_have_names_of_their_own(void **state)
{
	g_autoptr(JhwDocument) document = two_ioapics(0);
	g_autoptr(JhwLines) lines = jhw_lines_new(jhw_document_workspace(document));

	(void)state;
	assert_string_not_equal(line_of(lines, 4)->name, line_of(lines, 28)->name);
	assert_non_null(strstr(line_of(lines, 28)->name, "0xfec01000"));
}

/* Pin 6 of either: what configurations say is told apart by the controller, whose id
 * must be the root's, or the hypervisor runs out of remapping entries. */
static void test_a_line_of_a_second_ioapic_is_given_there(void **state)
{
	g_autoptr(JhwDocument) document = two_ioapics(9);
	uint32_t cell = fixture_new_cell(document, "rt", 2);
	const struct jhcfg_irqchip *chip, *roots = NULL, *cells = NULL;
	const struct jhcfg_cell *given, *root;
	g_autoptr(JhwLines) lines = NULL;

	(void)state;
	assert_true(give(document, 30, 1, cell));
	lines = jhw_lines_new(jhw_document_workspace(document));
	assert_int_equal(line_of(lines, 30)->owner, cell);
	assert_int_not_equal(line_of(lines, 6)->owner, cell);
	given = jhcfg_config_cell(jhcfg_workspace_cell(jhw_document_workspace(document), cell));
	root = jhcfg_config_cell(
		jhcfg_workspace_cell(jhw_document_workspace(document), JHCFG_ROOT_KEY));
	for (size_t n = 0; (chip = jhcfg_cell_irqchip(given, n)); n++)
		if (chip->address == SECOND_BASE)
			cells = chip;
	for (size_t n = 0; (chip = jhcfg_cell_irqchip(root, n)); n++)
		if (chip->address == SECOND_BASE)
			roots = chip;
	assert_non_null(cells);
	assert_non_null(roots);
	assert_int_equal(cells->pin_bitmap[0], 1u << 6);
	assert_int_equal(cells->id, roots->id);
	jhw_document_undo(document);
	assert_false(jhw_irq_has(jhw_document_workspace(document), cell, 30));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_lines_know_devices_and_owners),
		cmocka_unit_test(test_a_given_line_is_the_cells_and_can_be_undone),
		cmocka_unit_test(test_lines_tell_what_is_wrong),
		cmocka_unit_test(test_places_and_points_are_inverse),
		cmocka_unit_test(test_drawing_has_the_owners_colour),
		cmocka_unit_test(test_lines_of_a_second_ioapic_have_names_of_their_own),
		cmocka_unit_test(test_ioapics_of_the_same_id_have_names_of_their_own),
		cmocka_unit_test(test_a_line_of_a_second_ioapic_is_given_there),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
