// SPDX-License-Identifier: GPL-2.0-only
/* Telling a person what an address means. */
#include <hv/arch.h>
#include <hv/fault.h>
#include <hv/printk.h>
#include <hv/string.h>

static const char *const access_names[] = {
	[FAULT_READ] = "read",
	[FAULT_WRITE] = "write",
	[FAULT_EXECUTE] = "execute",
};

static const u64 access_rights[] = {
	[FAULT_READ] = JAILHOUSE_MEM_READ,
	[FAULT_WRITE] = JAILHOUSE_MEM_WRITE,
	[FAULT_EXECUTE] = JAILHOUSE_MEM_EXECUTE,
};

static bool inside(u64 address, u64 start, u64 size)
{
	return address >= start && address - start < size;
}

/* The cell's own region at the guest address. */
static bool describe_own(const struct cell *cell, u64 gpa, u64 right,
			 char *text, size_t size)
{
	const struct jailhouse_memory *mem;
	unsigned int n;

	for_each_mem_region (mem, cell->config, n) {
		if (!inside(gpa, mem->virt_start, mem->size))
			continue;
		snprintf(text, size, "its region %u [0x%llx-0x%llx]%s", n,
			 mem->virt_start, mem->virt_start + mem->size - 1,
			 mem->flags & right ? " does not permit this way"
					    : " does not permit it");
		return true;
	}
	return false;
}

static bool describe_reserved(u64 address, char *text, size_t size)
{
	struct config_context context;

	memset(&context, 0, sizeof(context));
	arch_config_context(&context);
	if (inside(address, system_config->hypervisor_memory.phys_start,
		   system_config->hypervisor_memory.size)) {
		snprintf(text, size, "hypervisor memory");
		return true;
	}
	for (unsigned int n = 0; n < context.num_reserved; n++) {
		const struct reserved_range *range = &context.reserved[n];

		if (!inside(address, range->start, range->size))
			continue;
		snprintf(text, size, "%s", range->name);
		return true;
	}
	return false;
}

/* A region of somebody else at the physical address; non-root cells first,
 * since what they have is also in the root's configuration. Called with the
 * list of cells locked: others may come and go. */
static bool describe_foreign(const struct cell *self, u64 address, char *text,
			     size_t size)
{
	const struct cell *cell;
	unsigned int n, pass;
	const struct jailhouse_memory *mem;

	for (pass = 0; pass < 2; pass++)
		for_each_cell (cell) {
			if (cell == self || (cell == &root_cell) != (pass == 1))
				continue;
			for_each_mem_region (mem, cell->config, n) {
				if (mem->flags & JAILHOUSE_MEM_COMM_REGION ||
				    !inside(address, mem->phys_start,
					    mem->size))
					continue;
				snprintf(text, size,
					 "region %u [0x%llx-0x%llx] of cell "
					 "\"%s\"",
					 n, mem->phys_start,
					 mem->phys_start + mem->size - 1,
					 cell->config->name);
				return true;
			}
		}
	return false;
}

void fault_describe(const struct cell *cell, u64 gpa, enum fault_access access,
		    unsigned int size)
{
	char text[112], amount[24] = "unknown size";

	if (size)
		snprintf(amount, sizeof(amount), "%u bytes", size);
	spin_lock(&cell_list_lock);
	if (!describe_own(cell, gpa, access_rights[access], text,
			  sizeof(text)) &&
	    !describe_reserved(gpa, text, sizeof(text)) &&
	    !describe_foreign(cell, gpa, text, sizeof(text)))
		snprintf(text, sizeof(text), "nothing that any cell has");
	spin_unlock(&cell_list_lock);
	printk("Cell \"%s\": %s of %s at 0x%llx: %s\n", cell->config->name,
	       access_names[access], amount, gpa, text);
}
