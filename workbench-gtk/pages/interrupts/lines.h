/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The interrupt lines that cells may be given, with who has each of them and
 * whose they are; and what changes that.
 */
#ifndef JHW_LINES_H
#define JHW_LINES_H

#include "model/document.h"
#include "model/ref.h"

typedef enum {
	JHW_LINE_UNUSED, /* no device has it, at most the root does */
	JHW_LINE_USED,
	JHW_LINE_LINK,	   /* of a link, at this end */
	JHW_LINE_ORPHAN,   /* a cell has it, but no device that is known */
	JHW_LINE_CONFLICT, /* several that run together have it */
} JhwLineState;

typedef struct {
	uint32_t number; /* INTID, global system interrupt */
	char *name;	 /* "SPI 22", "pin 4 of I/O APIC 0" */
	JhwLineState state;
	uint32_t owner;		       /* key of the first cell, the root last; 0: nobody */
	guint colour;		       /* the owner's */
	enum jhcfg_hw_trigger trigger; /* as the device tree has it */
	char *devices;		       /* "serial1", "link net0"; may be empty */
	char *owners;		       /* "rtos", "rtos, linux-2"; may be empty */
} JhwLine;

typedef struct {
	uint32_t first;	  /* number of the first line: 32 for a GIC */
	GPtrArray *lines; /* JhwLine, number first + index */
	guint used;
	char *title; /* "192 shared lines (GICv2), 83 used" */
} JhwLines;

JhwLines *jhw_lines_new(const struct jhcfg_workspace *workspace);
void jhw_lines_free(JhwLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwLines, jhw_lines_free)

const char *jhw_line_state_name(JhwLineState state);
/* Whether number, device or owner contain @text, which is in lower case. */
gboolean jhw_line_matches(const JhwLines *lines, const JhwLine *line, const char *text);

/* Gives all lines among @refs (IRQ) to the cell, as one undoable step; the root
 * gets back what others had. */
gboolean jhw_lines_give(JhwDocument *document, const JhwRefList *refs, uint32_t cell,
			GError **error);

#endif
