// SPDX-License-Identifier: GPL-2.0-or-later
#include "model/root_links.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <jailhouse/cell-config.h>

#define IFF_UP 1 /* of the file "flags": linux/if.h */

/* A device while it is looked at. */
struct device {
	const struct jhcfg_tree *tree;
	const struct sample *sample;
	const char *class, *name; /* "net", "eth0" */
	struct tui_link *link;
};

static const struct jhcfg_tree_file *file_of(const struct device *device,
					     const char *file)
{
	char path[96];

	snprintf(path, sizeof(path), "/sys/class/%s/%s/%s", device->class,
		 device->name, file);
	return jhcfg_tree_find(device->tree, path);
}

/* Value of "KEY=..." in a uevent, as text. */
static bool uevent(const struct jhcfg_tree_file *file, const char *key,
		   char *value, size_t size)
{
	const char *at = file->text;
	size_t length = strlen(key);

	while (at) {
		if (!strncmp(at, key, length)) {
			at += length;
			tui_text_copy(value, size, at, strcspn(at, "\n"));
			return true;
		}
		at = strchr(at, '\n');
		at += !!at;
	}
	return false;
}

/* --- interrupts ----------------------------------------------------------- */

/* Linux' number of vector @index: that of MSIs is the name of a file each, in
 * the order of vectors; else it is the one of the line. */
static uint64_t irq_of(const struct device *device, size_t index)
{
	char folder[96];
	uint64_t found = TUI_NO_VALUE, before = 0;
	const struct jhcfg_tree_file *file;

	snprintf(folder, sizeof(folder), "/sys/class/%s/%s/device/msi_irqs/",
		 device->class, device->name);
	/* the smallest that is larger than the one before: files are sorted as
	 * text, 9 behind 10 */
	for (size_t round = 0; round <= index; round++) {
		found = TUI_NO_VALUE;
		for (size_t n = sample_first(device->tree, folder);
		     (file = jhcfg_tree_at(device->tree, n)); n++) {
			size_t length = strlen(folder);
			uint64_t irq;

			if (strncmp(file->folder, folder, length))
				break;
			if (file->folder[length])
				continue;
			irq = sample_number(file->name, strlen(file->name));
			if (irq < found && (!round || irq > before))
				found = irq;
		}
		before = found;
	}
	if (found != TUI_NO_VALUE || index)
		return found;
	file = file_of(device, "device/irq");
	return file ? sample_number(file->text, file->size) : TUI_NO_VALUE;
}

/* What Linux counted of it; not known if others have the line, too. */
static uint64_t count_of(const struct device *device, uint64_t irq)
{
	struct interrupt_reader reader;
	struct interrupt_row row;

	interrupts_begin(&reader, device->sample->interrupts);
	while (interrupts_next(&reader, &row)) {
		if (row.irq == irq)
			return row.shared ? TUI_NO_VALUE : row.count;
	}
	return TUI_NO_VALUE;
}

static void set_irqs(const struct device *device, uint64_t ms)
{
	struct tui_link *link = device->link;
	const struct jhcfg_tree_file *event = file_of(device, "event");
	uint64_t sum = 0, irq;

	link->num_vectors = 0;
	while (link->num_vectors < TUI_MAX_VECTORS &&
	       (irq = irq_of(device, link->num_vectors)) != TUI_NO_VALUE) {
		uint64_t count = count_of(device, irq);

		tui_counter_set(&link->vectors[link->num_vectors++], count, ms);
		sum = count == TUI_NO_VALUE || sum == TUI_NO_VALUE
			      ? TUI_NO_VALUE
			      : sum + count;
	}
	if (!link->num_vectors)
		sum = TUI_NO_VALUE;
	/* the device's own count, since it was bound */
	if (sum == TUI_NO_VALUE && event)
		sum = sample_number(event->text, event->size);
	tui_counter_set(&link->irqs, sum, ms);
	tui_history_add(&link->history, link->irqs.rate_milli);
}

/* --- bytes ---------------------------------------------------------------- */

/* Columns 1 and 9 behind "NAME:" in /proc/net/dev */
static void set_bytes(const struct device *device, uint64_t ms)
{
	const struct jhcfg_tree_file *file =
		jhcfg_tree_find(device->tree, "/proc/net/dev");
	uint64_t values[9];
	const char *at = file ? file->text : NULL;
	size_t length = strlen(device->name), n = 0;

	for (; at; at = strchr(at, '\n')) {
		at += *at == '\n';
		at += strspn(at, " ");
		if (!strncmp(at, device->name, length) && at[length] == ':')
			break;
	}
	at = at ? at + length + 1 : "";
	for (; n < 9; n++) {
		size_t digits;

		at += strspn(at, " ");
		digits = strspn(at, "0123456789");
		values[n] = sample_number(at, digits);
		at += digits;
	}
	tui_counter_set(&device->link->rx_bytes, values[0], ms);
	tui_counter_set(&device->link->tx_bytes, values[8], ms);
}

/* --- ends ----------------------------------------------------------------- */

static const struct jhcfg_pci_device *shmem_at(
	const struct jhcfg_config *config, size_t index)
{
	const struct jhcfg_pci_device *device =
		jhcfg_cell_pci_device(jhcfg_config_cell(config), index);

	return device && device->type == JAILHOUSE_PCI_TYPE_IVSHMEM ? device
								    : NULL;
}

/* Where its state table is: the same for all ends. */
static bool table_of(const struct jhcfg_config *config,
		     const struct jhcfg_pci_device *device, uint64_t *address)
{
	const struct jhcfg_memory *mem = jhcfg_cell_memory(
		jhcfg_config_cell(config), device->shmem_regions_start);

	if (!mem)
		return false;
	*address = mem->phys_start;
	return true;
}

static bool runs(const struct tui_cell *cell)
{
	return cell->state == JHCFG_CELL_RUNNING ||
	       cell->state == JHCFG_CELL_LOCKED;
}

static void set_end(const struct tui_model *model, struct tui_link *link,
		    size_t cell, size_t id)
{
	struct tui_link_end *end;

	if (id >= link->num_ends || id >= TUI_MAX_END)
		return;
	end = &link->ends[id];
	memcpy(end->cell, model->cells[cell].name, sizeof(end->cell));
	end->owner = (int)cell;
	end->up = cell ? runs(&model->cells[cell]) : *link->driver != 0;
}

/* The ends that other cells have of the link with that table. */
static void find_ends(const struct tui_model *model, struct tui_link *link,
		      uint64_t table)
{
	for (size_t n = 0; n < model->num_cells; n++) {
		const struct jhcfg_config *config = model->cells[n].config;
		size_t count = config ? jhcfg_cell_num_pci_devices(
						jhcfg_config_cell(config))
				      : 0;

		for (size_t d = 0; d < count; d++) {
			const struct jhcfg_pci_device *other =
				shmem_at(config, d);
			uint64_t address;

			if (other && table_of(config, other, &address) &&
			    address == table)
				set_end(model, link, n, other->shmem_dev_id);
		}
	}
}

/* "0001:00:03.0" as the configuration has it. */
static bool same_address(const struct jhcfg_pci_device *device,
			 const char *text)
{
	char own[24];

	snprintf(own, sizeof(own), "%04x:%02x:%02x.%x", device->domain,
		 device->bdf >> 8, device->bdf >> 3 & 0x1f, device->bdf & 7);
	return !strcmp(own, text);
}

static void set_ends(const struct tui_model *model, struct tui_link *link)
{
	const struct jhcfg_config *root =
		model->num_cells ? model->cells[0].config : NULL;
	size_t count =
		root ? jhcfg_cell_num_pci_devices(jhcfg_config_cell(root)) : 0;

	link->num_ends = 0;
	link->peers_up = (size_t)-1;
	memset(link->ends, 0, sizeof(link->ends));
	for (size_t n = 0; n < TUI_MAX_END; n++)
		link->ends[n].owner = TUI_NOBODY;
	for (size_t n = 0; n < count; n++) {
		const struct jhcfg_pci_device *device = shmem_at(root, n);
		uint64_t table;

		if (!device || !same_address(device, link->bdf))
			continue;
		link->num_ends = device->shmem_peers;
		if (table_of(root, device, &table))
			find_ends(model, link, table);
		link->peers_up = 0;
		for (size_t e = 0; e < link->num_ends && e < TUI_MAX_END; e++)
			link->peers_up += link->ends[e].up;
		return;
	}
}

/* --- state ---------------------------------------------------------------- */

static bool is_word(const struct jhcfg_tree_file *file, const char *word)
{
	size_t length = strlen(word);

	return file && !strncmp(file->text, word, length) &&
	       (!file->text[length] || file->text[length] == '\n');
}

/* A network link says itself whether its peer is there. */
static enum tui_link_state net_state(const struct device *device)
{
	const struct jhcfg_tree_file *state = file_of(device, "operstate");
	const struct jhcfg_tree_file *flags = file_of(device, "flags");

	if (is_word(state, "up"))
		return TUI_LINK_UP;
	if (!state || !flags)
		return TUI_LINK_UNKNOWN;
	return strtoul(flags->text, NULL, 16) & IFF_UP ? TUI_LINK_WAITING
						       : TUI_LINK_DOWN;
}

static enum tui_link_state uio_state(const struct tui_link *link)
{
	if (!link->num_ends)
		return TUI_LINK_UNKNOWN;
	return link->peers_up == link->num_ends ? TUI_LINK_UP
						: TUI_LINK_WAITING;
}

/* --- the list ------------------------------------------------------------- */

/* The link as it was, or a new one behind the last; NULL without memory. */
static struct tui_link *get(struct tui_store *store, const char *bdf,
			    size_t *index)
{
	struct tui_link *links = store->links.items;
	size_t count = store->model.num_links;

	for (*index = 0; *index < count; ++*index) {
		if (!strcmp(links[*index].bdf, bdf))
			return &links[*index];
	}
	if (tui_pool_reserve(&store->links, count + 1, sizeof(*links)))
		return NULL;
	links = store->links.items;
	links[count] = (struct tui_link){
		.irqs = TUI_NO_COUNTER,
		.rx_bytes = TUI_NO_COUNTER,
		.tx_bytes = TUI_NO_COUNTER,
	};
	for (size_t n = 0; n < TUI_MAX_VECTORS; n++)
		links[count].vectors[n] = TUI_NO_COUNTER;
	snprintf(links[count].bdf, sizeof(links[count].bdf), "%.15s", bdf);
	store->model.num_links++;
	return &links[count];
}

/* An ivshmem device has class ff00, and its protocol below (the ivshmem v2
 * specification of the ABI). */
static void set_kind(struct tui_link *link, const char *class, const char *code)
{
	unsigned long protocol = strtoul(code, NULL, 16) & 0xffff;

	if (!strcmp(class, "net") || !protocol)
		snprintf(link->kind, sizeof(link->kind), "%s", class);
	else
		snprintf(link->kind, sizeof(link->kind), "0x%04lx", protocol);
}

/* Makes it link number @place of the list, if it is one. */
static int take(struct tui_store *store, struct device *device, size_t place)
{
	uint64_t ms = store->model.clock_ms - store->before_ms;
	const struct jhcfg_tree_file *file = file_of(device, "device/uevent");
	char bdf[16], driver[32] = "", code[16] = "";
	struct tui_link *links, moved;
	size_t at;

	if (!file || !uevent(file, "PCI_SLOT_NAME=", bdf, sizeof(bdf)) ||
	    !uevent(file, "PCI_ID=", code, sizeof(code)) ||
	    strcmp(code, "110A:4106") != 0)
		return 0;
	if (!get(store, bdf, &at))
		return -ENOMEM;
	/* it may be further behind, from the refresh before */
	links = store->links.items;
	moved = links[at];
	links[at] = links[place];
	links[place] = moved;
	device->link = &links[place];
	uevent(file, "DRIVER=", driver, sizeof(driver));
	uevent(file, "PCI_CLASS=", code, sizeof(code));
	snprintf(device->link->name, sizeof(device->link->name), "%s",
		 device->name);
	memcpy(device->link->driver, driver, sizeof(driver));
	set_kind(device->link, device->class, code);
	set_ends(&store->model, device->link);
	set_irqs(device, ms);
	set_bytes(device, ms);
	device->link->state = strcmp(device->class, "net")
				      ? uio_state(device->link)
				      : net_state(device);
	return 1;
}

int update_links(struct tui_store *store, const struct sample *sample,
		 const struct jhcfg_tree *tree, const struct links_paths *paths)
{
	struct device device = { .tree = tree, .sample = sample };
	size_t count = 0;
	char name[24];
	int got = 0;

	device.class = "net";
	for (size_t n = 0; n < paths->num_net && got >= 0; n++) {
		device.name = paths->net[n];
		got = take(store, &device, count);
		count += got > 0;
	}
	device.class = "uio";
	device.name = name;
	for (unsigned int n = 0; n < paths->num_uio && got >= 0; n++) {
		snprintf(name, sizeof(name), "uio%u", n);
		got = take(store, &device, count);
		count += got > 0;
	}
	store->model.num_links = count;
	store->model.links = store->links.items;
	return got < 0 ? got : 0;
}
