// SPDX-License-Identifier: GPL-2.0-or-later
/* The inspector: links, interrupts, PCI functions, several things at a time. */
#include "cmocka_all.h"

#include <jhcfg/images.h>
#include <jhcfg/schema.h>

#include "app/style.h"
#include "gtk_fixture.h"
#include "inspector/field_row.h"
#include "inspector/inspector.h"
#include "model/cells.h"
#include "model/link.h"
#include "model/owner.h"
#include "widget_fixture.h"

struct fixture {
	JhwDocument *document;
	JhwLog *log;
	JhwSession *session;
	GtkWidget *window;
};

static void set_up(struct fixture *fixture, const char *board)
{
	fixture->document = fixture_board(board);
	fixture->log = jhw_log_new();
	fixture->session = jhw_session_new(fixture->document, fixture->log);
	fixture->window = gtk_window_new();
	gtk_window_set_child(GTK_WINDOW(fixture->window), jhw_inspector_new(fixture->session));
	fixture_settle(fixture->session);
}

static void tear_down(struct fixture *fixture)
{
	fixture_close(fixture->window, fixture->session, fixture->document);
	g_object_unref(fixture->log);
}

static const struct jhcfg_workspace *workspace_of(struct fixture *fixture)
{
	return jhw_document_workspace(fixture->document);
}

static void select_refs(struct fixture *fixture, const JhwRef *refs, guint count)
{
	jhw_selection_set_all(jhw_session_selection(fixture->session), refs, count);
}

static GtkWidget *row_of(struct fixture *fixture, const char *label)
{
	GtkWidget *found = fixture_find(fixture->window, fixture_is_label, label);

	if (!found)
		fail_msg("no field %s", label);
	return gtk_widget_get_ancestor(found, JHW_TYPE_FIELD_ROW);
}

static gboolean is_type(GtkWidget *widget, gconstpointer type)
{
	return G_TYPE_CHECK_INSTANCE_TYPE(widget, *(const GType *)type);
}

static GtkWidget *value_of(struct fixture *fixture, const char *label, GType type)
{
	GtkWidget *value = fixture_find(row_of(fixture, label), is_type, &type);

	assert_non_null(value);
	return value;
}

static void type(struct fixture *fixture, const char *label, const char *text)
{
	GtkWidget *entry = value_of(fixture, label, GTK_TYPE_ENTRY);

	gtk_editable_set_text(GTK_EDITABLE(entry), text);
	g_signal_emit_by_name(entry, "activate");
}

static const char *text_of(struct fixture *fixture, const char *label)
{
	return gtk_editable_get_text(GTK_EDITABLE(value_of(fixture, label, GTK_TYPE_ENTRY)));
}

/* The entry of a list that says @text. */
static void choose(struct fixture *fixture, const char *label, const char *text)
{
	GtkDropDown *list = GTK_DROP_DOWN(value_of(fixture, label, GTK_TYPE_DROP_DOWN));
	GtkStringList *texts = GTK_STRING_LIST(gtk_drop_down_get_model(list));

	for (guint n = 0; n < g_list_model_get_n_items(G_LIST_MODEL(texts)); n++)
		if (g_str_equal(gtk_string_list_get_string(texts, n), text)) {
			gtk_drop_down_set_selected(list, n);
			return;
		}
	fail_msg("%s cannot be %s", label, text);
}

static void test_link_is_resized_by_an_expression_and_undone(void **state)
{
	struct fixture fixture;
	const struct jhcfg_link *link;
	uint64_t before;
	JhwRef ref;

	(void)state;
	set_up(&fixture, "arm64/qemu-arm64");
	link = jhcfg_workspace_link(workspace_of(&fixture), 0);
	ref = jhw_ref_of(JHW_REF_LINK, link->key);
	before = link->rw_size;
	select_refs(&fixture, &ref, 1);
	type(&fixture, "Common section", "32K + 2*4096");
	assert_int_equal(jhw_link(workspace_of(&fixture), ref.id)->rw_size, 40 << 10);
	assert_string_equal(text_of(&fixture, "Common section"), "40K");
	jhw_document_undo(fixture.document);
	assert_int_equal(jhw_link(workspace_of(&fixture), ref.id)->rw_size, before);
	tear_down(&fixture);
}

static gboolean is_message(GtkWidget *widget, gconstpointer text)
{
	return GTK_IS_LABEL(widget) && gtk_widget_get_visible(widget) &&
	       strstr(gtk_label_get_text(GTK_LABEL(widget)), text);
}

static void test_refused_text_stays_with_the_reason(void **state)
{
	struct fixture fixture;
	JhwRef ref;

	(void)state;
	set_up(&fixture, "arm64/qemu-arm64");
	ref = jhw_ref_of(JHW_REF_LINK, jhcfg_workspace_link(workspace_of(&fixture), 0)->key);
	select_refs(&fixture, &ref, 1);
	/* what is no number, and what is no size */
	type(&fixture, "Common section", "12 cats");
	assert_string_equal(text_of(&fixture, "Common section"), "12 cats");
	assert_non_null(
		fixture_find(row_of(&fixture, "Common section"), is_message, "neither + nor -"));
	type(&fixture, "Common section", "100");
	assert_non_null(
		fixture_find(row_of(&fixture, "Common section"), is_message, "multiples of 4 KiB"));
	assert_null(jhw_document_undo_name(fixture.document));
	/* something else changes: it still stays */
	type(&fixture, "Name", "shared");
	assert_string_equal(text_of(&fixture, "Common section"), "100");
	/* until it is right */
	type(&fixture, "Common section", "64K");
	assert_null(fixture_find(row_of(&fixture, "Common section"), is_message, "4 KiB"));
	assert_string_equal(jhw_link(workspace_of(&fixture), ref.id)->name, "shared");
	tear_down(&fixture);
}

static void test_ends_of_a_link_are_chosen(void **state)
{
	struct fixture fixture;
	JhwRef ref;
	uint32_t cell;

	(void)state;
	set_up(&fixture, "arm64/qemu-arm64");
	ref = jhw_ref_of(JHW_REF_LINK, jhcfg_workspace_link(workspace_of(&fixture), 0)->key);
	cell = fixture_cell(fixture.document, "tick-demo");
	assert_false(jhw_link_has(jhw_link(workspace_of(&fixture), ref.id), cell));
	select_refs(&fixture, &ref, 1);
	choose(&fixture, "End 1", "tick-demo");
	assert_int_equal(jhw_link(workspace_of(&fixture), ref.id)->peers[1], cell);
	choose(&fixture, "End 1", "free");
	assert_int_equal(jhw_link(workspace_of(&fixture), ref.id)->peers[1], 0);
	/* the same cell twice is refused, and shown as it is */
	choose(&fixture, "End 1", "root");
	assert_int_equal(jhw_link(workspace_of(&fixture), ref.id)->peers[1], 0);
	assert_int_equal(gtk_drop_down_get_selected(
				 GTK_DROP_DOWN(value_of(&fixture, "End 1", GTK_TYPE_DROP_DOWN))),
			 0);
	type(&fixture, "Number", "5");
	assert_int_equal(jhw_link(workspace_of(&fixture), ref.id)->num_peers, 5);
	type(&fixture, "Number", "1");
	assert_int_equal(jhw_link(workspace_of(&fixture), ref.id)->num_peers, 5);
	tear_down(&fixture);
}

static void test_owner_of_an_interrupt_or_a_function_is_chosen(void **state)
{
	struct fixture fixture;
	const JhwRef irq = jhw_ref_of(JHW_REF_IRQ, 90), edu = jhw_ref_of(JHW_REF_PCI, 0x18);
	uint32_t cell;

	(void)state;
	set_up(&fixture, "arm64/qemu-arm64-smmu");
	cell = fixture_cell(fixture.document, "tick-demo");
	select_refs(&fixture, &irq, 1);
	assert_non_null(fixture_find(row_of(&fixture, "Line"), fixture_is_label, "SPI 58"));
	choose(&fixture, "Owner", "tick-demo");
	assert_int_equal(jhw_owner_of(workspace_of(&fixture), &irq), cell);
	select_refs(&fixture, &edu, 1);
	assert_non_null(
		fixture_find(row_of(&fixture, "Registers"), fixture_is_label, "0x10000000 + 1M"));
	choose(&fixture, "Owner", "tick-demo");
	assert_int_equal(jhw_owner_of(workspace_of(&fixture), &edu), cell);
	tear_down(&fixture);
}

static uint64_t flags_of(struct fixture *fixture, const JhwRef *ref)
{
	return jhcfg_cell_memory(jhw_cell(workspace_of(fixture), ref->cell), ref->id)->flags;
}

static void test_several_regions_are_changed_in_one_step(void **state)
{
	struct fixture fixture;
	JhwRef refs[2] = { { JHW_REF_REGION, 0, 0 }, { JHW_REF_REGION, 0, 1 } };
	uint64_t before[2];
	GtkWidget *read;

	(void)state;
	set_up(&fixture, "arm64/zynqmp-zcu102");
	for (guint n = 0; n < 2; n++) {
		refs[n].cell = fixture_cell(fixture.document, "inmate-demo");
		before[n] = flags_of(&fixture, &refs[n]);
	}
	select_refs(&fixture, refs, 2);
	/* they begin at different places */
	assert_string_equal(text_of(&fixture, "Physical"), "");
	read = value_of(&fixture, "Read", GTK_TYPE_SWITCH);
	assert_true(gtk_switch_get_active(GTK_SWITCH(read)));
	gtk_switch_set_active(GTK_SWITCH(read), FALSE);
	for (guint n = 0; n < 2; n++)
		assert_int_equal(flags_of(&fixture, &refs[n]), before[n] & ~1ULL);
	assert_string_equal(jhw_document_undo_name(fixture.document), "Change Read of 2 things");
	type(&fixture, "Size", "64K");
	jhw_document_undo(fixture.document);
	jhw_document_undo(fixture.document);
	assert_null(jhw_document_undo_name(fixture.document));
	tear_down(&fixture);
}

static void test_things_of_several_kinds_get_one_owner(void **state)
{
	struct fixture fixture;
	JhwRef refs[2] = { jhw_ref_of(JHW_REF_CPU, 1) };
	uint32_t cell;

	(void)state;
	set_up(&fixture, "arm64/zynqmp-zcu102");
	refs[1] = fixture_device(fixture.document, "ethernet0");
	cell = fixture_cell(fixture.document, "tick-demo");
	select_refs(&fixture, refs, 2);
	choose(&fixture, "Owner", "tick-demo");
	assert_int_equal(jhw_owner_of(workspace_of(&fixture), &refs[0]), cell);
	assert_int_equal(jhw_owner_of(workspace_of(&fixture), &refs[1]), cell);
	jhw_document_undo(fixture.document);
	assert_null(jhw_document_undo_name(fixture.document));
	tear_down(&fixture);
}

static gboolean is_shown(struct fixture *fixture, const char *label)
{
	return gtk_widget_get_visible(row_of(fixture, label));
}

/* The images of the cell, as "KIND FILE[: COMMAND LINE] …" */
static char *images_of(struct fixture *fixture, uint32_t cell)
{
	struct jhcfg_cell_image *images = NULL;
	GString *text = g_string_new(NULL);
	size_t count = 0;

	assert_int_equal(jhcfg_config_images(jhcfg_workspace_cell(workspace_of(fixture), cell),
					     NULL, &images, &count),
			 0);
	for (size_t n = 0; n < count; n++)
		g_string_append_printf(text, "%s%s %s%s%s%s", n ? ", " : "",
				       jhcfg_image_kind_name(images[n].kind), images[n].file,
				       images[n].has_address ? " at its place" : "",
				       images[n].command_line ? ": " : "",
				       images[n].command_line ? images[n].command_line : "");
	jhcfg_cell_images_free(images, count);
	return g_string_free(text, FALSE);
}

static void assert_images(struct fixture *fixture, uint32_t cell, const char *expected)
{
	g_autofree char *images = images_of(fixture, cell);

	assert_string_equal(images, expected);
}

static void test_a_linux_cell_gets_kernel_initrd_and_command_line(void **state)
{
	struct fixture fixture;
	uint32_t key = 0;
	JhwRef ref;

	(void)state;
	set_up(&fixture, "arm64/qemu-arm64");
	assert_true(jhw_cells_add_linux(fixture.document, "linux", 8 << 20, &key, NULL));
	ref = jhw_ref_cell(key);
	select_refs(&fixture, &ref, 1);
	assert_false(is_shown(&fixture, "Initrd"));
	assert_false(is_shown(&fixture, "Command line"));
	type(&fixture, "Program", "linux-loader.bin");
	assert_images(&fixture, key, "inmate linux-loader.bin at its place");
	/* what it starts is a kernel from here on */
	type(&fixture, "Kernel", "Image");
	assert_images(&fixture, key, "loader linux-loader.bin, kernel Image");
	type(&fixture, "Initrd", "initrd.gz");
	type(&fixture, "Command line", "console=hvc0");
	assert_images(&fixture, key,
		      "loader linux-loader.bin, kernel Image: console=hvc0, initrd initrd.gz");
	assert_string_equal(text_of(&fixture, "Command line"), "console=hvc0");
	type(&fixture, "Kernel", "Image-6.1");
	type(&fixture, "Initrd", "");
	assert_images(&fixture, key, "loader linux-loader.bin, kernel Image-6.1: console=hvc0");
	type(&fixture, "Kernel", "");
	assert_images(&fixture, key, "inmate linux-loader.bin at its place");
	assert_false(is_shown(&fixture, "Command line"));
	assert_string_equal(jhw_document_undo_name(fixture.document), "Change Kernel of linux");
	jhw_document_undo(fixture.document);
	assert_true(is_shown(&fixture, "Command line"));
	tear_down(&fixture);
}

static void test_cells_without_memory_for_linux_get_no_kernel(void **state)
{
	struct fixture fixture;
	JhwRef ref, root = jhw_ref_cell(JHCFG_ROOT_KEY);

	(void)state;
	set_up(&fixture, "arm64/qemu-arm64");
	ref = jhw_ref_cell(fixture_cell(fixture.document, "inmate-demo"));
	select_refs(&fixture, &ref, 1);
	assert_true(is_shown(&fixture, "Program"));
	assert_false(is_shown(&fixture, "Kernel"));
	select_refs(&fixture, &root, 1);
	assert_false(is_shown(&fixture, "Program"));
	assert_false(is_shown(&fixture, "Kernel"));
	tear_down(&fixture);
}

/* One description for each field: the one that files and commands have. */
static void test_each_field_is_explained_by_the_schema(void **state)
{
	(void)state;
	for (JhwRefKind kind = JHW_REF_NONE; kind <= JHW_REF_IRQ; kind++) {
		guint count;
		const JhwFieldGroup *groups = jhw_field_groups(kind, &count);

		assert_true(count > 0);
		for (guint n = 0; n < count; n++)
			for (guint m = 0; m < groups[n].count; m++) {
				const JhwField *field = &groups[n].fields[m];

				if (!field->schema || !jhcfg_schema_text(field->schema))
					fail_msg("%s of %s: \"%s\" is no field of the schema",
						 field->label, groups[n].title,
						 field->schema ? field->schema : "");
			}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_link_is_resized_by_an_expression_and_undone),
		cmocka_unit_test(test_refused_text_stays_with_the_reason),
		cmocka_unit_test(test_ends_of_a_link_are_chosen),
		cmocka_unit_test(test_owner_of_an_interrupt_or_a_function_is_chosen),
		cmocka_unit_test(test_several_regions_are_changed_in_one_step),
		cmocka_unit_test(test_things_of_several_kinds_get_one_owner),
		cmocka_unit_test(test_a_linux_cell_gets_kernel_initrd_and_command_line),
		cmocka_unit_test(test_cells_without_memory_for_linux_get_no_kernel),
		cmocka_unit_test(test_each_field_is_explained_by_the_schema),
	};

	gtk_init();
	jhw_style_load();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
