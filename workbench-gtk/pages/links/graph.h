/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Cells as nodes and links between them, with their places: made from a project
 * for a width, drawn, and asked what is at a point. No widget needed.
 *
 * Cells stand side by side. A link is a line below them, which goes up to each
 * of its ends: so links of many ends are as clear as those of two, and nothing
 * lies upon anything else, however many there are.
 */
#ifndef JHW_GRAPH_H
#define JHW_GRAPH_H

#include <cairo.h>
#include <jhcfg/workspace.h>
#include <pango/pango.h>

#include "canvas/palette.h"
#include "model/selection.h"

typedef struct {
	uint32_t cell;
	guint colour;
	double x, y; /* of the middle */
	char *title;
	char *detail; /* "2 CPUs · 64 MiB", on two lines where nodes are narrow */
} JhwGraphNode;

typedef struct {
	uint32_t key;
	char *label;   /* "net0 · Ethernet" */
	double y;      /* of its line */
	GArray *ends;  /* guint: indices of nodes */
	GArray *drops; /* double: where the line goes up to each of them */
} JhwGraphEdge;

typedef struct {
	GPtrArray *nodes; /* JhwGraphNode */
	GPtrArray *edges; /* JhwGraphEdge */
	int width, height;
	double node_width;
	int node_height;
} JhwGraph;

typedef struct {
	JhwTheme theme;
	const PangoFontDescription *font;
	/* A link that is being drawn: from the middle of this node (G_MAXUINT:
	 * none) to a point. */
	guint from;
	double to_x, to_y;
} JhwGraphLooks;

/* At least as wide as that many cells need. */
int jhw_graph_min_width(guint cells);
JhwGraph *jhw_graph_new(const struct jhcfg_workspace *workspace, int width);
void jhw_graph_free(JhwGraph *graph);
G_DEFINE_AUTOPTR_CLEANUP_FUNC(JhwGraph, jhw_graph_free)

/* Index of the node there, G_MAXUINT: none. */
guint jhw_graph_node_at(const JhwGraph *graph, double x, double y);
/* Index of the edge whose line is there, G_MAXUINT: none. */
guint jhw_graph_edge_at(const JhwGraph *graph, double x, double y);
/* From where to where its line goes. */
void jhw_graph_edge_extent(const JhwGraphEdge *edge, double *left, double *right);
void jhw_graph_draw(cairo_t *cairo, const JhwGraph *graph, const JhwGraphLooks *looks,
		    JhwSelection *selection);

#endif
