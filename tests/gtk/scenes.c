// SPDX-License-Identifier: GPL-2.0-or-later
#include "scenes.h"

#include <jailhouse/cell-config.h>

#include "cmocka_all.h"
#include "gtk_fixture.h"
#include "large.h"
#include "model/owner.h"
#include "pages/interrupts/lines.h"
#include "pages/memory/edit.h"
#include "small.h"

#define CELLS 63U /* beside the root */

#define HYPERVISOR  0x7fc00000ULL /* of qemu-arm64 */
#define UART_LINE   33U
#define UNUSED_LINE 60U

JhwDocument *scene_qemu(void)
{
	return fixture_board("arm64/qemu-arm64");
}

JhwDocument *scene_zcu102(void)
{
	return fixture_board("arm64/zynqmp-zcu102");
}

JhwDocument *scene_pc(void)
{
	JhwDocument *document = fixture_machine("q35-intel");

	fixture_new_cell(document, "inmate", 1);
	return document;
}

/* A copy, which has no steps to be undone. */
static JhwDocument *document_of(JhwWorkspace *made)
{
	JhwDocument *document;

	assert_non_null(made);
	document = jhw_document_new(jhcfg_workspace_fork(made), NULL);
	jhcfg_workspace_free(made);
	return document;
}

JhwDocument *scene_large(void)
{
	return document_of(large_system(CELLS));
}

JhwDocument *scene_single(void)
{
	return document_of(small_system());
}

JhwDocument *scene_empty(void)
{
	return document_of(jhcfg_workspace_new(JAILHOUSE_ARM64, NULL));
}

/* --- what is wrong --------------------------------------------------------------- */

JhwRef scene_ram(JhwDocument *document, const char *cell)
{
	JhwRef ref = { .kind = JHW_REF_REGION, .cell = fixture_cell(document, cell) };
	const struct jhcfg_cell *of = jhw_cell(jhw_document_workspace(document), ref.cell);

	while (!jhw_region_is_ram(jhcfg_cell_memory(of, ref.id)))
		ref.id++;
	return ref;
}

static int add_lines(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const uint32_t *cells = data;
	uint64_t chip = jhw_irqchip_address(workspace);
	int err = 0;

	(void)diags;
	for (guint n = 0; !err && n < 2; n++)
		err = jhcfg_config_add_irq(jhcfg_workspace_edit_cell(workspace, cells[n]), chip,
					   UART_LINE);
	return err ? err
		   : jhcfg_config_add_irq(jhcfg_workspace_edit_cell(workspace, cells[0]), chip,
					  UNUSED_LINE);
}

JhwDocument *scene_wrong(void)
{
	JhwDocument *document = scene_qemu();
	JhwRef ram = scene_ram(document, "inmate-demo");
	uint32_t cells[] = { ram.cell, fixture_cell(document, "tick-demo") };

	assert_true(jhw_region_place(document, &ram, JHW_ADDRESS_PHYSICAL, HYPERVISOR - 0x100000,
				     0x200000, NULL));
	assert_true(jhw_document_edit(document, "Share", add_lines, cells, NULL));
	return document;
}

static int name_all(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	int err = 0;
	uint32_t key;

	(void)data;
	(void)diags;
	for (guint n = 0; !err && (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		g_autofree char *name =
			g_strdup_printf("a-name-as-long-as-there-can-be%c", 'a' + n);

		err = jhcfg_config_set_name(jhcfg_workspace_edit_cell(workspace, key), name);
	}
	return err;
}

JhwDocument *scene_long_names(void)
{
	JhwDocument *document = scene_qemu();

	assert_true(jhw_document_edit(document, "Name", name_all, NULL, NULL));
	return document;
}
