/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the inspector shows and changes, as tables: a group has a title and
 * fields; a field is a number, a text, a flag of a word, or a fact that can
 * only be read. A new field is a row.
 */
#ifndef JHW_INSPECTOR_FIELDS_H
#define JHW_INSPECTOR_FIELDS_H

#include <glib.h>
#include <jhcfg/diag.h>
#include <jhcfg/workspace.h>

#include "model/ref.h"

typedef enum {
	JHW_FIELD_ADDRESS, /* shown as people chose; expressions are read */
	JHW_FIELD_IRQ,	   /* the same for interrupts */
	JHW_FIELD_HEX,	   /* shown as hex; expressions are read */
	JHW_FIELD_SIZE,	   /* shown as 64M; expressions are read */
	JHW_FIELD_NUMBER,  /* shown as decimal; expressions are read */
	JHW_FIELD_FLAG,	   /* a switch: bit @mask of the number */
	JHW_FIELD_CHOICE,  /* one of several texts: the number is an index */
	JHW_FIELD_TEXT,	   /* of one object only */
	JHW_FIELD_FACT,	   /* text that cannot be changed; empty: not shown */
	JHW_FIELD_PROSE,   /* the same, of several lines */
} JhwFieldKind;

typedef struct {
	JhwFieldKind kind;
	const char *label;
	const char *schema; /* the field of the documents: where its help is */
	const char *help;   /* what the editor does beyond that; NULL: nothing */
	uint64_t mask;
	/* numbers and flags */
	gboolean (*get)(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			uint64_t *number);
	/* inside of a step; 0 or -errno, with the reason in @diags */
	int (*set)(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
		   struct jhcfg_diags *diags);
	/* choices: the texts, a new array; NULL: nothing can be chosen */
	char **(*choices)(const struct jhcfg_workspace *workspace, const JhwRef *ref);
	/* texts and facts: a new string */
	char *(*get_text)(const struct jhcfg_workspace *workspace, const JhwRef *ref);
	int (*set_text)(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
			struct jhcfg_diags *diags);
} JhwField;

typedef struct {
	const char *title;
	const JhwField *fields;
	guint count;
} JhwFieldGroup;

/* The groups for objects of a kind (NONE: of several kinds): a constant array of
 * *@count entries. */
const JhwFieldGroup *jhw_field_groups(JhwRefKind kind, guint *count);

extern const JhwFieldGroup jhw_cell_groups[], jhw_region_groups[], jhw_device_groups[],
	jhw_cpu_groups[], jhw_ram_groups[], jhw_link_groups[], jhw_pci_groups[], jhw_irq_groups[];
extern const guint jhw_num_cell_groups, jhw_num_region_groups, jhw_num_device_groups,
	jhw_num_cpu_groups, jhw_num_ram_groups, jhw_num_link_groups, jhw_num_pci_groups,
	jhw_num_irq_groups;

/* What more than one kind has: the name, and the cell that has it as a fact. */
char *jhw_fact_name(const struct jhcfg_workspace *workspace, const JhwRef *ref);
char *jhw_fact_owner(const struct jhcfg_workspace *workspace, const JhwRef *ref);
/* The same as a choice, which moves it with all that belongs to it. */
gboolean jhw_owner_get(const struct jhcfg_workspace *workspace, const JhwRef *ref,
		       uint64_t *number);
int jhw_owner_set(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
		  struct jhcfg_diags *diags);
char **jhw_owner_choices(const struct jhcfg_workspace *workspace, const JhwRef *ref);

/* What the field means, in the language of the user. */
const char *jhw_field_help(const JhwField *field);

#define JHW_FACT(name, path, function)                                                             \
	{                                                                                          \
		.kind = JHW_FIELD_FACT, .label = name, .schema = path, .get_text = function        \
	}
#define JHW_PROSE(name, path, function)                                                            \
	{                                                                                          \
		.kind = JHW_FIELD_PROSE, .label = name, .schema = path, .get_text = function       \
	}
#define JHW_OWNER(path)                                                                            \
	{                                                                                          \
		.kind = JHW_FIELD_CHOICE, .label = N_("Owner"), .schema = path,                    \
		.help = N_("the cell that has it; what belongs to it moves along"),                \
		.get = jhw_owner_get, .set = jhw_owner_set, .choices = jhw_owner_choices           \
	}

#endif
