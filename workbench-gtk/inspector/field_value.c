// SPDX-License-Identifier: GPL-2.0-or-later
#include "inspector/field_value.h"

#include <errno.h>
#include <inttypes.h>

#include "model/names.h"
#include "model/number.h"
#include "model/shown.h"
#include "model/text.h"

/* --- reading ------------------------------------------------------------------ */

static gboolean is_text(const JhwField *field)
{
	return field->kind == JHW_FIELD_TEXT || field->kind == JHW_FIELD_FACT ||
	       field->kind == JHW_FIELD_PROSE;
}

static char *text_of(const JhwField *field, const struct jhcfg_workspace *workspace,
		     const JhwRef *ref, uint64_t number)
{
	switch (field->kind) {
	case JHW_FIELD_ADDRESS:
		return jhw_shown_address(number);
	case JHW_FIELD_IRQ:
		return jhw_shown_irq(number);
	case JHW_FIELD_HEX:
		return jhw_number_hex_text(number);
	case JHW_FIELD_SIZE:
		return number ? jhw_number_size_text(number) : g_strdup("0");
	case JHW_FIELD_NUMBER:
		return g_strdup_printf("%" PRIu64, number);
	default:
		return field->get_text ? field->get_text(workspace, ref) : g_strdup("");
	}
}

static gboolean read_one(const JhwField *field, const struct jhcfg_workspace *workspace,
			 const JhwRef *ref, JhwFieldValue *value)
{
	*value = (JhwFieldValue){ .there = TRUE };
	if (field->get && !field->get(workspace, ref, &value->number))
		return FALSE;
	if (field->kind == JHW_FIELD_FLAG)
		value->number = (value->number & field->mask) != 0;
	value->text = text_of(field, workspace, ref, value->number);
	return field->kind == JHW_FIELD_TEXT || !is_text(field) || *value->text;
}

void jhw_field_read(const JhwField *field, const struct jhcfg_workspace *workspace,
		    const JhwRefList *refs, JhwFieldValue *value)
{
	value->there = refs->count && read_one(field, workspace, &refs->refs[0], value) &&
		       (refs->count == 1 || field->kind != JHW_FIELD_TEXT);
	for (guint n = 1; value->there && n < refs->count; n++) {
		g_auto(JhwFieldValue) other = { 0 };

		value->there = read_one(field, workspace, &refs->refs[n], &other);
		value->mixed |= value->there && (other.number != value->number ||
						 !g_str_equal(other.text, value->text));
	}
	if (!value->mixed)
		return;
	g_free(value->text);
	value->text = g_strdup("");
}

void jhw_field_value_clear(JhwFieldValue *value)
{
	g_clear_pointer(&value->text, g_free);
}

/* --- writing ------------------------------------------------------------------ */

struct change {
	const JhwField *field;
	const JhwRefList *refs;
	uint64_t number;
	const char *text;
};

static int change_one(struct jhcfg_workspace *workspace, const struct change *change,
		      const JhwRef *ref, struct jhcfg_diags *diags)
{
	const JhwField *field = change->field;
	uint64_t number = 0;

	if (field->set_text)
		return field->set_text(workspace, ref, change->text, diags);
	if (field->kind != JHW_FIELD_FLAG)
		return field->set(workspace, ref, change->number, diags);
	if (!field->get(workspace, ref, &number))
		return -ENOENT;
	number &= ~field->mask;
	return field->set(workspace, ref, change->number ? number | field->mask : number, diags);
}

static int change_all(struct jhcfg_workspace *workspace, gpointer data, struct jhcfg_diags *diags)
{
	const struct change *change = data;
	int err = 0;

	for (guint n = 0; !err && n < change->refs->count; n++)
		err = change_one(workspace, change, &change->refs->refs[n], diags);
	return err;
}

gboolean jhw_field_write(const JhwField *field, JhwDocument *document, const JhwRefList *refs,
			 uint64_t number, const char *text, GError **error)
{
	struct change change = { field, refs, number, text };
	g_autofree char *object =
		refs->count == 1 ? jhw_ref_name(jhw_document_workspace(document), &refs->refs[0])
				 : g_strdup_printf(_("%u things"), refs->count);
	g_autofree char *name =
		g_strdup_printf(_("Change %s of %s"), jhw_said(field->label), object);

	return jhw_document_edit(document, name, change_all, &change, error);
}
