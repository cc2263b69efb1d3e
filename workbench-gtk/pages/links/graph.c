// SPDX-License-Identifier: GPL-2.0-or-later
#include "pages/links/graph.h"

#include <jailhouse/cell-config.h>
#include <math.h>

#include "model/link.h"
#include "model/names.h"
#include "model/number.h"
#include "model/owner.h"
#include "model/text.h"

#define MARGIN	    16
#define NODE_GAP    10
#define NARROWEST   92	/* pixels of a node */
#define NARROW	    150 /* what has no room for all on one line */
#define WIDEST	    190
#define HEIGHT	    56
#define TALL	    70 /* of narrow ones */
#define FIRST_LINE  44 /* pixels below the nodes */
#define LINE_HEIGHT 40
#define DROP_GAP    12.0 /* between links that go up to the same cell */
#define NEAR	    8.0	 /* pixels from a line that still mean it */

/* --- nodes -------------------------------------------------------------------- */

static void free_node(gpointer data)
{
	JhwGraphNode *node = data;

	g_free(node->title);
	g_free(node->detail);
	g_free(node);
}

static char *detail_of(const struct jhcfg_workspace *workspace, uint32_t key, gboolean narrow)
{
	g_autofree char *ram = jhw_number_human(jhw_cell_ram(jhw_cell(workspace, key)));
	guint cpus = jhw_cell_num_cpus(workspace, key);
	g_autofree char *cpu_text = NULL;

	cpu_text = g_strdup_printf(ngettext("%u CPU", "%u CPUs", cpus), cpus);
	return g_strconcat(cpu_text, narrow ? "\n" : " \302\267 ", ram, NULL);
}

static void add_nodes(JhwGraph *graph, const struct jhcfg_workspace *workspace)
{
	uint32_t key;

	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++) {
		const struct jhcfg_cell *cell = jhw_cell(workspace, key);
		JhwGraphNode *node;

		if (!cell)
			continue;
		node = g_new0(JhwGraphNode, 1);
		node->cell = key;
		node->colour = jhw_owner_colour(workspace, key);
		node->title = jhw_cell_title(workspace, key);
		g_ptr_array_add(graph->nodes, node);
	}
}

int jhw_graph_min_width(guint cells)
{
	return 2 * MARGIN + (int)cells * (NARROWEST + NODE_GAP);
}

static void place_nodes(JhwGraph *graph, const struct jhcfg_workspace *workspace)
{
	double step = (double)(graph->width - 2 * MARGIN) / MAX(graph->nodes->len, 1);

	graph->node_width = CLAMP(step - NODE_GAP, NARROWEST, WIDEST);
	graph->node_height = graph->node_width < NARROW ? TALL : HEIGHT;
	for (guint n = 0; n < graph->nodes->len; n++) {
		JhwGraphNode *node = graph->nodes->pdata[n];

		node->x = MARGIN + step * (n + 0.5);
		node->y = MARGIN + graph->node_height / 2.0;
		node->detail = detail_of(workspace, node->cell, graph->node_width < NARROW);
	}
}

/* --- edges -------------------------------------------------------------------- */

static void free_edge(gpointer data)
{
	JhwGraphEdge *edge = data;

	g_free(edge->label);
	g_array_unref(edge->ends);
	g_array_unref(edge->drops);
	g_free(edge);
}

static guint node_of(const JhwGraph *graph, uint32_t cell)
{
	for (guint n = 0; n < graph->nodes->len; n++)
		if (((JhwGraphNode *)graph->nodes->pdata[n])->cell == cell)
			return n;
	return G_MAXUINT;
}

/* Links of one cell go up to it beside each other. */
static void place_drops(JhwGraph *graph)
{
	g_autofree guint *count = g_new0(guint, graph->nodes->len + 1);
	g_autofree guint *used = g_new0(guint, graph->nodes->len + 1);

	for (guint n = 0; n < graph->edges->len; n++) {
		const JhwGraphEdge *edge = graph->edges->pdata[n];

		for (guint m = 0; m < edge->ends->len; m++)
			count[g_array_index(edge->ends, guint, m)]++;
	}
	for (guint n = 0; n < graph->edges->len; n++) {
		JhwGraphEdge *edge = graph->edges->pdata[n];

		edge->y = MARGIN + graph->node_height + FIRST_LINE + n * LINE_HEIGHT;
		for (guint m = 0; m < edge->ends->len; m++) {
			guint index = g_array_index(edge->ends, guint, m);
			const JhwGraphNode *node = graph->nodes->pdata[index];
			double room = (graph->node_width - 24) / MAX(count[index], 1);
			double x = node->x +
				   (used[index]++ - (count[index] - 1) / 2.0) * MIN(room, DROP_GAP);

			g_array_append_val(edge->drops, x);
		}
	}
	graph->height =
		2 * MARGIN + graph->node_height + FIRST_LINE + (int)graph->edges->len * LINE_HEIGHT;
}

static void add_edges(JhwGraph *graph, const struct jhcfg_workspace *workspace)
{
	const struct jhcfg_link *link;

	for (size_t n = 0; (link = jhcfg_workspace_link(workspace, n)); n++) {
		JhwGraphEdge *edge = g_new0(JhwGraphEdge, 1);

		edge->key = link->key;
		edge->label = g_strdup_printf("%s \302\267 %s", link->name,
					      jhw_link_kind(link->protocol));
		edge->ends = g_array_new(FALSE, FALSE, sizeof(guint));
		edge->drops = g_array_new(FALSE, FALSE, sizeof(double));
		for (guint id = 0; id < link->num_peers; id++) {
			guint node = link->peers[id] ? node_of(graph, link->peers[id]) : G_MAXUINT;

			if (node != G_MAXUINT)
				g_array_append_val(edge->ends, node);
		}
		if (edge->ends->len)
			g_ptr_array_add(graph->edges, edge);
		else
			free_edge(edge);
	}
}

JhwGraph *jhw_graph_new(const struct jhcfg_workspace *workspace, int width)
{
	JhwGraph *graph = g_new0(JhwGraph, 1);

	graph->nodes = g_ptr_array_new_with_free_func(free_node);
	graph->edges = g_ptr_array_new_with_free_func(free_edge);
	add_nodes(graph, workspace);
	graph->width = MAX(width, jhw_graph_min_width(graph->nodes->len));
	place_nodes(graph, workspace);
	add_edges(graph, workspace);
	place_drops(graph);
	return graph;
}

void jhw_graph_free(JhwGraph *graph)
{
	g_ptr_array_unref(graph->nodes);
	g_ptr_array_unref(graph->edges);
	g_free(graph);
}

/* --- what is there ------------------------------------------------------------ */

guint jhw_graph_node_at(const JhwGraph *graph, double x, double y)
{
	for (guint n = 0; n < graph->nodes->len; n++) {
		const JhwGraphNode *node = graph->nodes->pdata[n];

		if (fabs(x - node->x) <= graph->node_width / 2 &&
		    fabs(y - node->y) <= graph->node_height / 2.0)
			return n;
	}
	return G_MAXUINT;
}

void jhw_graph_edge_extent(const JhwGraphEdge *edge, double *left, double *right)
{
	*left = *right = g_array_index(edge->drops, double, 0);
	for (guint n = 1; n < edge->drops->len; n++) {
		*left = MIN(*left, g_array_index(edge->drops, double, n));
		*right = MAX(*right, g_array_index(edge->drops, double, n));
	}
}

static gboolean is_at(const JhwGraph *graph, const JhwGraphEdge *edge, double x, double y)
{
	double left, right;

	jhw_graph_edge_extent(edge, &left, &right);
	if (fabs(y - edge->y) <= NEAR && x >= left - NEAR && x <= right + NEAR)
		return TRUE;
	for (guint n = 0; n < edge->drops->len; n++)
		if (fabs(x - g_array_index(edge->drops, double, n)) <= DROP_GAP / 2 &&
		    y > MARGIN + graph->node_height && y < edge->y)
			return TRUE;
	return FALSE;
}

guint jhw_graph_edge_at(const JhwGraph *graph, double x, double y)
{
	for (guint n = graph->edges->len; n-- > 0;)
		if (is_at(graph, graph->edges->pdata[n], x, y))
			return n;
	return G_MAXUINT;
}
