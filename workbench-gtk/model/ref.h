/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * References: what people select, drag and read about. A reference says which
 * object is meant and owns nothing, so that it may outlive the object; whoever
 * uses one looks whether the object is still there.
 */
#ifndef JHW_REF_H
#define JHW_REF_H

#include <glib-object.h>
#include <stdint.h>

typedef enum {
	JHW_REF_NONE,
	JHW_REF_CELL,	/* cell: key */
	JHW_REF_CPU,	/* id: logical number */
	JHW_REF_DEVICE, /* id: index in the board */
	JHW_REF_PCI,	/* id: domain << 16 | bdf */
	JHW_REF_REGION, /* cell: key; id: index of the memory region */
	JHW_REF_RAM,	/* id: index in the board's memory */
	JHW_REF_LINK,	/* id: key; cell: the end that is meant, 0: all of it */
	JHW_REF_IRQ,	/* id: INTID or global system interrupt */
} JhwRefKind;

typedef struct {
	JhwRefKind kind;
	uint32_t cell;
	uint64_t id;
} JhwRef;

/* The ends of a link are one object. */
gboolean jhw_ref_equal(const JhwRef *a, const JhwRef *b);
guint jhw_ref_hash(gconstpointer ref);
/* For GHashTable. */
gboolean jhw_ref_equal_func(gconstpointer a, gconstpointer b);
JhwRef *jhw_ref_dup(const JhwRef *ref);

static inline JhwRef jhw_ref_cell(uint32_t key)
{
	return (JhwRef){ .kind = JHW_REF_CELL, .cell = key };
}

static inline JhwRef jhw_ref_of(JhwRefKind kind, uint64_t id)
{
	return (JhwRef){ .kind = kind, .id = id };
}

/* Several of them, as a drag carries them: a boxed GType, never changed once
 * it is made. */
typedef struct {
	grefcount references;
	guint count;
	JhwRef refs[];
} JhwRefList;

#define JHW_TYPE_REF_LIST (jhw_ref_list_get_type())
GType jhw_ref_list_get_type(void);
JhwRefList *jhw_ref_list_new(const JhwRef *refs, guint count);
JhwRefList *jhw_ref_list_ref(JhwRefList *list);
void jhw_ref_list_unref(JhwRefList *list);
gboolean jhw_ref_list_has(const JhwRefList *list, const JhwRef *ref);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwRefList, jhw_ref_list_unref)

#endif
