// SPDX-License-Identifier: GPL-2.0-or-later
#include "app/pages.h"

#include "model/text.h"
#include "pages/interrupts/page.h"
#include "pages/links/page.h"
#include "pages/memory/page.h"
#include "pages/partition/page.h"
#include "pages/pci/page.h"
#include "pages/run/page.h"
#include "pages/source/page.h"

static const struct jhw_page_type pages[] = {
	{ "partition", N_("Partition"), jhw_partition_page_new, TRUE },
	{ "memory", N_("Memory"), jhw_memory_page_new, FALSE },
	{ "interrupts", N_("Interrupts"), jhw_interrupts_page_new, FALSE },
	{ "pci", "PCI", jhw_pci_page_new, FALSE },
	{ "links", N_("Links"), jhw_links_page_new, FALSE },
	{ "source", N_("Source"), jhw_source_page_new, FALSE },
	{ "run", N_("Run"), jhw_run_page_new, TRUE },
};

const struct jhw_page_type *jhw_page_at(guint index)
{
	return index < G_N_ELEMENTS(pages) ? &pages[index] : NULL;
}
