// SPDX-License-Identifier: GPL-2.0-or-later
/* Boards compared member by member: what a file forgets shows here, while two
 * texts that forget the same would be equal. */
#include "same_board.h"

#include <string.h>

#define DIFFER(member)                                                         \
	do {                                                                   \
		if (a->member != b->member)                                    \
			return #member;                                        \
	} while (0)
#define DIFFER_TEXT(member)                                                    \
	do {                                                                   \
		if (strcmp(a->member, b->member))                              \
			return #member;                                        \
	} while (0)
#define DIFFER_RANGE(member)                                                   \
	do {                                                                   \
		if (a->member.start != b->member.start ||                      \
		    a->member.size != b->member.size)                          \
			return #member;                                        \
	} while (0)
/* Plain numbers. */
#define DIFFER_ARRAY(member, count)                                            \
	do {                                                                   \
		if (a->count != b->count ||                                    \
		    (a->count && memcmp(a->member, b->member,                  \
					a->count * sizeof(*a->member))))       \
			return #member;                                        \
	} while (0)

static const char *same_cpu(const struct jhcfg_hw_cpu *a,
			    const struct jhcfg_hw_cpu *b)
{
	DIFFER(id);
	DIFFER(phys_id);
	DIFFER(package);
	DIFFER(cluster);
	DIFFER(core);
	DIFFER(thread);
	DIFFER_TEXT(compatible);
	DIFFER_TEXT(enable_method);
	DIFFER_TEXT(source);
	return NULL;
}

static const char *same_cache(const struct jhcfg_hw_cache *a,
			      const struct jhcfg_hw_cache *b)
{
	DIFFER(level);
	DIFFER(type);
	DIFFER(size);
	DIFFER(line_size);
	DIFFER(sets);
	DIFFER(ways);
	DIFFER_ARRAY(cpus, num_cpus);
	DIFFER_TEXT(source);
	return NULL;
}

static const char *same_memory(const struct jhcfg_hw_memory *a,
			       const struct jhcfg_hw_memory *b)
{
	DIFFER(kind);
	DIFFER_RANGE(range);
	DIFFER(no_map);
	DIFFER(reusable);
	DIFFER_TEXT(name);
	DIFFER_TEXT(source);
	return NULL;
}

static const char *same_port(const struct jhcfg_hw_port *a,
			     const struct jhcfg_hw_port *b)
{
	DIFFER(base);
	DIFFER(length);
	DIFFER_TEXT(name);
	return NULL;
}

static const char *same_irq(const struct jhcfg_hw_irq *a,
			    const struct jhcfg_hw_irq *b)
{
	DIFFER(number);
	DIFFER(nested);
	DIFFER(controller);
	DIFFER(trigger);
	DIFFER(per_cpu);
	DIFFER_TEXT(name);
	return NULL;
}

static const char *same_ref(const struct jhcfg_hw_ref *a,
			    const struct jhcfg_hw_ref *b)
{
	DIFFER(kind);
	DIFFER(device);
	DIFFER_TEXT(property);
	DIFFER_TEXT(name);
	DIFFER_ARRAY(args, num_args);
	return NULL;
}

static const char *same_lists(const struct jhcfg_hw_device *a,
			      const struct jhcfg_hw_device *b)
{
	const char *fault = NULL;

	DIFFER(num_compatible);
	for (size_t n = 0; n < a->num_compatible; n++)
		DIFFER_TEXT(compatible[n]);
	DIFFER(num_windows);
	for (size_t n = 0; n < a->num_windows; n++) {
		DIFFER_RANGE(windows[n]);
		DIFFER_TEXT(window_names[n]);
	}
	DIFFER(num_ports);
	for (size_t n = 0; !fault && n < a->num_ports; n++)
		fault = same_port(&a->ports[n], &b->ports[n]);
	if (fault)
		return fault;
	DIFFER(num_irqs);
	for (size_t n = 0; !fault && n < a->num_irqs; n++)
		fault = same_irq(&a->irqs[n], &b->irqs[n]);
	if (!fault)
		DIFFER(num_refs);
	for (size_t n = 0; !fault && n < a->num_refs; n++)
		fault = same_ref(&a->refs[n], &b->refs[n]);
	return fault;
}

static const char *same_device(const struct jhcfg_hw_device *a,
			       const struct jhcfg_hw_device *b)
{
	DIFFER(kind);
	DIFFER_TEXT(name);
	DIFFER_TEXT(path);
	DIFFER_TEXT(status);
	DIFFER(parent);
	DIFFER_ARRAY(stream_ids, num_stream_ids);
	DIFFER(dma);
	DIFFER(console_type);
	DIFFER(reg_shift);
	DIFFER(reg_io_width);
	DIFFER(clock_hz);
	DIFFER(boot_console);
	DIFFER_TEXT(source);
	return same_lists(a, b);
}

static const char *same_irqchip(const struct jhcfg_hw_irqchip *a,
				const struct jhcfg_hw_irqchip *b)
{
	DIFFER(kind);
	DIFFER(device);
	DIFFER_RANGE(gicd);
	DIFFER_RANGE(gicc);
	DIFFER_RANGE(gich);
	DIFFER_RANGE(gicv);
	DIFFER_ARRAY(gicr, num_gicr);
	DIFFER(gicr_stride);
	DIFFER(maintenance_irq);
	DIFFER_RANGE(its);
	DIFFER(id);
	DIFFER(gsi_base);
	DIFFER(num_pins);
	DIFFER(bdf);
	DIFFER(iommu);
	DIFFER_TEXT(source);
	return NULL;
}

static const char *same_iommu(const struct jhcfg_hw_iommu *a,
			      const struct jhcfg_hw_iommu *b)
{
	DIFFER(unit.type);
	DIFFER(unit.base);
	DIFFER(unit.size);
	DIFFER(unit.amd_bdf);
	DIFFER(unit.amd_base_cap);
	DIFFER(unit.amd_msi_cap);
	DIFFER(unit.amd_features);
	DIFFER(unit.tlb_base);
	DIFFER(unit.tlb_size);
	DIFFER(device);
	DIFFER_TEXT(source);
	return NULL;
}

static const char *same_pci_host(const struct jhcfg_hw_pci_host *a,
				 const struct jhcfg_hw_pci_host *b)
{
	DIFFER(device);
	DIFFER(domain);
	DIFFER(first_bus);
	DIFFER(last_bus);
	DIFFER_RANGE(ecam);
	DIFFER(num_windows);
	for (size_t n = 0; n < a->num_windows; n++) {
		DIFFER(windows[n].space);
		DIFFER(windows[n].bus);
		DIFFER_RANGE(windows[n].cpu);
		DIFFER(windows[n].prefetchable);
	}
	for (size_t n = 0; n < 4; n++)
		DIFFER(intx[n]);
	DIFFER_TEXT(source);
	return NULL;
}

static const char *same_pci_function(const struct jhcfg_hw_pci_function *a,
				     const struct jhcfg_hw_pci_function *b)
{
	DIFFER(domain);
	DIFFER(bdf);
	DIFFER(vendor);
	DIFFER(device);
	DIFFER(class_code);
	DIFFER(header_type);
	DIFFER(secondary_bus);
	DIFFER(subordinate_bus);
	for (size_t n = 0; n < 6; n++) {
		DIFFER_RANGE(bar[n].range);
		DIFFER(bar[n].io);
		DIFFER(bar[n].is_64bit);
		DIFFER(bar[n].prefetchable);
	}
	DIFFER(interrupt_pin);
	DIFFER(iommu_group);
	DIFFER(iommu);
	DIFFER_TEXT(driver);
	DIFFER_ARRAY(config, config_size);
	DIFFER_TEXT(source);
	return NULL;
}

#define SAME_LIST(name, plural)                                                \
	static const char *same_##plural(const struct jhcfg_board *a,          \
					 const struct jhcfg_board *b)          \
	{                                                                      \
		size_t count = jhcfg_board_num_##plural(a);                    \
		const char *fault = NULL;                                      \
                                                                               \
		if (jhcfg_board_num_##plural(b) != count)                      \
			return #plural;                                        \
		for (size_t n = 0; !fault && n < count; n++)                   \
			fault = same_##name(jhcfg_board_##name(a, n),          \
					    jhcfg_board_##name(b, n));         \
		return fault;                                                  \
	}
SAME_LIST(cpu, cpus)
SAME_LIST(cache, caches)
SAME_LIST(memory, memories)
SAME_LIST(device, devices)
SAME_LIST(irqchip, irqchips)
SAME_LIST(iommu, iommus)
SAME_LIST(pci_host, pci_hosts)
SAME_LIST(pci_function, pci_functions)
SAME_LIST(port, ports)

static const char *same_head(const struct jhcfg_board *a,
			     const struct jhcfg_board *b)
{
	if (jhcfg_board_architecture(a) != jhcfg_board_architecture(b) ||
	    jhcfg_board_address_bits(a) != jhcfg_board_address_bits(b) ||
	    jhcfg_board_ram_start(a) != jhcfg_board_ram_start(b))
		return "architecture, address bits or start of RAM";
	for (unsigned int n = 0; n < 4; n++)
		if (jhcfg_board_timer_irq(a, n) != jhcfg_board_timer_irq(b, n))
			return "timer";
	if (strcmp(jhcfg_board_name(a), jhcfg_board_name(b)) ||
	    strcmp(jhcfg_board_title(a), jhcfg_board_title(b)) ||
	    strcmp(jhcfg_board_source(a), jhcfg_board_source(b)) ||
	    strcmp(jhcfg_board_psci_method(a), jhcfg_board_psci_method(b)) ||
	    strcmp(jhcfg_board_command_line(a), jhcfg_board_command_line(b)))
		return "a text of the board";
	return NULL;
}

const char *same_board(const struct jhcfg_board *a, const struct jhcfg_board *b)
{
	static const char *(*const parts[])(const struct jhcfg_board *a,
					    const struct jhcfg_board *b) = {
		same_head,	    same_cpus,	   same_caches, same_memories,
		same_devices,	    same_irqchips, same_iommus, same_pci_hosts,
		same_pci_functions, same_ports,
	};
	const char *fault = NULL;

	for (size_t n = 0; !fault && n < sizeof(parts) / sizeof(*parts); n++)
		fault = parts[n](a, b);
	return fault;
}
