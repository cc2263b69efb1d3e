// SPDX-License-Identifier: GPL-2.0-or-later
/* Links: all that is not derived can be changed. */
#include <errno.h>
#include <stddef.h>

#include <jailhouse/cell-config.h>

#include "inspector/fields.h"
#include "model/link.h"
#include "model/names.h"
#include "model/number.h"
#include "model/shown.h"
#include "model/text.h"

static int refuse(struct jhcfg_diags *diags, const struct jhcfg_link *link, const char *what,
		  const char *hint, int err)
{
	jhcfg_diags_add(diags, JHCFG_ERROR, "", link->name, "", hint, "%s", what);
	return err;
}

/* --- numbers ------------------------------------------------------------------ */

/* One pair of functions for each number of a link. */
#define LINK_NUMBER(member, type, largest)                                                         \
	static gboolean get_##member(const struct jhcfg_workspace *workspace, const JhwRef *ref,   \
				     uint64_t *number)                                             \
	{                                                                                          \
		const struct jhcfg_link *link = jhw_link(workspace, ref->id);                      \
                                                                                                   \
		if (link)                                                                          \
			*number = link->member;                                                    \
		return link != NULL;                                                               \
	}                                                                                          \
                                                                                                   \
	static int set_##member(struct jhcfg_workspace *workspace, const JhwRef *ref,              \
				uint64_t number, struct jhcfg_diags *diags)                        \
	{                                                                                          \
		const struct jhcfg_link *old = jhw_link(workspace, ref->id);                       \
		struct jhcfg_link link;                                                            \
                                                                                                   \
		if (!old)                                                                          \
			return -ENOENT;                                                            \
		if (number > (largest))                                                            \
			return refuse(diags, old, _("too large a number"), "", -ERANGE);           \
		link = *old;                                                                       \
		link.member = (type)number;                                                        \
		return jhw_link_replace(workspace, &link, diags);                                  \
	}

LINK_NUMBER(base, uint64_t, UINT64_MAX)
LINK_NUMBER(state_size, uint64_t, UINT32_MAX)
LINK_NUMBER(rw_size, uint64_t, UINT64_MAX >> 8)
LINK_NUMBER(output_size, uint64_t, UINT64_MAX >> 8)
LINK_NUMBER(protocol, uint16_t, UINT16_MAX)
LINK_NUMBER(num_msix_vectors, uint16_t, 2048) /* PCI 3.0, 6.8.2.3 */

/* Ends beyond those that there are are free; the last ones may go only if they
 * are. */
static gboolean get_num_peers(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			      uint64_t *number)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);

	if (link)
		*number = link->num_peers;
	return link != NULL;
}

static int set_num_peers(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
			 struct jhcfg_diags *diags)
{
	const struct jhcfg_link *old = jhw_link(workspace, ref->id);
	struct jhcfg_link link;

	if (!old)
		return -ENOENT;
	if (number < 2 || number > JHCFG_MAX_PEERS)
		return refuse(diags, old, _("a link has 2 to 12 ends"), "", -ERANGE);
	link = *old;
	for (guint id = (guint)number; id < link.num_peers; id++)
		if (link.peers[id])
			return refuse(diags, old, _("an end that would go is a cell's"),
				      _("set it free first"), -EBUSY);
	for (guint id = link.num_peers; id < number; id++)
		link.peers[id] = 0;
	link.num_peers = (guint)number;
	return jhw_link_replace(workspace, &link, diags);
}

/* --- ends --------------------------------------------------------------------- */

static guint index_of(const struct jhcfg_workspace *workspace, uint32_t cell)
{
	size_t count = jhcfg_workspace_num_cells(workspace);

	for (size_t n = 0; cell && n < count; n++)
		if (jhcfg_workspace_cell_key(workspace, n) == cell)
			return (guint)n + 1;
	return 0;
}

static gboolean get_peer(const struct jhcfg_workspace *workspace, const JhwRef *ref, guint id,
			 uint64_t *number)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);

	if (!link || id >= link->num_peers)
		return FALSE;
	*number = index_of(workspace, link->peers[id]);
	return TRUE;
}

static int set_peer(struct jhcfg_workspace *workspace, const JhwRef *ref, guint id, uint64_t number,
		    struct jhcfg_diags *diags)
{
	const struct jhcfg_link *old = jhw_link(workspace, ref->id);
	uint32_t cell = number ? jhcfg_workspace_cell_key(workspace, number - 1) : 0;
	struct jhcfg_link link;

	if (!old || id >= old->num_peers)
		return -ENOENT;
	if (cell && cell != old->peers[id] && jhw_link_has(old, cell))
		return refuse(diags, old, _("the cell is an end of the link already"), "", -EEXIST);
	link = *old;
	link.peers[id] = cell;
	return jhw_link_replace(workspace, &link, diags);
}

#define PEER(id)                                                                                   \
	static gboolean get_peer_##id(const struct jhcfg_workspace *workspace, const JhwRef *ref,  \
				      uint64_t *number)                                            \
	{                                                                                          \
		return get_peer(workspace, ref, id, number);                                       \
	}                                                                                          \
                                                                                                   \
	static int set_peer_##id(struct jhcfg_workspace *workspace, const JhwRef *ref,             \
				 uint64_t number, struct jhcfg_diags *diags)                       \
	{                                                                                          \
		return set_peer(workspace, ref, id, number, diags);                                \
	}
PEER(0)
PEER(1)
PEER(2)
PEER(3)
PEER(4)
PEER(5)
PEER(6)
PEER(7)
PEER(8)
PEER(9)
PEER(10)
PEER(11)
_Static_assert(JHCFG_MAX_PEERS == 12, "a pair of functions and a row for each end");

static char **peer_choices(const struct jhcfg_workspace *workspace, G_GNUC_UNUSED const JhwRef *ref)
{
	GPtrArray *names = g_ptr_array_new();
	uint32_t key;

	g_ptr_array_add(names, g_strdup(_("free")));
	for (size_t n = 0; (key = jhcfg_workspace_cell_key(workspace, n)); n++)
		g_ptr_array_add(names, jhw_cell_title(workspace, key));
	g_ptr_array_add(names, NULL);
	return (char **)g_ptr_array_free(names, FALSE);
}

/* --- kind and name ------------------------------------------------------------ */

static const uint16_t protocols[] = {
	JAILHOUSE_SHMEM_PROTO_UNDEFINED,
	JAILHOUSE_SHMEM_PROTO_VETH,
	JAILHOUSE_SHMEM_PROTO_CUSTOM,
	JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT,
};

static char **kind_choices(G_GNUC_UNUSED const struct jhcfg_workspace *workspace,
			   G_GNUC_UNUSED const JhwRef *ref)
{
	char **names = g_new0(char *, G_N_ELEMENTS(protocols) + 1);

	for (guint n = 0; n < G_N_ELEMENTS(protocols); n++)
		names[n] = g_strdup(jhw_link_kind(protocols[n]));
	return names;
}

/* Each kind is a range of numbers that begins with its row. */
static gboolean get_kind(const struct jhcfg_workspace *workspace, const JhwRef *ref,
			 uint64_t *number)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);

	for (guint n = 0; link && n < G_N_ELEMENTS(protocols); n++)
		if (link->protocol >= protocols[n])
			*number = n;
	return link != NULL;
}

static int set_kind(struct jhcfg_workspace *workspace, const JhwRef *ref, uint64_t number,
		    struct jhcfg_diags *diags)
{
	return number < G_N_ELEMENTS(protocols)
		       ? set_protocol(workspace, ref, protocols[number], diags)
		       : -EINVAL;
}

static int set_name(struct jhcfg_workspace *workspace, const JhwRef *ref, const char *text,
		    struct jhcfg_diags *diags)
{
	const struct jhcfg_link *old = jhw_link(workspace, ref->id), *other;
	struct jhcfg_link link;

	if (!old)
		return -ENOENT;
	if (!*text)
		return refuse(diags, old, _("it needs a name"), "", -EINVAL);
	for (size_t n = 0; (other = jhcfg_workspace_link(workspace, n)); n++)
		if (other != old && g_str_equal(other->name, text))
			return refuse(diags, old, _("another link has that name"), "", -EEXIST);
	link = *old;
	link.name = text;
	return jhw_link_replace(workspace, &link, diags);
}

/* --- what follows from it ----------------------------------------------------- */

static char *get_device(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);

	return link ? g_strdup_printf("%02x:%02x.%x", link->bdf >> 8, link->bdf >> 3 & 31,
				      link->bdf & 7)
		    : g_strdup("");
}

static char *get_lines(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);
	GString *text = g_string_new(NULL);
	uint32_t line;

	for (guint id = 0; link && id < link->num_peers; id++) {
		g_autofree char *cell = NULL, *number = NULL;

		if (!link->peers[id] || !jhw_link_line(workspace, link, link->peers[id], &line))
			continue;
		cell = jhw_cell_title(workspace, link->peers[id]);
		number = jhw_shown_irq(line);
		g_string_append_printf(text, "%s%s: %s", text->len ? "\n" : "", cell, number);
	}
	return g_string_free(text, FALSE);
}

static char *get_all(const struct jhcfg_workspace *workspace, const JhwRef *ref)
{
	const struct jhcfg_link *link = jhw_link(workspace, ref->id);

	return link ? jhw_number_size_text(jhw_link_size(link)) : g_strdup("");
}

/* --- the form ----------------------------------------------------------------- */

#define NUMBER(kind_, label_, path, member)                                                        \
	{                                                                                          \
		.kind = kind_, .label = label_, .schema = path, .get = get_##member,               \
		.set = set_##member                                                                \
	}

static const JhwField general[] = {
	{ .kind = JHW_FIELD_TEXT,
	  .label = N_("Name"),
	  .schema = "system.links.name",
	  .get_text = jhw_fact_name,
	  .set_text = set_name },
	{ .kind = JHW_FIELD_CHOICE,
	  .label = N_("Kind"),
	  .schema = "system.links.protocol",
	  .get = get_kind,
	  .set = set_kind,
	  .choices = kind_choices },
	NUMBER(JHW_FIELD_HEX, N_("Protocol"), "system.links.protocol", protocol),
	NUMBER(JHW_FIELD_NUMBER, N_("MSI-X vectors"), "system.links.msix_vectors",
	       num_msix_vectors),
	JHW_FACT(N_("Device"), "system.links.bdf", get_device),
	JHW_FACT(N_("Interrupts"), "cell.vpci_irq_base", get_lines),
};

static const JhwField memory[] = {
	NUMBER(JHW_FIELD_ADDRESS, N_("Base"), "system.links.base", base),
	NUMBER(JHW_FIELD_SIZE, N_("State table"), "system.links.state_size", state_size),
	NUMBER(JHW_FIELD_SIZE, N_("Common section"), "system.links.rw_size", rw_size),
	NUMBER(JHW_FIELD_SIZE, N_("Output of each"), "system.links.output_size", output_size),
	JHW_FACT(N_("Together"), "system.links", get_all),
};

#define PEER_ROW(id, name)                                                                         \
	{                                                                                          \
		.kind = JHW_FIELD_CHOICE, .label = name, .schema = "system.links.peers",           \
		.get = get_peer_##id, .set = set_peer_##id, .choices = peer_choices                \
	}
/* clang-format off */
static const JhwField ends[] = {
	NUMBER(JHW_FIELD_NUMBER, N_("Number"), "system.links.peers", num_peers),
	PEER_ROW(0, N_("End 0")), PEER_ROW(1, N_("End 1")), PEER_ROW(2, N_("End 2")),
	PEER_ROW(3, N_("End 3")), PEER_ROW(4, N_("End 4")), PEER_ROW(5, N_("End 5")),
	PEER_ROW(6, N_("End 6")), PEER_ROW(7, N_("End 7")), PEER_ROW(8, N_("End 8")),
	PEER_ROW(9, N_("End 9")), PEER_ROW(10, N_("End 10")), PEER_ROW(11, N_("End 11")),
};
/* clang-format on */

const JhwFieldGroup jhw_link_groups[] = {
	{ N_("Link"), general, G_N_ELEMENTS(general) },
	{ N_("Ends"), ends, G_N_ELEMENTS(ends) },
	{ N_("Memory"), memory, G_N_ELEMENTS(memory) },
};
const guint jhw_num_link_groups = G_N_ELEMENTS(jhw_link_groups);
