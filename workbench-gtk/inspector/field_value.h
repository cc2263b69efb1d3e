/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The value of a field of one object or of several: no widgets here. */
#ifndef JHW_INSPECTOR_FIELD_VALUE_H
#define JHW_INSPECTOR_FIELD_VALUE_H

#include "inspector/fields.h"
#include "model/document.h"

typedef struct {
	gboolean there; /* all objects have the field */
	gboolean mixed; /* they do not agree */
	uint64_t number;
	char *text; /* as it is shown; empty if they do not agree */
} JhwFieldValue;

/* Of @refs, which are of one kind; *@value is to be cleared. */
void jhw_field_read(const JhwField *field, const struct jhcfg_workspace *workspace,
		    const JhwRefList *refs, JhwFieldValue *value);
void jhw_field_value_clear(JhwFieldValue *value);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC(JhwFieldValue, jhw_field_value_clear)

/* Gives all objects that value, as one undoable step: @text for texts, @number
 * for others (a flag: not 0). */
gboolean jhw_field_write(const JhwField *field, JhwDocument *document, const JhwRefList *refs,
			 uint64_t number, const char *text, GError **error);

#endif
