/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the inspector shows and changes, as tables: a group has a title and
 * fields; a field is a number, a text, a flag of a word, or a fact that can
 * only be read. A new field is a row.
 */
#ifndef JHW_INSPECTOR_FIELDS_H
#define JHW_INSPECTOR_FIELDS_H

#include <glib.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

typedef enum {
	JHW_FIELD_ADDRESS, /* shown as hex; expressions are read */
	JHW_FIELD_SIZE,	   /* shown as 64M; expressions are read */
	JHW_FIELD_FLAG,	   /* a switch: bit @mask of the number */
	JHW_FIELD_TEXT,
	JHW_FIELD_FACT, /* text that cannot be changed; empty: not shown */
} JhwFieldKind;

typedef struct {
	JhwFieldKind kind;
	const char *label;
	const char *help; /* NULL: none */
	uint64_t mask;
	/* numbers and flags */
	gboolean (*get)(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			uint64_t *number);
	/* inside of a step; 0 or -errno */
	int (*set)(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number);
	/* texts and facts: a new string */
	char *(*get_text)(const struct jhcfg_workspace *workspace, const JhwRef *ref);
	int (*set_text)(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text);
} JhwField;

typedef struct {
	const char *title;
	const JhwField *fields;
	guint count;
} JhwFieldGroup;

/* The groups for objects of a kind: a constant array of *@count entries. */
const JhwFieldGroup *jhw_field_groups(JhwRefKind kind, guint *count);

extern const JhwFieldGroup jhw_cell_groups[], jhw_region_groups[], jhw_device_groups[],
	jhw_cpu_groups[], jhw_ram_groups[], jhw_link_groups[], jhw_pci_groups[];
extern const guint jhw_num_cell_groups, jhw_num_region_groups, jhw_num_device_groups,
	jhw_num_cpu_groups, jhw_num_ram_groups, jhw_num_link_groups, jhw_num_pci_groups;

/* Facts that more than one kind has. */
char *jhw_fact_owner(const struct jhcfg_workspace *workspace, const JhwRef *ref);

#endif
