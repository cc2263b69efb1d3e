/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Changing a configuration. A configuration is edited in place; who wants to
 * get back keeps a copy (jhcfg_config_copy), which is what a workspace does
 * for undo. All calls that can fail leave the configuration as it was.
 */
#ifndef JHCFG_EDIT_H
#define JHCFG_EDIT_H

#include <jhcfg/model.h>

/* An empty system or cell of this architecture; NULL without memory. */
JHCFG_API struct jhcfg_config *jhcfg_config_create(bool is_system,
						   uint8_t architecture);
/* A deep copy; NULL without memory. */
JHCFG_API struct jhcfg_config *jhcfg_config_copy(
	const struct jhcfg_config *config);
/* Same contents, notes and unknown keys included. */
JHCFG_API bool jhcfg_config_equal(const struct jhcfg_config *a,
				  const struct jhcfg_config *b);

/* -EINVAL: empty, over 31 bytes, or not printable ASCII. */
JHCFG_API int jhcfg_config_set_name(struct jhcfg_config *config,
				    const char *name);
JHCFG_API void jhcfg_config_set_cell_flags(struct jhcfg_config *config,
					   uint32_t flags);
JHCFG_API void jhcfg_config_set_console(struct jhcfg_config *config,
					const struct jhcfg_console *console);
JHCFG_API void jhcfg_config_set_reset_address(struct jhcfg_config *config,
					      uint64_t address);
JHCFG_API void jhcfg_config_set_msg_reply_timeout(struct jhcfg_config *config,
						  uint64_t timeout_us);
JHCFG_API void jhcfg_config_set_vpci_irq_base(struct jhcfg_config *config,
					      uint32_t spi);
/* Architecture of the configuration: JAILHOUSE_X86, ... */
JHCFG_API void jhcfg_config_set_architecture(struct jhcfg_config *config,
					     uint8_t architecture);

/* Systems only; no effect on others. */
JHCFG_API void jhcfg_config_set_system_flags(struct jhcfg_config *config,
					     uint32_t flags);
JHCFG_API void jhcfg_config_set_hypervisor_memory(
	struct jhcfg_config *config, const struct jhcfg_memory *memory);
JHCFG_API void jhcfg_config_set_debug_console(
	struct jhcfg_config *config, const struct jhcfg_console *console);
JHCFG_API void jhcfg_config_set_platform(struct jhcfg_config *config,
					 const struct jhcfg_platform *platform);

/* Notes the fingerprint of the machine that the system is made for (see
 * jhcfg/diff.h, jhcfg/live.h), which rule T07 compares with a target's.
 * -EINVAL: no system, or no fingerprint; -ENOMEM. */
JHCFG_API int jhcfg_config_set_fingerprint(struct jhcfg_config *config,
					   const char *text);

/* -ENOMEM; -EINVAL beyond JHCFG_MAX_CPUS. */
JHCFG_API int jhcfg_config_add_cpu(struct jhcfg_config *config,
				   unsigned int cpu);
JHCFG_API void jhcfg_config_remove_cpu(struct jhcfg_config *config,
				       unsigned int cpu);

/* INTIDs (GSIs) of the cell: entries of irqchips are made, and dropped when
 * they become empty, so that a caller thinks in numbers only. @address is that
 * of the chip (gicd_base). -ENOMEM; -EINVAL beyond 1019. */
JHCFG_API bool jhcfg_config_has_irq(const struct jhcfg_config *config,
				    uint64_t address, uint32_t number);
JHCFG_API int jhcfg_config_add_irq(struct jhcfg_config *config,
				   uint64_t address, uint32_t number);
JHCFG_API void jhcfg_config_remove_irq(struct jhcfg_config *config,
				       uint64_t address, uint32_t number);

/*
 * Resources. Insert puts the value before entry @index (at the end if that is
 * not less than the count); replace keeps notes and unknown keys of the entry.
 * Entries that refer to others by index (capabilities, shared memory of a PCI
 * device) are adjusted. -ENOMEM; -ENOENT: no such entry.
 */
#define JHCFG_EDIT_LIST(name)                                                  \
	JHCFG_API int jhcfg_config_insert_##name(                              \
		struct jhcfg_config *config, size_t index,                     \
		const struct jhcfg_##name *value);                             \
	JHCFG_API int jhcfg_config_replace_##name(                             \
		struct jhcfg_config *config, size_t index,                     \
		const struct jhcfg_##name *value);                             \
	JHCFG_API int jhcfg_config_remove_##name(struct jhcfg_config *config,  \
						 size_t index);
JHCFG_EDIT_LIST(memory)
JHCFG_EDIT_LIST(cache)
JHCFG_EDIT_LIST(irqchip)
JHCFG_EDIT_LIST(pio)
JHCFG_EDIT_LIST(pci_device)
JHCFG_EDIT_LIST(pci_cap)
JHCFG_EDIT_LIST(stream_id)
#undef JHCFG_EDIT_LIST

/* What people note at a memory region, "name", "source" or "comment", as
 * plain text; text NULL removes it. -ENOMEM, -ENOENT, -EINVAL (long key). */
JHCFG_API int jhcfg_config_set_memory_note(struct jhcfg_config *config,
					   size_t index, const char *key,
					   const char *text);
/* Copies the note to @text (cut to @size, with NUL); false if there is none or
 * if it is no text. */
JHCFG_API bool jhcfg_config_memory_note(const struct jhcfg_config *config,
					size_t index, const char *key,
					char *text, size_t size);

#endif
