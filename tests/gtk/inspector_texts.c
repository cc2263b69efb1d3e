// SPDX-License-Identifier: GPL-2.0-or-later
/* Prints what the schema says of the inspector's fields, as C that xgettext reads. */
#include <jhcfg/schema.h>

#include "inspector/fields.h"

static void print_group(const JhwFieldGroup *group)
{
	for (guint n = 0; n < group->count; n++) {
		const char *text = jhcfg_schema_text(group->fields[n].schema);
		g_autofree char *escaped = g_strescape(text ? text : "", NULL);

		if (text)
			g_print("N_(\"%s\")\n", escaped);
	}
}

int main(void)
{
	for (JhwRefKind kind = JHW_REF_NONE; kind <= JHW_REF_IRQ; kind++) {
		guint count;
		const JhwFieldGroup *groups = jhw_field_groups(kind, &count);

		for (guint n = 0; n < count; n++)
			print_group(&groups[n]);
	}
	return 0;
}
