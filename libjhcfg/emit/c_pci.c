// SPDX-License-Identifier: LGPL-2.1-or-later
/* PCI devices and their capabilities. */
#include <inttypes.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#include "emit/c_emitter.h"
#include "util/bytes.h"

/* clang-format off */
static const struct jhcfg_name caps[] = {
	{ "PM", PCI_CAP_ID_PM, NULL }, { "VPD", PCI_CAP_ID_VPD, NULL },
	{ "MSI", PCI_CAP_ID_MSI, NULL }, { "HT", PCI_CAP_ID_HT, NULL },
	{ "VNDR", PCI_CAP_ID_VNDR, NULL }, { "DBG", PCI_CAP_ID_DBG, NULL },
	{ "SSVID", PCI_CAP_ID_SSVID, NULL }, { "SECDEV", PCI_CAP_ID_SECDEV, NULL },
	{ "EXP", PCI_CAP_ID_EXP, NULL }, { "MSIX", PCI_CAP_ID_MSIX, NULL },
	{ "SATA", PCI_CAP_ID_SATA, NULL }, { "AF", PCI_CAP_ID_AF, NULL },
	{ 0 },
};

static const struct jhcfg_name extended_caps[] = {
	{ "ERR", PCI_EXT_CAP_ID_ERR, NULL }, { "VC", PCI_EXT_CAP_ID_VC, NULL },
	{ "DSN", PCI_EXT_CAP_ID_DSN, NULL }, { "PWR", PCI_EXT_CAP_ID_PWR, NULL },
	{ "RCLD", PCI_EXT_CAP_ID_RCLD, NULL }, { "RCILC", PCI_EXT_CAP_ID_RCILC, NULL },
	{ "RCEC", PCI_EXT_CAP_ID_RCEC, NULL }, { "MFVC", PCI_EXT_CAP_ID_MFVC, NULL },
	{ "VC9", PCI_EXT_CAP_ID_VC9, NULL }, { "RCRB", PCI_EXT_CAP_ID_RCRB, NULL },
	{ "VNDR", PCI_EXT_CAP_ID_VNDR, NULL }, { "CAC", PCI_EXT_CAP_ID_CAC, NULL },
	{ "ACS", PCI_EXT_CAP_ID_ACS, NULL }, { "ARI", PCI_EXT_CAP_ID_ARI, NULL },
	{ "ATS", PCI_EXT_CAP_ID_ATS, NULL }, { "SRIOV", PCI_EXT_CAP_ID_SRIOV, NULL },
	{ "MRIOV", PCI_EXT_CAP_ID_MRIOV, NULL }, { "MCAST", PCI_EXT_CAP_ID_MCAST, NULL },
	{ "PRI", PCI_EXT_CAP_ID_PRI, NULL }, { "AMD_XXX", PCI_EXT_CAP_ID_AMD_XXX, NULL },
	{ "REBAR", PCI_EXT_CAP_ID_REBAR, NULL }, { "DPA", PCI_EXT_CAP_ID_DPA, NULL },
	{ "TPH", PCI_EXT_CAP_ID_TPH, NULL }, { "LTR", PCI_EXT_CAP_ID_LTR, NULL },
	{ "SECPCI", PCI_EXT_CAP_ID_SECPCI, NULL }, { "PMUX", PCI_EXT_CAP_ID_PMUX, NULL },
	{ "PASID", PCI_EXT_CAP_ID_PASID, NULL }, { "DPC", PCI_EXT_CAP_ID_DPC, NULL },
	{ "L1SS", PCI_EXT_CAP_ID_L1SS, NULL }, { "PTM", PCI_EXT_CAP_ID_PTM, NULL },
	{ 0 },
};
/* clang-format on */

static const struct jhcfg_name virtio_devices[] = {
	{ "NET", VIRTIO_DEV_NET, NULL },
	{ "BLOCK", VIRTIO_DEV_BLOCK, NULL },
	{ "CONSOLE", VIRTIO_DEV_CONSOLE, NULL },
	{ 0 },
};

#define PAGE_MASK 0xfffff000

static const struct {
	const char *name;
	uint32_t mask[2]; /* of BAR 0 and 1; the others are 0 */
	enum c_trait needs, lacks;
} bar_masks[] = {
	{ "INTX", { PAGE_MASK, 0 }, 0, 0 },
	{ "MSIX", { PAGE_MASK, PAGE_MASK }, 0, C_MSIX_512 },
	{ "MSIX", { PAGE_MASK, 0xfffffe00 }, C_MSIX_512, 0 },
	{ "INTX_64K", { 0xffff0000, 0 }, 0, 0 },
	{ "MSIX_64K", { 0xffff0000, 0xffff0000 }, 0, 0 },
};

static bool emit_bar_mask_by_name(struct c_emitter *emitter,
				  const uint32_t *mask)
{
	if (!jhcfg_is_zero(mask + 2, 4 * sizeof(*mask)))
		return false;
	for (size_t n = 0; n < sizeof(bar_masks) / sizeof(bar_masks[0]); n++) {
		if (mask[0] != bar_masks[n].mask[0] ||
		    mask[1] != bar_masks[n].mask[1] ||
		    (emitter->style->traits & bar_masks[n].lacks) ||
		    (bar_masks[n].needs &&
		     !c_style_has(emitter->style, bar_masks[n].needs)))
			continue;
		c_line(&emitter->out,
		       ".bar_mask = JAILHOUSE_IVSHMEM_BAR_MASK_%s,",
		       bar_masks[n].name);
		return true;
	}
	return false;
}

/* Kinds of protocols; the number in the kind is added to the name. */
static const struct {
	const char *name;
	uint16_t first, last;
	bool is_old, is_virtio;
} protocols[] = {
	{ "VETH", JAILHOUSE_SHMEM_PROTO_VETH, JAILHOUSE_SHMEM_PROTO_VETH, true,
	  false },
	{ "CUSTOM", JAILHOUSE_SHMEM_PROTO_CUSTOM, 0x7fff, true, false },
	{ "VIRTIO_FRONT", JAILHOUSE_SHMEM_PROTO_VIRTIO_FRONT, 0xbfff, false,
	  true },
	{ "VIRTIO_BACK", JAILHOUSE_SHMEM_PROTO_VIRTIO_BACK, 0xffff, false,
	  true },
};

static void add_protocol(struct c_emitter *emitter, uint16_t value,
			 struct c_terms *terms)
{
	bool is_old = c_style_has(emitter->style, C_OLD_IVSHMEM);

	for (size_t n = 0; n < sizeof(protocols) / sizeof(protocols[0]); n++) {
		uint16_t rest = (uint16_t)(value - protocols[n].first);
		const char *device = jhcfg_name_of(virtio_devices, rest);

		if (value < protocols[n].first || value > protocols[n].last ||
		    (is_old && !protocols[n].is_old))
			continue;
		if (protocols[n].is_virtio && device)
			c_terms_add(terms, "VIRTIO_DEV_%s", device);
		else if (rest)
			c_terms_add(terms, "0x%x", rest);
		c_terms_add(terms, "JAILHOUSE_SHMEM_PROTO_%s",
			    protocols[n].name);
		return;
	}
	c_terms_add(terms, "0x%04x", value);
}

static void emit_protocol(struct c_emitter *emitter, uint16_t value)
{
	struct c_terms terms = { .count = 0 };

	add_protocol(emitter, value, &terms);
	/* the name first, then what is added to it */
	if (terms.count == 2)
		c_line(&emitter->out, ".shmem_protocol = %s + %s,",
		       terms.terms[1], terms.terms[0]);
	else
		c_line(&emitter->out, ".shmem_protocol = %s,", terms.terms[0]);
}

/* What says more than a number would, and only for links. */
static bool emit_by_name(struct c_emitter *emitter,
			 const struct jhcfg_pci_device *device,
			 const struct jhcfg_member *member)
{
	bool is_link = device->type == JAILHOUSE_PCI_TYPE_IVSHMEM;

	if (is_link && !strcmp(member->name, "bar_mask"))
		return emit_bar_mask_by_name(emitter, device->bar_mask);
	if (is_link && !strcmp(member->name, "shmem_protocol")) {
		emit_protocol(emitter, device->shmem_protocol);
		return true;
	}
	/* the peer's number says something even if it is 0 */
	if (is_link && device->shmem_peers &&
	    !strcmp(member->name, "shmem_dev_id")) {
		c_emit_member(emitter, member, member->name,
			      &device->shmem_dev_id);
		return true;
	}
	return false;
}

static void emit_device(struct c_emitter *emitter,
			const struct jhcfg_pci_device *device)
{
	const struct jhcfg_type *type =
		jhcfg_list_infos[JHCFG_LIST_PCI_DEVICES].type;

	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];
		const uint8_t *value = (const uint8_t *)device + member->offset;
		const char *name = c_style_name(emitter->style, member, NULL);

		/* a function 00:00.0 is worth a word, too */
		if (emit_by_name(emitter, device, member) ||
		    (member->kind != JHCFG_MEMBER_BDF &&
		     jhcfg_is_zero(value,
				   (size_t)member->size * member->count)))
			continue;
		c_emit_member(emitter, member, name, value);
	}
}

void c_emit_pci_devices(struct c_emitter *emitter)
{
	const struct jhcfg_list *list =
		&emitter->config->cell.lists[JHCFG_LIST_PCI_DEVICES];
	char note[512];

	for (size_t n = 0; n < list->count; n++) {
		if (c_item_note(emitter, JHCFG_LIST_PCI_DEVICES, n, note,
				sizeof(note)))
			c_comment(&emitter->out, note);
		c_open(&emitter->out, NULL);
		emit_device(emitter, &list->items[n].value.pci_device);
		c_close(&emitter->out);
	}
}

static void emit_cap_id(struct c_emitter *emitter, uint16_t id)
{
	uint16_t number = id & (uint16_t)~JAILHOUSE_PCI_EXT_CAP;
	bool is_extended = id & JAILHOUSE_PCI_EXT_CAP;
	const char *name =
		jhcfg_name_of(is_extended ? extended_caps : caps, number);

	if (!name)
		c_line(&emitter->out, ".id = 0x%04x,", id);
	else if (is_extended)
		c_line(&emitter->out,
		       ".id = JAILHOUSE_PCI_EXT_CAP | PCI_EXT_CAP_ID_%s,",
		       name);
	else
		c_line(&emitter->out, ".id = PCI_CAP_ID_%s,", name);
}

static void emit_cap(struct c_emitter *emitter, const struct jhcfg_pci_cap *cap)
{
	const struct jhcfg_type *type =
		jhcfg_list_infos[JHCFG_LIST_PCI_CAPS].type;

	emit_cap_id(emitter, cap->id);
	for (unsigned int n = 0; n < type->num_members; n++) {
		const struct jhcfg_member *member = &type->members[n];
		const uint8_t *value = (const uint8_t *)cap + member->offset;

		if (value != (const uint8_t *)&cap->id &&
		    !jhcfg_is_zero(value, member->size))
			c_emit_member(emitter, member, member->name, value);
	}
}

/* Where the capabilities of a device begin, a comment says so. */
static void comment_cap(struct c_emitter *emitter, size_t index)
{
	const struct jhcfg_list *devices =
		&emitter->config->cell.lists[JHCFG_LIST_PCI_DEVICES];
	uint32_t user = emitter->cap_users[index];
	const struct jhcfg_pci_device *device;
	char note[512], bdf[C_BDF_SIZE];

	if (c_item_note(emitter, JHCFG_LIST_PCI_CAPS, index, note,
			sizeof(note)))
		c_comment(&emitter->out, note);
	if (!user)
		return;
	device = &devices->items[user - 1].value.pci_device;
	if (device->caps_start != index)
		return;
	c_format_bdf(device->bdf, bdf);
	snprintf(note, sizeof(note), "%04x:%s", device->domain, bdf);
	c_comment(&emitter->out, note);
}

void c_emit_pci_caps(struct c_emitter *emitter)
{
	const struct jhcfg_list *list =
		&emitter->config->cell.lists[JHCFG_LIST_PCI_CAPS];

	for (size_t n = 0; n < list->count; n++) {
		comment_cap(emitter, n);
		c_open(&emitter->out, NULL);
		emit_cap(emitter, &list->items[n].value.pci_cap);
		c_close(&emitter->out);
	}
}
