// SPDX-License-Identifier: LGPL-2.1-or-later
#include <jhcfg/edit.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <json-c/json.h>

#include "model/private.h"

struct jhcfg_config *jhcfg_config_create(bool is_system, uint8_t architecture)
{
	return jhcfg_config_new(is_system, architecture);
}

/* --- scalars -----------------------------------------------------------------
 */

static bool is_name(const char *name)
{
	size_t length = strlen(name);

	if (!length || length >= JHCFG_NAME_SIZE)
		return false;
	for (; *name; name++)
		if (*name < 0x20 || *name > 0x7e)
			return false;
	return true;
}

int jhcfg_config_set_name(struct jhcfg_config *config, const char *name)
{
	if (!is_name(name))
		return -EINVAL;
	memset(config->cell.name, 0, sizeof(config->cell.name));
	strcpy(config->cell.name, name);
	return 0;
}

void jhcfg_config_set_cell_flags(struct jhcfg_config *config, uint32_t flags)
{
	config->cell.flags = flags;
}

void jhcfg_config_set_console(struct jhcfg_config *config,
			      const struct jhcfg_console *console)
{
	config->cell.console = *console;
}

void jhcfg_config_set_reset_address(struct jhcfg_config *config,
				    uint64_t address)
{
	config->cell.reset_address = address;
}

void jhcfg_config_set_msg_reply_timeout(struct jhcfg_config *config,
					uint64_t timeout_us)
{
	config->cell.msg_reply_timeout = timeout_us;
}

void jhcfg_config_set_vpci_irq_base(struct jhcfg_config *config, uint32_t spi)
{
	config->cell.vpci_irq_base = spi;
}

void jhcfg_config_set_architecture(struct jhcfg_config *config,
				   uint8_t architecture)
{
	config->architecture = architecture;
}

void jhcfg_config_set_system_flags(struct jhcfg_config *config, uint32_t flags)
{
	config->system.flags = flags;
}

void jhcfg_config_set_hypervisor_memory(struct jhcfg_config *config,
					const struct jhcfg_memory *memory)
{
	config->system.hypervisor_memory = *memory;
}

void jhcfg_config_set_debug_console(struct jhcfg_config *config,
				    const struct jhcfg_console *console)
{
	config->system.debug_console = *console;
}

void jhcfg_config_set_platform(struct jhcfg_config *config,
			       const struct jhcfg_platform *platform)
{
	config->system.platform = *platform;
}

/* --- CPUs
 * ---------------------------------------------------------------------- */

int jhcfg_config_add_cpu(struct jhcfg_config *config, unsigned int cpu)
{
	if (cpu >= JHCFG_MAX_CPUS)
		return -EINVAL;
	return jhcfg_cpu_set_add(&config->cell.cpus, cpu, cpu);
}

void jhcfg_config_remove_cpu(struct jhcfg_config *config, unsigned int cpu)
{
	struct jhcfg_cpu_set *set = &config->cell.cpus;

	if (jhcfg_cpu_set_has(set, cpu))
		set->bytes[cpu / 8] &= (uint8_t) ~(1u << cpu % 8);
}

/* --- lists
 * --------------------------------------------------------------------- */

static struct jhcfg_list *list_of(struct jhcfg_config *config,
				  enum jhcfg_list_id id)
{
	return &config->cell.lists[id];
}

/* A zeroed item before entry @index; NULL without memory. */
static struct jhcfg_item *insert_item(struct jhcfg_list *list, size_t index)
{
	struct jhcfg_item *item = jhcfg_list_append(list);

	if (!item || index >= list->count - 1)
		return item;
	memmove(&list->items[index + 1], &list->items[index],
		(list->count - 1 - index) * sizeof(*list->items));
	memset(&list->items[index], 0, sizeof(*list->items));
	return &list->items[index];
}

static int remove_item(struct jhcfg_list *list, size_t index)
{
	if (index >= list->count)
		return -ENOENT;
	jhcfg_attrs_clear(&list->items[index].attrs);
	memmove(&list->items[index], &list->items[index + 1],
		(list->count - 1 - index) * sizeof(*list->items));
	list->count--;
	return 0;
}

/* Entries of @id from @index on have moved by @by: PCI devices follow with
 * what they point to. */
static void shift_references(struct jhcfg_config *config, enum jhcfg_list_id id,
			     size_t index, int by)
{
	struct jhcfg_list *devices = list_of(config, JHCFG_LIST_PCI_DEVICES);

	for (size_t n = 0; n < devices->count; n++) {
		struct jhcfg_pci_device *device =
			&devices->items[n].value.pci_device;

		if (id == JHCFG_LIST_MEMORY && device->shmem_peers &&
		    device->shmem_regions_start >= index)
			device->shmem_regions_start += (uint32_t)by;
		if (id == JHCFG_LIST_PCI_CAPS && device->num_caps &&
		    device->caps_start >= index)
			device->caps_start =
				(uint16_t)(device->caps_start + by);
	}
}

/* Assigned by member, or compared copies would differ in their padding. */
#define EDIT_FUNCTIONS(id, name)                                               \
	int jhcfg_config_insert_##name(struct jhcfg_config *config,            \
				       size_t index,                           \
				       const struct jhcfg_##name *value)       \
	{                                                                      \
		struct jhcfg_list *list = list_of(config, id);                 \
		struct jhcfg_item *item = insert_item(list, index);            \
                                                                               \
		if (!item)                                                     \
			return -ENOMEM;                                        \
		item->value.name = *value;                                     \
		if (index < list->count - 1)                                   \
			shift_references(config, id, index, 1);                \
		return 0;                                                      \
	}                                                                      \
                                                                               \
	int jhcfg_config_replace_##name(struct jhcfg_config *config,           \
					size_t index,                          \
					const struct jhcfg_##name *value)      \
	{                                                                      \
		struct jhcfg_list *list = list_of(config, id);                 \
                                                                               \
		if (index >= list->count)                                      \
			return -ENOENT;                                        \
		list->items[index].value.name = *value;                        \
		return 0;                                                      \
	}                                                                      \
                                                                               \
	int jhcfg_config_remove_##name(struct jhcfg_config *config,            \
				       size_t index)                           \
	{                                                                      \
		int err = remove_item(list_of(config, id), index);             \
                                                                               \
		if (!err)                                                      \
			shift_references(config, id, index + 1, -1);           \
		return err;                                                    \
	}

EDIT_FUNCTIONS(JHCFG_LIST_MEMORY, memory)
EDIT_FUNCTIONS(JHCFG_LIST_CACHE, cache)
EDIT_FUNCTIONS(JHCFG_LIST_IRQCHIPS, irqchip)
EDIT_FUNCTIONS(JHCFG_LIST_PIO, pio)
EDIT_FUNCTIONS(JHCFG_LIST_PCI_DEVICES, pci_device)
EDIT_FUNCTIONS(JHCFG_LIST_PCI_CAPS, pci_cap)
EDIT_FUNCTIONS(JHCFG_LIST_STREAM_IDS, stream_id)

/* --- interrupts
 * ------------------------------------------------------------------ */

#define PINS_PER_CHIP 128U
#define MAX_IRQ	      1019U
#define LAST_PIN_BASE (1024U - PINS_PER_CHIP)

static struct jhcfg_irqchip *find_chip(const struct jhcfg_config *config,
				       uint64_t address, uint32_t number,
				       size_t *index)
{
	const struct jhcfg_list *list =
		&config->cell.lists[JHCFG_LIST_IRQCHIPS];

	for (size_t n = 0; n < list->count; n++) {
		struct jhcfg_irqchip *chip = &list->items[n].value.irqchip;

		if (chip->address == address && number >= chip->pin_base &&
		    number - chip->pin_base < PINS_PER_CHIP) {
			*index = n;
			return chip;
		}
	}
	return NULL;
}

bool jhcfg_config_has_irq(const struct jhcfg_config *config, uint64_t address,
			  uint32_t number)
{
	size_t index;
	const struct jhcfg_irqchip *chip =
		find_chip(config, address, number, &index);
	uint32_t pin;

	if (!chip)
		return false;
	pin = number - chip->pin_base;
	return chip->pin_bitmap[pin / 32] >> pin % 32 & 1;
}

/* Chips on ARM begin at 32 and go on in steps of 128; the last one begins
 * earlier, since its pins must be below 1024. */
static uint32_t pin_base_of(const struct jhcfg_config *config, uint32_t number)
{
	uint32_t first = config->architecture == 0 ? 0 : 32;
	uint32_t base;

	if (number < first)
		return 0;
	base = first + (number - first) / PINS_PER_CHIP * PINS_PER_CHIP;
	return base < LAST_PIN_BASE ? base : LAST_PIN_BASE;
}

static void set_pin(struct jhcfg_irqchip *chip, uint32_t number)
{
	uint32_t pin = number - chip->pin_base;

	chip->pin_bitmap[pin / 32] |= 1u << pin % 32;
}

int jhcfg_config_add_irq(struct jhcfg_config *config, uint64_t address,
			 uint32_t number)
{
	struct jhcfg_irqchip fresh = { .address = address };
	struct jhcfg_irqchip *chip;
	size_t index;

	if (number > MAX_IRQ)
		return -EINVAL;
	chip = find_chip(config, address, number, &index);
	if (chip) {
		set_pin(chip, number);
		return 0;
	}
	fresh.pin_base = pin_base_of(config, number);
	set_pin(&fresh, number);
	return jhcfg_config_insert_irqchip(config, SIZE_MAX, &fresh);
}

void jhcfg_config_remove_irq(struct jhcfg_config *config, uint64_t address,
			     uint32_t number)
{
	static const uint32_t none[4];
	size_t index;
	struct jhcfg_irqchip *chip = find_chip(config, address, number, &index);
	uint32_t pin;

	if (!chip)
		return;
	pin = number - chip->pin_base;
	chip->pin_bitmap[pin / 32] &= ~(1u << pin % 32);
	if (!memcmp(chip->pin_bitmap, none, sizeof(none)))
		jhcfg_config_remove_irqchip(config, index);
}

/* --- notes
 * ------------------------------------------------------------------------- */

/* Notes are attributes whose key is a JSON pointer: "/name". */
static struct jhcfg_attr *find_note(const struct jhcfg_attrs *attrs,
				    const char *key)
{
	for (size_t n = 0; n < attrs->count; n++)
		if (attrs->items[n].key[0] == '/' &&
		    !strcmp(attrs->items[n].key + 1, key))
			return &attrs->items[n];
	return NULL;
}

static void drop_note(struct jhcfg_attrs *attrs, struct jhcfg_attr *attr)
{
	size_t index = (size_t)(attr - attrs->items);

	free(attr->key);
	free(attr->json);
	memmove(attr, attr + 1, (attrs->count - 1 - index) * sizeof(*attr));
	attrs->count--;
}

static char *to_json(const char *text)
{
	struct json_object *object = json_object_new_string(text);
	char *json = object ? strdup(json_object_to_json_string_ext(
				      object, JSON_C_TO_STRING_PLAIN))
			    : NULL;

	json_object_put(object);
	return json;
}

int jhcfg_config_set_memory_note(struct jhcfg_config *config, size_t index,
				 const char *key, const char *text)
{
	struct jhcfg_list *list = list_of(config, JHCFG_LIST_MEMORY);
	struct jhcfg_attrs *attrs;
	struct jhcfg_attr *old;
	char path[64], *json;
	int err;

	if (index >= list->count)
		return -ENOENT;
	if ((size_t)snprintf(path, sizeof(path), "/%s", key) >= sizeof(path))
		return -EINVAL;
	attrs = &list->items[index].attrs;
	old = find_note(attrs, key);
	if (!text) {
		if (old)
			drop_note(attrs, old);
		return 0;
	}
	json = to_json(text);
	if (!json)
		return -ENOMEM;
	if (old) {
		free(old->json);
		old->json = json;
		return 0;
	}
	err = jhcfg_attrs_add(attrs, path, json);
	free(json);
	return err;
}

bool jhcfg_config_memory_note(const struct jhcfg_config *config, size_t index,
			      const char *key, char *text, size_t size)
{
	const struct jhcfg_list *list = &config->cell.lists[JHCFG_LIST_MEMORY];
	const struct jhcfg_attr *note =
		index < list->count ? find_note(&list->items[index].attrs, key)
				    : NULL;
	struct json_object *object;
	bool is_text;

	if (!note)
		return false;
	object = json_tokener_parse(note->json);
	is_text = json_object_is_type(object, json_type_string);
	if (is_text)
		snprintf(text, size, "%s", json_object_get_string(object));
	json_object_put(object);
	return is_text;
}
